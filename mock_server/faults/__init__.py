"""What may go wrong and when: the catalogue, triggers and plans. Pure."""
