"""The marks on a debrief's timeline: what went wrong or nearly so, what struck, what was said.

Pure. A mark stands at the step where the trainee then was.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from mock_server.domain.events import Happened, InjectShown, SyncCompleted
from mock_server.faults.events import FaultFired
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.roles import role
from mock_server.procedure.texts import FaultTexts, Severity, Text, Texts, Violation
from mock_server.training import events as e
from mock_server.training.position import Stand
from mock_server.training.reading import Reading

MarkKind = Literal[
    "critical", "major", "minor", "near-miss", "fault", "message", "hint", "freeze", "act"
]
_KINDS: dict[Severity, MarkKind] = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NEAR_MISS: "near-miss",
}
NEARLY: Mapping[e.GuardCode, str] = {"K1": "N1", "K2": "N2"}
"""The near miss that it is to stop at a question before a forbidden act, by the act's code."""
_FROZEN = Text(id="Latihan dihentikan sejenak.", en="The exercise was paused.")
_STOPPED: Mapping[object, Text] = {
    "asked": Text(id="Jam simulasi Anda hentikan.", en="You stopped the clock."),
    "idle": Text(
        id="Jam simulasi berhenti karena lima menit tidak ada tombol yang ditekan.",
        en="The clock stopped, as nothing was pressed for five minutes.",
    ),
}
RUNG_WORDS = (
    Text(id="lihat ke mana", en="where to look"),
    Text(id="apa yang dilakukan", en="what to do"),
    Text(id="langkahnya", en="the step"),
)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """``code`` is a violation's, or ''. ``retry_seq`` is the event after which one may go on
    anew, with this still to come; 0 where that would lead before the beginning."""

    kind: MarkKind
    code: str
    step: StepNumber
    at_ms: int
    seq: int
    retry_seq: int
    text: Text
    counts: bool = True  # False for a major that never keeps a run from passing


def step_at(line: Sequence[Stand], seq: int) -> StepNumber:
    """Return where the trainee stood when event ``seq`` was about to happen."""
    before = [stand.step for stand in line if stand.seq < seq]
    return before[-1] if before else line[0].step


def marks(
    entries: Sequence[tuple[int, Happened]],
    reading: Reading,
    violations: Texts[Violation],
    faults: FaultTexts,
    begins_at: int,
) -> tuple[Mark, ...]:
    """Return all marks in the journal's order; ``begins_at`` is the last event of the start."""
    counting = {one.code for one in reading.assessment.findings if one.gates}
    found = [
        *_findings(reading, violations),
        *_stopped(entries, violations),
        *_others(entries, faults),
    ]
    return tuple(
        Mark(
            kind=kind,
            code=code,
            step=step_at(reading.line, seq),
            at_ms=at_ms,
            seq=seq,
            retry_seq=max(seq - 1, begins_at),
            text=text,
            counts=kind != "major" or code in counting,
        )
        for seq, at_ms, kind, code, text in sorted(found, key=lambda one: one[0])
    )


_Found = tuple[int, int, MarkKind, str, Text]


def _findings(reading: Reading, violations: Texts[Violation]) -> Iterator[_Found]:
    for one in reading.assessment.findings:
        said = violations[one.code]
        yield one.seq, one.at_ms, _KINDS[one.severity], one.code, said.title


def _stopped(
    entries: Sequence[tuple[int, Happened]], violations: Texts[Violation]
) -> Iterator[_Found]:
    """Yield what the coach asked about and the trainee then left undone."""
    for seq, event in entries:
        if isinstance(event, e.GuardAnswered) and not event.went_on:
            code = NEARLY[event.code]
            yield seq, event.at_ms, "near-miss", code, violations[code].title


def _others(entries: Sequence[tuple[int, Happened]], faults: FaultTexts) -> Iterator[_Found]:
    for seq, event in entries:
        match event:
            case FaultFired() if event.hit == 1 and event.fault in faults:
                yield seq, event.at_ms, "fault", "", faults[event.fault].title
            case InjectShown():
                yield seq, event.at_ms, "message", event.tempts, _quoted(event)
            case e.HintOpened():
                rung = RUNG_WORDS[event.rung - 1]
                yield seq, event.at_ms, "hint", "", _hint(event, rung)
            case e.SeatFrozen(own=own) if own != "beside":
                yield seq, event.at_ms, "freeze", "", _STOPPED.get(own, _FROZEN)
            case SyncCompleted():
                text = Text(id="Semua data lengkap.", en="All data complete.")
                yield seq, event.at_ms, "act", "", text
            case _:
                pass


def _quoted(event: InjectShown) -> Text:
    say, sender = event.say, event.sender
    return Text(id=f"{sender}: “{say.id}”", en=f"{role(sender, 'en')}: “{say.en}”")


def _hint(event: e.HintOpened, rung: Text) -> Text:
    if event.given is True:
        return Text(
            id=f"Fasilitator membuka petunjuk langkah {event.step}: {rung.id}.",
            en=f"The facilitator opened the hint for step {event.step}: {rung.en}.",
        )
    return Text(
        id=f"Petunjuk langkah {event.step} dibuka: {rung.id}.",
        en=f"Hint for step {event.step} opened: {rung.en}.",
    )
