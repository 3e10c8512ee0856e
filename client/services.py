"""The tab Service Restart: start the service, refresh until it runs (7b, 7c). Pure moves."""

from client.belief import Belief
from client.calls import REFRESH_SERVICE, START_SERVICE
from client.settings import Rules
from client.step import Do, Ending, Move, Stop, Wait
from client.texts import Reason

READ_AFTER_MS = 5_000  # the tab shows what was last read, so it is read again and again


def restart(belief: Belief, rules: Rules, since_seq: int) -> Move | None:
    """Return the next move until a refresh after ``since_seq`` has read "running"; then None.

    Start Service is pressed once after ``since_seq``, and again only if the service is read as
    stopped, or does not come up in time.
    """
    bounds = rules.bounds
    started, read = belief.at(START_SERVICE.name), belief.at(REFRESH_SERVICE.name)
    shown = belief.service.shown if belief.service is not None else "unread"
    if started > since_seq and read > started and shown == "running":
        return None
    gave_up = shown == "stopped" and belief.service_reads > 1
    late = belief.service_reads >= bounds.service_reads_max
    if started <= since_seq or (read > started and (gave_up or late)):
        if belief.service_starts >= bounds.service_starts_max:
            why = Reason.of("stop.service", times=belief.service_starts)
            return Stop(ending=Ending.REPORTED, why=why)
        return Do(call=START_SERVICE, why=Reason.of("recover.service"))
    return Wait(for_ms=READ_AFTER_MS, look=REFRESH_SERVICE, why=Reason.of("wait.service"))
