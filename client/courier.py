"""Carrying one request: guarded, journaled, tried at most so often, and never twice in doubt.

The one place through which everything goes to the station. It answers with the next belief, or
raises Ended when the run has to end here.
"""

from typing import assert_never

import msgspec
from msgspec.structs import replace

from client import belief as beliefs
from client import interlocks, recovery
from client.belief import Belief
from client.calls import FETCH, Call
from client.clock import Clock
from client.journal import Journal
from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown
from client.recovery import Lesson, Next
from client.settings import Rules
from client.step import Ending, Stop
from client.texts import Reason
from client.transport import Sender

OUTCOMES = {Obeyed: "obeyed", Refused: "refused", NotSent: "not-sent", Unknown: "unknown"}


class Ended(Exception):  # noqa: N818 -- the lawful end of a run, not an error
    """The run ends here, as ``stop`` says."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop.why.key)
        self.stop = stop


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """The act that is being tried: how often so far, and what became of it last."""

    name: str
    tries: int
    outcome: Outcome
    is_counted: bool = True  # it was heard, perhaps


class Courier:
    def __init__(
        self,
        *,
        sender: Sender,
        journal: Journal,
        clock: Clock,
        rules: Rules,
        doubt: Doubt | None = None,
    ) -> None:
        self.sender = sender
        self.journal = journal
        self._clock = clock
        self._rules = rules
        self.step = 0  # the step on whose behalf we carry
        self.doubt = doubt
        self._unseen_s = 0  # by so much the station's clock has gone on since its last answer

    @property
    def has_paused(self) -> bool:
        """Whether time was let pass since the last answer: what hour it is, nobody has seen."""
        return self._unseen_s > 0

    def carry(self, belief: Belief, call: Call) -> Belief:
        return self.act(belief, call) if call.changing else self.look(belief, call)

    def look(self, belief: Belief, call: Call) -> Belief:
        """Ask until a trustworthy answer comes, at most so often as any request is tried."""
        tries_max = self._rules.bounds.tries_max
        for tries in range(1, tries_max + 1):
            outcome = self._send(call)
            match recovery.after_look(outcome):
                case Next.SEND_AGAIN | Next.ASK:
                    if tries < tries_max:
                        self._pause(belief, outcome, tries)
                case Next.GO_ON | Next.PUT_RIGHT | Next.REPORT:
                    return self._learned(belief, call, outcome)
        raise Ended(self._no_answer(call, tries_max))

    def act(self, belief: Belief, call: Call) -> Belief:
        """Send once, if no interlock is shut; after a doubtful outcome the station is asked.

        Whether to send again is for the step to say, from what it then believes.
        """
        tries = 1 if self.doubt is None or self.doubt.name != call.name else self.doubt.tries + 1
        if tries > self._rules.bounds.tries_max:
            raise Ended(self._given_up(call))
        if (why := interlocks.shut(belief, self._rules, call)) is not None:
            raise Ended(Stop(ending=Ending.HALTED, why=why))
        number = self.journal.intend(
            step=self.step,
            name=call.name,
            attempt=tries,
            body=call.body or {},
            at_ms=belief.now_ms,
        )
        outcome = self._send(call)
        self._record(number, outcome, belief)
        was_counted = tries > 1 and self.doubt is not None and self.doubt.is_counted
        is_counted = was_counted or isinstance(outcome, Obeyed | Unknown)
        if is_counted and not was_counted:
            belief = counted(belief, call.name)
        self.doubt = Doubt(name=call.name, tries=tries, outcome=outcome, is_counted=is_counted)
        match recovery.after_act(outcome):
            case Next.GO_ON | Next.PUT_RIGHT | Next.REPORT:
                self.doubt = None if isinstance(outcome, Obeyed) else self.doubt
                return self._learned(belief, call, outcome)
            case Next.SEND_AGAIN:
                self._pause(belief, outcome, tries)
                return belief
            case Next.ASK:
                return self._ask(belief, call, outcome, tries)

    def settled(self) -> None:
        """The last act is no longer in doubt: the step has gone on to something else."""
        self.doubt = None

    def is_in_doubt(self, call: Call) -> bool:
        """Tell whether ``call`` was sent last, and nobody has seen whether it was obeyed."""
        doubt = self.doubt
        sent = doubt is not None and doubt.name == call.name
        return sent and doubt is not None and isinstance(doubt.outcome, Unknown)

    def _ask(self, belief: Belief, call: Call, outcome: Outcome, tries: int) -> Belief:
        if isinstance(outcome, Refused):
            belief = self._learned(belief, call, outcome)
        else:
            self._pause(belief, outcome, tries)
        return belief if call.ask is None else self.look(belief, call.ask)

    def _send(self, call: Call) -> Outcome:
        outcome = self.sender.send(call)
        if isinstance(outcome, Obeyed | Refused):
            self._unseen_s = 0
            self._clock.saw(outcome.reply.now_ms)
        return outcome

    def _learned(self, belief: Belief, call: Call, outcome: Outcome) -> Belief:
        match outcome:
            case Obeyed(reply=reply):
                return beliefs.learn(belief, call, reply)
            case Refused():
                lesson = recovery.lesson_of(outcome)
                if lesson is Lesson.REPORT:
                    raise Ended(refused(call, outcome))
                after = beliefs.learn_refusal(belief, outcome, lesson)
                if lesson is Lesson.NEVER_MIND:
                    return replace(after, yes_at={**after.yes_at, call.name: after.seq})
                return after
            case NotSent() | Unknown():
                return belief
            case _:
                assert_never(outcome)

    def _record(self, number: int, outcome: Outcome, belief: Belief) -> None:
        at_ms, detail = belief.now_ms, ""
        match outcome:
            case Obeyed(reply=reply):
                at_ms = reply.now_ms
            case Refused(reply=reply):
                at_ms, detail = reply.now_ms, outcome.code
            case NotSent() | Unknown():
                detail = outcome.reason
            case _:
                assert_never(outcome)
        self.journal.outcome(number, OUTCOMES[type(outcome)], detail=detail, at_ms=at_ms)

    def _pause(self, belief: Belief, outcome: Outcome, tries: int) -> None:
        """Let time pass as the server asks, but not beyond what is left of the whole run."""
        left_s = self._rules.bounds.run_ms // 1000 - belief.ran_ms // 1000 - self._unseen_s
        for_s = min(recovery.pause_s(outcome, tries), max(left_s, recovery.PAUSES_S[-1]))
        self._unseen_s += for_s
        self._clock.pause(for_s, belief.now_ms, tries)

    def _no_answer(self, look: Call, tries: int) -> Stop:
        """A look that nobody answers: with an act in doubt, a person must see what became of it."""
        doubt = self.doubt
        if doubt is not None and isinstance(doubt.outcome, Unknown):
            why = Reason.of("stop.in_doubt", act=doubt.name, look=look.name, tries=tries)
            return Stop(ending=Ending.HALTED, why=why)
        why = Reason.of("stop.no_answer", look=look.name, tries=tries)
        return Stop(ending=Ending.REPORTED, why=why)

    def _given_up(self, call: Call) -> Stop:
        """All tries are spent, and the station still does not show it done."""
        tries = self._rules.bounds.tries_max
        doubt = self.doubt
        match doubt.outcome if doubt is not None else None:
            case Refused() as no:
                return refused(call, no)
            case NotSent():
                why = Reason.of("stop.unreachable", act=call.name, tries=tries)
            case _:
                why = Reason.of("stop.not_done", act=call.name, tries=tries)
        return Stop(ending=Ending.REPORTED, why=why)


def refused(call: Call, outcome: Refused) -> Stop:
    why = Reason.of("stop.refused", act=call.name, code=outcome.code, message=outcome.message)
    return Stop(ending=Ending.REPORTED, why=why)


def counted(belief: Belief, name: str) -> Belief:
    """Return the belief with one more act of this name; a new backup has no downloads yet.

    What was refused or never sent is no attempt: bounds count what the station may have done.
    """
    tally = {**belief.tally, name: belief.times(name) + 1}
    if name == "backup.start":
        tally.pop(FETCH, None)
    return replace(belief, tally=tally)
