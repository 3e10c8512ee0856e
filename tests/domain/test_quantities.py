"""Quantities: what people may write in files, and how they are told what they may."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.quantities import (
    DURATION_MAX_MS,
    SIZE_MAX_BYTES,
    QuantityError,
    format_duration,
    format_size,
    parse_duration_ms,
    parse_instant_ms,
    parse_offset_ms,
    parse_percent,
    parse_size_bytes,
)


@pytest.mark.parametrize(
    ("written", "duration_ms"),
    [("250ms", 250), ("90s", 90_000), ("2m", 120_000), ("1h", 3_600_000), ("0s", 0)],
)
def test_a_duration_is_a_whole_number_with_its_unit(written: str, duration_ms: int) -> None:
    assert parse_duration_ms(written) == duration_ms


@pytest.mark.parametrize(
    "written",
    ["90", "s", "", "1.5m", "-5s", "+5s", "1h30m", "90 s", "90S", "5d", "٣s", "1e3s", 90, 1.5, None,
     True, ["90s"], "9" * 11 + "s", "90s\n"],
    ids=repr,
)  # fmt: skip
def test_anything_else_is_no_duration_and_the_error_says_how_to_write_one(written: object) -> None:
    with pytest.raises(QuantityError, match="90s") as raised:
        parse_duration_ms(written)

    assert raised.value.allowed


def test_an_error_names_the_unit_that_is_not_known() -> None:
    with pytest.raises(QuantityError, match="5d has the unknown unit 'd'"):
        parse_duration_ms("5d")


def test_a_long_wrong_value_is_not_repeated_whole() -> None:
    with pytest.raises(QuantityError) as raised:
        parse_duration_ms("x" * 10_000)

    assert len(str(raised.value)) < 200


def test_a_duration_keeps_its_bounds_and_both_of_them_are_allowed() -> None:
    assert parse_duration_ms("2s", min_ms=2_000, max_ms=4_000) == 2_000
    assert parse_duration_ms("4s", min_ms=2_000, max_ms=4_000) == 4_000
    for outside in ("1999ms", "4001ms"):
        with pytest.raises(QuantityError, match="2s to 4s"):
            parse_duration_ms(outside, min_ms=2_000, max_ms=4_000)


def test_no_duration_is_longer_than_a_week() -> None:
    assert parse_duration_ms("168h") == DURATION_MAX_MS
    with pytest.raises(QuantityError, match="0s to 168h"):
        parse_duration_ms("169h")


@pytest.mark.parametrize(
    ("written", "offset_ms"), [("+0s", 0), ("+12m", 720_000), ("+1h", 3_600_000)]
)
def test_an_offset_is_a_duration_after_the_start(written: str, offset_ms: int) -> None:
    assert parse_offset_ms(written) == offset_ms


@pytest.mark.parametrize("written", ["12m", "-12m", "+12", "+", "++1s", "", 12, None], ids=repr)
def test_an_offset_without_its_plus_or_unit_is_refused(written: object) -> None:
    with pytest.raises(QuantityError, match=r"\+12m"):
        parse_offset_ms(written)


def test_an_offset_beyond_its_bound_is_refused() -> None:
    with pytest.raises(QuantityError, match=r"\+0s to \+2h"):
        parse_offset_ms("+3h", max_ms=7_200_000)


@pytest.mark.parametrize(
    ("written", "permille"),
    [("0%", 0), ("60%", 600), ("62.5%", 625), ("100%", 1000), ("100.0%", 1000)],
)
def test_a_part_is_read_as_permille(written: str, permille: int) -> None:
    assert parse_percent(written) == permille


@pytest.mark.parametrize(
    "written", ["60", "0.6", "101%", "100.1%", "-1%", "62.55%", "%", "6 %", 60, 0.6, None], ids=repr
)
def test_what_is_no_part_of_a_whole_is_refused(written: object) -> None:
    with pytest.raises(QuantityError, match="0% to 100%"):
        parse_percent(written)


@pytest.mark.parametrize(
    ("written", "size_bytes"),
    [("0B", 0), ("512B", 512), ("64KiB", 65_536), ("5MiB", 5_242_880), ("1GiB", SIZE_MAX_BYTES)],
)
def test_a_size_is_read_in_binary_units(written: str, size_bytes: int) -> None:
    assert parse_size_bytes(written) == size_bytes


@pytest.mark.parametrize("written", ["5MB", "5M", "5", 5, "5 MiB", "5mib", "-1B", None], ids=repr)
def test_a_size_in_other_units_is_refused(written: object) -> None:
    with pytest.raises(QuantityError, match="5MiB"):
        parse_size_bytes(written)


def test_a_size_keeps_its_bounds() -> None:
    assert parse_size_bytes("1KiB", min_bytes=1024, max_bytes=2048) == 1024
    for outside in ("1023B", "3KiB"):
        with pytest.raises(QuantityError, match="1KiB to 2KiB"):
            parse_size_bytes(outside, min_bytes=1024, max_bytes=2048)


@pytest.mark.parametrize(
    ("duration_ms", "written"),
    [
        (0, "0s"),
        (250, "250ms"),
        (1_500, "1500ms"),
        (90_000, "90s"),
        (120_000, "2m"),
        (3_600_000, "1h"),
    ],
)
def test_a_duration_is_written_in_its_largest_whole_unit(duration_ms: int, written: str) -> None:
    assert format_duration(duration_ms) == written


@pytest.mark.parametrize(
    "written",
    ["2017-04-08T07:40:00+07:00", "2017-04-08T08:40+08:00", "2017-04-08T00:40:00.000Z"],
)
def test_one_instant_is_the_same_in_every_zone(written: str) -> None:
    assert parse_instant_ms(written) == 1_491_612_000_000


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2017-04-08T07:40:00", "does not say in which zone"),
        ("2017-02-30T07:40:00+07:00", "does not exist"),
        ("0001-01-01T00:00:00+07:00", "does not exist"),
        ("2017-04-08", "is no instant"),
        ("tomorrow", "is no instant"),
        (1_491_612_000, "is no instant"),
        (None, "is no instant"),
    ],
)
def test_an_instant_without_zone_or_sense_is_refused(written: object, words: str) -> None:
    with pytest.raises(QuantityError, match=words):
        parse_instant_ms(written)


@given(st.integers(0, DURATION_MAX_MS))
def test_a_duration_that_is_written_reads_back_as_itself(duration_ms: int) -> None:
    assert parse_duration_ms(format_duration(duration_ms)) == duration_ms


@given(st.integers(0, SIZE_MAX_BYTES))
def test_a_size_that_is_written_reads_back_as_itself(size_bytes: int) -> None:
    assert parse_size_bytes(format_size(size_bytes)) == size_bytes


@pytest.mark.parametrize(
    "parse", [parse_duration_ms, parse_offset_ms, parse_percent, parse_size_bytes]
)
@given(value=st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.integers())))
def test_no_value_brings_a_parser_down(parse: Callable[[object], int], value: object) -> None:
    try:
        parsed = parse(value)
    except QuantityError:
        return
    assert parsed >= 0
