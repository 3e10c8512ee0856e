"""The debrief of one run: the guess beside the truth, exam day, verdict, timeline, what to learn.

Pure: made of the run's journal and the texts alone. It never says ready where the truth is not.
"""

from collections.abc import Sequence

import msgspec

from mock_server.domain.events import ReportFiled, SyncCompleted
from mock_server.domain.truth import truth
from mock_server.faults.events import FaultArmed
from mock_server.journal import Entry
from mock_server.procedure.pack import ProcedurePack, RubricSwitches
from mock_server.procedure.texts import FaultTexts, Text
from mock_server.scenario.model import Level
from mock_server.training import events as e
from mock_server.training.acts import Act, acts
from mock_server.training.coach import Books, Feedback
from mock_server.training.desk import Training
from mock_server.training.levels import scaffold
from mock_server.training.marks import Mark, marks
from mock_server.training.monday import Monday, monday
from mock_server.training.points import points, remarks
from mock_server.training.position import Stand
from mock_server.training.praise import praised
from mock_server.training.reading import Reading, read
from mock_server.training.reference import Reference
from mock_server.training.verdict import Verdict, grave, verdict

RETRIES_MAX = 3
CREATED_BY = "rehearsal.create"


class GuessView(msgspec.Struct, frozen=True, kw_only=True):
    """``ready`` and ``certainty`` are None if nobody guessed. ``agrees``: guess and truth go
    together; unsure never quite does."""

    ready: e.Ready | None
    certainty: int | None
    truly_ready: bool
    agrees: bool
    said: Text


class Retry(msgspec.Struct, frozen=True, kw_only=True):
    """A point from which one may try again: a branch that goes on after event ``seq``.

    ``undoes``: what ``text`` names is still to come there, and may be left undone.
    """

    seq: int
    at_ms: int
    text: Text
    undoes: bool = False


class CertificateFields(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate of a passed exercise says. ``alone``: an exam without any help."""

    level: Level
    scenario: str
    seed: int
    school: str
    passed_ms: int
    alone: bool


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
    """``mine`` and ``reference`` are lines of steps over time. ``certificate`` is None unless a
    marked run was passed from its very beginning. ``practice``: it was not begun there."""

    level: Level
    marked: bool
    practice: bool
    guess: GuessView
    monday: Monday
    verdict: Verdict
    mine: tuple[Stand, ...]
    reference: tuple[Stand, ...]
    mine_ends_ms: int
    reference_ends_ms: int
    marks: tuple[Mark, ...]
    acts: tuple[Act, ...]
    points: tuple[Feedback, ...]
    good: tuple[Text, ...]
    retries: tuple[Retry, ...]
    certificate: CertificateFields | None
    inserted: tuple[Text, ...]  # faults that somebody put in by hand
    questions: tuple[Text, ...]  # the scenario's own, to talk about
    switches: RubricSwitches
    rubric: str


def debrief(
    entries: Sequence[Entry],
    pack: ProcedurePack,
    level: Level,
    training: Training,
    books: Books,
    faults: FaultTexts,
    reference: Reference,
    *,
    questions: tuple[Text, ...] = (),
    switches: RubricSwitches | None = None,
) -> Debrief:
    """Raises ValueError for entries without a beginning."""
    pairs = [(entry.seq, entry.event) for entry in entries]
    reading = read(pairs, pack, switches)
    assessment, course = reading.assessment, reading.course
    begins_at = max((entry.seq for entry in entries if entry.op == CREATED_BY), default=1)
    on_monday = monday(course, pack, books.coach, postponed=assessment.outcome == "postponed")
    return Debrief(
        level=level,
        marked=scaffold(level).marked,
        practice=training.is_practice,
        guess=_guess(training, truly_ready=truth(course.end).ready),
        monday=on_monday,
        verdict=verdict(assessment, course.end, books.violations, practice=training.is_practice),
        mine=reading.line,
        reference=reference.line,
        mine_ends_ms=course.end.at_ms,
        reference_ends_ms=reference.frames[-1].at_ms,
        marks=marks(pairs, reading, books.violations, faults, begins_at),
        acts=tuple(one for one in acts(course) if one.seq > begins_at),
        points=points(reading, pack, books, begins_at, on_monday),
        good=tuple(books.coach.praised(name) for name in praised(reading, training)),
        retries=_retries(entries, reading, pack, begins_at, books),
        certificate=_certificate(level, reading, training),
        inserted=_inserted(entries, faults),
        questions=questions,
        switches=assessment.switches,
        rubric=assessment.rubric,
    )


def _guess(training: Training, *, truly_ready: bool) -> GuessView:
    guessed = training.guessed
    if guessed is None:
        return GuessView(
            ready=None,
            certainty=None,
            truly_ready=truly_ready,
            agrees=False,
            said=Text(id="Anda belum menebak.", en="You made no guess."),
        )
    agrees = guessed.ready == ("yes" if truly_ready else "no")
    return GuessView(
        ready=guessed.ready,
        certainty=guessed.certainty,
        truly_ready=truly_ready,
        agrees=agrees,
        said=_told(guessed, agrees=agrees),
    )


def _told(guessed: e.Guessed, *, agrees: bool) -> Text:
    if agrees:
        return Text(
            id="Tebakan Anda sesuai dengan keadaan sebenarnya.",
            en="Your guess agrees with the truth.",
        )
    if guessed.ready == "unsure":
        return Text(
            id="Anda ragu. Layar mana yang dapat memastikannya?",
            en="You were not sure. Which screen would have told you?",
        )
    return Text(
        id="Anda yakin, tetapi keadaannya berbeda. Lihat garis waktu di bawah.",
        en="You were sure, but things are otherwise. Look at the timeline below.",
    )


def _retries(
    entries: Sequence[Entry],
    reading: Reading,
    pack: ProcedurePack,
    begins_at: int,
    books: Books,
) -> tuple[Retry, ...]:
    """Return the points to go back to: before what was grave, the green rows, the beginning."""
    found: dict[int, Retry] = {}
    for point in remarks(reading, pack, books):
        seq = max(point.retry_seq, begins_at)
        found[seq] = Retry(seq=seq, at_ms=point.at_ms, text=point.title, undoes=True)
    for one in grave(reading.assessment):
        seq = max(one.seq - 1, begins_at)
        found.setdefault(
            seq,
            Retry(seq=seq, at_ms=one.at_ms, text=books.violations[one.code].title, undoes=True),
        )
    for entry in entries:
        if isinstance(entry.event, SyncCompleted):
            text = Text(id="semua data lengkap", en="all data complete")
            found.setdefault(entry.seq, Retry(seq=entry.seq, at_ms=entry.event.at_ms, text=text))
    chosen = sorted(list(found.values())[: RETRIES_MAX - 1], key=lambda one: one.seq)
    text = Text(id="dari awal", en="from the beginning")
    return (*chosen, Retry(seq=begins_at, at_ms=reading.course.start.at_ms, text=text))


def _inserted(entries: Sequence[Entry], faults: FaultTexts) -> tuple[Text, ...]:
    armed = [
        entry.event.spec.fault
        for entry in entries
        if entry.actor == "facilitator" and isinstance(entry.event, FaultArmed)
    ]
    return tuple(
        faults[fault].title if fault in faults else Text(id=fault, en=fault)
        for fault in dict.fromkeys(armed)
    )


def _certificate(level: Level, reading: Reading, training: Training) -> CertificateFields | None:
    if training.is_practice or not reading.assessment.passed:
        return None
    if not scaffold(level).marked or level is Level.PROGRAMS:
        return None
    setup = reading.course.setup
    filed = [moment.at_ms for moment, _ in reading.course.each(ReportFiled)]
    return CertificateFields(
        level=level,
        scenario=setup.scenario,
        seed=setup.seed,
        school=setup.school.name,
        passed_ms=filed[-1],
        alone=level is Level.EXAM and not training.hints,
    )
