"""The answers with names in them: the school's account, Daftar Peserta, Daftar Test, the report.

The domain knows people by number only; here the numbers meet the names.
"""

from datetime import date, timedelta

from mock_server.domain import screens
from mock_server.domain.central import server as registered_server
from mock_server.domain.refusals import Refusal
from mock_server.journal import iso_wib, wib
from mock_server.ports import Participant
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.views import View, iso


def portal_ids(view: View) -> wire.IdsAnswer:
    return wire.IdsAnswer(
        **view.envelope(),
        servers=[
            wire.ServerPart(server=of.label, server_id=of.server_id)
            for of in view.station.central.servers
        ],
    )


def portal_schedule(view: View) -> wire.ScheduleAnswer:
    return wire.ScheduleAnswer(
        **view.envelope(),
        rows=[
            wire.SlotPart(
                server=slot.server,
                server_id=slot.server_id,
                opens=iso_wib(slot.opens_ms),
                closes=iso_wib(slot.closes_ms),
            )
            for slot in screens.schedule(view.station)
        ],
    )


def portal_registration(view: View, query: asked.RegistrationQuery) -> wire.RegistrationAnswer:
    """Raises Refusal for an ID that is not the school's."""
    of = registered_server(view.station, query.server_id)
    if of is None:
        raise Refusal("identity.unknown")
    people = registered(view, of.server_id, of.participants)
    return wire.RegistrationAnswer(
        **view.envelope(),
        server_id=of.server_id,
        count=len(people),
        participants=[
            wire.ParticipantPart(username=one.username, name=one.name, group=one.group)
            for one in people
        ],
        tests=list(view.station.setup.tests),
    )


def portal_requests(view: View) -> wire.PortalRequestsAnswer:
    return wire.PortalRequestsAnswer(
        **view.envelope(),
        requests=[
            wire.PortalRequestPart(
                server_id=one.server_id, kind=one.kind, state=one.state, until=iso(one.until_ms)
            )
            for one in screens.portal_requests(view.station, view.now_ms)
        ],
    )


def registered(view: View, server_id: str, count: int) -> tuple[Participant, ...]:
    setup = view.station.setup
    return view.people.participants(setup.scenario, setup.seed, server_id, count)


def listed(view: View) -> list[Participant]:
    """Return Daftar Peserta as it stands on the screen. Raises Refusal if it cannot be seen."""
    screen = screens.participants(view.station, view.now_ms)
    setup = view.station.setup
    people = registered(view, screen.server_id, screen.registered)
    found = [people[index] for index in screen.listed]
    if screen.old:
        found += view.people.former_participants(
            setup.scenario, setup.seed, screen.server_id, screen.old
        )
    return found


def participants(view: View, query: asked.ParticipantsQuery) -> wire.ParticipantsAnswer:
    wanted = query.q.casefold()
    found = [
        wire.ListedPart(no=no, username=one.username, name=one.name, group=one.group)
        for no, one in enumerate(listed(view), 1)
        if wanted in one.name.casefold() or wanted in one.username.casefold()
    ]
    first = (query.page - 1) * query.per_page
    return wire.ParticipantsAnswer(
        **view.envelope(),
        count=len(found),
        page=query.page,
        pages=max(1, -(-len(found) // query.per_page)),
        rows=found[first : first + query.per_page],
    )


def tests(view: View) -> wire.TestsAnswer:
    """Dates count from the exam day: the first such weekday after the day of the start."""
    screen = screens.tests(view.station, view.now_ms)
    pack, language = view.speech.pack, view.speech.language
    started = wib(view.station.setup.start_ms).date()
    exam = exam_date(started, pack.values.exam_weekday)
    days_after = {test.name: test.days_after for test in pack.tests}
    return wire.TestsAnswer(
        **view.envelope(),
        tests=[
            wire.TestPart(
                name=name, date=(exam + timedelta(days=days_after.get(name, 0))).isoformat()
            )
            for name in screen.tests
        ],
        groups=[of.name.in_language(language) for of in pack.exam_groups] if screen.tests else [],
    )


def exam_date(started: date, weekday: int) -> date:
    """Return the first day after ``started`` that is the ISO weekday ``weekday``."""
    return started + timedelta(days=(weekday - started.isoweekday() - 1) % 7 + 1)


def menu(view: View, body: asked.MenuOpen) -> wire.MenuAnswer:
    trained = {of.menu: of.trained for of in view.speech.pack.menus}
    return wire.MenuAnswer(**view.envelope(), menu=body.menu, trained=trained.get(body.menu, False))


def report(view: View) -> wire.ReportAnswer:
    filed = view.station.report
    return wire.ReportAnswer(
        **view.envelope(),
        filed_at=None if filed is None else iso_wib(filed.at_ms),
        decision=None if filed is None else filed.decision,
    )
