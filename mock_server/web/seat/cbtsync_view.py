"""CBTSync Web as a person sees it: its frame, and the page that the menu in use shows.

Pure: values from a station and an instant, with texts of the procedure's messages. Templates put
them on the screen; nothing here knows of requests.
"""

from datetime import date

from mock_server.domain import screens
from mock_server.domain.state import Machine
from mock_server.web import list_views, views
from mock_server.web.seat.cbtsync_shapes import (
    AnyPage,
    BackupPage,
    CbtsyncWindow,
    Dashboard,
    IdForm,
    MenuLine,
    OverlayLine,
    Participants,
    Patching,
    Pupil,
    SyncLine,
    SyncPage,
    Test,
    Tests,
    Untrained,
)
from mock_server.web.seat.window import Window
from mock_server.web.views import View

PAGE_ROWS = 200
MENU_PAGES = {
    "": "dashboard",
    "dashboard": "dashboard",
    "status-download": "sync",
    "backup": "backup",
    "participants": "participants",
    "tests": "tests",
}
"""The page behind each menu that has one; every other menu is not trained here."""


def kind(machine: Machine, phase: str, window: Window) -> str:
    """Return which page CBTSync shows: patching, id, one of MENU_PAGES, or untrained."""
    if machine.identity.verdict is not None:
        return "id" if window.id_form else MENU_PAGES.get(machine.menu, "untrained")
    if phase == "running" or not machine.licence_ok:
        return "patching"
    return "id" if window.id_form or phase == "up-to-date" else "patching"


def page_kind(view: View, window: Window) -> str:
    """Raises Refusal while no machine is in use."""
    return kind(screens.here(view.station), screens.patch(view.station, view.now_ms).phase, window)


def cbtsync_window(view: View, window: Window, refused: str) -> CbtsyncWindow:
    machine = screens.here(view.station)
    of = page_kind(view, window)
    condition = screens.condition(view.station, view.now_ms)
    return CbtsyncWindow(
        version=machine.version,
        status=None if condition is None else view.speech.status(condition),
        menus=() if of in ("patching", "id") else _menus(view, machine),
        page=_page(view, window, of),
        refused=refused,
    )


def _menus(view: View, machine: Machine) -> tuple[MenuLine, ...]:
    here = machine.menu or "dashboard"
    return tuple(
        MenuLine(
            menu=of.menu,
            label=of.label.in_language(view.speech.language),
            current=of.menu == here,
        )
        for of in view.speech.pack.menus
    )


def _page(view: View, window: Window, of: str) -> AnyPage:
    match of:
        case "patching":
            return _patching(view)
        case "id":
            return _id_form(view)
        case "dashboard":
            return _dashboard(view)
        case "sync":
            return _sync(view)
        case "backup":
            return _backup(view)
        case "participants":
            return _participants(view, window)
        case "tests":
            return _tests(view)
        case _:
            return _untrained(view)


def _seconds(eta_ms: int | None) -> int | None:
    return None if eta_ms is None else -(-eta_ms // 1000)


def _patching(view: View) -> Patching:
    screen = screens.patch(view.station, view.now_ms)
    said = view.speech.text
    causes = {"service-stopped": "service", "network": "network", "central": "central"}
    cause = "" if screen.cause is None else said(f"patching.failed.{causes[screen.cause]}")
    news = {
        "running": said("patching.running", percent=screen.percent // 25 * 25),
        "succeeded": said("patching.succeeded"),
        "failed": said("patching.failed"),
    }
    return Patching(
        news=news.get(screen.phase, ""),
        phase=screen.phase,
        percent=screen.percent,
        version=screen.version,
        opens_ms=screen.opens_ms,
        left_s=_seconds(screen.eta_ms),
        changed_ms=screen.last_change_ms,
        cause=cause,
        licence=screens.here(view.station).licence_ok,
    )


def _id_form(view: View) -> IdForm:
    machine = screens.here(view.station)
    return IdForm(
        news="",
        sn=machine.sn,
        draft=machine.identity.draft,
        version=machine.version,
        back=machine.identity.verdict is not None,
    )


def _dashboard(view: View) -> Dashboard:
    screen = screens.dashboard(view.station, view.now_ms)
    status = None if screen.condition is None else view.speech.status(screen.condition)
    return Dashboard(
        news="" if status is None else f"{status.word} – {status.sentence}",
        status=status,
        server_id=screen.server_id,
        sn=screen.sn,
        version=screen.version,
        school=view.station.setup.school.name,
        no_line=screen.condition == "no-line",
    )


def _backup(view: View) -> BackupPage:
    screen = screens.backup(view.station, view.now_ms)
    gone = screens.delete(view.station, view.now_ms)
    machine = screens.here(view.station)
    return BackupPage(
        news=_backup_news(view, screen.phase, gone.phase),
        phase=screen.phase,
        percent=screen.percent,
        left_s=_seconds(screen.eta_ms),
        changed_ms=screen.last_change_ms,
        rows=screen.rows,
        file=views.backup(view).file,
        delete_phase=gone.phase,
        delete_percent=gone.percent,
        delete_left_s=_seconds(gone.eta_ms),
        delete_changed_ms=gone.last_change_ms,
        records=gone.left,
        # What came by a sync since then, no deletion has left.
        leftover=(gone.left or 0) if machine.sync.phase == "none" else 0,
    )


def _backup_news(view: View, backup: str, delete: str) -> str:
    said = view.speech.text
    found = {"done": said("backup.done_without_link")}.get(backup, "")
    gone = {"done": said("delete.done"), "asked": said("delete.question")}.get(delete, "")
    return gone or found


def _sync(view: View) -> SyncPage:
    answer = views.sync(view)
    counts = screens.overlay(view.station, view.now_ms)
    said = view.speech.text
    overlay = tuple(
        OverlayLine(n=one.n, central=one.central, local=one.local) for one in counts.rows
    )
    return SyncPage(
        news=_sync_news(view, answer.phase, answer.done, answer.total),
        phase=answer.phase,
        rows=tuple(
            SyncLine(
                n=row.n,
                central=row.central,
                local=row.local,
                percent=row.percent,
                state=row.state,
                said=said(f"sync.row.{row.state}", percent=row.percent)
                if row.state in ("downloading", "stopped")
                else said(f"sync.row.{row.state}"),
            )
            for row in answer.rows
        ),
        done=answer.done,
        total=answer.total,
        stopped="" if answer.stopped is None else answer.stopped.message,
        left_s=_seconds(answer.eta_ms),
        changed_ms=screens.sync(view.station, view.now_ms).last_change_ms,
        overlay=overlay if counts.open else None,
        read_at_ms=counts.read_at_ms,
    )


def _sync_news(view: View, phase: str, done: int, total: int) -> str:
    match phase:
        case "running":
            return view.speech.text("sync.running", done=done, total=total)
        case "complete":
            return view.speech.text("sync.done", total=total)
        case "stopped":
            return view.speech.text("sync.failed")
        case _:
            return ""


def _participants(view: View, window: Window) -> Participants:
    everybody = [
        Pupil(no=no, username=one.username, name=one.name, group=one.group)
        for no, one in enumerate(list_views.listed(view), 1)
    ]
    wanted = window.q.casefold()
    found = [
        one
        for one in everybody
        if (wanted in one.name.casefold() or wanted in one.username.casefold())
        and window.group in ("", one.group)
    ]
    pages = max(1, -(-len(found) // PAGE_ROWS))
    page = min(window.page, pages)
    return Participants(
        news=view.speech.text("participants.count", count=len(found)),
        q=window.q,
        group=window.group,
        groups=tuple(sorted({one.group for one in everybody})),
        rows=tuple(found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]),
        matching=len(found),
        total=len(everybody),
        page=page,
        pages=pages,
    )


def _tests(view: View) -> Tests:
    answer = list_views.tests(view)
    return Tests(
        news="",
        tests=tuple(Test(name=of.name, day=date.fromisoformat(of.date)) for of in answer.tests),
        groups=tuple(answer.groups),
    )


def _untrained(view: View) -> Untrained:
    machine = screens.here(view.station)
    labels = {of.menu: of.label.in_language(view.speech.language) for of in view.speech.pack.menus}
    said = view.speech.text("menu.not_trained", menu=labels.get(machine.menu, machine.menu))
    return Untrained(news="", menu=said)
