"""The Berita Acara Sinkronisasi: what a proctor claims, compared with what was true just then."""

from datetime import UTC, datetime, timedelta

from mock_server.domain.commands import FileReport
from mock_server.domain.events import Event, ReportFiled
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine, truth_of

TIME_TOLERANCE_MINUTES = 10  # a form takes a while to fill in (assumed)


def decide_file(station: Station, command: FileReport, now_ms: int) -> tuple[Event, ...]:
    """File it, whatever it claims; ``wrong`` names the fields that do not agree.

    A text left blank claims nothing; who declares done must fill it in all the same, which the
    form asks for.
    """
    filed = ReportFiled(
        at_ms=now_ms,
        decision=command.decision,
        machine=command.machine,
        server_id=command.server_id,
        version=command.version,
        datasets_complete=command.datasets_complete,
        participants=command.participants,
        tests_visible=command.tests_visible,
        time=command.time,
        notes=command.notes,
        wrong=_wrong(station, command, now_ms),
    )
    return (filed,)


def _wrong(station: Station, command: FileReport, now_ms: int) -> tuple[str, ...]:
    machine = station.machines.get(station.here) or exam_machine(station)
    true = truth_of(station, machine, now_ms)
    server_id = machine.identity.server_id or machine.identity.synced_under
    agrees = {
        "machine": command.machine in ("", machine.label),
        "server_id": command.server_id in ("", server_id),
        "version": command.version in ("", machine.version),
        "datasets_complete": command.datasets_complete == true.datasets_complete,
        "participants": command.participants == true.participants,
        "tests_visible": command.tests_visible == true.tests_visible,
        "time": _is_about(command.time, now_ms),
    }
    return tuple(field for field, right in agrees.items() if not right)


def _is_about(time: str, now_ms: int) -> bool:
    """Tell whether HH:MM (WIB) lies within the tolerance of the instant."""
    hours, _, minutes = time.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()):
        return False
    now = datetime.fromtimestamp(now_ms / 1000, tz=UTC) + timedelta(hours=7)
    apart = abs(int(hours) * 60 + int(minutes) - (now.hour * 60 + now.minute))
    return min(apart, 24 * 60 - apart) <= TIME_TOLERANCE_MINUTES
