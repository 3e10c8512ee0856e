"""The plugin in projects that are not ours: fresh rehearsals, faults, verdicts, told failures."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mock_server.pytest_plugin.control import CbtsyncError
from mock_server.pytest_plugin.server import simulator

DOCS = Path(__file__).parents[2] / "docs" / "ci.md"
OPENED = """
import json, urllib.request
def post(rehearsal, path, body):
    request = urllib.request.Request(rehearsal.url + "api/" + path, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=10))
def opened(rehearsal):
    post(rehearsal, "machine/use", {"machine": "srv-ujian-01"})
    post(rehearsal, "exambro/open", {"version": "50.170406"})
    return post(rehearsal, "cbtsync/open", {})
"""


@pytest.fixture
def project(tmp_path):
    """An empty project elsewhere, with pytest run in a process of its own."""

    def run(code: str, *options: str, autoload: bool = False, **environ: str):
        """Only our plugin is loaded, by its entry point, unless the test is about loading."""
        (tmp_path / "test_theirs.py").write_text(OPENED + code, encoding="utf-8")
        plain = {key: value for key, value in os.environ.items() if not key.startswith("CBTSYNC")}
        alone = {} if autoload else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        named = ["-p", "no:schemathesis"] if autoload else ["-p", "cbtsync"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *named, "-q", *options],
            cwd=tmp_path,
            env={**plain, **alone, "TMPDIR": str(tmp_path), **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def python_of(docs: str) -> str:
    return re.findall(r"```python\n(.*?)```", docs, re.DOTALL)[0]


@pytest.mark.slow
def test_the_example_of_the_docs_passes(project):
    done = project(python_of(DOCS.read_text(encoding="utf-8")))

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.slow
def test_the_curl_examples_of_the_docs_are_requests_that_work(cbtsync_server):
    docs = DOCS.read_text(encoding="utf-8")
    asked = re.findall(r'curl -s -H "\$H"(?: -H "\$J")? "\$C/([^"]+)"(?: -d \'([^\']+)\')?', docs)
    assert len(asked) == 5
    name = ""
    for path, body in asked:
        method = "POST" if body else "GET"
        told = cbtsync_server.control.text(
            method, path.replace("NAME", name), json.loads(body) if body else None
        )
        name = name or json.loads(told)["name"]
    cbtsync_server.control.ask("DELETE", f"rehearsals/{name}")


@pytest.mark.slow
def test_each_test_has_a_rehearsal_of_its_own(project):
    done = project(
        """
names = set()
def test_one(cbtsync_rehearsal):
    names.add(cbtsync_rehearsal.name)
    opened(cbtsync_rehearsal)
def test_two(cbtsync_rehearsal):
    names.add(cbtsync_rehearsal.name)
    assert len(names) == 2
    assert not cbtsync_rehearsal.events("cbtsync-opened")
"""
    )

    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_workers_of_xdist_do_not_disturb_each_other(project):
    done = project(
        """
import pytest
@pytest.mark.parametrize("number", range(8))
def test_many(cbtsync_rehearsal, number):
    opened(cbtsync_rehearsal)
    cbtsync_rehearsal.clock.advance("10m")
    assert post(cbtsync_rehearsal, "patch/start", {})["phase"] == "running"
    cbtsync_rehearsal.verify(type="patch-started", times=1)
""",
        "-n",
        "2",
        autoload=True,
    )

    assert "8 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_an_external_simulator_is_used_when_named(project):
    with simulator({}) as external:
        done = project(
            """
def test_outside(cbtsync_server, cbtsync_rehearsal):
    assert opened(cbtsync_rehearsal)["version"]
    print("at", cbtsync_server.url)
""",
            "-s",
            CBTSYNC_URL=external.url,
            CBTSYNC_TOKEN=external.token,
        )

        assert f"at {external.url}" in done.stdout, done.stdout
        assert external.control.ask("GET", "rehearsals")["rehearsals"] == []


def test_an_external_simulator_without_its_token_says_what_to_set():
    with pytest.raises(CbtsyncError, match="CBTSYNC_TOKEN"), simulator({"CBTSYNC_URL": "http://x"}):
        pass


def test_a_simulator_that_does_not_answer_is_named():
    environ = {"CBTSYNC_URL": "http://127.0.0.1:9/", "CBTSYNC_TOKEN": "t" * 20}
    with simulator(environ) as nobody, pytest.raises(CbtsyncError, match="does not answer"):
        nobody.begin({"scenario": "normal"})


@pytest.mark.slow
def test_a_failed_test_is_told_the_journals_end_and_how_to_replay_it(project):
    done = project(
        """
import pytest
@pytest.mark.cbtsync(scenario="partial-sync", seed=7)
def test_fails(cbtsync_rehearsal):
    opened(cbtsync_rehearsal)
    assert False
"""
    )

    assert "cbtsync-opened" in done.stdout
    assert "cbtsync-client rehearse partial-sync --seed 7" in done.stdout


FAILING = {
    "a shipped scenario": (
        """
@pytest.mark.cbtsync(scenario="partial-sync", seed=7)
def test_fails(cbtsync_rehearsal):
    opened(cbtsync_rehearsal)
    assert False
""",
        ("partial-sync", 7, ["f1"]),
    ),
    "faults of the test, disarmed or not": (
        """
@pytest.mark.cbtsync(seed=5, faults=[{"fault": "sync.drops", "with_": {"data": 4}}])
def test_fails(cbtsync_rehearsal):
    with cbtsync_rehearsal.arm("http.status", on="backup.start", effect="applied"):
        opened(cbtsync_rehearsal)
        assert False
""",
        ("normal", 5, ["test-1", "test-2"]),
    ),
    "a document of its own": (
        """
STORY = {"schema": "cbtsync-scenario/1", "id": "made-up", "title": {"id": "Cerita", "en": "Story"},
         "start": {"at": "2017-04-08T08:05:00+07:00"}, "school": {"participants": 5},
         "faults": [{"id": "theirs", "fault": "patch.fails"}], "expect": {"ending": "ready"}}
@pytest.mark.cbtsync(document=STORY)
def test_fails(cbtsync_rehearsal):
    assert opened(cbtsync_rehearsal) is None
""",
        ("made-up", 1, ["theirs"]),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("external", [False, True], ids=["embedded", "external"])
@pytest.mark.parametrize("what", FAILING)
def test_the_line_that_replays_a_failed_test_works_when_it_is_pasted(project, what, external):
    code, (scenario, seed, struck) = FAILING[what]
    with simulator({}) as running:
        where = {"CBTSYNC_URL": running.url, "CBTSYNC_TOKEN": running.token} if external else {}
        failed = project("import pytest\n" + code, **where)
        [line] = re.findall(r"^replay: (cbtsync-client .*)$", failed.stdout, re.MULTILINE)
        bin_first = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        pasted = subprocess.run(  # noqa: S602 -- pasted into a shell is what is tested
            f"{line} --json",
            shell=True,
            env={**os.environ, **where, "PATH": bin_first},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    [told] = json.loads(pasted.stdout)["results"]
    assert (told["scenario"], told["seed"]) == (scenario, seed)
    assert told["faults_fired"] == struck
    assert ("--server" in line) is external


@pytest.mark.slow
def test_without_a_rehearsal_nothing_of_the_simulator_is_loaded(project):
    done = project(
        """
import sys
def test_light():
    heavy = {"flask", "faker", "sqlalchemy", "mock_server.app"}
    assert not heavy & set(sys.modules)
"""
    )

    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_the_plugin_loads_by_itself_and_can_be_left_out(project):
    asks = "def test_it(request):\n    print(request.config.pluginmanager.has_plugin('cbtsync'))\n"

    assert "True" in project(asks, "-s", autoload=True).stdout
    assert "False" in project(asks, "-s", "-p", "no:cbtsync", autoload=True).stdout


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("scenario='partial-sinc'", "partial-sync"),
        ("scenari='normal'", "scenari"),
        ("clock='fast'", "whole speed"),
        ("faults=[{'fault': 'sync.drop'}]", "sync.drops"),
    ],
)
@pytest.mark.slow
def test_a_wrong_mark_says_what_is_allowed(project, mark, said):
    done = project(
        f"import pytest\n@pytest.mark.cbtsync({mark})\ndef test_it(cbtsync_rehearsal):\n    pass\n"
    )

    assert done.returncode == 1
    assert said in done.stdout, done.stdout


def test_a_fault_is_disarmed_at_the_end_of_its_block(cbtsync_rehearsal):
    with cbtsync_rehearsal.arm("http.status", on="patch.start", with_={"status": 503}) as fault:
        assert fault.hits == 0
        assert fault.explain()["armed"]

    assert not fault.explain()["armed"]
    fault.disarm()


@pytest.mark.cbtsync(scenario="normal", faults=[{"fault": "service.stopped"}])
def test_faults_of_the_mark_are_armed_from_the_start(cbtsync_rehearsal):
    assert [one["fault"] for one in cbtsync_rehearsal.faults] == ["service.stopped"]
    assert cbtsync_rehearsal.events("service-stopped")


def test_the_clock_takes_words_seconds_and_timedeltas(cbtsync_rehearsal):
    clock = cbtsync_rehearsal.clock
    begun = datetime.fromisoformat(clock.now)
    clock.advance("10m")
    clock.advance(30)
    clock.advance(timedelta(seconds=30))

    assert datetime.fromisoformat(clock.now) - begun == timedelta(minutes=11)


def test_a_verdict_that_fails_shows_the_nearest_misses(cbtsync_rehearsal):
    with pytest.raises(AssertionError, match="FAIL"):
        cbtsync_rehearsal.verify(type="delete-finished", times=1)


def test_a_fork_and_a_reset_leave_the_other_history_alone(cbtsync_rehearsal):
    cbtsync_rehearsal.clock.advance("1m")
    fork = cbtsync_rehearsal.fork()
    cbtsync_rehearsal.reset()

    assert len(fork.journal) == len(cbtsync_rehearsal.journal) + 1
    assert cbtsync_rehearsal.truth["ready"] is False
    assert cbtsync_rehearsal.assessment["pack"] == "unbk-2017"
    fork.delete()


def test_a_rehearsal_goes_back_to_where_it_stood(cbtsync_rehearsal):
    stood = cbtsync_rehearsal.snapshot()
    cbtsync_rehearsal.clock.advance("1h")
    cbtsync_rehearsal.rewind(stood)

    assert len(cbtsync_rehearsal.journal) == stood


def test_a_verdict_may_wait_and_a_reply_is_explained(cbtsync_rehearsal):
    with pytest.raises(AssertionError, match="FAIL"):
        cbtsync_rehearsal.verify(type="delete-finished", wait=0.1)
    with pytest.raises(CbtsyncError, match="no request"):
        cbtsync_rehearsal.explain()


def test_a_defect_of_the_simulator_fails_the_test_that_met_it():
    with simulator({}) as running:
        running._defects.append("Traceback of yesterday")
        with pytest.raises(CbtsyncError, match="not of the test"), running.watched():
            running._defects.append("Traceback of today")
