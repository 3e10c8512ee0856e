"""``cbtsync-client run`` as its users meet it: over a socket, with files, words and exit codes."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from client.cli import main
from tests.client.fake_server import serving
from tests.client.fake_station import PUPILS, START_MS, FakeStation

pytestmark = pytest.mark.slow
THREE = "pack: three\nextends: unbk-2017\ndata_sets: 3\n"


@pytest.fixture
def station():
    return FakeStation()


@pytest.fixture
def pack(tmp_path):
    """The fake station has three data sets."""
    path = tmp_path / "three.yaml"
    path.write_text(THREE)
    return str(path)


def invoke(*args):
    return CliRunner().invoke(main, ["run", *map(str, args)])


def test_a_run_ends_ready_and_leaves_its_files(station, pack, tmp_path):
    out = tmp_path / "out"
    with serving(station) as server:
        result = invoke("--url", server.url, "--out", out, "--procedure", pack)

    assert result.exit_code == 0, result.output
    assert "SIAP" in result.output
    assert {path.name for path in out.iterdir()} == {
        "journal.jsonl",
        "latihan.Source",
        "berita-acara.html",
        "berita-acara.txt",
    }
    assert (out / "latihan.Source").read_bytes() == station.file
    assert str(out / "berita-acara.html") in result.output


def test_a_program_gets_one_document_and_nothing_else(station, pack, tmp_path):
    station.listed = PUPILS[1:]
    with serving(station) as server:
        result = invoke("--url", server.url, "--out", tmp_path / "o", "--procedure", pack,
                        "--json", "--lang", "en")  # fmt: skip

    document = json.loads(result.stdout)
    assert result.exit_code == document["exit_code"] == 4
    assert document["ending"] == "reported"
    assert document["findings"] == ["Participants not listed (1): Siswa 0 (K000)"]
    assert document["report"]["participants"] == 9
    assert document["filed"] is True
    assert document["backup"]["size_bytes"] == len(station.file)
    assert Path(document["files"]["journal"]).is_file()
    assert document["virtual_seconds"] > 25 * 60


def test_a_slot_tomorrow_ends_with_its_own_code_and_the_time_to_come_back(station, pack, tmp_path):
    opens = START_MS + 24 * 3_600_000
    station.windows = [(opens, opens + 3_600_000)]
    with serving(station) as server:
        result = invoke("--url", server.url, "--out", tmp_path / "o", "--procedure", pack)

    assert result.exit_code == 3
    assert "2017-04-09 08:00 WIB" in result.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "nonsense bukan alamat"),
        ("http://127.0.0.1:1/r/x/", "http://127.0.0.1:1/r/x/ tidak dapat dihubungi"),
    ],
)
def test_a_bad_address_is_named_and_nothing_is_left_behind(url, said, tmp_path):
    result = invoke("--url", url, "--out", tmp_path / "o")

    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "o").exists()


def test_a_server_that_is_no_cbtsync_is_named(station, tmp_path):
    with serving(station) as server:
        result = invoke("--url", server.url.replace("latihan", "lain"), "--out", tmp_path / "o",
                        "--lang", "en")  # fmt: skip

    assert result.exit_code == 2
    assert "answers, but not as CBTSync does" in result.stderr


def test_an_old_journal_is_not_overwritten_but_gone_on_with(station, pack, tmp_path):
    out = tmp_path / "out"
    with serving(station) as server:
        args = ("--url", server.url, "--out", out, "--procedure", pack)
        invoke(*args)
        again = invoke(*args)
        resumed = invoke(*args, "--resume")

    assert again.exit_code == 2
    assert "--resume" in again.stderr
    assert resumed.exit_code == 0
    assert station.log.count("HAPUS") == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_a_run_that_has_ended_is_left_alone_with_its_report_and_its_exit_code(
    as_json, station, pack, tmp_path
):
    out = tmp_path / "out"
    station.listed = PUPILS[1:]
    with serving(station) as server:
        args = ("--url", server.url, "--out", out, "--procedure", pack, "--lang", "en")
        first = invoke(*args)
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        station.log.clear()
        again = invoke(*args, "--resume", *(["--json"] if as_json else []))

    assert first.exit_code == again.exit_code == 4
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert station.log == []
    assert "This run has ended already: REPORTED." in again.stdout
    if as_json:
        document = json.loads(again.stdout)
        assert (document["ending"], document["exit_code"]) == ("reported", 4)
        assert Path(document["files"]["html"]).is_file()


def test_a_run_that_ended_without_its_report_gets_one(station, pack, tmp_path):
    """As when the disk was full at the very end."""
    out = tmp_path / "out"
    station.patch_fails = 1
    with serving(station) as server:
        args = ("--url", server.url, "--out", out, "--procedure", pack, "--lang", "en")
        invoke(*args)
        (out / "berita-acara.txt").unlink()
        again = invoke(*args, "--resume")

    assert again.exit_code == 0
    assert station.log.count("HAPUS") == 1
    assert "Patching failed" in (out / "berita-acara.txt").read_text(encoding="utf-8")


def test_a_journal_of_another_station_is_refused(station, pack, tmp_path):
    out = tmp_path / "out"
    with serving(station) as server:
        invoke("--url", server.url, "--out", out, "--procedure", pack)
    with serving(FakeStation()) as other:
        result = invoke("--url", other.url, "--out", out, "--procedure", pack, "--resume")

    assert result.exit_code == 2
    assert other.url in result.stderr
    assert server.url in result.stderr


@contextmanager
def client_process(server, out, pack):
    """Run the command as a process of its own; it does not outlive the test."""
    args = ["run", "--url", server.url, "--out", str(out), "--procedure", pack]
    process = subprocess.Popen(
        [sys.executable, "-m", "client", *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


KILLS = [
    ("patch/start", "after"),
    ("backup/start", "after"),
    ("delete/start", "before"),
    ("delete/start", "after"),
    ("sync/start", "after"),
    ("sync", "before"),
]


@pytest.mark.parametrize(("at", "when"), KILLS)
def test_killed_with_9_and_resumed_it_deletes_once_and_ends_ready(
    at, when, station, pack, tmp_path
):
    with serving(station) as server:
        reached, killed = threading.Event(), threading.Event()

        def hold(path, body):
            if path == at and body.get("answer") != "ask" and not killed.is_set():
                reached.set()
                killed.wait(10)

        setattr(server, when, hold)
        with client_process(server, tmp_path / "out", pack) as process:
            assert reached.wait(30)
            process.kill()
        killed.set()

        result = invoke("--url", server.url, "--out", tmp_path / "out", "--procedure", pack,
                        "--resume")  # fmt: skip

    assert result.exit_code == 0, result.output
    assert station.log.count("HAPUS") == 1
    assert [form["decision"] for form in station.filed] == ["ready"]


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT as a terminal does")
def test_ctrl_c_says_how_to_go_on_and_that_works(station, pack, tmp_path):
    with serving(station, speed=60) as server:
        reached = threading.Event()
        server.after = lambda path, body: reached.set() if path == "backup" else None
        with client_process(server, tmp_path / "out", pack) as process:
            assert reached.wait(30)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
        server.speed = 1000
        command = errors.strip().rsplit(": ", 1)[1].split()
        resumed = CliRunner().invoke(main, command[1:])

    assert process.returncode == 130
    assert "Traceback" not in errors
    assert command[0] == "cbtsync-client"
    assert "--resume" in command
    assert resumed.exit_code == 0, resumed.output


def test_help_shows_every_bound():
    result = CliRunner().invoke(main, ["run", "--help"])

    assert result.exit_code == 0
    for words in ("5  percobaan patching", "240 min", "4  kali satu permintaan", "10 min"):
        assert words in result.output


def test_a_missing_address_is_a_usage_error():
    assert CliRunner().invoke(main, ["run"]).exit_code == 2
