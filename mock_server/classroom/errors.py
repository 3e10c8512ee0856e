"""What asking of a class can raise."""


class UnknownSeatError(LookupError):
    """No seat has this key, no class this code, or nothing runs at the seat."""
