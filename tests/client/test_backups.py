"""The backup on disk: whole or not at all, whatever the wire does to it."""

import hashlib

import pytest

from client import backups
from client.backups import Broken, Whole, safe_name
from client.belief import Saved
from client.outcome import NotSent, Unknown
from client.texts import Reason, Texts
from client.wire import BackupFile
from tests.client.fake_station import FakeDownload, FakeSender, FakeStation

DATA = bytes(range(256)) * 8
FILE = BackupFile(
    name="latihan.Source", size_bytes=len(DATA), sha256=hashlib.sha256(DATA).hexdigest()
)


@pytest.fixture
def sender():
    return FakeSender(FakeStation())


def fetch(sender, folder, file=FILE, *fates):
    sender.download_fates = list(fates)
    return backups.fetch(sender, file, folder, durable=True)


def parts(folder):
    return sorted(path.name for path in folder.glob("*.part"))


def test_a_whole_file_takes_its_place(sender, tmp_path):
    result = fetch(sender, tmp_path / "new")

    assert result == Whole(path=tmp_path / "new" / "latihan.Source")
    assert result.path.read_bytes() == DATA
    assert parts(tmp_path / "new") == []


@pytest.mark.parametrize("until", [0, 1, 500, 1000, len(DATA) - 1])
def test_a_broken_download_is_gone_on_with(until, sender, tmp_path):
    broken = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200, until))
    assert (broken.why.key, broken.kept) == ("download.cut", until)
    assert broken.detail == "connection lost"
    assert not (tmp_path / "latihan.Source").exists()

    assert isinstance(fetch(sender, tmp_path), Whole)
    assert (tmp_path / "latihan.Source").read_bytes() == DATA
    if until:
        assert sender.downloads[-1] == {
            "Range": f"bytes={until}-",
            "If-Range": f'"{FILE.sha256}"',
        }


def test_a_server_that_knows_no_ranges_starts_over(sender, tmp_path):
    fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200, 700))

    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200))

    assert isinstance(result, Whole)
    assert result.path.read_bytes() == DATA


def test_a_range_that_was_not_asked_for_is_thrown_away(sender, tmp_path):
    fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200, 700))

    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 100, 206))

    assert result == Broken(why=Reason.of("download.status", status=206), detail="status 206")
    assert parts(tmp_path) == []


def test_one_wrong_byte_is_found_and_nothing_is_kept(sender, tmp_path):
    wrong = DATA[:600] + b"?" + DATA[601:]

    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(wrong, 0, 200))

    assert result.why.key == "download.sha"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_first_half_is_found_after_going_on(sender, tmp_path):
    fetch(sender, tmp_path, FILE, lambda s: FakeDownload(b"?" * len(DATA), 0, 200, 700))

    assert fetch(sender, tmp_path).why.key == "download.sha"
    assert list(tmp_path.iterdir()) == []


def test_more_bytes_than_stated_are_too_many(sender, tmp_path):
    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA + b"!", 0, 200))

    assert result.why == Reason.of("download.too_long", whole=len(DATA))
    assert list(tmp_path.iterdir()) == []


def test_fewer_bytes_without_an_error_are_too_few(sender, tmp_path):
    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA[:-1], 0, 200))

    assert isinstance(result, Broken)
    assert not (tmp_path / "latihan.Source").exists()


@pytest.mark.parametrize("status", [204, 301, 404, 409, 416, 500, 503])
def test_an_answer_that_is_no_file_is_no_file(status, sender, tmp_path):
    result = fetch(sender, tmp_path, FILE, lambda s: FakeDownload(b"<html>", 0, status))

    assert result.why == Reason.of("download.status", status=status)
    assert f"(kode HTTP {status})" in Texts("id").say(result.why)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("outcome", [NotSent(reason="refused"), Unknown(reason="reset")])
def test_no_answer_keeps_what_was_there(outcome, sender, tmp_path):
    fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200, 700))

    result = fetch(sender, tmp_path, FILE, lambda s: outcome)

    why = Reason.of("download.no_answer")
    assert result == Broken(why=why, detail=outcome.reason, kept=700)


def test_the_rest_of_another_backup_is_not_gone_on_with(sender, tmp_path):
    fetch(sender, tmp_path, FILE, lambda s: FakeDownload(DATA, 0, 200, 700))
    other = b"x" * 900
    sender.station.file = other
    file = BackupFile(name=FILE.name, size_bytes=900, sha256=hashlib.sha256(other).hexdigest())

    assert isinstance(fetch(sender, tmp_path, file), Whole)
    assert sender.downloads[-1] == {}


def test_an_empty_backup_is_a_file_too(sender, tmp_path):
    sender.station.file = b""
    file = BackupFile(name="kosong.Source", size_bytes=0, sha256=hashlib.sha256(b"").hexdigest())

    result = fetch(sender, tmp_path, file)

    assert isinstance(result, Whole)
    assert result.path.read_bytes() == b""


def test_a_digest_in_capitals_is_the_same_digest(sender, tmp_path):
    file = BackupFile(name="a.Source", size_bytes=len(DATA), sha256=FILE.sha256.upper())

    assert isinstance(fetch(sender, tmp_path, file), Whole)


def test_the_answer_is_closed_even_if_the_disk_fails(sender, tmp_path):
    answers = []

    def fate(_sender):
        answers.append(FakeDownload(DATA, 0, 200))
        return answers[0]

    part = tmp_path / f"latihan.Source.{FILE.sha256[:8]}.part"
    part.mkdir()

    result = fetch(sender, tmp_path, FILE, fate)

    assert isinstance(result, Broken)
    assert answers[0].closed


@pytest.mark.parametrize(
    ("stated", "used"),
    [
        ("latihan.Source", "latihan.Source"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.Source", "x.Source"),
        ("/", "backup_"),
        ("", "backup_"),
        ("..", "backup_"),
        (".hidden", "hidden"),
        ("CON", "backup_CON"),
        ("nul.Source", "backup_nul.Source"),
        ("a b\n?*.Source", "a_b_.Source"),
        ("x" * 300 + ".Source", "x" * 93 + ".Source"),
    ],
)
def test_a_name_from_the_server_is_made_plain(stated, used):
    assert safe_name(stated) == used


def test_what_was_saved_is_read_back(tmp_path):
    path = tmp_path / "a.Source"
    path.write_bytes(DATA)
    saved = Saved(
        path=str(path), name="a", size_bytes=len(DATA), sha256=FILE.sha256, data_version=1
    )

    assert backups.is_whole(saved)
    path.write_bytes(DATA[:-1] + b"?")
    assert not backups.is_whole(saved)
    path.write_bytes(DATA[:-1])
    assert not backups.is_whole(saved)
    path.unlink()
    assert not backups.is_whole(saved)
