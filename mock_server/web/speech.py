"""What the screens of one procedure pack say, in one language: status words, refusals, wordings.

The texts themselves are data; which of them a screen needs is decided here.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from mock_server.domain.refusals import Refusal
from mock_server.domain.screen_shapes import DashboardCondition
from mock_server.journal import wib
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language, Messages
from mock_server.web.wire_answers import Refused, Status

BANNER = "LATIHAN – BUKAN SISTEM UJIAN"  # the same in every language, and on every answer

_CONDITIONS: Mapping[DashboardCondition, str] = {
    "active": "active",
    "closed": "closed",
    "mismatch": "mismatch",
    "no-line": "no_line",
    "unknown-id": "unknown_id",
}
_STOPPED = {"closed": "sync.access_closed", "service": "job.service_stopped"}


@lru_cache(maxsize=256)
def language_of(accept_language: str) -> Language:
    """Return English if the header prefers it to Indonesian, else Indonesian."""
    preferred: list[tuple[float, Language]] = []
    for part in accept_language.split(","):
        tag, _, weight = part.partition(";")
        name = tag.strip().lower()
        if name == "*" or name.partition("-")[0] in ("id", "in"):
            preferred.append((_weight(weight), "id"))
        elif name.partition("-")[0] == "en":
            preferred.append((_weight(weight), "en"))
    wanted = [one for one in preferred if one[0] > 0]
    # Of equal weights the first named wins.
    return max(wanted, key=lambda one: one[0], default=(1.0, "id"))[1]


def _weight(text: str) -> float:
    """Return what stands after ``q=``, from 0 to 1; what cannot be read counts as unwanted."""
    if not text.strip():
        return 1.0
    key, _, value = text.strip().partition("=")
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if key == "q" and 0 <= weight <= 1 else 0.0


class Speech:
    """One pack's screens in one language."""

    def __init__(self, pack: ProcedurePack, messages: Messages, language: Language) -> None:
        self.pack = pack
        self.language = language
        self._messages = messages
        self._statuses = {
            condition: self._status(condition, key) for condition, key in _CONDITIONS.items()
        }
        self._statuses["licence"] = self._licence_status()

    def text(self, key: str, **fields: object) -> str:
        return self._messages.text(key, self.language, **fields)

    def status(self, condition: DashboardCondition) -> Status:
        return self._statuses[condition]

    def refused(self, refusal: Refusal) -> Refused:
        fields: dict[str, object] = dict(refusal.fields)
        if (opens_ms := refusal.fields.get("opens_ms")) is not None:
            fields = {"opens": f"{wib(int(opens_ms)):%H:%M}"}
        if (job := refusal.fields.get("job")) is not None:
            fields["job"] = self.text(f"job.{job}")
        return Refused(code=refusal.code, message=self.text(refusal.code, **fields))

    def stopped(self, reason: str, data: int) -> str:
        """Say why a sync came to a halt at a data set."""
        key = _STOPPED.get(reason, "sync.stopped_at")
        return self.text(key) if key == "job.service_stopped" else self.text(key, n=data)

    def request_refused(self, field: str, allowed: str) -> Refused:
        """Say what is wrong with a request that could not be understood."""
        message = self.text("error.request", field=field, allowed=allowed)
        return Refused(code="error.request", message=message)

    def plain_refused(self, code: str) -> Refused:
        return Refused(code=code, message=self.text(code))

    def _status(self, condition: DashboardCondition, key: str) -> Status:
        word = self._messages[f"dashboard.{key}.word"]
        return Status(
            condition=condition,
            word=self.text(word.key),
            sentence=self.text(f"dashboard.{key}.sentence"),
            colour="" if word.colour is None else word.colour.value,
        )

    def _licence_status(self) -> Status:
        """The sentence is documented; that it stands with this word and colour is our guess."""
        word = self._messages["dashboard.no_line.word"]
        return Status(
            condition="licence",
            word=self.text(word.key),
            sentence=self.text("licence.invalid"),
            colour="" if word.colour is None else word.colour.value,
        )


class Speeches:
    """The speech of every pack in use, made once. ``default`` speaks where there is no station."""

    def __init__(
        self,
        find_pack: Callable[[str], ProcedurePack],
        messages_of: Callable[[ProcedurePack], Messages],
        *,
        default: str,
    ) -> None:
        self._find_pack = find_pack
        self._messages_of = messages_of
        self._default = default
        self._made: dict[tuple[str | None, Language], Speech] = {}

    def of(self, procedure: str | None, language: Language) -> Speech:
        made = self._made.get((procedure, language))
        if made is None:
            pack = self._find_pack(procedure or self._default)
            made = Speech(pack, self._messages_of(pack), language)
            self._made[procedure, language] = made
        return made
