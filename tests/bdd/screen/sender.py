"""A client's requests, carried out by clicks: its head decides, and the page is all it sees.

What no screen shows and a program knows (how often the data have changed, the clock to the
millisecond) is taken from the control plane.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from client.calls import Call
from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown
from client.wire import Envelope
from tests.bdd.screen.desk import AbsentError, NoAnswerError
from tests.bdd.screen.reading import CONDITIONS

if TYPE_CHECKING:
    from tests.bdd.screen.room import BrowserRoom

Json = dict[str, Any]
TEXTS = Path(__file__).parents[3] / "scenarios/procedures/texts/messages.yaml"
LOOK_AFTER = {
    "machine/use": "desk",
    "machine/set-clock": "desk",
    "exambro/open": "desk",
    "cbtsync/open": "patch",
    "cbtsync/close": "desk",
    "service/start": "service",
    "service/refresh": "service",
    "patch/start": "patch",
    "id/submit": "dashboard",
    "backup/start": "backup",
    "delete/start": "delete",
    "sync/start": "sync",
    "status/refresh": "overlay",
    "status/close": "overlay",
    "portal/sn-reset": "portal/sn-reset",
}
"""What the answer to each act shows."""
_SECONDS = re.compile(r"setelah (\d+) detik")
_FIELD = re.compile(r"\\\{\w+\\\}")


class PageSender:
    """Sends to the page of a room. A wait that the page asks for is told as it stands there."""

    def __init__(self, room: "BrowserRoom") -> None:
        self._room = room
        self.sent = 0
        self._status: Json | None = None

    def send(self, call: Call) -> Outcome:
        self.sent += 1
        try:
            if call.body is None:
                return self._obeyed(call, self._room.look(call.path))
            asked = {name: value for name, value in call.body.items() if name != "data_version"}
            reply = self._room.try_press(call.path, **asked)
            if reply.status != 200:
                return self._refused(code_of(reply.message), reply.message)
            return self._obeyed(call, self._shown(call.path, asked))
        except AbsentError as error:
            return self._refused(error.code, str(error))
        except NoAnswerError as error:
            if call.op == "menu.open":
                # Opening a menu changes nothing; what it holds is looked at next.
                return self._obeyed(call, self._shown(call.path, call.body or {}))
            said = _SECONDS.search(str(error))
            return Unknown(reason=str(error), retry_after_s=int(said[1]) if said else None)

    def download(self, path: str, headers: Mapping[str, str]) -> "SavedFile | NotSent | Unknown":
        """Click the link: what the browser gets is the whole file, whatever was asked for."""
        del headers
        self.sent += 1
        try:
            return SavedFile(self._room.fetch(path))
        except NoAnswerError as error:
            return Unknown(reason=str(error))

    def _shown(self, path: str, asked: Mapping[str, object]) -> Json:
        if path == "menu/open":
            return {"menu": asked["menu"]}
        if path == "report":
            at = self._room.instant()
            return {"filed_at": at, "decision": asked["decision"]}
        return self._room.seen(LOOK_AFTER[path])

    def _obeyed(self, call: Call, page: Json) -> Outcome:
        return Obeyed(reply=msgspec.convert(self._whole(page), call.shape))

    def _refused(self, code: str, message: str) -> Outcome:
        reply = msgspec.convert(self._whole({}), Envelope)
        return Refused(code=code, message=message, reply=reply)

    def _whole(self, page: Json) -> Json:
        """Put the envelope of every answer around what a screen says."""
        status = page.pop("status", None) or self._known(self._room.status_word())
        if status is not None:
            key = (status["word"], status["sentence"])
            status = {**status, "condition": CONDITIONS[key]}
        self._status = status
        return {
            "banner": "",
            "now": self._room.instant(),
            "now_ms": self._room.now_ms(),
            "data_version": self._room.data_version(),
            "machine": self._room.here(),
            "status": status,
            **page,
        }

    def _known(self, word: str) -> Json | None:
        """Return the status for its word: on most pages the sentence is what it last was."""
        if not word:
            return self._status if self._room.hides_status() else None
        if self._status is not None and self._status["word"] == word:
            return {"word": word, "sentence": self._status["sentence"]}
        sentence = next(sentence for said, sentence in CONDITIONS if said == word)
        return {"word": word, "sentence": sentence}


class SavedFile:
    """What a browser has put into the folder of downloads."""

    def __init__(self, content: bytes) -> None:
        self.status = 200
        self.headers: Mapping[str, str] = {"Content-Length": str(len(content))}
        self.broken = ""
        self._content = content

    def pieces(self) -> Iterator[bytes]:
        yield self._content

    def close(self) -> None:
        """Nothing is open."""


def code_of(message: str) -> str:
    """Return the code of the refusal that is worded so. Raises LookupError."""
    for code, pattern in _refusals().items():
        if pattern.fullmatch(message):
            return code
    raise LookupError(f"no refusal is worded {message!r}")


def _refusals() -> Mapping[str, re.Pattern[str]]:
    if not _KNOWN:
        for one in yaml.safe_load(TEXTS.read_text(encoding="utf-8"))["messages"]:
            if one["kind"] in ("refusal", "error", "notice", "state", "sentence", "question"):
                _KNOWN[one["key"]] = re.compile(_FIELD.sub(".+", re.escape(one["id"])))
    return _KNOWN


_KNOWN: dict[str, re.Pattern[str]] = {}
