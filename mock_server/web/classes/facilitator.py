"""``/fasilitator/``: the passphrase, the list of classes, making one, and its roster."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.classroom import Classroom
from mock_server.cohort import commands as c
from mock_server.cohort.deciding import CohortRefusal
from mock_server.cohort.events import Part
from mock_server.cohort.lesson import planned
from mock_server.ports import UnknownCohortError
from mock_server.scenario.model import Level
from mock_server.web.classes import roster, stories_shown
from mock_server.web.classes.house import LENGTH_MAX, LENGTH_MIN, PATH, House
from mock_server.web.control_v1.access import is_loopback, means_this_machine
from mock_server.web.page_errors import error_page, page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.stories import Story

PLAN_MAX = 20
LESSON = "pelajaran"


class Facilitator:
    def __init__(self, parts: Parts, house: House) -> None:
        self._parts = parts
        self._room: Classroom = parts.classroom
        self._house = house

    def add_to(self, blueprint: Blueprint) -> None:
        guarded = self._house.guarded
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/", "facilitator", self._index, "GET"),
            ("/sandi", "passphrase", self._set, "POST"),
            ("/masuk", "enter", self._enter, "POST"),
            ("/keluar", "leave", guarded(self._leave), "POST"),
            ("/kelas", "make_class", guarded(self._make), "POST"),
            ("/<cohort>/peserta", "roster", guarded(self._roster), "GET"),
            ("/<cohort>/peserta", "set_roster", guarded(self._set_roster), "POST"),
            ("/<cohort>/hapus", "delete_class", guarded(self._delete), "POST"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(f"{PATH}{path}", name, view, methods=[method])

    # --- who may come in --------------------------------------------------------------------------

    def _index(self) -> Response:
        if not self._house.is_open:
            at_server = _at_this_machine()
            return page(
                "classes/house.html", first=True, at_server=at_server, least=LENGTH_MIN, problem=""
            )
        if not self._house.is_inside():
            return self._door()
        return self._classes()

    def _door(self, problem: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
        return page("classes/house.html", status, first=False, problem=problem, least=LENGTH_MIN)

    def _set(self) -> AnyResponse:
        """Set the first passphrase: only at the machine that serves, and only once."""
        if not is_own_form() or not _at_this_machine() or self._house.is_open:
            return error_page(HTTPStatus.FORBIDDEN)
        said, again = request.form.get("sandi", ""), request.form.get("ulangi", "")
        problem = "" if LENGTH_MIN <= len(said) <= LENGTH_MAX else "short"
        if not problem and said != again:
            problem = "differs"
        if problem:
            return page(
                "classes/house.html",
                HTTPStatus.BAD_REQUEST,
                first=True,
                at_server=True,
                least=LENGTH_MIN,
                problem=problem,
            )
        if not self._house.set_first(said):
            return error_page(HTTPStatus.FORBIDDEN)  # somebody else was first
        return self._inside()

    def _enter(self) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        address = request.remote_addr or ""
        if self._house.wrong.wait_s(address):
            return self._door("too-often", HTTPStatus.TOO_MANY_REQUESTS)
        if not self._house.knows(request.form.get("sandi", "")):
            self._house.wrong.mistaken(address)
            return self._door("wrong", HTTPStatus.FORBIDDEN)
        return self._inside()

    def _inside(self) -> AnyResponse:
        response = redirect(f"{PATH}/", HTTPStatus.SEE_OTHER)
        self._house.let_in(response)
        return response

    def _leave(self) -> AnyResponse:
        response = redirect(f"{PATH}/", HTTPStatus.SEE_OTHER)
        self._house.let_out(response)
        return response

    # --- classes ----------------------------------------------------------------------------------

    def _classes(self, problem: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
        return page(
            "classes/classes.html",
            status,
            classes=self._room.classes(),
            stories=self._stories(),
            problem=problem,
            title=request.form.get("judul", "")[:80],
            wanted=request.form.get("rencana", LESSON),
            picked=set(request.form.getlist("skenario")[:PLAN_MAX]),
            now_ms=self._room.now_ms(),
        )

    def _stories(self) -> list[tuple[str, list[tuple[Story, int]]]]:
        """Return the stories by level with their minutes: here their titles may be read."""
        sound, _ = self._parts.stories.all()
        return [
            (level, [(of, stories_shown.minutes(of.scenario)) for of in own])
            for level in Level
            if level is not Level.PROGRAMS
            and (own := [story for story in sound if story.scenario.level is level])
        ]

    def _make(self) -> AnyResponse:
        chosen = request.form.getlist("skenario")[:PLAN_MAX]
        plan = self._plan(chosen, lesson=request.form.get("rencana") == LESSON)
        try:
            made = self._room.open_class(request.form.get("judul", ""), plan)
        except CohortRefusal as refusal:
            return self._classes(refusal.code, HTTPStatus.BAD_REQUEST)
        return redirect(f"{PATH}/{made.name}/kendali", HTTPStatus.SEE_OTHER)

    def _plan(self, chosen: Sequence[str], *, lesson: bool) -> tuple[Part, ...]:
        """Return the plan: the lesson with the chosen stories in their places, or just these."""
        sound = {story.scenario.id: story for story in self._parts.stories.all()[0]}
        picked = [sound[one] for one in chosen if one in sound]
        if not lesson:
            return tuple(
                Part(
                    kind="drill",
                    minutes=stories_shown.minutes(of.scenario),
                    scenario=of.scenario.id,
                )
                for of in picked
            )

        def first(level: Level, time: int) -> str:
            """Name a story that was picked, else one that the time is enough for, else any."""
            own = [of.scenario for of in picked if of.scenario.level is level]
            others = [of.scenario for of in sound.values() if of.scenario.level is level]
            fitting = [one for one in others if stories_shown.minutes(one) <= time]
            found = (*own, *fitting, *others)
            return found[0].id if found else ""

        return planned(first)

    def _delete(self, cohort: str) -> AnyResponse:
        """Forget a class for good; the code has to be typed, so that no slip does it."""
        try:
            state = self._room.cohort(cohort)
            if request.form.get("kode", "").strip().upper() != state.code:
                back = f"{PATH}/{cohort}/kendali?kata=code-differs#hapus"
                return redirect(back, HTTPStatus.SEE_OTHER)
            self._room.delete(cohort)
        except UnknownCohortError:
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(f"{PATH}/", HTTPStatus.SEE_OTHER)

    # --- the roster -------------------------------------------------------------------------------

    def _roster(self, cohort: str) -> AnyResponse:
        try:
            return page("classes/roster.html", cohort=self._room.cohort(cohort), errors=())
        except UnknownCohortError:
            return error_page(HTTPStatus.NOT_FOUND)

    def _set_roster(self, cohort: str) -> AnyResponse:
        """Take a roster only if every row of it is sound."""
        sent = request.files.get("berkas")
        data = b"" if sent is None else sent.stream.read(roster.BYTES_MAX + 1)
        if not data:
            data = request.form.get("daftar", "").encode()
        try:
            members, errors = roster.read(data)
            if request.form.get("kosongkan") == "1":
                members, errors = (), ()
            if errors:
                return page(
                    "classes/roster.html",
                    HTTPStatus.BAD_REQUEST,
                    cohort=self._room.cohort(cohort),
                    errors=errors,
                    pasted=request.form.get("daftar", ""),
                )
            self._room.do(cohort, c.SetRoster(members=members))
        except UnknownCohortError:
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(f"{PATH}/{cohort}/peserta", HTTPStatus.SEE_OTHER)


def _at_this_machine() -> bool:
    """Tell whether somebody sits at the machine that serves, and called it by its own name.

    A page from elsewhere can have its own name lead to this machine; then the name gives it away.
    """
    return means_this_machine(request.host) and is_loopback(request.remote_addr)
