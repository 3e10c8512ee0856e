"""The certificate of a passed exercise and its check code: short, and not to be made up without the
house's secret.

Pure. The code proves that this server wrote it, not who sat at the seat; no name is in it.
"""

import hmac
from hashlib import sha256

import msgspec

from mock_server.training.debrief import CertificateFields

CODE_DIGITS = 8


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """``issued_ms`` is real time, epoch milliseconds: when it was first shown."""

    rehearsal: str
    issued_ms: int
    fields: CertificateFields


def check_code(certificate: Certificate, secret: bytes) -> str:
    """Return a code such as ``7F3A-91C2`` over all that the certificate says."""
    said = msgspec.json.encode(certificate)
    digits = hmac.new(secret, said, sha256).hexdigest()[:CODE_DIGITS].upper()
    return f"{digits[:4]}-{digits[4:]}"


def is_genuine(code: str, certificate: Certificate, secret: bytes) -> bool:
    """Tell whether a code is this certificate's; case and spaces do not matter."""
    return hmac.compare_digest(plain_code(code).encode(), check_code(certificate, secret).encode())


def plain_code(code: str) -> str:
    """Return a code as it is printed, from however somebody has typed it."""
    digits = "".join(one for one in code.upper() if one.isalnum())[:CODE_DIGITS]
    return f"{digits[:4]}-{digits[4:]}"
