"""What to learn from a run: at most three points, what kept it from passing first.

Pure.
"""

from msgspec.structs import replace

from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity, Text
from mock_server.training.acts import deletes_part
from mock_server.training.coach import Books, Feedback, feedback, is_verbatim, official
from mock_server.training.monday import Monday
from mock_server.training.reading import Reading
from mock_server.training.texts import Reason
from mock_server.training.verdict import grave

POINTS_MAX = 3
CLAIMS = frozenset({"B4", "B5", "B10"})
"""What only a report that says more than is true shows, each with a consequence of its own."""
EMPTY: frozenset[Reason] = frozenset({"deleted", "deleted-in-part", "no-data", "elsewhere"})
"""The exam server holds nothing: one cause, one point."""


def points(
    reading: Reading, pack: ProcedurePack, books: Books, begins_at: int, exam_day: Monday
) -> tuple[Feedback, ...]:
    """Return what to learn: what kept the run from passing first, then the lesser slips.

    Where nobody can sign in, every wrong claim says so; of a server that is empty, the first one
    stands for all.
    """
    order = tuple(Severity)
    first: dict[str, Finding] = {one.code: one for one in grave(reading.assessment)}
    for one in sorted(reading.assessment.findings, key=lambda f: order.index(f.severity)):
        if one.severity is not Severity.NEAR_MISS:
            first.setdefault(one.code, one)
    nobody = exam_day.can == 0 and exam_day.reason != "postponed"
    if exam_day.reason in EMPTY:
        for code in [code for code in first if code in CLAIMS][1:]:
            del first[code]
    told = [feedback(one, pack, books) for one in first.values()]
    behind_the_gravest = 1 if grave(reading.assessment) else 0
    told[behind_the_gravest:behind_the_gravest] = remarks(reading, pack, books)
    return tuple(
        replace(
            point,
            retry_seq=max(point.retry_seq, begins_at),
            consequence=_nobody(books, exam_day)
            if nobody and point.code in CLAIMS
            else point.consequence,
        )
        for point in told[:POINTS_MAX]
    )


def remarks(reading: Reading, pack: ProcedurePack, books: Books) -> tuple[Feedback, ...]:
    """Return what was allowed and unwise, once each: HAPUS upon data that had come in part."""
    moment = next(deletes_part(reading.course), None)
    if moment is None:
        return ()
    said = books.coach.remark("deleted-in-part")
    step = pack.step(said.step)
    told = Feedback(
        code="",
        severity=Severity.MINOR,
        at_ms=moment.at_ms,
        title=said.title,
        happened=said.happened,
        step=said.step,
        official=official(step, plain=step.do),
        consequence=said.follows,
        better=said.better,
        retry_seq=moment.seq - 1,
        verbatim=is_verbatim(step),
    )
    return (told,)


def _nobody(books: Books, exam_day: Monday) -> Text:
    said, why = books.coach.nobody, exam_day.why
    return Text(id=f"{said.id} {why.id}", en=f"{said.en} {why.en}")
