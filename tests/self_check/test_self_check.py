"""``cbtsync-mock faults check``: the whole catalogue, on every server, as a table."""

import pytest
from click.testing import CliRunner

from mock_server import self_check
from mock_server.cli import main
from mock_server.faults.catalogue import CARRIED_OUT, KINDS, effects
from mock_server.self_check import Row, WsgiStage
from mock_server.self_check.cases import cases
from mock_server.self_check.judging import Verdict
from mock_server.self_check.table import table
from tests.self_check import saboteurs

GOOD, BAD = Verdict(holds=True), Verdict(holds=False, why="it struck, and nothing was different")


def row(**changes) -> Row:
    values = {"server": "wsgi", "fault": "sync.drops", "on": "sync.start", "effect": "partial"}
    return Row(**(values | {"bites": GOOD, "silent": GOOD, "true": GOOD} | changes))


@pytest.mark.slow
def test_every_fault_is_proved_or_refused_on_every_server():
    found = list(self_check.rows())

    assert [row for row in found if not row.holds] == []
    for make in self_check.STAGES:
        rows = [row for row in found if row.server == make.server]
        able = {name for name in CARRIED_OUT if make.has_socket or not KINDS[name].needs_socket}
        assert {row.fault for row in rows if row.refused is None} == able
        assert {row.fault for row in rows if row.refused is not None} == set(KINDS) - able


def test_every_effect_that_a_fault_may_declare_is_tried():
    tried = {(one.kind.name, one.effect) for one in cases()}

    assert tried >= {(name, effect) for name, kind in KINDS.items() for effect in effects(kind)}


def test_a_fault_of_the_answer_is_tried_on_a_command_a_look_and_a_file():
    tried = {one.op for one in cases([KINDS["http.empty"]])}

    assert tried == {"backup.start", "backup.status", "backup.download"}


@pytest.mark.slow
def test_the_command_prints_the_table_and_ends_well_only_if_all_holds():
    done = CliRunner().invoke(main, ["faults", "check"])

    assert done.exit_code == 0
    assert done.output.startswith("gangguan")
    assert "TIDAK" not in done.output


@pytest.mark.slow
def test_one_bad_simulator_fails_the_whole_check():
    lines, fine = self_check.report_lines([lambda: WsgiStage(saboteurs.Turncoat)])

    assert not fine
    assert any("TIDAK/NO: http.status (backup.start), wsgi, none" in line for line in lines)


def test_the_table_has_a_line_a_row_under_two_heads_and_ends_with_the_sum():
    lines = table([row(), row(fault="http.slow", on="", values=(("delay", "2s"),))])

    assert [line.split()[0] for line in lines] == [
        "gangguan",
        "fault",
        "sync.drops",
        "http.slow",
        "2",
    ]
    assert lines[3].split() == ["http.slow", "delay=2s", "–", "wsgi", "partial", *["ya/yes"] * 3]
    assert lines[-1] == "2 dari / of 2 terbukti / proved"


def test_the_table_says_what_failed_and_why():
    lines = table([row(), row(fault="sync.slow", bites=BAD)])

    assert "TIDAK/NO" in lines[3]
    assert lines[4].startswith("TIDAK/NO: sync.slow (sync.start), wsgi, partial: it struck, and")
    assert lines[-1] == "1 dari / of 2 terbukti / proved"


def test_the_table_names_what_each_server_refuses_once():
    refusing = {"bites": None, "silent": None, "true": None, "fault": "net.refused"}
    lines = table([row(**refusing, refused=GOOD), row(**refusing, refused=GOOD)])

    assert lines[2] == "wsgi menolak / refuses to arm: net.refused"
    assert len(lines) == 4
