"""The table that ``cbtsync-mock faults check`` prints: Indonesian first, English second."""

from collections.abc import Iterable, Iterator, Sequence

from mock_server.self_check.judging import Row, Verdict

HEADS = (
    ("gangguan", "pada", "server", "akibat", "menggigit", "diam", "benar"),
    ("fault", "on", "server", "effect", "bites", "silent", "true"),
)
YES, NO, GAP = "ya/yes", "TIDAK/NO", "  "


def table(rows: Sequence[Row]) -> list[str]:
    """Return the table, what failed and why, what is refused where, and the sum."""
    checked = [row for row in rows if row.refused is None]
    lines = list(_aligned([*HEADS, *(_cells(row) for row in checked)]))
    lines.extend(_refusals(rows))
    broken = [row for row in rows if not row.holds]
    lines.extend(line for row in broken for line in _reasons(row))
    lines.append(f"{len(rows) - len(broken)} dari / of {len(rows)} terbukti / proved")
    return lines


def _cells(row: Row) -> tuple[str, ...]:
    marks = (_mark(verdict) for verdict in (row.bites, row.silent, row.true))
    return (_named(row), row.on or "–", row.server, row.effect, *marks)


def _named(row: Row) -> str:
    return " ".join([row.fault, *(f"{key}={value}" for key, value in row.values)])


def _mark(verdict: Verdict | None) -> str:
    if verdict is None:
        return "–"
    return YES if verdict.holds else NO


def _aligned(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield GAP.join(padded).rstrip()


def _refusals(rows: Iterable[Row]) -> Iterator[str]:
    refused: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.refused is not None and row.refused.holds:
            refused.setdefault(row.server, {})[row.fault] = None
    for server, faults in refused.items():
        yield f"{server} menolak / refuses to arm: {', '.join(faults)}"


def _reasons(row: Row) -> Iterator[str]:
    for verdict in row.verdicts:
        if not verdict.holds:
            on = f" ({row.on})" if row.on else ""
            yield f"{NO}: {_named(row)}{on}, {row.server}, {row.effect}: {verdict.why}"
