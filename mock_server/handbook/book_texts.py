"""The book's own texts, typed: the three pauses, the checklist, answers under pressure, moments."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.text_fields import text_fields
from mock_server.procedure.texts import Data, Text
from mock_server.scenario.pack_files import Fields, filled, refuse_unknown_fields
from mock_server.scenario.yaml_files import read_yaml
from mock_server.scenario.yaml_models import to_model

FILE = Path(__file__).parent / "book.yaml"
BLANK = "____"  # to be filled in by hand

At = Annotated[str, msgspec.Meta(pattern=r"^(before-patching|patching|\d\d:\d\d|)$")]


class Pause(Data, frozen=True, kw_only=True):
    when: Text
    boxes: tuple[Text, ...]
    stop: Text | None = None


class CheckLine(Data, frozen=True, kw_only=True):
    step: StepNumber
    act: Text
    see: Text
    mark: str = ""


class Pressure(Data, frozen=True, kw_only=True):
    pressure: Text
    answer: Text


class Answers(Data, frozen=True, kw_only=True):
    code: str  # of the violation that one is pressed into
    answers: tuple[Pressure, ...]


class Moment(Data, frozen=True, kw_only=True):
    says: Text
    at: At = ""
    strong: bool = False


class BookTexts(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-book/1"]
    pauses: tuple[Pause, ...]
    checklist: tuple[CheckLine, ...]
    recovery: tuple[Text, ...]
    answers: tuple[Answers, ...]
    moments: tuple[Moment, ...]

    def answers_to(self, code: str) -> tuple[Pressure, ...]:
        return next((one.answers for one in self.answers if one.code == code), ())


@lru_cache(maxsize=8)
def load(pack: ProcedurePack, file: Path = FILE) -> BookTexts:
    """Read the texts, filled with the pack's values. Raises YamlFileError."""
    document = read_yaml(file)
    fields: Fields = {"id": text_fields(pack, "id"), "en": text_fields(pack, "en")}
    data = filled(document, document.data, fields, ())
    refuse_unknown_fields(document, data, fields, ())
    return to_model(document, BookTexts, data)
