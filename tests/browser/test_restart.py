"""The server is killed in the middle of a class, and everybody goes on where they were."""

import socket
from contextlib import contextmanager

import pytest

from mock_server.pytest_plugin.server import Simulator
from tests.browser.facilitator import Facilitator, join, seat_of
from tests.browser.people import People
from tests.browser.seat import look_again
from tests.server.processes import TOKEN, process

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def serving(tmp_path, port: int):
    """Serve from the database in the folder, at a port that outlives the server."""
    with process(tmp_path, "--port", str(port), CBTSYNC_TOKEN=TOKEN) as (running, _):
        yield running


def a_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_after_a_kill_every_seat_goes_on_where_it_was_and_so_does_the_console(tmp_path, browser):
    port = a_port()
    people = People(browser, Simulator(f"http://127.0.0.1:{port}/", TOKEN, [], is_external=True))
    with serving(tmp_path, port) as running:
        facilitator = Facilitator(people.person())
        facilitator.enter()
        code = facilitator.make_class("Kelas Sabtu", "L1", "Sinkronisasi tanpa gangguan")
        came = [join(people, code, 1, "Sari"), join(people, code, 2, "Budi")]
        facilitator.start_drill()
        sari, budi = (seat_of(people, person) for person in came)
        sari.sit_down_at_the_exam_server()
        sari.press(sari.words.exambro)
        budi.write("Catatan saya", "ID di kertas")
        budi.press("Simpan catatan")
        facilitator.watch()

        people.cut_off()
        running.kill()
        running.wait()
        sari.see("Sambungan ke server latihan terputus.")

    with serving(tmp_path, port):
        for seat in (sari, budi):
            seat.page.get_by_text("Sambungan ke server latihan terputus.").wait_for(state="hidden")
        sari.press(sari.words.cbtsync)  # goes on in the page that was open all the time
        sari.see("Auto Patching")
        look_again(budi.page)
        assert budi.page.get_by_label("Catatan saya").input_value() == "ID di kertas"
        look_again(facilitator.page)
        assert facilitator.tile(1).is_visible()
        assert facilitator.tile(2).is_visible()
        assert people.leave() == []
