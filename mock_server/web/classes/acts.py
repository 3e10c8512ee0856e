"""What the console's buttons do: one form, one command, and back to where one was.

Where to go back to is one of our own words, never an address that was sent.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

import msgspec
from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from mock_server.classroom import Classroom, UnknownSeatError
from mock_server.cohort import commands as c
from mock_server.cohort.deciding import CohortRefusal
from mock_server.cohort.events import Insert, When
from mock_server.cohort.state import Cohort
from mock_server.domain.setup import Condition
from mock_server.ports import UnknownCohortError, UnknownRehearsalError
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.problems import ScenarioError
from mock_server.training.levels import scaffold
from mock_server.web.breaking import has_socket
from mock_server.web.classes import faults_offered
from mock_server.web.classes.house import PATH
from mock_server.web.classes.stories_shown import minutes
from mock_server.web.classes.watch import is_away
from mock_server.web.page_errors import error_page
from mock_server.web.parts import Parts

MODES = ("pantau", "kendali", "bahas")
EXAM = "L5"
NUMBER_DIGITS_MAX = 7
TYPED = ("gangguan", "untuk", "kelompok", "kapan", "pada", "nilai")
TYPED_MAX = 120
Form = MultiDict[str, str]
Told = Mapping[str, str]  # what the page that one comes back to is to say, if more than "done"
Act = Callable[[Cohort, Form], Told | None]


class Acts:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._room: Classroom = parts.classroom
        self._acts: Mapping[str, Act] = {
            "beku": self._freeze,
            "cair": lambda cohort, form: self._do(cohort, c.Thaw(seats=seats(form))),
            "pesan": self._say,
            "waktu": lambda cohort, form: self._do(
                cohort, c.GiveTime(minutes=number(form, "menit"), seats=seats(form))
            ),
            "kecepatan": lambda cohort, form: self._do(
                cohort, c.SetSpeed(speed=number(form, "kecepatan"))
            ),
            "lompat": lambda cohort, form: self._do(cohort, c.Jump(clock=form.get("pukul", ""))),
            "rubrik": lambda cohort, form: self._do(
                cohort,
                c.SetRubric(k3_gates=form.get("k3") == "1", k4_gates=form.get("k4") == "1"),
            ),
            "bagian": lambda cohort, form: self._do(
                cohort, c.OpenPart(part=number(form, "bagian"))
            ),
            "latihan": self._drill,
            "gangguan": self._insert,
            "batal": lambda cohort, form: self._do(cohort, c.CancelInsert(id=form.get("id", ""))),
            "lihat": self._acknowledge,
            "catat": lambda cohort, form: self._do(
                cohort, c.WriteNote(seat=number(form, "kursi"), text=form.get("teks", ""))
            ),
            "buka": lambda cohort, form: self._do(cohort, c.ReopenSeat(seat=number(form, "kursi"))),
            "keluarkan": lambda cohort, form: self._room.remove_seat(
                cohort.name, number(form, "kursi")
            ),
            "petunjuk": self._hint,
            "mundur": self._rewind,
            "pindah": self._reposition,
            "tutup": lambda cohort, form: self._do(cohort, c.Close()),
        }

    def act(self, cohort: str) -> AnyResponse:
        form = request.form
        chosen = self._acts.get(form.get("aksi", ""))
        if chosen is None:
            return error_page(HTTPStatus.BAD_REQUEST)
        try:
            told = chosen(self._room.cohort(cohort), form)
        except (UnknownCohortError, UnknownScenarioError, ScenarioError):
            return error_page(HTTPStatus.NOT_FOUND)
        except CohortRefusal as refusal:
            return back(cohort, form, refusal.code)
        except (UnknownSeatError, UnknownRehearsalError, ValueError):
            return back(cohort, form, "nothing-runs")
        return back(cohort, form, "done", told)

    def _do(self, cohort: Cohort, command: c.AnyCommand) -> None:
        self._room.do(cohort.name, command)

    def _say(self, cohort: Cohort, form: Form) -> Told:
        """Send a message, and count who has a page open that will show it at once."""
        aimed = seats(form)
        self._do(cohort, c.Say(text=form.get("teks", ""), seats=aimed))
        reached = cohort.targets(aimed)
        here = sum(not is_away(self._room.seen_ago_ms(cohort.name, one)) for one in reached)
        return {"kata": "sent", "ke": str(here), "belum": str(len(reached) - here)}

    def _freeze(self, cohort: Cohort, form: Form) -> None:
        lasts = form.get("cair", "")
        command = c.FreezeSeats(
            message=form.get("teks", ""),
            minutes=None if lasts == "manual" else number(form, "cair"),
            seats=seats(form),
        )
        self._do(cohort, command)

    def _drill(self, cohort: Cohort, form: Form) -> None:
        story = self._parts.stories.named(form.get("skenario", ""))
        given = form.get("menit", "").strip()
        lasts = number(form, "menit") if given else minutes(story.scenario)
        self._do(cohort, c.SetDrill(scenario=story.scenario.id, minutes=lasts))

    def _insert(self, cohort: Cohort, form: Form) -> None:
        whens: dict[str, When] = {"sekarang": "now", "langkah": "step", "pukul": "clock"}
        when = whens.get(form.get("kapan", ""), "now")
        at = form.get("pada", "").strip()
        insert = Insert(
            id=f"s{len(cohort.planned) + 1}",
            fault=form.get("gangguan", ""),
            values=faults_offered.values_of(form.get("nilai", "")) or {},
            seats=seats(form),
            when=when,
            step=at if when == "step" else "",
            clock=at if when == "clock" else "",
        )
        pack = self._parts.speeches.of(None, "id").pack
        if when == "step" and not 1 <= number(form, "pada") <= len(pack.steps):
            raise CohortRefusal("step")
        if faults_offered.values_of(form.get("nilai", "")) is None:
            raise CohortRefusal("values")
        if not faults_offered.can_be_armed(insert, pack):
            plain = msgspec.structs.replace(insert, values={})
            known = faults_offered.can_be_armed(plain, pack)
            raise CohortRefusal("values" if known else "insert")
        self._do(cohort, c.PlanInsert(insert=insert))

    def _acknowledge(self, cohort: Cohort, form: Form) -> None:
        seat, alert = number(form, "kursi"), form.get("tanda", "")
        self._do(cohort, c.Acknowledge(seat=seat, alert=alert))
        if alert.startswith("T"):
            self._room.helping.lower_hand(cohort.name, seat)

    def _hint(self, cohort: Cohort, form: Form) -> None:
        seat = number(form, "kursi")
        run = cohort.current(seat)
        if run is None:
            raise UnknownSeatError("nothing runs there")
        if not scaffold(self._parts.stories.named(run.scenario).scenario.level).hints:
            raise CohortRefusal("no-hints")
        self._room.helping.give_hint(cohort.name, seat)

    def _rewind(self, cohort: Cohort, form: Form) -> None:
        self._not_in_an_exam(cohort)
        self._room.helping.rewind(cohort.name, number(form, "kursi"), number(form, "seq"))

    def _reposition(self, cohort: Cohort, form: Form) -> None:
        """Begin the seat's story at another condition: practice, and marked so."""
        self._not_in_an_exam(cohort)
        seat = number(form, "kursi")
        run = cohort.current(seat)
        if run is None:
            raise UnknownSeatError("nothing runs there")
        condition = Condition(form.get("keadaan", ""))
        story = self._parts.stories.from_condition(run.scenario, condition)
        self._room.helping.reposition(
            cohort.name,
            seat,
            lambda: self._parts.stories.begin(
                story, has_socket=has_socket(request), label=f"{cohort.code} {seat:02d}"
            ),
        )

    def _not_in_an_exam(self, cohort: Cohort) -> None:
        drill = cohort.drill
        if drill is None or not drill.scenario:
            return
        if self._parts.stories.named(drill.scenario).scenario.level == EXAM:
            raise CohortRefusal("exam")


def number(form: Form, name: str) -> int:
    """Return a whole number, -1 for anything else: nothing of a class has that number."""
    text = form.get(name, "").strip()
    sound = text.isascii() and text.isdecimal() and len(text) <= NUMBER_DIGITS_MAX
    return int(text) if sound else -1


def seats(form: Form) -> tuple[int, ...]:
    """Return the seats that a form is about; () for all."""
    if form.get("untuk") == "semua":
        return ()
    listed = form.get("kelompok", "") if form.get("untuk") == "kelompok" else form.get("kursi", "")
    found = tuple(int(one) for one in listed.replace(",", " ").split() if one.isdecimal())
    return found or (0,)  # no seat has this number: the class refuses it


def back(cohort: str, form: Form, word: str, told: Told | None = None) -> AnyResponse:
    mode = form.get("kembali", "")
    query = {"kata": word, **(told or {})}
    if word != "done" and form.get("aksi") == "gangguan":  # what was chosen stays
        query |= {name: form.get(name, "")[:TYPED_MAX] for name in TYPED if form.get(name)}
    if number(form, "laci") > 0:
        query["kursi"] = str(number(form, "laci"))
    place = mode if mode in MODES[1:] else ""
    return redirect(f"{PATH}/{cohort}/{place}?{urlencode(query)}", HTTPStatus.SEE_OTHER)
