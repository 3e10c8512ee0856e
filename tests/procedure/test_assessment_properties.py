"""What holds of every assessment, whatever somebody did: found for good, and never by looking."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain import commands as c
from mock_server.domain.events import Event, ScreenSeen
from mock_server.domain.hazards import At, Hazard, SyncHazard
from mock_server.domain.refusals import Refusal
from mock_server.domain.truth import truth
from mock_server.procedure.assessment import Assessment, assess
from mock_server.procedure.texts import Severity
from tests.procedure import traces
from tests.procedure.traces import (
    LAPTOP,
    MINUTE_MS,
    OTHER_ID,
    OWN_ID,
    SERVER,
    UNBK,
    UNKNOWN_ID,
    Trainee,
    numbered,
)

TRACES: tuple[Callable[[], list[Event]], ...] = (
    traces.nominal, traces.refresh_forgotten, traces.hapus_before_backup,
    traces.hapus_after_green, traces.hapus_after_green_then_declared, traces.hapus_cancelled,
    traces.id_changed_after_sync, traces.id_mistyped, traces.other_id_corrected,
    traces.synced_on_laptop, traces.standby_postponed, traces.standby_started_anyway,
    traces.partial_repeated, traces.partial_declared_done, traces.patch_recovered,
    traces.patch_retried_blindly, traces.participants_not_checked,
)  # fmt: skip
JOURNALS = {trace.__name__: tuple(trace()) for trace in TRACES}

SCREENS = (
    "desk", "patch", "service", "dashboard", "backup", "delete", "overlay", "sync",
    "participants", "tests", "portal-ids", "portal-schedule", "portal-registration",
)  # fmt: skip
BUTTONS: tuple[c.AnyCommand, ...] = (
    c.UseMachine(machine=SERVER), c.UseMachine(machine=LAPTOP),
    c.OpenExambro(version=UNBK.values.exambro_version), c.OpenCbtsync(), c.CloseCbtsync(),
    c.StartService(), c.RefreshService(), c.StartPatch(), c.StartPatch(hazard=traces.FAILS),
    c.DraftId(server_id=OTHER_ID), c.LeaveIdForm(),
    c.SubmitId(server_id=OWN_ID), c.SubmitId(server_id=OTHER_ID), c.SubmitId(server_id=UNKNOWN_ID),
    *(c.OpenMenu(menu=menu.menu) for menu in UNBK.menus),
    c.StartBackup(), c.StartBackup(hazard=Hazard(no_link=True)),
    c.AskDelete(), c.CancelDelete(), c.StartDelete(), c.StartDelete(hazard=Hazard(left_rows=3)),
    c.RefreshStatus(), c.CloseStatus(), c.StartSync(),
    c.StartSync(hazard=SyncHazard(drop=At(data=7, permille=500))),
    c.StartSync(hazard=SyncHazard(crash=At(data=2, permille=500))),
    c.StartSync(hazard=SyncHazard(participants_missing=2)),
    *(c.Look(screen=screen) for screen in SCREENS),
)  # fmt: skip
# The blocks, so that random runs also get as far as the end.
BLOCKS: tuple[Callable[[Trainee], Trainee], ...] = (
    Trainee.sits_down, Trainee.opens_cbtsync, Trainee.patches, Trainee.submits, Trainee.backs_up,
    Trainee.deletes, Trainee.refreshes_status, Trainee.starts_sync, Trainee.waits_for_sync,
    Trainee.checks_lists, Trainee.restarts_service, Trainee.downloads,
)  # fmt: skip
ACTS = st.one_of(
    st.sampled_from(BUTTONS),
    st.sampled_from(BLOCKS),
    st.sampled_from((0, 1, MINUTE_MS, 5 * MINUTE_MS, 40 * MINUTE_MS)),
    st.sampled_from(("ready", "postpone", "claims-all")),
)


def clicks(acts: list[object], *, from_step: int) -> Trainee:
    """Somebody who begins by the procedure and then presses whatever comes to hand."""
    trainee = Trainee()
    for block in BLOCKS[:from_step]:
        block(trainee)
    for act in acts:
        try:
            does(trainee, act)
        except Refusal:
            continue
    return trainee


def does(trainee: Trainee, act: object) -> None:
    seated = bool(trainee.station.here)
    if isinstance(act, int):
        trainee.wait(act)
    elif isinstance(act, c.Command):
        presses(trainee, act)
    elif isinstance(act, str) and seated:
        trainee.claims_all() if act == "claims-all" else trainee.reports(act)
    elif callable(act) and (seated or act is Trainee.sits_down):
        act(trainee)


def presses(trainee: Trainee, command: c.AnyCommand) -> None:
    before = len(trainee.journal)
    try:
        trainee.does(command)
    except Refusal:
        assert len(trainee.journal) == before
        trainee.tries(command)


random_runs = given(
    acts=st.lists(ACTS, max_size=25), from_step=st.integers(min_value=0, max_value=10)
)


def grave(assessment: Assessment) -> Counter[str]:
    """How often each critical or major code was found."""
    return Counter(
        finding.code
        for finding in assessment.findings
        if finding.severity in (Severity.CRITICAL, Severity.MAJOR)
    )


@given(
    name=st.sampled_from(sorted(JOURNALS)),
    place=st.floats(min_value=0, max_value=1),
    screen=st.sampled_from(SCREENS),
    word=st.sampled_from(("", "closed", "active", "complete", "failed 5.0.4", "succeeded 5.1.0")),
    count=st.integers(min_value=-1, max_value=40),
)
def test_one_more_look_never_adds_a_grave_finding(
    name: str, place: float, screen: str, word: str, count: int
) -> None:
    journal = JOURNALS[name]
    index = 1 + round(place * (len(journal) - 1))
    look = ScreenSeen(at_ms=journal[index - 1].at_ms, screen=screen, word=word, count=count)
    looked = [*journal[:index], look, *journal[index:]]

    assert grave(assess(numbered(looked), UNBK)) <= grave(assess(numbered([*journal]), UNBK))


@pytest.mark.parametrize("name", sorted(JOURNALS))
def test_what_a_beginning_shows_is_what_the_whole_shows_of_it(name: str) -> None:
    journal = numbered([*JOURNALS[name]])
    whole = assess(journal, UNBK).findings

    for length in range(1, len(journal) + 1):
        part = assess(journal[:length], UNBK).findings
        assert part == tuple(finding for finding in whole if finding.seq <= length)


@random_runs
def test_whatever_is_pressed_found_once_stays_found(acts: list[object], from_step: int) -> None:
    journal = numbered(clicks(acts, from_step=from_step).journal)
    whole = assess(journal, UNBK).findings
    half = len(journal) // 2 + 1

    assert assess(journal[:half], UNBK).findings == tuple(one for one in whole if one.seq <= half)


@random_runs
def test_whatever_is_pressed_nothing_passes_as_ready_that_is_not(
    acts: list[object], from_step: int
) -> None:
    trainee = clicks(acts, from_step=from_step)
    assessment = assess(numbered(trainee.journal), UNBK)

    if assessment.outcome == "ready":
        assert truth(trainee.station).ready
    if assessment.passed:
        assert assessment.outcome in ("ready", "postponed")
        assert not any(finding.gates for finding in assessment.findings)


@random_runs
def test_whatever_is_pressed_credits_stay_within_the_weights(
    acts: list[object], from_step: int
) -> None:
    assessment = assess(numbered(clicks(acts, from_step=from_step).journal), UNBK)

    assert 0 <= assessment.process_permille <= 1000
    assert [one.step for one in assessment.steps] == [step.number for step in UNBK.all_steps]
    allowed = {None, 0, UNBK.gates.repaired_credit_permille, 1000}
    assert {one.credit_permille for one in assessment.steps} <= allowed
