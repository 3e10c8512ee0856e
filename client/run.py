"""One run from beginning to end: puts the parts together, carries out the steps, closes the run."""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from client import backups, closing, journal, result
from client.belief import Belief
from client.clock import Clock
from client.courier import Courier, Doubt
from client.journal import Journal, Past
from client.notices import Recovering, Stopping, Tell, nobody
from client.outcome import Unknown
from client.report_form import form
from client.result import Result
from client.runner import Recovery, Runner
from client.settings import Rules
from client.step import Ending, Stop
from client.texts import Reason, Texts
from client.transport import Sender

DONE = Stop(ending=Ending.READY, why=Reason.of("ready"))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run keeps its files. Without ``durable`` nothing is forced to the disk."""

    folder: Path
    journal: Path | None = None
    durable: bool = True


def carry_out(
    *,
    sender: Sender,
    clock: Clock,
    rules: Rules,
    place: Place,
    texts: Texts,
    tell: Tell = nobody,
    first: journal.Run,
    past: Past | None = None,
) -> Result:
    """Carry out the procedure and return how it ended. ``past`` is what an earlier process left."""
    record = Journal(
        place.journal, durable=place.durable, intents=0 if past is None else past.intents
    )
    try:
        record.note(first)
        courier = Courier(
            sender=sender, journal=record, clock=clock, rules=rules, doubt=doubt_of(past)
        )
        runner = Runner(
            courier=courier,
            clock=clock,
            rules=rules,
            folder=place.folder,
            tell=tell,
            belief=belief_of(past),
            durable=place.durable,
            recoveries=_recovered(past, record, tell),
        )
        stop = runner.run() or DONE
        ended = _close(runner, courier, stop, rules, texts, tell)
        record.keep(journal.End(ending=ended.ending, reason=ended.why.key, at_ms=ended.now_ms))
        return ended
    finally:
        record.close()


def belief_of(past: Past | None) -> Belief:
    """Return what is believed at the start: nothing, or what the journal can prove."""
    if past is None:
        return Belief()
    saved = past.saved
    if saved is not None and not backups.is_whole(saved):
        saved = None
    return Belief(began_ms=past.began_ms, tally=past.tally, saved=saved, resumed=True)


def doubt_of(past: Past | None) -> Doubt | None:
    """Return the act that an earlier process was sending when it ended: it may have been obeyed."""
    if past is None or not past.doubts:
        return None
    last = past.doubts[-1]
    return Doubt(
        name=last.name, tries=last.attempt, outcome=Unknown(reason="killed"), is_counted=False
    )


def _recovered(past: Past | None, record: Journal, tell: Tell) -> tuple[Recovery, ...]:
    """Return what was dealt with so far; what a killed process left in doubt is told and added."""
    if past is None:
        return ()
    known = list(past.recoveries)
    for doubt in past.doubts:
        why = Reason.of("recover.resumed_in_doubt", act=doubt.name)
        tell(Recovering(step=doubt.step, now_ms=doubt.at_ms, why=why))
        line = journal.Recovered(step=doubt.step, why=why, at_ms=doubt.at_ms)
        if line not in known:  # the process before us may have told the same
            known.append(line)
            record.note(line)
    return tuple(Recovery(step=one.step, at_ms=one.at_ms, why=one.why) for one in known)


def _close(
    runner: Runner, courier: Courier, stop: Stop, rules: Rules, texts: Texts, tell: Tell
) -> Result:
    step, filed = runner.step.number, True
    if stop.ending is not Ending.READY:
        tell(Stopping(step=step, now_ms=runner.belief.now_ms, why=stop.why))
        runner.belief = closing.last_look(courier, runner.belief, rules)
        notes = _notes(runner.belief, stop, step, rules, texts)
        runner.belief, filed = closing.postpone(courier, runner.belief, notes)
    belief = runner.belief
    is_ready = stop.ending is Ending.READY
    return Result(
        ending=stop.ending,
        step=step,
        why=stop.why,
        come_back_ms=stop.come_back_ms,
        findings=result.findings(belief, rules),
        needs=() if is_ready else result.needs(belief, stop, step),
        form=form(belief, "ready" if is_ready else "postpone", ""),
        filed=filed,
        saved=belief.saved,
        recoveries=tuple(runner.recoveries),
        began_ms=belief.now_ms if belief.began_ms is None else belief.began_ms,
        now_ms=belief.now_ms,
        requests=courier.sender.sent,
        belief=replace(belief, yes_at={}),
    )


def _notes(belief: Belief, stop: Stop, step: int, rules: Rules, texts: Texts) -> str:
    reasons = (
        stop.why,
        *result.findings(belief, rules),
        *result.needs(belief, stop, step),
    )
    return " ".join(texts.say(reason) for reason in reasons)
