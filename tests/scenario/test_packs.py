"""Loading packs and texts: what makes a file refused, and that the refusal helps.

What the project's own pack and texts say is checked in tests/procedure.
"""

import re
import shutil
from pathlib import Path

import pytest

from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.locations import procedures_folder
from mock_server.scenario.packs import (
    load_fault_texts,
    load_glossary,
    load_messages,
    load_pack,
    load_violations,
    pack_names,
)
from mock_server.scenario.yaml_files import YamlFileError

OWN = procedures_folder()
TINY = Path(__file__).parents[1] / "procedure" / "packs" / "tiny-7.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's procedures that a test may spoil."""
    return Path(shutil.copytree(OWN, tmp_path / "procedures"))


def spoil(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def refused(path: Path) -> YamlFileError:
    with pytest.raises(YamlFileError) as raised:
        load_pack(path)
    return raised.value


def unbk() -> ProcedurePack:
    return load_pack("unbk-2017")


def test_a_pack_is_loaded_by_its_name() -> None:
    assert load_pack("unbk-2017").id == "unbk-2017"
    assert "unbk-2017" in pack_names()


def test_a_pack_is_loaded_from_a_path_and_from_a_folder() -> None:
    assert load_pack(TINY) == load_pack("tiny-7", TINY.parent)
    assert pack_names(TINY.parent) == ("tiny-7",)


def test_a_pack_is_read_once() -> None:
    assert load_pack("unbk-2017") is load_pack("unbk-2017")
    assert load_messages(unbk()) is load_messages(unbk())


@pytest.mark.parametrize("name", ["unbk-2099", "", "../unbk-2017", "texts/messages", "/etc/passwd"])
def test_a_name_that_is_no_pack_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(YamlFileError, match="allowed: unbk-2017") as raised:
        load_pack(name)

    assert repr(name) in raised.value.problem


def test_a_second_edition_takes_over_what_it_does_not_say() -> None:
    tiny = load_pack(TINY)

    assert tiny.values.cbtsync_version == "9.9.1"
    assert tiny.values.patching_zone == unbk().values.patching_zone
    assert tiny.gates.minor_max == 1
    assert tiny.gates.process_min_permille == unbk().gates.process_min_permille
    assert tiny.zones == unbk().zones
    assert [step.number for step in tiny.steps] == [step.number for step in unbk().steps]


def test_single_values_keep_their_basis() -> None:
    facts = {fact.key: fact for fact in unbk().facts}

    assert facts["values.cbtsync_version"].value == "5.1.0"
    assert facts["values.cbtsync_version"].basis == "documented"
    assert facts["durations.sync"].value == "30m"
    assert facts["waits.sn_reset_after"].note is not None


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("patch: {is: 90s,", "patch: {is: 90,", "durations.patch.is", "90s"),
        ("patch: {is: 90s,", "patch: {is: 0s,", "durations.patch.is", "1ms to"),
        ("patch: {is: 90s, basis", "patch: {is: 90s, bases", "durations.patch.bases", "'basis'"),
        ("patch: {is: 90s, basis: assumed", "patch: {is: 90s, basis: sure", "durations.patch.basis",
         "documented, reported, assumed"),
        ("  patch: {is", "  pach: {is", "durations.pach", "'patch'"),
        ("    is: 5MiB", "    is: 5MB", "sizes.backup.is", "5MiB"),
        ('cbtsync_version: {is: "5.1.0"', "cbtsync_version: {is: 5.1", "values.cbtsync_version",
         "quotes"),
        ('{is: "07:45"', '{is: "7:45"', "values.patching_opens", "matching regex"),
        ("patching_zone: {is: WIB", "patching_zone: {is: WAT", "values.patching_zone", "WIB, WITA"),
        ('closes: {is: "17:00"', 'closes: {is: "08:00"', "window.closes", "a later time"),
        ("pack: unbk-2017\ntitle", "pack: unbk\ntitle", "pack", "'unbk-2017'"),
        ("schema: cbtsync-pack/1", "schema: cbtsync-pack/2", "schema", "cbtsync-pack/1"),
        ("schema: cbtsync-pack/1", "facts: []\nschema: cbtsync-pack/1", "facts", "not known"),
        ("share_permille: 160", "share_permille: 170", "data_sets", "sum to 1010"),
        ("{n: 9, rows: 60", "{n: 8, rows: 60", "data_sets[8].n", "place 9"),
        ("old_rows: 4, feeds: tests", "old_rows: 4", "data_sets", "0 data sets feed tests"),
        ("{n: 3, rows: tests", "{n: 3, rows: 5", "data_sets[2].rows", "'rows: tests'"),
        ("{n: 2, rows: 24", "{n: 2, rows: peserta", "data_sets[1].rows", "participants, tests"),
        ("- menu: dashboard", "- menu: home", "menus[0].menu", "dashboard first"),
        ("{menu: logout,", "{menu: reports,", "menus[10].menu", "twice"),
        ("(pupils' log)\"}, trained: false", "(pupils' log)\"}, trained: true", "menus",
         "status-download"),
        ("steps: [15, 16, 17, 18], basis", "steps: [15, 22], basis", "menus[1].steps[1]",
         "no step 22"),
        ("block: checking, steps: [19, 20, 21]", "block: checking, steps: [19, 20]", "blocks",
         "one block: 21"),
        ("block: checking, steps: [19, 20, 21]", "block: checking, steps: [18, 19, 20, 21]",
         "blocks", "18"),
        ('- step: "7b"', '- step: "8b"', "steps[6].substeps[1].step", "no part of step 7"),
        ('- step: "7b"', '- step: "7a"', "steps[6].substeps[1].step", "twice"),
        ("  - step: 12\n", "  - step: 13\n", "steps[12].step", "twice"),
        ("  - step: 12\n", "  - step: 31\n", "steps[12].step", "after 31"),
        ("  - step: 12\n", "  - step: XII\n", "steps[11].step", "regex"),
        ("    gate: K2\n", "", "steps[20]", "'gate:'"),
        ('    official_wording: "DILARANG DENGAN KERAS MELAKUKAN HAPUS"\n', "", "steps[20]",
         "both or neither"),
        ("Admin Version {version}", "Admin Version 50", "values.exambro_title", "{version}"),
        ('is: "50.160328"', 'is: "50.170406"', "values.wrong_exambro_version", "another version"),
        ('    is: "07:30"', '    is: "07:35"', "exam_groups[0].starts", "07:35"),
        ('{n: 3, name: {id: "Sesi 3"', '{n: 4, name: {id: "Sesi 3"', "exam_groups[2].n", "place 3"),
        ("Data {slow_data} memang", "Data {slow_dat} memang", "steps[17].slip", "{slow_data}"),
        ("hari {exam_day}.\"\n      en: \"Read", "hari Senin.\"\n      en: \"Read", "steps[1].do",
         "exam_day"),
        ('id: "Siapkan ID Server"', 'id: " "', "steps[0].title.id", "both languages"),
        ('id: "Siapkan ID Server"', 'id: "Siapkan {ID}"', "steps[0].title.id", "brace"),
        ('"7d"\n        type: [T]', '"7d"\n        type: [X]', "steps[6].substeps[3].type[0]",
         "P, T, D, J"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_pack_is_told_with_its_place_and_its_remedy(
    folder: Path, old: str, new: str, path: str, words: str
) -> None:
    error = refused(spoil(folder / "unbk-2017.yaml", old, new))

    assert error.key_path == path
    assert error.line is not None
    assert words.strip("{}") in f"{error.problem}; {error.allowed}"


@pytest.mark.parametrize("section", ["data_sets", "tests", "exam_groups", "menus", "steps"])
def test_an_edition_cannot_do_without_its_lists(tmp_path: Path, section: str) -> None:
    text = f"schema: cbtsync-pack/1\npack: bare\nextends: unbk-2017\n{section}: []\n"
    path = tmp_path / "bare.yaml"
    path.write_text(text, encoding="utf-8")

    assert refused(path)


def test_a_refused_pack_that_is_mended_is_read_again(folder: Path) -> None:
    path = spoil(folder / "unbk-2017.yaml", "patch: {is: 90s,", "patch: {is: 90,")
    refused(path)

    spoil(path, "patch: {is: 90,", "patch: {is: 91s,")

    assert load_pack(path).durations.patch_ms == 91_000


@pytest.mark.parametrize("base", ["none", "tiny-7", "../unbk-2017", "middle"])
def test_an_edition_extends_only_a_whole_pack_that_exists(tmp_path: Path, base: str) -> None:
    (tmp_path / "middle.yaml").write_text("pack: middle\nextends: unbk-2017\n", encoding="utf-8")
    path = spoil(Path(shutil.copy(TINY, tmp_path)), "extends: unbk-2017", f"extends: {base}")

    assert refused(path).key_path == "extends"


def test_an_edition_without_slow_data_sets_cannot_use_texts_about_them(tmp_path: Path) -> None:
    path = spoil(Path(shutil.copy(TINY, tmp_path)), "old_rows: 28, trait: slow", "old_rows: 28")

    assert "{slow_data}" in refused(path).problem


LOADS = {
    "messages": load_messages,
    "faults": load_fault_texts,
    "violations": load_violations,
    "glossary": load_glossary,
}


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("messages", "{key: service.title,", "{key: service.start,", r"messages\[N\]\.key"),
        ("messages", 'en: "Backup: {percent}%"', 'en: "Backup: {part}%"', r"messages\[N\]"),
        ("messages", 'en: "Backup: {percent}%"', 'en: "Backup: {percent%"', r"messages\[N\]\.en"),
        ("messages", "{key: frame.banner, kind: label", "{key: frame.banner, kind: sign",
         r"messages\[N\]\.kind"),
        ("faults", "fault: patch.stalls\n", "fault: patch.fails\n", r"faults\[N\]\.fault"),
        ("faults", "steps: [16, 18, 19, 20]", "steps: [16, 18, 40, 20]",
         r"faults\[N\]\.steps\[2\]"),
        ("faults", "example data {large_data}", "example data {small_data}", r"faults\[N\]\.cue"),
        ("violations", "code: K2\n", "code: K1\n", r"violations\[N\]\.code"),
        ("violations", "gate: switchable\n    steps: [2, 9]", "gate: maybe\n    steps: [2, 9]",
         r"violations\[N\]\.gate"),
        ("violations", "steps: [14, 17]", "steps: [14, 71]", r"violations\[N\]\.steps\[1\]"),
        ("violations", "More than {detours_max} times", "More than six times",
         r"violations\[N\]\.happened"),
        ("glossary", "see: [refresh-status]", "see: [refresh-state]", r"terms\[N\]\.see\[0\]"),
        ("glossary", "key: wit,", "key: wita,", r"terms\[N\]\.key"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_text_file_is_told_with_its_place(
    folder: Path, file: str, old: str, new: str, path: str
) -> None:
    spoilt = spoil(folder / "texts" / f"{file}.yaml", old, new)

    with pytest.raises(YamlFileError) as raised:
        LOADS[file](unbk(), folder / "texts")

    assert re.fullmatch(path.replace("N", "[0-9]+"), raised.value.key_path)
    before, _, _ = spoilt.read_text(encoding="utf-8").rpartition(new)
    assert raised.value.line is not None
    assert -3 <= raised.value.line - (before.count("\n") + 1) <= 0
