"""What is on a machine's disk, counted: old rows, received rows, what is complete."""

from msgspec.structs import replace

from mock_server.domain.events import DataBefore
from mock_server.domain.setup import DataSet, Setup
from mock_server.domain.state import ExamData, Machine


def before(machine: Machine) -> DataBefore:
    """Say in one word what is there, the exam's own data first."""
    if machine.sync.phase == "complete":
        return "complete"
    if any(machine.data.received):
        return "partial"
    return "old" if any(machine.data.old) else "empty"


def local_rows(data: ExamData) -> tuple[int, ...]:
    """Return what really stands on the disk, by data set, old and new together."""
    return tuple(old + new for old, new in zip(data.old, data.received, strict=True))


def total_rows(data: ExamData) -> int:
    return sum(data.old) + sum(data.received)


def shown_rows(data: ExamData) -> tuple[int, ...]:
    """Return what the rows of Status Download claim to have received."""
    return tuple(new + lie for new, lie in zip(data.received, data.unseen, strict=True))


def is_shown_complete(data: ExamData, of: DataSet) -> bool:
    return data.received[of.n - 1] + data.unseen[of.n - 1] >= of.rows


def is_complete(data: ExamData, of: DataSet) -> bool:
    return data.received[of.n - 1] >= of.rows


def complete_count(data: ExamData, setup: Setup) -> int:
    """Return how many data sets are really whole."""
    return sum(is_complete(data, of) for of in setup.data_sets)


def set_row(rows: tuple[int, ...], data: int, value: int) -> tuple[int, ...]:
    """Return ``rows`` with the entry of data set ``data`` (1-based) replaced."""
    return (*rows[: data - 1], value, *rows[data:])


def emptied(data: ExamData, left: int) -> ExamData:
    """Return the data after a delete that left ``left`` rows behind."""
    zeros = tuple(0 for _ in data.old)
    kept, rest = [], left
    for rows in local_rows(data):
        kept.append(min(rows, rest))
        rest -= kept[-1]
    return ExamData(old=tuple(kept), received=zeros, unseen=zeros)


def part_deleted(data: ExamData, permille: int) -> ExamData:
    """Return the data when a delete has got ``permille`` of its way: rows fall evenly."""

    def left(rows: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(-(-count * (1000 - permille) // 1000) for count in rows)

    return replace(data, old=left(data.old), received=left(data.received), unseen=left(data.unseen))
