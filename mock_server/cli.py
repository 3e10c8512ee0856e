"""The command line ``cbtsync-mock``: what is asked, and how the answer is shown.

Each command loads what its own work needs, so that help and mistakes answer at once.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from mock_server import VERSION

Language = Literal["id", "en"]
USAGE, WRONG = 2, 1
HANDBOOK_NEEDS = ("gherkin", "markdown_it", "weasyprint")
PORT = 8080


@contextmanager
def _told() -> Iterator[None]:
    """Turn what people can mend into one line on stderr and exit code 2."""
    from mock_server.ports import StoreError
    from mock_server.server.embedded import PortTakenError
    from mock_server.settings import SettingsError

    try:
        yield
    except (SettingsError, StoreError, PortTakenError) as error:
        click.echo(f"cbtsync-mock: {error}", err=True)
        raise SystemExit(USAGE) from None


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Load without the garbage collector: nothing that is loaded goes away again, and looking for
    it would cost a tenth of the start. The server collects again once it listens."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@click.group(context_settings={"max_content_width": 100})
@click.version_option(VERSION, prog_name="cbtsync-mock")
def main() -> None:
    """Simulator server CBTSync untuk latihan. / A CBTSync exam-sync server to rehearse on."""


@main.command()
@click.option("--host", help="Address to listen on. Default: 127.0.0.1, or all with --lan.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option(
    "--db", metavar="URL", help="A file, memory: or postgresql://. Default: your data folder."
)
@click.option(
    "--scenarios", type=click.Path(path_type=Path), help="A folder with scenarios of your own."
)
@click.option(
    "--book",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the handbook, served at /buku. Default: build/handbook.",
)
@click.option(
    "--lan",
    is_flag=True,
    help="Serve the pages to other computers on the network too; steering stays on this one.",
)
@click.option(
    "--lan-control",
    is_flag=True,
    help="With --lan: whoever has the token may steer (/control/v1) from other computers too.",
)
@click.option(
    "--forget-passphrase",
    is_flag=True,
    help="Forget the facilitator's passphrase; a new one is set at this computer. Classes stay.",
)
def serve(
    host: str | None,
    port: int,
    db: str | None,
    scenarios: Path | None,
    book: Path | None,
    *,
    lan: bool,
    lan_control: bool,
    forget_passphrase: bool,
) -> None:
    """Jalankan server latihan. / Start the simulator and print where to go."""
    with _without_collecting(), _told():
        from mock_server import settings as s
        from mock_server.adapters.stores import default_database_url

        everywhere = "0.0.0.0"  # noqa: S104 -- only with --lan
        default = default_database_url()
        settings = s.checked(
            s.Settings(
                host=host or (everywhere if lan else "127.0.0.1"),
                port=port,
                database=db or default,
                scenarios=scenarios,
                lan=lan,
                lan_control=lan_control,
                forget_passphrase=forget_passphrase,
                book=book or s.default_book(),
            )
        )
        token, place = s.control_token(s.data_folder(default))
        from mock_server.serving import serve as run

        run(settings, token, place)


@main.group("scenarios")
def scenarios_group() -> None:
    """Skenario latihan. / The rehearsal stories."""


@scenarios_group.command("list")
@click.option("--scenarios", "folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
def list_scenarios(folder: Path | None, lang: Language) -> None:
    """Daftar skenario. / One line each: id, level, ending, title."""
    from mock_server import listing

    _print_or_fail(listing.scenario_lines(folder, lang))


@scenarios_group.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check_scenarios(paths: tuple[Path, ...]) -> None:
    """Periksa berkas skenario. / Check files or folders; without PATH, the shipped ones."""
    from mock_server import listing

    _print_or_fail(listing.scenario_findings(paths))


@main.group("faults")
def faults_group() -> None:
    """Gangguan yang dapat dilatih. / The faults that can be rehearsed."""


@faults_group.command("list")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
@click.option("--markdown", is_flag=True, help="The whole catalogue as a page, as docs/faults.md.")
def list_faults(lang: Language, *, markdown: bool) -> None:
    """Daftar gangguan. / Name, what is seen, parameters."""
    from mock_server import fault_page, listing

    _print_or_fail(fault_page.lines() if markdown else listing.fault_lines(lang))


@faults_group.command("check")
def check_faults() -> None:
    """Buktikan setiap gangguan. / Prove that each fault bites, and that a silent one does not."""
    from mock_server.self_check import report_lines

    _print_or_fail(report_lines())


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build/handbook"),
    show_default=True,
    help="The folder of the book; replaced as a whole.",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("build/evidence"),
    show_default=True,
    help="What the features left behind when they ran.",
)
@click.option("--lang", type=click.Choice(["id", "en"]), help="One language only. Default: both.")
@click.option("--draft", is_flag=True, help="Print what is wrong in red instead of stopping.")
@click.option("--cards", is_flag=True, help="The cards and sheets only.")
@click.option("--no-pdf", is_flag=True, help="HTML only; needs no Pango.")
@click.option("--pictures", is_flag=True, help="Take the pictures first, with Chromium.")
@click.option("--pictures-only", is_flag=True, help="Take the pictures and build nothing.")
@click.option(
    "--readme",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="With the pictures: write those of the README, smaller, into DIR.",
)
@click.option(
    "--messages",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write what ran as Cucumber Messages (NDJSON).",
)
def handbook(
    out: Path, evidence: Path, lang: Language | None, readme: Path | None, messages: Path | None,
    *, draft: bool, cards: bool, no_pdf: bool, pictures: bool, pictures_only: bool,
) -> None:  # fmt: skip
    """Buku latihan dan kartunya. / The printed handbook and its cards, as HTML and PDF."""
    try:
        from mock_server import publishing
    except ModuleNotFoundError as error:
        if error.name not in HANDBOOK_NEEDS:
            raise
        click.echo(
            f"cbtsync-mock: the handbook needs {error.name}. Install its extra: "
            "pip install 'cbtsync-sim[handbook]'",
            err=True,
        )
        raise SystemExit(USAGE) from None
    languages: tuple[Language, ...] = (lang,) if lang else ("id", "en")
    wish = publishing.Wish(
        out=out, evidence=evidence, languages=languages, draft=draft, cards_only=cards,
        pdf=not no_pdf,
    )  # fmt: skip
    found: list[str] = []
    try:
        if pictures or pictures_only:
            publishing.take_pictures(evidence, readme, click.echo, draft=draft)
        if messages and not pictures_only:
            publishing.write_messages(evidence, messages, click.echo)
        if not pictures_only:
            found = publishing.publish(wish, click.echo)
    except publishing.CannotPublishError as error:
        click.echo(f"cbtsync-mock: {error}", err=True)
        raise SystemExit(USAGE) from None
    if found:
        click.echo("\n".join([*found, f"{len(found)} temuan / findings"]), err=True)
        raise SystemExit(0 if draft else WRONG)


def _print_or_fail(result: tuple[list[str], bool]) -> None:
    """Print lines; exit 1 if something was found wrong."""
    lines, fine = result
    click.echo("\n".join(lines))
    if not fine:
        raise SystemExit(WRONG)
