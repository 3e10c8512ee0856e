"""The Berita Acara for people: true, whole, safe to open, stamped by this computer's clock."""

from html.parser import HTMLParser

import pytest
from freezegun import freeze_time

from client import report
from client.clock import RealTime
from client.texts import Texts
from tests.client.fake_station import (
    PUPILS,
    START_MS,
    FakeSender,
    FakeStation,
    lost_answer,
    lost_request,
)
from tests.client.support import run


@pytest.fixture
def station():
    return FakeStation()


def text_of(station, folder, lang="id", fates=None):
    result = run(FakeSender(station, fates), folder)
    return report.as_text(result, Texts(lang), RealTime().now())


def test_a_ready_run_is_reported_with_all_its_facts(station, tmp_path):
    text = text_of(station, tmp_path)

    assert text.startswith("LATIHAN – BUKAN SISTEM UJIAN\n")
    for fact in ("SRV-UJIAN-01", "K99990001", "5.1.0", "3 / 3", "10 / 10", "SMA Contoh"):
        assert fact in text
    assert "2017-04-08 08:00 WIB" in text
    assert "SHA-256" in text
    assert "helpdesk" not in text


@freeze_time("2031-05-06 07:08:09")
def test_the_stamp_is_this_computers_and_the_facts_are_the_stations(station, tmp_path):
    text = text_of(station, tmp_path)

    assert text.count("2031") == 1
    assert "Ditulis pada 6 Mei 2031 pukul 07.08" in text


def test_what_is_missing_is_named_for_the_helpdesk(station, tmp_path):
    station.listed = PUPILS[:-1]

    text = text_of(station, tmp_path, lang="en")

    assert "Siswa 9 (K009)" in text
    assert "REPORTED" in text
    assert "Machine: SRV-UJIAN-01, SN SN-1" in text
    assert "9 / 10" in text


def test_when_to_come_back_is_said_in_both_zones(station, tmp_path):
    station.zone = "Asia/Makassar"
    opens = START_MS + 24 * 3_600_000
    station.windows = [(opens, opens + 3_600_000)]

    text = text_of(station, tmp_path)

    assert "2017-04-09 08:00 WIB / 09:00 WITA" in text


def test_trouble_that_was_dealt_with_is_listed_with_its_time(station, tmp_path):
    station.patch_fails = 1

    text = text_of(station, tmp_path)

    assert "08:00 WIB, langkah 7: Patching gagal" in text


def test_what_nobody_saw_is_a_dash_and_the_sheet_is_to_be_handed_in(station, tmp_path):
    text = text_of(station, tmp_path, fates={"participants.list": [lost_request] * 99})

    assert "- / 10" in text
    assert "serahkan lembar ini" in text


def test_the_form_names_no_id_that_the_last_look_shows_no_more(station, tmp_path):
    """CBTSync Web closes by itself while a page gives no answer: the form is filled in after."""
    sender = FakeSender(station, {"delete.status": [None, *[lost_request] * 9]})

    def close(call) -> None:
        if call.name == "delete.status" and "delete.start:yes" in sender.calls:
            station.open, station.shown_id, station.verdict = False, None, None

    sender.before = close
    result = run(sender, tmp_path)

    assert result.why.key == "stop.no_answer"
    assert [form["server_id"] for form in station.filed] == [""]


def test_the_form_names_no_version_while_a_patching_is_in_doubt(station, tmp_path):
    sender = FakeSender(station, {"patch.start": [lost_answer]})
    sender.fates["patch.status"] = [lost_request] * 9

    result = run(sender, tmp_path)

    assert result.why.key == "stop.in_doubt"
    assert [form["version"] for form in station.filed] == [""]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], set(), ""

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in ("meta",):
            self.open.append(tag)
        for name, value in attrs:
            assert name not in ("src", "href", "onclick"), (tag, name, value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_rows_that_are_green_and_were_not_read_again_are_claimed_by_the_page_only(
    station, tmp_path
):
    reads = [None, *[lost_request] * 9]  # the second REFRESH STATUS would be the proof

    text = text_of(station, tmp_path, lang="en", fates={"status.refresh": reads})

    assert "3 / 3 (by Status Download, not read again with REFRESH STATUS)" in text
    assert "by Status Download: 3 of 3, not read again" in text


def test_the_page_is_well_formed_and_asks_nothing_of_any_network(station, tmp_path):
    station.listed = PUPILS[:-1]
    result = run(FakeSender(station), tmp_path)

    html, text = report.write(result, tmp_path / "out", Texts("id"), RealTime().now())

    page = Tags()
    page.feed(html.read_text(encoding="utf-8"))
    assert page.open == []
    assert "Siswa 9 (K009)" in page.text
    assert "BERITA ACARA" in text.read_text(encoding="utf-8")


def test_words_from_the_server_are_shown_not_run(station, tmp_path):
    station.listed = [*PUPILS[1:], {"username": "<script>x</script>", "name": "&", "group": "1"}]
    result = run(FakeSender(station), tmp_path)

    page = Tags()
    page.feed(report.as_html(result, Texts("id"), RealTime().now()))

    assert "script" not in page.seen
    assert "<script>x</script>" in page.text
