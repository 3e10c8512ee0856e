"""Faults of the answer, over HTTP: what is damaged, what the station did, how long it took."""

import pytest

from mock_server.web.stories import ranges
from tests.web.visitor import MINUTE, Simulator, Visitor


def at_the_backup(**settings) -> Visitor:
    return Simulator(**settings).begin("active").sit_down()


def runs(visitor: Visitor) -> bool:
    return visitor.get("backup").json["phase"] == "running"


def struck(effect: str | None = None, **fault) -> tuple[Visitor, object]:
    visitor = at_the_backup()
    keys = {} if effect is None else {"effect": effect}
    name = fault.pop("fault")
    visitor.arm(name, on="backup.start", **{"with": fault}, **keys)
    return visitor, visitor.post("backup/start")


@pytest.mark.parametrize(("effect", "obeyed"), [("none", False), ("applied", True)])
@pytest.mark.parametrize(
    "fault",
    ["http.status", "http.truncate", "http.malformed", "http.html-for-json", "http.empty"],
)
def test_the_station_has_done_what_the_effect_says(fault, effect, obeyed):
    visitor, _ = struck(effect, fault=fault)

    assert runs(visitor) is obeyed


def test_a_status_is_told_in_character():
    visitor, answer = struck(fault="http.status", status=503, retry_after=7)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert answer.json["refused"] == {
        "code": "error.busy_seconds",
        "message": "Server sedang sibuk. Coba lagi setelah 7 detik.",
    }
    assert [one["status"] for one in visitor.heard() if one["op"] == "backup.start"] == [503]


def test_a_status_without_a_time_says_none():
    _, answer = struck(fault="http.status", status=500)

    assert (answer.status_code, answer.json["refused"]["code"]) == (500, "error.busy")
    assert "Retry-After" not in answer.headers


def test_a_truncated_answer_promises_more_than_it_brings():
    _, answer = struck(fault="http.truncate", at="50%")

    assert answer.status_code == 200
    assert len(answer.data) == int(answer.headers["Content-Length"]) // 2
    with pytest.raises(ValueError, match=r".*"):
        answer.get_json(force=True)


def test_a_malformed_answer_is_whole_and_no_json():
    _, answer = struck(fault="http.malformed")

    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert len(answer.data) == int(answer.headers["Content-Length"])
    with pytest.raises(ValueError, match=r".*"):
        answer.get_json(force=True)


def test_a_page_comes_where_json_was_asked_for_and_bears_the_banner():
    _, answer = struck(fault="http.html-for-json")

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "LATIHAN – BUKAN SISTEM UJIAN" in answer.text


def test_an_empty_answer_is_empty():
    _, answer = struck(fault="http.empty")

    assert (answer.status_code, answer.data) == (200, b"")


def test_a_slow_answer_is_the_true_one():
    visitor, answer = struck(fault="http.slow", delay="2s")

    assert answer.json["phase"] == "running"
    assert visitor.simulator.paused_ms == [2_000]


def test_a_dribbling_answer_is_the_true_one_and_ends_within_five_seconds():
    visitor, answer = struck(fault="http.dribble", chunk=1, delay="1s")

    assert answer.json["phase"] == "running"
    assert sum(visitor.simulator.paused_ms) == 5_000


def test_sweeps_need_not_wait():
    visitor = at_the_backup(wire_permille=1)
    visitor.arm("http.slow", on="backup.start", **{"with": {"delay": "5s"}})

    visitor.post("backup/start")

    assert visitor.simulator.paused_ms == [5]


def test_a_refused_command_is_not_struck():
    visitor = at_the_backup()
    visitor.arm("http.status", on="sync.start", effect="applied")
    visitor.post("cbtsync/close")

    answer = visitor.post("sync/start")

    assert (answer.status_code, answer.json["refused"]["code"]) == (409, "cbtsync.closed")
    assert visitor.control("faults").json["faults"][0]["hits"] == 0


def test_a_look_can_be_struck_too():
    visitor = at_the_backup()
    visitor.arm("http.html-for-json", on="dashboard.view")

    first, second = visitor.get("dashboard"), visitor.get("dashboard")

    assert (first.mimetype, second.mimetype) == ("text/html", "application/json")


def with_backup() -> Visitor:
    visitor = at_the_backup()
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)
    return visitor


@pytest.mark.parametrize("effect", ["applied", "none"])
def test_a_download_can_break_off_and_what_left_has_left(effect):
    visitor = with_backup()
    visitor.arm("http.truncate", on="backup.download", effect=effect, **{"with": {"at": "50%"}})

    answer = visitor.get("backup/download")

    assert (len(answer.data), answer.headers["Content-Length"]) == (32_768, "65536")
    assert [event["stop"] for event in visitor.events("backup-downloaded")] == [32_768]


@pytest.mark.parametrize("fault", ["http.status", "http.malformed", "http.html-for-json"])
def test_a_download_that_was_replaced_is_no_download(fault):
    visitor = with_backup()
    visitor.arm(fault, on="backup.download")

    answer = visitor.get("backup/download")

    assert len(answer.data) < 1_000
    assert visitor.events("backup-downloaded") == []


def test_a_dribbling_download_is_whole():
    visitor = with_backup()
    visitor.arm("http.dribble", on="backup.download", **{"with": {"chunk": 30_000}})

    assert len(visitor.get("backup/download").data) == 65_536
    assert visitor.simulator.paused_ms == [50, 50, 50]


@pytest.mark.parametrize(
    ("numbers", "written"), [((), ""), ((3,), "3"), ((1, 2, 3, 7), "1–3, 7"), ((5, 4, 9), "4–5, 9")]
)
def test_numbers_in_a_row_are_written_as_a_range(numbers, written):
    assert ranges(numbers) == written
