"""Walk each case's course under its fault and without it, and have what is seen judged."""

from msgspec.structs import replace

from mock_server.faults.kind import PlansCentral, StrikesStation
from mock_server.self_check import observed
from mock_server.self_check.cases import Case
from mock_server.self_check.courses import Course
from mock_server.self_check.judging import Obedience, Proof, Row, Silence, Verdict, judged
from mock_server.self_check.observed import Observed
from mock_server.self_check.stage import ArmingRefusedError, Json, Stage, StageError
from mock_server.self_check.walking import GIVEN, begun, walk

FAR_OFF: Json = {"skip": 1_000}
NOT_TODAY: Json = {"from": "+20h"}


class Prover:
    """Checks faults on one stage; what a walk without a fault shows is walked for once only."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._undisturbed: dict[Course, Observed] = {}

    def row(self, case: Case) -> Row:
        """Check one form of one fault, or that this server refuses to arm it."""
        row = Row(
            server=self._stage.server,
            fault=case.kind.name,
            values=tuple(case.values.items()),
            on="" if case.op is None else case.op.value,
            effect=case.effect,
        )
        reached = self._stage.has_socket or not case.kind.needs_socket
        if not (case.kind.carried_out and reached):
            return replace(row, refused=self._refused(case))
        try:
            return judged(row, self.proof(case))
        except ArmingRefusedError as refusal:
            return replace(row, bites=Verdict(holds=False, why=f"it cannot be armed: {refusal}"))
        except StageError as failure:
            return replace(row, bites=Verdict(holds=False, why=str(failure)))

    def proof(self, case: Case) -> Proof:
        """Take the course in every way that the verdicts compare."""
        armed = self._under(case.course, case.written)
        return Proof(
            armed=armed,
            plain=self._without_fault(case.course),
            silences=self._silences(case),
            obedience=self._obedience(case, armed),
            declared=case.effect,
        )

    def _silences(self, case: Case) -> tuple[Silence, ...]:
        """Return the ways in which the fault is there and must not be felt.

        A condition that strikes by being armed cannot be held back and stays when it is disarmed,
        but it has nothing to strike where it struck before. A plan for the centre is no difference
        before its hour, nor after it was called off.
        """
        fault, course, plain = case.written, case.course, self._without_fault(case.course)
        match case.kind.act:
            case StrikesStation():
                once = fault | {"id": GIVEN}
                seen, like = self._under(course, once, fault), self._under(course, once)
                return (Silence(how="struck before", seen=seen, like=like),)
            case PlansCentral():
                when, compared = NOT_TODAY, observed.without_plans
            case _:
                when, compared = FAR_OFF, observed.whole
        held_back = self._under(course, fault | {"when": when})
        off = walk(self._stage, course, [fault], disarm=True)
        if isinstance(case.kind.act, PlansCentral):
            off = replace(off, hits=0)  # it counts as having struck until it was called off
        return (
            Silence(how="held back", seen=held_back, like=plain, compared=compared),
            Silence(how="disarmed", seen=off, like=plain, compared=compared),
        )

    def _obedience(self, case: Case, armed: Observed) -> Obedience:
        """A condition strikes no request: that it does nobody's work shows at its arming."""
        if case.op is None:
            nowhere = case.course.nowhere()
            struck, never = self._under(nowhere, case.written), self._without_fault(nowhere)
            return Obedience(struck=case.lens(struck.station), never=case.lens(never.station))
        never = self._without_fault(case.course.without(case.op))
        obeyed = self._without_fault(case.course)
        return Obedience(
            struck=case.lens(armed.station),
            never=case.lens(never.station),
            obeyed=case.lens(obeyed.station),
        )

    def _under(self, course: Course, *faults: Json) -> Observed:
        return walk(self._stage, course, faults)

    def _without_fault(self, course: Course) -> Observed:
        if course not in self._undisturbed:
            self._undisturbed[course] = walk(self._stage, course, [])
        return self._undisturbed[course]

    def _refused(self, case: Case) -> Verdict:
        """What cannot be carried out must not be armed, and the refusal must name it."""
        try:
            begun(self._stage, case.course, [case.written])
        except ArmingRefusedError as refusal:
            named = case.kind.name in str(refusal)
            return Verdict(holds=named, why="" if named else f"the refusal only says: {refusal}")
        return Verdict(holds=False, why="it was armed, and nothing here can carry it out")
