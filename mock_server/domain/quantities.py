"""Durations, offsets, instants, parts and sizes as people write them: ``90s +12m 60% 5MiB``.

Pure. Each parser takes the value as it came out of the file, returns a whole number in the unit
that its name ends in, and raises ``QuantityError`` with what is allowed.
"""

import re
from datetime import UTC, datetime, timedelta

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DURATION_MAX_MS = 168 * HOUR_MS  # a week: longer than any rehearsal's story
PERMILLE_MAX = 1_000
MIB_BYTES = 1024 * 1024
SIZE_MAX_BYTES = 1024 * MIB_BYTES

_DURATION_UNITS = {"ms": 1, "s": SECOND_MS, "m": MINUTE_MS, "h": HOUR_MS}
_SIZE_UNITS = {"B": 1, "KiB": 1024, "MiB": MIB_BYTES, "GiB": 1024 * MIB_BYTES}
# Ten digits suffice for every bound above, and keep int() cheap whatever the file holds.
_NUMBER_UNIT = re.compile(r"([0-9]{1,10})([A-Za-z]+)")
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(?P<zone>Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]))?%")

_DURATION_HINT = "a whole number with its unit, such as 250ms, 90s, 2m or 1h"
_OFFSET_HINT = "a plus sign, a whole number and its unit, such as +90s, +12m or +1h"
_INSTANT_HINT = "a date, a time and its zone, such as 2017-04-08T07:40:00+07:00"
_PERCENT_HINT = "a part from 0% to 100%, with one decimal at most, such as 60% or 62.5%"
_SIZE_HINT = "a whole number with its unit, such as 512B, 64KiB or 5MiB"


class QuantityError(ValueError):
    """A value that is no such quantity, or out of its bounds.

    ``problem`` names the value and what is wrong with it, ``allowed`` what to write instead.
    """

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(f"{problem}; write {allowed}")
        self.problem = problem
        self.allowed = allowed


def parse_duration_ms(value: object, *, min_ms: int = 0, max_ms: int = DURATION_MAX_MS) -> int:
    """Read ``250ms``, ``90s``, ``2m`` or ``1h``. Both bounds are allowed values."""
    duration_ms = _scaled(value, value, _DURATION_UNITS, _DURATION_HINT)
    if not min_ms <= duration_ms <= max_ms:
        bounds = f"{format_duration(min_ms)} to {format_duration(max_ms)}"
        raise QuantityError(f"{value} is out of bounds", f"a duration from {bounds}")
    return duration_ms


def parse_offset_ms(value: object, *, max_ms: int = DURATION_MAX_MS) -> int:
    """Read ``+12m``: so long after the start. ``+0s`` is the start itself."""
    if not isinstance(value, str) or not value.startswith("+"):
        raise QuantityError(f"{_shown(value)} is no offset", _OFFSET_HINT)
    offset_ms = _scaled(value.removeprefix("+"), value, _DURATION_UNITS, _OFFSET_HINT)
    if offset_ms > max_ms:
        bound = f"+{format_duration(max_ms)}"
        raise QuantityError(f"{value} is out of bounds", f"an offset from +0s to {bound}")
    return offset_ms


def parse_instant_ms(value: object) -> int:
    """Read ``2017-04-08T07:40:00+07:00`` or ``...Z``; returns epoch milliseconds."""
    matched = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not isinstance(value, str) or matched is None:
        raise QuantityError(f"{_shown(value)} is no instant", _INSTANT_HINT)
    if matched["zone"] is None:
        problem = f"{value} does not say in which zone"
        raise QuantityError(problem, f"its zone after it, such as {value}+07:00 for WIB")
    try:
        at = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise QuantityError(f"{value} does not exist ({error})", _INSTANT_HINT) from None
    return (at - datetime.fromtimestamp(0, tz=UTC)) // timedelta(milliseconds=1)


def parse_percent(value: object) -> int:
    """Read ``60%`` or ``62.5%``; returns permille, 0 to 1000."""
    matched = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if matched is None:
        raise QuantityError(f"{_shown(value)} is no part", _PERCENT_HINT)
    permille = int(matched[1]) * 10 + int(matched[2] or 0)
    if permille > PERMILLE_MAX:
        raise QuantityError(f"{value} is more than the whole", _PERCENT_HINT)
    return permille


def parse_size_bytes(value: object, *, min_bytes: int = 0, max_bytes: int = SIZE_MAX_BYTES) -> int:
    """Read ``512B``, ``64KiB``, ``5MiB`` or ``1GiB``. Both bounds are allowed values."""
    size_bytes = _scaled(value, value, _SIZE_UNITS, _SIZE_HINT)
    if not min_bytes <= size_bytes <= max_bytes:
        bounds = f"{format_size(min_bytes)} to {format_size(max_bytes)}"
        raise QuantityError(f"{value} is out of bounds", f"a size from {bounds}")
    return size_bytes


def format_duration(duration_ms: int) -> str:
    """Write it in the largest unit that holds it as a whole number: 90000 is ``90s``."""
    return _largest(duration_ms, _DURATION_UNITS, "s")


def format_size(size_bytes: int) -> str:
    """Write it in the largest unit that holds it as a whole number: 5242880 is ``5MiB``."""
    return _largest(size_bytes, _SIZE_UNITS, "B")


def _scaled(value: object, written: object, units: dict[str, int], hint: str) -> int:
    matched = _NUMBER_UNIT.fullmatch(value) if isinstance(value, str) else None
    if matched is None:
        raise QuantityError(f"{_shown(written)} cannot be read", hint)
    number, unit = matched.groups()
    if unit not in units:
        raise QuantityError(f"{written} has the unknown unit {unit!r}", hint)
    return int(number) * units[unit]


def _largest(amount: int, units: dict[str, int], zero: str) -> str:
    if amount == 0:
        return f"0{zero}"
    unit, factor = max(
        ((unit, factor) for unit, factor in units.items() if amount % factor == 0),
        key=lambda pair: pair[1],
    )
    return f"{amount // factor}{unit}"


def _shown(value: object) -> str:
    """The value for an error message: never longer than a line."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
