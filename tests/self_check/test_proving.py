"""Each proof can fail: a fault with something wrong about it is called out, for what is wrong."""

from contextlib import closing
from functools import cache

import pytest
from msgspec.structs import replace

from mock_server.domain.operations import Operation
from mock_server.faults import catalogue
from mock_server.faults.kind import StrikesCommand, always
from mock_server.self_check import Row, WsgiStage, observed
from mock_server.self_check.cases import Case, cases
from mock_server.self_check.courses import COMMANDS, HOUR_MS, Wait
from mock_server.self_check.proving import Prover
from mock_server.self_check.stage import ArmingRefusedError, control
from tests.self_check import saboteurs

A_COMMANDS, AN_ANSWERS = "backup.fails", "http.status"
OF_THE_STATION, OF_THE_CENTRE, OF_A_CONNECTION = "service.stopped", "central.slow", "net.reset"
OF_EACH_LAYER = (A_COMMANDS, AN_ANSWERS, OF_THE_STATION, OF_THE_CENTRE, "http.slow")
each_layer = pytest.mark.parametrize("fault", OF_EACH_LAYER)


def case(fault: str) -> Case:
    return next(cases([catalogue.KINDS[fault]]))


@cache
def prover(saboteur) -> Prover:
    """One simulator for all tests that sabotage it alike: rehearsals share nothing."""
    return Prover(WsgiStage(saboteur))


def found(one: Case, saboteur=None) -> Row:
    return prover(saboteur).row(one)


@each_layer
def test_a_fault_that_is_in_order_is_proved(fault):
    row = found(case(fault))

    assert row.holds
    assert [verdict.why for verdict in row.verdicts] == ["", "", ""]


@pytest.mark.slow
@each_layer
def test_a_fault_that_does_nothing_is_called_toothless(fault):
    row = found(case(fault), saboteurs.Toothless)

    assert row.bites is not None
    assert "never struck" in row.bites.why
    assert not row.holds


@each_layer
def test_an_armed_fault_that_shows_in_an_answer_is_called_noisy(fault):
    row = found(case(fault), saboteurs.Betraying)

    assert row.silent is not None
    if fault == OF_THE_STATION:  # proved beside another that struck: both rehearsals betray it
        assert row.silent.holds
    else:
        assert "headers" in row.silent.why
        assert "held back" in row.silent.why


@pytest.mark.parametrize("fault", [A_COMMANDS, AN_ANSWERS, "http.slow"])
def test_a_side_effect_that_no_answer_shows_is_found_in_the_station(fault):
    row = found(case(fault), saboteurs.Meddling)

    assert row.silent is not None
    assert "the station differs" in row.silent.why


@pytest.mark.parametrize("fault", [A_COMMANDS, AN_ANSWERS, OF_THE_CENTRE])
def test_a_fault_that_acts_although_it_was_disarmed_is_called_noisy(fault):
    row = found(case(fault), saboteurs.Stubborn)

    assert row.silent is not None
    assert row.silent.why.startswith("disarmed, ")


@pytest.mark.parametrize("fault", [A_COMMANDS, AN_ANSWERS, OF_THE_CENTRE])
def test_a_fault_that_strikes_before_its_turn_is_called_noisy(fault):
    row = found(case(fault), saboteurs.Impatient)

    assert row.silent is not None
    assert row.silent.why == "held back, it struck all the same"


@pytest.mark.parametrize(
    "one",
    [
        one
        for one in cases([catalogue.KINDS["http.status"], catalogue.KINDS["http.truncate"]])
        if one.op is not None
    ],
    ids=lambda one: f"{one.kind.name} {one.op} {one.effect}",
)
def test_an_answer_whose_effect_is_the_other_one_is_called_untrue(one):
    row = found(one, saboteurs.Turncoat)

    assert row.true is not None
    assert not row.true.holds


@pytest.mark.parametrize(
    ("fault", "declared"),
    [
        ("backup.fails", "applied"),
        ("backup.fails", "partial"),
        ("backup.corrupt", "none"),
        ("sync.drops", "applied"),
        ("sync.drops", "none"),
        ("delete.partial", "none"),
        ("service.start-fails", "applied"),
        ("id.unknown", "applied"),
        ("patch.claims-success", "applied"),
    ],
)
def test_a_fault_of_a_command_that_declares_another_effect_is_called_untrue(fault, declared):
    lying = replace(catalogue.KINDS[fault], effects=always(declared))

    row = found(next(cases([lying])))

    assert row.true is not None
    assert not row.true.holds
    assert row.bites is not None
    assert row.bites.holds


def test_a_condition_whose_arming_changes_the_truth_is_called_untrue():
    looked_at_closely = replace(case(OF_THE_STATION), lens=observed.service_runs)

    row = found(looked_at_closely)

    assert row.true is not None
    assert not row.true.holds


def test_a_fault_that_breaks_the_simulator_is_named_with_what_went_wrong(monkeypatch):
    def breaks(*_):
        raise ZeroDivisionError("of the planted fault")

    kind = catalogue.KINDS[A_COMMANDS]
    act = replace(kind.act, apply=breaks)
    monkeypatch.setitem(catalogue.KINDS, A_COMMANDS, replace(kind, act=act))

    row = found(case(A_COMMANDS))

    assert row.bites is not None
    assert "ZeroDivisionError: of the planted fault" in row.bites.why
    assert not row.holds


def test_a_simulator_whose_clock_is_stuck_proves_nothing():
    row = found(case(A_COMMANDS), saboteurs.Stuck)

    assert row.bites is not None
    assert "the clock is stuck" in row.bites.why


def test_what_a_server_cannot_carry_out_it_refuses_to_arm():
    row = found(case(OF_A_CONNECTION))

    assert row.refused is not None
    assert row.holds


def test_a_server_that_arms_what_it_cannot_carry_out_is_called_out():
    row = found(case(OF_A_CONNECTION), saboteurs.Boastful)

    assert row.refused is not None
    assert "nothing here can carry it out" in row.refused.why
    assert not row.holds


def test_a_fault_that_should_be_armed_and_is_refused_does_not_hold():
    one = case(A_COMMANDS)

    row = found(replace(one, values={"at": "sideways"}))

    assert row.bites is not None
    assert "cannot be armed" in row.bites.why


def test_a_refusal_says_what_the_simulator_said():
    with closing(WsgiStage()) as stage, pytest.raises(ArmingRefusedError, match="missing"):
        control(stage, "", {"document": {}})


@pytest.mark.slow
@pytest.mark.parametrize("op", [*COMMANDS])
@pytest.mark.parametrize("effect", ["none", "applied"])
def test_every_command_whose_answer_is_lost_was_obeyed_or_not_as_declared(op, effect):
    lost = replace(case(AN_ANSWERS), effect=effect, course=COMMANDS[op], op=op, lens=observed.whole)

    assert found(lost).holds


@pytest.mark.slow
@pytest.mark.parametrize("op", [*COMMANDS])
@pytest.mark.parametrize("fault", ["net.late", "net.twice"])
def test_every_command_that_is_delivered_late_or_twice_is_obeyed_as_declared(op, fault):
    values = {"by": "1s"} if fault == "net.late" else {}
    course = replace(COMMANDS[op], steps=(*COMMANDS[op].steps, Wait(ms=HOUR_MS)))
    beside = replace(case(fault), values=values, course=course, op=op, lens=observed.facts)
    if op is Operation.SERVICE_START:
        beside = replace(beside, lens=observed.service_runs)

    assert found(beside).holds


def test_a_new_kind_is_checked_without_a_line_for_it():
    planted = replace(catalogue.KINDS["sync.drops"], name="sync.planted")

    made = list(cases([planted]))

    assert {one.op for one in made} == {Operation.SYNC_START}
    assert [one.effect for one in made] == ["partial", "none"]  # the second at the very start


def test_a_kind_that_strikes_where_no_course_leads_is_refused():
    kind = catalogue.KINDS[A_COMMANDS]
    assert isinstance(kind.act, StrikesCommand)
    elsewhere = replace(kind, act=replace(kind.act, on=lambda _: Operation.REPORT_SUBMIT))

    with pytest.raises(ValueError, match=r"backup\.fails strikes report\.submit"):
        list(cases([elsewhere]))
