"""The texts that people see: complete, in two languages, and filled only as they ask to be."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mock_server.domain.operations import Operation
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import (
    LANGUAGES,
    FaultTexts,
    GateRule,
    Messages,
    Severity,
    Term,
    TermKind,
    TextError,
    Texts,
    Violation,
    field_names,
    fill,
)
from mock_server.scenario.packs import (
    load_fault_texts,
    load_glossary,
    load_messages,
    load_pack,
    load_violations,
)

ROOT = Path(__file__).parents[2]

# The announcement's words on screens, spelled as it spells them.
OFFICIAL_MESSAGES = {
    "service.title": "Service Restart",
    "service.start": "Start Service",
    "service.running": "running",
    "patching.title": "Auto Patching",
    "patching.continue": "Pembaharuan",
    "patching.succeeded": "Patching Berhasil",
    "identity.field": "ID Server",
    "identity.submit": "Submit",
    "portal.ids.title": "ID Sinkronisasi",
    "exambro.close_window": "ALT+F4",
    "exambro.open_cbtsync": "CBTSync",
    "dashboard.title": "Dashboard",
    "dashboard.closed.sentence": "Akses Server Pusat di Tutup, data SN Sudah Sesuai",
    "menu.dashboard": "Dashboard",
    "menu.backup": "BACKUP",
    "menu.status_download": "Status Download",
    "menu.participants": "Daftar Peserta",
    "menu.tests": "Status Test",
    "backup.start": "BACKUP",
    "backup.link": "klik disini",
    "delete.start": "HAPUS",
    "sync.refresh_status": "REFRESH STATUS",
    "sync.start": "START SYNC",
    "overlay.title": "Data Awal",
    "tests.list": "Daftar Test",
}
FAULTS = {
    "patch.fails", "patch.stalls", "patch.claims-success", "service.stopped", "service.dies",
    "service.start-fails", "id.unknown", "id.bound-elsewhere", "central.closed",
    "central.unreachable", "central.slow", "licence.invalid", "backup.fails", "backup.slow",
    "backup.corrupt", "backup.link-missing", "delete.stalls", "delete.partial", "sync.stalls",
    "sync.drops", "sync.short", "sync.slow", "participants.missing", "participants.duplicate",
    "tests.missing", "cbtsync.crashes", "http.status", "http.slow", "http.dribble", "http.truncate",
    "http.malformed", "http.html-for-json", "http.empty", "net.late", "net.twice", "net.reset",
    "net.hangup", "net.garbage", "net.bad-chunk", "net.half-header", "net.hang", "net.refused",
}  # fmt: skip
VIOLATIONS = [
    *(f"K{n}" for n in range(1, 5)),
    *(f"B{n}" for n in range(1, 11)),
    *(f"R{n}" for n in range(1, 9)),
    *(f"N{n}" for n in range(1, 3)),
]
AVOIDED = re.compile(r"\b(download(kan)?|file|login|runningkan|silahkan|ijin|resiko)\b", re.I)


@pytest.fixture(scope="module")
def pack() -> ProcedurePack:
    return load_pack("unbk-2017")


@pytest.fixture(scope="module")
def messages(pack: ProcedurePack) -> Messages:
    return load_messages(pack)


@pytest.fixture(scope="module")
def faults(pack: ProcedurePack) -> FaultTexts:
    return load_fault_texts(pack)


@pytest.fixture(scope="module")
def violations(pack: ProcedurePack) -> Texts[Violation]:
    return load_violations(pack)


@pytest.fixture(scope="module")
def glossary(pack: ProcedurePack) -> Texts[Term]:
    return load_glossary(pack)


def test_a_message_is_filled_in_either_language(messages: Messages) -> None:
    assert messages.text("backup.running", "id", percent=40) == "Backup berjalan: 40%"
    assert messages.text("backup.running", "en", percent=40) == "Backup: 40%"
    assert messages.text("sync.start", "en") == "START SYNC"


def test_what_a_user_typed_stays_what_it_was(messages: Messages) -> None:
    typed = "{percent} <b>"

    assert typed in messages.text("identity.accepted", "id", server_id=typed)


def test_a_forgotten_field_is_named(messages: Messages) -> None:
    with pytest.raises(TextError, match=r"'backup.running' takes percent \(missing: percent\)"):
        messages.text("backup.running", "id")


def test_a_field_too_many_is_named(messages: Messages) -> None:
    with pytest.raises(TextError, match=r"takes nothing \(not known: percent\)"):
        messages.text("sync.start", "id", percent=3)


def test_a_key_that_does_not_exist_is_answered_with_a_likely_one(messages: Messages) -> None:
    with pytest.raises(TextError, match=r"no message 'sync.strat'; did you mean 'sync.start'\?"):
        messages.text("sync.strat", "id")
    with pytest.raises(TextError, match=r"messages\.yaml"):
        messages.text("zzz", "id")


def test_each_message_takes_the_same_fields_in_both_languages(messages: Messages) -> None:
    assert len(messages) == len(set(messages.keys)) > 180
    for message in messages:
        assert field_names(message.id) == field_names(message.en), message.key


def test_the_words_of_the_announcement_stand_on_the_screens(messages: Messages) -> None:
    said = {key: messages[key].id for key in OFFICIAL_MESSAGES}

    assert said == OFFICIAL_MESSAGES


def test_official_words_stay_indonesian_in_english(messages: Messages) -> None:
    """A dashboard sentence is the exception: it is a sentence, not a label."""
    for key, label in OFFICIAL_MESSAGES.items():
        if not key.endswith(".sentence"):
            assert messages[key].en.startswith(label), key


def test_every_colour_comes_with_a_word(messages: Messages) -> None:
    for message in messages:
        if message.colour is not None:
            assert message.id.strip(), message.key


def test_every_refusal_in_the_code_has_its_message_with_the_same_fields(messages: Messages) -> None:
    """An instant travels as ``x_ms`` and is written as ``x``."""
    for code, fields in refusals_in_the_code():
        assert code in messages, f"no message {code!r}"
        assert messages[code].fields == {name.removesuffix("_ms") for name in fields}, code


@cache
def refusals_in_the_code() -> list[tuple[str, set[str]]]:
    found = []
    texts = (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("mock_server/**/*.py")))
    for text in texts:
        for node in ast.walk(ast.parse(text)) if "Refusal(" in text else ():
            match node:
                case ast.Call(func=ast.Name(id="Refusal"), args=[ast.Constant(value=str(code))]):
                    names = {keyword.arg for keyword in node.keywords if keyword.arg}
                    found.append((code, names - {"stale"}))
    return found


def test_the_search_for_refusals_finds_some() -> None:
    assert ("licence.invalid", set()) in refusals_in_the_code()


def test_each_fault_of_the_design_has_its_text(faults: FaultTexts) -> None:
    assert set(faults.keys) == FAULTS
    assert len(faults.rules_of_thumb) == 5


def test_a_cue_never_names_the_layer_that_fails(faults: FaultTexts) -> None:
    for text in faults:
        layer, _, name = text.fault.partition(".")
        assert f"{layer}.{name}" not in text.cue.en
        assert text.cue.id != text.title.id


def test_each_violation_has_its_text_and_its_severity(violations: Texts[Violation]) -> None:
    assert list(violations.keys) == VIOLATIONS
    severities = {"K": Severity.CRITICAL, "B": Severity.MAJOR, "R": Severity.MINOR}
    for violation in violations:
        wanted = severities.get(violation.code[0], Severity.NEAR_MISS)
        assert violation.severity is wanted, violation.code


def test_each_violation_gates_as_the_rubric_says(violations: Texts[Violation]) -> None:
    switchable = {one.code for one in violations if one.gate is GateRule.SWITCHABLE}
    never = {one.code for one in violations if one.gate is GateRule.NEVER}
    counts = {one.code for one in violations if one.gate is GateRule.COUNTS}

    assert switchable == {"K3", "K4"}
    assert never == {"B1", "N1", "N2"}
    assert counts == {f"R{n}" for n in range(1, 9)}


def test_violations_and_faults_quote_steps_that_exist(
    pack: ProcedurePack, violations: Texts[Violation], faults: FaultTexts
) -> None:
    for entry in (*violations, *faults):
        for number in entry.steps:
            assert pack.step(number).number == number


def test_the_gates_of_the_steps_are_violations(
    pack: ProcedurePack, violations: Texts[Violation]
) -> None:
    gates = {step.number: step.gate for step in pack.all_steps if step.gate}

    assert gates == {9: "K1", 21: "K2"}
    assert all(number in violations[code].steps for number, code in gates.items())


def test_consequences_speak_of_the_exam_day_of_the_pack(violations: Texts[Violation]) -> None:
    assert "Senin pagi" in violations["K2"].monday.id
    assert "Monday morning" in violations["K2"].monday.en


def test_a_term_has_one_meaning(glossary: Texts[Term]) -> None:
    for language in LANGUAGES:
        words = [term.term.in_language(language).lower() for term in glossary]
        assert len(words) == len(set(words))


def test_words_of_the_simulator_name_their_word_in_the_code(glossary: Texts[Term]) -> None:
    for term in glossary:
        assert (term.code is not None) == (term.kind is TermKind.SIMULATOR), term.key


def test_indonesian_texts_use_the_indonesian_word(
    pack: ProcedurePack, violations: Texts[Violation], faults: FaultTexts
) -> None:
    texts = [text.id for step in pack.all_steps for text in (step.do, step.why, step.slip)]
    texts += [text.id for one in violations for text in (one.happened, one.monday, one.better)]
    texts += [text.id for one in faults for text in (one.cue, one.act, one.over, one.worse)]
    plain = [text.replace("Status Download", "") for text in texts]

    assert [text for text in plain if AVOIDED.search(text)] == []


def test_every_evidence_that_is_cited_can_be_read(pack: ProcedurePack, messages: Messages) -> None:
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^#{2,3} ([0-9.]+?)\.? ", page, re.MULTILINE))
    eleven = page.partition("## 11.")[2].partition("## 12.")[0]
    sections |= {f"11.{n}" for n in re.findall(r"^([0-9]+)\. ", eleven, re.MULTILINE)}
    cited = {one for message in messages for one in message.evidence}
    cited |= {one for step in pack.all_steps for one in step.evidence}

    assert cited - sections == set()


def test_the_glossary_page_says_what_the_glossary_says(glossary: Texts[Term]) -> None:
    """On failure: bring the row in docs/glossary.md in line with glossary.yaml, or the reverse."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = page.partition("## Terms in both languages")[2].splitlines()
    shown = {row for row in rows if row.startswith("| ") and not row.startswith("| Indonesian")}

    assert shown == {
        f"| {term.term.id} | {term.term.en} | {term.definition.en} | {term.definition.id} |"
        for term in glossary
    }


def test_the_glossary_page_knows_each_word_of_the_code_once() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = page.partition("## Words of the code")[2].partition("## Terms")[0]
    said = [word for row in table.splitlines() for word in re.findall(r"\*\*(.+?)\*\*", row[:80])]

    assert len(said) > 50
    assert len(said) == len(set(said))


def test_a_field_that_opens_a_sentence_gets_a_capital() -> None:
    fields = {"data_sets_word": "sembilan"}

    assert fill("{data_sets_word} baris.", fields) == "Sembilan baris."
    assert fill("Berhenti. {data_sets_word} baris.", fields) == "Berhenti. Sembilan baris."
    assert fill("Tunggu {data_sets_word} baris, {percent}%.", fields) == (
        "Tunggu sembilan baris, {percent}%."
    )


def spoken_in(data: Any) -> Iterator[str]:
    """Yield what stands in either language anywhere in it."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from spoken_in(value)
        elif key in LANGUAGES and isinstance(value, str):
            yield value


def test_nothing_that_people_read_names_an_operation_of_the_program() -> None:
    """People know START SYNC and Status Download, not sync.start and sync.status."""
    pack = load_pack("unbk-2017")
    operations = "|".join(re.escape(operation) for operation in Operation)
    name = re.compile(rf"(?<![\w.])(?:{operations})(?![\w])(?!\.\w)")
    said = [
        text
        for texts in (load_messages(pack), load_fault_texts(pack), load_violations(pack))
        for text in spoken_in(msgspec.to_builtins(list(texts)))
    ]

    assert len(said) > 400
    assert [text for text in said if name.search(text)] == []
