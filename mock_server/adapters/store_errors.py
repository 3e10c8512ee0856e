"""What both stores say when a rehearsal or a class is not as the caller believes."""

from mock_server.ports import (
    ConflictError,
    NameTakenError,
    UnknownCohortError,
    UnknownRehearsalError,
)


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


def unknown_class(name: str) -> UnknownCohortError:
    del name  # it is the key to the class, and messages are shown
    return UnknownCohortError("there is no such class: it was never made here, or it was deleted")


def class_taken(name: str) -> NameTakenError:
    del name
    return NameTakenError("a class of this name exists already: give the new one another")
