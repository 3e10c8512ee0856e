"""Every interlock: clear when all is well, else shut with a reason, and nothing leaves."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from client import calls, interlocks
from client.belief import Belief, Saved
from client.calls import Call
from client.courier import Ended
from client.interlocks import GUARDS, shut
from client.procedure import Procedure
from client.settings import Rules
from client.texts import Texts
from tests.client.fake_station import OWN_ID, FakeSender, FakeStation
from tests.client.support import RULES, runner_of, up_to

Change = Callable[[Belief], Belief]


@pytest.fixture(scope="module")
def beliefs(tmp_path_factory):
    """What is believed when each dangerous act is about to be sent, all being well."""
    found = {}

    def seen(number: int) -> Belief:
        folder = tmp_path_factory.mktemp("run")
        return up_to(number, FakeSender(FakeStation()), folder).belief

    found["machine.use"] = seen(2)
    found["id.submit"] = seen(8)
    found["delete.start"] = with_looks(seen(14))
    found["sync.start"] = closed_view(seen(17), tmp_path_factory.mktemp("run"))
    found["report.submit"] = seen(21)
    return found


def with_looks(belief: Belief) -> Belief:
    """Step 14 reads Status Download anew before it presses HAPUS."""
    return replace(belief, read_at={**belief.read_at, "Sync": belief.data_version})


def closed_view(belief: Belief, _folder) -> Belief:
    assert belief.overlay is not None
    return replace(belief, overlay=replace(belief.overlay, open=False))


def call_of(op: str, belief: Belief) -> Call:
    return {
        "machine.use": calls.use_machine("server"),
        "id.submit": calls.submit(OWN_ID),
        "delete.start": calls.delete("yes", belief.data_version),
        "sync.start": calls.start_sync(belief.data_version),
        "report.submit": calls.submit_report({"decision": "ready"}),
    }[op]


@pytest.mark.parametrize("op", [*GUARDS, "report.submit"])
def test_all_are_clear_when_all_is_well(op, beliefs):
    belief = beliefs[op]

    assert shut(belief, RULES, call_of(op, belief)) is None


def condition(word: str) -> Change:
    return lambda b: replace(b, status=replace(b.status, condition=word))


def overlay_row(**changes) -> Change:
    def change(b):
        first, *rest = b.overlay.rows
        return replace(b, overlay=replace(b.overlay, rows=(replace(first, **changes), *rest)))

    return change


def sync_row(**changes) -> Change:
    def change(b):
        first, *rest = b.sync.rows
        return replace(b, sync=replace(b.sync, rows=(replace(first, **changes), *rest)))

    return change


def page(name: str, **changes) -> Change:
    return lambda b: replace(b, **{name: replace(getattr(b, name), **changes)})


def without(name: str) -> Change:
    return lambda b: replace(b, **{name: None})


def unread(name: str) -> Change:
    return lambda b: replace(b, read_at={k: v for k, v in b.read_at.items() if k != name})


other_machine: Change = lambda b: replace(b, machine="laptop")  # noqa: E731

SHUT = [
    # the act, what is otherwise, why it is held
    ("id.submit", other_machine, "wrong_machine"),
    ("id.submit", page("patch", version="5.0.4"), "not_patched"),
    ("id.submit", without("patch"), "not_patched"),
    ("id.submit", lambda b: replace(b, synced_as="K1"), "id_is_fixed"),
    ("delete.start", other_machine, "wrong_machine"),
    ("delete.start", without("saved"), "no_backup"),
    ("delete.start", page("saved", data_version=0), "backup_is_old"),
    ("delete.start", page("sync", phase="stopped"), "synced_data"),
    ("delete.start", page("sync", phase="running"), "synced_data"),
    ("delete.start", page("sync", phase="complete"), "synced_data"),
    ("delete.start", sync_row(local=1), "synced_data"),
    ("delete.start", lambda b: replace(b, synced_as=OWN_ID), "synced_data"),
    ("delete.start", without("sync"), "sync_not_seen"),
    ("delete.start", unread("Sync"), "sync_not_seen"),
    ("delete.start", without("delete"), "delete_not_seen"),
    ("delete.start", page("delete", phase="done", left=0), "emptied"),
    ("sync.start", other_machine, "wrong_machine"),
    ("sync.start", page("patch", version="5.0.4"), "not_patched"),
    ("sync.start", page("dashboard", server_id="K1"), "other_id_shown"),
    ("sync.start", lambda b: replace(b, status=None), "other_id_shown"),
    ("sync.start", condition("closed"), "not_active"),
    ("sync.start", condition("mismatch"), "not_active"),
    ("sync.start", condition("no-line"), "not_active"),
    ("sync.start", condition("unknown-id"), "not_active"),
    ("sync.start", condition("licence"), "not_active"),
    ("sync.start", overlay_row(local=1), "old_data"),
    ("sync.start", without("overlay"), "initial_data_not_seen"),
    ("sync.start", unread("Overlay"), "initial_data_not_seen"),
    ("sync.start", unread("Sync"), "sync_not_seen"),
    ("sync.start", page("overlay", open=True), "view_open"),
    ("report.submit", other_machine, "wrong_machine"),
    ("report.submit", page("patch", version="5.0.4"), "not_patched"),
    ("report.submit", page("dashboard", server_id="K1"), "other_id_shown"),
    ("report.submit", page("sync", phase="stopped"), "not_complete"),
    ("report.submit", sync_row(local=9), "not_complete"),
    ("report.submit", overlay_row(local=9), "not_complete"),
    ("report.submit", without("listing"), "participants_not_seen"),
    ("report.submit", page("listing", rows=()), "participants_missing"),
    ("report.submit", without("tests"), "tests_not_seen"),
    ("report.submit", page("tests", tests=()), "tests_empty"),
]


@pytest.mark.parametrize(
    ("op", "change", "why"), SHUT, ids=[f"{op} {why} {n}" for n, (op, _, why) in enumerate(SHUT)]
)
def test_a_shut_interlock_sends_nothing_and_says_why(op, change, why, beliefs, tmp_path):
    belief = change(beliefs[op])
    sender = FakeSender(FakeStation())
    courier = runner_of(sender, tmp_path)._courier

    with pytest.raises(Ended) as ended:
        courier.act(belief, call_of(op, belief))

    stop = ended.value.stop
    assert stop.ending == "halted"
    assert stop.why.key.rsplit(".", 1)[1] == why
    assert Texts("id").say(stop.why)
    assert sender.calls == []


def test_no_laptop_is_ever_used(beliefs):
    reason = shut(beliefs["machine.use"], RULES, calls.use_machine("laptop"))

    assert reason is not None
    assert reason.key == "interlock.not_the_exam_server"


def test_only_the_id_of_this_machine_is_ever_submitted(beliefs):
    reason = shut(beliefs["id.submit"], RULES, calls.submit("K99990002"))

    assert reason is not None
    assert reason.key == "interlock.not_our_id"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda b: replace(b, synced_as=OWN_ID), "id_is_fixed"),
        (page("sync", phase="complete"), "id_is_fixed"),
        (page("sync", phase="running"), "id_is_fixed"),
        (lambda b: b, "not_our_id"),
        (without("sync"), "not_our_id"),
    ],
    ids=["seen complete", "complete", "running", "nothing synced", "nobody looked"],
)
def test_a_strange_id_is_held_by_the_gravest_reason_that_is_known_true(change, key, beliefs):
    """The strict prohibition of step 9 comes before the mere mix-up of step 8."""
    belief = change(beliefs["sync.start"])

    reason = shut(belief, RULES, calls.submit("K99990002"))

    assert reason is not None
    assert reason.key == f"interlock.{key}"


def test_a_machine_is_named_to_people_as_its_label_names_it(beliefs):
    reason = shut(beliefs["machine.use"], RULES, calls.use_machine("laptop"))
    labels = {one.id: one.label for one in beliefs["machine.use"].desk.machines}

    assert reason is not None
    assert reason.fields == {"machine": labels["laptop"]}
    assert labels["laptop"] != "laptop"


def test_asking_for_hapus_is_held_as_confirming_it_is(beliefs):
    belief = replace(beliefs["delete.start"], saved=None)

    reason = shut(belief, RULES, calls.delete("ask", belief.data_version))

    assert reason is not None
    assert reason.key == "interlock.no_backup"


def test_another_id_may_be_corrected_before_any_sync(beliefs):
    """Step 9 forbids it only on a machine that has synchronised."""
    ready = beliefs["sync.start"]
    shown = replace(ready, dashboard=replace(ready.dashboard, server_id="K99990002"))

    assert shut(shown, RULES, calls.submit(OWN_ID)) is None


@pytest.mark.parametrize(
    "change",
    [without("sync"), page("sync", phase="complete")],
    ids=["nobody looked", "it is complete"],
)
def test_in_doubt_a_machine_with_another_id_counts_as_synchronised(change, beliefs):
    ready = beliefs["sync.start"]
    shown = change(replace(ready, dashboard=replace(ready.dashboard, server_id="K99990002")))

    reason = shut(shown, RULES, calls.submit(OWN_ID))

    assert reason is not None
    assert reason.key == "interlock.id_is_fixed"


def test_our_own_unfinished_hapus_may_be_finished_with_the_same_backup(beliefs):
    belief = beliefs["delete.start"]
    version = belief.data_version + 2
    half = replace(
        belief,
        data_version=version,
        tally={**belief.tally, "delete.start:yes": 1},
        read_at={**belief.read_at, "Sync": version},
        delete=replace(belief.delete, phase="failed"),
    )

    assert shut(half, RULES, calls.delete("yes", version)) is None


def test_rows_of_this_very_sync_do_not_hold_its_resumption(beliefs):
    belief = overlay_row(local=7)(sync_row(local=7)(beliefs["sync.start"]))
    stopped = page("sync", phase="stopped")(belief)

    assert shut(stopped, RULES, calls.start_sync(belief.data_version)) is None


def test_old_rows_under_a_stopped_sync_hold_it(beliefs):
    belief = overlay_row(local=8)(sync_row(local=7)(beliefs["sync.start"]))
    stopped = page("sync", phase="stopped")(belief)

    reason = shut(stopped, RULES, calls.start_sync(belief.data_version))

    assert reason is not None
    assert (reason.key, reason.fields) == ("interlock.old_data", {"rows": 1})


def test_a_backup_of_a_name_only_is_no_backup():
    assert interlocks.backup_is_safe(Belief(), RULES, None) is not None
    saved = Saved(path="x", name="x", size_bytes=1, sha256="0", data_version=0)
    assert interlocks.backup_is_safe(Belief(saved=saved), RULES, None) is None


def test_postponing_is_never_held():
    call = calls.submit_report({"decision": "postpone"})

    assert shut(Belief(), RULES, call) is None


def test_how_many_data_sets_there_are_comes_from_the_procedure(beliefs):
    nine = Rules(procedure=Procedure(data_sets=9))

    reason = shut(beliefs["report.submit"], nine, call_of("report.submit", Belief()))

    assert reason is not None
    assert (reason.key, reason.fields) == ("interlock.not_complete", {"whole": 3, "total": 9})
