"""What a caller hands over: packs, scenario files, addresses, folders; what is said if wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from freezegun import freeze_time

from client import addresses, folders, journal, procedure_file
from client.clock import RealTime
from client.journal import Journal, Run
from client.problems import UsageProblem
from client.procedure import UNBK_2017
from client.texts import Texts
from client.yaml_files import read_mapping

URL = "http://station.invalid/r/x/"
SHIPPED = Path(__file__).parents[2] / "scenarios" / "procedures" / "unbk-2017.yaml"


def said(problem: pytest.ExceptionInfo[UsageProblem]) -> str:
    return Texts("en").say(problem.value.reason)


# --- packs ---------------------------------------------------------------------------------------


def test_our_own_facts_are_those_of_the_shipped_pack():
    assert procedure_file.read(SHIPPED) == UNBK_2017


def test_a_pack_says_only_what_differs(tmp_path):
    path = tmp_path / "anbk.yaml"
    path.write_text(
        "pack: anbk\nextends: unbk-2017\nvalues:\n  cbtsync_version: {is: '6.0', basis: assumed}\n"
        "  patching_opens: '06:30'\ndata_sets:\n  - {n: 1}\n  - {n: 2}\n"
    )

    facts = procedure_file.read(path)

    assert (facts.pack, facts.cbtsync_version, facts.patching_opens) == ("anbk", "6.0", "06:30")
    assert (facts.data_sets, facts.exambro_version) == (2, "50.170406")


def test_a_pack_may_extend_one_that_lies_beside_it(tmp_path):
    (tmp_path / "base.yaml").write_text(
        "pack: base\nvalues: {cbtsync_version: '7.0'}\ndata_sets: 4\n"
    )
    path = tmp_path / "more.yaml"
    path.write_text("pack: more\nextends: base\n")

    facts = procedure_file.read(path)

    assert (facts.pack, facts.cbtsync_version, facts.data_sets) == ("more", "7.0", 4)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("values: {cbtsync_version: 5.10}", "values.cbtsync_version is 5.1",
                     id="a version without quotes"),
        pytest.param("data_sets: many", "data_sets is 'many'", id="no number of data sets"),
        pytest.param("data_sets: true", "data_sets is True", id="a truth for a number"),
        pytest.param("values: [1]", "values is [1]", id="values that are a list"),
        pytest.param("extends: nowhere", "extends is 'nowhere'", id="a base that is not there"),
        pytest.param("extends: p", "extends is 'p'", id="a pack that extends itself"),
    ],
)  # fmt: skip
def test_a_bad_pack_is_named_with_its_key_and_value(text, named, tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(text)

    with pytest.raises(UsageProblem) as problem:
        procedure_file.read(path)

    assert named in said(problem)
    assert str(path) in said(problem)


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "a: 1\na: 2", "!!python/object:os.x {}"])
def test_a_file_that_is_no_pack_is_refused(text, tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(text)

    with pytest.raises(UsageProblem) as problem:
        procedure_file.read(path)

    assert problem.value.reason.key == "usage.procedure_unreadable"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageProblem) as problem:
        procedure_file.read(tmp_path / "none.yaml")

    assert "none.yaml" in said(problem)


# --- YAML ----------------------------------------------------------------------------------------


def test_yaml_means_what_scenario_files_mean(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(
        "on: sync.start\nno: yes\ntime: 10:30\nat: 2017-04-08T07:40:00+07:00\ntrue_: true\n"
        "count: 12\nneg: -3\nhalf: 0.5\nnothing:\ntilde: ~\noctal: 010\nhex: 0x1F\npart: 60%\n"
    )

    assert read_mapping(path) == {
        "on": "sync.start",
        "no": "yes",
        "time": "10:30",
        "at": "2017-04-08T07:40:00+07:00",
        "true_": True,
        "count": 12,
        "neg": -3,
        "half": 0.5,
        "nothing": None,
        "tilde": None,
        "octal": "010",
        "hex": "0x1F",
        "part": "60%",
    }


def test_a_key_that_stands_twice_is_an_error_with_its_line(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\nb: 2\na: 3\n")

    with pytest.raises(ValueError, match=r"'a' stands twice.*line 3"):
        read_mapping(path)


def test_bytes_that_are_no_text_are_an_error(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_bytes(b"a: \xff\xfe")

    with pytest.raises(ValueError, match="UTF-8"):
        read_mapping(path)


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        "http://h:8080/r/abc/",
        "http://h:8080/r/abc",
        " http://h:8080/r/abc/desk ",
        "http://h:8080/r/abc/api/desk?x=1#y",
    ],
)
def test_the_address_of_any_page_of_a_rehearsal_will_do(pasted):
    assert addresses.base_url(pasted) == "http://h:8080/r/abc/"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://h/cbtsync", "http://h/cbtsync/"),
        ("https://h", "https://h/"),
        ("http://h/x/api", "http://h/x/"),
    ],
)
def test_a_real_server_may_live_elsewhere(url, base):
    assert addresses.base_url(url) == base


@pytest.mark.parametrize(
    "url", ["", "abc", "ftp://h/r/x", "http://", "http://h:port/", "http://a b/", "file:///r/x"]
)
def test_what_is_no_address_is_named(url):
    with pytest.raises(UsageProblem) as problem:
        addresses.base_url(url)

    assert problem.value.reason.fields == {"url": url}


# --- folders -------------------------------------------------------------------------------------


@freeze_time("2031-05-06 07:08:09")
def test_a_new_run_gets_a_folder_named_by_this_computers_clock():
    now = RealTime().now()

    assert folders.folder_for(None, URL, resume=False, now=now) == Path(
        "cbtsync-run-20310506-070809"
    )


def test_the_folder_that_was_asked_for_is_used(tmp_path):
    assert folders.folder_for(tmp_path, URL, resume=True, now=datetime.now(UTC)) == tmp_path


def journal_in(folder, url=URL):
    folder.mkdir()
    kept = Journal(folder / journal.NAME, durable=False)
    kept.note(Run(url=url, real="x", resumed=False))
    kept.close()


def test_the_newest_run_of_this_address_is_gone_on_with(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    journal_in(Path("cbtsync-run-1"))
    journal_in(Path("cbtsync-run-2"))
    journal_in(Path("cbtsync-run-3"), url="http://other/")
    Path("cbtsync-run-4").mkdir()

    found = folders.folder_for(None, URL, resume=True, now=datetime.now(UTC))

    assert found == Path("cbtsync-run-2")


def test_without_a_run_to_go_on_with_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageProblem) as problem:
        folders.folder_for(None, URL, resume=True, now=datetime.now(UTC))

    assert problem.value.reason.key == "usage.no_journal"


def test_a_journal_is_never_overwritten(tmp_path):
    journal_in(tmp_path / "run")

    with pytest.raises(UsageProblem) as problem:
        folders.past_of(tmp_path / "run", URL, resume=False)

    assert "--resume" in said(problem)


def test_a_folder_without_a_journal_cannot_be_resumed(tmp_path):
    with pytest.raises(UsageProblem) as problem:
        folders.past_of(tmp_path, URL, resume=True)

    assert problem.value.reason.key == "usage.no_journal"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(UsageProblem) as problem:
        folders.prepare(tmp_path / "file" / "run")

    assert str(tmp_path / "file" / "run") in said(problem)
