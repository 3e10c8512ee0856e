"""The scenario file as typed, frozen data: every key, what it means, its bounds and its default.

Only shapes belong here; the loader, the JSON Schema and the docs' table of keys are made from
them. A key that is written as text with a unit (``90s``, ``5MiB``, an instant) is held as the
whole number that its field's name ends in. None means that the file did not say.
"""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, field

from mock_server.domain.clock import ClockMode
from mock_server.domain.operations import Operation
from mock_server.domain.quantities import HOUR_MS, MIB_BYTES, MINUTE_MS, SECOND_MS
from mock_server.domain.setup import Condition, Role, SyncPoint
from mock_server.faults.plan import Effect
from mock_server.procedure.texts import Basis
from mock_server.scenario.keys import Quantity, quantity, says
from mock_server.scenario.level import Level as Level

SEED_MAX = 2**32 - 1

Ending = Literal["ready", "postponed", "reported", "halted"]
ZoneName = Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]

DAY_MS = 24 * HOUR_MS
EARLIEST_MS = 946_684_800_000  # 2000-01-01T00:00:00Z
LATEST_MS = 4_102_444_799_999  # a millisecond before 2100

Instant = Annotated[int, quantity(Quantity.INSTANT, at_least=EARLIEST_MS, at_most=LATEST_MS)]
JobLength = Annotated[int, quantity(Quantity.DURATION, at_least=SECOND_MS, at_most=DAY_MS)]
RunLength = Annotated[int, quantity(Quantity.DURATION, at_least=MINUTE_MS, at_most=7 * DAY_MS)]
Offset = Annotated[int, quantity(Quantity.OFFSET, at_least=0, at_most=7 * DAY_MS)]
FileSize = Annotated[int, quantity(Quantity.SIZE, at_least=1024, at_most=64 * MIB_BYTES)]

Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
FaultId = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
Line = Annotated[str, Meta(pattern=r"\S", max_length=120)]
Passage = Annotated[str, Meta(pattern=r"\S", max_length=1200)]
Version = Annotated[str, Meta(pattern="^[0-9]{1,6}(\\.[0-9]{1,6}){1,3}$")]
ViolationCode = Annotated[str, Meta(pattern="^[KBRN][0-9]{1,2}$")]
StepNo = Annotated[int, Meta(ge=1, le=99)]
DataSets = Annotated[int, Meta(ge=0, le=99)]
Listed = Annotated[int, Meta(ge=0, le=1000)]
Values: TypeAlias = dict[str, Any]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything in a scenario file."""


class Title(Part, frozen=True, kw_only=True):
    id: Annotated[Line, says("In Indonesian.")]
    en: Annotated[Line, says("In English.")]


class Said(Part, frozen=True, kw_only=True):
    """A text for people, in both languages."""

    id: Annotated[Passage, says("In Indonesian.")]
    en: Annotated[Passage, says("In English.")]


class Start(Part, frozen=True, kw_only=True):
    at_ms: Annotated[
        Instant,
        says("The station's clock at the start, with its zone: `2017-04-08T07:40:00+07:00`."),
    ] = field(name="at")
    condition: Annotated[
        Condition, says("What has been done already; each one includes those before it.")
    ] = Condition.FRESH_BOOT
    zone: Annotated[ZoneName, says("The school's zone: what the clock on its wall shows.")] = (
        "Asia/Jakarta"
    )


class SchoolPart(Part, frozen=True, kw_only=True):
    servers: Annotated[
        int, Meta(ge=1, le=20), says("Servers that the school has registered; ours is the first.")
    ] = 1
    participants: Annotated[int, Meta(ge=1, le=500), says("Pupils registered for each server.")] = (
        36
    )
    old_data: Annotated[
        bool, says("Whether data of the previous phase is still on the server.")
    ] = True


class WindowPart(Part, frozen=True, kw_only=True):
    opens_ms: Annotated[Instant, says("From here on the centre lets our server sync.")] = field(
        name="opens"
    )
    closes_ms: Annotated[Instant, says("From here on it does not.")] = field(name="closes")


class ClockPart(Part, frozen=True, kw_only=True):
    mode: Annotated[
        ClockMode, says("How the clock moves for people; programs choose their own.")
    ] = ClockMode.RUNNING
    speed: Annotated[
        int, Meta(ge=1, le=1000), says("So many times as fast as real time, when running.")
    ] = 10


class DurationsPart(Part, frozen=True, kw_only=True):
    """How long each job takes when nothing slows it."""

    patch_ms: Annotated[JobLength | None, says("Patching.", absent="the pack's (90s)")] = field(
        name="patch", default=None
    )
    service_start_ms: Annotated[
        JobLength | None, says("From Start Service until it runs.", absent="the pack's (8s)")
    ] = field(name="service_start", default=None)
    backup_ms: Annotated[JobLength | None, says("BACKUP.", absent="the pack's (2m)")] = field(
        name="backup", default=None
    )
    delete_ms: Annotated[JobLength | None, says("HAPUS.", absent="the pack's (40s)")] = field(
        name="delete", default=None
    )
    sync_ms: Annotated[
        JobLength | None, says("All data sets of a sync.", absent="the pack's (30m)")
    ] = field(name="sync", default=None)


class RoomPart(Part, frozen=True, kw_only=True):
    """What stands in the room; a person or the client starts before it has chosen."""

    machines: Annotated[
        tuple[Role, ...],
        Meta(min_length=1, max_length=2),
        says("In the order in which one sees them; the exam server and perhaps a laptop."),
    ] = ("exam-server", "laptop")
    exambro: Annotated[
        tuple[Version, ...],
        Meta(max_length=5),
        says("Versions of Exambro Admin installed.", absent='the pack\'s (`["50.170406"]`)'),
    ] = ()
    id_slips: Annotated[
        int, Meta(ge=1, le=20), says("ID slips on the desk: ours, and those of other servers.")
    ] = 1


class FaultPart(Part, frozen=True, kw_only=True):
    """One fault to be armed from the start. ``docs/faults.md`` says what each one does."""

    id: Annotated[
        FaultId | None, says("Its name within this file.", absent="`f1`, `f2`, ... by its place")
    ] = None
    fault: Annotated[str, Meta(max_length=40), says("Its kind, `layer.thing`.")]
    on: Annotated[
        Operation | None,
        says("The operation that it strikes: in the http and net layers, and only there."),
    ] = None
    values: Annotated[Values, says("Its values.", absent="the kind's")] = field(
        name="with", default_factory=dict
    )
    when: Annotated[
        Values,
        says(
            "When it strikes: `skip`, `times`, `from`, `until`, `sticky`, `ttl`.",
            absent="once; for the centre, until disarmed",
        ),
    ] = field(default_factory=dict)
    effect: Annotated[
        Effect | None,
        says("Whether the request takes effect all the same.", absent="the kind's"),
    ] = None


class InjectPart(Part, frozen=True, kw_only=True):
    """A message that somebody in the story sends."""

    at_ms: Annotated[Offset, says("So long after the start: `+12m`.")] = field(name="at")
    sender: Annotated[Line, says("Who says it, as a role: no real names.")] = field(name="from")
    say: Annotated[Said, says("What is said.")]
    tempts: Annotated[
        ViolationCode | None, says("The violation that it tempts to.", absent="none")
    ] = None
    after: Annotated[
        SyncPoint | None,
        says("It waits for this, if that comes later than `at`.", absent="the clock alone"),
    ] = None


class StormFault(Part, frozen=True, kw_only=True):
    """A fault that the dice may choose."""

    fault: Annotated[str, Meta(max_length=40), says("Its kind, `layer.thing`.")]
    on: Annotated[Operation | None, says("The operation that it strikes.")] = None
    values: Annotated[Values, says("Its values.", absent="the kind's")] = field(
        name="with", default_factory=dict
    )
    effect: Annotated[Effect | None, says("As of a fault.", absent="the kind's")] = None


class StormPart(Part, frozen=True, kw_only=True):
    """Faults that strike by chance, repeatably: the only place where probability exists."""

    seed: Annotated[int, Meta(ge=0, le=SEED_MAX), says("Of its dice.")]
    p: Annotated[float, Meta(gt=0, le=1), says("Chance that a request is struck.")]
    faults: Annotated[
        tuple[StormFault, ...],
        Meta(min_length=1, max_length=50),
        says("What the dice choose from."),
    ]


class TruthPart(Part, frozen=True, kw_only=True):
    """What the server must really hold at the end; what is not named is not checked."""

    datasets_complete: Annotated[
        DataSets | None, says("Data sets that hold all their rows.", absent="not checked")
    ] = None
    participants: Annotated[
        Listed | None,
        says("Registered pupils in Daftar Peserta, each counted once.", absent="not checked"),
    ] = None
    tests_visible: Annotated[
        bool | None, says("Whether Daftar Test is filled.", absent="not checked")
    ] = None


class Expect(Part, frozen=True, kw_only=True):
    ending: Annotated[Ending, says("How a good run ends.")]
    truth: Annotated[TruthPart, says("What the server really holds then.")] = TruthPart()
    violations: Annotated[
        tuple[ViolationCode, ...],
        Meta(max_length=25),
        says("Codes of the violations of a good run, any order."),
    ] = ()
    within_ms: Annotated[
        RunLength | None,
        says("The longest a good run may take, by the station's clock.", absent="not checked"),
    ] = field(name="within", default=None)


class Scenario(Part, frozen=True, kw_only=True):
    """One rehearsal story."""

    schema: Annotated[Literal["cbtsync-scenario/1"], says("The version of this format.")]
    id: Annotated[Slug, says("The file's name without its ending.")]
    title: Annotated[Title, says("Names what the proctor suffers.")]
    alias: Annotated[
        Title | None,
        says(
            "What trainees see it called; it never gives the fault away.",
            absent="its level and steps",
        ),
    ] = None
    brief: Annotated[
        Said | None, says("What the trainee is told; it never gives the fault away.")
    ] = None
    procedure: Annotated[Slug, says("The procedure pack.")] = "unbk-2017"
    level: Annotated[Level, says("The rung of the drill ladder; CI is for programs.")] = (
        Level.PROGRAMS
    )
    teaches: Annotated[
        tuple[StepNo, ...], Meta(max_length=21), says("Numbers of the steps that it exercises.")
    ] = ()
    start: Annotated[Start, says("Where it begins.")]
    school: Annotated[SchoolPart, says("The school.")] = SchoolPart()
    window: Annotated[
        WindowPart | None,
        says(
            "When the centre lets our server sync.",
            absent="the pack's (08:00–17:00 WIB of the start's day)",
        ),
    ] = None
    seed: Annotated[int, Meta(ge=0, le=SEED_MAX), says("Of people, IDs and dice.")] = 1
    clock: Annotated[ClockPart, says("The clock for people.")] = ClockPart()
    durations: Annotated[DurationsPart, says("How long jobs take.")] = DurationsPart()
    backup_bytes: Annotated[
        FileSize | None,
        says("The size of a backup that holds data.", absent="the pack's (5MiB)"),
    ] = field(name="backup_size", default=None)
    room: Annotated[RoomPart, says("What stands in the room.")] = RoomPart()
    faults: Annotated[tuple[FaultPart, ...], Meta(max_length=50), says("What goes wrong.")] = ()
    storm: Annotated[StormPart | None, says("Faults by chance.", absent="none")] = None
    injects: Annotated[
        tuple[InjectPart, ...], Meta(max_length=20), says("Messages that inform or tempt.")
    ] = ()
    expect: Annotated[Expect, says("What a good ending is.")]
    debrief: Annotated[
        tuple[Said, ...], Meta(max_length=8), says("Points to talk about afterwards.")
    ] = ()
    basis: Annotated[
        Basis, says("How well it is known that such a thing happens: the story as a whole.")
    ] = Basis.ASSUMED
