"""Backup files: exact sizes, true digests, the same bytes for the same key, bounded memory."""

import json
import tracemalloc
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.adapters.backup_file import RESULTS_MAX, SourceBackupFiles
from mock_server.adapters.people import FakerPeople
from mock_server.domain.backup import EMPTY_BACKUP_BYTES
from mock_server.ports import BackupKey

MIB = 1024 * 1024
PEOPLE = FakerPeople()


def a_key(**changes: Any) -> BackupKey:
    key = BackupKey(
        scenario="normal",
        seed=41,
        server_id="U99-4127-LTH01",
        number=1,
        rows=2_800,
        size_bytes=300_000,
    )
    return msgspec.structs.replace(key, **changes)


def an_empty_key(**changes: Any) -> BackupKey:
    return a_key(**{"rows": 0, "size_bytes": EMPTY_BACKUP_BYTES} | changes)


def files() -> SourceBackupFiles:
    return SourceBackupFiles(PEOPLE)


def content(key: BackupKey) -> bytes:
    return files().read(key, 0, key.size_bytes)


@pytest.mark.parametrize("rows", [0, 1, 2_800])
@pytest.mark.parametrize(
    "size_bytes", [0, 1, 100, 300, 512, 4_000, 65_536, 65_537, 262_144, 5 * MIB, 5 * MIB + 3]
)
def test_a_file_has_exactly_the_size_it_says_and_its_digest(rows: int, size_bytes: int) -> None:
    key = a_key(rows=rows, size_bytes=size_bytes)

    file = files().describe(key)

    assert file.size_bytes == size_bytes == len(content(key))
    assert file.sha256 == sha256(content(key)).hexdigest()


def test_the_same_key_gives_the_same_bytes_to_everyone() -> None:
    assert content(a_key()) == content(a_key())
    assert files().describe(a_key()) == files().describe(a_key())


@pytest.mark.parametrize("rows", [0, 2_800], ids=["empty", "with data"])
@pytest.mark.parametrize(
    "change",
    [{"scenario": "partial-sync"}, {"seed": 42}, {"server_id": "U99-4127-LTH02"}, {"number": 2}],
    ids=lambda change: next(iter(change)),
)
def test_another_key_gives_other_bytes(change: dict[str, Any], rows: int) -> None:
    size_bytes = EMPTY_BACKUP_BYTES if rows == 0 else 300_000
    key = a_key(rows=rows, size_bytes=size_bytes)

    assert content(key) != content(msgspec.structs.replace(key, **change))


def test_fields_that_run_together_are_still_different_keys() -> None:
    assert content(an_empty_key(seed=1, number=11)) != content(an_empty_key(seed=11, number=1))


SIZE = 200_000
WHOLE = content(a_key(size_bytes=SIZE))


@given(st.integers(0, SIZE + 9), st.integers(0, SIZE + 9))
def test_a_part_is_what_stands_there_in_the_whole(start: int, stop: int) -> None:
    assert files().read(a_key(size_bytes=SIZE), start, stop) == WHOLE[start:stop]


def test_an_empty_file_can_be_read_in_parts_too() -> None:
    key = an_empty_key()
    parts = [files().read(key, start, start + 7) for start in range(0, EMPTY_BACKUP_BYTES, 7)]

    assert b"".join(parts) == content(key)


def test_pieces_that_are_lost_doubled_or_swapped_are_noticed() -> None:
    size_bytes, piece = 4 * 65_536, 65_536
    whole = content(a_key(size_bytes=size_bytes))
    pieces = [whole[start : start + piece] for start in range(0, size_bytes, piece)]

    assert len(set(pieces)) == 4


def test_a_person_who_opens_the_file_reads_what_it_is() -> None:
    banner, about, *results = content(a_key()).split(b"\n")[: 2 + RESULTS_MAX]

    assert banner.decode().startswith("LATIHAN – BUKAN SISTEM UJIAN")
    assert json.loads(about)["jumlah_data"] == 2_800
    assert json.loads(about)["id_server"] == "U99-4127-LTH01"
    pupils = PEOPLE.former_participants("normal", 41, "U99-4127-LTH01", RESULTS_MAX)
    assert [json.loads(line)["nama"] for line in results] == [pupil.name for pupil in pupils]
    assert all(0 <= json.loads(line)["benar"] <= json.loads(line)["dari"] for line in results)


def test_a_file_of_few_rows_lists_no_more_pupils_than_rows() -> None:
    assert content(a_key(rows=3)).count(b'"nomor"') == 3


def test_an_empty_backup_is_small_readable_and_says_that_it_holds_nothing() -> None:
    text = content(an_empty_key(server_id="X" * 300, number=10**6)).decode()

    assert len(text.encode()) == EMPTY_BACKUP_BYTES
    banner, about, rest = text.split("\n")
    assert banner.startswith("LATIHAN")
    assert json.loads(about)["jumlah_data"] == 0
    assert rest.strip() == ""


def test_the_scenario_does_not_give_itself_away() -> None:
    assert b"backup-fails-once" not in content(a_key(scenario="backup-fails-once"))


@pytest.mark.parametrize(
    ("server_id", "name"),
    [
        pytest.param("U99-4127-LTH01", "LATIHAN-U99-4127-LTH01-1.Source", id="ours"),
        pytest.param("", "LATIHAN-TANPA-ID-1.Source", id="none"),
        pytest.param('../../"a\r\nb/c\\d.exe', "LATIHAN-abcdexe-1.Source", id="hostile"),
        pytest.param("\N{SNOWMAN}", "LATIHAN-TANPA-ID-1.Source", id="not a letter"),
        pytest.param("A" * 500, f"LATIHAN-{'A' * 40}-1.Source", id="endless"),
    ],
)
def test_a_name_is_safe_on_every_disk_and_in_a_header(server_id: str, name: str) -> None:
    assert files().describe(a_key(server_id=server_id)).name == name


def test_backups_have_different_names() -> None:
    assert files().describe(a_key(number=2)).name == "LATIHAN-U99-4127-LTH01-2.Source"


@pytest.mark.parametrize("change", [{"size_bytes": -1}, {"rows": -1}])
def test_less_than_nothing_is_refused(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="0 at least"):
        files().describe(a_key(**change))


def test_a_file_is_hashed_once_for_all_who_ask() -> None:
    shared = files()

    assert shared.describe(a_key()) is shared.describe(a_key())


def test_many_files_take_little_memory() -> None:
    shared = files()
    shared.describe(a_key(number=0))
    tracemalloc.start()
    for number in range(1, 41):
        key = a_key(number=number, size_bytes=5 * MIB)
        shared.describe(key)
        shared.read(key, 3 * MIB, 3 * MIB + 262_144)
    kept_bytes, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept_bytes < 2 * MIB
    assert peak_bytes < 4 * MIB
