"""Loading a scenario: what is refused, all of it at once, and that the refusal helps."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.quantities import MINUTE_MS
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.loader import load, load_document
from mock_server.scenario.model import Scenario, ZoneName
from mock_server.scenario.packs import load_pack
from mock_server.scenario.problems import ScenarioError
from tests.scenario.documents import START, as_yaml, minimal


def problems_of(document: dict[str, Any]) -> dict[str, str]:
    """What is said about each key path (as a JSON Pointer); empty if it loads."""
    try:
        load_document(document)
    except ScenarioError as error:
        return {
            problem.pointer: f"{problem.problem}; {problem.allowed}" for problem in error.problems
        }
    return {}


def written(folder: Path, text: str, name: str = "story.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- files ---------------------------------------------------------------------------------------


def test_a_file_and_the_same_document_as_json_load_alike(tmp_path: Path) -> None:
    document = minimal(
        faults=[{"fault": "sync.drops", "with": {"data": 7, "at": "60%"}}],
        injects=[{"at": "+12m", "from": "Rekan", "say": {"id": "Halo", "en": "Hello"}}],
    )

    assert load(written(tmp_path, as_yaml(document))) == load_document(document)


def test_an_error_names_file_line_key_what_is_wrong_and_what_is_allowed(tmp_path: Path) -> None:
    path = written(tmp_path, as_yaml(minimal(school={"participants": 0})))

    with pytest.raises(ScenarioError) as caught:
        load(path)

    line = path.read_text(encoding="utf-8").splitlines().index("  participants: 0") + 1
    assert str(caught.value) == (
        f"{path}:{line}: school.participants: 0 is out of bounds; allowed: 1 to 500"
    )


def test_everything_that_is_wrong_is_said_at_once_and_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    document = minimal(
        procedur="unbk-2017",
        seed="1",
        start={"at": "2017-04-08T07:40:00", "zone": "Asia/Tokyo"},
        teaches=[0, True],
        clock={"speed": 1.5},
    )

    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, as_yaml(document)))

    found = [problem.pointer for problem in caught.value.problems]
    assert sorted(found) == [
        "/clock/speed", "/procedur", "/seed", "/start/at", "/start/zone", "/teaches/0",
        "/teaches/1",
    ]  # fmt: skip
    lines = [problem.line for problem in caught.value.problems]
    assert lines == sorted(lines, key=lambda line: line or 0)
    assert len(str(caught.value).splitlines()) == 7


def test_the_id_is_the_files_name(tmp_path: Path) -> None:
    path = written(tmp_path, as_yaml(minimal()), name="other.yaml")

    with pytest.raises(ScenarioError, match="calls itself 'story', its file 'other'"):
        load(path)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, as_yaml(minimal()) + "seed: 1\nseed: 2\n")

    with pytest.raises(ScenarioError, match="stands here twice"):
        load(path)


def test_a_file_that_is_no_yaml_is_a_scenario_error_too(tmp_path: Path) -> None:
    path = written(tmp_path, "title: [unclosed\n")

    with pytest.raises(ScenarioError, match="cannot be read as YAML"):
        load(path)


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "True", "FALSE"])
def test_only_true_and_false_are_truths(tmp_path: Path, word: str) -> None:
    path = written(tmp_path, as_yaml(minimal()) + f"school: {{old_data: {word}}}\n")

    with pytest.raises(ScenarioError, match="allowed: true or false"):
        load(path)


def test_a_pack_of_ones_own_stands_in_procedures_beside_the_scenario(tmp_path: Path) -> None:
    own = tmp_path / "procedures"
    own.mkdir()
    pack = Path(__file__).parents[1] / "procedure" / "packs" / "tiny-7.yaml"
    written(own, pack.read_text(encoding="utf-8"), "tiny-7.yaml")
    path = written(tmp_path, as_yaml(minimal(procedure="tiny-7")))

    assert load(path).procedure == "tiny-7"
    with pytest.raises(ScenarioError, match="no procedure pack 'tiny-7'"):
        load_document(minimal(procedure="tiny-7"))


# --- keys ----------------------------------------------------------------------------------------


def test_an_unknown_key_is_refused_with_the_nearest_one_and_all_allowed() -> None:
    said = problems_of(minimal(start={"at": START, "conditon": "patched"}))

    assert said == {
        "/start/conditon": "this key is not known (did you mean 'condition'?); "
        "allowed: at, condition, zone"
    }


@pytest.mark.parametrize("key", ["schema", "id", "title", "start", "expect"])
def test_a_required_key_that_is_missing_is_named(key: str) -> None:
    document = minimal()
    del document[key]

    assert "is missing" in problems_of(document)[f"/{key}"]


@pytest.mark.parametrize(
    ("changes", "pointer", "allowed"),
    [
        ({"level": "L6"}, "/level", "P0, L0, L1, L2a, L2b, L3, L4, L5, R, CI"),
        ({"basis": "rumoured"}, "/basis", "documented, reported, assumed"),
        ({"schema": "cbtsync-scenario/2"}, "/schema", "cbtsync-scenario/1"),
        ({"expect": {"ending": "done"}}, "/expect/ending", "ready"),
        ({"start": {"at": START, "zone": "Asia/Tokyo"}}, "/start/zone", "Asia/Jayapura"),
        ({"start": {"at": START, "condition": "boot"}}, "/start/condition", "fresh-boot"),
        ({"school": {"participants": 501}}, "/school/participants", "1 to 500"),
        ({"school": {"servers": 21}}, "/school/servers", "1 to 20"),
        ({"clock": {"speed": 0}}, "/clock/speed", "1 to 1000"),
        ({"seed": -1}, "/seed", "0 to 4294967295"),
        ({"seed": True}, "/seed", "a whole number"),
        ({"school": {"old_data": 1}}, "/school/old_data", "true or false"),
        ({"backup_size": "65MiB"}, "/backup_size", "1KiB to 64MiB"),
        ({"backup_size": 5}, "/backup_size", "5MiB"),
        ({"durations": {"sync": "25h"}}, "/durations/sync", "1s to 24h"),
        ({"durations": {"sync": "999ms"}}, "/durations/sync", "1s to 24h"),
        ({"durations": {"sync": 30}}, "/durations/sync", "90s, 2m or 1h"),
        ({"teaches": [22]}, "/teaches/0", "1 to 21"),
        ({"teaches": [0]}, "/teaches/0", "1 to 99"),
        ({"teaches": [18, 18]}, "/teaches/1", "each one once"),
        ({"teaches": 18}, "/teaches", "a list"),
        ({"title": {"id": "Ya", "en": " "}}, "/title/en", "write it"),
        ({"title": {"id": "Ya", "en": 5}}, "/title/en", "quotes make a text"),
        ({"title": "Ya"}, "/title", "a mapping"),
        ({"id": "Story One"}, "/id", "matches"),
        ({"id": "story\n"}, "/id", "matches"),
        ({"expect": {"ending": "ready", "within": "30s"}}, "/expect/within", "1m to 168h"),
        ({"expect": {"ending": "ready", "violations": ["K"]}}, "/expect/violations/0", "matches"),
        ({"room": {"machines": []}}, "/room/machines", "1 to 2"),
        ({"room": {"exambro": ["latest"]}}, "/room/exambro/0", "matches"),
    ],
)  # fmt: skip
def test_a_value_out_of_its_bounds_is_refused_with_what_is_allowed(
    changes: dict[str, Any], pointer: str, allowed: str
) -> None:
    said = problems_of(minimal(**changes))

    assert list(said) == [pointer]
    assert allowed in said[pointer]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2017-04-08T07:40:00", "does not say in which zone"),
        ("2017-04-08", "is no instant"),
        ("2017-02-30T07:40:00+07:00", "does not exist"),
        ("1999-04-08T07:40:00+07:00", "out of bounds"),
        ("2100-04-08T07:40:00+07:00", "out of bounds"),
        ("07:40", "is no instant"),
        (20170408, "is no instant"),
    ],
)
def test_an_instant_needs_a_date_a_time_and_its_zone(at: object, said: str) -> None:
    assert said in problems_of(minimal(start={"at": at}))["/start/at"]


def test_the_same_instant_may_be_written_in_any_zone() -> None:
    jakarta = load_document(minimal(start={"at": "2017-04-08T07:40:00+07:00"}))
    makassar = load_document(minimal(start={"at": "2017-04-08T08:40:00+08:00"}))
    zulu = load_document(minimal(start={"at": "2017-04-08T00:40:00Z"}))

    assert jakarta.start.at_ms == makassar.start.at_ms == zulu.start.at_ms


# --- what must hold between keys -----------------------------------------------------------------


@pytest.mark.parametrize("closes", [START, "2017-04-08T07:00:00+07:00"])
def test_a_window_closes_after_it_opens(closes: str) -> None:
    said = problems_of(minimal(window={"opens": START, "closes": closes}))

    assert list(said) == ["/window/closes"]


@pytest.mark.parametrize(
    ("room", "pointer"),
    [
        ({"machines": ["laptop"]}, "/room/machines"),
        ({"machines": ["exam-server", "exam-server"]}, "/room/machines/1"),
        ({"exambro": ["50.170406", "50.170406"]}, "/room/exambro/1"),
        ({"id_slips": 2}, "/room/id_slips"),
    ],
)
def test_a_room_has_an_exam_server_and_nothing_twice(room: dict[str, Any], pointer: str) -> None:
    assert list(problems_of(minimal(room=room))) == [pointer]


def test_injects_stand_in_the_order_of_their_times() -> None:
    say = {"id": "Halo", "en": "Hello"}
    late, early = ({"at": at, "from": "Rekan", "say": say} for at in ("+12m", "+3m"))

    assert list(problems_of(minimal(injects=[late, early]))) == ["/injects/1/at"]
    assert problems_of(minimal(injects=[early, late])) == {}


def test_no_more_data_sets_are_expected_than_the_pack_has() -> None:
    expect = {"ending": "ready", "truth": {"datasets_complete": 10}}

    assert "0 to 9" in problems_of(minimal(expect=expect))["/expect/truth/datasets_complete"]


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    assert "unbk-2017" in problems_of(minimal(procedure="anbk-2099"))["/procedure"]


# --- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"fault": "sync.drop"}, "/faults/0/fault"),
        ({"fault": "sync.drops", "with": {"data": 10}}, "/faults/0/with/data"),
        ({"fault": "sync.drops", "on": "sync.start"}, "/faults/0/on"),
        ({"fault": "http.status"}, "/faults/0/on"),
        ({"fault": "http.status", "on": "sync.begin"}, "/faults/0/on"),
        ({"fault": "backup.fails", "when": {"chance": 1}}, "/faults/0/when/chance"),
        ({"fault": "backup.fails", "effect": "applied"}, "/faults/0/effect"),
        ({"fault": "backup.fails", "id": "not good"}, "/faults/0/id"),
        ({"fault": "backup.fails", "fails": 1}, "/faults/0/fails"),
        ({}, "/faults/0/fault"),
    ],
)
def test_a_fault_that_cannot_be_armed_is_refused_at_its_own_key(
    fault: dict[str, Any], pointer: str
) -> None:
    assert list(problems_of(minimal(faults=[fault]))) == [pointer]


def test_two_faults_have_two_names_given_or_by_place() -> None:
    faults = [{"fault": "backup.fails"}, {"fault": "backup.slow", "id": "f1"}]

    assert list(problems_of(minimal(faults=faults))) == ["/faults/1/id"]


def test_all_broken_faults_and_rules_are_told_together() -> None:
    document = minimal(
        window={"opens": START, "closes": START},
        faults=[{"fault": "sync.drop"}, {"fault": "backup.fails"}, {"fault": "net.nothing"}],
    )

    assert set(problems_of(document)) == {"/window/closes", "/faults/0/fault", "/faults/2/fault"}


def test_chance_exists_in_a_storm_only_and_never_strikes_a_condition() -> None:
    storm = {"seed": 7, "p": 0.05, "faults": [{"fault": "backup.fails"}]}
    condition = storm | {"faults": [{"fault": "central.closed"}]}

    assert problems_of(minimal(storm=storm)) == {}
    assert list(problems_of(minimal(storm=condition))) == ["/storm/faults/0/fault"]


@pytest.mark.parametrize("p", [0, -0.1, 1.5, float("nan"), "0.1", True])
def test_the_chance_of_a_storm_is_above_nought_and_one_at_most(p: object) -> None:
    storm = {"seed": 7, "p": p, "faults": [{"fault": "backup.fails"}]}

    assert list(problems_of(minimal(storm=storm))) == ["/storm/p"]


# --- whatever comes ------------------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(key=st.sampled_from(Scenario.__struct_encode_fields__), value=anything)
def test_whatever_a_key_holds_it_loads_or_tells_what_is_wrong(key: str, value: object) -> None:
    with suppress(ScenarioError):
        assert isinstance(load_document(minimal(**{key: value})), Scenario)


@given(minutes=st.integers(min_value=1, max_value=24 * 60))
def test_a_length_is_read_as_it_is_written(minutes: int) -> None:
    loaded = load_document(minimal(durations={"sync": f"{minutes}m"}))

    assert loaded.durations.sync_ms == minutes * MINUTE_MS


@pytest.mark.parametrize("zone", get_args(ZoneName))
def test_every_zone_that_may_be_written_is_one_of_the_packs_own(zone: str) -> None:
    scenario = load_document(minimal(start={"at": START, "zone": zone}))

    found = load_pack(scenario.procedure).zone_at(scenario.start.zone)
    assert found is not None
    offset = datetime.fromisoformat(START).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset == timedelta(minutes=found.utc_offset_minutes)


def test_a_zone_that_the_pack_does_not_know_is_refused_with_those_it_knows() -> None:
    def without_the_east(name: str) -> ProcedurePack:
        pack = load_pack(name)
        return msgspec.structs.replace(pack, zones=pack.zones[:1])

    with pytest.raises(ScenarioError) as raised:
        load_document(minimal(start={"at": START, "zone": "Asia/Jayapura"}), without_the_east)

    [problem] = raised.value.problems
    assert problem.pointer == "/start/zone"
    assert "Asia/Jayapura" in problem.problem
    assert problem.allowed == "allowed: Asia/Jakarta, Asia/Pontianak"
