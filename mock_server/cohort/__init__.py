"""A class, or one who learns alone: its seats, drills and what the facilitator does. Pure."""
