"""A program that appends to a store and says what was acknowledged, for tests of several processes.

    python -m tests.adapters.appender DATABASE REHEARSAL APPENDS WRITER

Opens the store, says "ready" and waits for a line. Then it appends APPENDS batches to REHEARSAL,
whoever else does so too, and prints a line for each one that the store acknowledged: the first
sequence number of the batch, then its text.
"""

import sys
import time

from mock_server.adapters.stores import open_store
from mock_server.ports import ConflictError, EventStore
from tests.adapters.support import BATCH, batch

PAUSE_S = 0.0005  # as a server has other work between two appends; it lets the others come in


def append_all(store: EventStore, rehearsal: str, appends: int, writer: str) -> None:
    done = last = 0
    while done < appends:
        text = f"{writer}-{done}"
        try:
            store.append(rehearsal, last, batch(text))
        except ConflictError:
            last = len(store.load(rehearsal))
            continue
        say(f"{last + 1} {text}")
        done += 1
        last += BATCH
        time.sleep(PAUSE_S)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    database, rehearsal, appends, writer = sys.argv[1:]
    store = open_store(database)
    say("ready")
    sys.stdin.readline()
    append_all(store, rehearsal, int(appends), writer)
    store.close()
