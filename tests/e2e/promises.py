"""What the client promises whatever happens, judged by the simulator's truth and by what was sent.

Each function returns what broke, in words; nothing when all holds.
"""

from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from client.step import Ending
from mock_server.adapters.backup_file import SourceBackupFiles
from mock_server.adapters.people import FakerPeople
from mock_server.domain import central, identity, screens
from mock_server.domain import events as e
from mock_server.domain import station as rules
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine, truth
from mock_server.rehearsal import Rehearsal, begun, fold
from mock_server.web.views import backup_key
from tests.e2e.stage import Played, Sent

REQUESTS_MAX = 900
RUN_MAX_MS = 4 * 3_600_000
LAST_MS = 15 * 60_000  # the wait in which the bound is found to be over, and the last looks
SYNCS_MAX = 6  # one, and five resumptions


def broken(played: Played) -> list[str]:
    """Return every promise that this rehearsal broke, whatever went wrong in it."""
    if played.result is None:
        return ["the client never came to an end"]
    return [
        *_ended_honestly(played),
        *_bounded(played),
        *_acts(played),
        *_asked_first(played),
        *_happened(played),
        *(f"a defect of the server: {told}" for told in played.defects),
    ]


def survived(played: Played, wanted: str) -> list[str]:
    """Return whether a trouble that passes by kept the run from its usual end."""
    result = played.result
    if result is None or result.ending == wanted:
        return []
    why = f"in step {result.step}, {result.why.key} {dict(result.why.fields)}"
    return [f"not survived: {result.ending} {why}, not {wanted}"]


def _ended_honestly(played: Played) -> Iterator[str]:
    result = played.result
    assert result is not None
    if result.ending is Ending.READY and not (played.truth.ready and _declared(played)):
        yield f"ready, but the truth is {played.truth.ready}, declared {_declared(played)}"
    if result.ending is Ending.HALTED and result.why.key != "stop.in_doubt":
        yield f"halted by {result.why.key}"
    if played.violations:
        yield f"violations: {', '.join(sorted(played.violations))}"
    for entry in played.entries:
        if isinstance(entry.event, e.ReportFiled) and entry.event.wrong:
            yield f"the report is untrue in {', '.join(entry.event.wrong)}"
    form, truth_ = result.form, played.truth
    read_back = result.belief.is_fresh("Overlay")  # else the sheet says that nobody has
    claims = (
        ("datasets_complete", truth_.datasets_complete if read_back else 99),
        ("participants", truth_.participants),
        ("tests_visible", truth_.tests_visible),
    )
    for key, most in claims:
        if int(form[key]) > int(most):
            yield f"the sheet claims {key} {form[key]}, true is {most}"


def _declared(played: Played) -> bool:
    """Tell whether the last report, as the station has it, says ready."""
    filed = [one.event for one in played.entries if isinstance(one.event, e.ReportFiled)]
    return bool(filed) and filed[-1].decision == "ready"


def _bounded(played: Played) -> Iterator[str]:
    result = played.result
    assert result is not None
    if result.requests > REQUESTS_MAX:
        yield f"{result.requests} requests"
    if (took_ms := result.now_ms - result.began_ms) > RUN_MAX_MS + LAST_MS:
        yield f"{took_ms / 3_600_000:.2f} hours"


def _happened(played: Played) -> Iterator[str]:
    """What must not stand in the journal, in this order or this often."""
    completed = synced = 0
    for entry in played.entries:
        match entry.event:
            case e.DeleteFinished(left=0):
                completed += 1
            case e.DeleteStarted():
                if synced:
                    yield f"HAPUS after a sync began (event {entry.seq})"
                if not entry.event.backed_up:
                    yield f"HAPUS before a whole backup was downloaded (event {entry.seq})"
            case e.SyncStarted():
                synced += 1
            case e.IdSubmitted(own=False):
                yield f"another server's ID was submitted (event {entry.seq})"
            case _:
                pass
    if completed > 1:
        yield f"HAPUS completed {completed} times"
    if synced > SYNCS_MAX:
        yield f"{synced} syncs were started"


def _asked_first(played: Played) -> Iterator[str]:
    """What may have been obeyed must not be sent again before something was answered."""
    doubts: set[str] = set()
    for one in played.exchanges:
        if one.name in doubts:
            yield f"{one.name} was sent again, and nothing was asked"
        if one.outcome in ("obeyed", "refused"):
            doubts.clear()
        elif one.outcome in ("unknown", "killed") and one.doubtful:
            doubts.add(one.name)


def _acts(played: Played) -> Iterator[str]:
    """Judge each dangerous request by the station as it stood when the request left."""
    events = [entry.event for entry in played.entries]
    state = begun(events[0])
    digests = _digest_of(state.station, state.station.at_ms)
    waiting = sorted(played.sent, key=lambda one: one.seq)
    for event in (*events[1:], None):
        while waiting and waiting[0].seq <= state.seq:
            yield from _act(waiting.pop(0), _now(state), digests)
        if event is not None:
            state = fold(state, event)
            if isinstance(event, e.BackupFinished):
                digests |= _digest_of(state.station, event.at_ms)


def _now(state: Rehearsal) -> tuple[Station, int]:
    now_ms = max(state.clock.at_ms, state.station.at_ms)
    return rules.advance(state.station, now_ms)[0], now_ms


def _digest_of(station: Station, at_ms: int) -> frozenset[str]:
    """Return the SHA-256 of the backup that the exam server has ready; none, none."""
    there = replace(station, here=exam_machine(station).id)
    screen = screens.backup(there, at_ms)
    if screen.phase != "done":
        return frozenset()
    return frozenset({_files().describe(backup_key(there, screen)).sha256})


@cache
def _files() -> SourceBackupFiles:
    return SourceBackupFiles(FakerPeople())


def _act(sent: Sent, now: tuple[Station, int], digests: frozenset[str]) -> Iterator[str]:
    station, now_ms = now
    machine, own = exam_machine(station), central.own(station).server_id
    if sent.name == "machine.use":
        faults = {"it is not the exam server": sent.body["machine"] != machine.id}
    else:
        faults = {"at another machine": station.here != machine.id}
    match sent.name:
        case "id.submit":
            faults["it is not our ID"] = sent.body["server_id"] != own
            faults["not patched"] = machine.version != station.setup.cbtsync_version
            held = machine.identity.synced_under
            faults["synced under another ID"] = held not in ("", sent.body["server_id"])
        case "delete.start:yes":
            faults["data have come"] = any(machine.data.received)
            faults["a sync has begun"] = machine.sync.phase != "none"
            faults["no whole backup on our disk"] = not (sent.digests & digests)
            faults["it has been emptied"] = not any(machine.data.old)
        case "sync.start":
            condition = identity.condition(station, machine, now_ms)
            faults[f"the dashboard says {condition}"] = condition != "active"
            faults["not patched"] = machine.version != station.setup.cbtsync_version
            faults["another ID"] = machine.identity.server_id != own
            faults["old data are left"] = any(machine.data.old)
            faults["the view is open"] = machine.overlay.open
        case "report.submit:ready":
            faults["it is not ready"] = not truth(station).ready
        case _:
            pass
    for why, is_so in faults.items():
        if is_so:
            yield f"{sent.name} was sent although: {why} (after event {sent.seq})"
