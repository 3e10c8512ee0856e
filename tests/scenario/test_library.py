"""The library: scenarios by name or path, one's own too; and what the shipped ones say."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mock_server.faults.catalogue import KINDS
from mock_server.procedure.roles import ENGLISH
from mock_server.scenario.fault_lines import specs
from mock_server.scenario.library import Entry, Library, UnknownScenarioError
from mock_server.scenario.lint import examine
from mock_server.scenario.model import Level
from mock_server.scenario.problems import ScenarioError
from tests.scenario.documents import as_yaml, minimal

NAMES = sorted(Library().paths())
EVERY_STORY = {
    "already-synced", "answers-often-lost", "backup-fails-once", "backup-file-damaged",
    "backup-never-works", "backup-without-end-or-link", "before-0745", "blank-after-hapus",
    "blank-after-submit", "busy-after-backup", "busy-after-start-sync", "central-unreachable",
    "dashboard-closed", "dashboard-closed-all-day", "every-command-twice", "every-look-spoiled",
    "exam-jayapura", "exam-saturday", "first-day", "fourth-day-of-trying", "half-done-by-colleague",
    "hapus-after-the-sync", "hapus-cannot-be-seen", "hapus-comes-late", "hapus-leaves-rows",
    "hapus-stands-still", "headmaster-says-delete",
    "id-never-accepted", "laptop-by-mistake", "last-exams-machine", "licence-not-valid",
    "logged-out-when-line-drops", "new-empty-server", "normal", "old-exambro", "partial-sync",
    "participant-listed-twice", "participants-missing", "patch-fails-once",
    "patch-fails-until-service-restart", "patched-but-old-version", "patching-never-works",
    "patching-stands-still", "service-down-at-start", "service-will-not-start",
    "short-but-green", "sn-mismatch", "standby-past-the-slot", "sync-halts-with-service",
    "sync-stalls", "synced-on-own-laptop", "tests-missing", "two-id-slips", "weak-line",
    "what-hapus-costs", "window-closes-during-sync", "wit-school", "wita-school",
    "worked-example", "wrong-id-typed",
}  # fmt: skip

each_story = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one scenario of one's own, ``story``."""
    (tmp_path / "story.yaml").write_text(as_yaml(minimal()), encoding="utf-8")
    return tmp_path


# --- finding -------------------------------------------------------------------------------------


def test_a_shipped_scenario_is_found_by_its_id() -> None:
    assert Library().find("partial-sync").scenario.id == "partial-sync"


def test_any_yaml_file_is_found_by_its_path(own: Path) -> None:
    assert Library().find(str(own / "story.yaml")).scenario.id == "story"


def test_a_path_without_a_folder_is_one_by_its_ending(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)

    assert Library().find("story.yaml").path == Path("story.yaml")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("partial-synk", "did you mean 'partial-sync'?"),
        ("zzz", "known are already-synced, answers-often-lost"),
        ("nowhere/partial-sync.yaml", "there is no scenario file 'nowhere/partial-sync.yaml'"),
        ("../scenarios", "there is no scenario file"),
        ("", "there is no scenario ''"),
    ],
)
def test_what_is_not_there_is_answered_with_the_nearest(wanted: str, said: str) -> None:
    with pytest.raises(UnknownScenarioError, match=re.escape(said)):
        Library().find(wanted)


def test_a_folder_of_ones_own_adds_scenarios(own: Path) -> None:
    ids = list(Library(own).paths())

    assert set(ids) == {*NAMES, "story"}
    assert ids == sorted(ids)
    assert Library(own).find("story").path == own / "story.yaml"


def test_a_scenario_of_ones_own_replaces_the_shipped_one_of_its_name(own: Path) -> None:
    document = minimal(id="normal", title={"id": "Milik saya", "en": "My own"})
    (own / "normal.yaml").write_text(as_yaml(document), encoding="utf-8")

    assert Library(own).find("normal").scenario.title.en == "My own"
    assert len(Library(own).paths()) == len(NAMES) + 1


def test_a_file_may_be_edited_while_the_library_is_open(own: Path) -> None:
    library = Library(own)
    library.find("story")
    (own / "story.yaml").write_text(as_yaml(minimal(seed=99)), encoding="utf-8")

    assert library.find("story").scenario.seed == 99


def test_a_broken_file_is_told_only_when_it_is_wanted(own: Path) -> None:
    (own / "broken.yaml").write_text("id: broken\n", encoding="utf-8")

    assert Library(own).find("normal").scenario.id == "normal"
    with pytest.raises(ScenarioError, match="is missing"):
        Library(own).find("broken")


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownScenarioError, match="no folder of scenarios"):
        Library(tmp_path / "nowhere").paths()


# --- the shipped stories -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> tuple[Entry, ...]:
    return Library().all()


def test_every_story_of_the_procedure_is_there() -> None:
    assert set(NAMES) >= EVERY_STORY


@each_story
def test_a_shipped_scenario_has_nothing_wrong_and_nothing_unwise(name: str) -> None:
    assert [str(found) for found in examine(Library().paths()[name])] == []


def test_every_ending_that_a_good_run_has_is_rehearsed(shipped: tuple[Entry, ...]) -> None:
    endings = Counter(one.scenario.expect.ending for one in shipped)

    assert endings["ready"] >= 40
    assert endings["postponed"] >= 1
    assert endings["reported"] >= 8
    assert endings["halted"] >= 1


def test_every_rung_of_the_ladder_has_a_story(shipped: tuple[Entry, ...]) -> None:
    assert {one.scenario.level for one in shipped} == set(Level)


def test_every_fault_of_station_and_answer_strikes_in_some_story(
    shipped: tuple[Entry, ...],
) -> None:
    told = {spec.fault for one in shipped for spec in specs(one.scenario, one.pack)}

    assert told >= {name for name, kind in KINDS.items() if kind.layer != "net"}


@pytest.mark.parametrize("op", ["id.submit", "backup.start", "delete.start", "sync.start"])
def test_a_lost_answer_after_each_act_that_counts_has_a_story(
    shipped: tuple[Entry, ...], op: str
) -> None:
    """A story of its own: one fault, and the command was obeyed all the same."""
    lost = [
        one.scenario.id
        for one in shipped
        if [(spec.on, spec.effect) for spec in specs(one.scenario, one.pack)] == [(op, "applied")]
    ]

    assert lost


def test_every_critical_mistake_is_tempted_to_by_somebody(shipped: tuple[Entry, ...]) -> None:
    tempted = {inject.tempts for one in shipped for inject in one.scenario.injects}

    assert tempted >= {"K1", "K2", "K3", "K4"}


def test_a_good_run_of_a_shipped_scenario_has_no_violation(shipped: tuple[Entry, ...]) -> None:
    assert all(one.scenario.expect.violations == () for one in shipped)


def test_every_step_of_the_procedure_is_taught_by_some_story(shipped: tuple[Entry, ...]) -> None:
    troubled = [one.scenario for one in shipped if one.scenario.level is not Level.GUIDED]

    taught = {step for scenario in troubled for step in scenario.teaches}
    assert taught == set(range(1, 22))


def test_every_story_for_people_has_a_name_that_trainees_may_see(
    shipped: tuple[Entry, ...],
) -> None:
    named = [one.scenario for one in shipped if one.scenario.level is not Level.PROGRAMS]
    aliases = [one.alias.id for one in named if one.alias is not None]

    assert len(aliases) == len(set(aliases)) == len(named)


def test_no_two_stories_share_people(shipped: tuple[Entry, ...]) -> None:
    seeds = [one.scenario.seed for one in shipped]

    assert len(set(seeds)) == len(seeds)


@each_story
def test_the_time_that_a_brief_names_first_is_the_start(name: str) -> None:
    scenario = Library().find(name).scenario
    assert scenario.brief is not None
    at = datetime.fromtimestamp(scenario.start.at_ms / 1000, tz=UTC)
    wall = at.astimezone(ZoneInfo(scenario.start.zone))

    first_id = re.search(r"pukul (\d\d\.\d\d)", scenario.brief.id)
    first_en = re.search(r"(\d\d:\d\d)", scenario.brief.en)

    assert first_id is not None
    assert first_en is not None
    assert first_id[1] == f"{wall:%H.%M}"
    assert first_en[1] == f"{wall:%H:%M}"
    assert f"{wall.day} April {wall.year}" in scenario.brief.en


def test_whoever_speaks_in_a_shipped_story_has_an_english_name_too(
    shipped: tuple[Entry, ...],
) -> None:
    speaking = {inject.sender for one in shipped for inject in one.scenario.injects}

    assert speaking <= set(ENGLISH)
