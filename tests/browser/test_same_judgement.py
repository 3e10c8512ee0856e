"""A program over HTTP and a person who clicks are judged alike, on the same server."""

import subprocess
import sys
from typing import Any

import pytest

from tests.browser import procedure

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Judged = dict[str, Any]


def judged(rehearsal) -> Judged:
    """Return what must not depend on who has done it: codes, gates, and the credit of each step."""
    said = rehearsal.assessment
    return {
        "codes": [finding["code"] for finding in said["findings"]],
        "gates": {gate["name"]: gate["held"] for gate in said["gates"]},
        "credits": {step["step"]: step["credit_permille"] for step in said["steps"]},
        "passed": said["passed"],
        "truth": rehearsal.truth,
    }


def rehearsed_by_the_client(people, scenario: str) -> Judged:
    """Let the client do the story on this server, as anybody's build machine would."""
    control = people.served.control
    before = {one["name"] for one in control.ask("GET", "rehearsals")["rehearsals"]}
    command = [sys.executable, "-m", "client", "rehearse", scenario, "--server", people.served.url]
    done = subprocess.run(
        [*command, "--token", people.served.token], capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (name,) = (
        {one["name"] for one in control.ask("GET", "rehearsals")["rehearsals"]} - before
    )  # fmt: skip
    return judged(people.rehearsal(name))


def test_a_sync_that_stops_once(people):
    seat = people.seat("partial-sync")
    procedure.walk(seat, resumes=True)

    assert judged(seat.rehearsal) == rehearsed_by_the_client(people, "partial-sync")


def test_a_day_on_which_the_centre_stays_closed(people):
    seat = people.seat("dashboard-closed-all-day")
    server_id = procedure.sit_down(seat)
    procedure.patch(seat)
    procedure.submit(seat, server_id)
    assert seat.status_word == "STANDBY"
    seat.school_page(seat.words.schedule)
    seat.window("CBTSync Web")
    words = seat.words
    procedure.report(seat, server_id, words.postpone, datasets=0, participants=0, tests=False)

    assert judged(seat.rehearsal) == rehearsed_by_the_client(people, "dashboard-closed-all-day")
