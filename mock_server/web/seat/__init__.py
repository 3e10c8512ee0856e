"""The trainee's seat: the replica of a room, its machines and CBTSync Web, for people."""
