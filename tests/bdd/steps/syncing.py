"""Steps 15 to 18: Status Download, REFRESH STATUS, START SYNC, nine green rows."""

from typing import Any

from pytest_bdd import given, then, when

from tests.bdd.steps.values import sentence
from tests.bdd.world import MINUTE_MS, Reply, Room

Json = dict[str, Any]


def see_initial_data(room: Room) -> None:
    room.press("menu/open", menu="status-download")
    room.press("status/refresh")


def sync_to_the_end(room: Room) -> Json:
    room.press("sync/start")
    return room.wait_while("sync", "running", every_ms=MINUTE_MS)


@given("data awal sudah dibaca dan ditutup")
def initial_data_seen(room: Room) -> None:
    """Cara di layar: menu **Status Download**, **REFRESH STATUS**, baca angkanya, lalu tekan
    **Tutup**.
    """
    see_initial_data(room)
    room.press("status/close")


@given("tampilan Data Awal masih terbuka")
def view_left_open(room: Room) -> None:
    """Cara di layar: di menu **Status Download**, tekan **REFRESH STATUS**. Jangan ditutup."""
    see_initial_data(room)


@given(sentence("unduhan tidak bertambah lagi di data {data:Bilangan}"))
def stalled(room: Room, data: int) -> None:
    """Cara di layar: menu **Status Download**. Persen baris itu tidak bertambah lagi."""
    room.arm("sync.stalls", data=data, at="50%")
    room.press("sync/start")
    before = -1
    while (local := room.look("sync")["rows"][data - 1]["local"]) > before or local == 0:
        before = local
        room.wait(MINUTE_MS)


@given(sentence("sinkronisasi selesai, tetapi {shortfall:Kekurangan}"))
def short_sync(room: Room, shortfall: tuple[str, dict[str, int]]) -> None:
    """Cara di layar: menu **Status Download**. Sembilan baris hijau walaupun isinya kurang."""
    fault, values = shortfall
    room.arm(fault, **values)
    initial_data_seen(room)
    assert sync_to_the_end(room)["phase"] == "complete"


@when("proktor menekan START SYNC dan menunggu sampai unduhan berakhir", target_fixture="page")
def sync(room: Room) -> Json:
    """Cara di layar: menu **Status Download**, tekan **START SYNC** satu kali. Tunggu di halaman
    itu.
    """
    return sync_to_the_end(room)


@when(sentence("proktor menunggu sampai {rows:Bilangan} baris hijau"))
def wait_for_rows(room: Room, rows: int) -> None:
    """Cara di layar: menu **Status Download**. Tunggu dan hitung baris yang hijau."""
    for _ in range(120):
        if room.look("sync")["done"] >= rows:
            break
        room.wait(MINUTE_MS // 2)
    assert room.look("sync")["done"] == rows


@then("unduhan berjalan")
def sync_runs(room: Room) -> None:
    """Cara di layar: menu **Status Download**. Persen pada baris data bertambah."""
    room.wait(MINUTE_MS)
    page = room.look("sync")
    assert page["phase"] == "running"
    assert page["rows"][0]["local"] > 0


@then(sentence("setiap jumlah di {column:Tempat} {above:Banding} 0"))
def counts_are(reply: Reply, column: str, above: bool) -> None:
    """Cara di layar: baca kolom Pusat dan Lokal pada setiap baris tampilan Data Awal."""
    counts = [row[column] for row in reply.body["rows"]]
    assert len(counts) == 9
    assert all((number > 0) == above for number in counts)


@then(sentence("{green:Bilangan} dari {total:Bilangan} baris hijau"))
def rows_green(room: Room, green: int, total: int) -> None:
    """Cara di layar: menu **Status Download**. Hitung baris hijau yang bertulisan Selesai."""
    rows = room.look("sync")["rows"]
    assert len(rows) == total
    assert sum(row["colour"] == "green" for row in rows) == green


@then("setiap baris hijau memuat jumlah penuh")
def green_is_full(room: Room) -> None:
    """Cara di layar: bandingkan kedua angka pada setiap baris, misalnya 120/120."""
    rows = room.look("sync")["rows"]
    assert all(row["local"] == row["central"] > 0 for row in rows if row["colour"] == "green")


@then("data yang sudah diterima tidak diunduh lagi")
def nothing_came_twice(room: Room, since: int) -> None:
    """Cara di layar: baris yang sudah hijau tetap hijau. Unduhan berlanjut di baris berikutnya."""
    again = [event["data"] for event in room.events("data-received", after=since)]
    assert again == [7, 8, 9]
    assert [event["resumed"] for event in room.events("sync-started", after=since)] == [True]


@then(sentence("unduhan terbaca terhenti di data {data:Bilangan}"))
def read_as_stopped(room: Room, data: int) -> None:
    """Cara di layar: pada baris itu tertulis Terhenti, dengan jam perubahan terakhir."""
    page = room.look("sync")
    assert (page["phase"], page["stopped"]["data"]) == ("stopped", data)


@then(sentence("unduhan berlangsung paling sedikit {minutes:Bilangan} menit"))
def sync_took(room: Room, minutes: int) -> None:
    """Cara di layar: bandingkan jam **START SYNC** dengan jam baris terakhir menjadi hijau."""
    started, completed = room.events("sync-started", "sync-completed")
    assert completed["at_ms"] - started["at_ms"] >= minutes * MINUTE_MS
