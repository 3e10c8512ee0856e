"""The request log forgets in order, and never hides that it did."""

from threading import Thread

from mock_server.web.request_log import KEPT_MAX, RequestLog


def hear(log: RequestLog, name: str, times: int) -> None:
    for _ in range(times):
        log.heard(name, op="sync.status", method="GET", path="sync", status=200, at_ms=1)


def test_a_rehearsal_that_nobody_asked_has_heard_nothing():
    assert RequestLog().of("nobody") == ((), 0)


def test_the_oldest_entries_go_first_and_are_counted():
    log = RequestLog()
    hear(log, "a", KEPT_MAX + 5)

    kept, dropped = log.of("a")

    assert (len(kept), dropped) == (KEPT_MAX, 5)
    assert (kept[0].seq, kept[-1].n) == (6, KEPT_MAX + 5)


def test_when_all_logs_together_are_too_long_the_oldest_rehearsals_are_emptied():
    log = RequestLog(kept_in_all_max=100)
    for number in range(20):
        hear(log, f"r{number}", 10)

    lengths = [len(log.of(f"r{number}")[0]) for number in range(20)]

    assert sum(lengths) <= 101
    assert lengths[0] == 0
    assert lengths[-1] == 10
    assert log.of("r0")[1] == 10


def test_what_was_forgotten_on_purpose_is_gone():
    log = RequestLog()
    hear(log, "a", 3)
    log.forget("a")
    log.forget("a")

    assert log.of("a") == ((), 0)


def test_threads_lose_no_entry():
    log = RequestLog()
    threads = [Thread(target=hear, args=(log, "a", 200)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept, dropped = log.of("a")

    assert [one.n for one in kept] == list(range(1, 1_601))
    assert dropped == 0
