"""A class of forty: browsers without a screen join, poll and act; the facilitator looks on.

Each trainee is a thread with one connection, as a browser has it: the live parts every two seconds
with the ETag of the last answer, an act every five. An act counts until the page after it is there.
"""

import re
import threading
import time
from dataclasses import dataclass, field

from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host, hosting
from benchmarks.load import Tally
from benchmarks.processes import folder
from benchmarks.scale import Scale
from benchmarks.visitor import BrokenVisitError, Page, Visitor

SEATS = 40
AWAY_S = 0.2  # how long somebody waits before knocking again at a server that is not there
PASSPHRASE = "a benchmark's only"  # noqa: S105 -- of a server of our own, for a minute
STORY = "normal"
OPENING = (("exambro.open", "version", "50.170406"), ("cbtsync.open", "", ""))
ROUND = ("note", "service.refresh", "note", "cbtsync.close", "cbtsync.open", "hint")
ACTION_MAX_MS, CONSOLE_MAX_MS = 300, 1000


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds between two polls, two acts of a seat, two refreshes of the console."""

    poll_s: float = 2.0
    act_s: float = 5.0
    console_s: float = 1.0


USUAL = Pace()


@dataclass
class Room:
    """What all in a class share. ``port`` may change while the class goes on."""

    port: int
    pace: Pace
    code: str = ""
    console: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)
    is_away: bool = False  # the server was taken away on purpose: nobody is surprised
    joins: Tally = field(default_factory=Tally)
    acts: Tally = field(default_factory=Tally)
    polls: Tally = field(default_factory=Tally)
    refreshes: Tally = field(default_factory=Tally)
    unchanged: int = 0
    errors: list[str] = field(default_factory=list)

    def visitor(self) -> Visitor:
        return Visitor(lambda: self.port)

    def note(self, tally: Tally, page: Page) -> None:
        """Count an answer; one that is no success is an error."""
        tally.latencies_ms.append(page.took_ms)
        if page.status not in (200, 304):
            self.errors.append(f"{page.status} for {page.path}")

    def missed(self, error: BrokenVisitError) -> None:
        if not self.is_away:
            self.errors.append(str(error))
        time.sleep(AWAY_S)


class Trainee(threading.Thread):
    """``noted`` are the notes that the server has acknowledged, ``name`` its rehearsal's."""

    def __init__(self, room: Room, number: int, joins_after_s: float) -> None:
        super().__init__(name=f"seat {number}", daemon=True)
        self.noted: list[str] = []
        self.rehearsal = ""
        self._room = room
        self._number = number
        self._late_s = joins_after_s
        self._browser = room.visitor()
        self._acts = 0

    def run(self) -> None:
        time.sleep(self._late_s)
        self._join()
        pace = self._room.pace
        act_s = time.perf_counter() + pace.act_s * (self._number % SEATS) / SEATS
        while not self._room.is_over.wait(pace.poll_s):
            try:
                self._room.note(self._room.polls, self._poll())
                if time.perf_counter() >= act_s:
                    self._act()
                    act_s = time.perf_counter() + pace.act_s - pace.poll_s
            except BrokenVisitError as error:
                self._room.missed(error)
        self._browser.close()

    def _join(self) -> None:
        room, name = self._room, f"Peserta {self._number}"
        joined = self._browser.post(
            "/gabung", kode=room.code, kursi=self._number, nama=name, sekolah=""
        )
        room.note(room.joins, joined)
        found = re.match(r"/r/([^/]+)/", joined.path)
        if found is None:
            raise AssertionError(f"joining led to {joined.path} ({joined.status})")
        self.rehearsal = found[1]
        machine = re.search(r'name="machine" value="([^"]+)"', joined.body)
        assert machine is not None, "no machine to sit down at"
        self._do("machine.use", machine=machine[1])
        for act, key, value in OPENING:
            self._do(act, **({key: value} if key else {}))

    def _poll(self) -> Page:
        page = self._browser.poll(f"/r/{self.rehearsal}/bagian")
        self._room.unchanged += page.status == 304
        return page

    def _act(self) -> None:
        act = ROUND[self._acts % len(ROUND)]
        self._acts += 1
        if act == "note":
            text = f"{self._number}-{self._acts}"
            self._do(act, text=text)
            self.noted.append(text)
        elif act == "hint":
            self._do(act, step="5", rung=1)
        else:
            self._do(act)

    def _do(self, act: str, **fields: object) -> None:
        page = self._browser.post(f"/r/{self.rehearsal}/lakukan", aksi=act, **fields)
        self._room.note(self._room.acts, page)


class Watcher(threading.Thread):
    """The console, open all the time."""

    def __init__(self, room: Room, browser: Visitor) -> None:
        super().__init__(name="console", daemon=True)
        self._room = room
        self._browser = browser

    def run(self) -> None:
        room = self._room
        while not room.is_over.wait(room.pace.console_s):
            try:
                room.note(room.refreshes, self._browser.poll(f"{room.console}/bagian?kursi=1"))
            except BrokenVisitError as error:
                room.missed(error)
        self._browser.close()


def opened(host: Host, pace: Pace = USUAL) -> tuple[Room, Visitor]:
    """Make a class of one story and start its drill; return it with the facilitator's browser."""
    room = Room(port=host.port, pace=pace)
    browser = room.visitor()
    browser.post("/fasilitator/sandi", sandi=PASSPHRASE, ulangi=PASSPHRASE)
    made = browser.post("/fasilitator/kelas", judul="Pengukuran", rencana="pilihan", skenario=STORY)
    code = re.search(r'class="code">([A-Z0-9]{6})<', made.body)
    assert code is not None, f"no class was made: {made.status} {made.path}"
    room.code, room.console = code[1], made.path.removesuffix("/kendali")
    browser.post(f"{room.console}/lakukan", aksi="bagian", bagian=0, kembali="kendali")
    return room, browser


def seated(room: Room, seats: int, within_s: float) -> list[Trainee]:
    """Let everybody come, evenly spread over ``within_s``."""
    trainees = [Trainee(room, n + 1, within_s * n / seats) for n in range(seats)]
    for trainee in trainees:
        trainee.start()
    return trainees


def measured(scale: Scale) -> Chapter:
    with folder() as made, hosting(made / "class.db") as host:
        room, browser = opened(host)
        begin_s = time.perf_counter()
        trainees = seated(room, SEATS, scale.joins_s)
        watcher = Watcher(room, browser)
        watcher.start()
        time.sleep(scale.joins_s)
        before_s, cpu_s = time.perf_counter(), host.process.cpu_s()
        time.sleep(scale.class_s)
        after_s, busy_s = time.perf_counter(), host.process.cpu_s()
        room.is_over.set()
        for thread in (*trainees, watcher):
            thread.join()
        room.acts.seconds = time.perf_counter() - begin_s
        memory_mib = host.process.memory_mib()
    cores = (busy_s - cpu_s) / (after_s - before_s) if busy_s and cpu_s is not None else None
    return Chapter(
        name="classroom",
        title=f"A class of {SEATS}",
        method=(
            f"{SEATS} threads join within {scale.joins_s:g} s and go on for {scale.class_s:g} s: "
            f"each polls its live parts every {USUAL.poll_s:g} s with an ETag and acts every "
            f"{USUAL.act_s:g} s "
            "(a form, and the page that it leads to: both count); the console polls every "
            f"{USUAL.console_s:g} s. SQLite on a file; clocks run at the story's speed; the server "
            "in a process of its own."
        ),
        figures=_figures(room, cores, memory_mib),
    )


def _figures(room: Room, cores: float | None, memory_mib: float | None) -> list[Figure]:
    def at(name: str, what: str, tally: Tally, share: float, most: float | None = None) -> Figure:
        value = tally.quantile_ms(share)
        return Figure(name=f"class-{name}", what=what, value=value, unit="ms", at_most=most)

    polls = len(room.polls.latencies_ms)
    figures = [
        Figure(name="class-errors", what="errors", value=len(room.errors), at_most=0),
        Figure(name="class-acts", what="acts", value=len(room.acts.latencies_ms)),
        at("act-p50", "an act with its page, p50", room.acts, 0.5),
        at("act-p95", "an act with its page, p95", room.acts, 0.95, ACTION_MAX_MS),
        at("join-p95", "joining, p95", room.joins, 0.95),
        Figure(name="class-polls", what="polls", value=polls),
        at("poll-p95", "a poll, p95", room.polls, 0.95),
        Figure(
            name="class-304",
            what="of them unchanged (304), share",
            value=room.unchanged / polls if polls else 0.0,
        ),
        at("console-p95", "a refresh of the console, p95", room.refreshes, 0.95, CONSOLE_MAX_MS),
    ]
    if cores is not None:
        figures.append(
            Figure(name="class-cpu", what="the server's share of the CPU", value=cores, unit="core")
        )
    if memory_mib is not None:
        figures.append(Figure(name="class-memory", what="its memory", value=memory_mib, unit="MiB"))
    return figures
