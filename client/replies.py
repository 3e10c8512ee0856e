"""What an HTTP answer is worth: from status, headers and bytes to one of the four outcomes. Pure.

An answer is trusted only if it is JSON, carries the envelope that every answer of the station
carries, and has all that its operation promises. Anything else may come from a proxy, a sign-in
page or a server in trouble: it says nothing about what became of the request.
"""

import msgspec

from client.outcome import Obeyed, Outcome, Refused, Unknown
from client.wire import Envelope, RefusalReply

REFUSALS = frozenset({400, 404, 405, 409, 412, 413, 415, 422})
_refusal = msgspec.json.Decoder(RefusalReply)
_decoders: dict[type[Envelope], msgspec.json.Decoder[Envelope]] = {}


def judge(
    status: int, content_type: str, retry_after: str, body: bytes, shape: type[Envelope]
) -> Outcome:
    """Return Obeyed, Refused or Unknown; ``shape`` is what a yes must look like."""
    retry_after_s = _whole_seconds(retry_after)
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return Unknown(
            reason=f"status {status} with {content_type or 'no content type'}",
            retry_after_s=retry_after_s,
        )
    try:
        if 200 <= status < 300:
            return Obeyed(reply=_decoder(shape).decode(body))
        if status in REFUSALS:
            reply = _refusal.decode(body)
            refused = reply.refused
            return Refused(code=refused.code, message=refused.message, reply=reply)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Unknown(reason=f"status {status}: {error}", retry_after_s=retry_after_s)
    return Unknown(reason=f"status {status}", retry_after_s=retry_after_s)


def _decoder(shape: type[Envelope]) -> msgspec.json.Decoder[Envelope]:
    """Return the decoder of ``shape``; making one costs more than decoding."""
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.json.Decoder(shape)
    return decoder


def _whole_seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None
