"""The conditions that hold a dangerous act shut. Each returns why, or None when it is clear. Pure.

``GUARDS`` says which act they hold; whatever sends a request checks it there, for every step and
every recovery alike. Nothing switches an interlock off.
"""

from client import counts
from client.belief import Belief
from client.calls import Call
from client.machines import is_patched, label_of, own_id, own_machine, shown_id
from client.settings import Rules
from client.step import Interlock
from client.texts import Reason


def never_a_laptop(belief: Belief, _rules: Rules, call: Call | None) -> Reason | None:
    """Step 2: only the machine that serves the exam."""
    machine = own_machine(belief)
    wanted = call.body.get("machine") if call is not None and call.body else None
    if machine is not None and wanted == machine.id:
        return None
    return Reason.of("interlock.not_the_exam_server", machine=label_of(belief, str(wanted or "")))


def at_the_exam_server(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 2 and 9."""
    machine = own_machine(belief)
    if machine is not None and belief.machine == machine.id:
        return None
    return Reason.of("interlock.wrong_machine", machine=label_of(belief, belief.machine or ""))


def patched(belief: Belief, rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 6 and 7."""
    wanted = rules.procedure.cbtsync_version
    if is_patched(belief, wanted):
        return None
    version = "-" if belief.patch is None else belief.patch.version
    return Reason.of("interlock.not_patched", version=version, wanted=wanted)


def one_id_once_synced(belief: Belief, _rules: Rules, call: Call | None) -> Reason | None:
    """Step 9: a machine that has synchronised keeps its ID; in doubt it counts as synchronised."""
    wanted = str(call.body.get("server_id", "")) if call is not None and call.body else ""
    held, sync = belief.synced_as or shown_id(belief), belief.sync
    fixed = Reason.of("interlock.id_is_fixed", held=held, wanted=wanted or "-")
    has_synced = belief.synced_as or (sync is not None and sync.phase != "none")
    if has_synced and held not in ("", wanted):
        return fixed  # the graver reason of the two
    if wanted != own_id(belief):
        return Reason.of("interlock.not_our_id", server_id=wanted or "-")
    is_clear = held in ("", wanted) or (sync is not None and belief.is_fresh("Sync"))
    return None if is_clear else fixed


def our_id_is_shown(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 8 and 9."""
    shown = shown_id(belief)
    if shown and shown == own_id(belief):
        return None
    return Reason.of("interlock.other_id_shown", shown=shown or "-", own=own_id(belief) or "-")


def backup_is_safe(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 13 and 14: the file was saved whole, its SHA-256 checked. The runner looks that it is
    still on the disk before each HAPUS, and forgets it if not."""
    return None if belief.saved is not None else Reason.of("interlock.no_backup")


def backup_is_of_these_data(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """The data have not changed since the backup, unless by our own unfinished HAPUS."""
    saved = belief.saved
    if saved is None or saved.data_version == belief.data_version:
        return None
    ours = belief.times("delete.start:yes") > 0 and counts.has_unfinished_delete(belief)
    return None if ours else Reason.of("interlock.backup_is_old")


def nothing_is_synced(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Step 21, and before it: no HAPUS once any data set of this exam has come."""
    sync = belief.sync
    if sync is None or not belief.is_fresh("Sync"):
        return Reason.of("interlock.sync_not_seen")
    if sync.phase == "none" and not any(row.local for row in sync.rows) and not belief.synced_as:
        return None
    return Reason.of("interlock.synced_data", done=sync.done, total=sync.total)


def emptied_only_once(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Step 14: one HAPUS completes; another may only finish what is left."""
    if belief.delete is None:
        return Reason.of("interlock.delete_not_seen")
    return Reason.of("interlock.emptied") if counts.is_emptied(belief) else None


def access_is_open(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 10 and 11: AKTIF, and nothing else."""
    if belief.condition == "active":
        return None
    return Reason.of("interlock.not_active", condition=belief.condition or "-")


def local_data_are_clean(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 14 to 17: local data are empty, or left by this very sync."""
    if belief.overlay is None or not belief.is_fresh("Overlay"):
        return Reason.of("interlock.initial_data_not_seen")
    if belief.sync is None or not belief.is_fresh("Sync"):
        return Reason.of("interlock.sync_not_seen")
    stray = counts.stray_rows(belief.overlay, belief.sync)
    if stray == 0:
        return None
    return Reason.of("interlock.old_data", rows=stray)


def view_is_closed(belief: Belief, _rules: Rules, _call: Call | None) -> Reason | None:
    """Step 17."""
    is_open = belief.overlay is not None and belief.overlay.open
    return Reason.of("interlock.view_open") if is_open else None


def everything_is_there(belief: Belief, rules: Rules, _call: Call | None) -> Reason | None:
    """Steps 18 to 21: nothing is declared done unless all of it was seen."""
    whole, total = counts.whole_sets(belief), rules.procedure.data_sets
    if belief.sync is None or belief.sync.phase != "complete" or whole != total:
        return Reason.of("interlock.not_complete", whole=whole, total=total)
    found = counts.findings(belief, rules)
    return found[0] if found else None


BEFORE_SUBMIT = (at_the_exam_server, patched, one_id_once_synced)
BEFORE_DELETE = (
    at_the_exam_server,
    nothing_is_synced,
    backup_is_safe,
    backup_is_of_these_data,
    emptied_only_once,
)
BEFORE_SYNC = (
    at_the_exam_server,
    patched,
    our_id_is_shown,
    access_is_open,
    local_data_are_clean,
    view_is_closed,
)
BEFORE_DONE = (at_the_exam_server, patched, our_id_is_shown, everything_is_there)

GUARDS: dict[str, tuple[Interlock, ...]] = {
    "machine.use": (never_a_laptop,),
    "id.submit": BEFORE_SUBMIT,
    "delete.start": BEFORE_DELETE,
    "sync.start": BEFORE_SYNC,
}
READY_GUARDS = ("report.submit:ready", BEFORE_DONE)


def shut(belief: Belief, rules: Rules, call: Call) -> Reason | None:
    """Return why ``call`` may not be sent now, or None."""
    guards = GUARDS.get(call.op, ())
    if call.name == READY_GUARDS[0]:
        guards = READY_GUARDS[1]
    return why_shut(guards, belief, rules, call)


def why_shut(
    guards: tuple[Interlock, ...], belief: Belief, rules: Rules, call: Call | None = None
) -> Reason | None:
    for guard in guards:
        if (why := guard(belief, rules, call)) is not None:
            return why
    return None
