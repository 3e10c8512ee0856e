"""The benchmark's own arithmetic: verdicts, quantiles, and what counts as misplaced."""

import json

import pytest

from benchmarks.figures import Figure
from benchmarks.load import Reply, Tally
from benchmarks.right import Witness, lost_or_doubled


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(0.9, "held"), (0.89, "MISSED")],
)
def test_a_ratio_is_held_from_its_aim_on(value: float, verdict: str) -> None:
    assert Figure(name="ratio", what="ratio", value=value, at_least=0.9).verdict == verdict


@pytest.mark.parametrize(("value", "verdict"), [(15, "held"), (15.01, "MISSED")])
def test_a_cost_is_held_up_to_its_aim(value: float, verdict: str) -> None:
    assert Figure(name="cost", what="cost", value=value, at_most=15).verdict == verdict


def test_a_figure_without_an_aim_judges_nothing() -> None:
    figure = Figure(name="count", what="count", value=3)

    assert (figure.verdict, figure.aim) == ("-", "")


def test_a_line_shows_value_aim_and_verdict() -> None:
    line = Figure(name="p99", what="poll, p99", value=16.5, unit="ms", at_most=15).line()

    assert line.split() == ["poll,", "p99", "16.50", "ms", "<=", "15", "ms", "MISSED"]


def test_the_tail_is_found_among_latencies_in_any_order() -> None:
    tally = Tally(latencies_ms=[float(n) for n in range(100, 0, -1)], seconds=2.0)

    assert (tally.quantile_ms(0.5), tally.quantile_ms(0.99), tally.per_s) == (51.0, 100.0, 50.0)


def test_a_volley_without_answers_has_no_speed() -> None:
    assert (Tally().per_s, Tally().quantile_ms(0.99)) == (0.0, 0.0)


# --- the witness ---------------------------------------------------------------------------------


def answer(day: int = 8, *, now_ms: int = 1_000, version: int = 5, **more: object) -> bytes:
    shown = {"now": f"2017-04-{day:02d}T08:05:00.000+07:00", "now_ms": now_ms}
    return json.dumps({**shown, "data_version": version, **more}).encode()


def reply(connection: int, body: bytes, status: int = 200) -> Reply:
    return Reply(connection, 0, 0.0, 0.0, status, body)


def hear(witness: Witness, connection: int, body: bytes, status: int = 200) -> bool:
    """Ask and be answered before anybody else asks."""
    witness.sending(connection, 0)
    return witness.judge(reply(connection, body, status))


def test_answers_that_go_forward_on_their_own_day_are_right() -> None:
    witness = Witness([8, 9])

    assert hear(witness, 0, answer(8, now_ms=1))
    assert hear(witness, 1, answer(9, now_ms=1))
    assert hear(witness, 2, answer(8, now_ms=2))
    assert witness.misplaced == 0


def test_an_answer_of_another_rehearsal_is_misplaced() -> None:
    witness = Witness([8, 9])

    hear(witness, 0, answer(9))

    assert witness.misplaced == 1


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(answer(now_ms=999), id="clock"),
        pytest.param(answer(version=4), id="data version"),
        pytest.param(answer(done=1, rows=[{"local": 40}]), id="data sets"),
        pytest.param(answer(done=2, rows=[{"local": 39}]), id="rows"),
    ],
)
def test_an_answer_that_goes_back_is_misplaced(later: bytes) -> None:
    witness = Witness([8])
    hear(witness, 0, answer(done=2, rows=[{"local": 40}]))

    hear(witness, 1, later)

    assert witness.misplaced == 1


def test_an_answer_that_was_under_way_before_a_newer_one_arrived_may_be_older() -> None:
    witness = Witness([8])
    witness.sending(0, 0)
    hear(witness, 1, answer(now_ms=2_000))

    witness.judge(reply(0, answer(now_ms=1_000)))

    assert witness.misplaced == 0


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 200), (b"[]", 200), (b'{"now": 1}', 200), (answer(), 500)]
)
def test_what_is_no_answer_has_failed(body: bytes, status: int) -> None:
    assert not hear(Witness([8]), 0, body, status)


def entry(seq: int, event: str) -> dict[str, object]:
    return {"seq": seq, "event": {"type": event}}


@pytest.mark.parametrize(
    ("journal", "lost"),
    [
        pytest.param([entry(1, "status-opened"), entry(2, "status-closed")], 0, id="whole"),
        pytest.param([entry(1, "status-closed")], 1, id="an act is missing"),
        pytest.param([entry(1, "status-opened"), entry(2, "status-opened")], 1, id="doubled"),
        pytest.param([entry(1, "status-opened"), entry(3, "status-closed")], 1, id="a gap"),
    ],
)
def test_what_a_journal_misses_or_doubles_is_counted(
    journal: list[dict[str, object]], lost: int
) -> None:
    assert lost_or_doubled(journal, obeyed=1) == lost
