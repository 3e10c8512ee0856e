"""Steps 4 to 7 and NB: CBTSync Web, Auto Patching, the service."""

from pytest_bdd import given, then, when

from tests.bdd.clients import Client
from tests.bdd.step_rules import for_programs
from tests.bdd.steps.values import sentence
from tests.bdd.world import MINUTE_MS, Reply, Room, ZoneWord

SERVICE_START_MS = MINUTE_MS  # longer than Start Service takes


def patch_to_the_end(room: Room) -> None:
    """Open CBTSync Web, press Pembaharuan, wait for a result of whatever kind."""
    room.press("cbtsync/open")
    room.press("patch/start")
    room.wait_while("patch", "running")


def reopen(room: Room) -> None:
    room.press("cbtsync/close")
    room.press("cbtsync/open")


@given("service di mesin itu berjalan")
@then("service di mesin itu berjalan")
def service_runs(room: Room) -> None:
    """Cara di layar: di tab **Service Restart**, tekan **Refresh**. Tertulis running."""
    assert room.press("service/refresh").body["shown"] == "running"


@given('patching melaporkan "Patching Berhasil" tanpa mengganti versi')
def patching_lies(room: Room) -> None:
    """Cara di layar: tekan **Pembaharuan**. Tertulis **Patching Berhasil**, tetapi versinya masih
    lama.
    """
    room.arm("patch.claims-success")
    patch_to_the_end(room)
    assert room.look("patch")["phase"] == "succeeded"


@given("patching gagal karena service berhenti")
def patching_failed(room: Room) -> None:
    """Cara di layar: tekan **Pembaharuan**. Tertulis **Patching gagal**. Service tidak berjalan."""
    room.arm("patch.fails", reason="service-stopped")
    patch_to_the_end(room)
    assert room.look("patch")["phase"] == "failed"


@given("service di mesin itu sudah berjalan lagi")
def service_runs_again(room: Room) -> None:
    """Cara di layar: di tab **Service Restart**, tekan **Start Service**, lalu **Refresh**."""
    room.press("service/start")
    room.wait(SERVICE_START_MS)
    service_runs(room)


@given(sentence("tab Service Restart menampilkan service {shown:Teks}"))
def service_shown(room: Room, shown: str) -> None:
    """Cara di layar: di tab **Service Restart**, tekan **Refresh**, lalu baca keadaannya."""
    room.arm("service.stopped")
    assert room.press("service/refresh").body["shown"] == shown


@given("CBTSync Web sudah ditutup dan dibuka lagi")
def reopened(room: Room) -> None:
    """Cara di layar: tutup jendela CBTSync Web dengan ×, lalu klik **CBTSync** di Exambro Admin."""
    reopen(room)


@when("proktor membuka CBTSync Web", target_fixture="reply")
def open_cbtsync(room: Room) -> Reply:
    """Cara di layar: di Exambro Admin, klik **CBTSync**."""
    return room.try_press("cbtsync/open")


@for_programs
@when("sebuah program membuka CBTSync Web sebelum Exambro Admin", target_fixture="reply")
def open_cbtsync_too_early(room: Room) -> Reply:
    """Cara di layar: tidak ada. Tombol **CBTSync** baru tampil di jendela Exambro Admin."""
    return room.try_press("cbtsync/open")


@when(sentence("proktor membuka ulang CBTSync Web pada pukul {clock:Jam} {zone:Zona}"))
def reopen_at(room: Room, clock: str, zone: ZoneWord) -> None:
    """Cara di layar: tunggu jamnya. Tutup jendela dengan ×, lalu klik **CBTSync** di Exambro
    Admin.
    """
    room.wait_until(clock, zone)
    reopen(room)


@when("proktor melanjutkan patching dengan Pembaharuan")
def patch(room: Room) -> None:
    """Cara di layar: tekan **Pembaharuan** satu kali. Tunggu sampai hasilnya terbaca."""
    room.press("patch/start")
    room.wait_while("patch", "running")


@when("proktor menjalankan pemulihan langkah 7")
def recover(client: Client) -> None:
    """Cara di layar: tab **Service Restart**, **Start Service**, **Refresh** sampai running. Tutup
    CBTSync Web dengan ×, buka lagi dari Exambro Admin, tekan **Pembaharuan**, lalu baca
    versinya.
    """
    client.carry_out(7)


@when("proktor menjalankan Start Service tanpa refresh")
def start_service(room: Room) -> None:
    """Cara di layar: di tab **Service Restart**, tekan **Start Service** saja."""
    room.press("service/start")
    room.wait(SERVICE_START_MS)


@when("proktor mengulang patching tanpa membuka ulang CBTSync Web", target_fixture="reply")
def patch_again(room: Room) -> Reply:
    """Cara di layar: tekan **Pembaharuan** lagi di halaman yang sama."""
    return room.try_press("patch/start")


@when(sentence("proktor mengulang patching {times:Bilangan} kali tanpa memeriksa service"))
def patch_blindly(room: Room, times: int) -> None:
    """Cara di layar: tutup dan buka CBTSync Web, tekan **Pembaharuan**, dan begitu seterusnya."""
    for _ in range(times):
        reopen(room)
        patch(room)


@then(sentence("jam WIB di layar menunjukkan {clock:Jam}"))
def wib_clock(room: Room, clock: str) -> None:
    """Cara di layar: baca jam WIB di bagian atas halaman."""
    assert room.look("desk")["now"][11:16] == clock


@then(sentence('Auto Patching berstatus "{phase:Patching}"'))
def patching_state(room: Room, phase: str) -> None:
    """Cara di layar: baca halaman Auto Patching. **Pembaharuan** aktif jika sudah dibuka."""
    assert room.look("patch")["phase"] == phase


@then(sentence('hasil patching adalah "{phase:Hasil}"'))
def patching_result(room: Room, phase: str) -> None:
    """Cara di layar: baca hasilnya di halaman Auto Patching."""
    assert room.look("patch")["phase"] == phase


@then(sentence("CBTSync menampilkan versi {version:Versi}"))
def version_shown(room: Room, version: str) -> None:
    """Cara di layar: baca CBTSync Versi di bawah judul halaman."""
    assert room.look("patch")["version"] == version


@then("formulir ID Server terbuka")
def id_form_open(room: Room) -> None:
    """Cara di layar: klik **Lanjut ke ID Server**. Formulir tampil, dengan tombol **Submit**."""
    assert room.look("desk")["cbtsync"] == {"open": True, "page": "id-form"}


@then(sentence("tab Service Restart tetap menampilkan service {shown:Teks}"))
def service_still_shown(room: Room, shown: str) -> None:
    """Cara di layar: baca tab **Service Restart** tanpa menekan **Refresh**."""
    assert room.screen("service")["shown"] == shown
