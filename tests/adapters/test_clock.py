"""The machine's clocks, under freezegun: this is the one place of the server that reads them."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from mock_server.adapters.clock import FixedTime, SystemTime


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be changed here")
def test_the_wall_clock_is_told_in_utc_whatever_zone_the_machine_is_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # freezegun's tz_offset would not do: it moves even the instants that know their zone.
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Jayapura")
        time.tzset()
        before = datetime.now(UTC) - timedelta(milliseconds=1)
        told = datetime.fromisoformat(SystemTime().iso_utc())
    time.tzset()

    assert before <= told <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        pytest.param("2017-04-08T00:45:00Z", "2017-04-08T00:45:00.000Z", id="a whole second"),
        pytest.param("2017-04-08T00:45:00.999999Z", "2017-04-08T00:45:00.999Z", id="cut, not up"),
        pytest.param("2017-12-31T23:59:59.001Z", "2017-12-31T23:59:59.001Z", id="end of a year"),
    ],
)
def test_the_wall_clock_is_told_to_the_millisecond(moment: str, told: str) -> None:
    with freeze_time(moment):
        assert SystemTime().iso_utc() == told


def test_the_monotonic_clock_counts_milliseconds() -> None:
    with freeze_time("2017-04-08T00:45:00Z") as frozen:
        before = SystemTime().monotonic_ms()
        frozen.tick(timedelta(seconds=90))
        assert SystemTime().monotonic_ms() - before == 90_000


def test_the_monotonic_clock_moves_by_itself() -> None:
    before = SystemTime().monotonic_ms()
    time.sleep(0.003)

    assert SystemTime().monotonic_ms() > before


def test_a_fixed_time_stands_still() -> None:
    fixed = FixedTime("2017-04-08T07:45:00+07:00", monotonic_ms=5)

    with freeze_time("2030-01-01"):
        assert fixed.iso_utc() == "2017-04-08T00:45:00.000Z"
        assert fixed.monotonic_ms() == 5


def test_a_fixed_time_moves_when_told() -> None:
    fixed = FixedTime("2017-04-08T00:45:00Z")

    fixed.advance(61_500)

    assert fixed.iso_utc() == "2017-04-08T00:46:01.500Z"
    assert fixed.monotonic_ms() == 61_500


def test_a_fixed_time_never_goes_back() -> None:
    with pytest.raises(ValueError, match="forward only: -1 ms"):
        FixedTime("2017-04-08T00:45:00Z").advance(-1)


def test_a_fixed_time_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        FixedTime("2017-04-08T00:45:00")
