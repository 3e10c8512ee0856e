"""The room: machines, Exambro Admin, the service."""

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import views
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.routes.route import NO_MACHINE, Route, alone

_DESK = alone(views.desk)
_SERVICE = alone(views.service)

ROOM = (
    Route(
        name="desk",
        method="GET",
        path="desk",
        answers=wire.DeskAnswer,
        summary="What stands and lies in front of you",
        view=_DESK,
        screen="desk",
    ),
    Route(
        name="machine_use",
        op=Operation.MACHINE_USE,
        method="POST",
        path="machine/use",
        asks=asked.MachineUse,
        answers=wire.DeskAnswer,
        summary="Sit down at a machine",
        view=_DESK,
        command=lambda body: c.UseMachine(machine=body.machine),
        refusals=("room.unknown",),
    ),
    Route(
        name="machine_set_clock",
        op=Operation.MACHINE_SET_CLOCK,
        method="POST",
        path="machine/set-clock",
        answers=wire.DeskAnswer,
        summary="Set the machine's own clock to WIB",
        view=_DESK,
        command=lambda _body: c.SetMachineClock(),
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="exambro_open",
        op=Operation.EXAMBRO_OPEN,
        method="POST",
        path="exambro/open",
        asks=asked.ExambroOpen,
        answers=wire.DeskAnswer,
        summary="Open a version of Exambro Admin",
        view=_DESK,
        command=lambda body: c.OpenExambro(version=body.version),
        refusals=(NO_MACHINE, "exambro.not_installed"),
    ),
    Route(
        name="cbtsync_open",
        op=Operation.CBTSYNC_OPEN,
        method="POST",
        path="cbtsync/open",
        answers=wire.PatchAnswer,
        summary="Open CBTSync Web from Exambro",
        view=alone(views.patch),
        command=lambda _body: c.OpenCbtsync(),
        refusals=(NO_MACHINE, "exambro.closed"),
    ),
    Route(
        name="cbtsync_close",
        op=Operation.CBTSYNC_CLOSE,
        method="POST",
        path="cbtsync/close",
        answers=wire.DeskAnswer,
        summary="ALT+F4",
        view=_DESK,
        command=lambda _body: c.CloseCbtsync(),
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="service_start",
        op=Operation.SERVICE_START,
        method="POST",
        path="service/start",
        answers=wire.ServiceAnswer,
        summary="Start Service; what is shown does not change before the next Refresh",
        view=_SERVICE,
        command=lambda _body: c.StartService(),
        refusals=(NO_MACHINE, "exambro.closed"),
    ),
    Route(
        name="service_refresh",
        op=Operation.SERVICE_REFRESH,
        method="POST",
        path="service/refresh",
        answers=wire.ServiceAnswer,
        summary="Refresh on the tab Service Restart",
        view=_SERVICE,
        command=lambda _body: c.RefreshService(),
        refusals=(NO_MACHINE, "exambro.closed"),
    ),
)
