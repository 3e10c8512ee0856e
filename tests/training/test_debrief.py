"""The debrief: verdict by gates, what happened and why, and never ready when it is not."""

import re

import msgspec
import pytest
from hypothesis import settings

from mock_server.domain import commands as c
from mock_server.domain.hazards import At, SyncHazard
from mock_server.domain.setup import Inject, Say
from mock_server.domain.truth import truth
from mock_server.faults.events import FaultArmed, FaultFired
from mock_server.faults.plan import FaultSpec
from mock_server.procedure.pack import RubricSwitches
from mock_server.scenario.model import Level
from mock_server.training import events as e
from mock_server.training.certificate import Certificate, check_code, is_genuine
from mock_server.training.debrief import debrief
from mock_server.training.desk import Training, evolve
from mock_server.training.reference import reference
from tests.procedure import traces
from tests.procedure.test_assessment_properties import JOURNALS, clicks, random_runs
from tests.procedure.traces import MINUTE_MS, OTHER_ID, UNBK, Trainee, setup_for
from tests.training.support import BOOKS, FAULT_TEXTS, debrief_of, entries_of, reading_of

SETUP = setup_for(UNBK)


def trained(*events: e.TrainingEvent) -> Training:
    training = Training()
    for event in events:
        training = evolve(training, event)
    return training


# --- the verdict ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "headline"),
    [
        (traces.nominal, "Lulus."),
        (traces.refresh_forgotten, "Lulus."),
        (traces.hapus_after_green, "Belum lulus – ulangi langkah 21."),
        (traces.id_changed_after_sync, "Belum lulus – ulangi langkah 9."),
        (traces.synced_on_laptop, "Belum lulus – ulangi langkah 2 dan 9."),
        (traces.partial_declared_done, "Belum lulus – ulangi langkah 18 dan 19."),
        (traces.other_id_corrected, "Belum lulus – ulangi langkah 8."),
        (traces.patch_retried_blindly, "Belum lulus – ulangi langkah 7."),
        (traces.standby_postponed, "Lulus."),
        (traces.standby_started_anyway, "Belum lulus – ulangi langkah 10 dan 11."),
    ],
)
def test_the_headline_says_what_to_repeat(run, headline):
    assert debrief_of(run()).verdict.headline.id == headline


def test_a_run_without_a_report_is_not_there_yet():
    verdict = debrief_of(Trainee().gets_synced()).verdict

    assert not verdict.passed
    assert "berita acara belum dikirim" in verdict.headline.id


def test_the_sentence_is_about_the_gravest():
    verdict = debrief_of(traces.hapus_after_green_then_declared()).verdict

    assert verdict.sentence == BOOKS.violations["K2"].happened


def test_the_gates_are_a_table_that_anybody_can_check():
    told = debrief_of(traces.hapus_after_green_then_declared())
    rows = {row.name: row for row in told.verdict.gates}

    assert (rows["critical"].wanted.id, rows["critical"].yours.id) == ("0", "1 (K2)")
    assert rows["major"].yours.id == "1 (B4)"
    assert rows["outcome"].yours.id == "0 data, 0 peserta"
    assert (rows["process"].wanted.id, rows["process"].yours.en) == ("paling sedikit 85%", "100%")
    assert [row.held for row in rows.values()] == [False, False, True, False, True]


# --- the guess -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "ready", "agrees"),
    [
        (traces.nominal, "yes", True),
        (traces.nominal, "no", False),
        (traces.hapus_after_green, "yes", False),
        (traces.hapus_after_green, "no", True),
        (traces.nominal, "unsure", False),
    ],
)
def test_the_guess_stands_beside_the_truth(run, ready, agrees):
    guess = debrief_of(run(), training=trained(e.Guessed(at_ms=1, ready=ready, certainty=80))).guess

    assert (guess.ready, guess.certainty, guess.agrees) == (ready, 80, agrees)


def test_whoever_did_not_guess_is_told_so():
    assert debrief_of(traces.nominal()).guess.ready is None


# --- what to learn -------------------------------------------------------------------------------


def test_at_most_three_points_the_gravest_first():
    points = debrief_of(traces.partial_declared_done()).points

    assert [point.code for point in points] == ["B4", "B5", "R3"]


def part_then_deleted() -> Trainee:
    """A sync that breaks off, HAPUS upon it, and then it is called done."""
    run = Trainee().gets_synced(SyncHazard(drop=At(data=6, permille=400)))
    return run.opens("backup", "backup").deletes().claims_all()


def test_a_hapus_after_a_broken_off_sync_is_told_and_makes_one_point():
    told = debrief_of(part_then_deleted())

    assert (told.monday.can, told.monday.reason) == (0, "deleted-in-part")
    assert "HAPUS: data ujian yang baru sebagian ikut terhapus." in [a.text.id for a in told.acts]
    claims = [point for point in told.points if point.code in ("B4", "B5", "B10")]
    assert [point.code for point in claims] == ["B4"]
    assert claims[0].consequence.id.startswith("Senin pagi, tidak seorang pun dapat masuk.")
    assert told.monday.why.id in claims[0].consequence.id
    assert [point.title.id for point in told.points][1] == "HAPUS saat sinkronisasi belum lengkap"
    assert told.retries[0].text.id == "HAPUS saat sinkronisasi belum lengkap"
    assert told.retries[0].undoes


def test_waiting_is_quoted_from_the_step_of_the_job_that_was_not_waited_for():
    run = Trainee().gets_ready_to_sync().refreshes_status().starts_sync()
    run.tries(c.StartSync())
    told = debrief_of(run.waits_for_sync().checks_lists().reports())

    [point] = [point for point in told.points if point.code == "R5"]
    assert point.step == 18


def test_a_major_that_does_not_count_says_so_on_the_timeline():
    run = Trainee().gets_to_dashboard().opens("backup", "backup").deletes()
    told = debrief_of(run.refreshes_status().starts_sync().waits_for_sync().claims_all())

    assert {(mark.code, mark.counts) for mark in told.marks if mark.kind == "major"} == {
        ("B1", False),
        ("B5", True),
    }


def test_the_acts_are_told_in_order_each_once():
    pressed = [act.text.id for act in debrief_of(traces.nominal()).acts]

    assert pressed.count("START SYNC ditekan.") == pressed.count("BACKUP ditekan.") == 1
    assert pressed[-1] == "Berita Acara: dinyatakan selesai."


def test_a_point_quotes_the_step_and_leads_back_to_before_it():
    run = traces.hapus_after_green()
    [point] = debrief_of(run).points
    finding = reading_of(run).assessment.findings[0]

    assert "DILARANG DENGAN KERAS" in point.official.id
    assert point.retry_seq == finding.seq - 1


def test_a_near_miss_is_praised_and_no_point_to_learn():
    told = debrief_of(traces.hapus_cancelled())

    assert told.points == ()
    assert BOOKS.coach.praised("kept-data") in told.good


@pytest.mark.parametrize(
    ("code", "nearly", "praise"), [("K2", "N2", "kept-data"), ("K1", "N1", "kept-id")]
)
def test_stopping_at_the_coachs_question_is_a_near_miss_too(code, nearly, praise):
    run = traces.nominal()
    stopped = e.GuardAnswered(at_ms=run[-1].at_ms, code=code, choice="", right=False, went_on=False)
    gone_on = msgspec.structs.replace(stopped, went_on=True)

    told = debrief_of(run, stopped, training=trained(stopped))
    assert [mark.code for mark in told.marks if mark.kind == "near-miss"] == [nearly]
    assert BOOKS.coach.praised(praise) in told.good

    told = debrief_of(run, gone_on, training=trained(gone_on))
    assert [mark for mark in told.marks if mark.kind == "near-miss"] == []
    assert BOOKS.coach.praised(praise) not in told.good


def test_something_went_well_in_every_run():
    assert debrief_of(Trainee()).good == (BOOKS.coach.praised("began"),)


def test_a_temptation_that_was_declined_is_praised():
    at_ms = setup_for(UNBK).start_ms + MINUTE_MS
    say = Say(id="Hapus saja", en="Just delete it")
    inject = Inject(at_ms=at_ms, sender="Kepsek", say=say, tempts="K2")
    run = Trainee(injects=(inject,)).gets_synced().checks_lists().reports()
    declined = trained(e.InjectAnswered(at_ms=1, index=0, choice="decline"))
    obeyed = trained(e.InjectAnswered(at_ms=1, index=0, choice="obey"))

    assert BOOKS.coach.praised("declined") in debrief_of(run, training=declined).good
    assert BOOKS.coach.praised("declined") not in debrief_of(run, training=obeyed).good


def test_one_request_obeyed_among_two_is_nothing_to_praise():
    at_ms = setup_for(UNBK).start_ms + MINUTE_MS
    say = Say(id="Hapus saja", en="Just delete it")
    first = Inject(at_ms=at_ms, sender="Kepsek", say=say, tempts="K2")
    second = Inject(at_ms=at_ms + MINUTE_MS, sender="Teknisi", say=say, tempts="K1")
    run = Trainee(injects=(first, second)).gets_synced().checks_lists().reports()
    one = e.InjectAnswered(at_ms=1, index=0, choice="decline")

    def praised(*more: e.InjectAnswered) -> bool:
        good = debrief_of(run, training=trained(one, *more)).good
        return BOOKS.coach.praised("declined") in good

    assert not praised()
    assert not praised(e.InjectAnswered(at_ms=2, index=1, choice="obey"))
    assert praised(e.InjectAnswered(at_ms=2, index=1, choice="ask"))


def test_whoever_did_as_asked_once_is_not_praised_for_declining():
    at_ms = setup_for(UNBK).start_ms + MINUTE_MS
    say = Say(id="Hapus saja", en="Just delete it")
    first = Inject(at_ms=at_ms, sender="Kepsek", say=say, tempts="K2")
    second = Inject(at_ms=at_ms + MINUTE_MS, sender="Kepsek", say=say)
    run = Trainee(injects=(first, second)).gets_synced().checks_lists().reports()
    answers = (
        e.InjectAnswered(at_ms=1, index=0, choice="decline"),
        e.InjectAnswered(at_ms=2, index=1, choice="obey"),
    )

    assert BOOKS.coach.praised("declined") not in debrief_of(run, training=trained(*answers)).good


def test_a_run_without_anything_done_well_was_still_brought_to_its_end():
    run = Trainee().sits_down().claims_all(machine="x", server_id="x")

    assert debrief_of(run).good == (BOOKS.coach.praised("ended"),)


# --- the timeline --------------------------------------------------------------------------------


def test_marks_stand_at_their_step_and_instant_in_order():
    run = traces.hapus_after_green_then_declared()
    found = debrief_of(run).marks

    assert [(mark.kind, mark.code, mark.step) for mark in found] == [
        ("act", "", 18),
        ("critical", "K2", 21),
        ("major", "B4", 16),
    ]
    assert [mark.seq for mark in found] == sorted(mark.seq for mark in found)


def test_hints_freezes_faults_and_messages_are_marked():
    run = Trainee().sits_down()
    now_ms = run.now_ms
    extra = (
        e.HintOpened(at_ms=now_ms, step="3", rung=1),
        e.SeatFrozen(at_ms=now_ms, message="x"),
        FaultFired(at_ms=now_ms, id="f1", fault="sync.slow", on="sync.start", hit=1),
        FaultFired(at_ms=now_ms, id="f1", fault="sync.slow", on="sync.start", hit=2),
    )

    assert [mark.kind for mark in debrief_of(run, *extra).marks] == ["hint", "freeze", "fault"]


def test_a_clock_that_stood_is_told_for_what_it_was():
    run = Trainee().sits_down()
    causes = [
        e.SeatFrozen(at_ms=run.now_ms, message="", own=own) for own in ("asked", "idle", "beside")
    ]

    assert [mark.text.id for mark in debrief_of(run, *causes).marks] == [
        "Jam simulasi Anda hentikan.",
        "Jam simulasi berhenti karena lima menit tidak ada tombol yang ditekan.",
    ]


def test_my_line_stands_over_the_references():
    told = debrief_of(traces.nominal())

    assert told.mine[0].step == told.reference[0].step == 1
    assert told.mine_ends_ms >= told.mine[-1].at_ms
    assert told.reference_ends_ms >= told.reference[-1].at_ms


# --- trying again, what is next, the certificate ------------------------------------------------


def test_one_may_go_back_to_before_the_act_to_the_green_rows_and_to_the_beginning():
    told = debrief_of(traces.hapus_after_green())

    assert [retry.text.id for retry in told.retries] == [
        "semua data lengkap",
        BOOKS.violations["K2"].title.id,
        "dari awal",
    ]
    assert told.retries[-1].seq == 1
    assert all(retry.seq >= 1 for retry in told.retries)


def test_only_a_run_passed_from_its_beginning_earns_a_certificate():
    moved = trained(e.Repositioned(at_ms=1, how="rewind", parent_seq=9))

    assert debrief_of(traces.nominal(), level=Level.EXAM).certificate is not None
    assert debrief_of(traces.nominal(), level=Level.FIRST_TRY).certificate is None
    assert debrief_of(traces.nominal(), level=Level.EXAM, training=moved).certificate is None
    assert debrief_of(traces.hapus_after_green(), level=Level.EXAM).certificate is None


def test_practice_is_done_and_never_passed():
    moved = trained(e.Repositioned(at_ms=1, how="condition", parent_seq=0))
    told = debrief_of(traces.nominal(), level=Level.GUIDED, training=moved)

    assert told.verdict.headline.id == "Tuntas sebagai latihan."
    assert not told.verdict.passed
    assert all(row.held for row in told.verdict.gates)


def test_what_was_inserted_by_hand_is_listed_on_the_report():
    spec = FaultSpec(id="kelas-s1", fault="sync.slow", on="", effect="none")
    run = Trainee().sits_down()
    armed = FaultArmed(at_ms=run.now_ms, spec=spec)
    entries = entries_of(run, armed, armed)

    def inserted(actor: str) -> tuple[str, ...]:
        by = [msgspec.structs.replace(one, actor=actor) for one in entries]
        told = debrief(by, UNBK, Level.EXAM, Training(), BOOKS, FAULT_TEXTS, reference(SETUP))
        return tuple(one.id for one in told.inserted)

    assert inserted("simulator") == ()
    assert inserted("facilitator") == (FAULT_TEXTS["sync.slow"].title.id,)


def test_the_switches_of_a_class_decide_what_gates_and_stand_on_the_report():
    off = RubricSwitches(k3_gates=False, k4_gates=False, b1_gates=False)
    entries = entries_of(traces.synced_on_laptop())

    def told(switches: RubricSwitches | None):
        setup = entries[0].event.setup
        return debrief(
            entries, UNBK, Level.EXAM, Training(), BOOKS, FAULT_TEXTS, reference(setup),
            switches=switches,
        )  # fmt: skip

    assert "K3" in told(None).verdict.gates[0].yours.id
    assert told(off).verdict.gates[0].held
    assert told(off).switches == off


def test_alone_is_said_of_an_exam_only():
    exam = debrief_of(traces.nominal(), level=Level.EXAM).certificate
    drill = debrief_of(traces.nominal(), level=Level.GUIDED).certificate

    assert exam is not None
    assert drill is not None
    assert (exam.alone, drill.alone) == (True, False)


def test_a_check_code_is_of_one_certificate_one_run_and_one_house():
    fields = debrief_of(traces.nominal(), level=Level.EXAM).certificate
    assert fields is not None
    paper = Certificate(rehearsal="run-1", issued_ms=1, fields=fields)
    code = check_code(paper, b"house")

    assert re.fullmatch("[0-9A-F]{4}-[0-9A-F]{4}", code)
    assert is_genuine(f" {code.lower().replace('-', ' ')} ", paper, b"house")
    assert not is_genuine(code, paper, b"other")
    for change in ({"rehearsal": "run-2"}, {"issued_ms": 2}):
        assert not is_genuine(code, msgspec.structs.replace(paper, **change), b"house")
    other = msgspec.structs.replace(fields, level=Level.GUIDED)
    assert not is_genuine(code, msgspec.structs.replace(paper, fields=other), b"house")


# --- what holds of every run ---------------------------------------------------------------------


def never_better_than_the_truth(run) -> None:
    told = debrief_of(run)
    reading = reading_of(run)
    ready = truth(reading.course.end).ready

    assert told.monday.ready == told.guess.truly_ready == ready
    if not ready:
        assert told.monday.reason != "ready"
        assert not told.verdict.passed or reading.assessment.outcome == "postponed"
        assert told.monday.can < told.monday.total or told.monday.reason == "old-data"
    assert len(told.points) <= 3
    assert told.good
    assert msgspec.json.encode(told)


@pytest.mark.parametrize("name", JOURNALS)
def test_no_trace_is_told_better_than_it_is(name):
    never_better_than_the_truth(list(JOURNALS[name]))


@settings(max_examples=60, deadline=None)
@random_runs
def test_no_run_is_ever_told_better_than_it_is(acts, from_step):
    never_better_than_the_truth(clicks(acts, from_step=from_step))


def test_another_servers_id_after_the_sync_is_not_ready_though_every_row_is_green():
    run = Trainee().gets_synced().checks_lists().submits(OTHER_ID).claims_all()

    assert not debrief_of(run).monday.ready
    assert not debrief_of(run).verdict.passed
