"""The client against the real simulator, in this process: what no fake can promise."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from client import rehearse
from client.cli import main
from client.clock import RealTime
from client.control import Control, Expect, ExpectedTruth, Truth
from client.problems import UsageProblem
from client.rehearse import Stage
from client.settings import Bounds
from client.simulator import BASE
from client.step import Ending
from client.texts import Reason, Texts
from client.transport import Http
from client.verdict import differences
from mock_server.app import rehearsal_wsgi

ENTRY = "[cbtsync.simulator]\nwsgi = mock_server.app:rehearsal_wsgi\n"
EN = Texts("en")


@pytest.fixture(scope="module")
def simulator():
    app, token = rehearsal_wsgi(None)
    return SimpleNamespace(app=app, token=token)


@pytest.fixture
def control(simulator):
    http = Http(BASE, bounds=Bounds(), token=simulator.token, app=simulator.app)
    yield Control(http)
    http.close()


def stage_of(simulator, out=None, **changes):
    fields = {
        "server": BASE,
        "token": simulator.token,
        "app": simulator.app,
        "scenarios": None,
        "out": out,
        "seed": None,
        "speed": None,
        "bounds": Bounds(),
        "texts": EN,
    }
    return Stage(**{**fields, **changes})


def rehearsed(control, stage, *names):
    return [
        rehearse.rehearse(case, stage, control, RealTime(), lambda case, notice: None)
        for case in rehearse.cases(names, control)
    ]


ONE_OF_EACH_ENDING = (
    "partial-sync", "dashboard-closed-all-day", "participants-missing", "hapus-cannot-be-seen",
)  # fmt: skip


@pytest.mark.parametrize(
    ("names", "least"),
    [
        pytest.param((), 50, id="all", marks=pytest.mark.slow),
        pytest.param(ONE_OF_EACH_ENDING, 4, id="one of each ending"),
    ],
)
def test_every_shipped_scenario_goes_as_it_expects(control, simulator, names, least):
    results = rehearsed(control, stage_of(simulator), *names)

    assert len(results) >= least
    assert {one.case.ending for one in results} == {str(ending) for ending in Ending}
    wrong = {
        one.case.scenario: [EN.say(reason) for reason in one.differs]
        for one in results
        if not one.case.passed
    }
    assert wrong == {}


def test_the_nominal_rehearsal_is_short_and_long(control, simulator):
    (one,) = rehearsed(control, stage_of(simulator), "normal")

    assert one.case.ending == "ready"
    assert one.case.virtual_seconds > 25 * 60
    assert one.case.real_seconds < 1
    assert one.case.requests <= 110
    assert (one.case.truth.datasets_complete, one.case.truth.participants) == (9, 36)
    assert one.case.violations == ()


def test_the_same_seed_gives_the_same_journal_byte_for_byte(control, simulator, tmp_path):
    paths = []
    for folder in ("a", "b"):
        (one,) = rehearsed(control, stage_of(simulator, tmp_path / folder), "partial-sync")
        paths.append(Path(one.case.journal))

    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].name == "partial-sync.jsonl"
    assert all(json.loads(line)["event"]["type"] for line in paths[0].read_text().splitlines())
    assert (tmp_path / "a" / "partial-sync" / "berita-acara.html").is_file()


def test_another_seed_makes_other_people(control, simulator):
    (one,) = rehearsed(control, stage_of(simulator, seed=99), "normal")

    assert (one.case.seed, one.case.passed) == (99, True)


def test_a_scenario_may_be_any_file(control, simulator, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: mine\ntitle: {id: Sendiri, en: Mine}\n"
        "start: {at: 2017-04-08T08:00:00+07:00}\nexpect: {ending: postponed}\n"
    )

    (one,) = rehearsed(control, stage_of(simulator), str(path))

    assert (one.case.scenario, one.case.expected_ending, one.case.passed) == (
        "mine",
        "postponed",
        False,
    )
    assert one.differs[0].key == "differs.ending"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: cbtsync-scenario/1\nid: x\noops: 1\n", "oops"),
        ("a: [", "line"),
    ],
    ids=["an unknown key", "no YAML"],
)
def test_a_bad_scenario_file_is_explained(text, said, control, simulator, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(text)

    with pytest.raises(UsageProblem) as problem:
        rehearsed(control, stage_of(simulator), str(path))

    assert said in EN.say(problem.value.reason)


def test_an_unknown_scenario_is_answered_with_those_there_are(control, simulator):
    with pytest.raises(UsageProblem) as problem:
        rehearsed(control, stage_of(simulator), "norml")

    assert "normal" in EN.say(problem.value.reason)


def test_a_wrong_token_is_named(simulator):
    http = Http(BASE, bounds=Bounds(), token="wrong", app=simulator.app)

    with pytest.raises(UsageProblem) as problem:
        Control(http).scenarios()

    assert problem.value.reason.key == "usage.wrong_token"
    assert "Simulator refuses that token" in EN.say(problem.value.reason)


def test_a_missing_token_is_asked_for_in_words_of_our_own(simulator):
    http = Http(BASE, bounds=Bounds(), app=simulator.app)

    with pytest.raises(UsageProblem) as problem:
        Control(http).scenarios()

    said = EN.say(problem.value.reason)
    assert "asks for a token. Give --token, or set CBTSYNC_TOKEN." in said
    assert "header" not in said


def test_a_scenario_that_is_too_large_is_named_and_no_address_that_does_not_exist(
    control, simulator, tmp_path
):
    path = tmp_path / "large.yaml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: large\ntitle: {id: Besar, en: Large}\n"
        "start: {at: 2017-04-08T08:00:00+07:00}\nexpect: {ending: ready}\n"
        f"brief: {{id: {'x' * 100_000}, en: x}}\n"
    )

    with pytest.raises(UsageProblem) as problem:
        rehearsed(control, stage_of(simulator), str(path))

    said = EN.say(problem.value.reason)
    assert said.startswith("Scenario large cannot be used")
    assert "simulator.invalid" not in said


def test_the_simulator_in_this_process_is_not_named_by_an_address(control):
    with pytest.raises(UsageProblem) as problem:
        control.truth("nowhere")

    assert "simulator.invalid" not in EN.say(problem.value.reason)


def test_a_server_that_is_no_simulator_is_named():
    def app(_environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<html>"]

    with pytest.raises(UsageProblem) as problem:
        Control(Http(BASE, bounds=Bounds(), app=app)).scenarios()

    assert problem.value.reason.key == "usage.not_simulator"


def test_a_rehearsal_can_be_run_on_a_real_clock(control, simulator):
    (one,) = rehearsed(control, stage_of(simulator, speed=1000), "already-synced")

    assert one.case.passed


# --- the verdict ---------------------------------------------------------------------------------


TRUTH = Truth(datasets_complete=9, participants=36, tests_visible=True, ready=True)


def result_of(ending="ready", took_ms=60_000):
    return SimpleNamespace(
        ending=Ending(ending), why=Reason.of("ready"), began_ms=0, now_ms=took_ms
    )


@pytest.mark.parametrize(
    ("expect", "result", "truth", "violations", "keys"),
    [
        pytest.param(Expect(ending="ready"), result_of(), TRUTH, (), [], id="as expected"),
        pytest.param(Expect(ending="ready"), result_of("reported"), TRUTH, (),
                     ["differs.ending"], id="another ending"),
        pytest.param(
            Expect(ending="ready", truth=ExpectedTruth(datasets_complete=8, tests_visible=False)),
            result_of(), TRUTH, (), ["differs.truth", "differs.truth"], id="another truth"),
        pytest.param(Expect(ending="ready"), result_of(), TRUTH, ("R5",),
                     ["differs.violations"], id="a violation"),
        pytest.param(Expect(ending="ready", violations=("R5",)), result_of(), TRUTH,
                     ("R5", "R5"), [], id="an expected violation, however often"),
        pytest.param(Expect(ending="ready", within_ms=59_999), result_of(), TRUTH, (),
                     ["differs.within"], id="too slow"),
        pytest.param(Expect(ending="ready"), result_of(),
                     Truth(datasets_complete=9, participants=36, tests_visible=True, ready=False),
                     (), ["differs.ready"], id="ready that is not"),
    ],
)  # fmt: skip
def test_the_verdict_names_each_difference(expect, result, truth, violations, keys):
    found = differences(expect, result, truth, violations, EN)

    assert [reason.key for reason in found] == keys
    assert all(EN.say(reason) for reason in found)


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Make the simulator findable as an installed package is, whether or not it is installed."""
    info = tmp_path / "site" / "simulator_for_tests-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: simulator-for-tests\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY)
    monkeypatch.syspath_prepend(str(info.parent))


def invoke(*args):
    return CliRunner().invoke(main, ["rehearse", *map(str, args)])


@pytest.mark.usefixtures("installed")
def test_the_document_has_the_fields_that_others_rely_on(tmp_path):
    result = invoke("partial-sync", "--json", "--out", tmp_path)

    assert result.exit_code == 0, result.output
    (case,) = json.loads(result.stdout)["results"]
    assert list(case) == [
        "scenario", "seed", "ending", "expected_ending", "passed", "violations", "truth",
        "virtual_seconds", "real_seconds", "requests", "faults_fired", "journal",
    ]  # fmt: skip
    assert list(case["truth"]) == ["datasets_complete", "participants", "tests_visible"]
    assert case["faults_fired"] == ["f1"]
    assert Path(case["journal"]) == tmp_path / "partial-sync.jsonl"


@pytest.mark.usefixtures("installed")
def test_without_a_folder_the_journals_of_a_document_lie_in_one_place_and_leave_no_litter(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    for _ in range(2):
        (case,) = json.loads(invoke("already-synced", "--json").stdout)["results"]

    kept = tmp_path / "build" / "rehearsals"
    assert Path(case["journal"]).resolve() == kept / "already-synced.jsonl"
    assert {path.name for path in kept.iterdir()} == {
        ".gitignore",
        "already-synced",
        "already-synced.jsonl",
    }
    assert {path.name for path in tmp_path.iterdir()} >= {"build", "scratch"}
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.usefixtures("installed")
def test_a_folder_that_was_named_gets_what_was_asked_for_and_nothing_else(tmp_path):
    invoke("already-synced", "--out", tmp_path / "o")

    found = {path.name for path in (tmp_path / "o").iterdir()}
    assert found == {"already-synced", "already-synced.jsonl"}


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("token", ["a\nb", "a\rb", "tökén", "two words", "\x00"], ids=ascii)
def test_a_token_that_no_header_can_carry_is_a_usage_error(token):
    result = invoke("normal", "--token", token, "--server", "http://127.0.0.1:1")

    assert result.exit_code == 2, result.output
    assert "Token itu memuat" in result.stderr
    assert token not in result.stderr


@pytest.mark.usefixtures("installed")
def test_the_line_break_at_the_end_of_a_token_file_does_no_harm():
    result = invoke("normal", "--token", "abc\n", "--server", "http://127.0.0.1:1")

    assert "tidak dapat dihubungi" in result.stderr


@pytest.mark.usefixtures("installed")
def test_a_results_file_that_cannot_be_written_is_named_after_the_results_were_shown(tmp_path):
    (tmp_path / "taken").write_text("a file")

    result = invoke("already-synced", "--junit", tmp_path / "taken" / "x.xml", "--lang", "en")

    assert result.exit_code == 2
    assert "1 of 1 scenarios passed" in result.output
    assert str(tmp_path / "taken" / "x.xml") in result.stderr


@pytest.mark.usefixtures("installed")
def test_people_get_lines_and_a_summary():
    result = invoke("normal", "already-synced", "--lang", "en")

    assert result.exit_code == 0
    assert "✓ normal" in result.output
    assert "2 of 2 scenarios passed" in result.output


@pytest.mark.usefixtures("installed")
def test_a_failed_expectation_fails_the_command_and_is_explained(tmp_path):
    path, xml = tmp_path / "mine.yaml", tmp_path / "j.xml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: mine\ntitle: {id: Sendiri, en: Mine}\n"
        "start: {at: 2017-04-08T08:00:00+07:00}\nexpect: {ending: postponed}\n"
    )

    result = invoke(path, "--junit", xml, "--lang", "en")

    assert result.exit_code == 1
    assert "ending ready, expected postponed" in result.output
    assert 'failures="1"' in xml.read_text()
    assert "expected postponed" in xml.read_text()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("clock", ["0", "fast", "1001", "-5"])
def test_a_clock_that_is_none_is_named(clock):
    result = invoke("normal", f"--clock={clock}")

    assert result.exit_code == 2
    assert clock in result.stderr


@pytest.mark.usefixtures("installed")
def test_a_report_counts_by_the_page_that_could_be_read_last(tmp_path):
    path = tmp_path / "blind.yaml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: blind\ntitle: {id: Tertutup, en: Blind}\n"
        "start: {at: 2017-04-08T08:05:00+07:00, condition: ready-to-sync}\n"
        "faults:\n  - {fault: http.status, on: sync.status, when: {skip: 3, sticky: true}}\n"
        "expect: {ending: reported}\n"
    )

    result = invoke(path, "--out", tmp_path)

    assert result.exit_code == 0
    lines = (tmp_path / "blind.jsonl").read_text().splitlines()
    filed = [json.loads(line)["event"] for line in lines if '"report-filed"' in line]
    assert [event["wrong"] for event in filed] == [[]]


@pytest.mark.usefixtures("installed")
def test_what_was_never_seen_is_not_reported_as_nothing(tmp_path):
    path = tmp_path / "unseen.yaml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: unseen\ntitle: {id: Tertutup, en: Unseen}\n"
        "start: {at: 2017-04-08T08:05:00+07:00, condition: synced}\n"
        "faults:\n  - {fault: http.status, on: sync.status, when: {sticky: true}}\n"
        "expect: {ending: reported}\n"
    )

    result = invoke(path, "--out", tmp_path)

    assert result.exit_code == 0, result.output
    assert '"report-filed"' not in (tmp_path / "unseen.jsonl").read_text()


@pytest.mark.usefixtures("installed")
def test_a_folder_that_cannot_be_written_to_is_named_before_anything_is_rehearsed(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")

    result = invoke("normal", "--out", taken / "below")

    assert result.exit_code == 2
    assert str(taken / "below") in result.stderr
