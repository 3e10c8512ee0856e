"""Steps 8 to 11: ID Server, Submit, the Dashboard."""

from pytest_bdd import given, then, when

from tests.bdd.steps.values import IdServer, sentence
from tests.bdd.world import MINUTE_MS, Reply, Room


@given(sentence("{fault:Gangguan}"))
def trouble_lies_ahead(room: Room, fault: str) -> None:
    """Cara di layar: gangguan ini sudah ada dalam latihan. Di layar hanya terlihat akibatnya."""
    room.arm(fault)


@given(sentence("{server_id:IdServer} sudah dikirim"))
def submitted(room: Room, server_id: IdServer) -> None:
    """Cara di layar: ketik ID di formulir ID Server, lalu tekan **Submit**."""
    room.press("id/submit", server_id=server_id(room))


@given("reset SN sudah diminta dan disetujui")
def sn_was_reset(room: Room) -> None:
    """Cara di layar: di akun sekolah, tekan **Minta reset SN**. Tunggu sampai disetujui."""
    requests = room.press("portal/sn-reset", server_id=room.id_of(room.label_here())).body
    for _ in range(12):
        if [one["state"] for one in requests["requests"]] == ["granted"]:
            return
        room.wait(5 * MINUTE_MS)
        requests = room.look("portal/sn-reset")
    raise AssertionError(requests)


@when(sentence("proktor mengirim {server_id:IdServer}"), target_fixture="reply")
def submit(room: Room, server_id: IdServer) -> Reply:
    """Cara di layar: ketik ID di formulir. Cocokkan setiap huruf, lalu tekan **Submit**."""
    return room.try_press("id/submit", server_id=server_id(room))


@when(sentence("proktor mengisi {server_id:IdServer}, lalu meninggalkan formulir"))
def draft(room: Room, server_id: IdServer) -> None:
    """Cara di layar: ketik ID di formulir ID Server, lalu buka halaman lain tanpa **Submit**."""
    room.press("id/draft", server_id=server_id(room))
    room.press("id/leave")


@when(sentence("jam di layar menunjukkan {clock:Jam} WIB"))
def time_comes(room: Room, clock: str) -> None:
    """Cara di layar: tunggu sampai jam WIB di bagian atas halaman menunjukkan jam ini."""
    room.wait_until(clock)


@when(sentence("proktor menunggu selama {minutes:Bilangan} menit"))
def wait(room: Room, minutes: int) -> None:
    """Cara di layar: tunggu tanpa menekan apa pun. Lihat jam WIB di bagian atas halaman."""
    room.wait(minutes * MINUTE_MS)


@then(sentence("Dashboard memuat ID Server milik mesin {label:Teks}"))
def dashboard_shows(room: Room, label: str) -> None:
    """Cara di layar: klik **Dashboard**, baca ID Server, lalu cocokkan dengan catatan Anda."""
    assert room.look("dashboard")["server_id"] == room.id_of(label)


@then(sentence("status Dashboard adalah {word:Teks} dengan kalimat {saying:Teks}"))
def status_is(room: Room, word: str, saying: str) -> None:
    """Cara di layar: baca kata status di kanan atas, lalu kalimat di bawahnya."""
    status = room.look("dashboard")["status"]
    assert (status["word"], status["sentence"]) == (word, saying)


@then(sentence("hanya ID Server milik mesin {label:Teks} yang dikirim"))
def only_this_id(room: Room, label: str) -> None:
    """Cara di layar: terbaca pada pembahasan latihan, di daftar kejadian."""
    sent = {event["server_id"] for event in room.events("id-submitted")}
    assert sent == {room.id_of(label)}


@then(sentence("ID Server hanya dikirim dengan CBTSync versi {version:Versi}"))
def submitted_with(room: Room, version: str) -> None:
    """Cara di layar: baca CBTSync Versi di bawah judul halaman sebelum menekan **Submit**."""
    assert {event["version"] for event in room.events("id-submitted")} == {version}
