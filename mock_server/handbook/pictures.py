"""The catalogue of pictures: what each one shows, how the simulator is brought there, in words.

Pure but for reading the file ``pictures.yaml``. ``camera`` takes the pictures; the book places
them at the step they show. An unlisted picture is not printed, a listed one must be there.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from mock_server.domain.quantities import parse_duration_ms
from mock_server.procedure.texts import Data, Language, Text
from mock_server.scenario.yaml_files import read_yaml
from mock_server.scenario.yaml_models import to_model

FILE = Path(__file__).parent / "pictures.yaml"
INDEX = "index.json"
# A small screen, so that its words can be read on paper; twice the dots, so that they are sharp.
WIDTH_PX, HEIGHT_PX, SCALE = 1000, 640, 2


class Act(Data, frozen=True, kw_only=True):
    """One thing done to get there: a button pressed, a page's form sent, time that passes, or a
    fault armed."""

    press: str = ""  # path below api/
    send: str = ""  # path of a page, below the rehearsal's address
    with_: dict[str, Any] = msgspec.field(name="with", default_factory=dict)
    wait: str = ""  # a duration
    arm: str = ""  # a kind of fault

    @property
    def wait_ms(self) -> int:
        return parse_duration_ms(self.wait, min_ms=1)


class Shown(Data, frozen=True, kw_only=True):
    """The step of a scenario at which the picture stands: its text as the file writes it."""

    feature: str
    scenario: str
    step: str


class Wanted(Data, frozen=True, kw_only=True):
    """A picture as the catalogue declares it. ``part`` is a CSS selector to be highlighted."""

    name: str
    at: Shown
    alt: Text
    start: str = "08:05"  # HH:MM WIB
    condition: str = "fresh-boot"
    level: str = "CI"
    servers: int = 1
    acts: tuple[Act, ...] = ()
    page: str = ""  # below the rehearsal's address
    crop: str = ""  # a selector: the picture shows this part only
    part: str = ""
    readme: bool = False  # it also stands in docs/pictures, for the README and the guides

    def digest(self) -> str:
        """Return what tells a picture taken for this entry from one taken for an older one."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    def document(self) -> dict[str, object]:
        """Return the scenario that the picture is taken in."""
        day = "2017-04-08"
        return {
            "schema": "cbtsync-scenario/1",
            "id": "picture",
            "title": {"id": "Gambar untuk buku latihan", "en": "A picture for the handbook"},
            "level": self.level,
            "start": {"at": f"{day}T{self.start}:00+07:00", "condition": self.condition},
            "school": {"servers": self.servers},
            "window": {"opens": f"{day}T08:00:00+07:00", "closes": f"{day}T12:00:00+07:00"},
            "expect": {"ending": "ready"},
        }


class Catalogue(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-pictures/1"]
    pictures: tuple[Wanted, ...]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was taken, with what it was taken for."""

    name: str
    language: Language
    file: str
    digest: str
    width_px: int
    height_px: int


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """The catalogue with where each entry stands, and what was taken of it."""

    file: str
    wanted: tuple[Wanted, ...]
    lines: Mapping[str, int]
    taken: Mapping[tuple[str, Language], Taken]

    def at(self, feature: str, scenario: str, step: str) -> tuple[Wanted, ...]:
        return tuple(
            one
            for one in self.wanted
            if (one.at.feature, one.at.scenario, one.at.step) == (feature, scenario, step)
        )

    def fresh(self, wanted: Wanted, language: Language) -> Taken | None:
        """Return the picture taken for this very entry, None if there is none."""
        taken = self.taken.get((wanted.name, language)) or self.taken.get((wanted.name, "id"))
        return taken if taken is not None and taken.digest == wanted.digest() else None


def load(folder: Path, file: Path = FILE) -> Pictures:
    """Read the catalogue, and the index of what lies in ``folder``. Raises YamlFileError."""
    document = read_yaml(file)
    catalogue = to_model(document, Catalogue, document.data)
    index = folder / INDEX
    taken = msgspec.json.decode(index.read_bytes(), type=list[Taken]) if index.is_file() else []
    for number, one in enumerate(catalogue.pictures):
        if one.name in [other.name for other in catalogue.pictures[:number]]:
            path = ("pictures", number, "name")
            raise document.error(path, f"{one.name!r} stands here twice", "each once")
    return Pictures(
        file="/".join(file.parts[-3:]),
        wanted=catalogue.pictures,
        lines={
            one.name: document.line_of(("pictures", number)) or 1
            for number, one in enumerate(catalogue.pictures)
        },
        taken={(one.name, one.language): one for one in taken},
    )
