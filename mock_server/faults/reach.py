"""Where a fault can be carried out: not everything that serves a rehearsal has a socket."""

from mock_server.faults import catalogue
from mock_server.faults.errors import FaultError


def check_reach(fault: str, *, has_socket: bool) -> None:
    """Raises FaultError for a fault of the catalogue that breaks a connection, if there is none."""
    if has_socket or not catalogue.KINDS[fault].needs_socket:
        return
    allowed = (name for name, kind in catalogue.KINDS.items() if not kind.needs_socket)
    able = ", ".join(sorted(catalogue.CARRIED_OUT.intersection(allowed)))
    problem = (
        f"{fault} breaks the connection, and requests within this process have none; "
        "start the simulator with cbtsync-mock serve and arm it there"
    )
    raise FaultError(("fault",), problem, f"here {able}")
