"""How a typed model says what its keys mean, and how keys that are written with a unit are read.

Marks for ``Annotated`` types belong here; which keys exist is the model's matter.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import msgspec
from msgspec import Meta

from mock_server.domain.quantities import (
    QuantityError,
    format_duration,
    format_size,
    parse_duration_ms,
    parse_instant_ms,
    parse_offset_ms,
    parse_size_bytes,
)

_WIB = timezone(timedelta(hours=7))


class Quantity(StrEnum):
    """What the text of a key is read as."""

    INSTANT = "instant"  # 2017-04-08T07:40:00+07:00
    DURATION = "duration"  # 90s
    OFFSET = "offset"  # +12m
    SIZE = "size"  # 5MiB


PATTERNS: Mapping[Quantity, str] = {
    Quantity.INSTANT: r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$",
    Quantity.DURATION: r"^[0-9]{1,10}(ms|s|m|h)$",
    Quantity.OFFSET: r"^\+[0-9]{1,10}(ms|s|m|h)$",
    Quantity.SIZE: r"^[0-9]{1,10}(B|KiB|MiB|GiB)$",
}


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a quantity, in the unit of its field. Both bounds are allowed values."""

    quantity: Quantity
    min: int = 0
    max: int


def quantity(kind: Quantity, *, at_least: int, at_most: int) -> Meta:
    """Mark a whole number that the file writes as a text with a unit."""
    bounds = Bounds(quantity=kind, min=at_least, max=at_most)
    return Meta(extra={"bounds": bounds}, extra_json_schema={"pattern": PATTERNS[kind]})


def says(description: str, *, absent: str = "") -> Meta:
    """Describe a key; ``absent`` says what holds when the file does not name it."""
    return Meta(description=description, extra={"absent": absent})


def describe_bounds(bounds: Bounds) -> str:
    """What the key takes, as one writes it."""
    if bounds.quantity is Quantity.INSTANT:
        return f"instant with its zone, years {_years(bounds)}"
    low, high = (format_quantity(edge, bounds.quantity) for edge in (bounds.min, bounds.max))
    return f"{low} to {high}"


def parse_quantity(value: object, bounds: Bounds) -> int:
    """Read what a file wrote. Raises QuantityError with what is allowed."""
    match bounds.quantity:
        case Quantity.INSTANT:
            return _instant_ms(value, bounds)
        case Quantity.DURATION:
            return parse_duration_ms(value, min_ms=bounds.min, max_ms=bounds.max)
        case Quantity.OFFSET:
            return parse_offset_ms(value, max_ms=bounds.max)
        case Quantity.SIZE:
            return parse_size_bytes(value, min_bytes=bounds.min, max_bytes=bounds.max)


def format_quantity(value: int, kind: Quantity) -> str:
    """Write it as a file would; instants in WIB."""
    match kind:
        case Quantity.INSTANT:
            return datetime.fromtimestamp(value / 1000, tz=_WIB).isoformat()
        case Quantity.DURATION:
            return format_duration(value)
        case Quantity.OFFSET:
            return f"+{format_duration(value)}"
        case Quantity.SIZE:
            return format_size(value)


def _instant_ms(value: object, bounds: Bounds) -> int:
    at_ms = parse_instant_ms(value)
    if not bounds.min <= at_ms <= bounds.max:
        allowed = f"an instant in the years {_years(bounds)}"
        raise QuantityError(f"{value} is out of bounds", allowed)
    return at_ms


def _years(bounds: Bounds) -> str:
    first, last = (datetime.fromtimestamp(edge / 1000, tz=UTC) for edge in (bounds.min, bounds.max))
    return f"{first.year} to {last.year}"
