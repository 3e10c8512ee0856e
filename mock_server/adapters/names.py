"""Names of rehearsals: unguessable ones for people, counted ones for tests."""

import secrets
from itertools import count

_SECRET_BYTES = 16  # 128 bits: who does not know a name will not find it


class SecretNames:
    """Names that nobody can guess. They are safe in a URL, a file name and a command line."""

    def new(self) -> str:
        # A letter first, since token_urlsafe may begin with the hyphen of an option.
        return "r" + secrets.token_urlsafe(_SECRET_BYTES)


class CountedNames:
    """``rehearsal-1``, ``rehearsal-2`` and so on: for tests, whose output must repeat."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"rehearsal-{next(self._numbers)}"
