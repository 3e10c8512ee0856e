"""The catalogue: every fault of the design is in it, described, worded and usable as it stands."""

from pathlib import Path

import pytest
import yaml

from mock_server.domain.operations import CHANGING, Operation
from mock_server.faults import catalogue, params
from mock_server.faults.catalogue import CARRIED_OUT, KINDS, describe
from mock_server.faults.errors import FaultError
from mock_server.faults.kind import SpoilsAnswer
from tests.faults.rehearsing import spec

TEXTS = Path(__file__).parents[2] / "scenarios" / "procedures" / "texts" / "faults.yaml"
DOMAIN = [
    "patch.fails", "patch.stalls", "patch.claims-success", "service.stopped",
    "service.dies", "service.start-fails", "id.unknown", "id.bound-elsewhere",
    "central.closed", "central.unreachable", "central.slow", "licence.invalid",
    "backup.fails", "backup.slow", "backup.corrupt", "backup.link-missing",
    "delete.stalls", "delete.partial", "sync.stalls", "sync.drops",
    "sync.short", "sync.slow", "participants.missing", "participants.duplicate",
    "tests.missing", "cbtsync.crashes",
]  # fmt: skip
HTTP = [
    "http.status", "http.slow", "http.dribble", "http.truncate",
    "http.malformed", "http.html-for-json", "http.empty",
]  # fmt: skip
NET = [
    "net.late", "net.twice", "net.reset", "net.hangup",
    "net.garbage", "net.bad-chunk", "net.half-header", "net.hang",
    "net.refused",
]  # fmt: skip
CONDITIONS = {
    "service.stopped", "id.bound-elsewhere", "licence.invalid",
    "central.closed", "central.unreachable", "central.slow",
}  # fmt: skip

each_kind = pytest.mark.parametrize("name", KINDS)


def test_it_holds_every_fault_and_no_other() -> None:
    assert set(KINDS) == {*DOMAIN, *HTTP, *NET}


@each_kind
def test_a_fault_stands_under_its_own_name(name: str) -> None:
    assert KINDS[name].name == name


@pytest.mark.parametrize(
    ("names", "layer"), [(DOMAIN, "domain"), (HTTP, "http"), (NET, "net")], ids=["d", "h", "n"]
)
def test_a_fault_belongs_to_one_layer(names: list[str], layer: str) -> None:
    assert {KINDS[name].layer for name in names} == {layer}


def test_conditions_strike_at_their_arming_and_all_others_a_request() -> None:
    assert {name for name, kind in KINDS.items() if kind.is_condition} == CONDITIONS


def test_this_build_carries_out_all_but_refused_connections() -> None:
    assert set(KINDS) - CARRIED_OUT == {"net.refused"}


def test_what_is_not_carried_out_says_what_it_lacks_and_nothing_else_does() -> None:
    assert {name for name, kind in KINDS.items() if kind.lacks} == set(KINDS) - CARRIED_OUT


def test_every_fault_has_a_text_and_every_text_a_fault() -> None:
    texts = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))["faults"]
    named = [text["fault"] for text in texts]

    assert sorted(named) == sorted(KINDS)
    assert all({"title", "cue", "act", "over", "worse"} <= set(text) for text in texts)


@each_kind
def test_a_fault_can_be_armed_with_nothing_said_but_its_operation(name: str) -> None:
    on = "delete.start" if isinstance(KINDS[name].act, SpoilsAnswer) else None

    made = spec(name, on=on)

    assert made.effect == describe(KINDS[name]).effects[0]
    assert made.when.times == describe(KINDS[name]).times
    assert catalogue.params_of(made) == KINDS[name].params()


@each_kind
def test_what_the_catalogue_shows_as_defaults_can_be_written_back(name: str) -> None:
    kind = KINDS[name]
    shown = {param.key: param.default for param in describe(kind).params}

    assert params.read(kind.params, shown, data_sets=9) == kind.params()
    assert params.written(kind.params()) == shown


def test_the_defaults_are_those_of_the_table() -> None:
    shown = {
        name: {param.key: param.default for param in describe(kind).params}
        for name, kind in KINDS.items()
    }

    assert {name: with_ for name, with_ in shown.items() if with_} == {
        "patch.fails": {"reason": "service-stopped", "at": "40%"},
        "patch.stalls": {"at": "50%"},
        "service.dies": {"during": "patch", "at": "50%"},
        "id.bound-elsewhere": {"after": "15m"},
        "central.slow": {"factor": 4},
        "backup.fails": {"at": "50%"},
        "backup.slow": {"factor": 4},
        "backup.corrupt": {"bytes": 1},
        "delete.stalls": {"at": "50%"},
        "delete.partial": {"left": 12},
        "sync.stalls": {"data": 5, "at": "50%"},
        "sync.drops": {"data": 5, "at": "50%"},
        "sync.short": {"data": 3, "missing": 4},
        "sync.slow": {"factor": 4, "data": [5, 6]},
        "participants.missing": {"count": 3},
        "participants.duplicate": {"count": 1},
        "cbtsync.crashes": {"during": "sync", "at": "50%"},
        "http.status": {"status": 503, "retry_after": None},
        "http.slow": {"delay": "2s"},
        "http.dribble": {"chunk": 64, "delay": "50ms"},
        "http.truncate": {"at": "50%"},
        "net.late": {"by": "10m"},
        "net.reset": {"point": "after"},
        "net.hangup": {"point": "after"},
        "net.garbage": {"point": "after"},
        "net.bad-chunk": {"point": "after"},
        "net.half-header": {"point": "after"},
        "net.hang": {"point": "after", "for": "5s"},
        "net.refused": {"point": "before"},
    }


@pytest.mark.parametrize(
    ("name", "struck"),
    [
        ("patch.stalls", ("patch.start",)),
        ("service.start-fails", ("service.start",)),
        ("id.unknown", ("id.submit",)),
        ("backup.corrupt", ("backup.start",)),
        ("delete.partial", ("delete.start",)),
        ("sync.short", ("sync.start",)),
        ("tests.missing", ("sync.start",)),
        ("service.dies", ("patch.start", "backup.start", "delete.start", "sync.start")),
        ("cbtsync.crashes", ("sync.start", "backup.start", "delete.start", "patch.start")),
        ("licence.invalid", ()),
        ("http.empty", tuple(sorted(op.value for op in Operation))),
        ("net.late", tuple(sorted(op.value for op in CHANGING))),
    ],
)
def test_a_fault_names_what_it_can_strike(name: str, struck: tuple[str, ...]) -> None:
    report = describe(KINDS[name])

    assert report.on == struck
    assert report.needs_on == name.startswith(("http.", "net."))


def test_an_unknown_fault_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(FaultError) as refused:
        catalogue.find("sync.drop")

    assert refused.value.key_path == "fault"
    assert "sync.drops" in refused.value.problem
    assert "backup.fails" in refused.value.allowed
