"""A class whose server is killed in the middle, and started again: is anything lost?

A note counts as acknowledged once the page after it was there. Each must stand in its rehearsal's
journal, once, in the order in which it was acknowledged.
"""

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.classroom import SEATS, USUAL, Pace, Room, Trainee, opened, seated
from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host, hosting
from benchmarks.processes import folder
from benchmarks.scale import Scale

PATIENCE_S = 60.0


def measured(scale: Scale) -> Chapter:
    with folder() as made:
        room, lost, acknowledged = kill_in_the_middle(made / "class.db", SEATS, scale.joins_s / 2)
    return Chapter(
        name="killed",
        title=f"The server killed in the middle of a class of {SEATS}",
        method=(
            "SIGKILL once everybody has acted; a new process serves the same file at another port, "
            "and all go on with the cookies they have. A note counts as acknowledged once the page "
            "after it was there; each must stand in its rehearsal's journal, once, in order."
        ),
        figures=[
            Figure(name="killed-notes", what="acknowledged notes", value=acknowledged),
            Figure(name="killed-lost", what="of them lost or doubled", value=lost, at_most=0),
            Figure(name="killed-errors", what="other errors", value=len(room.errors), at_most=0),
        ],
    )


def kill_in_the_middle(
    database: Path, seats: int, within_s: float, pace: Pace = USUAL
) -> tuple[Room, int, int]:
    """Return the room, how many acknowledged notes are lost or doubled, and how many there were.

    Raises TimeoutError if the class does not get going, before the kill or after it.
    """
    with hosting(database) as host:
        room, facilitator = opened(host, pace)
        facilitator.close()
        trainees = seated(room, seats, within_s)
        _until("everybody has noted something", lambda: all(of.noted for of in trainees))
        room.is_away = True
        host.process.kill()
    before = [len(of.noted) for of in trainees]
    with hosting(database) as host:
        room.port = host.port
        time.sleep(pace.poll_s * 1.5)  # everybody has found out that their connection is gone
        room.is_away = False
        _until(
            "everybody has noted something more",
            lambda: all(len(of.noted) > n for of, n in zip(trainees, before, strict=True)),
        )
        room.is_over.set()
        for trainee in trainees:
            trainee.join()
        lost = sum(lost_or_doubled(trainee.noted, _kept(host, trainee)) for trainee in trainees)
    return room, lost, sum(len(trainee.noted) for trainee in trainees)


def lost_or_doubled(acknowledged: list[str], kept: list[str]) -> int:
    """Count acknowledged notes that were not kept exactly once, or not in their order.

    What was kept without an acknowledgement is no loss: its answer was on the way.
    """
    known = [text for text in kept if text in set(acknowledged)]
    wrong = sum(known.count(text) != 1 for text in acknowledged)
    return wrong or int(known != acknowledged)


def _until(what: str, holds: Callable[[], bool]) -> None:
    end_s = time.perf_counter() + PATIENCE_S
    while not holds():
        if time.perf_counter() > end_s:
            raise TimeoutError(f"after {PATIENCE_S:g} s it is not so that {what}")
        time.sleep(0.05)


def _kept(host: Host, trainee: Trainee) -> list[str]:
    with host.steering() as steering:
        entries = steering.journal(trainee.rehearsal)
    events = (entry["event"] for entry in entries)
    return [str(event["text"]) for event in events if event["type"] == "note-kept"]
