"""The linter: each rule finds what it is for, and leaves a sound story alone."""

from pathlib import Path
from typing import Any

import pytest

from mock_server.scenario.lint import RULES, examine, lint
from mock_server.scenario.loader import load_document
from mock_server.scenario.packs import load_fault_texts, load_pack, load_violations
from mock_server.scenario.yaml_files import show_path
from tests.scenario.documents import START, as_yaml, minimal, told, troubled

UNBK = load_pack("unbk-2017")
FAULT_TEXTS = load_fault_texts(UNBK)
VIOLATIONS = load_violations(UNBK)
DROPS = {"fault": "sync.drops", "with": {"data": 7, "at": "60%"}}
SHORT = {"fault": "sync.short"}


def findings(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Each finding as its rule and its key path."""
    found = lint(load_document(document), UNBK, FAULT_TEXTS, VIOLATIONS)
    assert {one.rule for one in found} <= RULES.keys()
    assert all(one.message and one.mend for one in found)
    return {(one.rule, show_path(one.path)) for one in found}


def brief(id: str, en: str) -> dict[str, str]:
    return {"id": id, "en": en}


def inject(say: dict[str, str], tempts: str | None = None, at: str = "+12m") -> dict[str, Any]:
    return {"at": at, "from": "Rekan guru", "say": say, "tempts": tempts}


def expecting(ending: str, **others: Any) -> dict[str, Any]:
    return {"ending": ending, "within": "75m"} | others


def test_a_sound_story_without_trouble_is_left_alone() -> None:
    assert findings(told()) == set()


def test_a_sound_story_with_one_fault_is_left_alone() -> None:
    assert findings(troubled(DROPS)) == set()


def test_a_scenario_for_programs_needs_no_texts() -> None:
    assert findings(minimal(faults=[DROPS])) == set()


# --- what people read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "said", "language"),
    [
        (DROPS, brief("Sinkronisasi kemarin berhenti.", "The line is good."), "id"),
        (DROPS, brief("Jaringan baik.", "Yesterday the sync stopped."), "en"),
        (DROPS, brief("Perhatikan data 7.", "Take care."), "id"),
        (DROPS, brief("Hati-hati.", "Watch data 7."), "en"),
        ({"fault": "sync.stalls"}, brief("Barisnya tidak bergerak.", "Good morning."), "id"),
        ({"fault": "backup.fails"}, brief("Selamat pagi.", "The backup failed."), "en"),
        (
            {"fault": "service.stopped"},
            brief("Di tab Service Restart tidak terbaca running.", "Good morning."),
            "id",
        ),
    ],
)
def test_a_brief_that_gives_the_fault_away_is_found(
    fault: dict[str, Any], said: dict[str, str], language: str
) -> None:
    document = troubled(fault, brief=said, teaches=[7, 13, 18, 20])

    assert findings(document) == {("gives-away", f"brief.{language}")}


def test_the_words_of_the_trade_give_nothing_away() -> None:
    said = brief(
        "Server, service, dan patching sudah diperiksa. Unduh data untuk 36 peserta.",
        "Server, service and patching were checked. Download the data of 36 participants.",
    )

    assert findings(troubled(DROPS, brief=said)) == set()


def test_a_brief_may_use_the_words_of_a_fault_that_is_not_in_the_story() -> None:
    said = brief("Minggu lalu patching gagal.", "Last week the patching failed.")

    assert findings(troubled(DROPS, brief=said)) == set()
    assert findings(troubled({"fault": "patch.fails"}, brief=said, teaches=[7])) != set()


def test_a_closed_window_is_something_a_brief_may_give_away() -> None:
    window = {"opens": "2017-04-08T10:00:00+07:00", "closes": "2017-04-08T12:00:00+07:00"}
    said = brief("Akses masih ditutup.", "Good morning.")
    document = told(level="L3", window=window, brief=said, expect=expecting("ready", within="190m"))

    assert findings(document) == {("gives-away", "brief.id")}


def test_a_message_may_hint_but_not_tell_the_fault() -> None:
    hint = inject(brief("Kalau berhenti, ulangi.", "If it stops, repeat."))
    tell = inject(
        brief("Sinkronisasi berhenti di tengah.", "The synchronisation has stopped midway.")
    )

    assert findings(troubled(DROPS, injects=[hint])) == set()
    assert findings(troubled(DROPS, injects=[tell])) == {
        ("gives-away", "injects[0].say.id"),
        ("gives-away", "injects[0].say.en"),
    }


def test_an_alias_that_tells_the_fault_is_found() -> None:
    telling = brief("Sinkronisasi berhenti", "The synchronisation has stopped midway")

    assert ("gives-away", "alias.en") in findings(troubled(DROPS, alias=telling))


def test_a_text_that_is_the_same_in_both_languages_is_found() -> None:
    assert findings(told(title=brief("Normal saja", "Normal saja"))) == {
        ("both-languages", "title")
    }


def test_a_text_in_the_wrong_language_is_found() -> None:
    english, indonesian = "This is the end of the day.", "Ini sudah akhir dari hari itu."

    assert findings(told(debrief=[brief(english, english[:-1] + "!")])) == {
        ("both-languages", "debrief[0].id")
    }
    assert findings(told(debrief=[brief(indonesian, indonesian[:-1] + "!")])) == {
        ("both-languages", "debrief[0].en")
    }


def test_a_sentence_with_too_many_words_is_found() -> None:
    long = " ".join(["kata"] * 19) + "."

    assert findings(told(debrief=[brief(long, "Short.")])) == {("long-sentence", "debrief[0].id")}
    split = long.replace("kata kata kata", "kata. Kata kata", 1)
    assert findings(told(debrief=[brief(split, "Short.")])) == set()


def test_a_word_that_has_an_indonesian_one_is_found_but_not_in_a_label() -> None:
    def points(text: str) -> set[tuple[str, str]]:
        return findings(told(debrief=[brief(text, "Read it.")]))

    assert points("Buka link itu.") == {("avoided-word", "debrief[0].id")}
    assert points("Tekan klik disini, lalu buka Status Download.") == set()


def test_an_inflected_label_is_found() -> None:
    document = told(debrief=[brief("Jangan meng-HAPUS lagi.", "No second HAPUS.")])

    assert findings(document) == {("inflected-label", "debrief[0].id")}


@pytest.mark.parametrize("key", ["brief", "teaches", "debrief"])
def test_a_story_for_people_has_brief_steps_and_debrief(key: str) -> None:
    document = told()
    del document[key]

    assert findings(document) == {("not-told", key)}
    assert findings(document | {"level": "CI"}) == set()


def test_a_story_for_people_says_how_long_it_may_take() -> None:
    assert findings(told(expect={"ending": "ready"})) == {("no-time-set", "expect.within")}


# --- the story -----------------------------------------------------------------------------------


def test_steps_that_no_fault_is_about_are_found() -> None:
    assert findings(troubled(DROPS, teaches=[3])) == {("teaches-other-steps", "teaches")}


def test_a_temptation_away_from_the_taught_steps_is_found() -> None:
    say = brief("Hapus saja.", "Just delete it.")
    document = troubled(DROPS, injects=[inject(say, "K2")])

    assert findings(document) == {("teaches-other-steps", "injects[0].tempts")}
    assert findings(document | {"teaches": [18, 21]}) == set()


def test_a_code_that_does_not_exist_is_found() -> None:
    say = brief("Hapus saja.", "Just delete it.")
    document = minimal(
        injects=[inject(say, "K9")], expect={"ending": "ready", "violations": ["R99"]}
    )

    assert findings(document) == {
        ("unknown-code", "injects[0].tempts"),
        ("unknown-code", "expect.violations[0]"),
    }


@pytest.mark.parametrize(
    ("fault", "condition"),
    [
        ("patch.fails", "patched"),
        ("backup.fails", "backed-up"),
        ("delete.stalls", "ready-to-sync"),
        ("sync.drops", "synced"),
        ("tests.missing", "synced"),
    ],
)
def test_a_fault_that_the_start_has_behind_it_is_found(fault: str, condition: str) -> None:
    document = minimal(
        start={"at": START, "condition": condition},
        faults=[{"fault": fault}],
        expect={"ending": "reported"},
    )

    assert findings(document) == {("cannot-strike", "faults[0].fault")}


def test_a_fault_that_begins_when_the_story_is_over_is_found() -> None:
    late = {"fault": "central.unreachable", "when": {"from": "+75m", "until": "+80m"}}

    assert findings(minimal(faults=[late], expect=expecting("ready"))) == {
        ("cannot-strike", "faults[0].when.from")
    }


def test_a_fault_that_no_text_describes_is_found() -> None:
    texts = load_fault_texts(UNBK)
    known = {text.fault: text for text in texts if text.fault != "sync.drops"}
    silent = type(texts)("faults.yaml", known, texts.rules_of_thumb)

    found = lint(load_document(minimal(faults=[DROPS])), UNBK, silent, VIOLATIONS)

    assert [(one.rule, one.path) for one in found] == [("fault-not-told", ("faults", 0, "fault"))]


@pytest.mark.parametrize(
    "changes",
    [
        {"level": "L1", "faults": [DROPS]},
        {"level": "L3", "faults": []},
        {"level": "L3", "faults": [DROPS, {"fault": "backup.slow"}]},
        {"level": "L4", "faults": [DROPS]},
        {"level": "L3", "faults": [DROPS], "room": {"machines": ["laptop", "exam-server"]}},
    ],
)
def test_a_level_that_asks_for_another_number_of_troubles_is_found(
    changes: dict[str, Any],
) -> None:
    assert ("wrong-level", "level") in findings(told(teaches=[13, 18], **changes))


@pytest.mark.parametrize(
    "trap",
    [
        {"room": {"machines": ["laptop", "exam-server"]}},
        {"room": {"exambro": ["50.160328", "50.170406"]}},
        {"school": {"servers": 2}, "room": {"id_slips": 2}},
        {"start": {"at": "2017-04-08T07:20:00+07:00"}, "expect": expecting("ready", within="95m")},
        {"start": {"at": "2017-04-08T08:40:00+08:00", "zone": "Asia/Makassar"}},
        {"start": {"at": START, "condition": "synced"}},
    ],
)
def test_something_in_the_start_is_a_trouble_too(trap: dict[str, Any]) -> None:
    assert findings(told(level="L3") | trap) == set()
    assert findings(told(level="L1") | trap) == {("wrong-level", "level")}


def test_two_troubles_or_one_with_a_temptation_make_level_4() -> None:
    say = brief("Hapus saja.", "Just delete it.")
    tempted = troubled(DROPS, level="L4", teaches=[18, 21], injects=[inject(say, "K2")])
    twice = told(level="L4", teaches=[13, 18], faults=[DROPS, {"fault": "backup.fails"}])

    assert findings(tempted) == set()
    assert findings(twice) == set()


# --- the ending ----------------------------------------------------------------------------------

FOREVER = {"sticky": True}
NEXT_DAY = {"opens": "2017-04-09T08:00:00+07:00", "closes": "2017-04-09T12:00:00+07:00"}
TWENTY_MINUTES = {"opens": "2017-04-08T08:00:00+07:00", "closes": "2017-04-08T08:20:00+07:00"}
OVER = {"opens": "2017-04-08T06:00:00+07:00", "closes": "2017-04-08T07:00:00+07:00"}


@pytest.mark.parametrize(
    "changes",
    [
        {"faults": [{"fault": "central.closed"}]},
        {"faults": [{"fault": "central.unreachable", "when": {"from": "+3m"}}]},
        {"faults": [{"fault": "patch.fails", "when": FOREVER}]},
        {"faults": [{"fault": "service.start-fails", "when": FOREVER}]},
        {"faults": [SHORT]},
        {"faults": [{"fault": "participants.missing"}]},
        {"faults": [{"fault": "tests.missing"}]},
        {"window": NEXT_DAY},
        {"window": TWENTY_MINUTES},
        {"window": OVER},
        {"room": {"exambro": ["50.160328"]}},
    ],
)
def test_a_ready_that_nobody_can_reach_is_found(changes: dict[str, Any]) -> None:
    assert findings(minimal(**changes)) == {("cannot-end-so", "expect.ending")}
    assert findings(minimal(expect={"ending": "reported"}, **changes)) == set()


@pytest.mark.parametrize(
    "fault",
    [
        {"fault": "central.closed", "when": {"until": "+30m"}},
        {"fault": "central.slow"},
        {"fault": "patch.fails"},
        {"fault": "sync.slow", "when": FOREVER},
        {"fault": "backup.fails", "when": {"times": 2}},
    ],
)
def test_a_fault_that_ends_or_only_slows_leaves_ready_possible(fault: dict[str, Any]) -> None:
    assert findings(minimal(faults=[fault])) == set()


def test_a_window_that_is_over_does_not_matter_once_all_is_synchronised() -> None:
    assert findings(minimal(window=OVER, start={"at": START, "condition": "synced"})) == set()


@pytest.mark.parametrize("ending", ["postponed", "reported", "halted"])
def test_an_ending_that_nothing_leads_to_is_found(ending: str) -> None:
    assert findings(minimal(expect={"ending": ending})) == {("cannot-end-so", "expect.ending")}


@pytest.mark.parametrize(
    ("key", "value"),
    [("datasets_complete", 8), ("participants", 35), ("tests_visible", False)],
)
def test_a_truth_that_contradicts_ready_is_found(key: str, value: object) -> None:
    expect = {"ending": "ready", "truth": {key: value}}

    assert findings(minimal(expect=expect)) == {("cannot-end-so", f"expect.truth.{key}")}
    reported = {"ending": "reported", "truth": {key: value}}
    assert findings(minimal(expect=reported, faults=[SHORT])) == set()


def test_a_violation_that_fails_a_run_contradicts_ready() -> None:
    expect = {"ending": "ready", "violations": ["R4", "B4"]}

    assert findings(minimal(expect=expect)) == {("cannot-end-so", "expect.violations[1]")}


@pytest.mark.parametrize(
    ("start", "least"),
    [
        ({"at": "2017-04-08T07:40:00+07:00"}, 50),  # the window opens at 08:00, a sync takes 30m
        ({"at": "2017-04-08T09:00:00+07:00", "condition": "ready-to-sync"}, 30),
        ({"at": "2017-04-08T09:00:00+07:00", "condition": "patched"}, 33),
    ],
)
def test_a_time_in_which_the_jobs_alone_do_not_fit_is_found(
    start: dict[str, str], least: int
) -> None:
    def within(minutes: int) -> set[tuple[str, str]]:
        expect = {"ending": "ready", "within": f"{minutes}m"}
        return findings(minimal(start=start, expect=expect))

    assert within(least - 1) == {("within-too-short", "expect.within")}
    assert within(least) == set()


# --- a file --------------------------------------------------------------------------------------


def test_a_finding_names_file_line_key_rule_and_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(as_yaml(minimal(expect={"ending": "reported"})), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index("  ending: reported") + 1

    (found,) = examine(path)

    assert str(found) == (
        f"{path}:{line}: expect.ending: nothing keeps a good run from ready, so it does not end "
        "reported; expect ready, or give the story a reason [cannot-end-so]"
    )


def test_a_file_that_does_not_load_is_told_by_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("id: story\n", encoding="utf-8")

    assert len(examine(path)) == 4
