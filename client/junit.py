"""The results of rehearsals as JUnit XML, for build machines."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from client.files import write_whole
from client.rehearse import Judged
from client.texts import Texts

SUITE = "cbtsync-client rehearse"


def write(results: list[Judged], path: Path, texts: Texts) -> None:
    write_whole(path, as_xml(results, texts).encode())


def as_xml(results: list[Judged], texts: Texts) -> str:
    failures = sum(not one.case.passed for one in results)
    seconds = sum(one.case.real_seconds for one in results)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<testsuite name={quoteattr(SUITE)} tests="{len(results)}" failures="{failures}" '
            f'errors="0" skipped="0" time="{seconds:.3f}">'
        ),
    ]
    for one in results:
        case = one.case
        head = (
            f'  <testcase classname="rehearse" name={quoteattr(case.scenario)} '
            f'time="{case.real_seconds:.3f}"'
        )
        if case.passed:
            lines.append(f"{head}/>")
            continue
        said = [texts.say(reason) for reason in one.differs]
        lines += [
            f"{head}>",
            f"    <failure message={quoteattr(said[0])}>{escape(chr(10).join(said))}</failure>",
            "  </testcase>",
        ]
    lines.append("</testsuite>")
    return "\n".join(lines) + "\n"
