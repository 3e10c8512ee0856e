"""What leaves a class as files: a table of results, the journals, and xAPI statements.

A person is named in the table only. xAPI knows seats by account, never by e-mail or name.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from flask import Response

from mock_server.classroom import Classroom
from mock_server.cohort.events import How
from mock_server.cohort.state import Cohort, Run, Seat
from mock_server.domain import events as d
from mock_server.engine import Engine
from mock_server.journal import Entry
from mock_server.ports import StoreError
from mock_server.procedure.texts import Severity
from mock_server.training import events as t
from mock_server.web.classes import faults_offered
from mock_server.web.page_errors import HEADERS
from mock_server.web.parts import Parts

COLUMNS = (
    "kursi", "nama", "sekolah", "skenario", "judul", "cara", "mulai", "selesai", "lulus",
    "proses_persen", "kritis", "berat", "ringan", "nyaris", "kode", "petunjuk", "dibekukan",
    "gangguan_disisipkan", "latihan_saja", "k3_menentukan", "k4_menentukan", "rehearsal",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out
_ADL = "http://adlnet.gov/expapi/verbs/"
VERBS: Mapping[type[msgspec.Struct], str] = {
    d.StationPrepared: "initialized",
    d.ScreenSeen: "progressed",
    t.Answered: "answered",
    t.GuardAnswered: "answered",
    t.InjectAnswered: "answered",
    t.Guessed: "answered",
    d.ReportFiled: "completed",
}
HOW: Mapping[How, str] = {
    "begin": "dari awal",
    "retry": "diulang dari awal",
    "branch": "diulang dari tengah",
    "rewind": "dimundurkan fasilitator",
    "condition": "dipindahkan fasilitator",
}
EXTENSION = "urn:cbtsync:xapi:"


class Exports:
    def __init__(self, parts: Parts) -> None:
        self._engine: Engine = parts.engine
        self._room: Classroom = parts.classroom
        self._parts = parts

    def table(self, cohort: str) -> Response:
        """One row a run, with semicolons and a mark at the start, as spreadsheets here expect."""
        state = self._room.cohort(cohort)
        sound = self._parts.stories.all()[0]
        titles = {of.scenario.id: of.scenario.title.id for of in sound}
        faults = faults_offered.titles(self._parts.speeches.of(None, "id").pack, "id")
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for seat, run in _runs(state):
            row = self._row(seat, run, titles, faults)
            if row is not None:
                writer.writerow([_plain(cell) for cell in row])
        return _file("\ufeff" + out.getvalue(), "text/csv", f"hasil-kelas-{state.code}.csv")

    def journals(self, cohort: str) -> Response:
        """One event a line, with the seat and the rehearsal that it belongs to."""
        state = self._room.cohort(cohort)
        lines = (
            msgspec.json.encode({"seat": seat.number, "run": run.rehearsal, "entry": entry})
            for seat, run in _runs(state)
            for entry in self._entries(run)
        )
        text = b"".join(line + b"\n" for line in lines).decode()
        return _file(text, "application/x-ndjson", f"jurnal-kelas-{state.code}.jsonl")

    def statements(self, cohort: str) -> Response:
        state = self._room.cohort(cohort)
        made = (
            statement
            for seat, run in _runs(state)
            for statement in self._statements(state, seat, run)
        )
        text = b"".join(msgspec.json.encode(one) + b"\n" for one in made).decode()
        return _file(text, "application/x-ndjson", f"xapi-kelas-{state.code}.jsonl")

    def _entries(self, run: Run) -> list[Entry]:
        try:
            return self._engine.entries(run.rehearsal)
        except StoreError:
            return []

    def _row(
        self, seat: Seat, run: Run, titles: Mapping[str, str], faults: Mapping[str, str]
    ) -> list[object] | None:
        try:
            read = self._room.reading(run.rehearsal)
            training = self._engine.peek(run.rehearsal).training
        except StoreError:
            return None
        entries = self._entries(run)
        found = read.assessment
        counts = [sum(of.severity is kind for of in found.findings) for kind in Severity]
        inserted = [
            faults.get(entry.event.spec.fault, entry.event.spec.fault)
            for entry in entries
            if entry.actor == "facilitator" and hasattr(entry.event, "spec")
        ]
        return [
            seat.number,
            seat.name,
            seat.school,
            run.scenario,
            titles.get(run.scenario, ""),
            HOW[run.how],
            entries[0].at if entries else "",
            "ya" if read.filed else "belum",
            ("ya" if found.passed and not training.is_practice else "belum") if read.filed else "",
            f"{found.process_permille / 10:.1f}".replace(".", ","),
            *counts,
            " ".join(found.codes),
            len(training.hints),
            sum(isinstance(entry.event, t.SeatFrozen) for entry in entries),
            ", ".join(inserted),
            "ya" if training.is_practice else "tidak",
            "ya" if found.switches.k3_gates else "tidak",
            "ya" if found.switches.k4_gates else "tidak",
            run.rehearsal,
        ]

    def _statements(self, state: Cohort, seat: Seat, run: Run) -> Iterator[dict[str, Any]]:
        entries = self._entries(run)
        for entry in entries:
            if entry.actor == "simulator" and type(entry.event) not in VERBS:
                continue
            yield _statement(state, seat, run, entry)
        if any(isinstance(entry.event, d.ReportFiled) for entry in entries):
            yield from self._verdict(state, seat, run, entries[-1])

    def _verdict(
        self, state: Cohort, seat: Seat, run: Run, last: Entry
    ) -> Iterator[dict[str, Any]]:
        try:
            found = self._room.reading(run.rehearsal).assessment
            training = self._engine.peek(run.rehearsal).training
        except StoreError:
            return
        base = _statement(state, seat, run, last)
        passed = found.passed and not training.is_practice
        judged = () if training.is_practice else ("passed" if passed else "failed",)
        for verb in (*judged, "terminated"):
            yield base | {
                "verb": _verb(verb),
                "result": {
                    "success": passed,
                    "completion": True,
                    "score": {"scaled": found.process_permille / 1000},
                    "extensions": {
                        f"{EXTENSION}codes": list(found.codes),
                        f"{EXTENSION}hints": len(training.hints),
                        f"{EXTENSION}practice": training.is_practice,
                        f"{EXTENSION}k3-gates": found.switches.k3_gates,
                        f"{EXTENSION}k4-gates": found.switches.k4_gates,
                    },
                },
            }


def _runs(state: Cohort) -> Iterator[tuple[Seat, Run]]:
    for seat in state.seats.values():
        for run in seat.runs:
            yield seat, run


def _statement(state: Cohort, seat: Seat, run: Run, entry: Entry) -> dict[str, Any]:
    """One decision each: what was done, by which seat, in which story, and when."""
    event = msgspec.to_builtins(entry.event)
    kind = str(event.pop("type"))
    event.pop("setup", None)  # the whole world as it was at the start
    made: dict[str, Any] = {
        "actor": {
            "objectType": "Agent",
            "account": {
                "homePage": f"urn:cbtsync:class:{state.code}",
                "name": f"{seat.number:02d}",
            },
        },
        "verb": _verb(VERBS.get(type(entry.event), "interacted")),
        "object": {
            "id": f"urn:cbtsync:scenario:{run.scenario}:{kind}",
            "definition": {"name": {"en": kind}},
        },
        "context": {
            "extensions": {
                f"{EXTENSION}run": run.rehearsal,
                f"{EXTENSION}seq": entry.seq,
                f"{EXTENSION}sim-time": entry.at,
                f"{EXTENSION}actor": entry.actor,
                f"{EXTENSION}how": run.how,
            }
        },
        "result": {"extensions": {f"{EXTENSION}event": event}},
    }
    if entry.t_real is not None:
        made["timestamp"] = entry.t_real
    return made


def _verb(name: str) -> dict[str, Any]:
    return {"id": f"{_ADL}{name}", "display": {"en": name}}


def _plain(cell: object) -> object:
    """Keep a name from being carried out as a formula by who opens the table."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def _file(text: str, kind: str, name: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers.update(HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
