"""What the client says to people, in Indonesian and English: the one way from a reason to words.

The words stand in texts.json, both languages side by side. Rules and steps name a reason by its
key and carry the values; only what shows it to somebody turns it into a sentence.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

Lang = Literal["id", "en"]
WORDS_FOR = {"act": "act", "look": "act", "condition": "condition"}  # field: group of its names


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in no language yet.

    A field may be a sentence itself. The fields in ``WORDS_FOR`` hold names that only programs
    know; their words are put in where it is told.
    """

    key: str
    fields: "dict[str, Value]" = {}

    @classmethod
    def of(cls, _key: str, /, **fields: "Value") -> "Reason":
        return cls(key=_key, fields=fields)


Value = str | int | Reason


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    en: str


@cache
def catalogue() -> Mapping[str, _Entry]:
    """Return every text by its key."""
    raw = files("client").joinpath("texts.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, _Entry])


class Texts:
    """The texts in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def say(self, reason: Reason) -> str:
        return self.get(reason.key, **reason.fields)

    def get(self, _key: str, /, **fields: Value) -> str:
        """Return the sentence. Raises KeyError for a key or a field that does not exist."""
        entry = catalogue()[_key]
        told = {name: self._told(name, value) for name, value in fields.items()}
        return (entry.id if self.lang == "id" else entry.en).format(**told)

    def has(self, key: str) -> bool:
        return key in catalogue()

    def _told(self, name: str, value: Value) -> str | int:
        if isinstance(value, Reason):
            return self.say(value)
        group = WORDS_FOR.get(name)
        if group is None:
            return value
        key = f"{group}.{value}"
        return self.get(key) if self.has(key) else value  # a journal may name what is no more
