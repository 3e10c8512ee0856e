"""The command line: what is asked, and how the answer is shown. Exit codes stand in step.py."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import click

from client.problems import UsageProblem
from client.settings import Bounds, bounds_table
from client.texts import Lang, Texts

INTERRUPTED, USAGE, DIFFERS = 130, 2, 1
TOKEN_VARIABLE = "CBTSYNC_TOKEN"  # noqa: S105 -- its name, not its value
_ID, _EN = Texts("id"), Texts("en")


def both(key: str) -> str:
    """Return a help text in both languages: help is shown before a language is chosen."""
    return f"{_ID.get(key)} / {_EN.get(key)}"


def bounds_help() -> str:
    r"""Return the table of bounds; \b keeps click from refilling its lines."""
    lines = [both("cli.exits"), "", "\b", both("bound.title")]
    lines += [f"{value:>8}  {both(f'bound.{name}')}" for name, value in bounds_table(Bounds())]
    return "\n".join(lines)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _lang_option() -> Decorator:
    choice = click.Choice(["id", "en"])
    return click.option("--lang", type=choice, default="id", help=both("cli.lang"))


def _json_option() -> Decorator:
    return click.option("--json", "as_json", is_flag=True, help=both("cli.json"))


FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(help=both("cli.about"), context_settings={"max_content_width": 110})
@click.version_option(package_name="cbtsync-sim", prog_name="cbtsync-client")
def main() -> None:
    pass


@main.command(help=both("cli.run"), epilog=bounds_help())
@click.option("--url", required=True, help=both("cli.url"))
@click.option("--out", type=FOLDER, help=both("cli.out"))
@click.option("--resume", is_flag=True, help=both("cli.resume"))
@click.option("--procedure", type=FILE, help=both("cli.procedure"))
@_json_option()
@_lang_option()
def run(
    *, url: str, out: Path | None, resume: bool, procedure: Path | None, as_json: bool, lang: str
) -> None:
    texts = Texts(cast("Lang", lang))
    with _told(texts):
        # Loaded here: --help and mistakes in the options need neither requests nor the steps.
        from client import run_command
        from client.clock import RealTime

        asked = run_command.Asked(
            url=url, out=out, resume=resume, procedure=procedure, as_json=as_json
        )
        sys.exit(run_command.run_and_show(asked, texts, RealTime()))


@main.command(help=both("cli.rehearse"), epilog=both("cli.rehearse_exits"))
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--server", help=both("cli.server"))
@click.option("--token", help=f"{both('cli.token')} ({TOKEN_VARIABLE})")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help=both("cli.seed"))
@click.option("--clock", default="virtual", show_default=True, help=both("cli.clock"))
@click.option("--scenarios", "folder", type=FOLDER, help=both("cli.scenarios"))
@click.option("--out", type=FOLDER, help=both("cli.rehearse_out"))
@click.option("--junit", type=FILE, help=both("cli.junit"))
@_json_option()
@_lang_option()
def rehearse(
    *,
    scenarios: tuple[str, ...],
    server: str | None,
    token: str | None,
    seed: int | None,
    clock: str,
    folder: Path | None,
    out: Path | None,
    junit: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    texts = Texts(cast("Lang", lang))
    with _told(texts):
        from client import rehearse_command

        asked = rehearse_command.Asked(
            names=scenarios,
            server=server,
            token=token or os.environ.get(TOKEN_VARIABLE, ""),
            seed=seed,
            clock=clock,
            scenarios=folder,
            out=out,
            junit=junit,
            as_json=as_json,
        )
        sys.exit(rehearse_command.run(asked, texts))


@contextmanager
def _told(texts: Texts) -> Iterator[None]:
    """Tell a caller's problem in one sentence, and an interruption without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe on Windows knows no check mark
    try:
        yield
    except UsageProblem as problem:
        click.echo(texts.say(problem.reason), err=True)
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
