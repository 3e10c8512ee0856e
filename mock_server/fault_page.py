"""The catalogue of faults as a page for people, in both languages: ``docs/faults.md``.

Made from the registry and the texts alone: ``cbtsync-mock faults list --markdown``.
"""

from collections.abc import Iterator

from mock_server.domain.operations import Operation
from mock_server.faults.catalogue import KINDS, KindReport, describe
from mock_server.procedure.texts import FaultText, Text
from mock_server.scenario.packs import load_fault_texts, load_pack
from mock_server.settings import default_procedure

TITLES = {
    "domain": "The station and the centre",
    "http": "The answer",
    "net": "The connection",
}
WHATS = {
    "domain": """\
They strike a command, or hold as a condition. Each knows the operations that it strikes; `on` is
not written.""",
    "http": """\
They spoil the answer to the operation that `on` names. The waits of `http.slow` and `http.dribble`
are real milliseconds, 5 s at most.""",
    "net": """\
They break the connection under the operation that `on` names, on a simulator that listens on a
socket (`cbtsync-mock serve`, the pytest plugin); or the request itself comes late, or twice. What
cannot be carried out where it is armed is refused there.""",
}
INTRO = """\
# Faults

<!-- made by: cbtsync-mock faults list --markdown -->

Every fault that can be rehearsed, as `{fault, on, with, when, effect}` in a scenario, over the
control plane, or by `cbtsync_rehearsal.arm(...)`. The sign never names the cause: that is what
people practise. In Indonesian first, in *English* after.

**`effect`** says whether the request took effect: `none`, `applied` or `partial`. "Obeyed, but the
answer was lost" and "never heard" look alike and need opposite recoveries. The first effect listed
is the default.

**`when`** is counts (`skip`, `times`, `sticky: true`) and stretches of virtual time (`from`,
`until`, `ttl`). Without it a fault strikes once; a condition of the centre holds until it is
disarmed.

**Precedence**: connection, then station, then answer. At most one of a layer ends a request; delays
compose. One that did not strike says why: `OPERATION_DIFFERS`, `WINDOW_NOT_OPEN`, `COUNT_SPENT`,
`PRECEDENCE`, `STATE` or `DISARMED`.

`cbtsync-mock faults check` proves each of them: armed, it bites; silent, it changes not a byte; its
effect is what it says.\
"""


def lines() -> tuple[list[str], bool]:
    """Return the page, and that all is well: what could be wrong with it a test would say."""
    texts = load_fault_texts(load_pack(default_procedure()))
    page = INTRO.splitlines()
    for layer, title in TITLES.items():
        page += ["", f"## {title}", "", *WHATS[layer].splitlines()]
        for name, kind in sorted(KINDS.items()):
            if kind.layer == layer:
                page += _fault(describe(kind), texts[name])
    return page, True


def _fault(report: KindReport, text: FaultText) -> Iterator[str]:
    yield from ("", f"### `{report.name}`: {text.title.id} / *{text.title.en}*", "")
    yield f"{_nature(report)}  "
    yield f"`{_written(report)}`"
    if report.params:
        yield from ("", "| `with` | default | allowed |", "|---|---|---|")
        yield from (
            f"| `{one.key}` | `{_plain(one.default)}` | {_cell(one.allowed)} |"
            for one in report.params
        )
    yield ""
    yield from _said("Tanda", "sign", text.cue)
    yield from _said("Tindakan", "act", text.act)
    yield from _said("Selesai bila", "over when", text.over)
    yield from _said("Memperburuk", "makes it worse", text.worse)


def _nature(report: KindReport) -> str:
    """Say how it acts: effects, operations, how often, and how sure the story behind it is."""
    effects = ", ".join(f"`{one}`" for one in report.effects)
    often = "until disarmed" if report.times is None else "once, unless `when` says otherwise"
    facts = [f"effect {effects}", often, report.basis]
    if not report.carried_out:
        facts.append(f"**not carried out by this version**: {KINDS[report.name].lacks}")
    return " · ".join([*facts, _struck(report)])


def _struck(report: KindReport) -> str:
    if not report.on:
        return "a condition, when it is armed"
    if len(report.on) == len(Operation):
        return "on any operation"
    told = ", ".join(f"`{op}`" for op in report.on)
    if report.condition:
        return f"felt by {told}"
    return f"on one of {told}" if report.needs_on else f"strikes {told}"


def _written(report: KindReport) -> str:
    """Return it as a line of a scenario, its values at their defaults."""
    parts = [f"fault: {report.name}"]
    if report.needs_on:
        parts.append(f"on: {report.on[0]}")
    if report.params:
        values = ", ".join(f"{one.key}: {_plain(one.default)}" for one in report.params)
        parts.append(f"with: {{{values}}}")
    return f"- {{{', '.join(parts)}}}"


def _plain(value: object) -> str:
    """Write a value as YAML does."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case list() | tuple():
            return f"[{', '.join(map(_plain, value))}]"
        case _:
            return str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _said(label: str, english: str, text: Text) -> Iterator[str]:
    yield f"- **{label}**: {text.id} *({english}: {text.en})*"
