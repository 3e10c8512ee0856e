"""The pupils of exam day, drawn: who can sign in is filled, who cannot is an outline. Pure."""

import msgspec

WIDE, STEP_X, STEP_Y = 18, 17, 26
MORE_WIDE = 36  # from this many rows on, or the picture grows too high
ROWS_MAX = 4


class Pupil(msgspec.Struct, frozen=True, kw_only=True):
    x: int
    y: int
    inside: bool


class Crowd(msgspec.Struct, frozen=True, kw_only=True):
    width: int
    height: int
    pupils: tuple[Pupil, ...]


def crowd(can: int, total: int) -> Crowd:
    wide = WIDE if total <= WIDE * ROWS_MAX else MORE_WIDE
    rows = max(1, -(-total // wide))
    return Crowd(
        width=min(total, wide) * STEP_X + 1,
        height=rows * STEP_Y - 2,
        pupils=tuple(
            Pupil(x=9 + index % wide * STEP_X, y=6 + index // wide * STEP_Y, inside=index < can)
            for index in range(total)
        ),
    )
