"""From what was written to a fault: values with units, allowed pairs, and errors that help."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.operations import Operation
from mock_server.faults.catalogue import CARRIED_OUT, KINDS
from mock_server.faults.errors import FaultError
from mock_server.faults.parsing import parse
from mock_server.faults.plan import Draw, FaultSpec
from tests.builders import MINUTE, START_MS
from tests.faults.rehearsing import spec


def refused(*args, **kwargs) -> FaultError:
    with pytest.raises(FaultError) as found:
        spec(*args, **kwargs)
    return found.value


@pytest.mark.parametrize(
    ("fault", "with_", "values"),
    [
        ("sync.drops", {"data": 7, "at": "62.5%"}, {"data": 7, "at_permille": 625}),
        (
            "sync.slow",
            {"factor": 1.5, "data": [6, 5, 6]},
            {"factor_permille": 1500, "data": (5, 6)},
        ),
        ("sync.slow", {"data": 8}, {"factor_permille": 4000, "data": (8,)}),
        ("id.bound-elsewhere", {"after": "90s"}, {"after_ms": 90_000}),
        ("patch.fails", {"reason": "network"}, {"reason": "network", "at_permille": 400}),
    ],
)
def test_values_arrive_in_plain_units_with_the_defaults_filled_in(fault, with_, values) -> None:
    assert spec(fault, with_=with_).values == values


def test_values_of_an_answer_arrive_in_plain_units() -> None:
    made = spec("http.status", on="sync.start", with_={"status": 500, "retry_after": 30})

    assert made.values == {"status": 500, "retry_after_s": 30}
    assert made.on == "sync.start"


def test_a_fault_survives_the_journal_as_it_is() -> None:
    made = spec("sync.slow", with_={"data": [1, 2]}, when={"from": "+1m"}, effect="applied")

    assert msgspec.json.decode(msgspec.json.encode(made), type=FaultSpec) == made


@pytest.mark.parametrize(
    ("fault", "with_", "path", "problem", "allowed"),
    [
        ("sync.drops", {"data": 10}, "with.data", "10 is out of bounds", "from 1 to 9"),
        ("sync.drops", {"data": 0}, "with.data", "0 is out of bounds", "from 1 to 9"),
        ("sync.drops", {"data": True}, "with.data", "True is not a whole", "from 1 to 9"),
        ("sync.drops", {"at": 60}, "with.at", "60", "a part from 0% to 99.9%"),
        ("sync.drops", {"at": "100%"}, "with.at", "out of bounds", "a part from 0% to 99.9%"),
        ("sync.drops", {"date": 3}, "with.date", "did you mean 'data'", "data, at"),
        ("sync.slow", {"data": []}, "with.data", "empty", "a list of data sets from 1 to 9"),
        ("sync.slow", {"data": [1, 11]}, "with.data", "11 is out of bounds", "from 1 to 9"),
        ("sync.slow", {"factor": 1}, "with.factor", "1 is out of bounds", "from 1.1 to 100"),
        ("sync.slow", {"factor": 1.25}, "with.factor", "decimals", "one decimal"),
        ("sync.slow", {"factor": float("nan")}, "with.factor", "out of bounds", "to 100"),
        ("sync.slow", {"factor": "4"}, "with.factor", "not a number", "from 1.1"),
        ("patch.fails", {"reason": "networks"}, "with.reason", "did you mean 'network'", "central"),
        ("patch.fails", {"reason": 3}, "with.reason", "3 is not known", "service-stopped"),
        ("backup.fails", {"at": None}, "with.at", "None", "a part"),
        ("id.bound-elsewhere", {"after": "15"}, "with.after", "15", "a duration from 1ms"),
        ("service.stopped", {"at": "1%"}, "with.at", "not known", "no keys"),
        ("patch.fails", [], "with", "not a mapping", "reason, at"),
    ],
)  # fmt: skip
def test_an_error_names_the_key_the_value_and_what_is_allowed(
    fault, with_, path, problem, allowed
) -> None:
    with pytest.raises(FaultError) as found:
        parse(fault, None, with_, None, None, "f1", start_ms=START_MS, data_sets=9)

    error = found.value
    assert error.key_path == path
    assert problem in error.problem
    assert allowed in error.allowed


@pytest.mark.parametrize(
    ("with_", "path", "problem", "allowed"),
    [
        ({"status": 404}, "with.status", "answer to what was asked", "500 to 599, or 408, 425"),
        ({"status": 200}, "with.status", "out of bounds", "500 to 599"),
        ({"retry_after": "30s"}, "with.retry_after", "'30s' is not a whole number", "or null"),
        ({"retry_after": 1.5}, "with.retry_after", "1.5", "0 to 3600"),
    ],
)
def test_an_error_of_http_status_names_what_is_allowed(with_, path, problem, allowed) -> None:
    error = refused("http.status", on="sync.start", with_=with_)

    assert (error.key_path, problem in error.problem) == (path, True)
    assert allowed in error.allowed


def test_real_delays_are_capped_at_five_seconds() -> None:
    longest = spec("http.slow", on="dashboard.view", with_={"delay": "5s"})

    assert longest.values == {"delay_ms": 5000}
    error = refused("http.slow", on="dashboard.view", with_={"delay": "6s"})
    assert "from 1ms to 5s" in error.allowed


def test_a_default_beyond_a_small_pack_must_be_replaced() -> None:
    assert refused("sync.slow", data_sets=4).key_path == "with.data"
    assert spec("sync.slow", data_sets=4, with_={"data": [4]}).values["data"] == (4,)


# --- on ------------------------------------------------------------------------------------------


def test_a_domain_fault_knows_what_it_strikes_and_says_so() -> None:
    error = refused("service.dies", on="sync.start", with_={"during": "backup"})

    assert error.key_path == "on"
    assert "backup.start" in error.problem


@pytest.mark.parametrize("fault", ["http.empty", "net.reset"])
def test_a_fault_of_the_wire_needs_its_operation(fault: str) -> None:
    error = refused(fault)

    assert error.key_path == "on"
    assert "sync.start" in error.allowed


def test_an_unknown_operation_is_refused_with_the_nearest() -> None:
    assert "sync.start" in refused("http.empty", on="sync.begin").problem


def test_a_request_that_only_looks_cannot_come_late_or_twice() -> None:
    assert refused("net.late", on="sync.status").key_path == "on"
    assert refused("net.twice", on="sync.status").key_path == "on"
    assert spec("net.late", on="delete.start").effect == "applied"


@pytest.mark.parametrize("operation", Operation)
def test_answers_of_every_operation_can_be_spoilt(operation: Operation) -> None:
    assert spec("http.malformed", on=operation.value).on == operation.value


# --- effect --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    ["net.reset", "net.hangup", "net.garbage", "net.bad-chunk", "net.half-header", "net.hang"],
)
@pytest.mark.parametrize(("point", "effect"), [("before", "none"), ("after", "applied")])
def test_the_point_of_a_broken_connection_is_its_effect(fault, point, effect) -> None:
    other = "applied" if effect == "none" else "none"

    assert spec(fault, on="delete.start", with_={"point": point}).effect == effect
    assert spec(fault, on="delete.start", with_={"point": point}, effect=effect).effect == effect
    error = refused(fault, on="delete.start", with_={"point": point}, effect=other)
    assert (error.key_path, error.allowed) == ("effect", effect)
    assert f"at point {point}" in error.problem


def test_a_refused_connection_never_did_the_work() -> None:
    assert spec("net.refused", on="sync.start").effect == "none"
    assert (
        refused("net.refused", on="sync.start", with_={"point": "after"}).key_path == "with.point"
    )


@pytest.mark.parametrize(
    "fault", ["http.status", "http.truncate", "http.malformed", "http.html-for-json", "http.empty"]
)
@pytest.mark.parametrize("effect", ["none", "applied"])
def test_a_spoilt_answer_may_hide_a_command_that_was_obeyed_or_not(fault, effect) -> None:
    assert spec(fault, on="sync.start", effect=effect).effect == effect


@pytest.mark.parametrize("fault", ["http.slow", "http.dribble"])
def test_an_answer_that_is_only_late_is_the_true_one(fault: str) -> None:
    assert refused(fault, on="sync.start", effect="none").allowed == "applied"


@pytest.mark.parametrize(
    ("fault", "with_", "effect"),
    [
        ("sync.drops", {"data": 7}, "partial"),
        ("sync.drops", {"data": 1, "at": "0%"}, "none"),
        ("service.dies", {"during": "patch"}, "none"),
        ("service.dies", {"during": "delete"}, "partial"),
        ("service.dies", {"during": "sync", "at": "0%"}, "none"),
        ("cbtsync.crashes", {"during": "patch"}, "none"),
        ("cbtsync.crashes", {"during": "backup"}, "applied"),
        ("delete.stalls", {"at": "0%"}, "none"),
    ],
)
def test_the_effect_of_a_domain_fault_follows_from_its_values(fault, with_, effect) -> None:
    assert spec(fault, with_=with_).effect == effect
    wrong = {"none": "applied", "applied": "none", "partial": "none"}[effect]
    assert refused(fault, with_=with_, effect=wrong).allowed == effect


# --- id, build, storm ----------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["", " ", "a b", "-f", "é", "x" * 61, 7])
def test_an_id_is_short_and_plain(wrong: object) -> None:
    with pytest.raises(FaultError) as found:
        parse("sync.drops", None, {}, None, None, wrong, start_ms=0, data_sets=9)

    assert found.value.key_path == "id"


def test_what_this_build_cannot_make_happen_is_refused_with_what_it_can() -> None:
    error = refused("net.refused", on="sync.start", able=CARRIED_OUT)

    assert error.key_path == "fault"
    assert "this build cannot" in error.problem
    assert "port of its own" in error.problem
    assert "net.hangup with point: before" in error.problem
    assert "http.empty" in error.allowed


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.is_condition])
def test_a_condition_cannot_be_left_to_dice(name: str) -> None:
    assert refused(name, draw=Draw(seed=1, p_ppm=1000)).key_path == "fault"


def test_a_fault_of_a_storm_has_no_limit_of_count_and_may_have_a_window() -> None:
    dice = Draw(seed=3, p_ppm=50_000)
    made = spec("sync.drops", draw=dice, when={"until": "+5m"})

    assert (made.when.draw, made.when.times) == (dice, None)
    assert made.when.until_ms == START_MS + 5 * MINUTE
    assert refused("sync.drops", draw=dice, when={"times": 2}).key_path == "when.times"


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)
keys = st.sampled_from(["data", "at", "factor", "status", "point", "from", "until", "times", "ttl"])


@given(
    fault=st.sampled_from(sorted(KINDS)) | junk,
    on=st.none() | st.sampled_from([op.value for op in Operation]) | junk,
    with_=junk | st.dictionaries(keys, junk, max_size=3),
    when=junk | st.dictionaries(keys, junk, max_size=3),
    effect=st.sampled_from([None, "none", "applied", "partial"]) | junk,
)
def test_whatever_is_written_gives_a_fault_or_an_error_with_its_place(
    fault, on, with_, when, effect
) -> None:
    made = parsed_or_refused(fault, on, with_, when, effect)

    if isinstance(made, FaultError):
        assert made.path[0] in ("fault", "on", "with", "when", "effect")
        assert made.problem
        assert made.allowed
        assert len(str(made)) < 2000
    else:
        assert made.effect in ("none", "applied", "partial")
        assert msgspec.json.decode(msgspec.json.encode(made), type=FaultSpec) == made


def parsed_or_refused(fault, on, with_, when, effect) -> FaultSpec | FaultError:
    try:
        return parse(
            fault, on, with_, when, effect, "f1", start_ms=START_MS, data_sets=9,
            able=frozenset(KINDS),
        )  # fmt: skip
    except FaultError as error:
        return error
