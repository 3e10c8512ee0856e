"""A trainee of the rubric's traces as the coach reads one, and the coach's texts."""

from mock_server.domain.events import Event
from mock_server.journal import AnyEvent, Entry, iso_wib
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach, load_fault_texts, load_violations
from mock_server.training.coach import Books, Panel, panel
from mock_server.training.debrief import Debrief, debrief
from mock_server.training.desk import Training
from mock_server.training.reading import Reading, read
from mock_server.training.reference import reference
from tests.procedure.traces import UNBK, Trainee, numbered

BOOKS = Books(coach=load_coach(UNBK), violations=load_violations(UNBK))


def reading_of(run: Trainee | list[Event]) -> Reading:
    return read(numbered(run.journal if isinstance(run, Trainee) else run), UNBK)


def panel_of(
    level: Level,
    run: Trainee | list[Event],
    training: Training | None = None,
    *,
    waited_ms: int = 0,
) -> Panel:
    reading = reading_of(run)
    return panel(
        level,
        reading.course,
        reading.assessment.steps,
        training or Training(),
        UNBK,
        BOOKS,
        reading.assessment.findings,
        now_ms=reading.course.end.at_ms + waited_ms,
        speed=10,
    )


FAULT_TEXTS = load_fault_texts(UNBK)


def entries_of(run: Trainee | list[Event], *extra: AnyEvent) -> list[Entry]:
    """The run as an engine would have journaled it, the clock's beginning left out."""
    journal = run.journal if isinstance(run, Trainee) else run
    return [
        Entry(
            seq=seq,
            at=iso_wib(event.at_ms),
            event=event,
            actor="trainee",
            op="rehearsal.create" if seq == 1 else "",
        )
        for seq, event in enumerate([*journal, *extra], 1)
    ]


def debrief_of(
    run: Trainee | list[Event],
    *extra: AnyEvent,
    level: Level = Level.TWO_TROUBLES,
    training: Training | None = None,
) -> Debrief:
    entries = entries_of(run, *extra)
    return debrief(
        entries,
        UNBK,
        level,
        training or Training(),
        BOOKS,
        FAULT_TEXTS,
        reference(entries[0].event.setup),
    )
