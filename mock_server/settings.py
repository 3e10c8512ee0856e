"""What ``serve`` was asked for, checked: the only reader of the environment besides the stores.

Built once at the command line and handed down; nobody below reads options or variables.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from mock_server.scenario.locations import PACKAGE
from mock_server.scenario.model import Scenario

BOOK = "build/handbook"  # below the present folder
TOKEN_VARIABLE = "CBTSYNC_TOKEN"  # noqa: S105 -- its name, not its value
TOKEN_FILE = "control-token"  # noqa: S105 -- likewise
TOKEN_LENGTH_MIN = 16
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")  # what a Bearer header may carry


class SettingsError(Exception):
    """What was asked for is not possible; the message says why and what to do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    host: str
    port: int  # 0: the system chooses
    database: str
    scenarios: Path | None
    lan: bool  # other machines may open the pages
    lan_control: bool = False  # and, with the token, steer
    forget_passphrase: bool = False
    book: Path | None = None  # where the handbook is or will be built


def checked(settings: Settings) -> Settings:
    """Raises SettingsError: beyond this machine only on purpose; folders must be there."""
    if not is_loopback(settings.host) and not settings.lan:
        raise SettingsError(
            f"--host {settings.host} is open to other machines. Add --lan if that is meant, "
            "or leave --host out to serve this machine only."
        )
    if settings.lan_control and not settings.lan:
        raise SettingsError(
            "--lan-control opens the control plane to the machines that --lan lets in. "
            "Add --lan if that is meant, or leave --lan-control out."
        )
    if settings.scenarios is not None and not settings.scenarios.is_dir():
        raise SettingsError(
            f"--scenarios {settings.scenarios} is no folder. Name a folder with *.yaml files."
        )
    return settings


def default_procedure() -> str:
    """Return the pack of a scenario that names none."""
    fields = {field.name: field for field in msgspec.structs.fields(Scenario)}
    return str(fields["procedure"].default)


def default_book() -> Path:
    """Return where a book is built by default: below the present folder, or, if none is there and
    this is a checkout, at the checkout's top."""
    here = Path(BOOK).absolute()
    checkout = PACKAGE.parent
    if not here.is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / BOOK
    return here


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def data_folder(default_database: str) -> Path:
    """Return the user's own folder for this program, where the database is by default."""
    path = urlsplit(default_database).path
    return Path(path[1:] if path.startswith("//") or path[2:3] == ":" else path).parent


def control_token(folder: Path, environ: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """Return the control plane's token, and where it is kept for people to find.

    The variable goes first; else a file of the user's own is read, or made once, readable by its
    owner only. Raises SettingsError.
    """
    given = environ.get(TOKEN_VARIABLE)
    if given is not None:
        if len(given) < TOKEN_LENGTH_MIN:
            raise SettingsError(
                f"{TOKEN_VARIABLE} has {len(given)} characters; {TOKEN_LENGTH_MIN} or more are "
                "needed. Unset it to have a token made."
            )
        if _TOKEN.fullmatch(given) is None:
            raise SettingsError(
                f"{TOKEN_VARIABLE} holds what no HTTP header carries. Allowed are ASCII letters, "
                "digits and . _ ~ + / = -"
            )
        return given, f"${TOKEN_VARIABLE}"
    path = folder / TOKEN_FILE
    try:
        return _kept(path), str(path)
    except OSError as error:
        raise SettingsError(
            f"the control token cannot be kept in {path}: {error.strerror}. "
            f"Set {TOKEN_VARIABLE} instead."
        ) from None


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        if token := _read(path):
            return token
        path.unlink()  # spoilt
    token = secrets.token_urlsafe(32)
    owner_only = stat.S_IRUSR | stat.S_IWUSR
    # Made with its mode: at no instant may others read it.
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, owner_only)
    except FileExistsError:
        return _read(path) or token  # another start was quicker
    with os.fdopen(made, "w") as file:
        file.write(f"{token}\n")
    return token


def _read(path: Path) -> str:
    """Return the token in the file, '' if it holds none that could be one."""
    token = path.read_text(encoding="ascii", errors="replace").strip()
    return token if len(token) >= TOKEN_LENGTH_MIN and _TOKEN.fullmatch(token) else ""
