"""What people call the things that happen, and how the journal writes them."""

from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]

# name -> the event's type, and what must stand in its fields
HAPPENINGS: dict[str, tuple[str, Json]] = {
    "ID Sinkronisasi": ("screen-seen", {"screen": "portal-ids"}),
    "Jadwal Sinkronisasi": ("screen-seen", {"screen": "portal-schedule"}),
    "minta reset SN": ("sn-reset-requested", {}),
    "reset SN disetujui": ("sn-reset-granted", {}),
    "buka Exambro Admin": ("exambro-opened", {}),
    "buka CBTSync Web": ("cbtsync-opened", {}),
    "tutup CBTSync Web": ("cbtsync-closed", {}),
    "CBTSync Web tertutup sendiri": ("cbtsync-crashed", {}),
    "atur jam ke WIB": ("machine-clock-set", {}),
    "service berhenti": ("service-stopped", {}),
    "Start Service": ("service-start-requested", {}),
    "refresh": ("service-read", {}),
    "running setelah refresh": ("service-read", {"shown": "running"}),
    "Pembaharuan": ("patch-started", {}),
    "Patching Berhasil": ("patch-succeeded", {}),
    "patching gagal": ("patch-failed", {}),
    "Submit": ("id-submitted", {}),
    "ID tidak dikenal": ("id-submitted", {"verdict": "unknown"}),
    "OFFLINE": ("id-submitted", {"verdict": "no-line"}),
    "menu BACKUP": ("menu-opened", {"menu": "backup"}),
    "menu Status Download": ("menu-opened", {"menu": "status-download"}),
    "menu Daftar Peserta": ("menu-opened", {"menu": "participants"}),
    "menu Status Test": ("menu-opened", {"menu": "tests"}),
    "BACKUP": ("backup-started", {}),
    "backup gagal": ("backup-failed", {}),
    "unduh cadangan": ("backup-downloaded", {"whole": True}),
    "cadangan rusak": ("backup-downloaded", {"corrupt": True}),
    "HAPUS": ("delete-started", {}),
    "penghapusan gagal": ("delete-failed", {}),
    "data lama habis": ("delete-finished", {"left": 0}),
    "REFRESH STATUS": ("status-opened", {}),
    "tutup Data Awal": ("status-closed", {}),
    "START SYNC": ("sync-started", {}),
    "unduhan berhenti": ("sync-stopped", {}),
    "sembilan baris hijau": ("sync-completed", {}),
    "berita acara": ("report-filed", {}),
    "perintah tertunda": ("request-held", {}),
    "perintah datang lagi": ("copy-delivered", {}),
    "perintah susulan ditolak": ("command-refused", {"copy": True}),
}


def is_called(event: Json, name: str) -> bool:
    """Raises KeyError for a name that nobody uses."""
    kind, fields = HAPPENINGS[name]
    return event["type"] == kind and all(event[key] == value for key, value in fields.items())


def called(events: Iterable[Json], name: str) -> list[Json]:
    """Return the events that are called so."""
    return [event for event in events if is_called(event, name)]


def first_missing(events: Iterable[Json], names: Sequence[str]) -> str | None:
    """Return the first name that does not follow its predecessors in the events; None: all do.

    Other events may stand between; one event answers to one name only.
    """
    rest = list(events)
    at = 0
    for name in names:
        place = next((i for i in range(at, len(rest)) if is_called(rest[i], name)), None)
        if place is None:
            return name
        at = place + 1
    return None
