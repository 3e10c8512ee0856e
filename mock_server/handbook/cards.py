"""The sheets that are printed beside the book, each a PDF of its own.

They hold nothing that was not written elsewhere: the pack, its texts, the registry of faults.
"""

from collections.abc import Iterator

import msgspec

from mock_server.faults.catalogue import KINDS, KindReport, describe
from mock_server.handbook.book_texts import BLANK, BookTexts
from mock_server.handbook.html import Typesetter
from mock_server.handbook.model import Book, ProcedureStep, Symptom
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language, Severity, Text, fill
from mock_server.scenario import packs

CHECKLIST = "daftar-periksa"
NAMES = ("kartu-tiga-jeda", CHECKLIST, "lembar-pengamat", "berita-acara", "tabel-gangguan")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    values: dict[str, object]


class ObservedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the observer's sheet; ``weight`` None: it is a gate or not scored."""

    step: ProcedureStep
    weight: int | None
    see: str


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """A violation to look out for."""

    code: str
    title: str
    severity: Severity
    steps: tuple[StepNumber, ...]


class FaultLine(msgspec.Struct, frozen=True, kw_only=True):
    """A fault as a facilitator needs it: what it is, how it is set, what is seen and done."""

    kind: KindReport
    title: str
    cue: str
    act: str
    worse: str
    steps: tuple[StepNumber, ...]
    drills: tuple[str, ...]


def cards_of(book: Book, pack: ProcedurePack, texts: BookTexts) -> Iterator[Card]:
    """Yield every card with what its template needs."""
    language = book.language
    yield Card(name="kartu-tiga-jeda", values={"texts": _spoken_pauses(texts, language)})
    yield Card(name=CHECKLIST, values={"lines": _checklist(texts, language), "recovery": [
        one.in_language(language) for one in texts.recovery]})  # fmt: skip
    yield Card(
        name="lembar-pengamat",
        values={
            "observed": _observed(book, pack),
            "watched": _watched(pack, language),
            "gates": pack.gates,
        },
    )
    yield Card(name="berita-acara", values={"labels": _report_labels(pack, language), "pack": pack})
    yield Card(name="tabel-gangguan", values={"faults": list(_faults(book, pack))})


def rendered(
    book: Book, pack: ProcedurePack, texts: BookTexts, setter: Typesetter, css: str
) -> dict[str, str]:
    """Return each card's HTML by its name."""
    return {
        card.name: setter.card(card.name, css, card.values) for card in cards_of(book, pack, texts)
    }


def _spoken_pauses(texts: BookTexts, language: Language) -> list[dict[str, object]]:
    return [
        {
            "when": one.when.in_language(language),
            "boxes": [box.in_language(language) for box in one.boxes],
            "stop": one.stop.in_language(language) if one.stop else "",
        }
        for one in texts.pauses
    ]


def _checklist(texts: BookTexts, language: Language) -> list[dict[str, object]]:
    return [
        {
            "step": one.step,
            "act": one.act.in_language(language),
            "see": one.see.in_language(language),
            "mark": one.mark,
        }
        for one in texts.checklist
    ]


def _observed(book: Book, pack: ProcedurePack) -> list[ObservedStep]:
    by_label = {str(step.number): step for step in pack.all_steps}
    return [
        ObservedStep(step=step, weight=by_label[step.label].weight, see=step.see)
        for step in book.steps
    ]


def _watched(pack: ProcedurePack, language: Language) -> list[Watched]:
    return [
        Watched(
            code=one.code,
            title=one.title.in_language(language),
            severity=one.severity,
            steps=one.steps,
        )
        for one in packs.load_violations(pack)
    ]


def _report_labels(pack: ProcedurePack, language: Language) -> dict[str, str]:
    # Who is registered is written down in the room.
    fields = {"total": str(len(pack.data_sets)), "registered": BLANK}
    return {
        message.key.partition(".")[2]: fill(message.id if language == "id" else message.en, fields)
        for message in packs.load_messages(pack)
        if message.key.startswith("report.")
    }


def _faults(book: Book, pack: ProcedurePack) -> Iterator[FaultLine]:
    texts = packs.load_fault_texts(pack)
    symptoms: dict[str, Symptom] = {one.fault: one for one in book.symptoms}

    def said(text: Text) -> str:
        return text.in_language(book.language)

    for name, kind in KINDS.items():
        text = texts[name]
        shown = symptoms.get(name)
        yield FaultLine(
            kind=describe(kind),
            title=said(text.title),
            cue=said(text.cue),
            act=said(text.act),
            worse=said(text.worse),
            steps=text.steps,
            drills=() if shown is None else tuple(id for id, _ in shown.drills),
        )
