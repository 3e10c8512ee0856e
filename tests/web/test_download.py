"""The backup's bytes: whole, in ranges, damaged, broken off; and the evidence of what left."""

from hashlib import sha256

import pytest

from mock_server.web.download import PIECE_BYTES, Span, UnsatisfiableError, flipped, span_of
from tests.web.visitor import MINUTE, Visitor, begin

SIZE = 64 * 1024
WHOLE = {"start": 0, "stop": SIZE, "whole": True, "corrupt": False}


def with_backup(**keys) -> Visitor:
    visitor = begin("active", **keys).sit_down()
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)
    return visitor


def downloads(visitor: Visitor) -> list[dict]:
    return [{key: event[key] for key in WHOLE} for event in visitor.events("backup-downloaded")]


def test_the_whole_file_is_what_the_screen_says_it_is():
    visitor = with_backup()
    file = visitor.get("backup").json["file"]

    answer = visitor.get(file["path"])

    assert (answer.status_code, len(answer.data)) == (200, file["size_bytes"])
    assert sha256(answer.data).hexdigest() == file["sha256"]
    assert answer.headers["ETag"] == f'"{file["sha256"]}"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(SIZE)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file["name"]}"'
    assert file["name"].endswith(".Source")
    assert downloads(visitor) == [WHOLE]


RANGES = [
    ("bytes=0-0", 0, 1),
    ("bytes=0-", 0, SIZE),
    ("bytes=100-199", 100, 200),
    ("bytes=100-999999999", 100, SIZE),
    ("bytes=65535-", SIZE - 1, SIZE),
    ("bytes=-1", SIZE - 1, SIZE),
    ("bytes=-999999999", 0, SIZE),
    ("bytes= 5 - 9", 5, 10),
]


@pytest.mark.parametrize(("header", "start", "stop"), RANGES)
def test_a_range_is_a_part_and_says_which(header, start, stop):
    visitor = with_backup()
    whole = visitor.get("backup/download").data

    answer = visitor.get("backup/download", Range=header)

    assert (answer.status_code, answer.data) == (206, whole[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize(
    "header", ["bytes=65536-", "bytes=9-5", "bytes=-0", "bytes=a-b", "bytes=", "bytes=--5"]
)
def test_a_range_outside_the_file_cannot_be_satisfied(header):
    visitor = with_backup()

    answer = visitor.get("backup/download", Range=header)

    assert (answer.status_code, answer.mimetype) == (416, "application/json")
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.json["refused"]["code"] == "error.request"
    assert downloads(visitor) == []


@pytest.mark.parametrize("header", ["lines=0-5", "bytes=0-1,5-6", "", "rubbish"])
def test_other_units_and_several_ranges_are_answered_with_the_whole(header):
    answer = with_backup().get("backup/download", Range=header)

    assert (answer.status_code, len(answer.data)) == (200, SIZE)


def test_a_range_of_a_file_that_has_changed_is_answered_with_the_whole():
    visitor = with_backup()
    tag = visitor.get("backup/download", Range="bytes=0-0").headers["ETag"]
    rest = {"Range": "bytes=10-"}

    same = visitor.get("backup/download", **rest | {"If-Range": tag})
    other = visitor.get("backup/download", **rest | {"If-Range": '"another"'})

    assert (same.status_code, len(same.data)) == (206, SIZE - 10)
    assert (other.status_code, len(other.data)) == (200, SIZE)


def test_asking_for_the_head_only_is_no_download():
    visitor = with_backup()

    answer = visitor.simulator.http.head(f"/r/{visitor.name}/api/backup/download")

    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))
    assert downloads(visitor) == []


def test_parts_that_meet_are_a_whole():
    visitor = with_backup()
    visitor.get("backup/download", Range="bytes=0-9999")
    visitor.get("backup/download", Range="bytes=10000-")

    assert [one["whole"] for one in downloads(visitor)] == [False, True]


def test_the_evidence_is_there_before_the_last_bytes_leave():
    visitor = with_backup(backup_size="1MiB")
    answer = visitor.simulator.http.get(f"/r/{visitor.name}/api/backup/download", buffered=False)

    pieces, journaled = [], []
    for piece in answer.response:
        pieces.append(len(piece))
        journaled.append(len(downloads(visitor)))

    assert pieces == [PIECE_BYTES] * 4
    assert journaled == [0, 0, 0, 1]


def test_a_transfer_that_breaks_off_counts_as_far_as_it_went():
    visitor = with_backup(backup_size="1MiB")
    answer = visitor.simulator.http.get(f"/r/{visitor.name}/api/backup/download", buffered=False)
    stream = iter(answer.response)
    next(stream)
    next(stream)
    answer.close()

    assert [one["stop"] for one in downloads(visitor)] == [2 * PIECE_BYTES]

    rest = visitor.get("backup/download", Range=f"bytes={2 * PIECE_BYTES}-").data

    assert len(rest) == 2 * PIECE_BYTES
    assert [one["whole"] for one in downloads(visitor)] == [False, True]


def test_a_damaged_download_has_the_right_length_and_so_many_wrong_bytes():
    visitor = with_backup(faults=[{"fault": "backup.corrupt", "with": {"bytes": 3}}])

    damaged = visitor.get("backup/download").data
    sound = visitor.get("backup/download").data

    assert len(damaged) == len(sound) == SIZE
    assert sum(a != b for a, b in zip(damaged, sound, strict=True)) == 3
    assert [one["corrupt"] for one in downloads(visitor)] == [True, False]


def test_the_part_without_the_damage_is_sound():
    visitor = with_backup(faults=[{"fault": "backup.corrupt", "with": {"bytes": 3}}])

    visitor.get("backup/download", Range="bytes=0-99")
    damaged = visitor.get("backup/download", Range="bytes=100-").data
    sound = visitor.get("backup/download").data[100:]

    assert sum(a != b for a, b in zip(damaged, sound, strict=True)) == 3


@pytest.mark.parametrize(
    ("size", "count", "places"), [(10, 1, {4}), (10, 3, {3, 4, 5}), (2, 9, {0, 1})]
)
def test_damage_sits_around_the_middle(size, count, places):
    assert set(flipped(size, count)) == places


@pytest.mark.parametrize("header", ["bytes=0-5", "bytes=-1", "bytes=0-"])
def test_no_range_of_an_empty_file_can_be_satisfied(header):
    with pytest.raises(UnsatisfiableError):
        span_of(header, 0)


def test_a_span_ends_where_the_file_does():
    assert span_of("bytes=5-100", 10) == Span(5, 10)


def test_a_download_of_a_rehearsal_that_is_deleted_meanwhile_ends_in_peace():
    visitor = with_backup(backup_size="1MiB")
    answer = visitor.simulator.http.get(f"/r/{visitor.name}/api/backup/download", buffered=False)
    stream = iter(answer.response)
    next(stream)
    visitor.control("", method="DELETE")

    assert sum(len(piece) for piece in stream) == 3 * PIECE_BYTES


@pytest.mark.parametrize("effect", ["none", "applied"])
def test_what_left_before_the_body_broke_off_counts_when_the_rest_is_fetched(effect):
    visitor = with_backup()
    visitor.arm("http.truncate", on="backup.download", effect=effect)
    whole = visitor.get("backup")
    broken = visitor.get("backup/download").data

    visitor.get("backup/download", Range=f"bytes={len(broken)}-")

    assert whole.status_code == 200
    assert 0 < len(broken) < SIZE
    assert [one["whole"] for one in downloads(visitor)] == [False, True]
