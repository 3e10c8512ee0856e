"""``cbtsync-client run``: a person or a program has the procedure carried out on one station."""

import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

import click
import msgspec

from client import addresses, folders, journal, report, run
from client.clock import RealClock, RealTime
from client.journal import Past
from client.notices import Tell, nobody
from client.plain_view import PlainView
from client.procedure import UNBK_2017, Procedure
from client.report_form import wib
from client.result import Result
from client.settings import Bounds, Rules
from client.step import EXIT_CODES, Ending
from client.texts import Texts
from client.transport import Http

INTERRUPTED = 130


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    out: Path | None
    resume: bool
    procedure: Path | None
    as_json: bool


class Files(msgspec.Struct, frozen=True, kw_only=True):
    journal: Path
    html: Path
    text: Path


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A run that may begin, or go on from ``past``."""

    url: str
    folder: Path
    past: Past | None

    @property
    def files(self) -> Files:
        folder = self.folder
        html, text = folder / report.HTML_NAME, folder / report.TEXT_NAME
        return Files(journal=folder / journal.NAME, html=html, text=text)

    @property
    def ended(self) -> Ending | None:
        """How the run has ended already, if its report stands too: that one is left alone."""
        is_told = self.files.html.is_file() and self.files.text.is_file()
        if self.past is None or self.past.ended is None or not is_told:
            return None
        return self.past.ended.ending


def plan_of(asked: Asked, time: RealTime) -> Plan:
    """Raises UsageProblem if the address or the folder will not do."""
    url = addresses.base_url(asked.url)
    folder = folders.folder_for(asked.out, url, resume=asked.resume, now=time.now())
    past = folders.past_of(folder, url, resume=asked.resume)
    return Plan(url=url, folder=folder, past=past)


def run_procedure(asked: Asked, plan: Plan, texts: Texts, time: RealTime) -> Result:
    """Carry out the procedure and write the report. Raises UsageProblem before anything is done."""
    rules = Rules(procedure=_procedure(asked.procedure), bounds=Bounds())
    url, folder, past = plan.url, plan.folder, plan.past
    http = Http(url + "api/", bounds=rules.bounds, lang=texts.lang)
    clock = RealClock(time, still_s_max=rules.bounds.clock_still_s)
    try:
        # A server that is restarting is worth some patience; a mistyped address is not.
        addresses.greet(http, url, clock, rules.bounds.tries_max if asked.resume else 2)
        folders.prepare(folder)
        place = run.Place(folder=folder, journal=folder / journal.NAME)
        first = journal.Run(url=url, real=time.now().isoformat(), resumed=asked.resume)
        with _view(asked, texts) as tell:
            result = run.carry_out(
                sender=http,
                clock=clock,
                rules=rules,
                place=place,
                texts=texts,
                tell=tell,
                first=first,
                past=past,
            )
    except KeyboardInterrupt:
        if (folder / journal.NAME).is_file():
            _say_how_to_resume(asked, url, folder, texts)
        raise
    finally:
        http.close()
    report.write(result, folder, texts, time.now())
    return result


def run_and_show(asked: Asked, texts: Texts, time: RealTime) -> int:
    """Return the exit code of the ending."""
    plan = plan_of(asked, time)
    files = plan.files
    if (ending := plan.ended) is not None:
        _show_ended(ending, files, texts, as_json=asked.as_json)
        return EXIT_CODES[ending]
    result = run_procedure(asked, plan, texts, time)
    if asked.as_json:
        click.echo(document(result, files, texts))
    else:
        _show(result, files, texts)
    return result.exit_code


def _procedure(path: Path | None) -> Procedure:
    if path is None:
        return UNBK_2017
    from client import procedure_file

    return procedure_file.read(path)


def _view(asked: Asked, texts: Texts) -> AbstractContextManager[Tell]:
    if asked.as_json:
        return nullcontext(nobody)
    if not sys.stdout.isatty():
        return nullcontext(PlainView(click.echo, texts))
    from rich.console import Console

    from client.live_view import LiveView

    return LiveView(Console(), texts)


def _say_how_to_resume(asked: Asked, url: str, folder: Path, texts: Texts) -> None:
    parts = ["cbtsync-client", "run", "--url", url, "--out", str(folder), "--resume"]
    if asked.procedure is not None:
        parts += ["--procedure", str(asked.procedure)]
    if texts.lang != "id":
        parts += ["--lang", texts.lang]
    click.echo(texts.get("view.interrupted", command=shlex.join(parts)), err=True)


def _show(result: Result, files: Files, texts: Texts) -> None:
    click.echo()
    click.echo(f"{texts.get(f'ending.{result.ending}')}: {texts.say(result.why)}")
    for key, reasons in (("findings", result.findings), ("needs", result.needs)):
        if reasons:
            click.echo(f"{texts.get(f'report.{key}')}:")
            for reason in reasons:
                click.echo(f"  - {texts.say(reason)}")
    if not result.filed:
        filed, word = texts.get("report.filed"), texts.get("report.not_filed")
        click.echo(f"{filed} {word}")
    click.echo(texts.get("view.report", path=str(files.html)))
    click.echo(texts.get("view.journal", path=str(files.journal)))


def _show_ended(ending: Ending, files: Files, texts: Texts, *, as_json: bool) -> None:
    said = texts.get("view.ended_before", ending=texts.get(f"ending.{ending}"))
    if as_json:
        found = {
            "ending": ending,
            "exit_code": EXIT_CODES[ending],
            "ended_before": True,
            "reason": said,
            "files": _paths(files),
        }
        click.echo(msgspec.json.encode(found))
        return
    click.echo(said)
    click.echo(texts.get("view.report", path=str(files.html)))
    click.echo(texts.get("view.journal", path=str(files.journal)))


def _paths(files: Files) -> dict[str, str]:
    return {"journal": str(files.journal), "html": str(files.html), "text": str(files.text)}


def document(result: Result, files: Files, texts: Texts) -> bytes:
    """Return the one JSON document of ``--json``, in UTF-8 wherever it is written to."""
    come_back = None if result.come_back_ms is None else _iso(result.come_back_ms)
    found = {
        "ending": result.ending,
        "exit_code": result.exit_code,
        "step": result.step,
        "reason": texts.say(result.why),
        "come_back_at": come_back,
        "findings": [texts.say(reason) for reason in result.findings],
        "needs": [] if result.ending is Ending.READY else [texts.say(r) for r in result.needs],
        "report": result.form,
        "filed": result.filed,
        "backup": result.saved,
        "recoveries": [
            {"step": one.step, "at": _iso(one.at_ms), "what": texts.say(one.why)}
            for one in result.recoveries
        ],
        "virtual_seconds": (result.now_ms - result.began_ms) / 1000,
        "requests": result.requests,
        "ended_before": False,
        "files": _paths(files),
    }
    return msgspec.json.encode(found)


def _iso(at_ms: int) -> str:
    moment: datetime = wib(at_ms)
    return moment.isoformat(timespec="seconds")
