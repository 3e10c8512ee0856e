"""What both stores say when a rehearsal is not as the caller believes."""

from mock_server.ports import ConflictError, NameTakenError, UnknownRehearsalError


def unknown(name: str) -> UnknownRehearsalError:
    return UnknownRehearsalError(
        f"no rehearsal is named {name!r}: it was never created here, or it was deleted"
    )


def taken(name: str) -> NameTakenError:
    return NameTakenError(f"a rehearsal named {name!r} exists already: give the new one another")


def conflict(name: str, expected: int, last: int | None = None) -> ConflictError:
    """``last`` is the last sequence number there, if it is known."""
    now = "it is another one now" if last is None else f"it is {last} now"
    return ConflictError(
        f"the journal of {name!r} does not end at {expected}: {now}; load it again, then decide"
    )
