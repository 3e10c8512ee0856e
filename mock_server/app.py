"""The composition root: the only place where adapters meet rules.

Two applications share nothing. Nothing happens at import.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from flask import Blueprint, Flask
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import Rule

from mock_server import VERSION
from mock_server.adapters.backup_file import SourceBackupFiles
from mock_server.adapters.clock import SystemTime
from mock_server.adapters.memory_store import MemoryCohortStore, MemoryEventStore
from mock_server.adapters.names import SecretNames, SecretTokens
from mock_server.adapters.people import FakerPeople
from mock_server.classroom import Classroom
from mock_server.engine import Engine
from mock_server.ports import CohortStore, EventStore, Names, RealTime
from mock_server.scenario.library import Library
from mock_server.scenario.loader import FindPack, pack_beside
from mock_server.scenario.packs import load_messages, load_pack
from mock_server.settings import default_procedure
from mock_server.web import compiling, service_routes, translating
from mock_server.web.api import VendorPlane
from mock_server.web.book import BookPages
from mock_server.web.classes.console import Console
from mock_server.web.classes.facilitator import Facilitator
from mock_server.web.classes.house import House
from mock_server.web.classes.start import Start
from mock_server.web.control_v1.plane import ControlPlane
from mock_server.web.debrief.certificates import Certificates
from mock_server.web.debrief.debriefing import Debriefing
from mock_server.web.debrief.example import Example
from mock_server.web.debrief.telling import Telling
from mock_server.web.download import Downloads
from mock_server.web.errors import Errors
from mock_server.web.fault_hooks import FaultHooks, Pause
from mock_server.web.gate import Gate
from mock_server.web.page_errors import no_sniffing
from mock_server.web.pages import Pages
from mock_server.web.parts import Parts
from mock_server.web.poll_lane import PollLane
from mock_server.web.priming import prime
from mock_server.web.reading import BODY_BYTES_MAX
from mock_server.web.request_log import RequestLog
from mock_server.web.seat.acting import Acting
from mock_server.web.seat.coaching import Coach
from mock_server.web.seat.news import NewsPage
from mock_server.web.seat.report_page import ReportPage
from mock_server.web.seat.seat import Seat
from mock_server.web.speech import Speeches
from mock_server.web.stories import Stories

if TYPE_CHECKING:
    from flask import Request
    from flask.sessions import SessionMixin
    from flask.wrappers import Response


class _NoSessions(SessionInterface):
    """Nobody is remembered: the URL says which rehearsal, a header who may steer."""

    def open_session(self, app: Flask, request: "Request") -> NullSession:
        del app, request
        return NullSession()

    def save_session(self, app: Flask, session: "SessionMixin", response: "Response") -> None:
        pass


class _Rule(Rule):
    """A rule that learns to build addresses when it is first asked to.

    Werkzeug compiles two builders for each rule: most of the work of starting, and hardly anybody
    here builds an address from a rule.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 -- Werkzeug's signature
        compiled = partial(super()._compile_builder, append_unknown)
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: object) -> tuple[str, str]:
            if not made:
                made.append(compiled())
            return made[0](rule, **values)

        return build


def create_app(
    *,
    store: EventStore,
    token: str,
    cohorts: CohortStore | None = None,
    scenarios: Path | None = None,
    lan_control: bool = False,
    wire_permille: int = 1000,
    names: Names | None = None,
    real: RealTime | None = None,
    report: Callable[[str], None] | None = None,
    pause: Pause | None = None,
    book: Path | None = None,
) -> Flask:
    """Return a simulator with a state of its own.

    ``cohorts`` keeps the classes, None forgets them at the end. ``scenarios`` is a folder beside
    the project's own. ``wire_permille`` scales the real waits of faults: 1000 as written. ``book``
    is where the handbook is or will be built. Whatever else is None is the machine's own:
    unguessable names, real time, failures told on stderr.
    """
    people, clock = FakerPeople(), real or SystemTime()
    classes = cohorts or MemoryCohortStore()
    engine = Engine(store=store, real=clock, names=names or SecretNames())
    find_pack, library = _library(scenarios)
    parts = Parts(
        engine=engine,
        classroom=Classroom(classes, engine, clock, SecretTokens(), find_pack),
        people=people,
        backups=SourceBackupFiles(people),
        stories=Stories(library, find_pack, people, engine),
        speeches=Speeches(find_pack, load_messages, default=default_procedure()),
        hooks=FaultHooks(pause or _pause, scale_permille=wire_permille),
        log=RequestLog(),
        token=token,
        report=report or _tell,
        pause=pause or _pause,
        lan_control=lan_control,
    )
    return _assembled(parts, BookPages(book))


def _library(scenarios: Path | None) -> tuple[FindPack, Library]:
    if scenarios is None:
        return load_pack, Library()
    return pack_beside(scenarios), Library(scenarios)


def rehearsal_wsgi(scenarios_dir: str | None = None) -> tuple[Flask, str]:
    """Return a simulator for use within a process, and the token of its control plane.

    It keeps nothing on disk, opens no socket, and shortens the real waits of faults.
    """
    token = SecretNames().new()
    folder = None if scenarios_dir is None else Path(scenarios_dir)
    app = create_app(store=MemoryEventStore(), token=token, scenarios=folder, wire_permille=1)
    return app, token


def _assembled(parts: Parts, book: BookPages) -> Flask:
    prime()
    app = Flask("mock_server.web")
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES_MAX
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES_MAX
    app.session_interface = _NoSessions()
    app.url_map.merge_slashes = False
    app.url_rule_class = _Rule
    compiling.register(app)
    translating.register(app)
    vendor, control = VendorPlane(parts), ControlPlane(parts)
    Errors(vendor, control, parts.report).register(app)
    machines = Blueprint("machines", __name__)
    vendor.add_to(machines)
    downloads = Downloads(parts, vendor)
    downloads.add_to(machines)
    control.add_to(machines)
    service_routes.add_to(machines, VERSION)
    people = Blueprint("people", __name__)
    Pages(parts).add_to(people)
    Gate(parts.classroom.real).add_to(people)
    book.add_to(people)
    Start(parts).add_to(people)
    house = House(parts.classroom.store, parts.classroom.real)
    Facilitator(parts, house).add_to(people)
    Console(parts, house).add_to(people)
    coach = Coach(parts.engine, parts.classroom.switches)
    Seat(parts, vendor, coach).add_to(people)
    NewsPage(parts).add_to(people)
    Acting(parts, vendor, downloads, coach).add_to(people)
    ReportPage(parts, vendor).add_to(people)
    telling = Telling(parts)
    for pages in (Debriefing, Example, Certificates):
        pages(parts, telling).add_to(people)
    app.register_blueprint(machines)
    app.register_blueprint(people)
    app.after_request(no_sniffing)
    app.wsgi_app = PollLane(app.wsgi_app, vendor)  # type: ignore[method-assign] # as Flask asks
    return app


def _pause(real_ms: int) -> None:
    Event().wait(real_ms / 1000)


def _tell(what: str) -> None:
    sys.stderr.write(f"{what.rstrip()}\n")
