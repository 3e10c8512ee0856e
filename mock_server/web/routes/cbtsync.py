"""CBTSync Web before any data move: patching, the ID, the dashboard, menus."""

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import list_views, views
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.routes.route import CLOSED, NO_MACHINE, Route, alone

_PATCH = alone(views.patch)
_DASHBOARD = alone(views.dashboard)
_EMPTY = alone(views.empty)

CBTSYNC = (
    Route(
        name="patch_start",
        op=Operation.PATCH_START,
        method="POST",
        path="patch/start",
        answers=wire.PatchAnswer,
        summary="Pembaharuan",
        view=_PATCH,
        command=lambda _body: c.StartPatch(),
        refusals=(
            NO_MACHINE,
            CLOSED,
            "patching.not_open",
            "patching.busy",
            "patching.reopen",
            "patching.up_to_date",
            "licence.invalid",
        ),
    ),
    Route(
        name="patch_status",
        op=Operation.PATCH_STATUS,
        method="GET",
        path="patch",
        answers=wire.PatchAnswer,
        summary="Auto Patching: version, phase, progress",
        view=_PATCH,
        screen="patch",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="id_submit",
        op=Operation.ID_SUBMIT,
        method="POST",
        path="id/submit",
        asks=asked.IdSubmit,
        answers=wire.DashboardAnswer,
        summary="Submit an ID Server; the verdict stands in `status`",
        view=_DASHBOARD,
        command=lambda body: c.SubmitId(server_id=body.server_id),
        refusals=(NO_MACHINE, CLOSED, "patching.busy", "identity.empty", "licence.invalid"),
    ),
    Route(
        name="id_draft",
        method="POST",
        path="id/draft",
        asks=asked.IdSubmit,
        answers=wire.EmptyAnswer,
        summary="Type an ID and do not send it",
        view=_EMPTY,
        command=lambda body: c.DraftId(server_id=body.server_id),
        refusals=(NO_MACHINE, CLOSED),
    ),
    Route(
        name="id_leave",
        method="POST",
        path="id/leave",
        answers=wire.EmptyAnswer,
        summary="Leave the form without Submit",
        view=_EMPTY,
        command=lambda _body: c.LeaveIdForm(),
        refusals=(NO_MACHINE, CLOSED),
    ),
    Route(
        name="dashboard_view",
        op=Operation.DASHBOARD_VIEW,
        method="GET",
        path="dashboard",
        answers=wire.DashboardAnswer,
        summary="Dashboard",
        view=_DASHBOARD,
        screen="dashboard",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="menu_open",
        op=Operation.MENU_OPEN,
        method="POST",
        path="menu/open",
        asks=asked.MenuOpen,
        answers=wire.MenuAnswer,
        summary="Open a menu",
        view=list_views.menu,
        command=lambda body: c.OpenMenu(menu=body.menu),
        refusals=(NO_MACHINE, CLOSED, "menu.unknown"),
    ),
)
