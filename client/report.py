"""The Berita Acara for people: the same facts as HTML and as plain text, in one language."""

from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from client.closing import has_begun
from client.files import write_whole
from client.machines import own_id
from client.report_form import wib
from client.result import Result
from client.texts import Reason, Texts

HTML_NAME, TEXT_NAME = "berita-acara.html", "berita-acara.txt"
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
OFFSETS = {"+0700": "WIB", "+0800": "WITA", "+0900": "WIT"}
STYLE = """
body { font: 15px/1.5 "Segoe UI", Arial, sans-serif; color: #1c2530; max-width: 46em;
  margin: 2em auto; padding: 0 1em; }
.drill { background: #ffc83d; padding: .4em 1em; font-weight: bold; }
h1 { font-size: 24px; } h2 { font-size: 18px; margin: 1.2em 0 .3em; }
th { text-align: left; font-weight: normal; color: #4b5763; padding: .15em 1.5em .15em 0;
  vertical-align: top; white-space: nowrap; }
td { overflow-wrap: anywhere; }
.sign { display: flex; gap: 4em; margin-top: 3em; } .sign p { border-top: 1px solid #757b83;
  padding-top: .3em; min-width: 14em; }
""".strip()

Row = tuple[str, str]


def write(result: Result, folder: Path, texts: Texts, written: datetime) -> tuple[Path, Path]:
    """Write both files and return their paths. ``written`` is the wall clock of this computer."""
    html_path, text_path = folder / HTML_NAME, folder / TEXT_NAME
    write_whole(html_path, as_html(result, texts, written).encode())
    write_whole(text_path, as_text(result, texts, written).encode())
    return html_path, text_path


def as_text(result: Result, texts: Texts, written: datetime) -> str:
    rows = _rows(result, texts)
    width = max(len(name) for name, _ in rows)
    lines = [texts.get("report.drill"), "", texts.get("report.title").upper()]
    lines += [f"{texts.get('ending.' + result.ending)}: {texts.say(result.why)}", ""]
    lines += [f"{name:<{width}}  {value}" for name, value in rows]
    for heading, items in _sections(result, texts):
        lines += ["", heading, *(f"- {item}" for item in items)]
    lines += ["", _written(texts, written), texts.get("report.not_official")]
    return "\n".join(lines) + "\n"


def as_html(result: Result, texts: Texts, written: datetime) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{escape(value)}</td></tr>\n"
        for name, value in _rows(result, texts)
    )
    sections = "".join(
        f"<h2>{escape(heading)}</h2>\n<ul>"
        + "".join(f"<li>{escape(item)}</li>" for item in items)
        + "</ul>\n"
        for heading, items in _sections(result, texts)
    )
    title = escape(texts.get("report.title"))
    ending = escape(texts.get(f"ending.{result.ending}"))
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.lang}">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style></head>\n<body>\n"
        f'<p class="drill">{escape(texts.get("report.drill"))}</p>\n<h1>{title}</h1>\n'
        f"<p><strong>{ending}</strong>: {escape(texts.say(result.why))}</p>\n"
        f"<table>{rows}</table>\n{sections}"
        f'<div class="sign"><p>{escape(texts.get("report.proctor"))}</p>'
        f"<p>{escape(texts.get('report.technician'))}</p></div>\n"
        f"<p>{escape(_written(texts, written))} {escape(texts.get('report.not_official'))}</p>\n"
        "</body>\n</html>\n"
    )


def _rows(result: Result, texts: Texts) -> list[Row]:
    form, belief = result.form, result.belief
    school = "-" if belief.desk is None else belief.desk.school.name
    registered = "-" if belief.registration is None else str(belief.registration.count)
    total = "-" if belief.sync is None else str(belief.sync.total)
    yes_no = texts.get("report.yes" if form["tests_visible"] else "report.no")
    begun = has_begun(belief)
    listed = "-" if begun and belief.listing is None else str(form["participants"])
    tests = "-" if begun and belief.tests is None else yes_no
    values = {
        "school": school,
        "machine": str(form["machine"]) or "-",
        "server_id": own_id(belief) or "-",
        "version": str(form["version"]) or "-",
        "data": f"{form['datasets_complete']} / {total}{_unread(result, texts)}",
        "participants": f"{listed} / {registered}",
        "tests": tests,
        "began": _time(result, result.began_ms),
        "ended": _time(result, result.now_ms),
        "backup": _backup(result),
        "filed": texts.get("report.yes" if result.filed else "report.not_filed"),
    }
    if result.come_back_ms is not None:
        values["come_back"] = _time(result, result.come_back_ms)
    return [(texts.get(f"report.{key}"), value) for key, value in values.items()]


def _unread(result: Result, texts: Texts) -> str:
    """Say that the number is what a page claims: a green row can lie until it is read again."""
    belief = result.belief
    if not has_begun(belief) or belief.is_fresh("Overlay"):
        return ""
    return f" ({texts.get('report.not_read_back')})"


def _sections(result: Result, texts: Texts) -> list[tuple[str, list[str]]]:
    sections: list[tuple[str, list[str]]] = []
    for key, reasons in (("findings", result.findings), ("needs", result.needs)):
        if reasons:
            items = [texts.say(reason) for reason in reasons]
            sections.append((texts.get(f"report.{key}"), items))
    if result.recoveries:
        items = [
            f"{wib(one.at_ms).strftime('%H:%M')} WIB, {_step(texts, one.step)}: "
            f"{texts.say(one.why)}"
            for one in result.recoveries
        ]
        sections.append((texts.get("report.recoveries"), items))
    return sections


def _step(texts: Texts, number: int) -> str:
    return texts.say(Reason.of("report.step", number=number))


def _time(result: Result, at_ms: int) -> str:
    """Return the instant in WIB, and in the school's zone where that is another."""
    shown = wib(at_ms).strftime("%Y-%m-%d %H:%M WIB")
    zone = "Asia/Jakarta" if result.belief.desk is None else result.belief.desk.zone
    if ZONES.get(zone, "WIB") == "WIB":
        return shown
    return f"{shown} / {wib(at_ms).astimezone(ZoneInfo(zone)).strftime('%H:%M')} {ZONES[zone]}"


def _backup(result: Result) -> str:
    saved = result.saved
    if saved is None:
        return "-"
    return f"{saved.name}, {saved.size_bytes} B, SHA-256 {saved.sha256}"


def _written(texts: Texts, written: datetime) -> str:
    moment = Reason.of(
        "report.moment",
        day=written.day,
        month=Reason.of(f"month.{written.month}"),
        year=written.year,
        hour=written.strftime("%H"),
        minute=written.strftime("%M"),
        zone=_zone(written),
    )
    return texts.get("report.written", moment=moment)


def _zone(moment: datetime) -> str:
    """Return WIB, WITA or WIT where that is the offset, else the offset itself."""
    offset = moment.strftime("%z")
    return OFFSETS.get(offset, f"UTC{offset}")
