"""The facilitator's console: Pantau (watch), Kendali (steer), Bahas (discuss), and the wall.

Pages work without a script; the script only asks for the live parts again.
"""

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.classroom import Classroom
from mock_server.cohort.lesson import BY_TOPIC
from mock_server.cohort.state import Cohort
from mock_server.domain import screens
from mock_server.domain.setup import Condition
from mock_server.journal import wib
from mock_server.ports import UnknownCohortError
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.packs import load_violations
from mock_server.scenario.problems import ScenarioError
from mock_server.web.classes import debriefing, faults_offered, qr, stories_shown, watch
from mock_server.web.classes.acts import Acts, number
from mock_server.web.classes.exports import Exports
from mock_server.web.classes.heat import unnamed
from mock_server.web.classes.house import PATH, House
from mock_server.web.classes.known import Known, known
from mock_server.web.control_v1.access import means_this_machine
from mock_server.web.page_errors import HEADERS, error_page, live, page
from mock_server.web.pages import facts
from mock_server.web.parts import Parts
from mock_server.web.stories import Story

POLL_S = 5  # a page without a script loads itself again so often, on the wall
PORT = 80


class Console:
    def __init__(self, parts: Parts, house: House) -> None:
        self._parts = parts
        self._room: Classroom = parts.classroom
        self._house = house
        self._acts = Acts(parts)
        self._exports = Exports(parts)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/", "watch", self._watch, "GET"),
            ("/bagian", "watch_parts", self._live_parts, "GET"),
            ("/kendali", "steer", self._steer, "GET"),
            ("/bahas", "discuss", self._discuss, "GET"),
            ("/proyektor", "wall", self._wall, "GET"),
            ("/kursi/<int:seat>", "seat_events", self._seat, "GET"),
            ("/lakukan", "class_act", self._acts.act, "POST"),
            ("/hasil.csv", "export_csv", self._exports.table, "GET"),
            ("/jurnal.jsonl", "export_jsonl", self._exports.journals, "GET"),
            ("/xapi.jsonl", "export_xapi", self._exports.statements, "GET"),
        )
        for path, name, view, method in rules:
            found = self._house.guarded(self._found(view))
            blueprint.add_url_rule(f"{PATH}/<cohort>{path}", name, found, methods=[method])

    def _found(self, view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
        def run(**keys: Any) -> AnyResponse:
            try:
                return view(**keys)
            except UnknownCohortError:
                return error_page(HTTPStatus.NOT_FOUND)

        run.__name__ = view.__name__
        return run

    # --- Pantau -----------------------------------------------------------------------------------

    def _watch(self, cohort: str) -> Response:
        values = self._watched(self._room.cohort(cohort))
        pack: ProcedurePack = values["pack"]
        faults = faults_offered.offered(pack, g.language)
        picked = request.args.get("gangguan", "")
        chosen = next((one for one in faults if one.name == picked), faults[0] if faults else None)
        return live(
            page(
                "classes/watch.html",
                mode="pantau",
                faults=faults,
                chosen=chosen,
                conditions=[of.value for of in Condition],
                typed=request.args,
                said=request.args.get("kata", ""),
                here_query=f"&kursi={values['picked']}",
                **values,
            )
        )

    def _live_parts(self, cohort: str) -> AnyResponse:
        """Return what may have changed on Pantau; 304 if none of it has."""
        self._room.settle(cohort)
        values = self._watched(self._room.cohort(cohort))
        text = render_template("classes/parts.html", language=g.language, **values)
        response = make_response(text)
        response.headers.update(HEADERS)
        response.set_etag(blake2b(text.encode(), digest_size=16).hexdigest())
        return response.make_conditional(request)

    def _watched(self, cohort: Cohort) -> dict[str, Any]:
        sound = self._parts.stories.all()[0]
        levels = {of.scenario.id: of.scenario.level for of in sound}
        seats = known(cohort, self._parts.engine, self._room, levels)
        shown = watch.watched(cohort, seats, self._room)
        picked = number(request.args, "kursi")
        if picked not in cohort.seats and shown.tiles:
            picked = shown.tiles[0].seat
        drawer = next((one for one in seats if one.seat.number == picked), None)
        pack = self._pack()
        return self._common(cohort, pack) | {
            "watched": shown,
            "picked": picked,
            "drawer": drawer,
            "tile": next((one for one in shown.tiles if one.seat == picked), None),
            "facts": self._facts(drawer),
            "condition": _condition(drawer),
            "clock": "" if drawer is None or drawer.answer is None else _time(drawer.answer.now_ms),
            "violations": load_violations(pack),
        }

    def _facts(self, drawer: Known | None) -> dict[str, str]:
        """Return what the seat's own screens show now."""
        if drawer is None or drawer.answer is None:
            return {}
        procedure = drawer.answer.station.setup.procedure
        return dict(facts(drawer.answer, self._parts.speeches.of(procedure, g.language)))

    def _common(self, cohort: Cohort, pack: ProcedurePack) -> dict[str, Any]:
        now_ms = self._room.now_ms()
        ends_ms = cohort.ends_ms(now_ms)
        return {
            "cohort": cohort,
            "base": f"{PATH}/{cohort.name}",
            "pack": pack,
            "now_ms": now_ms,
            "left_ms": None if ends_ms is None else ends_ms - now_ms,
            "frozen": cohort.freeze is not None and cohort.freeze.holds(now_ms),
            "drill_title": self._title(cohort),
            "lesson": BY_TOPIC,
            "titles": faults_offered.titles(pack, g.language),
            "sent": number(request.args, "ke"),
            "unheard": number(request.args, "belum"),
        }

    def _title(self, cohort: Cohort) -> str:
        """Name the drill as the facilitator may read it."""
        story = None if cohort.drill is None else self._story(cohort.drill.scenario)
        if story is not None:
            title = story.scenario.title
            return f"{story.scenario.level} {title.id if g.language == 'id' else title.en}"
        topic = "" if cohort.drill is None else cohort.drill.topic
        return BY_TOPIC[topic].title.in_language(g.language) if topic in BY_TOPIC else ""

    def _story(self, scenario: str) -> Story | None:
        try:
            return self._parts.stories.named(scenario)
        except (UnknownScenarioError, ScenarioError):
            return None

    def _pack(self) -> ProcedurePack:
        return self._parts.speeches.of(None, g.language).pack

    # --- Kendali, Bahas, the wall -----------------------------------------------------------------

    def _steer(self, cohort: str) -> Response:
        state = self._room.cohort(cohort)
        sound = self._parts.stories.all()[0]
        return live(
            page(
                "classes/steer.html",
                mode="kendali",
                said=request.args.get("kata", ""),
                stories={of.scenario.id: of for of in sound},
                others=stories_shown.in_order(sound),
                host=request.host_url,
                **self._common(state, self._pack()),
            )
        )

    def _discuss(self, cohort: str) -> Response:
        state = self._room.cohort(cohort)
        seats = debriefing.last_runs(state, self._parts.engine, self._room)
        pack = self._pack()
        return live(
            page(
                "classes/discuss.html",
                mode="bahas",
                said="",
                watched=(shown := watch.watched(state, seats, self._room)),
                rows=unnamed(shown.heat),
                found=debriefing.discussed(seats, pack, load_violations(pack)),
                **self._common(state, pack),
            )
        )

    def _wall(self, cohort: str) -> Response:
        """Show what the whole class may see: no name, no seat."""
        state = self._room.cohort(cohort)
        self._room.settle(cohort)
        seats = known(state, self._parts.engine, self._room)
        host = request.host_url.rstrip("/")
        drill = state.drill
        following = None if drill is None or drill.part is None else drill.part + 1
        planned = (
            state.plan[following] if following is not None and following < len(state.plan) else None
        )
        return live(
            page(
                "classes/wall.html",
                host=host,
                here_only=means_this_machine(request.host),
                qr=qr.code(f"{host}/gabung?kode={state.code}"),
                blocks=watch.blocks(seats),
                watched=watch.watched(state, seats, self._room),
                following=planned,
                stories={of.scenario.id: of for of in self._parts.stories.all()[0]},
                refresh_s=POLL_S,
                **self._common(state, self._pack()),
            )
        )

    def _seat(self, cohort: str, seat: int) -> Response:
        """Show everything that happened at a seat, and from where it can be rewound."""
        state = self._room.cohort(cohort)
        if seat not in state.seats:
            return error_page(HTTPStatus.NOT_FOUND)
        run = state.current(seat) or state.seats[seat].run
        entries = [] if run is None else self._parts.engine.entries(run.rehearsal)
        return live(
            page(
                "classes/seat.html",
                mode="pantau",
                said="",
                seat=state.seats[seat],
                run=run,
                entries=entries,
                **self._common(state, self._pack()),
            )
        )


def _condition(drawer: Known | None) -> str:
    """Return what colours the seat's status word; '' where it shows none."""
    if drawer is None or drawer.answer is None:
        return ""
    return screens.condition(drawer.answer.station, drawer.answer.now_ms) or ""


def _time(now_ms: int) -> str:
    return f"{wib(now_ms):%H:%M} WIB"
