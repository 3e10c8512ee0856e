"""What the client leaves for others to read: whole or not at all, and where it was told."""

import os
from pathlib import Path

import pytest

from client import junit, report
from client.clock import RealTime
from client.files import write_whole
from client.problems import UsageProblem
from client.texts import Texts
from tests.client.fake_station import FakeSender, FakeStation
from tests.client.support import run

EN = Texts("en")
posix = pytest.mark.skipif(os.name != "posix", reason="Windows replaces no file that is open")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_with_its_folder_and_nothing_beside_it(tmp_path):
    write_whole(tmp_path / "a" / "b" / "x.txt", b"one")
    write_whole(tmp_path / "a" / "b" / "x.txt", b"two")

    assert names(tmp_path / "a" / "b") == ["x.txt"]
    assert (tmp_path / "a" / "b" / "x.txt").read_bytes() == b"two"


@posix
def test_whoever_reads_a_file_while_it_is_written_anew_reads_the_old_one_whole(tmp_path):
    result = run(FakeSender(FakeStation()), tmp_path / "run")
    written = RealTime().now()
    html, text = report.write(result, tmp_path, EN, written)
    results = tmp_path / "results.xml"
    junit.write([], results, EN)

    for path in (html, text, results):
        before = path.read_bytes()
        with path.open("rb") as reader:
            start = reader.read(10)
            report.write(result, tmp_path, Texts("id"), written)
            junit.write([], results, EN)
            assert start + reader.read() == before, path.name
            assert not os.path.samestat(os.fstat(reader.fileno()), path.stat()), path.name


def test_what_cannot_be_written_is_named_and_leaves_nothing_half(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(UsageProblem) as problem:
        write_whole(tmp_path / "taken" / "x.txt", b"one")

    assert str(tmp_path / "taken" / "x.txt") in EN.say(problem.value.reason)
    assert names(tmp_path) == ["taken"]


@posix
def test_a_link_and_a_pipe_are_written_through_and_not_replaced(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    reading, writing = os.pipe()

    write_whole(tmp_path / "link.txt", b"new")
    write_whole(Path(f"/dev/fd/{writing}"), b"piped")
    os.close(writing)

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"piped"
