"""The journal: what it keeps, what it makes of a torn end, and what it refuses."""

import json

import pytest

from client import journal
from client.belief import Saved
from client.journal import Journal, Recovered, Run, Stepped, Stored
from client.problems import UsageProblem
from client.step import Ending
from client.texts import Reason, Texts

URL = "http://station.invalid/r/x/"
RUN = Run(url=URL, real="2030-01-01T00:00:00+00:00", resumed=False)
SAVED = Saved(path="/x/a.Source", name="a.Source", size_bytes=1, sha256="0", data_version=3)


@pytest.fixture
def path(tmp_path):
    return tmp_path / journal.NAME


def written(path, *acts, end=None):
    """Write a journal with one act a name; ``?`` at its end leaves its outcome out."""
    kept = Journal(path, durable=True)
    kept.note(RUN)
    for act in acts:
        name = act.rstrip("?")
        number = kept.intend(step=5, name=name, attempt=1, body={}, at_ms=1000)
        if not act.endswith("?"):
            kept.outcome(number, "obeyed", at_ms=2000)
    if end is not None:
        kept.keep(end)
    kept.close()
    return path


def test_acts_are_counted_and_time_goes_on(path):
    past = journal.read(written(path, "patch.start", "patch.start", "id.submit"), URL)

    assert past.tally == {"patch.start": 2, "id.submit": 1}
    assert (past.began_ms, past.intents, past.doubts) == (1000, 3, ())


def test_an_intent_without_an_outcome_is_a_doubt_and_does_not_count(path):
    past = journal.read(written(path, "patch.start", "delete.start:yes?"), URL)

    assert [doubt.name for doubt in past.doubts] == ["delete.start:yes"]
    assert past.tally == {"patch.start": 1}


def test_a_repeated_try_counts_once(path):
    kept = Journal(path, durable=False)
    kept.note(RUN)
    for attempt in (1, 2, 3):
        number = kept.intend(step=5, name="patch.start", attempt=attempt, body={}, at_ms=1)
        kept.outcome(number, "unknown", at_ms=1)
    kept.close()

    assert journal.read(path, URL).tally == {"patch.start": 1}


def test_a_new_backup_has_no_downloads_yet(path):
    names = ["backup.start", "backup.download", "backup.download", "backup.start"]
    past = journal.read(written(path, *names, "backup.download"), URL)

    assert past.tally == {"backup.start": 2, "backup.download": 1}


def test_each_download_counts_also_one_that_a_kill_cut_short(path):
    kept = Journal(path, durable=False)
    kept.note(RUN)
    for attempt in (1, 2, 3):
        number = kept.intend(step=13, name="backup.download", attempt=attempt, body={}, at_ms=1)
        if attempt < 3:
            kept.outcome(number, "unknown", at_ms=1)
    kept.close()

    past = journal.read(path, URL)

    assert past.tally == {"backup.download": 3}
    assert past.doubts == ()


def test_recoveries_are_read_back_as_they_were_written(path):
    kept = Journal(written(path, "patch.start"), durable=False)
    why = Reason.of("recover.download", tries=1, why=Reason.of("download.status", status=503))
    line = Recovered(step=13, why=why, at_ms=5000)
    kept.note(line)
    kept.close()

    assert journal.read(path, URL).recoveries == (line,)


def test_a_run_whose_last_line_is_an_end_is_known_to_have_ended(path):
    end = journal.End(ending=Ending.READY, reason="ready", at_ms=9)
    assert journal.read(written(path, "patch.start", end=end), URL).ended == end

    kept = Journal(path, durable=False)
    kept.note(RUN)
    kept.close()
    assert journal.read(path, URL).ended is None


@pytest.mark.parametrize(
    ("twice", "name"),
    [
        (b'{"kind":"stepped","number":5,"at_ms":3,"number":6}\n', "number"),
        (b'{"kind":"intent","n":1,"step":5,"name":"x","attempt":1,"body":{"a":1,"a":2}}\n', "a"),
    ],
    ids=["in a line", "in a body"],
)
@pytest.mark.parametrize("tail", [b"", b'{"kind":"stepped","number":7}\n'], ids=["last", "inside"])
def test_a_key_that_stands_twice_is_damage_and_is_named(twice, name, tail, path):
    written(path, "patch.start")
    path.write_bytes(path.read_bytes() + twice + tail)

    with pytest.raises(UsageProblem) as problem:
        journal.read(path, URL)

    assert f"the key {name} stands twice" in Texts("en").say(problem.value.reason)
    assert "line 4" in Texts("en").say(problem.value.reason)


def test_the_saved_backup_is_remembered(path):
    assert journal.read(written(path, end=Stored(saved=SAVED)), URL).saved == SAVED


def test_a_run_that_ended_leaves_its_backup_but_not_its_counts(path):
    kept = Journal(written(path, "patch.start", "cbtsync.open?"), durable=False)
    kept.keep(Stored(saved=SAVED))
    kept.keep(journal.End(ending="postponed", reason="stop.closed", at_ms=9000))
    kept.close()

    past = journal.read(path, URL)

    assert (past.tally, past.began_ms, past.doubts, past.saved) == ({}, None, (), SAVED)


def test_a_torn_last_line_is_left_out(path):
    written(path, "patch.start")
    whole = path.read_bytes()
    for cut in range(1, len(whole.splitlines()[-1])):
        path.write_bytes(whole[:-cut])
        past = journal.read(path, URL)
        assert [doubt.name for doubt in past.doubts] == ["patch.start"]


def test_a_process_that_goes_on_after_a_torn_line_writes_lines_of_its_own(path):
    written(path, "patch.start")
    path.write_bytes(path.read_bytes()[:-10])

    kept = Journal(path, durable=False, intents=1)
    kept.note(RUN)
    kept.intend(step=6, name="id.submit", attempt=1, body={}, at_ms=1)
    kept.close()

    past = journal.read(path, URL)
    assert [doubt.name for doubt in past.doubts] == ["patch.start", "id.submit"]
    assert past.intents == 2


@pytest.mark.parametrize("raw", [b"", b'{"kind":"ru'], ids=["nothing", "half a line"])
def test_a_process_killed_at_its_very_first_line_left_nothing(raw, path):
    path.write_bytes(raw)

    assert journal.read(path, URL) == journal.Past()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        pytest.param(lambda b: b.replace(URL.encode(), b"http://other/r/y/"), "journal_url",
                     id="another station"),
        pytest.param(lambda b: b.replace(b'"version":1', b'"version":2'), "journal_version",
                     id="another version"),
        pytest.param(lambda b: b"shopping list\n" * 2 + b, "journal_damaged", id="no journal"),
        pytest.param(lambda b: b.replace(b'"kind":"intent"', b'"kind":"oops"'),
                     "journal_damaged", id="a bad line in the middle"),
    ],
)  # fmt: skip
def test_what_is_not_this_runs_journal_is_refused_by_name(spoil, key, path):
    written(path, "patch.start", "id.submit")
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(UsageProblem) as problem:
        journal.read(path, URL)

    assert problem.value.reason.key == f"usage.{key}"
    assert str(path) in Texts("id").say(problem.value.reason)


def test_a_file_that_cannot_be_read_is_refused(path):
    path.mkdir()

    with pytest.raises(UsageProblem) as problem:
        journal.read(path, URL)

    assert problem.value.reason.key == "usage.journal_unreadable"


def test_each_line_is_json_with_its_kind(path):
    kept = Journal(written(path, "patch.start"), durable=False)
    kept.note(Stepped(number=5, at_ms=3))
    kept.close()

    kinds = [json.loads(line)["kind"] for line in path.read_text().splitlines()]
    assert kinds == ["run", "intent", "outcome", "stepped"]


def test_without_a_path_nothing_is_kept(tmp_path):
    kept = Journal(None, durable=True)
    assert kept.intend(step=1, name="x", attempt=1, body={}, at_ms=0) == 1
    kept.close()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("durable", "synced"), [(True, 3), (False, 0)])
def test_acts_are_forced_to_the_disk_line_by_line_and_notes_are_not(durable, synced, path):
    forced = []
    kept = Journal(path, durable=durable, sync=forced.append)
    kept.note(RUN)
    number = kept.intend(step=5, name="patch.start", attempt=1, body={}, at_ms=1)
    kept.outcome(number, "obeyed", at_ms=2)
    kept.keep(Stored(saved=SAVED))
    kept.note(Stepped(number=5))
    kept.close()

    assert len(forced) == synced
