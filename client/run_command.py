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
from client.notices import Tell, nobody
from client.plain_view import PlainView
from client.procedure import UNBK_2017, Procedure
from client.report_form import wib
from client.result import Result
from client.settings import Bounds, Rules
from client.step import Ending
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


def run_procedure(asked: Asked, texts: Texts, time: RealTime) -> tuple[Result, Files]:
    """Carry out the procedure and write the report. Raises UsageProblem before anything is done."""
    rules = Rules(procedure=_procedure(asked.procedure), bounds=Bounds())
    url = addresses.base_url(asked.url)
    now = time.now()
    folder = folders.folder_for(asked.out, url, resume=asked.resume, now=now)
    past = folders.past_of(folder, url, resume=asked.resume)
    http = Http(url + "api/", bounds=rules.bounds, lang=texts.lang)
    clock = RealClock(time, still_s_max=rules.bounds.clock_still_s)
    try:
        # A server that is restarting is worth some patience; a mistyped address is not.
        addresses.greet(http, url, clock, rules.bounds.tries_max if asked.resume else 2)
        folders.prepare(folder)
        place = run.Place(folder=folder, journal=folder / journal.NAME)
        first = journal.Run(url=url, real=now.isoformat(), resumed=asked.resume)
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
    html, text = report.write(result, folder, texts, time.now())
    return result, Files(journal=folder / journal.NAME, html=html, text=text)


def run_and_show(asked: Asked, texts: Texts, time: RealTime) -> int:
    """Return the exit code of the ending."""
    result, files = run_procedure(asked, texts, time)
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
        "files": {"journal": str(files.journal), "html": str(files.html), "text": str(files.text)},
    }
    return msgspec.json.encode(found)


def _iso(at_ms: int) -> str:
    moment: datetime = wib(at_ms)
    return moment.isoformat(timespec="seconds")
