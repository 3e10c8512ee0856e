"""What a scenario comes to: refusals, the truth, the order of events, violations, decisions."""

from pytest_bdd import then, when

from tests.bdd.happenings import called, first_missing
from tests.bdd.steps.values import sentence
from tests.bdd.world import Reply, Room, instant_ms


@when(sentence("proktor menekan {path:Tombol}"), target_fixture="reply")
def press(room: Room, path: str) -> Reply:
    """Cara di layar: tekan tombol itu satu kali."""
    return room.try_press(path)


@then(sentence("layar menolak dengan pesan {message:Teks}"))
def refused(reply: Reply, message: str) -> None:
    """Cara di layar: baca pesan di atas tombol. Tidak ada yang berubah."""
    assert (reply.status, reply.message) == (409, message)


@then(sentence("server ujian memuat {whole:Bilangan} data yang lengkap"))
def whole_data(room: Room, whole: int) -> None:
    """Cara di layar: menu **Status Download**, **REFRESH STATUS**. Hitung baris yang jumlahnya
    sama.
    """
    assert room.truth()["datasets_complete"] == whole


@then(sentence("server ujian {ready:Siap} untuk hari Senin"))
def is_ready(room: Room, ready: bool) -> None:
    """Cara di layar: sembilan baris hijau, peserta cocok, **Daftar Test** terisi; selain itu,
    belum.
    """
    assert room.truth()["ready"] == ready


@then(sentence("tindakan itu dicatat sebagai {code:Kode}"))
def recorded(room: Room, since: int, code: str) -> None:
    """Cara di layar: kode ini terbaca pada pembahasan latihan, bersama langkahnya."""
    assert room.findings(after=since) == [code]


@then(sentence("pelanggaran {code:Kode} tetap tercatat"))
def still_recorded(room: Room, since: int, code: str) -> None:
    """Cara di layar: kode ini tetap terbaca pada pembahasan latihan."""
    assert room.findings() == [code]
    assert room.findings(after=since) == []


@then("tidak ada pelanggaran yang tercatat")
def nothing_recorded(room: Room) -> None:
    """Cara di layar: pada pembahasan latihan, daftar pelanggaran kosong."""
    assert room.findings() == []


@then(sentence("langkah {number:Bilangan} {done:Terpenuhi}"))
def step_done(room: Room, number: int, done: bool) -> None:
    """Cara di layar: lihat tanda pada nomor langkah itu di pembahasan latihan."""
    assert (dict(room.credits()).get(number) == 1000) == done


@then("semua langkah yang dinilai terpenuhi")
def every_step_done(room: Room) -> None:
    """Cara di layar: pada pembahasan latihan, setiap nomor langkah bertanda terpenuhi."""
    credits = dict(room.credits())
    assert len(credits) >= 18
    assert set(credits.values()) == {1000}


@then(sentence("keputusan itu dinilai {right:Nilai}"))
def decision_is(room: Room, right: bool) -> None:
    """Cara di layar: baca hasil akhir pada pembahasan latihan, bersama alasannya."""
    found = room.assessment()
    assert found["outcome_reached"] == right, [gate["why"]["id"] for gate in found["gates"]]


@then(sentence("kejadian {name:Teks} {times:Berapa}"))
def happened(room: Room, name: str, times: int) -> None:
    """Cara di layar: hitung kejadian itu di daftar kejadian, pada pembahasan latihan."""
    assert len(called(room.happened(), name)) == times


@then(sentence("kejadian {name:Teks} tidak tercatat sebelum pukul {clock:Jam} WIB"))
def happened_after(room: Room, name: str, clock: str) -> None:
    """Cara di layar: lihat jam kejadian itu di daftar kejadian, pada pembahasan latihan."""
    events = called(room.happened(), name)
    assert events
    assert min(event["at_ms"] for event in events) >= instant_ms(clock)


@then(sentence("urutan kejadiannya {names:Teks}"))
def in_order(room: Room, names: str) -> None:
    """Cara di layar: baca daftar kejadian dari atas ke bawah, pada pembahasan latihan."""
    assert first_missing(room.happened(), names.split(", ")) is None
