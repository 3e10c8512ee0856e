"""Steps 12 to 14: back up, then delete, once. What is still to be done, and how. Pure moves.

All three are left out when the station shows that they are behind us: this exam's data have begun
to come, or a HAPUS has emptied the server already.
"""

from client import counts, pacing, patching, services
from client.belief import Belief
from client.calls import BACKUP, DELETE, FETCH, SYNC, delete, open_menu, start_backup
from client.settings import Rules
from client.step import Do, Done, Ending, Fetch, Move, Stop
from client.texts import Reason
from client.wire import Backup, Delete

BACKUP_MENU = open_menu("backup")


def look_around(belief: Belief) -> Move | None:
    """Read the pages that say how far the data are; None once they are known."""
    if belief.sync is None:
        return Do(call=SYNC)
    if belief.sync.phase != "none":
        return None
    if belief.delete is None:
        return Do(call=DELETE)
    return Do(call=BACKUP) if belief.backup is None else None


def is_behind_us(belief: Belief) -> bool:
    sync = belief.sync
    return (sync is not None and sync.phase != "none") or counts.is_emptied(belief)


def open_page(belief: Belief, _rules: Rules) -> Move:
    """Step 12."""
    if (move := look_around(belief)) is not None:
        return move
    if is_behind_us(belief):
        return Done(note=Reason.of("note.cleared_already"))
    at_work = _phase(belief.backup) == "running" or _phase(belief.delete) == "running"
    if at_work or belief.at(BACKUP_MENU.name) > 0:
        return Done()
    return Do(call=BACKUP_MENU)


def save_backup(belief: Belief, rules: Rules) -> Move:
    """Step 13."""
    if (move := look_around(belief)) is not None:
        return move
    backup = belief.backup
    if is_behind_us(belief) or backup is None:
        return Done()
    if belief.saved is not None and _covers(belief):
        fields = {"name": belief.saved.name, "sha256": belief.saved.sha256[:12]}
        return Done(note=Reason.of("note.saved", **fields))
    match backup.phase:
        case "running":
            if pacing.stands_still(belief, "backup", backup.last_change, rules.bounds):
                return _new_backup(belief, backup, rules)
            return pacing.for_job(belief, "backup", BACKUP, backup.eta_ms, rules.bounds)
        case "done" if backup.file is not None:
            fetched = belief.times(FETCH)
            if fetched < rules.bounds.downloads_max:
                return Fetch()
            return _new_backup(belief, backup, rules)
        case "done":
            return _find_link(belief) or _new_backup(belief, backup, rules)
        case "none" | "failed":
            return _new_backup(belief, backup, rules)


def _covers(belief: Belief) -> bool:
    """Tell whether the saved backup is of the data that are still here, or partly deleted by us."""
    saved = belief.saved
    if saved is None:
        return False
    return saved.data_version == belief.data_version or counts.has_unfinished_delete(belief)


def _find_link(belief: Belief) -> Move | None:
    """A backup that is done and shows no link: open the menu again and look, once."""
    if belief.at(BACKUP_MENU.name) < pacing.began_seq(belief, "backup"):
        return Do(call=BACKUP_MENU, why=Reason.of("recover.no_link"))
    return Do(call=BACKUP) if belief.at(BACKUP.name) < belief.at(BACKUP_MENU.name) else None


def _new_backup(belief: Belief, backup: Backup, rules: Rules) -> Move:
    times = belief.times("backup.start")
    if times >= rules.bounds.backups_max:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.backup", times=times))
    why = None
    if backup.phase == "failed":
        why = Reason.of("recover.backup_failed", percent=backup.percent)
    elif backup.phase == "done":
        why = Reason.of("recover.backup_unusable")
    return Do(call=start_backup(belief.data_version), why=why)


def delete_once(belief: Belief, rules: Rules) -> Move:
    """Step 14."""
    if (move := look_around(belief)) is not None:
        return move
    deleted, backup = belief.delete, belief.backup
    if is_behind_us(belief) or deleted is None:
        return Done(note=Reason.of("note.emptied"))
    if backup is not None and backup.rows == 0 and not counts.has_unfinished_delete(belief):
        return Done(note=Reason.of("note.nothing_to_delete"))
    match deleted.phase:
        case "running":
            return _while_deleting(belief, deleted, rules)
        case "asked":
            if belief.at("delete.start:yes") > pacing.began_seq(belief, "delete"):
                # Confirmed, and the question still stands: there was nothing to delete.
                return Done(note=Reason.of("note.nothing_to_delete"))
            return _confirm(belief)
        case "none" | "failed" | "done":
            return _press(belief, deleted, rules)


def _confirm(belief: Belief) -> Move:
    if not belief.is_fresh("Sync"):
        return Do(call=SYNC)  # the last look before the one act that cannot be undone
    return Do(call=delete("yes", belief.data_version))


def _press(belief: Belief, deleted: Delete, rules: Rules) -> Move:
    times = belief.times("delete.start:yes")
    left = deleted.left if deleted.left is not None else counts.left_rows(belief)
    if times >= rules.bounds.deletes_max:
        why = Reason.of("stop.delete", times=times, left=left)
        return Stop(ending=Ending.REPORTED, why=why)
    if not belief.is_fresh("Sync"):
        return Do(call=SYNC)
    again: Reason | None = None
    if deleted.phase == "failed":
        again = Reason.of("recover.delete_failed", percent=deleted.percent)
    elif deleted.phase == "done":
        again = Reason.of("recover.delete_left", left=left)
    return Do(call=delete("ask", belief.data_version), why=again)


def _while_deleting(belief: Belief, deleted: Delete, rules: Rules) -> Move:
    """Wait; one that stands still is ended by reopening CBTSync Web, the service checked first."""
    if not pacing.stands_still(belief, "delete", deleted.last_change, rules.bounds):
        return pacing.for_job(belief, "delete", DELETE, deleted.eta_ms, rules.bounds)
    since = pacing.began_seq(belief, "delete")
    if (move := services.restart(belief, rules, since)) is not None:
        return move
    if belief.at("cbtsync.close") <= since:
        why = Reason.of("recover.delete_stalled", percent=deleted.percent)
        return patching.reopen(belief, rules, why)
    if belief.at(DELETE.name) < belief.at("cbtsync.open"):
        return Do(call=DELETE)
    return _press(belief, deleted, rules)


def _phase(page: Backup | Delete | None) -> str:
    return "none" if page is None else page.phase
