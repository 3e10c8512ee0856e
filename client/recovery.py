"""What to do after an answer that was not a yes. Pure; the whole policy, on one screen.

A request that may have been obeyed is never sent again before the station was asked. A no is as
good as an answer: nothing was done, and its code says what to put right first.
"""

from enum import StrEnum
from typing import assert_never

from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown


class Next(StrEnum):
    GO_ON = "take the answer and go on"
    SEND_AGAIN = "send it again"
    ASK = "ask the station before anything else"
    PUT_RIGHT = "do what the refusal asks for"
    REPORT = "stop and report"


class Lesson(StrEnum):
    """What a refusal teaches."""

    CBTSYNC_CLOSED = "CBTSync Web is closed: open it again and Submit"
    NOT_SUBMITTED = "it was reopened behind our back: look at the desk and Submit"
    EXAMBRO_CLOSED = "Exambro is closed: look at the desk"
    SERVICE_STOPPED = "the service stopped: start it and refresh until it runs"
    LICENCE_INVALID = "the machine's clock is wrong: set it to WIB and reopen CBTSync Web"
    LOOK_AGAIN = "the station is not as we thought: look before deciding"
    NEVER_MIND = "the act is not needed here"
    REPORT = "nothing we may do helps"


LESSONS = {
    "cbtsync.closed": Lesson.CBTSYNC_CLOSED,
    "identity.none": Lesson.NOT_SUBMITTED,
    "exambro.closed": Lesson.EXAMBRO_CLOSED,
    "job.service_stopped": Lesson.SERVICE_STOPPED,
    "licence.invalid": Lesson.LICENCE_INVALID,
    "error.stale": Lesson.LOOK_AGAIN,
    "job.busy": Lesson.LOOK_AGAIN,
    "patching.busy": Lesson.LOOK_AGAIN,
    "patching.not_open": Lesson.LOOK_AGAIN,
    "patching.reopen": Lesson.LOOK_AGAIN,
    "patching.up_to_date": Lesson.LOOK_AGAIN,
    "backup.busy": Lesson.LOOK_AGAIN,
    "backup.none": Lesson.LOOK_AGAIN,
    "delete.busy": Lesson.LOOK_AGAIN,
    "sync.busy": Lesson.LOOK_AGAIN,
    "sync.not_active": Lesson.LOOK_AGAIN,
    "sync.complete_already": Lesson.LOOK_AGAIN,
    "menu.unknown": Lesson.NEVER_MIND,
}

PAUSES_S = (5, 15, 45)  # before the 2nd, 3rd, 4th try
RETRY_AFTER_MAX_S = 3600


def lesson_of(refused: Refused) -> Lesson:
    return LESSONS.get(refused.code, Lesson.REPORT)


def after_act(outcome: Outcome) -> Next:
    """What follows a request that changes something."""
    match outcome:
        case Obeyed():
            return Next.GO_ON
        case NotSent():
            return Next.SEND_AGAIN
        case Unknown():
            return Next.ASK
        case Refused():
            lesson = lesson_of(outcome)
            if lesson is Lesson.LOOK_AGAIN:
                return Next.ASK
            return Next.REPORT if lesson is Lesson.REPORT else Next.PUT_RIGHT
        case _:
            assert_never(outcome)


def after_look(outcome: Outcome) -> Next:
    """What follows a request that only looks: it may be repeated."""
    match outcome:
        case Obeyed():
            return Next.GO_ON
        case NotSent() | Unknown():
            return Next.SEND_AGAIN
        case Refused():
            lesson = lesson_of(outcome)
            return Next.REPORT if lesson is Lesson.REPORT else Next.PUT_RIGHT
        case _:
            assert_never(outcome)


def pause_s(outcome: Outcome, tries: int) -> int:
    """Return the seconds of the station's clock to let pass after the ``tries``-th try."""
    if isinstance(outcome, Unknown) and outcome.retry_after_s is not None:
        return min(outcome.retry_after_s, RETRY_AFTER_MAX_S)
    return PAUSES_S[min(tries, len(PAUSES_S)) - 1]
