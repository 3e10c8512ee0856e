"""Who may use the control plane: this machine, and whoever has the token."""

import hmac
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

from mock_server.web.control_v1.problems import ControlProblem

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="cbtsync-control"'}


def check(request: Request, *, token: str, lan: bool) -> None:
    """Raises ControlProblem: 403 from elsewhere, 401 without the right token."""
    if not lan and not is_loopback(request.remote_addr):
        raise ControlProblem(
            HTTPStatus.FORBIDDEN,
            "not-from-here",
            "the control plane answers this machine only; "
            "start the simulator with --lan --lan-control to open it to others",
        )
    given = request.headers.get("Authorization", "")
    # Bytes: compare_digest refuses texts beyond ASCII.
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise ControlProblem(
            HTTPStatus.UNAUTHORIZED,
            "unauthorised",
            "send the header Authorization: Bearer TOKEN; the simulator says at its start where "
            "the token is kept",
            headers=_CHALLENGE,
        )


def means_this_machine(host: str) -> bool:
    """Tell whether a Host header is a name that every machine has for itself only."""
    try:
        called = urlsplit(f"//{host}").hostname
    except ValueError:  # no address at all
        return False
    return called is not None and (called == "localhost" or is_loopback(called))


def is_loopback(address: str | None) -> bool:
    """Tell whether a request comes from this machine. No address: from this very process."""
    if not address:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
