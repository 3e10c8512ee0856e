"""A procedure pack: one edition of the procedure as data, with every value that code may not know.

Pure. Lengths are whole milliseconds, parts are permille, times of day are ``HH:MM`` in the pack's
``patching_zone``. The file behind it is described at the top of ``scenarios/procedures/*.yaml``.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from mock_server.procedure.numbers import StepNumber, parse_step_number
from mock_server.procedure.texts import Basis, Data, Language, Provenance, Text, TextError

Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]*$", max_length=60)]
ClockTime = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Permille = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class StepType(StrEnum):
    VERIFY = "P"  # periksa
    ACT = "T"  # tindakan
    DECIDE = "D"  # putuskan
    PROHIBITION = "J"  # larangan


class Criticality(StrEnum):
    NONE = "none"
    ALWAYS = "always"
    SWITCHABLE = "switchable"  # our derivation; a facilitator may switch it off


class Fact(Data, frozen=True, kw_only=True):
    """A single value of the pack with how well it is known, for "Limits of this simulation"."""

    key: str  # its key path in the pack's file
    value: str  # as the file writes it; of two languages the Indonesian
    basis: Basis
    note: Text | None = None
    value_en: str = ""  # only where the file writes it in two languages

    def written(self, language: Language) -> str:
        return self.value_en if language == "en" and self.value_en else self.value


class Values(Data, frozen=True, kw_only=True):
    """The single values of an edition."""

    exambro_title: Word  # with the field {version}
    exambro_version: Word  # the right one
    wrong_exambro_version: Word  # an older one that may stand beside it
    cbtsync_version: Word  # what patching must reach
    old_cbtsync_version: Word  # what a fresh boot shows
    patching_opens: ClockTime
    patching_zone: Word  # label of one of the pack's zones
    exam_day: Text
    exam_weekday: Annotated[int, msgspec.Meta(ge=1, le=7)]  # ISO: Monday is 1
    exam_time: ClockTime


class Durations(Data, frozen=True, kw_only=True):
    """How long a job takes when nothing slows it; a scenario may say otherwise."""

    patch_ms: int = msgspec.field(name="patch")
    service_start_ms: int = msgspec.field(name="service_start")
    backup_ms: int = msgspec.field(name="backup")
    delete_ms: int = msgspec.field(name="delete")
    sync_ms: int = msgspec.field(name="sync")


class Waits(Data, frozen=True, kw_only=True):
    """How long others take, and when a job counts as stopped."""

    stopped_after_ms: int = msgspec.field(name="stopped_after")  # without any progress
    sn_reset_after_ms: int = msgspec.field(name="sn_reset_after")
    reopen_after_ms: int = msgspec.field(name="reopen_after")
    reopen_for_ms: int = msgspec.field(name="reopen_for")


class Sizes(Data, frozen=True, kw_only=True):
    backup_bytes: int = msgspec.field(name="backup")  # of a backup that holds data


class Window(Data, frozen=True, kw_only=True):
    """When the centre lets a server sync, if the scenario does not say."""

    opens: ClockTime
    closes: ClockTime  # exclusive


class Zone(Data, frozen=True, kw_only=True):
    label: Word  # WIB
    iana: Word  # Asia/Jakarta
    also: tuple[Word, ...] = ()  # other places with this zone's clock: Asia/Pontianak
    utc_offset_minutes: Annotated[int, msgspec.Meta(ge=-720, le=840)]
    basis: Basis


class DataSet(Data, frozen=True, kw_only=True):
    """One of the numbered downloads (DATA 1 ... DATA n)."""

    n: Positive  # 1-based, consecutive
    rows: Positive | Literal["participants", "tests"]  # what the centre holds
    share_permille: Permille  # of the sync's whole duration; all of them sum to 1000
    old_rows: Positive  # rows of the previous phase at a fresh boot
    basis: Basis
    feeds: Literal["participants", "tests"] | None = None  # the list that is made of it
    trait: Literal["large", "slow"] | None = None  # what is known about it
    note: Text | None = None

    def central_rows(self, *, participants: int, tests: int) -> int:
        """What the centre holds for a server with so many participants and tests."""
        if self.rows == "participants":
            return participants
        return tests if self.rows == "tests" else self.rows


class ExamTest(Data, frozen=True, kw_only=True):
    """An entry of Daftar Test."""

    name: Word
    days_after: Annotated[int, msgspec.Meta(ge=0, le=30)]  # counted from the exam day
    basis: Basis


class ExamGroup(Data, frozen=True, kw_only=True):
    """A group of participants (Kelompok) and the hours of its sitting, local time."""

    n: Positive
    name: Text
    starts: ClockTime
    ends: ClockTime
    basis: Basis
    note: Text | None = None


class Menu(Data, frozen=True, kw_only=True):
    menu: Name
    label: Text
    trained: bool  # false: the simulator says honestly that this menu is not trained here
    steps: tuple[StepNumber, ...]  # the steps for which one opens it; any other visit is a detour
    basis: Basis
    note: Text | None = None


class RubricSwitches(Data, frozen=True, kw_only=True):
    k3_gates: bool = msgspec.field(name="K3")
    k4_gates: bool = msgspec.field(name="K4")
    b1_gates: bool = msgspec.field(name="B1_gates")


class Gates(Data, frozen=True, kw_only=True):
    """The numbers of the rubric. All of them are our choice."""

    minor_max: Count  # so many minor violations still pass
    repeat_minor_is_major: Positive  # so many of one kind make one major
    process_min_permille: Permille
    repaired_credit_permille: Permille  # for a step done out of order and then put right
    detours_max: Count  # so many visits to unrelated menus are no violation
    blind_retries_max: Count  # so many repeated patchings without a look at the service


class Competency(Data, frozen=True, kw_only=True):
    competency: Name
    title: Text
    steps: tuple[StepNumber, ...]
    report: bool = False  # the Berita Acara belongs to it


class Block(Data, frozen=True, kw_only=True):
    block: Name
    steps: tuple[StepNumber, ...]
    title: Text


class Gloss(Data, frozen=True, kw_only=True):
    en: Word


class Step(Data, frozen=True, kw_only=True):
    """One step. ``do`` follows the announcement; ``see``, ``why`` and ``slip`` are ours."""

    number: StepNumber = msgspec.field(name="step")
    type: tuple[StepType, ...]
    sequential: bool  # its place in the order counts
    critical: Criticality
    weight: Count | None  # None: a gate, a part of step 7, or not scored
    basis: Provenance
    labels: tuple[Word, ...]  # words that people see, as the announcement spells them
    evidence: tuple[str, ...]  # sections of docs/evidence.md
    title: Text
    do: Text
    see: Text
    why: Text
    slip: Text
    note: Text | None = None
    basis_note: Text | None = None
    gate: str | None = None  # the violation that this prohibition is judged by
    official_wording: Word | None = None
    official_wording_gloss: Gloss | None = None
    substeps: tuple["Step", ...] = ()


class Prohibition(Data, frozen=True, kw_only=True):
    """One of the two bans, in the announcement's own words."""

    code: str
    step: StepNumber
    wording: Text  # the English is a gloss, not official


class ProcedurePack(Data, frozen=True, kw_only=True, cache_hash=True):
    """One edition, whole. ``facts`` repeats its single values with their basis."""

    schema: Literal["cbtsync-pack/1"]
    id: Name = msgspec.field(name="pack")
    title: Text
    data_sets_word: Text  # their number as a word
    values: Values
    durations: Durations
    waits: Waits
    sizes: Sizes
    window: Window
    zones: tuple[Zone, ...]
    data_sets: tuple[DataSet, ...]
    tests: tuple[ExamTest, ...]
    exam_groups: tuple[ExamGroup, ...]
    menus: tuple[Menu, ...]
    rubric_switches: RubricSwitches
    gates: Gates
    competencies: tuple[Competency, ...]
    blocks: tuple[Block, ...]
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def all_steps(self) -> Iterator[Step]:
        """Steps and substeps in order: 1 to 7, 7a to 7f, 8 to 21, NB."""
        for step in self.steps:
            yield step
            yield from step.substeps

    @property
    def prohibitions(self) -> tuple[Prohibition, ...]:
        return tuple(
            Prohibition(
                code=step.gate,
                step=step.number,
                wording=Text(id=step.official_wording, en=step.official_wording_gloss.en),
            )
            for step in self.all_steps
            if step.gate and step.official_wording and step.official_wording_gloss
        )

    def step(self, number: StepNumber) -> Step:
        """Find 18, "18", "7a" or "NB". Raises TextError, or ValueError for what is no number."""
        wanted = parse_step_number(number) if isinstance(number, str) else number
        for step in self.all_steps:
            if step.number == wanted:
                return step
        raise TextError(f"the procedure {self.id} has no step {wanted}")

    def menu(self, name: str) -> Menu:
        for menu in self.menus:
            if menu.menu == name:
                return menu
        known = ", ".join(menu.menu for menu in self.menus)
        raise TextError(f"the procedure {self.id} has no menu {name!r}; it has {known}")

    def zone(self, label: str) -> Zone:
        for zone in self.zones:
            if zone.label == label:
                return zone
        known = ", ".join(zone.label for zone in self.zones)
        raise TextError(f"the procedure {self.id} has no zone {label!r}; it has {known}")

    def zone_at(self, iana: str) -> Zone | None:
        """Return the zone of a place, such as ``Asia/Makassar``; None if the pack has none."""
        return next((zone for zone in self.zones if iana in (zone.iana, *zone.also)), None)


def minute_of_day(clock: ClockTime) -> int:
    """``07:45`` is 465."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def clock_time(minute: int) -> ClockTime:
    """465 is ``07:45``; minutes beyond a day's end begin the day again."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
