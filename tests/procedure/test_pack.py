"""The pack unbk-2017 is the announcement's procedure, whole; a second one shares no number of it.

How files are read and refused is checked in tests/scenario/test_packs.py.
"""

import re
from pathlib import Path

import msgspec
import pytest

from mock_server.procedure.numbers import StepNumber, parse_step_number, step_order
from mock_server.procedure.pack import (
    Criticality,
    DataSet,
    ProcedurePack,
    StepType,
    clock_time,
    minute_of_day,
)
from mock_server.procedure.text_fields import opening_times
from mock_server.procedure.texts import LANGUAGES, Basis, TextError
from mock_server.scenario.packs import (
    load_fault_texts,
    load_glossary,
    load_messages,
    load_pack,
    load_violations,
)

NUMBERS: list[StepNumber] = [
    *range(1, 8), "7a", "7b", "7c", "7d", "7e", "7f", *range(8, 22), "NB",
]  # fmt: skip

# As the announcement spells them, mistakes included.
OFFICIAL_LABELS: dict[StepNumber, list[str]] = {
    1: ["ID Server", "ID Sinkronisasi"],
    2: [],
    3: ["ExambrowserCBTSync Admin Version 50.170406"],
    4: ["CBTSync Web", "Auto Patching"],
    5: ["Pembaharuan", "Auto Patching"],
    6: ["CBTSync Versi 5.1.0"],
    7: ["patching gagal", "Patching Berhasil"],
    "7a": ["Service Restart"],
    "7b": ["Start Service"],
    "7c": ["refresh", "running"],
    "7d": ["CBTSync Web", "ALT+F4"],
    "7e": ["CBTSync", "Patching Berhasil"],
    "7f": ["CBTSync versi 5.1.0"],
    8: ["ID Server", "Submit"],
    9: [],
    10: [
        "Dashboard",
        "StandBy",
        "Akses Server Pusat di Tutup",
        "data SN Sudah Sesuai",
        "jadwal Sinkronisasi",
    ],
    11: ["Dashboard", "Aktif"],
    12: ["BACKUP", "HAPUS"],
    13: ["BACKUP", "klik disini"],
    14: ["HAPUS"],
    15: ["Status Download"],
    16: ["REFRESH STATUS", "Data Awal"],
    17: ["REFRESH STATUS", "START SYNC"],
    18: ["data 1 s/d 9", "Hijau"],
    19: ["Daftar Peserta"],
    20: ["Status Test", "Daftar Test"],
    21: ["HAPUS"],
    "NB": ["Auto Patching", "07:45 WIB"],
}
WEIGHTS = {
    1: 2, 2: 4, 3: 2, 4: 1, 5: 2, 6: 3, 7: 8, 8: 4, 9: None, 10: 6, 11: 2, 12: 1, 13: 6, 14: 4,
    15: 1, 16: 4, 17: 4, 18: 6, 19: 6, 20: 4, 21: None, "NB": None,
}  # fmt: skip
SEQUENTIAL = {2, 5, 6, 7, 8, 13, 14, 16, 17, 18, 19, 20}
WORDS_OF_2017 = re.compile(
    r"5\.1\.0|50\.170406|0[78][.:]45|\bSenin\b|\bMonday\b|[Ss]embilan|\b[Nn]ine\b|data 1 \S+ 9\b"
)


@pytest.fixture(scope="module")
def pack() -> ProcedurePack:
    return load_pack("unbk-2017")


@pytest.fixture(scope="module")
def tiny() -> ProcedurePack:
    return load_pack(Path(__file__).parent / "packs" / "tiny-7.yaml")


def test_all_21_steps_7a_to_7f_and_the_note_are_there_in_order(pack: ProcedurePack) -> None:
    assert [step.number for step in pack.all_steps] == NUMBERS


def test_each_official_label_is_spelled_as_in_the_announcement(pack: ProcedurePack) -> None:
    assert {step.number: list(step.labels) for step in pack.all_steps} == OFFICIAL_LABELS


def test_the_steps_have_the_weights_of_the_rubric(pack: ProcedurePack) -> None:
    assert {step.number: step.weight for step in pack.steps} == WEIGHTS
    assert all(step.weight is None for step in pack.step(7).substeps)


def test_a_nominal_run_is_worth_56_points(pack: ProcedurePack) -> None:
    """Steps 7 and 10 are not observed when patching works and access is open."""
    observed = [step.weight or 0 for step in pack.steps if step.number not in (7, 10)]

    assert sum(observed) == 56


def test_the_steps_whose_order_counts_are_those_of_the_rubric(pack: ProcedurePack) -> None:
    assert {step.number for step in pack.steps if step.sequential} == SEQUENTIAL
    assert all(step.sequential for step in pack.step(7).substeps)


def test_both_prohibitions_keep_the_official_wording_and_are_gates(pack: ProcedurePack) -> None:
    first, second = pack.prohibitions

    assert (first.code, first.step) == ("K1", 9)
    assert first.wording.id == (
        "DILARANG DENGAN KERAS MENGGANTI ID SERVER LAIN DI MESIN SERVER "
        "YANG TELAH BERHASIL SINKRONISASI"
    )
    assert (second.code, second.step) == ("K2", 21)
    assert second.wording.id == "DILARANG DENGAN KERAS MELAKUKAN HAPUS"
    for number in (9, 21):
        assert StepType.PROHIBITION in pack.step(number).type
        assert pack.step(number).critical is Criticality.ALWAYS
    assert pack.step(2).critical is Criticality.SWITCHABLE


def test_the_values_of_the_announcement_are_documented(pack: ProcedurePack) -> None:
    documented = {fact.key: fact.value for fact in pack.facts if fact.basis is Basis.DOCUMENTED}

    assert documented == {
        "values.exambro_title": "ExambrowserCBTSync Admin Version {version}",
        "values.exambro_version": "50.170406",
        "values.cbtsync_version": "5.1.0",
        "values.patching_opens": "07:45",
        "values.patching_zone": "WIB",
        "values.exam_day": "Senin",
        "values.exam_weekday": "1",
    }


def test_what_the_announcement_does_not_say_is_not_passed_off_as_known(pack: ProcedurePack) -> None:
    assumed = {fact.key for fact in pack.facts if fact.basis is Basis.ASSUMED}

    assert {"values.old_cbtsync_version", "waits.sn_reset_after", "durations.patch"} <= assumed
    assert {data_set.basis for data_set in pack.data_sets} == {Basis.ASSUMED}
    assert {test.basis for test in pack.tests} == {Basis.ASSUMED}


def test_durations_waits_and_sizes_are_plain_numbers(pack: ProcedurePack) -> None:
    assert msgspec.structs.astuple(pack.durations) == (90_000, 8_000, 120_000, 40_000, 1_800_000)
    assert msgspec.structs.astuple(pack.waits) == (600_000, 900_000, 3_600_000, 7_200_000)
    assert pack.sizes.backup_bytes == 5 * 1024 * 1024
    assert (pack.window.opens, pack.window.closes) == ("08:00", "17:00")


def test_nine_data_sets_share_the_whole_sync(pack: ProcedurePack) -> None:
    assert [data_set.n for data_set in pack.data_sets] == list(range(1, 10))
    assert sum(data_set.share_permille for data_set in pack.data_sets) == 1000
    assert {data_set.n: data_set.feeds for data_set in pack.data_sets if data_set.feeds} == {
        1: "participants",
        3: "tests",
    }
    assert all(data_set.old_rows > 0 for data_set in pack.data_sets)


def test_data_5_and_6_are_the_largest_and_each_row_of_8_and_9_takes_longest(
    pack: ProcedurePack,
) -> None:
    def rows(data_set: DataSet) -> int:
        return data_set.central_rows(participants=36, tests=len(pack.tests))

    by_size = sorted(pack.data_sets, key=rows)
    by_slowness = sorted(pack.data_sets, key=lambda one: one.share_permille / rows(one))
    largest = {data_set.n for data_set in by_size[-2:]}
    slowest_shares = {one.n for one in pack.data_sets if one.share_permille >= 160}

    assert largest == {5, 6} == {one.n for one in pack.data_sets if one.trait == "large"}
    assert {one.n for one in pack.data_sets if one.trait == "slow"} == {8, 9}
    assert slowest_shares == {5, 6, 8, 9}
    assert [one.n for one in by_slowness if one.share_permille >= 160][-2:] == [8, 9]


def test_rows_that_follow_the_school_are_counted_from_it(pack: ProcedurePack) -> None:
    rows = [data_set.central_rows(participants=40, tests=3) for data_set in pack.data_sets]

    assert rows[0] == 40
    assert rows[2] == 3
    assert rows[1] == pack.data_sets[1].rows


def test_the_menus_stand_in_screen_order_and_five_of_them_are_trained(pack: ProcedurePack) -> None:
    assert [menu.label.id for menu in pack.menus] == [
        "Dashboard", "Status Download", "Daftar Peserta", "Status Test", "Status Peserta",
        "Log Siswa", "Reset Login Peserta", "Laporan", "BACKUP", "Foto Peserta Tes", "Logout",
    ]  # fmt: skip
    assert [menu.menu for menu in pack.menus if menu.trained] == [
        "dashboard", "status-download", "participants", "tests", "backup",
    ]  # fmt: skip


def test_the_rubric_has_its_switches_numbers_and_competencies(pack: ProcedurePack) -> None:
    switches = pack.rubric_switches

    assert (switches.k3_gates, switches.k4_gates, switches.b1_gates) == (True, True, False)
    assert pack.gates.minor_max == 3
    assert pack.gates.repeat_minor_is_major == 3
    assert pack.gates.process_min_permille == 850
    assert pack.gates.detours_max == 6
    assert {one.competency: one.steps for one in pack.competencies} == {
        "readiness": (1, 2, 3),
        "patching": (4, 5, 6, 7),
        "identity": (2, 8, 9, 21),
        "data": tuple(range(12, 19)),
        "checking": (10, 18, 19, 20),
    }
    assert [one.competency for one in pack.competencies if one.report] == ["checking"]


def test_a_step_is_found_by_number_or_by_how_a_tag_writes_it(pack: ProcedurePack) -> None:
    assert pack.step(7).number == 7
    assert pack.step("07").number == 7
    assert pack.step("7a").title.id == "Buka tab Service Restart"
    assert pack.step("nb").number == "NB"


def test_what_the_pack_does_not_have_is_said_with_what_it_has(pack: ProcedurePack) -> None:
    with pytest.raises(TextError, match="unbk-2017 has no step 22"):
        pack.step(22)
    with pytest.raises(TextError, match="it has dashboard, status-download"):
        pack.menu("home")
    with pytest.raises(TextError, match="it has WIB, WITA, WIT"):
        pack.zone("UTC")


@pytest.mark.parametrize("written", ["", "0", "100", "7A1", "a7", "-7", "7 a"])
def test_what_is_no_step_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write 1 to 99, 7a or NB"):
        parse_step_number(written)


def test_steps_sort_as_people_read_them() -> None:
    mixed: list[StepNumber] = ["NB", 21, "7b", 8, "7a", 1, 7]

    assert sorted(mixed, key=step_order) == [1, 7, "7a", "7b", 8, 21, "NB"]


def test_patching_opens_at_one_moment_on_three_clocks(pack: ProcedurePack) -> None:
    assert opening_times(pack) == {"WIB": "07:45", "WITA": "08:45", "WIT": "09:45"}


def test_clock_times_and_minutes_are_two_ways_to_say_the_same() -> None:
    assert minute_of_day("07:45") == 465
    assert clock_time(465) == "07:45"
    assert clock_time(24 * 60 + 5) == "00:05"


def test_a_time_has_a_dot_in_indonesian_prose_and_a_colon_on_screens(pack: ProcedurePack) -> None:
    note = pack.step("NB")

    assert note.title.id == "Patching dibuka pukul 07.45 WIB"
    assert note.title.en == "Patching opens at 07:45 WIB"
    assert "07:45 WIB" in note.labels


def test_a_second_edition_has_its_own_numbers_throughout(tiny: ProcedurePack) -> None:
    assert len(tiny.data_sets) == 7
    assert tiny.values.patching_opens == "06:30"
    assert tiny.step(6).see.id == "CBTSync Versi 9.9.1."
    assert tiny.step(18).title.en == "Wait for seven green rows"
    assert tiny.step("NB").labels == ("Auto Patching", "06:30 WIB")
    assert load_messages(tiny).text("exambro.title", "id", version="1") == (
        "ExamDesk Proktor Versi 1"
    )
    assert load_messages(tiny).text("menu.dashboard", "id") == "Beranda"


def test_no_text_of_a_second_edition_mentions_the_numbers_of_the_first(
    pack: ProcedurePack, tiny: ProcedurePack
) -> None:
    def words(of: ProcedurePack) -> list[str]:
        texts = (of, load_messages, load_fault_texts, load_violations, load_glossary)
        whole = [msgspec.json.encode(text if text is of else tuple(text(of))) for text in texts]
        return WORDS_OF_2017.findall(b"".join(whole).decode())

    assert words(tiny) == []
    assert len(words(pack)) > 100


def test_no_step_says_a_thing_in_one_language_only(pack: ProcedurePack) -> None:
    for step in pack.all_steps:
        for text in (step.title, step.do, step.see, step.why, step.slip):
            for language in LANGUAGES:
                assert text.in_language(language).strip()
                assert "{" not in text.in_language(language)
