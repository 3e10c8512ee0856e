"""What ``cbtsync-mock handbook`` does: take pictures if asked, build the book, say what came of it.

The handbook knows no server; here one is started for its pictures.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import msgspec

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.names import SecretNames
from mock_server.app import create_app
from mock_server.handbook import build, messages, pictures
from mock_server.handbook.evidence import PICTURES, EvidenceError
from mock_server.handbook.features import FeatureError
from mock_server.handbook.pdf import PdfError
from mock_server.handbook.sources import read_sources
from mock_server.procedure.texts import Language
from mock_server.scenario.problems import ScenarioError
from mock_server.scenario.yaml_files import YamlFileError
from mock_server.server.embedded import Server
from mock_server.settings import default_procedure

# What people can mend; the message says how.
Mendable = (
    build.BuildError, EvidenceError, FeatureError, PdfError, ScenarioError, YamlFileError,
)  # fmt: skip


WITHOUT = "Or build a draft without new pictures: make handbook ARGS=--draft"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    out: Path
    evidence: Path
    languages: tuple[Language, ...]
    draft: bool
    cards_only: bool
    pdf: bool


class CannotPublishError(Exception):
    """The message says what to mend."""


def publish(wish: Wish, tell: Callable[[str], None]) -> list[str]:
    """Build it and return what is wrong, a line each. Raises CannotPublishError."""
    order = build.Order(
        out=wish.out,
        evidence=wish.evidence,
        procedure=default_procedure(),
        languages=wish.languages,
        draft=wish.draft,
        pdf=wish.pdf,
        book=not wish.cards_only,
    )
    try:
        return [str(finding) for finding in build.build(order, tell)]
    except Mendable as error:
        raise CannotPublishError(str(error)) from None


def write_messages(evidence: Path, file: Path, tell: Callable[[str], None]) -> None:
    """Write what ran as Cucumber Messages. Raises CannotPublishError."""
    try:
        sources = read_sources(evidence_folder=evidence, procedure=default_procedure())
        export = messages.Export(sources.evidence, evidence, sources.pictures)
        tell(f"{file}: {messages.write(export, sources.features, file)}")
    except Mendable as error:
        raise CannotPublishError(str(error)) from None
    except OSError as error:
        raise CannotPublishError(f"--messages {file}: {error.strerror}") from None


def take_pictures(
    evidence: Path, readme: Path | None, tell: Callable[[str], None], *, draft: bool
) -> None:
    """Take every picture of the catalogue into the evidence, and those of the README, smaller, into
    ``readme``. Raises CannotPublishError; a draft that has no browser goes on without pictures.
    """
    try:
        # Only whoever takes pictures needs the extra; the book is built without it.
        from mock_server.handbook.camera import CameraError, write_small
    except ImportError as error:
        extra = f"pictures need the extra 'browser' ({error}): pip install 'cbtsync-sim[browser]'"
        return _without_pictures(extra, tell, draft=draft)
    folder = evidence / PICTURES
    try:
        wanted = pictures.load(folder).wanted
        tell(f"{folder}: {_taken(wanted, folder)}")
    except CameraError as error:
        return _without_pictures(str(error), tell, draft=draft)
    except YamlFileError as error:
        raise CannotPublishError(str(error)) from None
    if readme is not None:
        for path in write_small(folder, [one for one in wanted if one.readme], readme):
            tell(str(path))
    return None


def _taken(wanted: tuple[pictures.Wanted, ...], folder: Path) -> int:
    from mock_server.handbook.camera import Camera, chromium  # only with the extra, see above

    with _simulator() as (url, token), chromium() as browser:
        return len(Camera(browser, url, token).take_all(wanted, folder))


def _without_pictures(why: str, tell: Callable[[str], None], *, draft: bool) -> None:
    if not draft:
        raise CannotPublishError(f"{why}. {WITHOUT}")
    tell(f"{why}. The draft says where pictures are missing.")


class _CountedNames:
    """Names rehearsals one after the other: a name may be seen in a picture."""

    def __init__(self) -> None:
        self._made = 0

    def new(self) -> str:
        self._made += 1
        return f"latihan-{self._made}"


@contextmanager
def _simulator() -> Iterator[tuple[str, str]]:
    """Run a simulator of its own; yield its address and the token of its control plane."""
    token = SecretNames().new()
    server = Server(create_app(store=MemoryEventStore(), token=token, names=_CountedNames()))
    server.listen()
    thread = Thread(target=server.serve, name="simulator", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/", token
    finally:
        server.stop()
        thread.join()
