"""Commands without an answer: lost on the way, obeyed unseen, delivered late or two times."""

from pytest_bdd import given, then, when

from tests.bdd.steps.clearing import delete
from tests.bdd.steps.syncing import initial_data_seen, sync_to_the_end
from tests.bdd.steps.values import Trouble, sentence
from tests.bdd.world import MINUTE_MS, Room


def press(room: Room, job: str) -> bool:
    """Press the button of a job once; tell whether the screen answered."""
    if job == "delete":
        return room.is_answered("delete/start", answer="yes")
    return room.is_answered(f"{job}/start")


@given(sentence("perintah {job:Perintah} {trouble:Nasib}"))
def goes_wrong(room: Room, job: str, trouble: Trouble) -> None:
    """Cara di layar: tidak ada tandanya sebelum tombol ditekan."""
    values = {"by": trouble.by} if trouble.by else {}
    room.arm(trouble.fault, on=f"{job}.start", effect=trouble.effect, **values)


@given("HAPUS yang tidak dijawab langsung diulang, lalu sinkronisasi selesai")
def repeated_and_synced(room: Room) -> None:
    """Cara di layar: tekan **HAPUS** dua kali berturut-turut, lalu kerjakan langkah 15 sampai
    18.
    """
    assert not press(room, "delete")
    assert delete(room)["left"] == 0
    initial_data_seen(room)
    assert sync_to_the_end(room)["phase"] == "complete"


@when(sentence("proktor menekan {job:Perintah} {minutes:LaluTunggu}"), target_fixture="answered")
def press_and_wait(room: Room, job: str, minutes: int) -> bool:
    """Cara di layar: tekan tombol itu satu kali, jawab **Ya, hapus** pada **HAPUS**. Selama
    menunggu, perhatikan jam di bagian atas halaman.
    """
    answered = press(room, job)
    if minutes:
        room.wait(minutes * MINUTE_MS)
    return answered


@then(sentence("layar {spoke:Menjawab}"))
def screen_speaks(answered: bool, spoke: bool) -> None:
    """Cara di layar: halaman putih atau pesan sambungan ditutup berarti tidak ada jawaban."""
    assert answered == spoke


@then(sentence("halaman keadaan menunjukkan {job:Pekerjaan} {phases:Jalannya}"))
def shown_as(room: Room, job: str, phases: tuple[str, ...]) -> None:
    """Cara di layar: buka menu **BACKUP** atau **Status Download**, lalu baca keadaannya."""
    assert room.look(job)["phase"] in phases
