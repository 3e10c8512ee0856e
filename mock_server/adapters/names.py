"""Names of rehearsals and keys of classes: unguessable ones for people, counted ones for tests."""

import secrets
from itertools import count

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another: no I, L, O, 0, 1
CODE_LENGTH = 6
_SECRET_BYTES = 16  # 128 bits: who does not know a name will not find it


class SecretNames:
    """Names that nobody can guess. They are safe in a URL, a file name and a command line."""

    def new(self) -> str:
        # A letter first, since token_urlsafe may begin with the hyphen of an option.
        return "r" + secrets.token_urlsafe(_SECRET_BYTES)


class SecretTokens:
    """Keys to classes and seats, and the codes that are read from a wall and typed."""

    def token(self) -> str:
        return "k" + secrets.token_urlsafe(_SECRET_BYTES)

    def code(self) -> str:
        return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class CountedNames:
    """``rehearsal-1``, ``rehearsal-2`` and so on: for tests, whose output must repeat."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"rehearsal-{next(self._numbers)}"
