"""Lints of what people read: the brief gives nothing away, both languages are there, plain words.

A brief may use the words of the trade (server, patching, data); it may not use the words by which
a fault is known, since then the proctor would read the answer before the screen.
"""

import re
from collections.abc import Iterator

from mock_server.procedure.texts import LANGUAGES, FaultText, Language, Text
from mock_server.scenario.findings import Found, Subject
from mock_server.scenario.model import Said, Title
from mock_server.scenario.prepare import window_ms
from mock_server.scenario.vocabulary import FUNCTION_WORDS, sentences, stems, words
from mock_server.scenario.yaml_files import KeyPath

SENTENCE_WORDS_MAX = 18
FOREIGN_WORDS = 2  # so many small words of the other language, and more than of its own
CUE_WORDS = 3  # so many words of one sentence of a cue, in one sentence of a brief, retell it

_NAMES: dict[Language, str] = {"id": "Indonesian", "en": "English"}
_AVOIDED = {
    "download": "unduh",
    "file": "berkas",
    "link": "tautan",
    "login": "masuk",
    "runningkan": "jalankan",
    "disini": "di sini",
    "silahkan": "silakan",
    "ijin": "izin",
    "resiko": "risiko",
    "mengklik": "mengeklik",
}
_LABELS = re.compile(r"klik disini|Status Download", re.IGNORECASE)
_INFLECTED = re.compile(r"\b(?:meng|mem|men|me|di)-[A-Z]{3,}")


def lint_texts(subject: Subject) -> Iterator[Found]:
    for path, text in _all_texts(subject):
        yield from _languages(path, text)
        yield from _style(path, text)
    if subject.for_people:
        yield from _gives_away(subject)


def _all_texts(subject: Subject) -> Iterator[tuple[KeyPath, Text]]:
    scenario = subject.scenario
    yield ("title",), _text(scenario.title)
    if scenario.alias is not None:
        yield ("alias",), _text(scenario.alias)
    if scenario.brief is not None:
        yield ("brief",), _text(scenario.brief)
    for index, inject in enumerate(scenario.injects):
        yield ("injects", index, "say"), _text(inject.say)
    for index, point in enumerate(scenario.debrief):
        yield ("debrief", index), _text(point)


def _text(of: Title | Said) -> Text:
    return Text(id=of.id, en=of.en)


def _languages(path: KeyPath, text: Text) -> Iterator[Found]:
    if text.id.strip() == text.en.strip() and len(words(text.id)) > 1:
        yield Found(
            path=path,
            rule="both-languages",
            message="both languages say the same words",
            mend="write Indonesian under `id` and English under `en`",
        )
    for language in LANGUAGES:
        other: Language = "en" if language == "id" else "id"
        said = words(text.in_language(language))
        foreign = sum(word in FUNCTION_WORDS[other] for word in said)
        if foreign >= FOREIGN_WORDS and foreign > sum(
            word in FUNCTION_WORDS[language] for word in said
        ):
            yield Found(
                path=(*path, language),
                rule="both-languages",
                message=f"this does not read like {_NAMES[language]}",
                mend="write Indonesian under `id` and English under `en`",
            )


def _style(path: KeyPath, text: Text) -> Iterator[Found]:
    for language in LANGUAGES:
        for sentence in sentences(text.in_language(language)):
            if (length := len(sentence.split())) > SENTENCE_WORDS_MAX:
                yield Found(
                    path=(*path, language),
                    rule="long-sentence",
                    message=f"a sentence of {length} words: {sentence[:40]!r}...",
                    mend=f"say one idea a sentence, {SENTENCE_WORDS_MAX} words at most",
                )
    for word in words(_LABELS.sub(" ", text.id)):
        if word in _AVOIDED:
            yield Found(
                path=(*path, "id"),
                rule="avoided-word",
                message=f"{word!r} has an Indonesian word",
                mend=f"write {_AVOIDED[word]!r}",
            )
    if found := _INFLECTED.search(text.id):
        yield Found(
            path=(*path, "id"),
            rule="inflected-label",
            message=f"the label in {found[0]!r} is inflected",
            mend="write it as it stands on the screen: 'menekan HAPUS'",
        )


def _gives_away(subject: Subject) -> Iterator[Found]:
    for path, text in _all_texts(subject):
        if path[0] not in ("alias", "brief", "injects"):
            continue
        for language in LANGUAGES:
            said = text.in_language(language)
            for fault in _known_faults(subject):
                # What somebody says later may hint; what one is told at the start may not.
                if word := _telling(said, fault, language, hint=path[0] != "injects"):
                    yield Found(
                        path=(*path, language),
                        rule="gives-away",
                        message=f"it gives {fault.fault} away: {word!r}",
                        mend="tell what the proctor knows before the screen shows it",
                    )
            yield from _names_the_place(subject, path, said, language)


def _known_faults(subject: Subject) -> list[FaultText]:
    """The faults of the scenario in words; a closed window is one too."""
    names = {spec.fault for spec in subject.faults}
    opens_ms, closes_ms = window_ms(subject.scenario, subject.pack)
    if not opens_ms <= subject.scenario.start.at_ms < closes_ms:
        names.add("central.closed")
    return [text for text in subject.fault_texts if text.fault in names]


def _telling(said: str, fault: FaultText, language: Language, *, hint: bool) -> str | None:
    """The words by which ``said`` tells the fault, or None; with ``hint`` one word is enough."""
    title = stems(fault.title.in_language(language), language)
    for sentence in sentences(said):
        told = stems(sentence, language)
        if (shared := title & told) and (hint or shared == title):
            return " ".join(sorted(shared))
        for cue in sentences(fault.cue.in_language(language)):
            retold = stems(cue, language) & told
            if len(retold) >= CUE_WORDS:
                return " ".join(sorted(retold))
    return None


def _names_the_place(
    subject: Subject, path: KeyPath, said: str, language: Language
) -> Iterator[Found]:
    for spec in subject.faults:
        data = spec.values.get("data")
        numbers = data if isinstance(data, tuple) else (data,)
        for number in numbers:
            if isinstance(number, int) and re.search(rf"\bdata\s+{number}\b", said, re.IGNORECASE):
                yield Found(
                    path=(*path, language),
                    rule="gives-away",
                    message=f"it names the data set of {spec.fault}",
                    mend="let the screen show which one it is",
                )
