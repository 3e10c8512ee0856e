"""The scenario's model: what holds for whatever a file does not say."""

import msgspec
import pytest

from mock_server.domain.clock import ClockMode
from mock_server.domain.setup import Condition
from mock_server.procedure.texts import Basis
from mock_server.scenario.loader import load_document
from mock_server.scenario.model import Level, Scenario, TruthPart
from mock_server.scenario.packs import load_pack
from mock_server.scenario.prepare import prepare
from tests.scenario.casting import cast_for
from tests.scenario.documents import minimal


@pytest.fixture
def silent() -> Scenario:
    """A scenario that says no more than it must."""
    return load_document(minimal())


def test_a_file_needs_to_say_only_what_it_is_how_it_begins_and_how_it_ends(
    silent: Scenario,
) -> None:
    assert (silent.id, silent.expect.ending) == ("story", "ready")


def test_what_a_file_does_not_say_has_the_documented_default(silent: Scenario) -> None:
    assert silent.procedure == "unbk-2017"
    assert silent.start.condition is Condition.FRESH_BOOT
    assert silent.start.zone == "Asia/Jakarta"
    assert (silent.school.servers, silent.school.participants) == (1, 36)
    assert silent.school.old_data
    assert (silent.clock.mode, silent.clock.speed) == (ClockMode.RUNNING, 10)
    assert silent.seed == 1
    assert (silent.level, silent.basis) == (Level.PROGRAMS, Basis.ASSUMED)
    assert silent.room.machines == ("exam-server", "laptop")
    assert silent.room.id_slips == 1
    assert silent.brief is None
    assert silent.storm is None
    assert (silent.teaches, silent.faults, silent.injects, silent.debrief) == ((), (), (), ())


def test_what_is_expected_is_nothing_but_the_ending_and_no_violations(silent: Scenario) -> None:
    assert silent.expect.violations == ()
    assert silent.expect.truth == TruthPart()
    assert silent.expect.within_ms is None


def test_lengths_sizes_window_and_version_default_to_those_of_the_pack(silent: Scenario) -> None:
    setup = prepare(silent, load_pack("unbk-2017"), cast_for(silent)).setup

    minute_ms = 60_000
    assert setup.durations.patch_ms == 1.5 * minute_ms
    assert setup.durations.service_start_ms == 8_000
    assert setup.durations.backup_ms == 2 * minute_ms
    assert setup.durations.delete_ms == 40_000
    assert setup.durations.sync_ms == 30 * minute_ms
    assert setup.backup_bytes == 5 * 1024 * 1024
    assert setup.machines[0].exambro == ("50.170406",)
    opens_ms, closes_ms = setup.servers[0].opens_ms, setup.servers[0].closes_ms
    assert (opens_ms - setup.start_ms, closes_ms - opens_ms) == (20 * minute_ms, 540 * minute_ms)


def test_a_scenario_cannot_be_changed_once_it_is_loaded(silent: Scenario) -> None:
    with pytest.raises(AttributeError):
        silent.seed = 2  # type: ignore[misc]


def test_every_part_of_the_model_refuses_unknown_keys() -> None:
    parts = [part for part in _structs(msgspec.inspect.type_info(Scenario)) if part is not None]

    assert len(parts) >= 15
    assert all(part.forbid_unknown_fields for part in parts)


def _structs(kind: msgspec.inspect.Type) -> list[msgspec.inspect.StructType]:
    found: list[msgspec.inspect.StructType] = []
    if isinstance(kind, msgspec.inspect.StructType):
        found = [kind]
        for field in kind.fields:
            found += _structs(field.type)
    elif isinstance(kind, msgspec.inspect.Metadata):
        found = _structs(kind.type)
    elif isinstance(kind, msgspec.inspect.VarTupleType):
        found = _structs(kind.item_type)
    elif isinstance(kind, msgspec.inspect.UnionType):
        found = [struct for one in kind.types for struct in _structs(one)]
    return found
