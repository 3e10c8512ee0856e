"""Evidence: what one run of a scenario did, saw and came to, as files.

A run writes one file for each scenario and each row of its Contoh, so that many processes can
write at once. The file is reproducible; how long things took stands in a file of its own. The book
is made from these files, and they say which text of the feature they belong to.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

SCHEMA: Literal["cbtsync-evidence/1"] = "cbtsync-evidence/1"
STORIES, TIMINGS, PICTURES = "stories", "timings", "pictures"
RUN = "run.json"  # when the features ran last, and with what
NAME_MAX = 60
HIDDEN = "[disembunyikan]"

Result = Literal["passed", "failed", "skipped"]
Plane = Literal["screen", "control"]
_SECRET_KEY = re.compile(r"token|password|passwd|secret|authori[sz]ation|cookie", re.IGNORECASE)
_SECRET_TEXT = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+")
_SLUG = re.compile(r"[^a-z0-9]+")


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what is written into the files."""


class Exchange(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """One request and its answer; ``times`` in a row, if it was repeated without a change.

    ``plane`` says whether a screen was used or the simulator was steered. ``status`` 0: no answer.
    """

    plane: Plane
    method: str
    path: str
    status: int
    sent: str = ""
    times: int = 1


class Seen(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the last answer of each kind, as text."""

    field: str
    value: str


class StepEvidence(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """One step as it ran. ``on_screen`` is its click path (Cara di layar)."""

    line: int
    keyword: str
    text: str
    result: Result
    on_screen: str = ""
    definition: str = ""
    exchanges: tuple[Exchange, ...] = ()
    seen: tuple[Seen, ...] = ()
    error: str = ""


class StoryEvidence(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """One run of a scenario, or of one row of its Contoh (``row``: header to value)."""

    schema: Literal["cbtsync-evidence/1"] = SCHEMA
    feature: str  # the file's name
    feature_sha256: str
    scenario: str
    line: int
    test: str
    result: Result
    row: dict[str, str] = {}
    rehearsals: tuple[str, ...] = ()  # ids of the scenario files that it began
    faults: tuple[str, ...] = ()  # kinds that it armed
    definitions: dict[str, str] = {}  # file of step definitions -> SHA-256
    steps: tuple[StepEvidence, ...] = ()


class EvidenceError(Exception):
    """A file of evidence cannot be read; the message names it."""


Key = tuple[str, str, tuple[str, ...]]  # feature file, scenario, cells of the row


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file_name(scenario: str, cells: Sequence[str]) -> str:
    """Return a name that no other scenario or row of the same feature has."""
    whole = "|".join((scenario, *cells))
    slug = _SLUG.sub("-", "-".join((scenario, *cells[:1])).lower()).strip("-")[:NAME_MAX]
    return f"{slug}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}.json"


def redacted(value: object, secrets: Mapping[str, str], key: str = "") -> object:
    """Return ``value`` without secrets: those named (text -> what stands for it), whatever a key
    calls a token or a password, and credentials within texts."""
    if _SECRET_KEY.search(key):
        return HIDDEN
    if isinstance(value, str):
        for secret, shown in secrets.items():
            value = value.replace(secret, shown)
        return _SECRET_TEXT.sub(HIDDEN, value)
    if isinstance(value, Mapping):
        return {name: redacted(item, secrets, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(item, secrets) for item in value]
    return value


def write(folder: Path, story: StoryEvidence, timings: Mapping[str, object]) -> Path:
    """Write one story's two files below ``folder`` and return the first; others' stay as they are.

    A file is replaced whole, so that a reader never meets half of one.
    """
    name = file_name(story.scenario, tuple(story.row.values()))
    stem = Path(story.feature).stem
    for part, value in ((TIMINGS, dict(timings)), (STORIES, story)):
        path = folder / part / stem / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
        draft.replace(path)
    return path


def durations_s(folder: Path, story: StoryEvidence) -> list[float]:
    """Return how long each step of a run took, in real seconds; nothing if that was not kept."""
    name = file_name(story.scenario, tuple(story.row.values()))
    path = folder / TIMINGS / Path(story.feature).stem / name
    if not path.is_file():
        return []
    kept: dict[str, list[float]] = msgspec.json.decode(path.read_bytes())
    return list(kept["steps_s"])


def finished_at(folder: Path) -> datetime | None:
    """Return when the features ran last, None if they never did."""
    run = folder / RUN
    if not run.is_file():
        return None
    return datetime.fromisoformat(msgspec.json.decode(run.read_bytes())["finished_at"])


def read_all(folder: Path) -> dict[Key, StoryEvidence]:
    """Read every story below ``folder``, none if it is not there. Raises EvidenceError."""
    return {key_of(story): story for story in _read(folder)}


def key_of(story: StoryEvidence) -> Key:
    return story.feature, story.scenario, tuple(story.row.values())


def _read(folder: Path) -> Iterator[StoryEvidence]:
    for path in sorted((folder / STORIES).glob("*/*.json")):
        try:
            yield msgspec.json.decode(path.read_bytes(), type=StoryEvidence)
        except msgspec.DecodeError as error:
            raise EvidenceError(
                f"{path}: no evidence as this version writes it ({error}); run the features again"
            ) from None
