"""Why the station says no, as one exception with the key of the message on its screen.

A mistake is not a refusal: HAPUS after a complete sync is obeyed, as the real button is.
"""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 -- a lawful answer of the station, not an error of ours
    """``code`` is a key of the messages text file; ``fields`` fill that text.

    ``stale`` marks the one refusal that only programs can meet: a command aimed at a
    ``data_version`` that is gone.
    """

    def __init__(self, code: str, *, stale: bool = False, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.stale = stale
        self.fields: Mapping[str, str | int] = fields
