"""What the screens say, read from the page: the same fields as the answers to a program.

A field that no screen shows is None here. Numbers and states come from the words that stand there.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from tests.bdd.screen.desk import CBTSYNC, EXAMBRO, LICENCE, SCHOOL, SERVER_ROOM, Desk, Json
from tests.bdd.screen.sight import Row, Sight, number
from tests.bdd.world import DAY

_PERCENT = re.compile(r"(\d+)\s*%")
_VERSION = re.compile(r"CBTSync (\d[\d.]*)")
_STATUS = re.compile(r"Status server:\s*(\S+)")
_CAUSES = {
    "Service tidak berjalan.": "service-stopped",
    "Sambungan ke server pusat terputus.": "network",
    "Server pusat tidak menjawab.": "central",
}
_PATCHING = {
    "Auto Patching dibuka pukul": "not-open",
    "Ada versi baru": "available",
    "Tunggu sampai selesai": "running",
    "Patching Berhasil": "succeeded",
    "Patching gagal": "failed",
    "CBTSync sudah memakai versi terbaru": "up-to-date",
}
_BACKUP = {
    "Backup berjalan": "running",
    "Backup selesai": "done",
    "Backup gagal": "failed",
    "Belum ada hasil backup": "none",
}
_DELETE = {
    "Hapus semua data di server ini?": "asked",
    "Penghapusan berjalan": "running",
    "Penghapusan terhenti": "failed",
    "Penghapusan selesai": "done",
}
_SYNC = {
    "Sinkronisasi selesai": "complete",
    "Sinkronisasi berjalan": "running",
    "Gagal Sinkronisasi": "stopped",
}
CONDITIONS = {
    ("AKTIF", "CBTSync siap digunakan"): "active",
    ("STANDBY", "Akses Server Pusat di Tutup, data SN Sudah Sesuai"): "closed",
    ("STANDBY", "ID Server tidak sesuai dengan server yang terdaftar"): "mismatch",
    ("OFFLINE", "Tidak ada koneksi internet"): "no-line",
    ("OFFLINE", "ID Server tidak sama dengan pusat"): "unknown-id",
    ("OFFLINE", LICENCE): "licence",
}
"""Word and sentence of the status, and what a program calls them."""
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_STATES = {"Selesai": "done", "Mengunduh": "downloading", "Terhenti": "stopped"}


def _word(sight: Sight, words: Mapping[str, str], otherwise: str) -> str:
    return next((meaning for said, meaning in words.items() if sight.has(said)), otherwise)


def _percent(line: str) -> int:
    found = _PERCENT.search(line)
    return 0 if found is None else int(found[1])


def _window(desk: Desk, name: str = CBTSYNC) -> Sight:
    return desk.see(desk.window(name))


# --- the room ------------------------------------------------------------------------------------


def room(desk: Desk) -> Json:
    """Look around: the machines with their labels, what is open on this one, the slips."""
    desk.server_room()
    here = desk.machine_label()
    cards = desk.window(SERVER_ROOM).get_by_role("button")
    machines = []
    for card in cards.all_inner_texts():
        label, _, more = card.partition("\n")
        role = "exam-server" if "Server ujian, dipakai hari" in more else "laptop"
        installed = desk.icons() if label == here else []
        machines.append({"id": label, "label": label, "role": role, "exambro": installed})
    zones = desk.page.get_by_role("banner").locator("dt").all_inner_texts()
    return {
        "now": f"{DAY}T{desk.wib()}:00.000+07:00",
        "machine": here or None,
        "school": {"name": "", "npsn": ""},
        "zone": _ZONES[zones[-1].partition(",")[0]],
        "machines": machines,
        "slips": desk.page.locator(".slip .code").all_inner_texts(),
        "exambro": _exambro_version(desk),
        "cbtsync": _cbtsync_page(desk),
    }


def _exambro_version(desk: Desk) -> str | None:
    if not desk.is_open(EXAMBRO):
        return None
    desk.exambro(EXAMBRO_CBTSYNC)
    title = desk.window("ExambrowserCBTSync", exact=False).get_by_role("heading")
    return title.first.inner_text().split()[-1]


def _cbtsync_page(desk: Desk) -> Json:
    """Say which page CBTSync Web has come to; after a patching the way on leads to the ID form."""
    if not desk.is_open(CBTSYNC):
        return {"open": False, "page": "closed"}
    desk.cbtsync()
    sight = _window(desk)
    if desk.menu_button("Dashboard").is_visible():
        page = "dashboard"
    elif sight.has("Patching Berhasil") or sight.has("Patching gagal"):
        desk.id_form()
        page = "id-form" if _window(desk).has("Registrasi Server") else "patching"
    else:
        page = "id-form" if sight.has("Registrasi Server") else "patching"
    return {"open": True, "page": page}


def service(desk: Desk) -> Json:
    desk.exambro("Service Restart")
    said = desk.see(desk.window("ExambrowserCBTSync", exact=False)).facts["Keadaan"].split()[0]
    return {"shown": said if said in ("running", "stopped", "starting") else "unread"}


# --- patching and identity -----------------------------------------------------------------------


def patch(desk: Desk) -> Json:
    """Read the version in CBTSync's head, and the patching page while that is the one shown."""
    desk.cbtsync()
    sight = _window(desk)
    if sight.has("Registrasi Server"):
        desk.press(CBTSYNC, desk.taskbar(), link=True)  # the way back to what lies behind the form
        sight = _window(desk)
    opens = re.search(r"Auto Patching dibuka pukul (\d\d:\d\d) WIB", sight.text)
    version = _VERSION.search(sight.text)
    otherwise = "available" if sight.has(LICENCE) else "up-to-date"  # the button stands there
    return {
        "version": "" if version is None else version[1],
        "phase": _word(sight, _PATCHING, otherwise) if sight.has("Auto Patching") else "up-to-date",
        "percent": _percent(sight.line_with("%")),
        "cause": next((cause for said, cause in _CAUSES.items() if sight.has(said)), None),
        "opens_at": f"{DAY}T{opens[1]}:00.000+07:00" if opens else f"{DAY}T00:00:00.000+07:00",
        "eta_ms": None,
        "last_change": None,
    }


def dashboard(desk: Desk) -> Json:
    desk.cbtsync()
    if _window(desk).has(LICENCE) and not desk.menu_button("Dashboard").is_visible():
        return _without_licence(_window(desk))
    desk.menu("Dashboard")
    sight = _window(desk)
    word, _, sentence = sight.line_with(" – ").partition(" – ")
    shown = sight.facts["ID Server"]
    return {
        "server_id": None if shown == "–" else shown,
        "sn": sight.facts["SN"],
        "version": sight.facts["Versi CBTSync"],
        "status": {"word": word.strip(), "sentence": sentence.strip()},
    }


def _without_licence(sight: Sight) -> Json:
    """The status stands at the top of the page, its sentence below: no Dashboard is to be had."""
    word = _STATUS.search(sight.text)
    status = {"word": word[1] if word else "", "sentence": sight.line_with(LICENCE).strip()}
    return {"server_id": None, "sn": "", "version": "", "status": status}


# --- the school's account ------------------------------------------------------------------------


def ids(desk: Desk) -> Json:
    desk.school("ID Sinkronisasi")
    rows = _window(desk, SCHOOL).table("ID Sinkronisasi")
    return {"servers": [{"server": row.cells[0], "server_id": row.cells[1]} for row in rows]}


def schedule(desk: Desk) -> Json:
    server_ids = {row["server"]: row["server_id"] for row in ids(desk)["servers"]}
    desk.school("Jadwal Sinkronisasi")
    return {
        "rows": [
            _slot(row, server_ids)
            for row in _window(desk, SCHOOL).table("Jadwal Sinkronisasi")
            if len(row.cells) > 1
        ]
    }


def _slot(row: Row, server_ids: Mapping[str, str]) -> Json:
    day, month, year = row.cells[1].split()[-1].split("/")
    opens, closes = row.cells[2].split("–")
    return {
        "server": row.cells[0],
        "server_id": server_ids[row.cells[0]],
        "opens": f"{year}-{month}-{day}T{opens}:00.000+07:00",
        "closes": f"{year}-{month}-{day}T{closes}:00.000+07:00",
    }


def registration(desk: Desk, server_id: str) -> Json:
    servers = {row["server_id"]: row["server"] for row in ids(desk)["servers"]}
    desk.school("Peserta terdaftar")
    if len(servers) > 1:
        desk.press(servers[server_id], desk.window(SCHOOL), link=True)
    sight = _window(desk, SCHOOL)
    rows = sight.table("Peserta terdaftar")
    tests = sight.line_with("Tes: ").partition("Tes: ")[2]
    return {
        "server_id": server_id,
        "count": sight.number_after("Terdaftar:"),
        "participants": [_pupil(row) for row in rows],
        "tests": [name for name in tests.split(", ") if name],
    }


def _pupil(row: Row) -> Json:
    return {"username": row.cells[1], "name": row.cells[2]}


def requests(desk: Desk, kind: str) -> Json:
    """Read what became of the requests of one kind: ``sn-reset`` or ``reopen``."""
    desk.school("Permintaan")
    desk.found()
    found = []
    for box in desk.window(SCHOOL).locator(".box").all():
        server_id = box.locator("h4 .code").inner_text()
        for said in box.locator("p.st").all_inner_texts():
            is_reset = "reset sn" in said.lower()
            if is_reset == (kind == "sn-reset"):
                state = "waiting" if "masih diproses" in said else "granted"
                found.append({"server_id": server_id, "kind": kind, "state": state})
    return {"requests": found}


# --- backup, delete, sync ------------------------------------------------------------------------


def backup(desk: Desk) -> Json:
    desk.menu("BACKUP")
    sight = _window(desk)
    size = re.search(r"\(([\d.]+) B\)", sight.facts.get("Ukuran", ""))
    file = None
    if size is not None:
        name, digest = sight.facts["Berkas"], sight.facts["SHA-256"]
        file = {"name": name, "size_bytes": number(size[1]), "sha256": digest}
    phase = _word(sight, _BACKUP, "none")
    return {
        "phase": phase,
        "percent": 100 if phase == "done" else _percent(sight.line_with("Backup ")),
        "eta_ms": None,
        "rows": sight.number_after("Jumlah data:") or number(sight.facts.get("Jumlah data", "0")),
        "file": file,
        "link": desk.seat.link("klik disini").is_visible(),
        "last_change": None,
    }


def delete(desk: Desk) -> Json:
    desk.menu("BACKUP")
    sight = _window(desk)
    phase = _word(sight, _DELETE, "none")
    left = sight.number_after("Sisa data:")
    if left is None and (phase == "done" or sight.has("Tidak ada data di server ini.")):
        left = 0
    return {
        "phase": phase,
        "percent": 100 if phase == "done" else _percent(sight.line_with("Penghapusan ")),
        "eta_ms": None,
        "left": left,
        "last_change": None,
    }


def overlay(desk: Desk) -> Json:
    desk.menu("Status Download")
    rows = _window(desk).table("Data Awal")
    return {
        "open": bool(rows),
        "rows": [
            {
                "n": int(row.cells[0].split()[-1]),
                "central": None if row.cells[1] == "–" else number(row.cells[1]),
                "local": number(row.cells[2]),
            }
            for row in rows
        ],
    }


def sync(desk: Desk) -> Json:
    desk.menu("Status Download")
    sight = _window(desk)
    rows = [_download(row) for row in sight.table("Kemajuan unduhan")]
    halted = [row["n"] for row in rows if row["state"] == "stopped"]
    said = re.search(r"DATA (\d+)\.", sight.line_with("Gagal Sinkronisasi"))
    phase = _word(sight, _SYNC, "none")
    stopped = None
    if phase == "stopped":
        data = int(said[1]) if said else (halted or [0])[0]
        message = sight.line_with("Gagal Sinkronisasi").partition(". ")[2]
        stopped = {"data": data, "reason": "", "message": message}
    return {
        "phase": phase,
        "stopped": stopped,
        "rows": rows,
        "done": sum(row["state"] == "done" for row in rows),
        "total": len(rows),
        "eta_ms": None,
        "last_change": None,
    }


def _download(row: Row) -> Json:
    local, central = (number(part) for part in row.cells[2].split("/"))
    said = row.cells[3]
    state = next((state for word, state in _STATES.items() if word in said), "waiting")
    return {
        "n": int(row.cells[0].split()[-1]),
        "central": central,
        "local": local,
        "percent": 100 if state == "done" else _percent(said),
        "state": state,
        "colour": "green" if row.is_green else "",
    }


# --- the lists -----------------------------------------------------------------------------------


def participants(desk: Desk) -> Json:
    """Read the list from its first page to its last."""
    desk.menu("Daftar Peserta")
    sight = _window(desk)
    rows = list(sight.table("Daftar Peserta di server ini"))
    while desk.seat.link("Berikutnya").is_visible():
        desk.press("Berikutnya", link=True)
        rows += _window(desk).table("Daftar Peserta di server ini")
    count = sight.number_after("Jumlah peserta:")
    return {"count": count, "page": 1, "pages": 1, "rows": [_pupil(row) for row in rows]}


def tests(desk: Desk) -> Json:
    desk.menu("Status Test")
    return {"tests": [{"name": row.cells[1]} for row in _window(desk).table("Daftar Test")]}


def report(desk: Desk) -> Json:
    """Tell whether the coach says that the Berita Acara was handed in."""
    filed = desk.seat.coach.get_by_text("Berita Acara sudah diserahkan.").is_visible()
    return {"filed_at": f"{DAY}T{desk.wib()}:00.000+07:00" if filed else None, "decision": None}


EXAMBRO_CBTSYNC = "CBTSync"
LOOKS: Mapping[str, Callable[[Desk], Json]] = {
    "desk": room,
    "service": service,
    "patch": patch,
    "dashboard": dashboard,
    "portal/ids": ids,
    "portal/schedule": schedule,
    "portal/sn-reset": lambda desk: requests(desk, "sn-reset"),
    "portal/reopen": lambda desk: requests(desk, "reopen"),
    "backup": backup,
    "delete": delete,
    "overlay": overlay,
    "sync": sync,
    "participants": participants,
    "tests": tests,
    "report": report,
}


def look(desk: Desk, path: str) -> Json:
    """Read what the API answers at ``path``. Raises KeyError where no screen shows it."""
    parts = urlsplit(path)
    if parts.path == "portal/registration":
        return registration(desk, parse_qs(parts.query)["server_id"][0])
    return LOOKS[parts.path](desk)
