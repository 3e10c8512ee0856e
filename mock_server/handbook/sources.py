"""Reading what a book is made of, and putting it together for one language."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from mock_server import VERSION
from mock_server.handbook import book_texts, evidence, features, pictures
from mock_server.handbook.assembly import Assembly
from mock_server.handbook.book_texts import BookTexts
from mock_server.handbook.drills import Drills
from mock_server.handbook.gates import changed_definitions, uncovered_steps
from mock_server.handbook.model import Book, Finding
from mock_server.handbook.reference import Reference
from mock_server.handbook.translation import Translator
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language
from mock_server.scenario import packs
from mock_server.scenario.library import Library
from mock_server.scenario.locations import PACKAGE, features_folder, procedures_folder
from mock_server.scenario.model import Scenario
from mock_server.scenario.rule_texts import load_rules

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is read, once for all languages."""

    features: tuple[features.Feature, ...]
    evidence: dict[evidence.Key, evidence.StoryEvidence]
    pictures: pictures.Pictures
    pack: ProcedurePack
    scenarios: tuple[Scenario, ...]
    texts: BookTexts
    dated: str


def read_sources(
    *, evidence_folder: Path, procedure: str, features_from: Path | None = None
) -> Sources:
    """Read them. Raises FeatureError, EvidenceError, YamlFileError or ScenarioError."""
    pack = packs.load_pack(procedure)
    return Sources(
        features=features.read_folder(features_from or features_folder()),
        evidence=evidence.read_all(evidence_folder),
        pictures=pictures.load(evidence_folder / evidence.PICTURES),
        pack=pack,
        scenarios=tuple(entry.scenario for entry in Library().all()),
        texts=book_texts.load(pack),
        dated=dated(evidence_folder),
    )


def said_on_screen(pack: ProcedurePack, language: Language) -> dict[str, str]:
    """Return what the screens say in a language, by the Indonesian text."""
    messages = packs.load_messages(pack)
    return {one.id: one.id if language == "id" else one.en for one in messages}


def assemble(
    sources: Sources, language: Language, translator: Translator
) -> tuple[Book, list[Finding]]:
    """Return the book in one language, and what is wrong with it so far."""
    pack = sources.pack
    drills = Drills(language, sources.scenarios)
    assembly = Assembly(
        evidence=sources.evidence,
        pictures=sources.pictures,
        translator=translator,
        train=drills.train,
    )
    chapters = assembly.chapters(sources.features)
    stories = tuple(story for chapter in chapters for story in chapter.stories)
    reference = Reference(language, pack, stories, drills)
    fault_texts = packs.load_fault_texts(pack)
    book = Book(
        language=language,
        procedure=pack.id,
        procedure_title=pack.title.in_language(language),
        version=VERSION,
        dated=sources.dated,
        chapters=chapters,
        blocks=reference.blocks(),
        symptoms=reference.symptoms(fault_texts),
        prohibitions=reference.prohibitions(packs.load_violations(pack), sources.texts),
        zones=tuple(zone.label for zone in pack.zones),
        zone_rows=reference.zone_rows(sources.texts),
        terms=reference.terms(packs.load_glossary(pack)),
        rules_of_thumb=tuple(one.in_language(language) for one in fault_texts.rules_of_thumb),
        limits=reference.limits(load_rules()),
        values=reference.values(),
        drills=drills.as_known_to_trainees(pack, stories),
        traces=reference.traces(),
    )
    return book, [*assembly.findings, *_gates(sources, book)]


def _gates(sources: Sources, book: Book) -> Iterator[Finding]:
    yield from uncovered_steps(book, procedures_folder() / f"{sources.pack.id}.yaml")
    root = PACKAGE.parent
    in_checkout = (root / "pyproject.toml").is_file()
    yield from changed_definitions(sources.evidence.values(), root if in_checkout else None)


def dated(evidence_folder: Path) -> str:
    """Return the day that is printed: of SOURCE_DATE_EPOCH, else of the last run, else '–'."""
    if epoch := os.environ.get(EPOCH_VARIABLE, ""):
        return f"{datetime.fromtimestamp(int(epoch), tz=UTC):%Y-%m-%d}"
    finished = evidence.finished_at(evidence_folder)
    return "–" if finished is None else f"{finished:%Y-%m-%d}"
