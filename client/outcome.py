"""What became of a request, as the client can honestly know it. Four answers only."""

import msgspec

from client.wire import Envelope


class Obeyed(msgspec.Struct, frozen=True, kw_only=True):
    """The station said yes, and its answer can be trusted."""

    reply: Envelope


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """The station said no, so nothing was done. ``message`` is what its screen says."""

    code: str
    message: str
    reply: Envelope


class NotSent(msgspec.Struct, frozen=True, kw_only=True):
    """No byte reached the server: sending again is safe."""

    reason: str


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """Sent, and no trustworthy reply: it may have been obeyed. Ask before sending again.

    ``retry_after_s`` is what the server asked for, in seconds of the station's clock.
    """

    reason: str
    retry_after_s: int | None = None


Outcome = Obeyed | Refused | NotSent | Unknown
