"""A small station for tests of the client: it speaks the wire contract, its fate is set by hand.

One exam server, one ID, three data sets. Time moves when told; a job is done when its time has
come. ``broken`` maps an operation to what becomes of it, call by call.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from client import calls
from client.calls import Call
from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown
from client.replies import judge

WIB = timezone(timedelta(hours=7))
START_MS = int(datetime(2017, 4, 8, 8, 0, tzinfo=WIB).timestamp() * 1000)
MINUTE = 60_000
VERSION, EXAMBRO, OWN_ID, LABEL = "5.1.0", "50.170406", "K99990001", "SRV-UJIAN-01"
ROWS = (10, 20, 30)
PUPILS = [{"username": f"K{n:03}", "name": f"Siswa {n}", "group": "1"} for n in range(10)]
TESTS = ["Latihan Satu", "Latihan Dua"]
BACKUP = bytes(range(256)) * 8
JOB_MS = {"patch": 90_000, "backup": 120_000, "delete": 40_000, "sync": 30 * MINUTE}
SENTENCES = {
    "active": ("AKTIF", "CBTSync siap digunakan"),
    "closed": ("STANDBY", "Akses Server Pusat di Tutup, data SN Sudah Sesuai"),
    "mismatch": ("STANDBY", "ID Server tidak sesuai"),
    "no-line": ("OFFLINE", "Tidak ada koneksi internet"),
    "unknown-id": ("OFFLINE", "ID Server tidak sama dengan pusat"),
    "licence": ("-", "lisensi tidak valid"),
}


def iso(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone(WIB)
    return moment.isoformat(timespec="milliseconds")


class StationRefusalError(Exception):
    def __init__(self, code: str, status: int = 409) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class Job:
    """One job: its phase, when it began, and the percent at which it halts (None: nowhere)."""

    def __init__(self, name: str, first: str = "none") -> None:
        self.name, self.phase, self.began, self.halt = name, first, 0, None
        self.last_change: int | None = None

    def start(self, now: int, halt: int | None) -> None:
        self.phase, self.began, self.halt = "running", now, halt

    def percent(self, now: int) -> int:
        if self.phase in ("done", "succeeded", "complete"):
            return 100
        if self.phase != "running":
            return 0
        done = min(99, (now - self.began) * 100 // JOB_MS[self.name])
        return done if self.halt is None else min(done, self.halt)

    def eta(self, now: int) -> int | None:
        if self.phase != "running" or (self.halt is not None and self.percent(now) >= self.halt):
            return None
        return self.began + JOB_MS[self.name] - now

    def moved_at(self, now: int) -> str | None:
        if self.phase != "running":
            return None
        if self.eta(now) is None and self.halt is not None:
            return iso(self.began + JOB_MS[self.name] * self.halt // 100)
        return iso(now)

    def is_over(self, now: int) -> bool:
        return (
            self.phase == "running"
            and self.halt is None
            and self.eta(now) == min(0, self.eta(now) or 0)
        )


class FakeStation:
    """Public attributes are there to be set by a test before or while the client works."""

    def __init__(self) -> None:
        self.now = START_MS
        self.machine: str | None = None
        self.machines = [
            {"id": "laptop", "label": "Laptop guru", "role": "laptop", "exambro": [EXAMBRO]},
            {"id": "server", "label": LABEL, "role": "exam-server", "exambro": ["49", EXAMBRO]},
        ]
        self.ids = [{"server": LABEL, "server_id": OWN_ID}]
        self.zone = "Asia/Jakarta"
        self.exambro: str | None = None
        self.open = False
        self.version = "5.0.4"
        self.patch = Job("patch", "idle")
        self.patch_opens = START_MS - 15 * MINUTE
        self.patch_fails, self.patch_claims = 0, 0
        self.service, self.service_up_at, self.shown = True, 0, "unread"
        self.service_start_fails = 0
        self.shown_id: str | None = None
        self.verdicts: list[str] = []  # what the next Submits are answered, instead of the truth
        self.verdict: str | None = None
        self.bound = True
        self.windows = [(START_MS - MINUTE, START_MS + 9 * 60 * MINUTE)]
        self.line_down_until = 0
        self.sn_granted_at: int | None = None
        self.data_version = 0
        self.old_rows = list(ROWS)
        self.received = [0, 0, 0]
        self.backup, self.delete, self.sync = Job("backup"), Job("delete"), Job("sync")
        self.backup_fails, self.link = 0, True
        self.file, self.stated_sha = BACKUP, hashlib.sha256(BACKUP).hexdigest()
        self.delete_leaves, self.delete_halts = 0, 0
        self.sync_halts: list[tuple[int, str]] = []  # (data, reason), one an attempt
        self.stopped: dict[str, Any] | None = None
        self.short = 0  # rows of data set 2 that never come although it is green
        self.central_rows: list[int | None] = list(ROWS)
        self.overlay_open, self.overlay_rows = False, []
        self.listed = list(PUPILS)
        self.tests = list(TESTS)
        self.filed: list[dict[str, Any]] = []
        self.clock_ok = True
        self.licence_ok = True
        self.log: list[str] = []  # operations obeyed, in order
        self.heard: Counter[str] = Counter()

    # --- time ------------------------------------------------------------------------------------

    def advance_to(self, to_ms: int) -> bool:
        self.now = max(self.now, to_ms)
        return True

    def settle(self) -> None:
        """Let what is due happen."""
        if self.service_up_at and self.now >= self.service_up_at:
            self.service, self.service_up_at = self.service_start_fails <= 0, 0
            self.service_start_fails -= 1
        if self.patch.is_over(self.now):
            self.patch.phase = "succeeded"
            self.version = self.version if self.patch_claims > 0 else VERSION
            self.patch_claims -= 1
        if self.backup.is_over(self.now):
            self.backup.phase = "done"
            self.data_version += 1
        if self.delete.is_over(self.now):
            self.delete.phase = "done"
            self.old_rows = [self.delete_leaves, 0, 0]
            self.delete_leaves = 0
            self.data_version += 1
        if self.sync.phase == "running":
            self._settle_sync()

    def _settle_sync(self) -> None:
        done = (self.now - self.sync.began) / JOB_MS["sync"]
        until = self.sync.halt if self.sync.halt is not None else 4
        for n, rows in enumerate(ROWS):
            if n + 1 < until and done >= (n + 1) / 3:
                self.received[n] = rows
        if self.sync.halt is not None and done >= (self.sync.halt - 1) / 3 + 0.1:
            data, reason = self.sync_halts.pop(0)
            self.stopped = {"data": data, "reason": reason, "message": "Unduhan terhenti."}
            self.sync.phase = "stopped"
            self.service = self.service and reason != "service"
            self.data_version += 1
        elif self.sync.halt is None and done >= 1:
            self.received = list(ROWS)
            self.sync.phase = "complete"
            self.windows = []
            self.data_version += 1

    # --- what is answered ------------------------------------------------------------------------

    @property
    def condition(self) -> str | None:
        if not self.open or self.shown_id is None:
            return None
        if not self.licence_ok:
            return "licence"
        if self.verdict is not None:
            return self.verdict
        if self.now < self.line_down_until:
            return "no-line"
        is_open = any(opens <= self.now < closes for opens, closes in self.windows)
        return "active" if is_open else "closed"

    def envelope(self) -> dict[str, Any]:
        condition = self.condition
        status = None
        if condition is not None:
            word, sentence = SENTENCES[condition]
            status = {"condition": condition, "word": word, "sentence": sentence, "colour": "x"}
        return {
            "banner": "LATIHAN – BUKAN SISTEM UJIAN",
            "now": iso(self.now),
            "now_ms": self.now,
            "machine": self.machine,
            "data_version": self.data_version,
            "status": status,
        }

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Obey or refuse one request; return the status and the whole answer."""
        self.settle()
        path, _, query = path.partition("?")
        key = f"{method} {path}"
        try:
            fields = ROUTES[key](self, body | dict(p.split("=") for p in query.split("&") if p))
            self.log.append(key)
        except StationRefusalError as no:
            refused = {"code": no.code, "message": f"Tidak bisa: {no.code}"}
            return no.status, {**self.envelope(), "refused": refused}
        return 200, {**self.envelope(), **fields}

    # --- the operations --------------------------------------------------------------------------

    def desk_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        page = "closed"
        if self.open:
            page = "dashboard" if self.shown_id else "patching"
        return {
            "school": {"name": "SMA Contoh", "npsn": "P9999"},
            "zone": self.zone,
            "machines": self.machines,
            "exambro": self.exambro,
            "cbtsync": {"open": self.open, "page": page},
            "slips": [],
            "messages": [],
        }

    def use_machine(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.machine = body["machine"]
        return self.desk_fields(body)

    def set_clock(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.clock_ok = True
        return self.desk_fields(body)

    def open_exambro(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.exambro = body["version"]
        return self.desk_fields(body)

    def open_cbtsync(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        if self.exambro is None:
            raise StationRefusalError("exambro.closed")
        if not self.open:
            self.open, self.licence_ok = True, self.clock_ok
            self.patch = Job("patch", "idle")
            if self.delete.phase == "running" and self.delete.eta(self.now) is None:
                self.delete.phase = "failed"
                self.data_version += 1
        return self.patch_fields({})

    def close_cbtsync(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.crash()
        return self.desk_fields(body)

    def crash(self) -> None:
        self.open, self.shown_id, self.verdict, self.overlay_open = False, None, None, False

    def start_service(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        if not self.service and not self.service_up_at:
            self.service_up_at = self.now + 8_000
        return {"shown": self.shown, "read_at": None}

    def refresh_service(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.shown = "running" if self.service else "starting" if self.service_up_at else "stopped"
        return {"shown": self.shown, "read_at": iso(self.now)}

    def patch_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        phase = self.patch.phase
        if phase == "idle":
            phase = "available" if self.now >= self.patch_opens else "not-open"
            phase = "up-to-date" if self.version == VERSION else phase
        return {
            "version": self.version,
            "phase": phase,
            "percent": self.patch.percent(self.now),
            "cause": "service-stopped" if phase == "failed" else None,
            "opens_at": iso(self.patch_opens),
            "eta_ms": self.patch.eta(self.now),
            "last_change": self.patch.moved_at(self.now),
        }

    def start_patch(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        if self.patch.phase != "idle":
            raise StationRefusalError("patching.reopen")
        if not self.licence_ok:
            raise StationRefusalError("licence.invalid")
        self.patch.start(self.now, None)
        if self.patch_fails > 0 or not self.service:
            self.patch_fails -= 1
            self.patch.phase = "failed"
        return self.patch_fields(body)

    def submit(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        self.shown_id = body["server_id"]
        self.verdict = self.verdicts.pop(0) if self.verdicts else None
        if self.verdict is None and self.now < self.line_down_until:
            self.verdict = "no-line"
        return self.dashboard_fields(body)

    def dashboard_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        return {"server_id": self.shown_id, "sn": "SN-1", "version": self.version}

    def open_menu(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        return {"menu": body["menu"], "trained": True}

    def schedule(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "rows": [
                {"server": LABEL, "server_id": OWN_ID, "opens": iso(opens), "closes": iso(closes)}
                for opens, closes in self.windows
            ]
        }

    def registration(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "server_id": body["server_id"],
            "count": len(PUPILS),
            "participants": PUPILS,
            "tests": TESTS,
        }

    def see_sn_resets(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        if self.sn_granted_at is None:
            return {"requests": []}
        state = "granted" if self.now >= self.sn_granted_at else "waiting"
        return {"requests": [{"server_id": OWN_ID, "kind": "sn-reset", "state": state}]}

    def ask_sn_reset(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.sn_granted_at = self.now + 15 * MINUTE
        return self.see_sn_resets(body)

    def backup_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        is_there = self.backup.phase == "done" and self.link
        file = {
            "name": "latihan.Source",
            "size_bytes": len(self.file),
            "sha256": self.stated_sha,
            "path": "backup/download",
        }
        return {
            "phase": self.backup.phase,
            "percent": self.backup.percent(self.now),
            "eta_ms": self.backup.eta(self.now),
            "rows": sum(self.old_rows),
            "file": file if is_there else None,
            "link": is_there,
            "last_change": self.backup.moved_at(self.now),
        }

    def start_backup(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_ready(body)
        self.backup.start(self.now, None)
        self.data_version += 1
        if self.backup_fails > 0:
            self.backup_fails -= 1
            self.backup.phase = "failed"
            self.data_version += 1
        return self.backup_fields(body)

    def delete_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        running = self.delete.phase == "running"
        return {
            "phase": self.delete.phase,
            "question": "Hapus?" if self.delete.phase == "asked" else None,
            "percent": self.delete.percent(self.now),
            "eta_ms": self.delete.eta(self.now),
            "left": None if running else sum(self.old_rows) + sum(self.received),
            "last_change": self.delete.moved_at(self.now),
        }

    def press_delete(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_ready(body)
        if body["answer"] == "ask":
            self.delete.phase = "asked"
        elif sum(self.old_rows) + sum(self.received):
            self.log.append("HAPUS")
            halt = 50 if self.delete_halts > 0 else None
            self.delete_halts -= 1
            self.delete.start(self.now, halt)
            self.data_version += 1
        return self.delete_fields(body)

    def overlay_fields(self) -> dict[str, Any]:
        return {"open": self.overlay_open, "read_at": None, "rows": self.overlay_rows}

    def refresh_status(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        local = [old + new for old, new in zip(self.old_rows, self.received, strict=True)]
        if self.received[1] == ROWS[1]:
            local[1] -= self.short
        self.overlay_rows = [
            {"n": n + 1, "central": central, "local": count}
            for n, (central, count) in enumerate(zip(self.central_rows, local, strict=True))
        ]
        self.overlay_open = True
        return self.overlay_fields()

    def close_status(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.overlay_open = False
        return self.overlay_fields()

    def sync_fields(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        rows = [
            {
                "n": n + 1,
                "central": rows,
                "local": count,
                "percent": count * 100 // rows,
                "state": "done" if count == rows else "empty",
                "colour": "green" if count == rows else "grey",
            }
            for n, (rows, count) in enumerate(zip(ROWS, self.received, strict=True))
        ]
        return {
            "phase": self.sync.phase,
            "stopped": self.stopped if self.sync.phase == "stopped" else None,
            "rows": rows,
            "done": sum(count == rows for count, rows in zip(self.received, ROWS, strict=True)),
            "total": len(ROWS),
            "eta_ms": self.sync.began + JOB_MS["sync"] - self.now
            if self.sync.phase == "running" and self.sync.halt is None
            else None,
            "last_change": iso(self.now) if self.sync.phase == "running" else None,
        }

    def start_sync(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_ready(body)
        if self.condition != "active":
            raise StationRefusalError("sync.not_active")
        self.log.append("START SYNC" + (" (view open)" if self.overlay_open else ""))
        self.sync.start(self.now, self.sync_halts[0][0] if self.sync_halts else None)
        self.data_version += 1
        return self.sync_fields(body)

    def list_participants(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        page, size = int(body["page"]), int(body["per_page"])
        rows = self.listed[(page - 1) * size : page * size]
        pages = max(1, -(-len(self.listed) // size))
        return {"count": len(self.listed), "page": page, "pages": pages, "rows": rows}

    def list_tests(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        self.need_open()
        return {
            "tests": [{"name": name, "date": "2017-04-10"} for name in self.tests],
            "groups": [],
        }

    def see_report(self, _body: Mapping[str, Any]) -> dict[str, Any]:
        last = self.filed[-1] if self.filed else None
        decision = None if last is None else last["decision"]
        return {"filed_at": iso(self.now) if last else None, "decision": decision}

    def file_report(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.filed.append(dict(body))
        return self.see_report(body)

    def need_open(self) -> None:
        if not self.open:
            raise StationRefusalError("cbtsync.closed")

    def need_ready(self, body: Mapping[str, Any]) -> None:
        if body.get("data_version", self.data_version) != self.data_version:
            raise StationRefusalError("error.stale", 412)
        self.need_open()
        if self.shown_id is None:
            raise StationRefusalError("identity.none")
        if not self.service:
            raise StationRefusalError("job.service_stopped")


Handler = Callable[[FakeStation, Mapping[str, Any]], dict[str, Any]]
S = FakeStation
ROUTES: dict[str, Handler] = {
    "GET desk": S.desk_fields,
    "POST machine/use": S.use_machine,
    "POST machine/set-clock": S.set_clock,
    "POST exambro/open": S.open_exambro,
    "POST cbtsync/open": S.open_cbtsync,
    "POST cbtsync/close": S.close_cbtsync,
    "POST service/start": S.start_service,
    "POST service/refresh": S.refresh_service,
    "GET patch": S.patch_fields,
    "POST patch/start": S.start_patch,
    "POST id/submit": S.submit,
    "GET dashboard": S.dashboard_fields,
    "POST menu/open": S.open_menu,
    "GET portal/ids": lambda station, _body: {"servers": station.ids},
    "GET portal/schedule": S.schedule,
    "GET portal/registration": S.registration,
    "GET portal/sn-reset": S.see_sn_resets,
    "POST portal/sn-reset": S.ask_sn_reset,
    "GET backup": S.backup_fields,
    "POST backup/start": S.start_backup,
    "GET delete": S.delete_fields,
    "POST delete/start": S.press_delete,
    "POST status/refresh": S.refresh_status,
    "POST status/close": S.close_status,
    "GET sync": S.sync_fields,
    "POST sync/start": S.start_sync,
    "GET participants": S.list_participants,
    "GET tests": S.list_tests,
    "GET report": S.see_report,
    "POST report": S.file_report,
}


class KilledError(Exception):
    """The client's process ends here."""


Fate = Callable[["FakeSender", Call], Outcome]


class FakeSender:
    """Carries requests to a station. ``fates`` say what becomes of an operation, call by call."""

    def __init__(self, station: FakeStation, fates: dict[str, list[Fate | None]] | None = None):
        self.station = station
        self.fates = fates or {}
        self.sent = 0
        self.calls: list[str] = []
        self.downloads: list[Mapping[str, str]] = []
        self.download_fates: list[Callable[[FakeSender], Any]] = []
        self.before: Callable[[Call], None] = lambda call: None
        self.after: Callable[[Call], None] = lambda call: None

    def send(self, call: Call) -> Outcome:
        self.before(call)
        self.sent += 1
        self.calls.append(call.name)
        fates = self.fates.get(call.op)
        fate = fates.pop(0) if fates else None
        outcome = deliver(self, call) if fate is None else fate(self, call)
        self.after(call)
        return outcome

    def download(self, path: str, headers: Mapping[str, str]) -> Any:
        assert path == "backup/download"
        self.before(DOWNLOAD)
        self.sent += 1
        self.downloads.append(headers)
        self.after(DOWNLOAD)
        if self.download_fates and (fate := self.download_fates.pop(0)) is not None:
            return fate(self)
        begin = int(headers["Range"].removeprefix("bytes=").rstrip("-")) if headers else 0
        return FakeDownload(self.station.file, begin, 206 if headers else 200)


DOWNLOAD = Call(op="backup.download", path="backup/download", shape=calls.BACKUP.shape)


class FakeDownload:
    """A body in pieces; ``until`` cuts the connection after so many bytes of the file."""

    def __init__(self, data: bytes, begin: int, status: int, until: int | None = None) -> None:
        self.status, self.broken, self.closed = status, "", False
        self.headers = {"Content-Range": f"bytes {begin}-{len(data) - 1}/{len(data)}"}
        self._data, self._begin, self._until = data, begin, until

    def pieces(self) -> Iterator[bytes]:
        end = len(self._data) if self._until is None else self._until
        for at in range(self._begin, end, 500):
            yield self._data[at : min(at + 500, end)]
        if self._until is not None:
            self.broken = "connection lost"

    def close(self) -> None:
        self.closed = True


# --- fates ---------------------------------------------------------------------------------------


def deliver(sender: FakeSender, call: Call) -> Outcome:
    status, answer = sender.station.answer(call.method, call.path, dict(call.body or {}))
    body = json.dumps(answer).encode()
    outcome = judge(status, "application/json", "", body, call.shape)
    assert isinstance(outcome, Obeyed | Refused), f"{call.name}: {outcome}"
    return outcome


def lost_request(_sender: FakeSender, _call: Call) -> Outcome:
    return Unknown(reason="connection reset")


def lost_answer(sender: FakeSender, call: Call) -> Outcome:
    deliver(sender, call)
    return Unknown(reason="read timeout")


def not_sent(_sender: FakeSender, _call: Call) -> Outcome:
    return NotSent(reason="refused")


def delivered_twice(sender: FakeSender, call: Call) -> Outcome:
    deliver(sender, call)
    return deliver(sender, call)


def busy_for(seconds: int) -> Fate:
    return lambda _sender, _call: Unknown(reason="status 503", retry_after_s=seconds)


def then(change: Callable[[FakeStation], None]) -> Fate:
    """Deliver, then let something happen at the station."""

    def fate(sender: FakeSender, call: Call) -> Outcome:
        outcome = deliver(sender, call)
        change(sender.station)
        return outcome

    return fate
