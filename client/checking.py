"""Steps 19 to 21: the lists against the registration, and the form that declares it done."""

from client import counts
from client.belief import Belief
from client.calls import REPORT, TESTS, Value, open_menu, participants, registration, submit_report
from client.machines import own_id
from client.report_form import form
from client.settings import Rules
from client.step import Do, Done, Ending, Move, Stop
from client.texts import Reason

PARTICIPANTS_MENU = open_menu("participants")
TESTS_MENU = open_menu("tests")


def compare_participants(belief: Belief, rules: Rules) -> Move:
    """Step 19."""
    if belief.at(PARTICIPANTS_MENU.name) == 0:
        return Do(call=PARTICIPANTS_MENU)
    if belief.registration is None or belief.registration.server_id != own_id(belief):
        return Do(call=registration(own_id(belief)))
    if belief.listing is None:
        return Do(call=participants(1))
    if belief.listing.next_page is not None:
        return Do(call=participants(belief.listing.next_page))
    if counts.participant_findings(belief, rules):
        return Done()
    return Done(note=Reason.of("note.participants", count=belief.listing.count))


def compare_tests(belief: Belief, rules: Rules) -> Move:
    """Step 20."""
    if belief.at(TESTS_MENU.name) == 0:
        return Do(call=TESTS_MENU)
    if belief.registration is None:
        return Do(call=registration(own_id(belief)))
    if belief.tests is None:
        return Do(call=TESTS)
    if counts.listed_test_findings(belief, rules):
        return Done()
    return Done(note=Reason.of("note.tests", count=len(belief.tests.tests)))


def declare_done(belief: Belief, rules: Rules) -> Move:
    """Step 21: nothing is deleted any more; file the form, or say what is left to report."""
    if counts.findings(belief, rules):
        why = Reason.of("stop.findings", count=len(counts.findings(belief, rules)))
        return Stop(ending=Ending.REPORTED, why=why)
    if belief.report is None and belief.resumed:
        return Do(call=REPORT)
    filed = belief.report
    if filed is not None and filed.filed_at is not None and filed.decision == "ready":
        return Done(note=Reason.of("note.filed"))
    claims: dict[str, Value] = form(belief, "ready", notes="")
    return Do(call=submit_report(claims))
