"""What ``cbtsync-mock serve`` does: open the store, listen, say where to go, serve until told."""

import gc
import socket
from pathlib import Path

import click

from mock_server import VERSION
from mock_server.adapters.stores import open_store
from mock_server.app import create_app
from mock_server.server.embedded import Server, serve_until_told
from mock_server.settings import Settings, is_loopback
from mock_server.web.classes.house import forget_passphrase


def serve(settings: Settings, token: str, token_place: str) -> None:
    """Serve until SIGINT or SIGTERM. Raises StoreError, PortTakenError."""
    store = open_store(settings.database)
    try:
        if settings.forget_passphrase:
            forget_passphrase(store.cohorts)
        app = create_app(
            store=store,
            cohorts=store.cohorts,
            token=token,
            scenarios=settings.scenarios,
            lan_control=settings.lan_control,
            book=settings.book,
            report=lambda what: click.echo(what.rstrip(), err=True),
        )
        server = Server(app, host=settings.host, port=settings.port)
        server.listen()
        gc.freeze()  # what was loaded stays: leave it out of every later collection
        gc.enable()
        serve_until_told(server, lambda: _say_where(settings, server.port, token_place))
        click.echo("Berhenti. Semua yang sudah dijawab tersimpan. / Stopped; nothing was lost.")
    finally:
        store.close()


def _say_where(settings: Settings, port: int, token_place: str) -> None:
    lines = [
        f"CBTSync simulator {VERSION} – LATIHAN, BUKAN SISTEM UJIAN / rehearsal only",
        f"  Buka / open     {_url(settings.host, port)}",
        *(f"                  {_url(address, port)}" for address in _lan_addresses(settings)),
        f"  API             {_url(settings.host, port)}openapi.json",
        f"  Data            {_database(settings.database)}",
        f"  Token           {token_place}",
        *_opened(settings),
        *_forgotten(settings, _url("localhost", port)),
        "  Berhenti / stop CTRL+C",
    ]
    click.echo("\n".join(lines))


def _opened(settings: Settings) -> list[str]:
    """Say what other machines may do here."""
    if not settings.lan:
        return []
    pages = [
        "  --lan           komputer lain di jaringan ini dapat membuka halaman latihan / other",
        "                  computers on this network can open the pages",
    ]
    if settings.lan_control:
        return [
            *pages,
            "  --lan-control   dengan token, mereka juga dapat mengendalikan latihan / with the",
            "                  token, they can steer rehearsals too",
        ]
    return [
        *pages,
        "                  Kendali latihan (/control/v1) tetap hanya di komputer ini / steering",
        "                  (/control/v1) stays on this computer only",
    ]


def _forgotten(settings: Settings, home: str) -> list[str]:
    """Say where a new passphrase is set."""
    if not settings.forget_passphrase:
        return []
    return [
        f"  Kata sandi      dilupakan; buat yang baru di {home}fasilitator/ /",
        "  Passphrase      forgotten; set a new one there. Classes are kept.",
    ]


def _url(host: str, port: int) -> str:
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1") else host  # noqa: S104 -- compared, not bound
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _database(url: str) -> str:
    if url.startswith("sqlite:///"):
        return str(Path(url.removeprefix("sqlite:///")))
    return url if "@" not in url else f"…@{url.rpartition('@')[2]}"


def _lan_addresses(settings: Settings) -> list[str]:
    """Return this machine's own addresses, for the people at other machines."""
    if not settings.lan or is_loopback(settings.host):
        return []
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return sorted({str(one[4][0]) for one in found} - {"127.0.0.1", "127.0.1.1"})
