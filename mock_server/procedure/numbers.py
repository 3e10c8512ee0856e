"""Step numbers: 1 to 21 as whole numbers, substeps ``7a`` and the note ``NB`` as words. Pure."""

import re
from typing import Annotated, TypeAlias

import msgspec

NOTE = "NB"

StepNumber: TypeAlias = (
    Annotated[int, msgspec.Meta(ge=1, le=99)]
    | Annotated[str, msgspec.Meta(pattern=r"^([1-9][0-9]?[a-z]|NB)$")]
)

_WRITTEN = re.compile(r"0*([1-9][0-9]?)([a-z]?)")


def parse_step_number(written: str) -> StepNumber:
    """Read a step number from a tag or an address: ``07`` is 7, ``7A`` is "7a", ``nb`` is "NB".

    Raises ValueError with what is allowed.
    """
    if written.upper() == NOTE:
        return NOTE
    if (found := _WRITTEN.fullmatch(written.lower())) is None:
        raise ValueError(f"{written!r} is no step number; write 1 to 99, 7a or NB")
    number, letter = found.groups()
    return f"{number}{letter}" if letter else int(number)


def step_order(number: StepNumber) -> tuple[int, str]:
    """Sort key: 7, 7a, 7b, 8; the note comes last."""
    if isinstance(number, int):
        return number, ""
    if number == NOTE:
        return 100, ""
    return int(number[:-1]), number[-1]
