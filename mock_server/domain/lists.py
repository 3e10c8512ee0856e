"""Daftar Peserta and Daftar Test (steps 19 and 20): they come from what was really received.

Which data set feeds which list is pack data; the announcement calls the sets by number only.
"""

from mock_server.domain import central
from mock_server.domain.setup import DataSet, Feeds
from mock_server.domain.state import Machine, Station


def _feeding(station: Station, feeds: Feeds) -> DataSet | None:
    for of in station.setup.data_sets:
        if of.feeds == feeds:
            return of
    return None


def registered(station: Station, machine: Machine) -> int:
    """Return how many participants the centre has for the ID under which the data came."""
    of = central.server(station, machine.data.server_id)
    return 0 if of is None else of.participants


def participants(station: Station, machine: Machine, received: tuple[int, ...]) -> tuple[int, ...]:
    """Return the listed participants as indices into the registration, in order.

    The last ones are those that a short or incomplete data set lacks. A duplicate follows its
    original.
    """
    of = _feeding(station, "participants")
    if of is None:
        return ()
    rows = received[of.n - 1]
    total = registered(station, machine)
    arrived = total * rows // max(1, of.rows) if of.rows != total else rows
    if rows >= of.rows:
        arrived = total - machine.data.participants_missing
    listed: list[int] = []
    for index in range(max(0, arrived)):
        listed.append(index)
        if index < machine.data.participants_duplicate:
            listed.append(index)
    return tuple(listed)


def old_participants(station: Station, machine: Machine) -> int:
    """Return how many pupils of the previous phase are still listed."""
    of = _feeding(station, "participants")
    return 0 if of is None else machine.data.old[of.n - 1]


def tests(station: Station, machine: Machine, received: tuple[int, ...]) -> tuple[str, ...]:
    """Return Daftar Test: all of it or nothing, since a short data set cannot be run."""
    of = _feeding(station, "tests")
    if of is None or machine.data.tests_missing or received[of.n - 1] < of.rows:
        return ()
    return station.setup.tests
