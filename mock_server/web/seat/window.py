"""Which window stands in front, and what was just said in it: all that a page's address knows.

Looking is no command, so what is open on the desk beside CBTSync lives in the address alone: it
survives a reload, a second tab and a browser without scripts. Whatever an address may say, only
words of ours are taken from it.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace

from mock_server.domain.refusals import Refusal
from mock_server.web.seat.lost import Lost, LostKind

Front = Literal[
    "",
    "ruang",
    "desktop",
    "exambro",
    "cbtsync",
    "portal",
    "unduhan",
    "catatan",
    "pesan",
    "jam",
]
Tool = Literal["portal", "unduhan", "catatan", "pesan", "jam"]
Tab = Literal["", "service", "jadwal", "peserta", "permintaan"]
FRONTS: tuple[str, ...] = get_args(Front)
TOOLS: tuple[Tool, ...] = get_args(Tool)
TABS: tuple[str, ...] = get_args(Tab)
LOST_KINDS: tuple[str, ...] = get_args(LostKind)
TEXT_MAX = 80
NUMBER_DIGITS_MAX = 13
NUMBER_FIELDS = frozenset({"opens_ms", "total"})
REFUSAL_FIELDS = ("opens_ms", "job", "version", "machine", "menu", "total")


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """``front`` '' is whatever the machine shows by itself. ``tools`` are the other open windows.

    ``said`` is the key of a refusal or notice with its fields; ``lost`` an answer that never came.
    ``pending`` is the forbidden act that was asked for, with its ID Server.
    """

    front: Front = ""
    tab: Tab = ""
    tools: tuple[Tool, ...] = ()
    id_form: bool = False  # the ID form although the dashboard is there
    q: str = ""
    group: str = ""
    page: int = 1
    server: str = ""  # whose registration the school's account shows
    digest: bool = False
    reply: int | None = None  # the message that is being answered
    panel: bool = True
    said: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    lost: Lost | None = None
    pending: str = ""
    pending_id: str = ""

    def over(self, front: Front, tab: Tab = "") -> "Window":
        """Return the desk with another window in front; what was said is gone."""
        return replace(
            Window(tools=self.tools, panel=self.panel), front=front, tab=tab
        ).with_tool_kept()

    def with_tool_kept(self) -> "Window":
        for tool in TOOLS:
            if self.front == tool and tool not in self.tools:
                return replace(self, tools=(*self.tools, tool))
        return self

    def without(self, tool: Tool) -> "Window":
        """Return the desk with one tool closed."""
        left = tuple(one for one in self.tools if one != tool)
        return replace(Window(tools=left, panel=self.panel), front="")

    def id_window(self) -> "Window":
        return replace(self.over("cbtsync"), id_form=True)

    def at_page(self, page: int) -> "Window":
        return replace(self.quiet(), page=page)

    def for_server(self, server_id: str) -> "Window":
        return replace(self.quiet(), server=server_id)

    def with_digest(self) -> "Window":
        return replace(self.quiet(), digest=True)

    def replying(self, index: int | None) -> "Window":
        return replace(self.quiet(), reply=index)

    def pending_for(self, aksi: str, form: Mapping[str, str]) -> "Window":
        """Return the desk while an act waits for an answer of its trainee."""
        return replace(
            self.quiet(),
            pending=_word(aksi),
            pending_id=form.get("server_id", "")[:TEXT_MAX],
            panel=True,
        )

    def with_panel(self, *, shown: bool) -> "Window":
        """Return the same windows with the coach's panel open or closed."""
        return replace(self.quiet(), panel=shown)

    def quiet(self) -> "Window":
        """Return the same windows with nothing said in them."""
        return replace(self, said="", fields=(), lost=None, pending="", pending_id="")

    def saying(self, key: str, **fields: str | int) -> "Window":
        given = tuple((name, str(value)) for name, value in fields.items())
        return replace(self, said=key, fields=given, lost=None)

    def refused(self, refusal: Refusal) -> "Window":
        return self.saying(refusal.code, **refusal.fields)

    def refusal(self) -> Refusal:
        """Return what was said as the refusal that it was."""
        refusal = Refusal(self.said)
        refusal.fields = {
            name: int(value) if name in NUMBER_FIELDS else value for name, value in self.fields
        }
        return refusal

    def query(self) -> str:
        """Return the address's query, '' for the plain desk."""
        pairs: list[tuple[str, str]] = []
        flags = (("id", self.id_form), ("sha", self.digest))
        texts = (("j", self.front), ("t", self.tab), ("b", ",".join(self.tools)))
        searched = (("q", self.q), ("kel", self.group), ("s", self.server), ("kata", self.said))
        waiting = (("tunda", self.pending), ("tunda_id", self.pending_id))
        pairs += [(key, text) for key, text in (*texts, *searched, *waiting) if text]
        pairs += [(key, "1") for key, on in flags if on]
        pairs += [(f"x_{name}", value) for name, value in self.fields]
        if self.reply is not None:
            pairs.append(("balas", str(self.reply)))
        if self.page > 1:
            pairs.append(("hal", str(self.page)))
        if not self.panel:
            pairs.append(("panel", "tutup"))
        if self.lost is not None:
            pairs.append(("galat", self.lost.kind))
            pairs += [("st", str(self.lost.status))] if self.lost.status else []
            pairs += [("jeda", str(self.lost.wait_s))] if self.lost.wait_s is not None else []
        return urlencode(pairs)


def window_of(args: Mapping[str, str]) -> Window:
    """Read an address's query; what is no word of ours is left out."""
    tools = args.get("b", "").split(",")
    said = _word(args.get("kata", ""))
    window = Window(
        front=_one_of(args.get("j", ""), FRONTS),  # type: ignore[arg-type] # checked there
        tab=_one_of(args.get("t", ""), TABS),  # type: ignore[arg-type] # checked there
        tools=tuple(tool for tool in TOOLS if tool in tools),
        id_form=args.get("id") == "1",
        q=args.get("q", "")[:TEXT_MAX],
        group=args.get("kel", "")[:TEXT_MAX],
        page=max(1, _number(args.get("hal", "")) or 1),
        server=args.get("s", "")[:TEXT_MAX],
        digest=args.get("sha") == "1",
        reply=_number(args.get("balas", "")),
        panel=args.get("panel") != "tutup",
        said=said,
        fields=_fields(args) if said else (),
        lost=_lost(args),
        pending=_word(args.get("tunda", "")),
        pending_id=args.get("tunda_id", "")[:TEXT_MAX],
    )
    return window.with_tool_kept()


def _one_of(text: str, allowed: Sequence[str]) -> str:
    return text if text in allowed else ""


def _word(text: str) -> str:
    """Return a key of the messages, or ''."""
    letters = text.replace(".", "").replace("_", "")
    return text if letters.isascii() and letters.isalnum() and len(text) <= TEXT_MAX else ""


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal()) or len(text) > NUMBER_DIGITS_MAX:
        return None
    return int(text)


def _fields(args: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    given = [(name, args.get(f"x_{name}", "")[:TEXT_MAX]) for name in REFUSAL_FIELDS]
    return tuple(
        (name, value)
        for name, value in given
        if value and (name not in NUMBER_FIELDS or _number(value) is not None)
    )


def _lost(args: Mapping[str, str]) -> Lost | None:
    kind = args.get("galat", "")
    if kind not in LOST_KINDS:
        return None
    return Lost(
        kind=kind,  # type: ignore[arg-type] # checked above
        status=min(599, _number(args.get("st", "")) or 0),
        wait_s=_number(args.get("jeda", "")),
    )
