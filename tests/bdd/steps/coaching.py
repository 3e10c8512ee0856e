"""The coach beside the machine, by its pages: what each level shows, asks and holds back."""

from pytest_bdd import given, then, when

from mock_server.training.questions import TAIL
from tests.bdd.classes import SchoolClass
from tests.bdd.happenings import called
from tests.bdd.seats import Proctor
from tests.bdd.steps.opening import SERVER
from tests.bdd.steps.values import sentence
from tests.bdd.world import Room, Simulator, Story, Teller

GUARDED = "Berhenti sebentar."
HINTS = ("1. Lihat ke mana", "2. Apa yang dilakukan", "3. Langkahnya")
FEEDBACK = ("Apa yang terjadi", "Akibatnya", "Coba lagi", "Coba lagi dari sini")
EXAMPLE_PARTS = 60  # more than any example has


def press_delete(proctor: Proctor) -> None:
    proctor.sit_down().click("BACKUP").click("HAPUS")


def follow(proctor: Proctor) -> None:
    """Go through the example until it asks something."""
    proctor.at("contoh/1")
    for _ in range(EXAMPLE_PARTS):
        if proctor.sees("Tebak dahulu"):
            return
        proctor.click("Berikutnya")
    raise AssertionError("the example never asks")


# --- the ladder -----------------------------------------------------------------------------------


@given(sentence("latihan ini bertingkat {level:Tingkat}"), target_fixture="story")
def at_level(teller: Teller, story: Story, level: str) -> Story:
    """Cara di layar: di halaman awal, pilih latihan di bawah tingkat ini, lalu tekan **Mulai**."""
    return teller.tell(story, level=level)


@when("proktor membuka kursinya")
def sit_down(proctor: Proctor) -> None:
    """Cara di layar: tekan **Mulai** atau **Lanjutkan**. Mesin di kiri, panel pelatih di kanan."""
    proctor.sit_down()


@when(sentence("proktor menekan {label:Teks} di kursinya"))
def press(proctor: Proctor, label: str) -> None:
    """Cara di layar: tombol atau tautan ini ada di panel pelatih atau di bagian atas halaman."""
    proctor.sit_down().click(label)


@then(sentence("panel pelatih {there:Ada} {part:Bagian}"))
def panel_has(proctor: Proctor, there: bool, part: str) -> None:
    """Cara di layar: cari judul bagian itu di panel pelatih."""
    proctor.sit_down()
    assert proctor.sees("Pelatih")
    assert (part in proctor.page.ids) == there, sorted(proctor.page.ids)


# --- the example ----------------------------------------------------------------------------------


@given("contoh sudah diikuti sampai pertanyaan pertama")
@when("proktor mengikuti contoh sampai pertanyaan pertama")
def follow_example(proctor: Proctor) -> None:
    """Cara di layar: tekan **Ikuti contohnya langkah demi langkah**, lalu **Berikutnya**."""
    follow(proctor)


@when(sentence("proktor menebak {choice:Teks}"))
def guess_step(proctor: Proctor, choice: str) -> None:
    """Cara di layar: pilih jawaban ini di bawah **Tebak dahulu**, lalu tekan **Jawab**."""
    proctor.pick(choice).click("Jawab")


@then("contoh belum menceritakan langkah itu")
def not_told(proctor: Proctor) -> None:
    """Cara di layar: yang tampak hanya pertanyaannya, belum ceritanya."""
    assert "tebak" in proctor.page.ids
    assert "langkah" not in proctor.page.ids


@then("bagian sesudahnya belum dapat dibuka")
def not_ahead(proctor: Proctor) -> None:
    """Cara di layar: tombol **Berikutnya** baru muncul setelah pertanyaannya dijawab."""
    asking = proctor.place
    number = int(asking.rpartition("/")[2])
    assert not proctor.page.offers("Berikutnya")
    assert proctor.at(f"contoh/{number + 1}").place == asking


@then(sentence("contoh menjawab {answer:Teks} dengan alasan {why:Teks}"))
def example_answers(proctor: Proctor, answer: str, why: str) -> None:
    """Cara di layar: baca jawaban dan alasannya di atas cerita."""
    assert proctor.sees(f"Belum tepat. Yang benar: {answer}")
    assert proctor.sees(why)
    assert "langkah" in proctor.page.ids


# --- questions and the guard ----------------------------------------------------------------------


@when(sentence("proktor menjawab Jeda 1 dan menulis versi {version:Teks}"))
def answer_pause(room: Room, proctor: Proctor, version: str) -> None:
    """Cara di layar: isi nama mesin, versi, dan ujung ID di panel, lalu tekan **Periksa
    jawaban**.
    """
    proctor.sit_down().fill("Nama mesin", SERVER).fill("Versi CBTSync", version)
    proctor.fill("ID milik", room.id_of(SERVER)[-TAIL:]).click("Periksa jawaban")


@then(sentence("jawaban itu {right:Cocok} dengan layar"))
def answer_is(room: Room, since: int, proctor: Proctor, right: bool) -> None:
    """Cara di layar: isian yang belum cocok ditandai di bawah isian itu."""
    (answered,) = room.events("answered", after=since)
    assert answered["wrong"] == ([] if right else ["version"])
    assert proctor.sees("Belum cocok. Lihat lagi layarnya.") != right


@given("HAPUS sudah ditekan di kursinya")
@when("proktor menekan HAPUS di kursinya")
def press_delete_at_seat(proctor: Proctor) -> None:
    """Cara di layar: menu **BACKUP**, tekan **HAPUS**."""
    press_delete(proctor)


@when(sentence("proktor memilih {label:Teks}"))
def choose(proctor: Proctor, label: str) -> None:
    """Cara di layar: tekan tombol ini di bawah pertanyaan pelatih."""
    proctor.click(label)


@when(sentence("proktor menjawab {answer:Teks}, lalu tetap menghapus"))
def go_on(room: Room, proctor: Proctor, answer: str) -> None:
    """Cara di layar: pilih jawaban ini, tekan **Jawab, lalu tetap lakukan**, lalu **Ya, hapus**."""
    proctor.pick(answer).click("Jawab, lalu tetap lakukan").click("Ya, hapus")
    room.wait_while("delete", "running")


@then(sentence("pelatih {asks:Bertanya} tentang akibatnya"))
def coach_asks(room: Room, since: int, proctor: Proctor, asks: bool) -> None:
    """Cara di layar: pertanyaannya muncul di bagian atas panel pelatih."""
    assert [event["code"] for event in room.events("guard-raised", after=since)] == ["K2"] * asks
    assert proctor.sees(GUARDED) == asks


@then("layar bertanya apakah semua data dihapus")
def screen_asks(room: Room, proctor: Proctor) -> None:
    """Cara di layar: pertanyaan CBTSync sendiri, dengan tombol **Ya, hapus** dan **Batal**."""
    assert {"Ya, hapus", "Batal"} <= {one.label for one in proctor.page.controls}
    assert called(room.happened(), "HAPUS") == []


# --- hints and feedback ---------------------------------------------------------------------------


@given("ketiga petunjuk sudah dibuka")
def open_all_hints(proctor: Proctor) -> None:
    """Cara di layar: di panel, tekan **Buka** pada petunjuk 1, lalu 2, lalu 3."""
    proctor.sit_down()
    for hint in HINTS:
        proctor.click(hint)


@when("proktor membuka petunjuk pertama")
def open_first_hint(proctor: Proctor) -> None:
    """Cara di layar: di panel, tekan **Buka** pada petunjuk 1."""
    proctor.sit_down().click(HINTS[0])


@then(sentence("{hints:Bilangan} petunjuk tercatat"))
def hints_noted(room: Room, hints: int) -> None:
    """Cara di layar: petunjuk yang dibuka berhuruf H pada garis waktu pembahasan."""
    assert [one["rung"] for one in room.events("hint-opened")] == list(range(1, hints + 1))


@then(sentence("petunjuk {label:Teks} {can:Dapat} dibuka"))
def hint_can_open(proctor: Proctor, label: str, can: bool) -> None:
    """Cara di layar: petunjuk yang dapat dibuka bertulisan **Buka**."""
    assert proctor.sees(label)
    assert proctor.page.offers(label) == can


@then(sentence("umpan balik menyebut kejadian, langkah {step:Bilangan}, akibat, dan jalan kembali"))
def feedback_has(proctor: Proctor, step: int) -> None:
    """Cara di layar: baca bagian Umpan balik di panel pelatih, dari atas ke bawah."""
    text = proctor.sit_down().page.text.partition("Umpan balik")[2]
    happened, consequence, again, button = FEEDBACK
    places = [text.find(word) for word in (happened, f"Langkah {step}", consequence, again, button)]
    assert -1 not in places
    assert places == sorted(places)


# --- the class ------------------------------------------------------------------------------------


@given(
    sentence("proktor berlatih di kursi {seat:Bilangan} sebuah kelas"),
    target_fixture="school_class",
)
def in_a_class(simulator: Simulator, teller: Teller, seat: int) -> SchoolClass:
    """Cara di layar: di halaman awal, isi kode kelas, nomor kursi, dan nama. Tekan **Masuk
    kelas**.
    """
    teller.has_begun = True
    return SchoolClass(simulator, "new-empty-server", seat)


@given("kelas sudah dibekukan", target_fixture="room")
def frozen(school_class: SchoolClass) -> Room:
    """Cara di layar: di konsol fasilitator, isi pesannya, lalu tekan **Bekukan 1 kursi**."""
    school_class.room.sit_down(SERVER)
    school_class.freeze("Lihat ke depan sebentar.")
    assert not school_class.move_clock()
    assert school_class.trainee.again().sees("Kelas dibekukan.")
    return school_class.room


@given("kelas sudah berpindah ke latihan lain", target_fixture="room")
def moved_on(school_class: SchoolClass) -> Room:
    """Cara di layar: di **Kendali**, pilih cerita pada **Lainnya**, lalu **Mulai untuk semua**."""
    school_class.room.sit_down(SERVER)
    school_class.move_on()
    return school_class.room


@when(sentence("fasilitator mengirim pesan {text:Teks} kepada semua kursi"))
def say_to_all(school_class: SchoolClass, text: str) -> None:
    """Cara di layar: di **Kendali**, isi **Pesan untuk semua**, lalu tekan **Kirim**."""
    school_class.say(text)


@then(sentence("kursi itu menampilkan {text:Teks}"))
def seat_shows(school_class: SchoolClass, text: str) -> None:
    """Cara di layar: baca baris di atas mesin pada halaman kursi."""
    assert school_class.trainee.again().sees(text)


@when("fasilitator mencairkan kelas")
def thaw(school_class: SchoolClass) -> None:
    """Cara di layar: di konsol fasilitator, tekan **Cairkan kelas**."""
    school_class.thaw()


@then("waktu beku tidak dihitung")
def frozen_time_is_none(room: Room) -> None:
    """Cara di layar: jam di bagian atas halaman sama seperti saat kelas dibekukan."""
    froze, thawed = room.events("seat-frozen", "seat-thawed")
    assert thawed["at_ms"] == froze["at_ms"]


@then(sentence("jam latihan {moves:Bergerak}"))
def clock_moves(school_class: SchoolClass, moves: bool) -> None:
    """Cara di layar: lihat jam di bagian atas halaman selama beberapa saat."""
    assert school_class.move_clock() == moves


@then(sentence("konsol fasilitator memberi kursi itu huruf {letter:Teks}"))
def console_shows(school_class: SchoolClass, letter: str) -> None:
    """Cara di layar: di **Pantau**, huruf tertulis di depan nomor kursi."""
    watched = school_class.watch().page
    assert f"{letter} {school_class.seat:02d} Sari" in watched.text, watched.text
