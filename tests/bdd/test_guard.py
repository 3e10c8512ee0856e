"""The guard bites: each trap that pytest-bdd leaves open is found, and named with its line."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers

from tests.bdd import feature_files, guard, step_rules
from tests.bdd.step_rules import Definition, for_programs

pytest_plugins = ["pytester"]

TAGS = {"bab-01", "langkah-01", "program", "latihan"}
GOOD = """\
    # language: id
    @bab-01
    Fitur: Uji coba
      Latar Belakang:
        Diketahui mesin menyala

      Aturan: Satu aturan

        Garis-Besar Skenario: Tombol mengubah layar
          Ketika proktor menekan "<tombol>"
          Maka layar menampilkan "<hasil>"

          Contoh:
            | tombol | hasil |
            | A      | satu  |
            | B      | dua   |

        Skenario: Tombol lain
          Ketika proktor menekan "C"
          Maka layar menampilkan "tiga"
          Tetapi mesin menyala
"""


def documented() -> None:
    """Cara di layar: lihat layar."""


def definition(
    kind: str | None, sentence: str, function: Callable[..., object] = documented
) -> Definition:
    return Definition(kind, sentence, parsers.cfparse(sentence).is_matching, function)


def definitions() -> list[Definition]:
    """What GOOD needs, and no more."""
    return [
        definition(None, "mesin menyala"),
        definition("when", 'proktor menekan "{apa}"'),
        definition("then", 'layar menampilkan "{apa}"'),
    ]


def write(folder: Path, text: str, name: str = "01_uji.feature") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[str]]:
    """A function from a feature's text to what the guard says about it and the steps."""

    def look(text: str, steps: Sequence[Definition] | None = None, **file: str) -> list[str]:
        write(tmp_path, text, **file)
        steps = definitions() if steps is None else steps
        return [str(finding) for finding in guard.findings(tmp_path, steps, TAGS)]

    return look


def changed(old: str, new: str) -> str:
    """GOOD with one passage replaced."""
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_chapter_has_no_findings(found: Callable[..., list[str]]) -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param(
            changed("Skenario: Tombol lain", "Skenario: Tombol mengubah layar"),
            9,
            "another scenario is called 'Tombol mengubah layar'",
            id="two scenarios of one name",
        ),
        pytest.param(
            GOOD + "\n      Aturan: Lain\n\n        Skenario: Tombol lain\n"
            '          Ketika proktor menekan "D"\n          Maka mesin menyala\n',
            25,
            "another scenario is called 'Tombol lain'",
            id="two scenarios of one name under two rules",
        ),
        pytest.param(
            GOOD + "\n        Skenario: Kosong\n",
            23,
            "has no steps",
            id="an empty scenario",
        ),
        pytest.param(
            changed('          Ketika proktor menekan "C"\n', ""),
            18,
            "has 0 steps of Ketika",
            id="a scenario without an act",
        ),
        pytest.param(
            changed('"C"\n', '"C"\n          Dan proktor menekan "D"\n'),
            18,
            "has 2 steps of Ketika",
            id="a scenario with two acts",
        ),
        pytest.param(
            changed(
                '          Maka layar menampilkan "tiga"\n          Tetapi mesin menyala\n', ""
            ),
            18,
            "has no Maka",
            id="a scenario that proves nothing",
        ),
        pytest.param(
            changed('Maka layar menampilkan "tiga"', "Kemudian mesin menyala"),
            20,
            "keyword 'Kemudian'",
            id="Kemudian",
        ),
        pytest.param(
            changed("Diketahui mesin", "Jika mesin"), 5, "keyword 'Jika'", id="Jika, a Given"
        ),
        pytest.param(
            changed('Maka layar menampilkan "tiga"', "* mesin menyala"),
            20,
            "keyword '*'",
            id="an asterisk",
        ),
        pytest.param(changed("Aturan:", "Rule:"), 7, "keyword 'Rule'", id="Rule"),
        pytest.param(changed("Contoh:", "Misal:"), 13, "keyword 'Misal'", id="Misal"),
        pytest.param(
            changed("            | A      | satu  |\n            | B      | dua   |\n", ""),
            9,
            "outline without rows",
            id="an outline whose Contoh is empty",
        ),
        pytest.param(
            changed('menekan "C"', 'menekan "<apa>"'),
            18,
            "uses <apa> and has no Contoh",
            id="a scenario with a blank and no Contoh",
        ),
        pytest.param(
            changed("| B      | dua   |", "| A      | dua   |"),
            13,
            "first column of this Contoh repeats A",
            id="two rows of one name",
        ),
        pytest.param(
            changed("| tombol | hasil |", "| tombol | warna |"),
            13,
            "lacks a column for <hasil>",
            id="a blank without a column",
        ),
        pytest.param(
            changed('"<hasil>"', '"satu"'),
            13,
            "no step uses the column <hasil>",
            id="a column that no step uses",
        ),
        pytest.param(
            changed("Diketahui mesin menyala", "Diketahui mesin <tombol>"),
            5,
            "<...> in a Latar Belakang",
            id="a blank in a Latar Belakang",
        ),
        pytest.param(
            changed(
                "Diketahui mesin menyala\n",
                "Diketahui mesin menyala\n" + "        Dan mesin menyala\n" * 3,
            ),
            5,
            "4 steps in a Latar Belakang",
            id="a long Latar Belakang",
        ),
        pytest.param(
            changed("Tetapi mesin menyala\n", "Tetapi mesin menyala\n" * 6),
            18,
            "has 8 steps",
            id="a long scenario",
        ),
        pytest.param(
            changed("        Skenario: Tombol lain", "        @langkah-99\n        Skenario: T"),
            19,
            "tag @langkah-99 is not registered",
            id="a tag that nobody registered",
        ),
        pytest.param(
            changed("          Contoh:", "          @lambat\n          Contoh:"),
            9,
            "tag @lambat is not registered",
            id="a tag of a Contoh that nobody registered",
        ),
        pytest.param(
            changed("@bab-01", "@langkah-01"), 1, "lacks the tag @bab-01", id="no chapter's tag"
        ),
        pytest.param(
            changed("# language: id\n", "\n"), 1, "not Gherkin in Indonesian", id="no language"
        ),
        pytest.param(
            changed('Maka layar menampilkan "tiga"', 'Lalu layar menampilkan "tiga"'),
            1,
            "not Gherkin in Indonesian",
            id="Lalu, no keyword at all",
        ),
        pytest.param(
            changed('menampilkan "tiga"', 'menunjukkan "tiga"'),
            20,
            "no definition for then 'layar menunjukkan \"tiga\"'",
            id="a step without a definition",
        ),
        pytest.param(
            changed('Maka layar menampilkan "tiga"', 'Maka proktor menekan "tiga"'),
            20,
            "no definition for then 'proktor menekan \"tiga\"'",
            id="a step whose definition is of another kind",
        ),
    ],
)
def test_a_bad_chapter_is_found(
    found: Callable[..., list[str]], tmp_path: Path, text: str, line: int, problem: str
) -> None:
    place = f"{tmp_path / '01_uji.feature'}:{line}: "

    assert [one for one in found(text) if one.startswith(place) and problem in one]


def test_an_outline_without_contoh_is_found(found: Callable[..., list[str]]) -> None:
    start, end = GOOD.index("          Contoh:"), GOOD.index("        Skenario: Tombol lain")

    says = found(GOOD[:start] + GOOD[end:])

    assert any("outline without rows" in one for one in says)
    assert any("uses <hasil>, <tombol> and has no Contoh" in one for one in says)


def test_contoh_under_a_plain_scenario_is_found(found: Callable[..., list[str]]) -> None:
    says = found(changed("Garis-Besar Skenario: ", "Skenario: "))

    # the parser takes Contoh wherever it stands; a reader does not
    assert any("has Contoh, so it is a Garis-Besar Skenario" in one for one in says)


def test_a_file_without_a_number_is_found(found: Callable[..., list[str]]) -> None:
    assert any("NN_name.feature" in one for one in found(GOOD, name="uji.feature"))


def test_a_folder_without_features_is_found(tmp_path: Path) -> None:
    says = guard.findings(tmp_path, definitions(), TAGS)

    assert any("no features here" in str(one) for one in says)


def test_a_journey_may_be_long(found: Callable[..., list[str]]) -> None:
    long = changed("Tetapi mesin menyala\n", "Tetapi mesin menyala\n" * 6)
    tagged = long.replace(
        "        Skenario: Tombol lain", "        @perjalanan\n        Skenario: Tombol lain"
    )

    assert [one for one in found(tagged) if "has 8 steps" in one] == []


# --- definitions ---------------------------------------------------------------------------------


async def awaited_by_nobody() -> None:
    """Cara di layar: tekan tombol."""


def silent() -> None:
    """Press a button."""


def curt() -> None:
    """Cara di layar:"""


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        pytest.param(
            definition("when", 'proktor menekan "{apa}"', awaited_by_nobody),
            "is a coroutine",
            id="a coroutine",
        ),
        pytest.param(
            definition("then", "{apa} menyala"),
            "'mesin menyala' fits 2 definitions",
            id="two definitions for one step",
        ),
        pytest.param(
            definition("given", "mesin padam"),
            "no feature uses the step 'mesin padam'",
            id="a definition without a step",
        ),
        pytest.param(
            definition("when", 'proktor menekan "{apa}"', silent),
            "needs a docstring that begins with 'Cara di layar:'",
            id="a definition that does not say where to click",
        ),
        pytest.param(
            definition("when", 'proktor menekan "{apa}"', curt),
            "and then nothing",
            id="a definition that begins to say it",
        ),
    ],
)
def test_a_bad_definition_is_found(
    found: Callable[..., list[str]], extra: Definition, problem: str
) -> None:
    others = [one for one in definitions() if one.sentence != extra.sentence]

    steps = [*others, extra._replace(function=_fresh(extra.function))]

    assert any(problem in one for one in found(GOOD, steps))


@for_programs
def by_a_program() -> None:
    """Cara di layar: tidak ada."""


TAGGED = changed("        Skenario: Tombol lain", "        @program\n        Skenario: Tombol lain")


def with_a_step_for_programs() -> list[Definition]:
    """Only the step of GOOD's last scenario is one for programs."""
    only_c = definition("when", 'proktor menekan "C"', by_a_program)
    others = definition("when", "others", documented)._replace(
        matches=lambda text: text.startswith("proktor menekan") and '"C"' not in text
    )
    return [definitions()[0], only_c, others, definitions()[2]]


def test_a_scenario_for_programs_is_tagged_and_good(found: Callable[..., list[str]]) -> None:
    assert found(TAGGED, with_a_step_for_programs()) == []


@pytest.mark.parametrize(
    ("text", "steps", "problem"),
    [
        pytest.param(GOOD, with_a_step_for_programs(), "lacks @program", id="no tag"),
        pytest.param(TAGGED, None, "a person could do each of its steps", id="a tag for nothing"),
        pytest.param(
            TAGGED.replace("@program", "@program @latihan"),
            with_a_step_for_programs(),
            "is no exercise",
            id="an exercise for people",
        ),
    ],
)
def test_the_tag_for_programs_stands_where_it_belongs_only(
    found: Callable[..., list[str]], text: str, steps: Sequence[Definition] | None, problem: str
) -> None:
    assert [problem in one for one in found(text, steps)] == [True]


def _fresh(function: Callable[..., object]) -> Callable[..., object]:
    """A function of its own, so that using one definition does not count as using another."""
    if function is not documented:
        return function

    def copy() -> None:
        """Cara di layar: lihat layar."""

    return copy


def test_too_many_definitions_are_found() -> None:
    too_many = f"{step_rules.DEFINITIONS_MAX + 1} step definitions"
    many = [definition("given", f"hal ke-{n}") for n in range(step_rules.DEFINITIONS_MAX + 1)]

    assert any(too_many in str(one) for one in step_rules.broken_rules(many))
    assert step_rules.broken_rules(many[1:]) == []


def test_a_step_is_judged_with_the_values_of_its_row(found: Callable[..., list[str]]) -> None:
    narrow = [
        *definitions()[:1],
        *definitions()[2:],
        definition("when", 'proktor menekan "A"'),
        definition("when", 'proktor menekan "C"'),
    ]

    assert any(
        "no definition for when 'proktor menekan \"B\"'" in one for one in found(GOOD, narrow)
    )


def test_scenarios_that_vanished_are_found(tmp_path: Path) -> None:
    feature = feature_files.read(write(tmp_path, GOOD))

    assert feature.tests() == 3
    assert guard.vanished([feature], {feature.path: 3}) == []
    assert "3 scenarios and rows are written, 2 were collected" in str(
        guard.vanished([feature], {feature.path: 2})[0]
    )
    assert "0 were collected" in str(guard.vanished([feature], {})[0])


# --- in a real run -------------------------------------------------------------------------------

TRAPS = """\
    # language: id
    @bab-01
    Fitur: Perangkap
      Skenario: Kembar
        Ketika tombol ditekan
        Maka ini gagal
      Skenario: Menunggu
        Ketika tombol ditekan
        Maka ini ditunggu
      Skenario: Kembar
        Ketika tombol ditekan
        Maka mesin menyala
      Skenario: Kosong
"""
STEPS = '''\
    from pytest_bdd import scenarios, then, when

    scenarios(".")

    @when("tombol ditekan")
    def pressed():
        """Cara di layar: tekan tombol."""

    @then("mesin menyala")
    def on():
        """Cara di layar: lihat lampunya."""

    @then("ini gagal")
    def wrong():
        """Cara di layar: tidak ada."""
        assert False

    @then("ini ditunggu")
    async def late():
        """Cara di layar: tidak ada."""
        assert False
'''
SETTINGS = """\
    [pytest]
    strict_markers = true
    bdd_features_base_dir = features
    markers = bab-01: the only chapter
    pythonpath = {root}
    addopts = -W ignore --import-mode=importlib
"""


@pytest.mark.slow
def test_the_traps_are_green_without_the_guard_and_stop_the_run_with_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.mkdir("features")
    write(pytester.path / "features", TRAPS)
    write(pytester.path, STEPS, "test_traps.py")
    write(pytester.path, SETTINGS.format(root=Path(__file__).parents[2]), "pytest.ini")

    bare = pytester.runpytest_subprocess("-p", "pytest_bdd.plugin")
    guarded = pytester.runpytest_subprocess("-p", "pytest_bdd.plugin", "-p", "tests.bdd.guard")

    bare.assert_outcomes(passed=3)
    assert guarded.ret == pytest.ExitCode.USAGE_ERROR
    for problem in (
        "*another scenario is called 'Kembar'*",
        "*'Kosong' has no steps*",
        "*'ini ditunggu' is a coroutine*",
        "*4 scenarios and rows are written, 3 were collected*",
    ):
        guarded.stderr.fnmatch_lines([problem])
