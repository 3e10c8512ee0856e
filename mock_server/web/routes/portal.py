"""The school's account: IDs, schedule, registration, requests."""

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import list_views
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.routes.route import Route, alone

_REQUESTS = alone(list_views.portal_requests)

PORTAL = (
    Route(
        name="portal_ids",
        op=Operation.PORTAL_IDS,
        method="GET",
        path="portal/ids",
        answers=wire.IdsAnswer,
        summary="ID Sinkronisasi",
        view=alone(list_views.portal_ids),
        screen="portal-ids",
    ),
    Route(
        name="portal_schedule",
        op=Operation.PORTAL_SCHEDULE,
        method="GET",
        path="portal/schedule",
        answers=wire.ScheduleAnswer,
        summary="Jadwal Sinkronisasi",
        view=alone(list_views.portal_schedule),
        screen="portal-schedule",
    ),
    Route(
        name="portal_registration",
        op=Operation.PORTAL_REGISTRATION,
        method="GET",
        path="portal/registration",
        asks=asked.RegistrationQuery,
        answers=wire.RegistrationAnswer,
        summary="Who is registered for a server",
        view=list_views.portal_registration,
        screen="portal-registration",
        refusals=("identity.unknown",),
    ),
    Route(
        name="portal_sn_reset",
        op=Operation.PORTAL_SN_RESET,
        method="POST",
        path="portal/sn-reset",
        asks=asked.PortalRequestFor,
        answers=wire.PortalRequestsAnswer,
        summary="Ask for an SN reset; asking again while waiting changes nothing",
        view=_REQUESTS,
        command=lambda body: c.RequestSnReset(server_id=body.server_id),
        refusals=("identity.unknown",),
    ),
    Route(
        name="portal_sn_reset_state",
        method="GET",
        path="portal/sn-reset",
        answers=wire.PortalRequestsAnswer,
        summary="How the school's requests stand",
        view=_REQUESTS,
    ),
    Route(
        name="portal_reopen",
        op=Operation.PORTAL_REOPEN,
        method="POST",
        path="portal/reopen",
        asks=asked.PortalRequestFor,
        answers=wire.PortalRequestsAnswer,
        summary="Ask for access to be re-opened",
        view=_REQUESTS,
        command=lambda body: c.RequestReopening(server_id=body.server_id),
        refusals=("identity.unknown",),
    ),
    Route(
        name="portal_reopen_state",
        method="GET",
        path="portal/reopen",
        answers=wire.PortalRequestsAnswer,
        summary="How the school's requests stand",
        view=_REQUESTS,
    ),
)
