"""The rungs of the drill ladder, from the first try to the exam; CI for what only programs use."""

from enum import StrEnum


class Level(StrEnum):
    """The rungs of the drill ladder."""

    FIRST_TRY = "P0"
    EXAMPLE = "L0"
    GUIDED = "L1"
    ALONE = "L2a"
    CONSEQUENCES = "L2b"
    ONE_TROUBLE = "L3"
    TWO_TROUBLES = "L4"
    EXAM = "L5"
    REFRESHER = "R"
    PROGRAMS = "CI"
