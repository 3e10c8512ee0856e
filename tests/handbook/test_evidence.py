"""Evidence on disk: one file a run, no secrets, errors that name the file."""

from pathlib import Path

import pytest

from mock_server.handbook.evidence import (
    HIDDEN,
    EvidenceError,
    file_name,
    key_of,
    read_all,
    redacted,
    write,
)
from tests.handbook.made import OUTLINE, all_runs, feature_in, run_of


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    runs = all_runs(feature_in(tmp_path))
    for run in runs.values():
        write(tmp_path, run, {"steps_s": [0.1]})

    assert read_all(tmp_path) == runs


def test_timings_stand_apart_so_that_the_evidence_is_the_same_every_time(tmp_path: Path) -> None:
    run = run_of(feature_in(tmp_path))
    first = write(tmp_path, run, {"steps_s": [0.1]}).read_bytes()
    again = write(tmp_path, run, {"steps_s": [9.9]}).read_bytes()

    assert first == again
    assert b"9.9" in next((tmp_path / "timings").rglob("*.json")).read_bytes()


def test_every_row_of_an_outline_has_a_file_of_its_own() -> None:
    names = {file_name(OUTLINE, cells) for cells in (("07:45", "WIB"), ("07:45", "WITA"), ())}

    assert len(names) == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"token": "abc", "menu": "backup"}, {"token": HIDDEN, "menu": "backup"}),
        ({"a": {"password": "x"}}, {"a": {"password": HIDDEN}}),
        (["Bearer abc.def-1"], [HIDDEN]),
        ("/r/k3y/api", "/r/<latihan>/api"),
        ({"Set-Cookie": "sid=1"}, {"Set-Cookie": HIDDEN}),
        (7, 7),
    ],
)
def test_secrets_are_hidden_wherever_they_stand(value: object, shown: object) -> None:
    assert redacted(value, {"k3y": "<latihan>"}) == shown


def test_a_file_of_another_version_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, run_of(feature_in(tmp_path)), {})
    path.write_text('{"schema": "cbtsync-evidence/9"}')

    with pytest.raises(EvidenceError, match=path.name):
        read_all(tmp_path)


def test_without_a_run_there_is_no_evidence(tmp_path: Path) -> None:
    assert read_all(tmp_path / "nowhere") == {}


def test_a_row_is_part_of_the_key(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)

    assert key_of(run_of(feature, OUTLINE, {"jam": "07:44", "keadaan": "tutup"})) == (
        "01_hapus.feature",
        OUTLINE,
        ("07:44", "tutup"),
    )
