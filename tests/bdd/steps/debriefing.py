"""After the report: the guess, Monday, the verdict, what to remember, another try."""

import re

from pytest_bdd import given, then, when

from tests.bdd.seats import Proctor
from tests.bdd.steps.checking import file_report
from tests.bdd.steps.clearing import delete
from tests.bdd.steps.values import sentence
from tests.bdd.world import Room

AGAIN = "Coba lagi dari sini"
REMEMBER, GOOD = "Untuk diingat", "Yang sudah baik"


def try_again(proctor: Proctor) -> Room:
    """Press the button of the first thing to remember, and return the rehearsal it leads to."""
    rows = proctor.page.text.count("Lihat layar")  # those of the timeline stand before it
    proctor.click(AGAIN, rows)
    return proctor.moved()


@given("berita acara sudah diserahkan")
def handed_in(room: Room) -> None:
    """Cara di layar: pilih **Nyatakan selesai**, isi menurut layar, lalu **Serahkan Berita
    Acara**.
    """
    file_report(room, "ready")


@given("berita acara sudah diserahkan dengan nama mesin yang keliru")
def handed_in_wrongly(room: Room) -> None:
    """Cara di layar: isi nama laptop pada isian mesin, lalu **Serahkan Berita Acara**."""
    file_report(room, "ready", machine="Laptop Bu Rina")


@given("pembahasannya sudah dibuka")
def debrief_opened(proctor: Proctor) -> None:
    """Cara di layar: jawab kedua pertanyaan tebakan, lalu tekan **Lihat hasil**."""
    assert proctor.debriefed().place == "bahas"


@given("latihan diulang dari sebelum HAPUS", target_fixture="room")
def went_back(room: Room) -> Room:
    """Cara di layar: pada pembahasan, tekan **Coba lagi dari sini** di bawah kekeliruan itu."""
    file_report(room, "ready")
    delete(room)
    return try_again(Proctor(room).debriefed())


@when("proktor membuka pembahasan")
def open_debrief(proctor: Proctor) -> None:
    """Cara di layar: di panel pelatih, klik **Ke pembahasan**."""
    proctor.at("bahas")


@when(sentence("proktor menebak bahwa server {ready:Tebakan}"))
def guess(proctor: Proctor, ready: str) -> None:
    """Cara di layar: jawab kedua pertanyaan tebakan, lalu tekan **Lihat hasil**."""
    proctor.at("bahas").guess(ready)


@when(
    sentence('proktor menekan "Coba lagi dari sini" pada hal pertama'),
    target_fixture="another",
)
def press_again(proctor: Proctor) -> Room:
    """Cara di layar: tombol ini ada di bawah setiap hal pada bagian Untuk diingat."""
    return try_again(proctor)


@then("pembahasan meminta tebakan dahulu")
def guess_is_asked(proctor: Proctor) -> None:
    """Cara di layar: yang tampak adalah halaman Tebak dahulu."""
    assert proctor.place == "tebak"
    assert proctor.sees("Tebak dahulu")


@then("putusannya belum tampak")
def verdict_hidden(room: Room, proctor: Proctor) -> None:
    """Cara di layar: bagian Putusan baru ada setelah **Lihat hasil** ditekan."""
    assert not proctor.sees("Putusan")
    assert room.events("debrief-opened") == []


@then(sentence("pembahasan berkata {words:Teks}"))
def debrief_says(proctor: Proctor, words: str) -> None:
    """Cara di layar: cari kalimat ini pada halaman pembahasan."""
    assert proctor.place == "bahas"
    assert proctor.sees(words), proctor.page.text


@then(sentence("pembahasan memuji {words:Teks}"))
def debrief_praises(proctor: Proctor, words: str) -> None:
    """Cara di layar: baca bagian Yang sudah baik pada pembahasan."""
    assert words in proctor.debriefed().page.text.partition(GOOD)[2]


@then(sentence("pada hari Senin {can:Bilangan} dari {total:Bilangan} peserta dapat masuk ujian"))
def monday_is(proctor: Proctor, can: int, total: int) -> None:
    """Cara di layar: baca angka di bagian Putar ke hari ujian pada pembahasan."""
    assert re.search(rf"\b{can} dari {total} peserta dapat masuk ujian", proctor.page.text)


@then(sentence("pembahasan memuat {things:Bilangan} hal, pertama-tama langkah {step:Bilangan}"))
def to_remember(proctor: Proctor, things: int, step: int) -> None:
    """Cara di layar: hitung kotak pada bagian Untuk diingat, lalu baca langkah kotak pertama."""
    shown = {one for one in proctor.page.ids if re.fullmatch(r"p\d", one)}
    assert shown == {f"p{n}" for n in range(1, things + 1)}
    first = re.search(r"Langkah (\d+)", proctor.page.text.partition(REMEMBER)[2])
    assert first is not None
    assert int(first[1]) == step


@then(sentence("latihan ulang dimulai dengan {whole:Bilangan} data yang lengkap"))
def begins_whole(another: Room, whole: int) -> None:
    """Cara di layar: di latihan yang baru, buka **Status Download** dan hitung baris hijau."""
    assert another.truth()["datasets_complete"] == whole


@then("rekaman aslinya tidak berubah")
def original_stays(room: Room, since: int) -> None:
    """Cara di layar: buka kembali pembahasan yang lama. Isinya sama seperti sebelumnya."""
    assert room.happened(after=since) == []
    assert room.truth()["datasets_complete"] == 0


@then(sentence("sertifikat {issued:Terbit}"))
def certificate_is(room: Room, issued: bool) -> None:
    """Cara di layar: pada pembahasan, di bawah Putusan, cari **Lihat sertifikat latihan**."""
    proctor = Proctor(room).debriefed()
    assert proctor.page.offers("Lihat sertifikat latihan") == issued
    assert proctor.at("sertifikat").answer.status_code == (200 if issued else 404)
