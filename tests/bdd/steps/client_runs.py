"""The client as a whole: it carries out the procedure, and its interlocks say no."""

from datetime import datetime

from pytest_bdd import then, when

from client import calls
from tests.bdd.clients import Client, Result
from tests.bdd.step_rules import for_programs
from tests.bdd.steps.values import IdServer, sentence
from tests.bdd.world import Room, instant_ms


@when("klien mengerjakan seluruh prosedur", target_fixture="result")
def carry_out_all(client: Client) -> Result:
    """Cara di layar: kerjakan langkah 1 sampai 21 menurut kartu, lalu kirim berita acara."""
    return client.run()


@for_programs
@when(sentence("klien diminta mengirim {server_id:IdServer}"), target_fixture="refusal")
def ask_to_submit(room: Room, client: Client, server_id: IdServer) -> str:
    """Cara di layar: klien bekerja sendiri. Bagi Anda: jangan menekan **Submit**."""
    return client.asked_for(lambda _version: calls.submit(server_id(room)))


@for_programs
@when("klien diminta menekan HAPUS", target_fixture="refusal")
def ask_to_delete(client: Client) -> str:
    """Cara di layar: klien bekerja sendiri. Bagi Anda: jangan menekan **HAPUS**."""
    return client.asked_for(lambda version: calls.delete("yes", version))


@for_programs
@then("pengaman klien menolak permintaan itu")
def interlock_shut(refusal: str, room: Room, since: int) -> None:
    """Cara di layar: klien menulis alasannya, dan tidak ada tombol yang ditekan."""
    assert refusal.startswith("interlock.")
    assert {event["type"] for event in room.happened(after=since)} <= {"screen-seen"}


@then(sentence('hasil akhirnya "{ending:Akhir}"'))
def ends_as(result: Result, ending: str) -> None:
    """Cara di layar: hasil akhir tertulis di bagian atas berita acara."""
    assert result.ending == ending, result.why


@then(sentence("klien menulis untuk kembali pada {day:Teks} pukul {clock:Jam} WIB"))
def come_back_at(result: Result, day: str, clock: str) -> None:
    """Cara di layar: waktu untuk kembali tertulis di berita acara."""
    assert result.come_back_ms == instant_ms(clock, day=day)
    assert datetime.fromisoformat(day)
