"""Why the client cannot do its work at all: problems of its caller, told before anything is done.

What happens to the procedure itself is never an exception of this kind; it is an ending.
"""

from client.texts import Reason


class UsageProblem(Exception):  # noqa: N818 -- says what the caller can put right; not a defect
    """Something in the command, its files or its addresses; ``reason`` says what to do about it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason
