"""Every request the client can send to a station: operation, path, body, and what its yes looks
like. The only module that knows paths and field names of requests."""

from typing import Literal
from urllib.parse import urlencode

import msgspec

from client import wire
from client.wire import Envelope

Value = str | int | bool
LIST_PAGE = 500  # rows a page of Daftar Peserta; the most the station gives
FETCH = "backup.download"  # not a Call: it streams a file; tallies go by its name


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request.

    ``key`` tells apart what one operation does in two ways (HAPUS asked, HAPUS confirmed). ``ask``
    is the look that shows whether it was obeyed; a changing call without one does no harm twice.
    """

    op: str
    path: str
    shape: type[Envelope]
    key: str = ""
    body: dict[str, Value] | None = None
    changing: bool = False
    ask: "Call | None" = None

    @property
    def method(self) -> Literal["GET", "POST"]:
        return "GET" if self.body is None else "POST"

    @property
    def name(self) -> str:
        """The operation, and its key if it has one: what journal and tallies go by."""
        return f"{self.op}:{self.key}" if self.key else self.op


def _look(op: str, path: str, shape: type[Envelope]) -> Call:
    return Call(op=op, path=path, shape=shape)


DESK = _look("desk", "desk", wire.Desk)
PATCH = _look("patch.status", "patch", wire.Patch)
DASHBOARD = _look("dashboard.view", "dashboard", wire.Dashboard)
IDS = _look("portal.ids", "portal/ids", wire.Ids)
SCHEDULE = _look("portal.schedule", "portal/schedule", wire.Schedule)
SN_RESETS = _look("portal.sn-reset", "portal/sn-reset", wire.PortalRequests)
BACKUP = _look("backup.status", "backup", wire.Backup)
DELETE = _look("delete.status", "delete", wire.Delete)
SYNC = _look("sync.status", "sync", wire.Sync)
TESTS = _look("tests.list", "tests", wire.Tests)
REPORT = _look("report.view", "report", wire.Report)


def registration(server_id: str) -> Call:
    query = urlencode({"server_id": server_id})
    return _look("portal.registration", f"portal/registration?{query}", wire.Registration)


def participants(page: int) -> Call:
    query = urlencode({"page": page, "per_page": LIST_PAGE})
    return _look("participants.list", f"participants?{query}", wire.Participants)


def _act(
    op: str,
    shape: type[Envelope],
    ask: Call | None,
    *,
    key: str = "",
    path: str = "",
    body: dict[str, Value] | None = None,
) -> Call:
    return Call(
        op=op,
        path=path or op.replace(".", "/"),
        shape=shape,
        key=key,
        body=body or {},
        changing=True,
        ask=ask,
    )


SET_CLOCK = _act("machine.set-clock", wire.Desk, None)
OPEN_CBTSYNC = _act("cbtsync.open", wire.Patch, DESK)
CLOSE_CBTSYNC = _act("cbtsync.close", wire.Desk, DESK)
START_SERVICE = _act("service.start", wire.Service, None)
REFRESH_SERVICE = _act("service.refresh", wire.Service, None)
START_PATCH = _act("patch.start", wire.Patch, PATCH)
REFRESH_STATUS = _act("status.refresh", wire.Overlay, None)
CLOSE_STATUS = _act("status.close", wire.Overlay, None)


def use_machine(machine: str) -> Call:
    return _act("machine.use", wire.Desk, DESK, body={"machine": machine})


def open_exambro(version: str) -> Call:
    return _act("exambro.open", wire.Desk, DESK, body={"version": version})


def open_menu(menu: str) -> Call:
    return _act("menu.open", wire.MenuPage, None, key=menu, body={"menu": menu})


def submit(server_id: str) -> Call:
    return _act("id.submit", wire.Dashboard, DASHBOARD, body={"server_id": server_id})


def ask_sn_reset(server_id: str) -> Call:
    return _act(
        "portal.sn-reset", wire.PortalRequests, SN_RESETS, key="ask", body={"server_id": server_id}
    )


def start_backup(data_version: int) -> Call:
    return _act("backup.start", wire.Backup, BACKUP, body={"data_version": data_version})


def delete(answer: Literal["ask", "yes"], data_version: int) -> Call:
    """HAPUS: ``ask`` brings up the question, ``yes`` confirms it. Aimed at one data version."""
    body: dict[str, Value] = {"answer": answer, "data_version": data_version}
    return _act("delete.start", wire.Delete, DELETE, key=answer, body=body)


def start_sync(data_version: int) -> Call:
    return _act("sync.start", wire.Sync, SYNC, body={"data_version": data_version})


def submit_report(form: dict[str, Value]) -> Call:
    key = str(form["decision"])
    return _act("report.submit", wire.Report, REPORT, key=key, path="report", body=form)
