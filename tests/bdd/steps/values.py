"""The typed blanks of the sentences: what may stand in them, and what a step gets for it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from pytest_bdd import parsers

from tests.bdd.world import ZONES, Room, ZoneWord

Reader = TypeVar("Reader", bound=Callable[[str], object])
Meaning = TypeVar("Meaning")
IdServer = Callable[[Room], str]  # which ID is meant depends on the rehearsal's made-up IDs

MENUS = {
    "BACKUP": "backup",
    "Status Download": "status-download",
    "Daftar Peserta": "participants",
    "Status Test": "tests",
}
SCHOOL_MENUS = {"ID Sinkronisasi": "portal/ids", "Jadwal Sinkronisasi": "portal/schedule"}
BUTTONS = {
    "BACKUP": "backup/start",
    "Pembaharuan": "patch/start",
    "REFRESH STATUS": "status/refresh",
    "START SYNC": "sync/start",
}
ANSWERS = {"Ya, hapus": "yes", "Batal": "cancel"}
ENDINGS = {
    "siap": "ready",
    "ditunda": "postponed",
    "dilaporkan": "reported",
    "dihentikan": "halted",
}


class Trouble(NamedTuple):
    """What becomes of a command on its way, as the fault that does it."""

    fault: str
    effect: str = ""
    by: str = ""  # how much later


TROUBLES = {
    "dijalankan, tetapi jawabannya hilang": Trouble("http.empty", "applied"),
    "hilang sebelum sampai di server": Trouble("http.empty", "none"),
    "sampai dua kali": Trouble("net.twice"),
}
COMMANDS = {"BACKUP": "backup", "HAPUS": "delete", "START SYNC": "sync"}
DECISIONS = {
    "menyatakan selesai": "ready",
    "menyatakan server selesai": "ready",
    "menunda pekerjaan": "postpone",
}
GRAVITIES = {"kritis": "critical", "berat": "major", "ringan": "minor", "nyaris": "near-miss"}
BASES = {
    "bunyi prosedur": "source",
    "turunan kami": "derived",
    "kalimat yang dapat dibaca dua cara": "ambiguous",
    "pilihan kami": "ours",
}
GATES = {
    "Kritis": "critical",
    "Berat": "major",
    "Ringan": "minor",
    "Hasil tercapai": "outcome",
    "Proses": "process",
}
WRONG_FIELDS: dict[str, tuple[str, object]] = {
    "nama mesin": ("machine", "Laptop Bu Rina"),
    "versi CBTSync": ("version", "5.0.4"),
}
"""Fields of the Berita Acara, and what somebody might mistakenly write there."""
PANEL_PARTS = {
    "lembar kerja": "lembar",
    "petunjuk": "petunjuk",
    "pertanyaan": "jeda",
    "umpan balik": "umpan",
}
"""Parts of the coach's panel, by their anchors on the page."""
FAULTS = {
    "ID Server itu sudah terikat pada mesin lain": "id.bound-elsewhere",
    "server pusat tidak mengenali ID Server itu": "id.unknown",
    "server pusat tidak terjangkau": "central.unreachable",
    "jam mesin itu tidak memakai WIB": "licence.invalid",
}


def blank(pattern: str) -> Callable[[Reader], Reader]:
    """Mark a function as the reader of a blank: what may stand there, as a regular expression."""

    def mark(reader: Reader) -> Reader:
        setattr(reader, "pattern", pattern)  # noqa: B010 -- the attribute that parse looks for
        return reader

    return mark


@blank(r'"[^"]*"')
def quoted(text: str) -> str:
    return text.strip('"')


@blank(r'"(?:[01]\d|2[0-3]):[0-5]\d"')
def clock(text: str) -> str:
    """HH:MM, as screens show it."""
    return text.strip('"')


@blank(r'"(?:WIB|WITA|WIT)"')
def zone(text: str) -> ZoneWord:
    return ZONES[text.strip('"')].word


@blank(r'"\d+(?:\.\d+)+"')
def version(text: str) -> str:
    return text.strip('"')


@blank(r'"(?:K[1-4]|B(?:10|[1-9])|R[1-8]|N[12])"')
def code(text: str) -> str:
    """A violation or near miss of the rubric."""
    return text.strip('"')


@blank(r'"(?:P0|L0|L1|L2[ab]|L[3-5]|R)"')
def level(text: str) -> str:
    """A rung of the drill ladder."""
    return text.strip('"')


@blank(r"\d+")
def count(text: str) -> int:
    return int(text)


@blank(r'ID Server milik mesin "[^"]*"|ID Server dengan satu huruf yang salah')
def id_server(text: str) -> IdServer:
    label = text.partition('"')[2].removesuffix('"')
    return (lambda room: room.id_of(label)) if label else mistyped_id


def mistyped_id(room: Room) -> str:
    """The ID of the machine in use with its last letter replaced: no ID that the school has."""
    known = {row["server_id"] for row in room.look("portal/ids")["servers"]}
    right = room.id_of(room.label_here())
    wrong = right[:-1] + ("X" if right[-1] != "X" else "Y")
    assert wrong not in known
    return wrong


@blank(r"\d+ peserta tidak diterima|Daftar Test kosong")
def shortfall(text: str) -> tuple[str, dict[str, int]]:
    """A fault of what a sync brings, and its values."""
    if text == "Daftar Test kosong":
        return "tests.missing", {}
    return "participants.missing", {"count": int(text.split()[0])}


@blank("|".join([*TROUBLES, r"tertunda \d+ menit di jaringan"]))
def trouble(text: str) -> Trouble:
    """What becomes of a command between the button and the server."""
    if text in TROUBLES:
        return TROUBLES[text]
    return Trouble("net.late", by=f"{text.split()[1]}m")


@blank(r"satu kali(?:, lalu menunggu \d+ menit)?")
def then_waits(text: str) -> int:
    """The minutes that somebody waits after one press, 0 for none."""
    words = text.split()
    return int(words[-2]) if words[-1] == "menit" else 0


@blank(r"tidak tercatat|tercatat \d+ kali")
def times(text: str) -> int:
    return 0 if text == "tidak tercatat" else int(text.split()[1])


def one_of(words: Mapping[str, Meaning]) -> Callable[[str], Meaning]:
    """A blank in which one of the words stands; the step gets what it means."""

    @blank("|".join(sorted(words, key=len, reverse=True)))
    def meaning(text: str) -> Meaning:
        return words[text]

    return meaning


TYPES = {
    "Teks": quoted,
    "Jam": clock,
    "Zona": zone,
    "Versi": version,
    "Kode": code,
    "Bilangan": count,
    "IdServer": id_server,
    "Menu": one_of(MENUS),
    "MenuSekolah": one_of(SCHOOL_MENUS),
    "Tombol": one_of(BUTTONS),
    "Perintah": one_of(COMMANDS),
    "Nasib": trouble,
    "LaluTunggu": then_waits,
    "Menjawab": one_of({"tidak menjawab": False, "menjawab seperti biasa": True}),
    "Jalannya": one_of({"sedang berjalan": ("running",), "belum dimulai": ("none", "asked")}),
    "Jawaban": one_of(ANSWERS),
    "Keputusan": one_of(DECISIONS),
    "Akhir": one_of(ENDINGS),
    "Gangguan": one_of(FAULTS),
    "Kekurangan": shortfall,
    "Berapa": times,
    "Pekerjaan": one_of({"backup": "backup", "penghapusan": "delete", "sinkronisasi": "sync"}),
    "Patching": one_of({"belum dibuka": "not-open", "sudah dibuka": "available"}),
    "Hasil": one_of({"Patching Berhasil": "succeeded", "Patching gagal": "failed"}),
    "Peran": one_of({"adalah server ujian": "exam-server", "bukan server ujian": "laptop"}),
    "Siap": one_of({"siap": True, "belum siap": False}),
    "Terpenuhi": one_of({"terpenuhi": True, "belum terpenuhi": False}),
    "Nilai": one_of({"benar": True, "keliru": False}),
    "IsiCadangan": one_of({"semua data lama": True, "0 data": False}),
    "IsiDaftar": one_of({"memuat semua tes yang terdaftar": True, "kosong": False}),
    "Tempat": one_of({"pusat": "central", "server": "local"}),
    "Tingkat": level,
    "Bobot": one_of(GRAVITIES),
    "Dasar": one_of(BASES),
    "Syarat": one_of(GATES),
    "Lulus": one_of({"lulus": True, "belum lulus": False}),
    "Isian": one_of(WRONG_FIELDS),
    "Ada": one_of({"memuat": True, "tidak memuat": False}),
    "Bagian": one_of(PANEL_PARTS),
    "Cocok": one_of({"cocok": True, "belum cocok": False}),
    "Bertanya": one_of({"bertanya": True, "tidak bertanya": False}),
    "Tebakan": one_of({"siap": "yes", "belum siap": "no"}),
    "Terbit": one_of({"diterbitkan": True, "tidak diterbitkan": False}),
    "Dapat": one_of({"dapat": True, "belum dapat": False}),
    "Bergerak": one_of({"berhenti": False, "berjalan lagi": True}),
    "Banding": one_of({"sama dengan": False, "lebih dari": True}),
}


def sentence(text: str) -> parsers.cfparse:
    """A step's sentence; ``{name:Type}`` is a typed blank."""
    return parsers.cfparse(text, extra_types=TYPES)
