"""The rungs of the drill ladder: their names, what each one gives, and what it takes away."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from mock_server.procedure.texts import Text
from mock_server.scenario.model import Level

Feedback = Literal["immediate", "terminal"]


class Scaffold(msgspec.Struct, frozen=True, kw_only=True):
    """``feedback`` is terminal where nothing is said before the debrief.

    ``guard``: a forbidden act must first answer what follows from it. ``both_clocks``: the
    school's own zone stands beside WIB. ``marked``: the run can be passed or not.
    """

    level: Level
    goal: bool = True
    worksheet: bool = False
    hints: bool = False
    read_back: bool = False
    guard: bool = False
    predictions: bool = False
    feedback: Feedback = "terminal"
    both_clocks: bool = True
    marked: bool = True


SCAFFOLDS: Mapping[Level, Scaffold] = {
    scaffold.level: scaffold
    for scaffold in (
        Scaffold(level=Level.FIRST_TRY, goal=False, both_clocks=False, marked=False),
        Scaffold(
            level=Level.EXAMPLE,
            worksheet=True,
            hints=True,
            guard=True,
            predictions=True,
            feedback="immediate",
            both_clocks=False,
        ),
        Scaffold(
            level=Level.GUIDED,
            worksheet=True,
            hints=True,
            read_back=True,
            guard=True,
            feedback="immediate",
            both_clocks=False,
        ),
        Scaffold(level=Level.ALONE, hints=True),
        Scaffold(level=Level.CONSEQUENCES, hints=True, feedback="immediate", marked=False),
        Scaffold(level=Level.ONE_TROUBLE, hints=True),
        Scaffold(level=Level.TWO_TROUBLES),
        Scaffold(level=Level.EXAM, goal=False),
        Scaffold(level=Level.REFRESHER),
        Scaffold(level=Level.PROGRAMS, goal=False),
    )
}


def scaffold(level: Level) -> Scaffold:
    return SCAFFOLDS[level]


class LevelName(msgspec.Struct, frozen=True, kw_only=True):
    """What every page and every print calls a rung, and in a few words what it is."""

    name: Text
    hint: Text


LEVEL_NAMES: Mapping[Level, LevelName] = {
    Level.FIRST_TRY: LevelName(
        name=Text(id="Tes awal", en="First try"),
        hint=Text(id="coba dahulu, tanpa bantuan", en="have a go first, without help"),
    ),
    Level.EXAMPLE: LevelName(
        name=Text(id="Contoh", en="Worked example"),
        hint=Text(
            id="menonton jalur acuan dan menebak langkah berikutnya",
            en="watch the reference run and guess the next step",
        ),
    ),
    Level.GUIDED: LevelName(
        name=Text(id="Dengan panduan", en="Guided"),
        hint=Text(id="lembar kerja dan petunjuk terbuka", en="with worksheet and hints"),
    ),
    Level.ALONE: LevelName(
        name=Text(id="Mandiri", en="On your own"),
        hint=Text(
            id="tanpa daftar langkah, petunjuk bila diminta",
            en="no list of steps, hints if you ask",
        ),
    ),
    Level.CONSEQUENCES: LevelName(
        name=Text(id="Lihat akibatnya", en="See what follows"),
        hint=Text(
            id="melanggar sekali, dengan sengaja, lalu mengerjakan yang benar",
            en="break the rule once, on purpose, then do it right",
        ),
    ),
    Level.ONE_TROUBLE: LevelName(
        name=Text(id="Satu gangguan", en="One trouble"),
        hint=Text(id="satu masalah yang tidak diberitahukan", en="one problem, not announced"),
    ),
    Level.TWO_TROUBLES: LevelName(
        name=Text(id="Dua gangguan, disertai desakan", en="Two troubles, under pressure"),
        hint=Text(id="tanpa petunjuk", en="without hints"),
    ),
    Level.EXAM: LevelName(
        name=Text(id="Ujian", en="Exam"),
        hint=Text(id="tanpa bantuan, hanya bersama kelas", en="no help, only with a class"),
    ),
    Level.REFRESHER: LevelName(
        name=Text(id="Penyegar", en="Refresher"),
        hint=Text(id="sehari sebelum tugas", en="the day before duty"),
    ),
    Level.PROGRAMS: LevelName(
        name=Text(id="Untuk program", en="For programs"),
        hint=Text(id="dijalankan oleh program", en="run by programs"),
    ),
}
