"""What the coach says: each level its own help, and never more than the trainee has seen."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.setup import Condition
from mock_server.scenario.model import Level
from mock_server.training import events as e
from mock_server.training.coach import guard_for, guard_right
from mock_server.training.desk import Training, evolve
from mock_server.training.questions import check
from tests.procedure import traces
from tests.procedure.traces import FAILS, LAPTOP, OTHER_ID, OWN_ID, UNKNOWN_ID, Trainee
from tests.training.support import BOOKS, panel_of, reading_of


def opened(*hints: tuple[str, int]) -> Training:
    training = Training()
    for step, rung in hints:
        training = evolve(training, e.HintOpened(at_ms=1, step=step, rung=rung))
    return training


# --- the worksheet -------------------------------------------------------------------------------


def rows(run, level: Level = Level.GUIDED) -> dict:
    return {row.step: row.state for row in panel_of(level, run).rows}


def test_the_worksheet_says_what_is_done_what_is_now_and_what_is_to_come():
    states = rows(Trainee().gets_to_dashboard().backs_up())

    assert states[13] == "done"
    assert states[14] == "now"
    assert states[15] == "todo"
    assert states[7] == "not-needed"
    assert states[10] == "not-needed"


def test_all_is_done_at_the_end_of_an_ordinary_day():
    states = rows(traces.nominal())

    assert {step for step, state in states.items() if state == "not-needed"} == {7, 10}
    assert {step for step, state in states.items() if state == "holds"} == {9, 21}
    assert set(states.values()) == {"done", "not-needed", "holds"}


def test_a_ban_holds_on_and_is_never_ticked():
    assert rows(Trainee().gets_to_dashboard().backs_up())[9] == "holds"


def test_a_list_that_was_only_opened_is_not_yet_compared():
    assert rows(Trainee().gets_synced().checks_lists())[19] == "looked"
    assert rows(Trainee().gets_synced().checks_lists().reports())[19] == "done"


def test_the_parts_of_step_7_are_listed_while_one_is_there():
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)
    states = rows(trainee)

    assert states[7] == states["7a"] == "now"
    assert states["7b"] == "todo"
    assert states[6] == "todo"  # the version was read, and it is the old one
    assert "7a" not in rows(traces.nominal())


def test_what_was_passed_over_is_still_to_do():
    assert rows(traces.refresh_forgotten())[16] == "todo"


def test_the_prohibition_stands_in_its_own_words_where_it_applies():
    training = Training()
    for question in BOOKS.coach.questions:
        answered = e.Answered(at_ms=1, question=question.question, answers=(), wrong=())
        training = evolve(training, answered)
    shown = panel_of(Level.GUIDED, Trainee().gets_synced().checks_lists(), training)

    [row] = [row for row in shown.rows if row.state == "now"]
    assert row.step == 21
    assert "DILARANG DENGAN KERAS" in row.detail.id


@pytest.mark.parametrize("level", [Level.ALONE, Level.ONE_TROUBLE, Level.EXAM])
def test_no_worksheet_from_the_second_rung_on(level):
    assert panel_of(level, traces.nominal()).rows == ()


# --- hints ---------------------------------------------------------------------------------------


def test_hints_are_closed_until_they_are_opened_one_by_one():
    trainee = Trainee().sits_down()
    closed = panel_of(Level.ALONE, trainee).hints
    one = panel_of(Level.ALONE, trainee, opened(("3", 1))).hints

    assert [hint.text for hint in closed] == [None, None, None]
    assert [hint.openable for hint in closed] == [True, False, False]
    assert one[0].text is not None
    assert [hint.openable for hint in one] == [False, True, False]


def test_the_third_rung_is_the_step_itself():
    trainee = Trainee().sits_down()
    last = panel_of(Level.ALONE, trainee, opened(("3", 1), ("3", 2), ("3", 3))).hints[2]

    assert last.text == trainee.pack.step(3).do


@pytest.mark.parametrize("level", [Level.TWO_TROUBLES, Level.EXAM, Level.REFRESHER])
def test_no_hints_where_one_is_on_ones_own(level):
    assert panel_of(level, Trainee().sits_down()).hints == ()


def test_two_runs_that_look_alike_get_the_same_hints_whatever_lies_hidden():
    sound, failing = (Trainee().sits_down().opens_cbtsync() for _ in range(2))
    sound.does(c.StartPatch()).wait(5 * 60_000)
    failing.does(c.StartPatch(hazard=FAILS)).wait(5 * 60_000)
    every = opened(*((str(step), rung) for step in (5, 6) for rung in (1, 2, 3)))

    # The sound one has reached its version and the other has not, but nobody has looked.
    assert panel_of(Level.ONE_TROUBLE, failing, every).position.step == 5
    for trainee in (sound, failing):
        said = " ".join(h.text.id for h in panel_of(Level.ONE_TROUBLE, trainee, every).hints)
        assert "gagal" not in said
        assert "service" not in said.casefold()


# --- questions -----------------------------------------------------------------------------------


def asked(run, training: Training | None = None, level: Level = Level.GUIDED):
    return panel_of(level, run, training).question


def test_the_first_pause_comes_before_submit_and_only_where_one_is_guided():
    trainee = Trainee().sits_down().opens_cbtsync().patches()

    assert asked(trainee).id == "jeda-1"
    assert asked(trainee, level=Level.ALONE) is None


def test_a_question_that_was_answered_rightly_does_not_come_back():
    trainee = Trainee().sits_down().opens_cbtsync().patches()
    right = e.Answered(at_ms=1, question="jeda-1", answers=(), wrong=())

    assert asked(trainee, evolve(Training(), right)) is None


def test_a_wrong_answer_is_shown_with_what_was_wrong():
    trainee = Trainee().sits_down().opens_cbtsync().patches()
    tried = e.Answered(at_ms=1, question="jeda-1", answers=("x", "5.1.0"), wrong=("machine-label",))

    again = asked(trainee, evolve(Training(), tried))
    assert (again.answers, again.wrong) == (("x", "5.1.0"), ("machine-label",))


def checked(name: str, answers: tuple[str, ...], run: Trainee) -> tuple[str, ...]:
    return check(BOOKS.coach.question(name), answers, run.station)


def test_answers_are_compared_with_the_screens():
    trainee = Trainee().sits_down().opens_cbtsync().patches()

    assert checked("jeda-1", (" srv-01", "5.1.0", "-aaa"), trainee) == ()
    assert checked("jeda-1", ("SRV-02", "5.0.4"), trainee) == (
        "machine-label",
        "version",
        "id-tail",
    )


def test_at_the_laptop_the_laptops_label_is_the_one_to_read():
    trainee = Trainee().sits_down(LAPTOP)

    assert "machine-label" in checked("jeda-1", ("SRV-01",), trainee)
    assert "machine-label" not in checked("jeda-1", ("Laptop Bu Rina",), trainee)


def test_the_status_word_is_the_one_that_was_seen():
    assert checked("status", ("Aktif",), Trainee().gets_to_dashboard()) == ()
    assert checked("status", ("StandBy",), Trainee().gets_to_dashboard()) == ("status-word",)


def test_a_backup_is_safe_once_it_lies_whole_in_the_folder():
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup").does(c.StartBackup())
    trainee.wait(10 * 60_000)

    assert checked("jeda-2", ("old", "yes"), trainee) == ("backup-safe",)
    assert checked("jeda-2", ("old", "yes"), trainee.downloads()) == ()


def test_the_last_pause_asks_for_what_stands_on_the_screens():
    trainee = Trainee().gets_synced().checks_lists()

    assert asked(trainee).id == "jeda-3"
    assert checked("jeda-3", ("9", "36", "yes"), trainee) == ()
    assert checked("jeda-3", ("9", "33", "no"), trainee) == ("participants", "tests-visible")


# --- the guard -----------------------------------------------------------------------------------


def test_a_forbidden_act_first_meets_its_question_where_one_is_guided():
    station = Trainee().gets_synced().station

    assert guard_for(Level.GUIDED, station, c.AskDelete()) == "K2"
    assert guard_for(Level.GUIDED, station, c.StartDelete()) == "K2"
    assert guard_for(Level.GUIDED, station, c.SubmitId(server_id=OTHER_ID)) == "K1"


@pytest.mark.parametrize("level", [Level.FIRST_TRY, Level.ALONE, Level.CONSEQUENCES, Level.EXAM])
def test_elsewhere_it_is_done_as_the_real_one_would(level):
    station = Trainee().gets_synced().station

    assert guard_for(level, station, c.AskDelete()) is None


def test_the_same_buttons_are_free_where_the_procedure_wants_them():
    station = Trainee().gets_to_dashboard().backs_up().station

    assert guard_for(Level.GUIDED, station, c.AskDelete()) is None
    assert guard_for(Level.GUIDED, station, c.SubmitId(server_id=OWN_ID)) is None
    synced = Trainee().gets_synced().station
    assert guard_for(Level.GUIDED, synced, c.SubmitId(server_id=OWN_ID)) is None
    assert guard_for(Level.GUIDED, synced, c.SubmitId(server_id=UNKNOWN_ID)) is None


def test_the_confirmation_of_a_question_that_was_let_through_is_not_asked_again():
    trainee = Trainee().gets_synced().does(c.AskDelete())

    assert guard_for(Level.GUIDED, trainee.station, c.StartDelete()) is None


def test_one_consequence_of_three_is_right():
    for guard in BOOKS.coach.guards:
        right = [one for one in guard.choices if guard_right(BOOKS.coach, guard.code, one.choice)]
        assert len(right) == 1


# --- feedback ------------------------------------------------------------------------------------


def test_feedback_names_the_act_the_step_the_consequence_and_where_to_try_again():
    trainee = Trainee(condition=Condition.SYNCED).sits_down().submits(OTHER_ID)
    said = panel_of(Level.CONSEQUENCES, trainee).feedback
    submitted = next(m for m in reading_of(trainee).course.moments if m.event.at_ms == said.at_ms)

    assert (said.code, said.step) == ("K1", 9)
    assert said.official.id.startswith("DILARANG DENGAN KERAS MENGGANTI ID SERVER")
    assert said.consequence == BOOKS.violations["K1"].monday
    assert said.retry_seq < submitted.seq + 3


def test_feedback_waits_for_the_debrief_where_the_level_says_so():
    trainee = Trainee(condition=Condition.SYNCED).sits_down().submits(OTHER_ID)

    assert panel_of(Level.ONE_TROUBLE, trainee).feedback is None
    assert panel_of(Level.EXAM, trainee).feedback is None


def test_feedback_goes_when_the_trainee_has_gone_on():
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(UNKNOWN_ID)
    assert panel_of(Level.GUIDED, trainee).feedback.code == "R4"

    trainee.submits().backs_up().deletes()
    assert panel_of(Level.GUIDED, trainee).feedback is None


def test_time_is_counted_from_the_start_of_the_story():
    trainee = Trainee().sits_down()

    assert panel_of(Level.GUIDED, trainee, waited_ms=90_000).elapsed_ms == 90_000
