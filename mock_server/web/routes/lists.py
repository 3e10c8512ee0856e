"""The last checks and the report: Daftar Peserta, Daftar Test, Berita Acara."""

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import list_views
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.routes.route import NO_MACHINE, Route, alone

_REPORT = alone(list_views.report)


def _report_command(body: asked.ReportSubmit) -> c.Trainee:
    return c.FileReport(
        decision=body.decision,
        machine=body.machine,
        server_id=body.server_id,
        version=body.version,
        datasets_complete=body.datasets_complete,
        participants=body.participants,
        tests_visible=body.tests_visible,
        time=body.time,
        notes=body.notes,
    )


LISTS = (
    Route(
        name="participants_list",
        op=Operation.PARTICIPANTS_LIST,
        method="GET",
        path="participants",
        asks=asked.ParticipantsQuery,
        answers=wire.ParticipantsAnswer,
        summary="Daftar Peserta",
        view=list_views.participants,
        screen="participants",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="tests_list",
        op=Operation.TESTS_LIST,
        method="GET",
        path="tests",
        answers=wire.TestsAnswer,
        summary="Status Test: Daftar Test",
        view=alone(list_views.tests),
        screen="tests",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="report_submit",
        op=Operation.REPORT_SUBMIT,
        method="POST",
        path="report",
        asks=asked.ReportSubmit,
        answers=wire.ReportAnswer,
        summary="File the Berita Acara",
        view=_REPORT,
        command=_report_command,
    ),
    Route(
        name="report_state",
        method="GET",
        path="report",
        answers=wire.ReportAnswer,
        summary="Whether a Berita Acara was filed",
        view=_REPORT,
    ),
)
