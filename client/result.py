"""How a run ended, as one value, and what a helpdesk would ask for. Pure."""

import msgspec

from client import counts
from client.belief import Belief, Saved
from client.calls import Value
from client.machines import own_id, own_machine
from client.report_form import wib
from client.runner import Recovery
from client.settings import Rules
from client.step import EXIT_CODES, Ending, Stop
from client.texts import Reason


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """``step`` is where the run ended; ``findings`` and ``needs`` are empty when it is ready."""

    ending: Ending
    step: int
    why: Reason
    come_back_ms: int | None
    findings: tuple[Reason, ...]
    needs: tuple[Reason, ...]
    form: dict[str, Value]
    filed: bool
    saved: Saved | None
    recoveries: tuple[Recovery, ...]
    began_ms: int
    now_ms: int
    requests: int
    belief: Belief

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.ending]


def findings(belief: Belief, rules: Rules) -> tuple[Reason, ...]:
    """Return what was found short or wrong, of the pages that were read."""
    if belief.sync is None or belief.sync.phase != "complete":
        return ()
    found = list(counts.sync_findings(belief, rules))
    if belief.listing is not None and belief.registration is not None:
        found += counts.participant_findings(belief, rules)
    if belief.tests is not None and belief.registration is not None:
        found += counts.listed_test_findings(belief, rules)
    return tuple(found)


def needs(belief: Belief, stop: Stop, step: int) -> tuple[Reason, ...]:
    """Return what the helpdesk needs to know, in the order in which it asks."""
    machine = own_machine(belief)
    sn = belief.dashboard.sn if belief.dashboard is not None else "-"
    label = machine.label if machine is not None else "-"
    facts = [
        Reason.of("need.time", time=wib(belief.now_ms).strftime("%Y-%m-%d %H:%M")),
        Reason.of("need.machine", label=label, sn=sn),
        Reason.of("need.server_id", server_id=own_id(belief) or "-"),
        Reason.of("need.step", step=step),
    ]
    if belief.patch is not None:
        facts.append(Reason.of("need.version", version=belief.patch.version))
    if belief.status is not None:
        word, sentence = belief.status.word, belief.status.sentence
        facts.append(Reason.of("need.status", word=word, sentence=sentence))
    sync = belief.sync
    if sync is not None and sync.phase != "none":
        whole = counts.whole_sets(belief)
        key = "need.data" if belief.is_fresh("Overlay") else "need.data_unread"
        facts.append(Reason.of(key, whole=whole, total=sync.total))
        if sync.stopped is not None:
            data, message = sync.stopped.data, sync.stopped.message
            facts.append(Reason.of("need.stopped", data=data, message=message))
    if stop.come_back_ms is not None:
        when = wib(stop.come_back_ms).strftime("%Y-%m-%d %H:%M")
        facts.append(Reason.of("need.come_back", time=when))
    return tuple(facts)
