"""Steps 1 to 3: the school's account, the machines in the room, Exambro Admin."""

from typing import Any

from pytest_bdd import given, then, when

from tests.bdd.steps.values import sentence
from tests.bdd.world import MINUTE_MS, Room

Json = dict[str, Any]


@given(sentence("ID Server sudah dikirim dari mesin {label:Teks}"))
def submitted_elsewhere(room: Room, label: str) -> None:
    """Cara di layar: pilih mesin itu, lalu kerjakan langkah 3 sampai 8 di sana."""
    ours = room.id_of("SRV-UJIAN-01")
    room.sit_down(label)
    room.press("exambro/open", version=room.machine(label)["exambro"][-1])
    room.press("cbtsync/open")
    room.press("patch/start")
    room.wait_while("patch", "running")
    room.press("id/submit", server_id=ours)


@when(sentence("proktor membuka menu {path:MenuSekolah} di akun sekolah"), target_fixture="page")
def open_school_menu(room: Room, path: str) -> Json:
    """Cara di layar: buka akun sekolah, lalu klik menu itu."""
    return room.look(path)


@when("proktor mencocokkan lembar itu dengan menu ID Sinkronisasi", target_fixture="page")
def compare_slips(room: Room) -> Json:
    """Cara di layar: bandingkan menu **ID Sinkronisasi** dengan lembar di meja."""
    return {**room.look("portal/ids"), "slips": room.look("desk")["slips"]}


@when("proktor membaca label mesin di ruang server", target_fixture="page")
def read_labels(room: Room) -> Json:
    """Cara di layar: buka halaman ruang server. Label tertulis pada setiap mesin."""
    return room.look("desk")


@when(sentence("proktor membuka Exambro Admin versi {version:Versi}"))
def open_exambro(room: Room, version: str) -> None:
    """Cara di layar: klik ikon Exambro Admin dengan nomor versi ini."""
    room.press("exambro/open", version=version)


@when("proktor meminta akses dibuka kembali dan menunggu sampai disetujui")
def ask_reopening(room: Room) -> None:
    """Cara di layar: di akun sekolah, tekan **Minta akses dibuka kembali**. Tunggu jawabannya."""
    server_id = room.id_of(room.label_here())
    waiting = room.press("portal/reopen", server_id=server_id).body
    for _ in range(24):
        if any(one["state"] == "granted" for one in waiting["requests"]):
            return
        room.wait(10 * MINUTE_MS)
        waiting = room.look("portal/reopen")
    raise AssertionError(waiting)


@then(sentence("akun sekolah memuat ID yang berbeda untuk {servers:Bilangan} server"))
def ids_differ(page: Json, servers: int) -> None:
    """Cara di layar: menu **ID Sinkronisasi** memuat satu baris untuk satu server."""
    rows = page["servers"]
    assert len(rows) == servers
    assert len({row["server"] for row in rows}) == servers
    assert len({row["server_id"] for row in rows}) == servers


@then(sentence("hanya {slips:Bilangan} lembar memuat ID milik mesin {label:Teks}"))
def slips_of(room: Room, page: Json, slips: int, label: str) -> None:
    """Cara di layar: cari label mesin di menu **ID Sinkronisasi**, lalu cari ID-nya di lembar."""
    assert page["slips"].count(room.id_of(label)) == slips
    assert len(page["slips"]) > slips


@then(sentence("mesin {label:Teks} {role:Peran}"))
def machine_role(page: Json, label: str, role: str) -> None:
    """Cara di layar: baca label mesin. Pada server ujian tertulis bahwa mesin itu server ujian."""
    assert [one["role"] for one in page["machines"] if one["label"] == label] == [role]


@then(sentence("Exambro Admin yang terbuka adalah versi {version:Versi}"))
def exambro_is(room: Room, version: str) -> None:
    """Cara di layar: baca nomor versi di judul jendela Exambro Admin."""
    assert room.look("desk")["exambro"] == version


@then(sentence("mesin yang dipakai adalah {label:Teks}"))
def machine_is(room: Room, label: str) -> None:
    """Cara di layar: label mesin yang dipakai tertulis di bagian atas halaman."""
    assert room.label_here() == label


@then(sentence("jadwal mesin {label:Teks} adalah pukul {opens:Jam} sampai {closes:Jam} WIB"))
def schedule_is(page: Json, label: str, opens: str, closes: str) -> None:
    """Cara di layar: menu **Jadwal Sinkronisasi**, baris dengan label mesin ini."""
    row = next(row for row in page["rows"] if row["server"] == label)
    assert (row["opens"][11:16], row["closes"][11:16]) == (opens, closes)
