"""The control plane: who may, rehearsals, clock, faults, journal, verdicts; and its problems."""

import json

import pytest

from mock_server.journal import decode
from mock_server.web.control_v1.access import is_loopback
from mock_server.web.control_v1.routes import PREFIX, ROUTES
from tests.web.visitor import BEARER, HOUR, MINUTE, TOKEN, Simulator, begin, shared, story

PROBLEM = {"type", "title", "status", "detail", "instance", "errors"}


def problem(answer, status: int, kind: str) -> dict:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json.keys() == PROBLEM
    assert answer.json["status"] == status
    assert answer.json["type"] == f"urn:cbtsync:problem:{kind}"
    return answer.json


def filled(path: str, name: str) -> str:
    return (
        (PREFIX + path)
        .replace("<name>", name)
        .replace("<fault_id>", "f1")
        .replace("<scenario_id>", "normal")
    )


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ROUTES, ids=[f"{r.method} {r.path}" for r in ROUTES])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer \xff"},
    ],
    ids=["none", "wrong", "basic", "bare", "not ASCII"],
)
def test_nothing_is_done_without_the_token(route, headers):
    answer = shared().http.open(filled(route.path, "x"), method=route.method, headers=headers)

    problem(answer, 401, "unauthorised")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_path_tells_nobody_without_the_token_that_it_is_unknown():
    problem(shared().http.get("/control/v1/nothing"), 401, "unauthorised")
    problem(shared().control("nothing"), 404, "not-found")
    problem(shared().http.get("/control", headers=BEARER), 404, "not-found")


def test_other_machines_are_refused_even_with_the_token():
    elsewhere = {"REMOTE_ADDR": "192.168.0.7"}

    answer = shared().http.get(
        "/control/v1/rehearsals", headers=BEARER, environ_overrides=elsewhere
    )

    problem(answer, 403, "not-from-here")


def test_other_machines_are_served_if_that_was_asked_for():
    open_to_all = Simulator(lan_control=True)

    answer = open_to_all.http.get(
        "/control/v1/rehearsals",
        headers=BEARER,
        environ_overrides={"REMOTE_ADDR": "192.168.0.7"},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        (None, True),
        ("192.168.0.1", False),
        ("::ffff:192.168.0.1", False),
        ("rubbish", False),
    ],
)
def test_this_machine_is_known_by_its_addresses(address, here):
    assert is_loopback(address) is here


# --- rehearsals -----------------------------------------------------------------------------------


def test_a_rehearsal_of_a_scenario_says_all_that_a_runner_needs():
    simulator = Simulator()
    asked = {
        "scenario": "partial-sync",
        "seed": 7,
        "clock": {"mode": "running", "speed": 60},
        "label": "kursi 07",
    }

    made = simulator.control("rehearsals", asked)

    assert (made.status_code, made.headers["Location"]) == (
        201,
        "/control/v1/rehearsals/rehearsal-1",
    )
    assert made.json == simulator.control("rehearsals/rehearsal-1").json
    assert simulator.control("rehearsals").json == {"rehearsals": [made.json]}
    assert made.json["url"] == "/r/rehearsal-1/"
    assert (made.json["seed"], made.json["label"]) == (7, "kursi 07")
    assert made.json["procedure"] == "unbk-2017"
    assert (made.json["clock"]["mode"], made.json["clock"]["speed"]) == ("running", 60)
    assert made.json["expect"] == {
        "ending": "ready",
        "truth": {"datasets_complete": 9, "participants": 36, "tests_visible": True},
        "violations": [],
        "within_ms": made.json["expect"]["within_ms"],
    }


def test_without_a_clock_the_scenarios_own_is_taken():
    made = shared().control("rehearsals", {"scenario": "normal"}).json

    assert (made["clock"]["mode"], made["clock"]["speed"]) == ("running", 10)


def test_a_document_is_a_scenario_of_ones_own_and_stays_known():
    simulator = Simulator()
    expect = {"ending": "postponed", "violations": ["R1"], "within": "2h"}

    made = simulator.control("rehearsals", {"document": story(expect=expect)})
    again = simulator.control(f"rehearsals/{made.json['name']}")

    assert again.json["scenario"] == "made-up"
    assert again.json["expect"]["ending"] == "postponed"
    assert again.json["expect"]["within_ms"] == 2 * HOUR


def test_the_same_scenario_and_seed_give_the_same_people_and_another_seed_others():
    def own_ids(seed: int) -> str:
        simulator = Simulator()
        name = simulator.control("rehearsals", {"scenario": "normal", "seed": seed}).json["name"]
        return simulator.http.get(f"/r/{name}/api/portal/ids").json["servers"][0]["server_id"]

    assert own_ids(1) == own_ids(1) != own_ids(2)


@pytest.mark.parametrize(
    ("body", "pointer", "allowed"),
    [
        ({}, "", "exactly one"),
        ({"scenario": "normal", "document": {}}, "", "exactly one"),
        ({"scenario": "normall"}, "/scenario", "normal"),
        ({"scenario": "../../etc/passwd"}, "/scenario", "normal"),
        ({"scenario": "scenarios/normal.yaml"}, "/scenario", "normal"),
        ({"scenario": "normal", "seed": -1}, "/seed", ""),
        ({"scenario": "normal", "seed": 2**32}, "/seed", ""),
        ({"scenario": "normal", "clock": {"mode": "fast"}}, "/clock/mode", ""),
        ({"scenario": "normal", "clock": {"mode": "running", "speed": 0}}, "/clock/speed", ""),
        ({"scenario": "normal", "label": "x" * 121}, "/label", ""),
        ({"scenario": "normal", "clok": {}}, "/clok", "scenario, document, seed, clock, label"),
        ({"document": {}}, "/document/schema", ""),
        ({"document": story(levl="L3")}, "/document/levl", "level"),
        ({"document": story(faults=[{"fault": "sync.dropp"}])}, "/document/faults/0/fault", ""),
        (
            {"document": story(faults=[{"fault": "sync.drops", "with": {"data": 99}}])},
            "/document/faults/0/with/data",
            "9",
        ),
    ],
)
def test_a_bad_creation_points_at_the_field_and_says_what_is_allowed(body, pointer, allowed):
    found = problem(shared().control("rehearsals", body), 422, "invalid")

    errors = {error["pointer"]: error for error in found["errors"]}
    assert pointer in errors
    assert allowed in errors[pointer]["allowed"]


def test_all_that_is_wrong_with_a_document_is_said_at_once():
    body = {"document": story(levl="L3", seed="x")}

    found = problem(shared().control("rehearsals", body), 422, "invalid")

    assert {error["pointer"] for error in found["errors"]} >= {"/document/levl", "/document/seed"}


def test_a_deleted_rehearsal_is_gone_on_both_planes():
    visitor = begin()

    assert visitor.control("", method="DELETE").status_code == 204
    problem(visitor.control("", method="DELETE"), 404, "not-found")
    assert visitor.get("desk").status_code == 404


def test_a_reset_goes_back_to_the_first_instant_under_the_same_name():
    visitor = begin("active").sit_down()
    first = visitor.control("").json["events"]
    visitor.post("backup/start")
    visitor.wait(HOUR)

    answer = visitor.control("reset", {})

    assert (answer.status_code, answer.json["name"]) == (200, visitor.name)
    assert answer.json["events"] < first
    assert answer.json["clock"]["now"] == "2017-04-08T08:05:00.000+07:00"
    assert visitor.heard() == []
    assert visitor.get("desk").json["machine"] is None


def test_a_fork_has_the_same_past_and_a_future_of_its_own():
    visitor = begin("active").sit_down()
    events = visitor.control("").json["events"]
    visitor.post("backup/start")

    made = visitor.control("fork", {"at": events, "label": "twin"})
    twin = made.json

    assert (made.status_code, twin["parent"], twin["label"]) == (201, visitor.name, "twin")
    assert made.headers["Location"] == f"/control/v1/rehearsals/{twin['name']}"
    assert twin["events"] == events
    phases = [
        shared().http.get(f"/r/{name}/api/backup").json["phase"]
        for name in (visitor.name, twin["name"])
    ]
    assert phases == ["running", "none"]


def test_a_fork_beyond_the_end_is_refused():
    visitor = begin()

    found = problem(visitor.control("fork", {"at": 999}), 422, "invalid")

    assert found["errors"][0]["pointer"] == "/at"
    assert found["errors"][0]["allowed"] == "1 to 2"


ONE = [route for route in ROUTES if "<name>" in route.path]
BODIES = {
    "advance_clock": {"by_ms": 1},
    "arm_fault": {"fault": "tests.missing"},
    "rewind_rehearsal": {"at": 2},
    "verify": {"match": {"type": "backup-started"}},
}


@pytest.mark.parametrize("route", ONE, ids=[f"{r.method} {r.path}" for r in ONE])
def test_a_rehearsal_that_does_not_exist_is_not_found(route):
    body = BODIES.get(route.name, {}) if route.method == "POST" else None
    path = filled(route.path, "nobody").removeprefix(PREFIX)

    found = problem(shared().control(path, body, method=route.method), 404, "not-found")

    assert "nobody" in found["detail"]


@pytest.mark.parametrize("route", ROUTES, ids=[f"{r.method} {r.path}" for r in ROUTES])
def test_a_wrong_method_is_refused_and_the_right_ones_are_named(route):
    path = filled(route.path, "x").removeprefix(PREFIX)

    answer = shared().control(path, method="PATCH")

    problem(answer, 405, "method")
    assert route.method in answer.headers["Allow"]


# --- the clock ------------------------------------------------------------------------------------


def test_the_clock_moves_when_told_and_what_fell_due_bears_its_own_instant():
    visitor = begin("active").sit_down()
    started = visitor.post("backup/start").json["now_ms"]

    moved = visitor.control("clock/advance", {"by_ms": 10 * HOUR}).json

    assert moved["now_ms"] == started + 10 * HOUR
    assert visitor.events("backup-finished")[0]["at_ms"] == started + 2 * MINUTE


def test_the_clock_can_be_sent_to_an_instant():
    visitor = begin()
    target = visitor.control("clock").json["now_ms"] + 5

    assert visitor.control("clock/advance", {"to_ms": target}).json["now_ms"] == target


def test_a_frozen_clock_does_not_move_and_no_clock_goes_back():
    visitor = begin()
    now_ms = visitor.control("clock").json["now_ms"]

    back = problem(visitor.control("clock/advance", {"to_ms": now_ms - 1}), 409, "clock")
    visitor.control("clock/freeze", {})
    frozen = problem(visitor.control("clock/advance", {"by_ms": 1}), 409, "clock")

    assert back["errors"][0]["pointer"] == "/to_ms"
    assert "frozen" in frozen["detail"]
    assert visitor.control("clock").json["now_ms"] == now_ms


def test_a_running_clock_runs_so_many_times_as_fast_as_real_time():
    simulator = Simulator()
    visitor = simulator.begin(mode="frozen")
    before = visitor.control("clock/run", {"speed": 60}).json

    simulator.time.ms += 1_000

    assert before["mode"] == "running"
    assert visitor.control("clock").json["now_ms"] == before["now_ms"] + 60_000
    assert visitor.control("clock/manual", {}).json["mode"] == "manual"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"by_ms": 1, "to_ms": 1}, ""),
        ({"by_ms": -1}, "/by_ms"),
        ({"by_ms": 1.5}, "/by_ms"),
        ({"by_ms": 10**12}, "/by_ms"),
        ({"to_ms": 10**18}, "/to_ms"),
    ],
)
def test_a_bad_advance_points_at_the_field(body, pointer):
    found = problem(begin().control("clock/advance", body), 422, "invalid")

    assert found["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("speed", [0, -1, 1001, 1.5, "10", True])
def test_a_bad_speed_is_refused(speed):
    problem(begin().control("clock/run", {"speed": speed}), 422, "invalid")


# --- faults ---------------------------------------------------------------------------------------


def test_a_fault_is_armed_strikes_and_is_disarmed():
    visitor = begin("ready-to-sync").sit_down()

    armed = visitor.control("faults", {"fault": "sync.drops", "with": {"data": 7, "at": "60%"}})
    assert (armed.status_code, armed.headers["Location"]) == (
        201,
        f"/control/v1/rehearsals/{visitor.name}/faults/f1",
    )
    assert (armed.json["id"], armed.json["armed"], armed.json["hits"]) == ("f1", True, 0)
    assert armed.json["values"] == {"data": 7, "at_permille": 600}

    before = visitor.control("faults/f1/explain").json
    visitor.post("sync/start")
    struck = visitor.control("faults/f1/explain").json

    assert before["reason"] == "OPERATION_DIFFERS"
    assert (struck["hits"], struck["reason"]) == (1, "COUNT_SPENT")
    assert visitor.control("faults/f1", method="DELETE").status_code == 204
    assert visitor.control("faults/f1/explain").json["reason"] == "DISARMED"
    problem(visitor.control("faults/f1", method="DELETE"), 409, "state")
    assert [one["id"] for one in visitor.control("faults").json["faults"]] == ["f1"]


def test_ids_are_counted_unless_one_is_given_and_none_is_armed_twice():
    visitor = begin()

    ids = [
        visitor.control("faults", body).json["id"]
        for body in (
            {"fault": "tests.missing", "id": "f2"},
            {"fault": "sync.short"},
            {"fault": "sync.slow", "id": "mine"},
        )
    ]
    found = problem(visitor.control("faults", {"fault": "sync.slow", "id": "mine"}), 422, "invalid")

    assert ids == ["f2", "f3", "mine"]
    assert found["errors"][0]["pointer"] == "/id"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/fault"),
        ({"fault": "sync.dropz"}, "/fault"),
        ({"fault": "net.reset", "on": "sync.start"}, "/fault"),
        ({"fault": "http.status"}, "/on"),
        ({"fault": "http.status", "on": "sync.begin"}, "/on"),
        ({"fault": "sync.drops", "on": "sync.start"}, "/on"),
        ({"fault": "sync.drops", "with": {"data": 0}}, "/with/data"),
        ({"fault": "sync.drops", "with": {"at": "160%"}}, "/with/at"),
        ({"fault": "sync.drops", "with": {"how": 1}}, "/with/how"),
        ({"fault": "sync.drops", "when": {"times": -1}}, "/when/times"),
        ({"fault": "sync.drops", "when": {"until": "soon"}}, "/when/until"),
        ({"fault": "sync.drops", "effect": "none"}, "/effect"),
        ({"fault": "sync.drops", "effect": "much"}, "/effect"),
        ({"fault": "sync.drops", "id": "no good"}, "/id"),
    ],
)
def test_a_bad_fault_points_at_the_field_and_says_what_is_allowed(body, pointer):
    found = problem(begin().control("faults", body), 422, "invalid")

    assert found["errors"][0]["pointer"] == pointer
    assert found["errors"][0]["allowed"]


def test_a_fault_that_was_never_armed_is_not_found():
    problem(begin().control("faults/f9/explain"), 404, "not-found")
    problem(begin().control("faults/f9", method="DELETE"), 404, "not-found")


def test_the_catalogue_of_faults_is_complete():
    kinds = shared().control("fault-kinds").json["kinds"]

    assert {kind["layer"] for kind in kinds} == {"domain", "http", "net"}
    carried_out = {kind["name"]: kind["carried_out"] for kind in kinds}
    assert (carried_out["net.late"], carried_out["net.refused"]) == (True, False)


# --- scenarios ------------------------------------------------------------------------------------


def test_scenarios_are_listed_with_what_a_class_needs_to_choose():
    listed = {one["id"]: one for one in shared().control("scenarios").json["scenarios"]}

    assert listed["normal"] == shared().control("scenarios/normal").json
    assert listed["normal"]["expect"]["ending"] == "ready"
    assert listed["normal"]["title"].keys() == {"id", "en"}
    problem(shared().control("scenarios/nothing"), 404, "not-found")


def test_a_file_that_is_not_sound_is_listed_as_broken_and_spoils_nothing(tmp_path):
    (tmp_path / "mine.yaml").write_text("schema: cbtsync-scenario/1\nid: mine\n", encoding="utf-8")
    simulator = Simulator(scenarios=tmp_path)

    listed = simulator.control("scenarios").json

    assert [one["id"] for one in listed["broken"]] == ["mine"]
    assert "title" in listed["broken"][0]["problem"]
    assert len(listed["scenarios"]) > 20
    found = problem(simulator.control("rehearsals", {"scenario": "mine"}), 422, "invalid")
    assert {error["pointer"] for error in found["errors"]} >= {"/scenario/title"}
    problem(simulator.control("scenarios/mine"), 422, "invalid")


def test_a_file_that_was_mended_is_read_again(tmp_path):
    path = tmp_path / "made-up.yaml"
    path.write_text("id: made-up\n", encoding="utf-8")
    simulator = Simulator(scenarios=tmp_path)
    assert simulator.control("scenarios").json["broken"]

    path.write_text(json.dumps(story()), encoding="utf-8")  # JSON is YAML

    assert simulator.control("scenarios").json["broken"] == []
    assert simulator.control("scenarios/made-up").status_code == 200


# --- journal, requests, verdicts ------------------------------------------------------------------


def test_the_journal_comes_page_by_page_without_a_gap():
    visitor = begin("active").sit_down()
    whole = visitor.control("journal").json
    assert (whole["next"], whole["dropped"]) == (None, 0)

    paged, after = [], 0
    while after is not None:
        page = visitor.control(f"journal?after={after}&limit=2").json
        paged += page["entries"]
        after = page["next"]

    assert paged == whole["entries"]
    assert [entry["seq"] for entry in paged] == list(range(1, len(paged) + 1))


def test_the_export_is_the_journal_one_entry_a_line():
    visitor = begin("active").sit_down()

    export = visitor.control("journal.jsonl")

    lines = export.data.splitlines()
    assert export.mimetype == "application/x-ndjson"
    assert [decode(line).seq for line in lines] == list(range(1, len(lines) + 1))
    assert [json.loads(line) for line in lines] == visitor.control("journal").json["entries"]


def test_no_journal_holds_a_name_of_a_rehearsal():
    visitor = begin("active").sit_down()

    assert visitor.name.encode() not in visitor.control("journal.jsonl").data


@pytest.mark.parametrize("query", ["after=-1", "limit=0", "limit=5001", "x=1", "after=x"])
def test_a_bad_page_is_refused(query):
    problem(begin().control(f"journal?{query}"), 422, "invalid")


def test_what_was_heard_counts_by_operation_and_holds_no_body():
    visitor = begin().sit_down()
    visitor.post("machine/use", {"machine": "SECRET"})
    visitor.get("patch")
    visitor.get("patch")

    entries = visitor.heard()

    assert [(one["op"], one["n"], one["status"]) for one in entries] == [
        ("machine.use", 1, 200),
        ("machine.use", 2, 422),
        ("patch.status", 1, 200),
        ("patch.status", 2, 200),
    ]
    assert "SECRET" not in json.dumps(entries)


def test_the_log_forgets_the_oldest_and_says_how_many():
    visitor = begin().sit_down()
    for _ in range(2_005):
        visitor.get("patch")

    log = visitor.control("requests").json

    assert (len(log["entries"]), log["dropped"]) == (2_000, 6)
    assert log["entries"][0]["seq"] == 7


def test_truth_and_report_are_told_apart():
    visitor = begin("ready-to-sync", faults=[{"fault": "sync.short"}]).sit_down()
    visitor.post("sync/start")
    visitor.wait(31 * MINUTE)

    both = visitor.control("state").json

    assert both["report"]["sync"]["done"] == 9
    assert both["truth"]["datasets_complete"] == 8
    assert visitor.control("state?view=truth").json["report"] is None
    assert visitor.control("state?view=report").json["truth"] is None
    problem(visitor.control("state?view=all"), 422, "invalid")
    assert "corrupt_bytes" not in json.dumps(both)


def test_reading_the_state_leaves_no_trace():
    visitor = begin("active").sit_down()
    events = visitor.control("").json["events"]

    for path in ("state", "assessment", "journal", "faults", "clock", "requests"):
        visitor.control(path)

    assert visitor.control("").json["events"] == events


def done() -> object:
    visitor = begin("active").sit_down()
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)
    visitor.get("backup/download")
    visitor.post("delete/start", {"answer": "yes"})
    visitor.wait(HOUR)
    return visitor


VERDICTS = [
    ({"match": {"type": "delete-finished"}}, "PASS", 1),
    ({"match": {"type": "delete-finished"}, "times": 1}, "PASS", 1),
    ({"match": {"type": "delete-finished"}, "times": 2}, "FAIL", 1),
    ({"match": {"type": "delete-finished"}, "times": {"max": 0}}, "FAIL", 1),
    ({"match": {"type": "sync-started"}, "times": 0}, "PASS", 0),
    ({"match": {"type": "sync-started"}}, "FAIL", 0),
    ({"match": {"op": "delete.start"}, "times": {"min": 1, "max": 1}}, "PASS", 1),
    ({"match": {"op": "sync.start"}}, "FAIL", 0),
    (
        {
            "match": {"type": "backup-finished"},
            "order": [{"type": "backup-downloaded"}, {"type": "delete-started"}],
        },
        "PASS",
        1,
    ),
    (
        {"match": {"type": "delete-started"}, "order": [{"type": "backup-started"}]},
        "FAIL",
        1,
    ),
    ({"match": {"type": "backup-finished"}, "within_ms": 2 * MINUTE}, "PASS", 1),
    ({"match": {"type": "backup-finished"}, "within_ms": 2 * MINUTE - 1}, "FAIL", 0),
]


@pytest.mark.parametrize(("asked", "verdict", "found"), VERDICTS)
def test_a_verdict_counts_orders_and_times(asked, verdict, found):
    answer = done().control("verify", asked)

    assert (answer.status_code, answer.json["verdict"]) == (200, verdict)
    assert answer.json["found"] == found
    if verdict == "FAIL":
        assert answer.json["why"]


def test_a_failing_verdict_shows_what_came_nearest():
    asked = {"match": {"type": "delete-failed"}}

    nearest = done().control("verify", asked).json["nearest"]

    assert [one["what"] for one in nearest] == ["delete-started", "delete-finished"]


def test_a_verdict_on_a_log_that_forgot_is_inconclusive():
    visitor = begin().sit_down()
    for _ in range(2_005):
        visitor.get("patch")

    def said(**asked: object) -> str:
        return visitor.control("verify", {"match": {"op": "machine.use"}, **asked}).json["verdict"]

    assert said() == "INCONCLUSIVE"
    assert said(times=0) == "INCONCLUSIVE"
    asked = {"match": {"op": "patch.status"}}
    assert visitor.control("verify", asked).json["verdict"] == "PASS"


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/match"),
        ({"match": {}}, "/match"),
        ({"match": {"op": "sync.start", "type": "sync-started"}}, "/match"),
        ({"match": {"op": "sync.begin"}}, "/match/op"),
        ({"match": {"type": "sync-begun"}}, "/match/type"),
        ({"match": {"op": "sync.start"}, "times": -1}, "/times"),
        ({"match": {"op": "sync.start"}, "order": [{"type": "sync-started"}]}, "/order"),
        ({"match": {"op": "sync.start"}, "order": [{"op": "x"}]}, "/order/0/op"),
        ({"match": {"op": "sync.start"}, "within_ms": -1}, "/within_ms"),
    ],
)
def test_a_question_that_cannot_be_answered_points_at_the_field(asked, pointer):
    found = problem(begin().control("verify", asked), 422, "invalid")

    assert found["errors"][0]["pointer"] == pointer


def test_health_and_description_need_no_token():
    assert shared().http.get("/healthz").json["status"] == "ok"
    assert shared().http.get("/openapi.json").json["openapi"] == "3.1.0"
    problem(shared().http.post("/healthz"), 405, "method")
