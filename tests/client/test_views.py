"""What people see while a run goes on: plain lines, the live view, and tables of rehearsals."""

import io

import pytest
from rich.console import Console

from client.control import Truth
from client.live_view import LiveView
from client.notices import JobMoved, StepBegan
from client.plain_view import PlainView, progress_words, span
from client.rehearsal_view import LiveRehearsals, PlainRehearsals
from client.rehearse import Case, CaseResult, CaseTruth, Judged
from client.texts import Reason, Texts
from tests.client.fake_station import FakeSender, FakeStation
from tests.client.support import run

EN = Texts("en")


@pytest.fixture
def lines(tmp_path):
    """The plain lines of a run in which patching fails once and the sync stops once."""
    station = FakeStation()
    station.patch_fails, station.sync_halts = 1, [(2, "line")]
    seen = []
    run(FakeSender(station), tmp_path, tell=PlainView(seen.append, EN))
    return seen


def test_every_step_is_told_once_with_what_was_found(lines):
    done = [line for line in lines if "✓" in line]

    assert len(done) == 21
    assert "08:00:00  ✓  1 Have the ID Server ready: ID Server of this machine: K99990001" in done


def test_recoveries_are_told_as_they_happen(lines):
    told = [line for line in lines if "Recovery" in line]

    assert any("Patching failed at 0%" in line for line in told)
    assert any("The download stopped at DATA 2 (1 of 3 done)" in line for line in told)


def test_progress_is_told_in_tenths_not_at_every_look(lines):
    progress = [line for line in lines if "Data download" in line]

    assert 4 <= len(progress) <= 14
    assert "of 3 data sets" in progress[0]


def test_what_is_waited_for_is_told_once(lines):
    assert sum("Waiting for the data to download" in line for line in lines) <= 2


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (8_000, "0:08"), (270_000, "4:30"), (3_900_000, "1:05:00")]
)
def test_lengths_of_time_are_read_as_people_write_them(ms, shown):
    assert span(ms) == shown


def test_progress_names_the_estimate():
    moved = JobMoved(job="sync", now_ms=0, percent=40, eta_ms=90_000, done=3, total=9)

    assert progress_words(moved, EN) == "Data download 40%, 3 of 9 data sets, about 1:30 left"


def drawn(view, *, width=100) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(view)
    return console.file.getvalue()


@pytest.mark.slow
def test_the_live_view_shows_steps_progress_waits_and_recoveries(tmp_path):
    station = FakeStation()
    station.patch_fails = 1
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    pictures = []
    with LiveView(console, EN) as view:

        def tell(notice):
            view(notice)
            pictures.append(drawn(view.renderable()))

        run(FakeSender(station), tmp_path, tell=tell)

    assert "REHEARSAL – NOT THE EXAM SYSTEM" in pictures[0]
    assert any("►  18  Wait until all data is complete" in one for one in pictures)
    assert any("Data download 33%" in one and "about" in one for one in pictures)
    assert any("Waiting for the backup" in one and "until" in one for one in pictures)
    assert any("Recovery, step 7: Patching failed" in one for one in pictures)
    assert pictures[-1].count("✓") == 21


def test_the_live_view_fits_a_narrow_terminal():
    view = LiveView(Console(file=io.StringIO(), width=40), EN)
    view(StepBegan(number=18, now_ms=0))

    assert max(len(line) for line in drawn(view.renderable(), width=40).splitlines()) <= 40


# --- rehearsals ----------------------------------------------------------------------------------

TRUTH = Truth(datasets_complete=9, participants=36, tests_visible=True, ready=True)


def a_result(**changes) -> Judged:
    fields = {
        "scenario": "normal",
        "seed": 1,
        "ending": "ready",
        "expected_ending": "ready",
        "passed": True,
        "violations": (),
        "truth": CaseTruth(datasets_complete=9, participants=36, tests_visible=True),
        "virtual_seconds": 3160.0,
        "real_seconds": 0.05,
        "requests": 52,
        "faults_fired": ("f1",),
        "journal": None,
    }
    differs = changes.pop("differs", ())
    return Judged(case=CaseResult(**{**fields, **changes}), differs=differs)


def test_a_finished_rehearsal_is_one_line():
    seen = []
    PlainRehearsals(seen.append, EN, 10).judged(a_result())

    assert seen == ["✓ normal      READY       passed  -  52.7 min  0.05 s"]


def test_what_differs_stands_below_its_line():
    seen = []
    reason = Reason.of("differs.ready")
    PlainRehearsals(seen.append, EN, 10).judged(a_result(passed=False, differs=(reason,)))

    assert seen[0].startswith("✗ normal")
    assert seen[1] == "    declared ready, but the server is not"


def test_the_table_shows_finished_running_and_waiting_rehearsals():
    cases = [Case(name=name, what={}) for name in ("normal", "partial-sync", "wit-school")]
    view = LiveRehearsals(cases, EN)
    view.judged(a_result(violations=("R5",)))
    view.watch(cases[1], StepBegan(number=13, now_ms=0))

    picture = drawn(view.table(), width=140)

    assert "✓ passed" in picture
    assert "R5" in picture
    assert "Step 13" in picture
    assert "waiting" in picture
