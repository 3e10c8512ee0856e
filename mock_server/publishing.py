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
from mock_server.handbook import build, pictures
from mock_server.handbook.evidence import PICTURES, EvidenceError
from mock_server.handbook.features import FeatureError
from mock_server.handbook.pdf import PdfError
from mock_server.procedure.texts import Language
from mock_server.scenario.problems import ScenarioError
from mock_server.scenario.yaml_files import YamlFileError
from mock_server.server.embedded import Server
from mock_server.settings import default_procedure

# What people can mend; the message says how.
Mendable = (
    build.BuildError, EvidenceError, FeatureError, PdfError, ScenarioError, YamlFileError,
)  # fmt: skip


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


def take_pictures(evidence: Path, tell: Callable[[str], None]) -> None:
    """Take every picture of the catalogue into the evidence. Raises CannotPublishError."""
    try:
        # Only whoever takes pictures needs the extra; the book is built without it.
        from mock_server.handbook.camera import Camera, CameraError, chromium
    except ImportError as error:
        raise CannotPublishError(
            f"pictures need the extra 'browser' ({error}): pip install 'cbtsync-sim[browser]'"
        ) from None
    folder = evidence / PICTURES
    try:
        with _simulator() as (url, token), chromium() as browser:
            taken = Camera(browser, url, token).take_all(pictures.load(folder).wanted, folder)
    except (CameraError, YamlFileError) as error:
        raise CannotPublishError(str(error)) from None
    tell(f"{folder}: {len(taken)}")


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
