"""The coach beside the machine: its panel, its questions, and what stands before a forbidden act.

What the coach says is decided by ``training``; here it is asked, and a rehearsal's reading is kept
until its journal has grown.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

from mock_server.answer import Answer
from mock_server.domain.commands import Trainee
from mock_server.engine import Engine
from mock_server.procedure.pack import ProcedurePack, RubricSwitches
from mock_server.procedure.texts import TextError
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach, load_violations
from mock_server.training import commands as c
from mock_server.training import questions
from mock_server.training.coach import Books, Panel, guard_for, guard_right, panel
from mock_server.training.events import GuardCode
from mock_server.training.reading import Reading, read
from mock_server.web.seat.acts import UnknownActError

KEPT_MAX = 512
ANSWER_MAX = 80
_Mark = tuple[int, int]


class Coach:
    """Safe to call from several threads."""

    def __init__(
        self, engine: Engine, switches: Callable[[str, ProcedurePack], RubricSwitches]
    ) -> None:
        self._engine = engine
        self._switches = switches
        self._kept: OrderedDict[str, tuple[_Mark, Reading]] = OrderedDict()
        self._lock = Lock()

    def panel(self, name: str, answer: Answer, level: Level, pack: ProcedurePack) -> Panel:
        """Raises UnknownRehearsalError."""
        reading = self.reading(name, answer, pack)
        return panel(
            level,
            reading.course,
            reading.assessment.steps,
            answer.training,
            pack,
            Books(coach=load_coach(pack), violations=load_violations(pack)),
            reading.assessment.findings,
            now_ms=answer.now_ms,
            speed=answer.clock.speed,
        )

    def reading(self, name: str, answer: Answer, pack: ProcedurePack) -> Reading:
        """Return the journal's reading, a kept one if nothing has happened since."""
        mark = (answer.events, answer.mark)
        with self._lock:
            known = self._kept.get(name)
        if known is not None and known[0] == mark:
            return known[1]
        entries = self._engine.entries(name)
        found = read(
            [(entry.seq, entry.event) for entry in entries], pack, self._switches(name, pack)
        )
        with self._lock:
            self._kept[name] = (mark, found)
            self._kept.move_to_end(name)
            while len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)
        return found

    def guard(self, answer: Answer, level: Level, command: Trainee) -> GuardCode | None:
        """Return the question that this act must answer first, None if it may be done."""
        return guard_for(level, answer.station, command)

    def answered(
        self, answer: Answer, pack: ProcedurePack, form: Mapping[str, str]
    ) -> c.TrainingCommand:
        """Return the answer to a read-back question. Raises UnknownActError, Refusal."""
        try:
            asked = load_coach(pack).question(form.get("question", ""))
        except TextError:
            raise UnknownActError("there is no such question") from None
        answers = tuple(
            form.get(f"f{index}", "").strip()[:ANSWER_MAX] for index in range(len(asked.fields))
        )
        wrong = questions.check(asked, answers, answer.station)
        return c.AnswerQuestion(question=asked.question, answers=answers, wrong=wrong)

    def consequence(
        self, answer: Answer, pack: ProcedurePack, form: Mapping[str, str]
    ) -> c.AnswerGuard | None:
        """Return the answer to the question before a forbidden act; None while nothing is chosen
        or nothing is asked.

        Raises UnknownActError.
        """
        code, choice, act = answer.training.guard, form.get("choice", ""), form.get("act", "")
        if act not in ("stop", "go"):
            raise UnknownActError("a guard is answered by stop or go")
        if code is None or (act == "go" and not choice):
            return None
        texts = load_coach(pack)
        if choice not in ("", *(one.choice for one in texts.guard(code).choices)):
            raise UnknownActError("there is no such consequence")
        right = guard_right(texts, code, choice)
        return c.AnswerGuard(code=code, choice=choice, right=right, went_on=act == "go")
