"""The rubric at work: what somebody did or left out, the code it is given, the gates."""

from typing import Any

from pytest_bdd import given, then, when

from tests.bdd.clients import Client
from tests.bdd.step_rules import for_programs
from tests.bdd.steps.checking import file_report, look_at
from tests.bdd.steps.opening import SERVER
from tests.bdd.steps.patching import patch_to_the_end
from tests.bdd.steps.syncing import sync_to_the_end
from tests.bdd.steps.values import sentence
from tests.bdd.world import MINUTE_MS, Reply, Room

Json = dict[str, Any]
UNLIKE = ("participants", "tests")  # menus that nothing is due at before the sync


def found(room: Room, since: int) -> Json:
    """Return the one finding since the act."""
    (one,) = (one for one in room.assessment()["findings"] if one["seq"] > since)
    return dict(one)


@given("klien sudah mengerjakan seluruh prosedur")
def client_is_done(client: Client) -> None:
    """Cara di layar: langkah 1 sampai 21 sudah dikerjakan, dan berita acara sudah dikirim."""
    assert client.run().ending == "ready"


@given("patching dan Submit sudah selesai")
def patched_and_submitted(room: Room) -> None:
    """Cara di layar: kerjakan langkah 3 sampai 8, lalu baca statusnya di **Dashboard**."""
    room.press("exambro/open", version=room.machine(room.label_here())["exambro"][-1])
    patch_to_the_end(room)
    room.look("patch")
    room.press("id/submit", server_id=room.id_of(SERVER))


@for_programs
@given("ID Server dikirim tanpa membaca versi")
def submitted_unread(room: Room) -> None:
    """Cara di layar: tidak ada. Program mengirim ID tanpa membuka layar patching."""
    room.press("cbtsync/open")
    room.press("patch/start")
    room.wait(10 * MINUTE_MS)
    room.press("id/submit", server_id=room.id_of(SERVER))


@given("jadwal sekolah sudah dilihat")
def schedule_seen(room: Room) -> None:
    """Cara di layar: buka akun sekolah, menu **Jadwal Sinkronisasi**. Catat jamnya."""
    assert room.look("portal/schedule")["rows"]


@given("sinkronisasi sudah selesai")
def synced(room: Room) -> None:
    """Cara di layar: menu **Status Download**, **START SYNC**. Tunggu sembilan baris hijau."""
    assert sync_to_the_end(room)["phase"] == "complete"


@given("Daftar Peserta dan Status Test sudah diperiksa")
def both_checked(room: Room) -> None:
    """Cara di layar: buka menu **Daftar Peserta**, lalu **Status Test**. Baca isinya."""
    look_at(room, "participants")
    look_at(room, "tests")


@given("HAPUS sudah ditekan, lalu dibatalkan")
def delete_cancelled(room: Room) -> None:
    """Cara di layar: menu **BACKUP**, tekan **HAPUS**. Pada pertanyaan itu, pilih **Batal**."""
    room.press("delete/start", answer="ask")
    room.press("delete/start", answer="cancel")


@given("CBTSync Web tertutup sendiri di tengah unduhan")
def crashed_in_the_sync(room: Room) -> None:
    """Cara di layar: setelah **START SYNC**, jendela CBTSync Web hilang dengan sendirinya."""
    room.arm("cbtsync.crashes")
    room.press("sync/start")
    for _ in range(60):
        if room.events("cbtsync-crashed"):
            return
        room.wait(MINUTE_MS)
    raise AssertionError("CBTSync Web never closed")


@when("proktor membuka CBTSync Web lagi dan menekan START SYNC", target_fixture="reply")
def reopen_and_sync(room: Room) -> Reply:
    """Cara di layar: di Exambro Admin, klik **CBTSync**. Kirim ID yang sama, lalu tekan **START
    SYNC**.
    """
    room.press("cbtsync/open")
    room.press("id/submit", server_id=room.id_of(SERVER))
    return room.try_press("sync/start")


@when(sentence("proktor membuka {menus:Bilangan} menu yang tidak diperlukan"))
def wander(room: Room, menus: int) -> None:
    """Cara di layar: bolak-balik ke **Daftar Peserta** dan **Status Test** sebelum sinkronisasi."""
    for n in range(menus):
        room.press("menu/open", menu=UNLIKE[n % 2])


@when(sentence("proktor {decision:Keputusan}, tetapi keliru menulis {wrong:Isian}"))
def report_wrongly(room: Room, decision: str, wrong: tuple[str, object]) -> None:
    """Cara di layar: buka Berita Acara, isi menurut layar, tetapi keliru pada isian itu."""
    name, value = wrong
    file_report(room, decision, **{name: value})


@then(sentence("kode itu tergolong {gravity:Bobot}"))
def of_gravity(room: Room, since: int, gravity: str) -> None:
    """Cara di layar: bobotnya tertulis di kolom Jenis pada tabel garis waktu pembahasan."""
    assert found(room, since)["severity"] == gravity


@then(sentence("kode itu tergolong {gravity:Bobot} dan merujuk langkah {number:Bilangan}"))
def of_gravity_and_step(room: Room, since: int, gravity: str, number: int) -> None:
    """Cara di layar: bobot dan nomor langkahnya tertulis pada tabel garis waktu pembahasan."""
    one = found(room, since)
    assert (one["severity"], number in one["steps"]) == (gravity, True), one


@then(sentence("dasar kode itu adalah {basis:Dasar}"))
def on_what_basis(room: Room, since: int, basis: str) -> None:
    """Cara di layar: dasarnya tertulis pada daftar kode dalam buku latihan."""
    assert found(room, since)["provenance"] == basis


@then(sentence("pelanggaran {code:Kode} tercatat {times:Bilangan} kali"))
def recorded_times(room: Room, code: str, times: int) -> None:
    """Cara di layar: hitung kode itu pada tabel garis waktu pembahasan."""
    assert room.findings() == [code] * times


@then(sentence("{times:Bilangan} pelanggaran tercatat"))
def how_many(room: Room, times: int) -> None:
    """Cara di layar: hitung baris berhuruf K, B, dan R pada tabel garis waktu pembahasan."""
    assert len(room.findings()) == times, room.findings()


@then(sentence("syarat {name:Syarat} {held:Terpenuhi}"))
def gate_is(room: Room, name: str, held: bool) -> None:
    """Cara di layar: baca tabel syarat di bawah Putusan pada pembahasan."""
    (gate,) = (gate for gate in room.assessment()["gates"] if gate["name"] == name)
    assert gate["held"] == held, gate


@then(sentence("nilai prosesnya {percent:Bilangan} persen"))
def process_is(room: Room, percent: int) -> None:
    """Cara di layar: baca baris Proses pada tabel syarat di pembahasan."""
    assert room.assessment()["process_permille"] == percent * 10


@then(sentence("latihan itu {passed:Lulus}"))
def verdict_is(room: Room, passed: bool) -> None:
    """Cara di layar: baca kalimat pertama di bawah Putusan pada pembahasan."""
    found = room.assessment()
    assert found["passed"] == passed, [gate for gate in found["gates"] if not gate["held"]]
