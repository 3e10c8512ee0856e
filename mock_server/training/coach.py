"""What stands beside the machine: goal, worksheet, hints, guard, feedback. Data only.

Pure. Every text comes in both languages; which of them a level shows is its scaffold's word.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from mock_server.domain import commands as c
from mock_server.domain.exam_data import before
from mock_server.domain.state import Station
from mock_server.procedure.course import Course
from mock_server.procedure.numbers import StepNumber, step_order
from mock_server.procedure.pack import ProcedurePack, Step
from mock_server.procedure.rubric import Finding
from mock_server.procedure.steps_observed import StepCredit
from mock_server.procedure.texts import Severity, Text, Texts, Violation
from mock_server.scenario.model import Level
from mock_server.training.concerned import concerned
from mock_server.training.desk import Training
from mock_server.training.events import GuardCode
from mock_server.training.levels import Scaffold, scaffold
from mock_server.training.position import Position, Stand, line, position_of
from mock_server.training.questions import Question, question_now
from mock_server.training.texts import CoachTexts, GuardText

RowState = Literal["done", "now", "todo", "not-needed", "looked", "holds"]
BANS: frozenset[StepNumber] = frozenset({9, 21})
"""Steps that forbid: nobody has done with them, they hold on."""
VERSION_STEP, COMPARING_STEP, LAST_STEP = 6, 19, 21
WHERE_CALLED_FOR: frozenset[StepNumber] = frozenset({5, 7, 10, 14})
"""Steps that a run may do without; whoever has passed the others has done them."""
GUARD_WRONG_REAL_MS = 60_000
RUNGS = (
    Text(id="Lihat ke mana", en="Where to look"),
    Text(id="Apa yang dilakukan", en="What to do"),
    Text(id="Langkahnya", en="The step"),
)


class Books(msgspec.Struct, frozen=True, kw_only=True):
    """The texts that a coach speaks from."""

    coach: CoachTexts
    violations: Texts[Violation]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the worksheet; ``detail`` only where the trainee is. ``looked``: the page was
    opened, and whether anybody compared is not known yet; ``holds``: a ban that is in force."""

    step: StepNumber
    title: Text
    state: RowState
    detail: Text | None = None


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is None while closed. ``openable``: the rung before it is open."""

    step: str
    rung: int
    title: Text
    text: Text | None
    openable: bool
    given: bool


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, the step in its own words, what follows, what is better, and the event after
    which one may try again. ``step`` is None where no step speaks of it."""

    code: str
    severity: Severity
    at_ms: int
    title: Text
    happened: Text
    step: StepNumber | None
    official: Text | None
    consequence: Text
    better: Text
    retry_seq: int
    verbatim: bool = False  # ``official`` is the announcement's own wording


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """``rows``, ``hints``, ``question``, ``guard``, ``feedback``: empty or None where the level
    has none or none is due. ``elapsed_ms`` is on the rehearsal's own clock."""

    level: Level
    scaffold: Scaffold
    goal: Text
    rule: Text
    position: Position
    rows: tuple[Row, ...]
    question: Question | None
    hints: tuple[Hint, ...]
    guard: GuardText | None
    guard_go_on: Text
    guard_wrong: Text | None  # what really follows, for who has just answered otherwise
    feedback: Feedback | None
    note: str
    elapsed_ms: int
    speed: int


def panel(
    level: Level,
    course: Course,
    credits: Sequence[StepCredit],
    training: Training,
    pack: ProcedurePack,
    texts: Books,
    findings: Sequence[Finding],
    *,
    now_ms: int,
    speed: int,
) -> Panel:
    gives, stands = scaffold(level), line(course)
    where = position_of(stands, credits, course)
    said = texts.coach.level(level)
    asked = question_now(where, training, texts.coach) if gives.read_back else None
    return Panel(
        level=level,
        scaffold=gives,
        goal=said.goal,
        rule=said.rule,
        position=where,
        rows=_rows(where, credits, pack, texts.coach, training, asked) if gives.worksheet else (),
        question=asked,
        hints=_hints(where, training, pack, texts.coach) if gives.hints else (),
        guard=texts.coach.guard(training.guard) if training.guard and gives.guard else None,
        guard_go_on=texts.coach.guard_go_on,
        guard_wrong=_guard_wrong(training, texts.coach, now_ms, speed) if gives.guard else None,
        feedback=_latest(findings, stands, pack, texts) if gives.feedback == "immediate" else None,
        note=training.note,
        elapsed_ms=now_ms - course.setup.start_ms,
        speed=speed,
    )


def guard_for(level: Level, station: Station, command: c.Trainee) -> GuardCode | None:
    """Return the question that stands before this act, None if it may be done at once."""
    machine = station.machines.get(station.here)
    if machine is None or not scaffold(level).guard:
        return None
    match command:
        case c.SubmitId():
            known = {of.server_id for of in station.central.servers}
            synced = machine.identity.synced_under
            other = command.server_id in known and synced not in ("", command.server_id)
            return "K1" if other else None
        case c.AskDelete():
            return "K2" if before(machine) == "complete" else None
        case c.StartDelete() if machine.delete.phase != "asked":
            return "K2" if before(machine) == "complete" else None
        case _:
            return None


def guard_right(texts: CoachTexts, code: GuardCode, choice: str) -> bool:
    """Tell whether this is the consequence that really follows."""
    return any(one.right and one.choice == choice for one in texts.guard(code).choices)


def _guard_wrong(training: Training, texts: CoachTexts, now_ms: int, speed: int) -> Text | None:
    """Return the right consequence for a minute after a wrong one was chosen."""
    last = training.guards[-1] if training.guards else None
    if last is None or last.right or not last.went_on or training.guard is not None:
        return None
    if now_ms - last.at_ms > GUARD_WRONG_REAL_MS * speed:
        return None
    right = next(one.text for one in texts.guard(last.code).choices if one.right)
    said = texts.guard_wrong
    return Text(id=f"{said.id} {right.id}.", en=f"{said.en} {right.en}.")


def _rows(
    where: Position,
    credits: Sequence[StepCredit],
    pack: ProcedurePack,
    texts: CoachTexts,
    training: Training,
    asked: Question | None,
) -> tuple[Row, ...]:
    now = where.step if asked is None else asked.step
    credit = {one.step: one.credit_permille for one in credits}
    inside = isinstance(now, str)
    last = texts.question_at(LAST_STEP)
    compared = where.finished or (last is not None and training.is_right(last.question))
    shown = [step for step in pack.all_steps if isinstance(step.number, int) or inside]
    return tuple(
        Row(
            step=step.number,
            title=step.title,
            state=_state(step.number, now, where, credit.get(step.number), compared=compared),
            detail=official(step, plain=step.see) if step.number == now else None,
        )
        for step in shown
        if step.number != "NB"
    )


def _state(
    step: StepNumber, now: StepNumber, where: Position, credit: int | None, *, compared: bool
) -> RowState:
    part = isinstance(now, str)
    whole = part and step_order(now)[0] == step
    if (step == now and not where.finished) or whole:
        return "now"
    if step_order(step) > step_order(now):
        return "todo"
    if step == VERSION_STEP and part:  # it was read, and it is not the one wanted
        return "todo"
    if step in BANS:
        return "holds"
    if step in where.done:
        return "done" if step != COMPARING_STEP or compared else "looked"
    if credit is None and (step in WHERE_CALLED_FOR or isinstance(step, str)):
        return "not-needed"
    return "todo" if credit == 0 else "done"


def _hints(
    where: Position, training: Training, pack: ProcedurePack, texts: CoachTexts
) -> tuple[Hint, ...]:
    if where.finished:
        return ()
    name, said = str(where.step), texts.step(where.step)
    bodies = (said.look, said.act, pack.step(where.step).do)
    opened = training.rungs(name)
    return tuple(
        Hint(
            step=name,
            rung=rung,
            title=title,
            text=body if rung <= opened else None,
            openable=rung == opened + 1,
            given=training.was_given(name, rung),
        )
        for rung, (title, body) in enumerate(zip(RUNGS, bodies, strict=True), 1)
    )


def _latest(
    findings: Sequence[Finding], stands: Sequence[Stand], pack: ProcedurePack, texts: Books
) -> Feedback | None:
    """Return the last finding, as long as the trainee has not gone on by more than one step."""
    since = stands[-2].seq if stands[1:] else 0
    recent = [one for one in findings if one.seq >= since]
    return feedback(recent[-1], pack, texts) if recent else None


def feedback(finding: Finding, pack: ProcedurePack, texts: Books) -> Feedback:
    """Say one finding in the form that all feedback has."""
    said = texts.violations[finding.code]
    step = quoted_step(finding, pack)
    return Feedback(
        code=finding.code,
        severity=finding.severity,
        at_ms=finding.at_ms,
        title=said.title,
        happened=said.happened,
        step=None if step is None else step.number,
        official=None if step is None else official(step, plain=step.do),
        consequence=said.monday,
        better=said.better,
        retry_seq=finding.seq - 1,
        verbatim=step is not None and is_verbatim(step),
    )


def quoted_step(finding: Finding, pack: ProcedurePack) -> Step | None:
    """Return the step to quote: the one that forbids in its own words, else the first."""
    steps = [pack.step(number) for number in concerned(finding)]
    forbids = [step for step in steps if step.gate == finding.code]
    return next(iter(forbids or steps), None)


def official(step: Step, *, plain: Text) -> Text:
    """Return the step's own words where it forbids, else ``plain``."""
    gloss = step.official_wording_gloss
    if step.official_wording is None or gloss is None:
        return plain
    return Text(id=step.official_wording, en=gloss.en)


def is_verbatim(step: Step) -> bool:
    return step.official_wording is not None and step.official_wording_gloss is not None
