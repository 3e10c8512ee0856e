"""The start page ``/``, and how somebody gets to a seat: alone, with a class code, by its link."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.classroom import Classroom, UnknownSeatError
from mock_server.cohort.deciding import CohortRefusal
from mock_server.cohort.state import Cohort, Run, Seat
from mock_server.ports import StoreError, UnknownRehearsalError
from mock_server.procedure.numbers import StepNumber
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.model import Level
from mock_server.scenario.problems import ScenarioError
from mock_server.training.mastery import WITH_CLASS, Rung, done_stories
from mock_server.web.breaking import has_socket
from mock_server.web.classes import cookies, stories_shown
from mock_server.web.classes.climbing import ladder, results
from mock_server.web.classes.rates import Rates
from mock_server.web.page_errors import error_page, live, page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.stories import Story

MINUTE_MS = 60_000
SHOWN_MAX = 6  # stories of a rung before the rest is folded away
SEAT_DIGITS_MAX = 2
WAIT_S = 5  # a page that waits for the class loads itself again so often


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """The run that can be gone on with, at ``place``; ``step`` is where it stands."""

    run: Run
    place: str
    name: str
    level: Level
    step: StepNumber | None


class Start:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._room: Classroom = parts.classroom
        self._wrong = Rates(parts.classroom.real, mistakes=10, within_ms=MINUTE_MS, everybody=120)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/", "start", self._start, "GET"),
            ("/", "begin", self._begin, "POST"),
            ("/gabung", "join_form", self._join_form, "GET"),
            ("/gabung", "join", self._join, "POST"),
            ("/kursi/<token>/", "seat_door", self._door, "GET"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])

    # --- the page ---------------------------------------------------------------------------------

    def _start(self) -> Response:
        return self._page(HTTPStatus.OK)

    def _join_form(self) -> Response:
        """What the QR code on the wall leads to: the code is filled in already."""
        return self._page(HTTPStatus.OK, given={"kode": request.args.get("kode", "")[:6].upper()})

    def _page(
        self, status: HTTPStatus, *, problem: str = "", given: dict[str, str] | None = None
    ) -> Response:
        stories, broken = self._parts.stories.all()
        shown = stories_shown.shown(stories, g.language)
        levels = {story.scenario.id: story.scenario.level for story in stories}
        alone = self._seat(cookies.ALONE)
        runs = () if alone is None else alone[1].runs
        done = list(results(runs, levels, self._parts))
        return page(
            "classes/start.html",
            status,
            rungs=self._rungs(ladder(done, stories), shown),
            shown=shown,
            passed=done_stories(done),
            tried={one.scenario for one in done if one.tried},
            going=self._going(alone, stories, shown),
            seat=self._seat(cookies.SEAT),
            first=not runs,
            with_class=WITH_CLASS,
            shown_max=SHOWN_MAX,
            broken=broken,
            problem=problem,
            given=given or {},
            wanted=request.args.get("latih", ""),
            base_url=request.host_url,
        )

    def _rungs(
        self, climbed: tuple[Rung, ...], shown: tuple[stories_shown.Shown, ...]
    ) -> list[tuple[Rung, list[stories_shown.Shown]]]:
        return [(rung, [one for one in shown if one.level is rung.level]) for rung in climbed]

    def _seat(self, cookie: str) -> tuple[Cohort, Seat] | None:
        key = cookies.key(cookie)
        if not key:
            return None
        try:
            found = self._room.seat(key)
        except UnknownSeatError:
            return None
        return None if found[0].closed else found

    def _going(
        self,
        alone: tuple[Cohort, Seat] | None,
        stories: list[Story],
        shown: tuple[stories_shown.Shown, ...],
    ) -> Going | None:
        run = None if alone is None else alone[1].run
        named = None if run is None else next((o for o in shown if o.id == run.scenario), None)
        if run is None or named is None:
            return None
        try:
            read = self._room.reading(run.rehearsal)
        except StoreError:
            return None
        if read.filed:
            return None
        return Going(
            run=run,
            place=place(run.rehearsal, named.level),
            name=named.name,
            level=named.level,
            step=read.pace.step,
        )

    # --- beginning --------------------------------------------------------------------------------

    def _begin(self) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        try:
            story = self._parts.stories.named(request.form.get("scenario", ""))
        except (UnknownScenarioError, ScenarioError):
            return error_page(HTTPStatus.NOT_FOUND)
        if story.scenario.level in WITH_CLASS:
            return error_page(HTTPStatus.FORBIDDEN)
        key = cookies.key(cookies.ALONE)
        if self._seat(cookies.ALONE) is None:
            key = self._room.open_solo()
        afresh = request.form.get("ulang") == "1" or self._is_filed(key, story.scenario.id)
        try:
            name = self._room.begin(
                key, story.scenario.id, lambda: self._make(story, ""), afresh=afresh
            )
        except ScenarioError:
            return error_page(HTTPStatus.NOT_FOUND)
        response = redirect(place(name, story.scenario.level), HTTPStatus.SEE_OTHER)
        cookies.keep(response, cookies.ALONE, key)
        return response

    def _is_filed(self, key: str, scenario: str) -> bool:
        """Tell whether the run that is on has come to its end: then a new one begins."""
        run = self._room.seat(key)[1].run
        if run is None or run.scenario != scenario:
            return False
        try:
            return self._room.reading(run.rehearsal).filed
        except StoreError:
            return True

    def _make(self, story: Story, label: str) -> str:
        return self._parts.stories.begin(story, has_socket=has_socket(request), label=label)

    # --- a class ----------------------------------------------------------------------------------

    def _join(self) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        address = request.remote_addr or ""
        given = {
            name: request.form.get(name, "")[:80] for name in ("kode", "kursi", "nama", "sekolah")
        }
        if self._wrong.wait_s(address):
            return self._page(HTTPStatus.TOO_MANY_REQUESTS, problem="too-often", given=given)
        number = given["kursi"].strip()
        whole = number.isascii() and number.isdecimal() and len(number) <= SEAT_DIGITS_MAX
        try:
            key = self._room.join(
                given["kode"], int(number) if whole else 0, given["nama"], given["sekolah"]
            )
        except UnknownSeatError:
            self._wrong.mistaken(address)
            return self._page(HTTPStatus.NOT_FOUND, problem="code", given=given)
        except CohortRefusal as refusal:
            return self._rejoined(given, refusal)
        response = redirect(f"/kursi/{key}/", HTTPStatus.SEE_OTHER)
        cookies.keep(response, cookies.SEAT, key)
        return response

    def _rejoined(self, given: dict[str, str], refusal: CohortRefusal) -> AnyResponse:
        """Lead who joins their own seat a second time back to it; tell the others what is wrong."""
        seat = self._seat(cookies.SEAT)
        code = given["kode"].strip().upper()
        number = given["kursi"].strip().lstrip("0")
        own = seat is not None and (seat[0].code, str(seat[1].number)) == (code, number)
        if refusal.code == "seat-taken" and seat is not None and own:
            return redirect(f"/kursi/{seat[1].token}/", HTTPStatus.SEE_OTHER)
        return self._page(HTTPStatus.CONFLICT, problem=refusal.code, given=given)

    def _door(self, token: str) -> AnyResponse:
        """Lead to what this seat is at; a browser that comes by the link keeps the key."""
        try:
            cohort, seat = self._room.seat(token)
            response = self._into(cohort, seat)
        except (UnknownSeatError, UnknownRehearsalError, UnknownScenarioError, ScenarioError):
            return error_page(HTTPStatus.NOT_FOUND)
        cookies.keep(response, cookies.SEAT if cohort.kind == "class" else cookies.ALONE, token)
        return response

    def _into(self, cohort: Cohort, seat: Seat) -> AnyResponse:
        drill = cohort.drill
        run = cohort.current(seat.number)
        if run is None and drill is not None and drill.kind == "drill":
            story = self._parts.stories.named(drill.scenario)
            label = f"{cohort.code} {seat.number:02d}"
            name = self._room.begin(seat.token, drill.scenario, lambda: self._make(story, label))
            return redirect(place(name, story.scenario.level), HTTPStatus.SEE_OTHER)
        if run is not None:
            return redirect(self._place(run), HTTPStatus.SEE_OTHER)
        if cohort.kind == "solo":
            return redirect("/", HTTPStatus.SEE_OTHER)
        self._room.present(seat.token)
        return live(page("classes/waiting.html", cohort=cohort, seat=seat, wait_s=WAIT_S))

    def _place(self, run: Run) -> str:
        story = self._parts.stories.of(self._parts.engine.record(run.rehearsal))
        level = Level.PROGRAMS if story is None else story.scenario.level
        return place(run.rehearsal, level)


def place(rehearsal: str, level: Level) -> str:
    """Return where a rehearsal is worked at: an example is watched, all others are done."""
    return f"/r/{rehearsal}/contoh/" if level is Level.EXAMPLE else f"/r/{rehearsal}/"
