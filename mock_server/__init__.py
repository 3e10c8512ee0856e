"""A simulator of a school's CBTSync exam-sync server. Nothing runs at import."""
