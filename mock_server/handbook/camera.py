"""Takes the pictures of the catalogue from a running simulator, with the system's Chromium.

Each picture gets a rehearsal of its own whose clock is moved by hand, so that the same catalogue
and the same pages give the same pictures. Needs the extra ``browser``.
"""

import os
import shutil
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image  # comes with WeasyPrint
from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from mock_server.handbook.pictures import HEIGHT_PX, INDEX, SCALE, WIDTH_PX, Taken, Wanted
from mock_server.procedure.texts import LANGUAGES, Language

CHROMIUM_VARIABLE = "CBTSYNC_CHROMIUM"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
TIMEOUT_MS = 10_000
COLOURS = 128  # of a small picture
# Violet is the trainer's colour: what is violet never comes from CBTSync. A white rim keeps the
# ring visible on dark ground and on a photocopy.
HIGHLIGHT = (
    "outline: 4px solid #4a3c8c !important; outline-offset: 3px !important; "
    "box-shadow: 0 0 0 3px #fff, 0 0 0 9px #fff !important;"
)
_PNG_SIZE = struct.Struct(">II")


class CameraError(Exception):
    """A picture cannot be taken; the message says which one and why."""


class Camera:
    """Takes pictures from the simulator at ``url`` (ends in /), steered with ``token``."""

    def __init__(self, browser: Browser, url: str, token: str) -> None:
        self._browser = browser
        self._url = url
        steering = browser.new_context(extra_http_headers={"Authorization": f"Bearer {token}"})
        self._control = steering.request
        self._vendor = browser.new_context().request

    def take_all(self, wanted: Iterable[Wanted], folder: Path) -> list[Taken]:
        """Take each in both languages into ``folder``, with an index. Raises CameraError."""
        folder.mkdir(parents=True, exist_ok=True)
        taken = []
        for one in wanted:
            try:
                taken += [self._take(one, language, folder) for language in LANGUAGES]
            except Error as error:
                raise CameraError(f"picture {one.name}: {_first_line(error)}") from None
        for old in {*folder.glob("*.png")} - {folder / one.file for one in taken}:
            old.unlink()
        data = msgspec.json.format(msgspec.json.encode(taken), indent=1)
        (folder / INDEX).write_bytes(data + b"\n")
        return taken

    def _take(self, wanted: Wanted, language: Language, folder: Path) -> Taken:
        with self._rehearsal(wanted) as name:
            context = self._browser.new_context(
                viewport={"width": WIDTH_PX, "height": HEIGHT_PX},
                device_scale_factor=SCALE,
                bypass_csp=True,  # the ring is put in by us, not by the page
                reduced_motion="reduce",
                java_script_enabled=False,  # a page that polls would never stand still
            )
            try:
                page = context.new_page()
                page.set_default_timeout(TIMEOUT_MS)
                mark = "&" if "?" in wanted.page else "?"
                page.goto(f"{self._url}r/{name}/{wanted.page}{mark}lang={language}")
                data = _shot(page, wanted)
            finally:
                context.close()
        file = f"{wanted.name}.{language}.png"
        (folder / file).write_bytes(data)
        width_px, height_px = _PNG_SIZE.unpack(data[16:24])
        return Taken(
            name=wanted.name,
            language=language,
            file=file,
            digest=wanted.digest(),
            width_px=width_px,
            height_px=height_px,
        )

    @contextmanager
    def _rehearsal(self, wanted: Wanted) -> Iterator[str]:
        made = self._steer(wanted, "POST", "", {"document": wanted.document(),
                                                "clock": {"mode": "manual"}})  # fmt: skip
        name: str = made["name"]
        try:
            for act in wanted.acts:
                if act.press:
                    self._press(wanted, name, act.press, act.with_)
                elif act.send:
                    self._send(wanted, name, act.send, act.with_)
                elif act.arm:
                    asked = {"fault": act.arm, "with": act.with_}
                    self._steer(wanted, "POST", f"/{name}/faults", asked)
                else:
                    moved = {"by_ms": act.wait_ms}
                    self._steer(wanted, "POST", f"/{name}/clock/advance", moved)
            yield name
        finally:
            self._steer(wanted, "DELETE", f"/{name}", None)

    def _steer(self, wanted: Wanted, method: str, path: str, body: object) -> dict[str, Any]:
        reply = self._control.fetch(
            f"{self._url}control/v1/rehearsals{path}",
            method=method,
            data=body,
        )
        if not reply.ok:
            raise CameraError(f"picture {wanted.name}: {method} {path}: {reply.text()[:300]}")
        return dict(reply.json()) if reply.body() else {}

    def _press(self, wanted: Wanted, name: str, path: str, body: dict[str, Any]) -> None:
        address = f"{self._url}r/{name}/api/{path}"
        reply = self._vendor.post(address, data=_filled(body, self._ids(name)))
        if not reply.ok:
            raise CameraError(f"picture {wanted.name}: pressing {path}: {reply.text()[:300]}")

    def _send(self, wanted: Wanted, name: str, path: str, form: dict[str, Any]) -> None:
        """Send a form as the page that has it does: it must come from our own address."""
        reply = self._vendor.post(
            f"{self._url}r/{name}/{path}",
            form=form,
            headers={"Origin": self._url.rstrip("/")},
        )
        if not reply.ok:
            raise CameraError(f"picture {wanted.name}: sending {path}: status {reply.status}")

    def _ids(self, name: str) -> list[str]:
        rows = self._vendor.get(f"{self._url}r/{name}/api/portal/ids").json()["servers"]
        return [str(row["server_id"]) for row in rows]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium. Raises CameraError if there is none."""
    found = os.environ.get(CHROMIUM_VARIABLE) or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if not found:
        raise CameraError(
            f"no Chromium was found ({', '.join(CHROMIUM_NAMES)}); install one, or name it in "
            f"${CHROMIUM_VARIABLE}"
        )
    # A container's root may not use the browser's own sandbox.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, "--no-sandbox"] if root else list(FLAGS)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=flags)
        except Error as error:
            raise CameraError(f"{found} does not start: {_first_line(error)}") from None
        try:
            yield browser
        finally:
            browser.close()


def write_small(folder: Path, wanted: Iterable[Wanted], out: Path) -> list[Path]:
    """Write pictures that were taken into ``folder`` again, small enough for a repository."""
    written = []
    out.mkdir(parents=True, exist_ok=True)
    for one in wanted:
        for language in LANGUAGES:
            name = f"{one.name}.{language}.png"
            with Image.open(folder / name) as picture:
                size = (picture.width // SCALE, picture.height // SCALE)
                small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
            path = out / name
            small.quantize(COLOURS).save(path, optimize=True)
            written.append(path)
    return written


def _first_line(error: Error) -> str:
    return error.message.strip().partition("\n")[0]


def _shot(page: Page, wanted: Wanted) -> bytes:
    style = f"{wanted.part} {{ {HIGHLIGHT} }}" if wanted.part else ""
    if wanted.part and not page.locator(wanted.part).count():
        raise CameraError(f"picture {wanted.name}: the page has no part {wanted.part!r}")
    if not wanted.crop:
        return page.screenshot(style=style, animations="disabled")
    part: Locator = page.locator(wanted.crop).first
    if not part.count():
        raise CameraError(f"picture {wanted.name}: the page has no part {wanted.crop!r}")
    return part.screenshot(style=style, animations="disabled")


def _filled(body: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """Put the made-up IDs of this rehearsal in place of ``$id1``, ``$id2``."""
    known = {f"$id{number}": one for number, one in enumerate(ids, start=1)}
    return {key: known.get(value, value) if isinstance(value, str) else value
            for key, value in body.items()}  # fmt: skip
