"""What the numbers say: which data sets are whole, what is left, who is missing. Pure.

Colours and words are not asked here; a row counts as whole only when both the progress page and
the REFRESH STATUS view, read after the sync, say so.
"""

from collections import Counter

from client.belief import Belief, Listing
from client.settings import Rules
from client.texts import Reason
from client.wire import Overlay, Registration, Sync

NAMES_SHOWN = 10  # of the missing, in one sentence; the form lists all


def is_emptied(belief: Belief) -> bool:
    """Tell whether a HAPUS has completed and left nothing, as far as any page shows."""
    deleted = belief.delete
    if deleted is None or deleted.phase != "done" or deleted.left:
        return False
    return left_rows(belief) == 0


def left_rows(belief: Belief) -> int:
    """Return the rows of the previous phase that a page read since then still shows."""
    deleted, overlay, sync = belief.delete, belief.overlay, belief.sync
    left = (deleted.left or 0) if deleted is not None and deleted.phase == "done" else 0
    if overlay is None or sync is None or not (is_read(belief, "Overlay", "Sync")):
        return left
    return max(left, stray_rows(overlay, sync))


def is_read(belief: Belief, *pages: str) -> bool:
    return all(belief.is_fresh(page) for page in pages)


def has_unfinished_delete(belief: Belief) -> bool:
    deleted = belief.delete
    if deleted is None:
        return False
    return deleted.phase in ("running", "failed", "asked") or left_rows(belief) > 0


def stray_rows(overlay: Overlay, sync: Sync) -> int:
    """Return how many local rows this exam's sync cannot have brought."""
    ours = {row.n: row.local for row in sync.rows} if sync.phase != "none" else {}
    return sum(max(0, row.local - ours.get(row.n, 0)) for row in overlay.rows)


def whole_sets(belief: Belief) -> int:
    """Return how many data sets are whole on every page that counts them."""
    sync = belief.sync
    if sync is None or sync.phase == "none":
        return 0
    short = {n for n, _, _ in short_rows(belief)}
    return sum(
        row.central > 0 and row.local >= row.central and row.n not in short for row in sync.rows
    )


def sets_read_last(belief: Belief) -> int:
    """Return how many data sets the page read last shows whole: what a report may state."""
    sync, overlay = belief.sync, belief.overlay
    if sync is None or sync.phase == "none":
        return 0
    if overlay is None or belief.at("status.refresh") <= belief.at("sync.status"):
        return whole_sets(belief)
    claimed = {row.n: row.central for row in sync.rows}
    centrals = {row.n: row.central or claimed.get(row.n, 0) for row in overlay.rows}
    return sum(row.local >= max(1, centrals[row.n]) for row in overlay.rows)


def short_rows(belief: Belief) -> tuple[tuple[int, int, int], ...]:
    """Return (n, local, central) of each data set that the REFRESH STATUS view shows short."""
    overlay, sync = belief.overlay, belief.sync
    if overlay is None or sync is None or not belief.is_fresh("Overlay"):
        return ()
    claimed = {row.n: row.central for row in sync.rows}
    rows = []
    for row in overlay.rows:
        central = row.central if row.central is not None else claimed.get(row.n, 0)
        if row.local < central:
            rows.append((row.n, row.local, central))
    return tuple(rows)


def listed_names(listing: Listing | None, registration: Registration | None) -> int:
    """Return how many registered participants are listed, each counted once."""
    if listing is None:
        return 0
    names = {pupil.username for pupil in listing.rows}
    if registration is None:
        return len(names)
    return len(names & {pupil.username for pupil in registration.participants})


def sync_findings(belief: Belief, rules: Rules) -> tuple[Reason, ...]:
    """What step 18 has to report although every row is green."""
    found = [
        Reason.of("finding.short", n=n, local=local, central=central)
        for n, local, central in short_rows(belief)
    ]
    sync = belief.sync
    if sync is not None and sync.phase == "complete" and sync.total != rules.procedure.data_sets:
        found.append(Reason.of("finding.sets", total=sync.total, wanted=rules.procedure.data_sets))
    return tuple(found)


def participant_findings(belief: Belief, _rules: Rules) -> tuple[Reason, ...]:
    """Step 19: number and names, against what the school's account has for this server."""
    listing, registration = belief.listing, belief.registration
    if listing is None or registration is None:
        return (Reason.of("finding.participants_not_seen"),)
    wanted = {pupil.username: pupil.name for pupil in registration.participants}
    times = Counter(pupil.username for pupil in listing.rows)
    missing = [f"{name} ({user})" for user, name in wanted.items() if user not in times]
    twice = [user for user, count in times.items() if count > 1]
    strange = [user for user in times if user not in wanted]
    renamed = [
        pupil.username
        for pupil in listing.rows
        if pupil.username in wanted and wanted[pupil.username] != pupil.name
    ]
    kinds = {"missing": missing, "twice": twice, "strange": strange, "renamed": renamed}
    found = [
        Reason.of(f"finding.participants_{kind}", count=len(names), names=_names(names))
        for kind, names in kinds.items()
        if names
    ]
    if not found and listing.count != len(listing.rows):
        found.append(Reason.of("finding.participants_count", count=listing.count))
    return tuple(found)


def listed_test_findings(belief: Belief, _rules: Rules) -> tuple[Reason, ...]:
    """Step 20: Daftar Test is filled with the tests of the registration."""
    if belief.tests is None or belief.registration is None:
        return (Reason.of("finding.tests_not_seen"),)
    shown = {test.name for test in belief.tests.tests}
    if not shown:
        return (Reason.of("finding.tests_empty"),)
    missing = [name for name in belief.registration.tests if name not in shown]
    if not missing:
        return ()
    return (Reason.of("finding.tests_missing", count=len(missing), names=_names(missing)),)


def findings(belief: Belief, rules: Rules) -> tuple[Reason, ...]:
    """Return all that is left to report after a complete sync; empty: it is as it should be."""
    return (
        *sync_findings(belief, rules),
        *participant_findings(belief, rules),
        *listed_test_findings(belief, rules),
    )


def _names(names: list[str]) -> str:
    more = "" if len(names) <= NAMES_SHOWN else f", … (+{len(names) - NAMES_SHOWN})"
    return ", ".join(names[:NAMES_SHOWN]) + more
