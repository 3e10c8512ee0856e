"""What faults cost that are armed and do not strike: nothing that a poll should feel."""

from statistics import median

from benchmarks.alone import TOKEN, call_us, syncing
from benchmarks.figures import Chapter, Figure
from benchmarks.host import hosting
from benchmarks.load import Tally, volley
from benchmarks.scale import Scale
from benchmarks.steering import Document, Steering, poll_of
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app

CONNECTIONS = 4
COST_MAX_US = 5
ELSEWHERE = (
    "patch.start", "id.submit", "backup.start", "delete.start", "portal.ids", "participants.list",
    "tests.list", "report.submit",
)  # fmt: skip
MANY = len(ELSEWHERE)


def armed_elsewhere(count: int) -> list[Document]:
    """Return faults that wait for operations which the poll is not."""
    return [
        {"id": f"f{n}", "fault": "http.status", "on": op, "when": {"sticky": True}}
        for n, op in enumerate(ELSEWHERE[:count], 1)
    ]


def armed_for_later(count: int) -> list[Document]:
    """Return faults that wait for the polled operation, and whose time does not come today."""
    when = {"from": "+23h", "until": "+24h"}
    return [
        {"id": f"f{n}", "fault": "http.status", "on": "sync.status", "when": when}
        for n in range(1, count + 1)
    ]


PLANS: dict[str, list[Document]] = {
    "none": [],
    "one": armed_elsewhere(1),
    "many": armed_elsewhere(MANY),
    "later": armed_for_later(MANY),
}


def measured(scale: Scale) -> Chapter:
    with hosting() as host:
        with host.steering() as steering:
            names = {plan: _begin(steering, faults) for plan, faults in PLANS.items()}
        asks = {plan: [[poll_of(name)]] * CONNECTIONS for plan, name in names.items()}
        for each in asks.values():
            volley(host.port, each, each=10)
        rounds = [
            {
                plan: volley(host.port, each, seconds=scale.seconds / 3)
                for plan, each in asks.items()
            }
            for _ in range(3 * scale.rounds)
        ]
        with host.steering() as steering:
            struck = sum(_hits(steering, name) for name in names.values())
    return Chapter(
        name="silent",
        title="Faults that are armed and do not strike",
        method=(
            "four rehearsals on one server, memory store, a sync running in each: without a fault, "
            f"with 1 and with {MANY} that wait for other operations, and with {MANY} that wait for "
            f"the polled one until tomorrow. Polls of each in turn at {CONNECTIONS} connections, "
            f"{3 * scale.rounds} rounds of {scale.seconds / 3:g} s; a ratio is the rounds' median "
            "ratio. While one waits for the polled operation, its polls take the way of commands: "
            "through Flask and the engine, where it is decided whether a fault strikes. A cost "
            "is what a plan adds to a call of the application without a server, medians in turn."
        ),
        figures=_figures(rounds, struck, scale),
    )


def _begin(steering: Steering, faults: list[Document]) -> str:
    name = steering.syncing()
    for fault in faults:
        steering.call("POST", f"/control/v1/rehearsals/{name}/faults", fault)
    return name


def _hits(steering: Steering, name: str) -> int:
    told = steering.call("GET", f"/control/v1/rehearsals/{name}/faults")["faults"]
    return sum(int(one["hits"]) for one in told)


def _figures(rounds: list[dict[str, Tally]], struck: int, scale: Scale) -> list[Figure]:
    def to_none(plan: str) -> float:
        return median(each[plan].per_s / each["none"].per_s for each in rounds)

    whats = {
        "one": "1 armed elsewhere",
        "many": f"{MANY} armed elsewhere",
        "later": f"{MANY} armed on the polled operation, for later",
    }
    figures = [
        Figure(
            name=f"silent-{plan}",
            what=f"polls/s, {what}, to none",
            value=to_none(plan),
            unit="x",
            at_least=None if plan == "later" else 0.95,
        )
        for plan, what in whats.items()
    ]
    costs = [
        Figure(
            name=f"silent-{plan}-cost",
            what=f"cost a poll, {whats[plan]}",
            value=us,
            unit="us",
            at_most=None if plan == "later" else COST_MAX_US,
        )
        for plan, us in _costs_us(scale).items()
    ]
    failed = sum(tally.failed for each in rounds for tally in each.values())
    return [
        *figures,
        *costs,
        Figure(name="silent-struck", what="faults that struck", value=struck, at_most=0),
        Figure(name="silent-failed", what="failed", value=failed, at_most=0),
    ]


def _costs_us(scale: Scale) -> dict[str, float]:
    """Return what each plan adds to a poll of the application alone."""
    app = create_app(store=MemoryEventStore(), token=TOKEN).wsgi_app
    paths = {plan: f"{syncing(app, faults)}api/sync" for plan, faults in PLANS.items()}
    rounds = [
        {plan: call_us(app, path, scale.calls) for plan, path in paths.items()}
        for _ in range(3 * scale.rounds)
    ]
    added = {plan: [each[plan] - each["none"] for each in rounds] for plan in PLANS}
    return {plan: median(us) for plan, us in added.items() if plan != "none"}
