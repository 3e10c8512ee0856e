"""Right under load: every answer belongs where it was asked, none goes back, nothing is lost."""

import json
from typing import Any

from benchmarks.figures import Chapter, Figure
from benchmarks.host import hosting
from benchmarks.load import Reply, volley
from benchmarks.processes import folder
from benchmarks.scale import Scale
from benchmarks.steering import Document, commands_of, date, poll_of

CONNECTIONS = 16
REHEARSALS = 4  # so that four connections meet on each
SPEED = 300  # a sync of half an hour passes in six seconds: there is progress to go back on
OPENED = "status-opened"  # the event of each REFRESH STATUS


class Witness:
    """Judges the answers of one volley.

    An answer is misplaced if it shows another rehearsal's date, or if clock, data version or
    progress stand before what somebody had already read of that rehearsal when it was asked for.
    """

    def __init__(self, days: list[int]) -> None:
        self._days = days
        self._read: list[dict[str, int]] = [{} for _ in days]
        self._known: dict[int, dict[str, int]] = {}  # by connection: what it must not fall behind
        self.misplaced = 0
        self.obeyed = [0 for _ in days]  # REFRESH STATUS acknowledged, by rehearsal

    def sending(self, connection: int, _number: int) -> None:
        self._known[connection] = dict(self._read[connection % len(self._days)])

    def judge(self, reply: Reply) -> bool:
        """Return whether the answer was one at all; whether it is the right one is counted."""
        try:
            answer = json.loads(reply.body)
            shown = _marks(answer)
        except (ValueError, KeyError, TypeError):
            return False
        at = reply.connection % len(self._days)
        own = str(answer["now"]).startswith(date(self._days[at]))
        known = self._known[reply.connection]
        if not own or any(shown.get(key, value) < value for key, value in known.items()):
            self.misplaced += 1
        for key, value in shown.items() if own else ():
            self._read[at][key] = max(value, self._read[at].get(key, value))
        if reply.status != 200:
            return False
        self.obeyed[at] += answer.get("open") is True
        return True


def _marks(answer: dict[str, Any]) -> dict[str, int]:
    """Return what may only grow, of what the answer shows."""
    marks = {"now": int(answer["now_ms"]), "version": int(answer["data_version"])}
    if "done" in answer:
        marks["done"] = int(answer["done"])
        marks["rows"] = sum(int(row["local"]) for row in answer["rows"])
    return marks


def measured(scale: Scale) -> Chapter:
    days = [8 + n for n in range(REHEARSALS)]
    with folder() as disk, hosting(disk / "bench.db") as host, host.steering() as steering:
        names = [steering.syncing(day=day, speed=SPEED) for day in days]
        looking, acting = Witness(days), Witness(days)
        polls = [[poll_of(names[n % REHEARSALS])] for n in range(CONNECTIONS)]
        looks = volley(
            host.port, polls, each=scale.each, judge=looking.judge, sending=looking.sending
        )
        mixed = [
            [*commands_of(names[n % REHEARSALS]), poll_of(names[n % REHEARSALS])]
            for n in range(CONNECTIONS)
        ]
        acts = volley(host.port, mixed, each=scale.each, judge=acting.judge, sending=acting.sending)
        journals = [steering.journal(name) for name in names]
    lost = sum(map(lost_or_doubled, journals, acting.obeyed))
    figures = [
        ("polls-misplaced", "polls: misplaced", looking.misplaced),
        ("polls-failed", "polls: failed", looks.failed),
        ("commands-misplaced", "mixed commands: misplaced", acting.misplaced),
        ("commands-failed", "mixed commands: failed", acts.failed),
        ("commands-lost", "mixed commands: lost or doubled in the journal", lost),
    ]
    return Chapter(
        name="right",
        title=f"Right under load: {CONNECTIONS} x {scale.each} at once",
        method=(
            f"{REHEARSALS} rehearsals, each on a day of its own, {CONNECTIONS // REHEARSALS} "
            f"connections on each, syncing at speed {SPEED}. Misplaced: another day's answer, or a "
            "clock, data version or count before what anybody had read when the request left. "
            "Afterwards each journal is read: its numbers have no gap, and it holds every REFRESH "
            "STATUS that was acknowledged, once."
        ),
        figures=[
            Figure(name=name, what=what, value=value, at_most=0) for name, what, value in figures
        ],
    )


def lost_or_doubled(journal: list[Document], obeyed: int) -> int:
    """Count what a journal misses, or holds twice."""
    numbers = [entry["seq"] for entry in journal]
    gaps = sum(bool(number != place) for place, number in enumerate(numbers, 1))
    opened = sum(bool(entry["event"]["type"] == OPENED) for entry in journal)
    return gaps + abs(opened - obeyed)
