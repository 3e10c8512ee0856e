"""Evidence of steps 9 to 11 and 18 to 21: decided rightly, checked, and left alone."""

from mock_server.domain.events import ScreenSeen, SyncCompleted
from mock_server.procedure.codes.critical import deleted_complete_data, id_changed_after_sync
from mock_server.procedure.filed import last_sync_index, opens
from mock_server.procedure.readings import dashboard_words
from mock_server.procedure.steps.sight import FULL, MISSED, Credit, Sight

FIRST_STEP_OF_SYNC = 17
LAST_STEP_OF_SYNC = 18


def kept_the_id(sight: Sight) -> Credit:
    """Step 9, a gate: armed once all data sets were complete on some machine."""
    if not _was_complete(sight):
        return None
    return MISSED if any(id_changed_after_sync(sight.course, sight.pack)) else FULL


def read_the_schedule(sight: Sight) -> Credit:
    """Step 10: the schedule was looked at; only where StandBy (closed) was met before a sync.

    A look before the StandBy counts: one that shows nothing new leaves no trace.
    """
    closed = next((i for i, word in dashboard_words(sight.course) if word == "closed"), None)
    if sight.done >= FIRST_STEP_OF_SYNC or not sight.before_sync(closed):
        return None
    looked = sight.course.first(ScreenSeen, lambda seen: seen.screen == "portal-schedule")
    if looked is not None:
        return FULL if sight.before_sync(looked) else sight.half
    return MISSED if sight.filed is not None or sight.sync is not None else None


def saw_aktif(sight: Sight) -> Credit:
    """Step 11: the last look at the dashboard before START SYNC showed Aktif."""
    looks = [word for index, word in dashboard_words(sight.course) if sight.before_sync(index)]
    if sight.sync is None:
        return FULL if "active" in looks else (MISSED if sight.ready else None)
    if looks and looks[-1] == "active":
        return FULL
    return sight.half if "active" in looks else MISSED


def saw_all_green(sight: Sight) -> Credit:
    """Step 18: all rows were seen green; or a sync that stopped short was truly reported so."""
    total = len(sight.pack.data_sets)
    seen = sight.course.first(
        ScreenSeen,
        lambda event: (event.screen, event.word, event.count) == ("sync", "complete", total),
    )
    if seen is not None:
        return FULL
    filed = sight.filed
    if filed is None or sight.ready:
        return MISSED if sight.ready else None
    if filed.complete:
        return MISSED
    began = sight.sync is not None or sight.done >= FIRST_STEP_OF_SYNC
    if not began:
        return None
    return FULL if sight.form_right("datasets_complete") else MISSED


def compared_participants(sight: Sight) -> Credit:
    """Step 19: Daftar Peserta was opened after the sync, and the form has its number."""
    if not _opened_after_sync(sight, "participants"):
        return _missed_check(sight)
    filed = sight.filed
    wrong = filed is not None and filed.number_wrong and not filed.emptied
    return sight.half if wrong else FULL


def opened_tests(sight: Sight) -> Credit:
    """Step 20: Status Test was opened after the sync."""
    return FULL if _opened_after_sync(sight, "tests") else _missed_check(sight)


def kept_the_data(sight: Sight) -> Credit:
    """Step 21, a gate: armed once all data sets were complete on some machine."""
    if not _was_complete(sight):
        return None
    return MISSED if any(deleted_complete_data(sight.course, sight.pack)) else FULL


def _was_complete(sight: Sight) -> bool:
    began = sight.done >= LAST_STEP_OF_SYNC
    return began or sight.course.first(SyncCompleted) is not None


def _opened_after_sync(sight: Sight, menu: str) -> bool:
    moments = sight.course.moments
    since = last_sync_index(sight.course, sight.machine, len(moments))
    if since < 0 and sight.done < FIRST_STEP_OF_SYNC:
        return False
    return any(opens(moment, menu) for moment in moments[since + 1 :])


def _missed_check(sight: Sight) -> Credit:
    """A check after the sync is called for once a report says how the sync ended."""
    filed = sight.filed
    called_for = filed is not None and (filed.ready or filed.complete)
    return MISSED if called_for else None
