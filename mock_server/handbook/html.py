"""The book as HTML: many pages for a browser, or one long document for print. No script in either.

The only module that knows Jinja2 and Markdown. Texts are Markdown: bold for official labels.
"""

import base64
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from mock_server.handbook.model import Book, Story
from mock_server.handbook.pages import Page
from mock_server.handbook.translation import Translator
from mock_server.procedure.numbers import StepNumber
from mock_server.scenario.model import Level
from mock_server.training.levels import LEVEL_NAMES

TEMPLATES = Path(__file__).parent / "templates"
IMAGES = "gambar"
BANNER = "LATIHAN – BUKAN SISTEM UJIAN"
TRAIN = "/?lang={}&latih={}#latih"  # where the training server shows a scenario
_QUOTED = re.compile(r'"([^"]*)"|<([^<>]+)>')


def _environment(gettext: Callable[[str], str]) -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, n: gettext(one if n == 1 else many), newstyle=True
    )
    return env


class Typesetter:
    """Renders pages of one book; ``pictures`` is the folder where its pictures are."""

    def __init__(
        self, book: Book, pages: tuple[Page, ...], translator: Translator, pictures: Path
    ) -> None:
        self._pictures = pictures
        self._book = book
        self._pages = pages
        self._markdown = MarkdownIt("commonmark", {"html": False})
        self._labels = _labels(book)
        self._drills = {drill.scenario: drill.title for drill in book.drills}
        self._translator = translator
        self._printing = False
        env = _environment(self.gettext)
        env.filters |= {
            "md": self._passage,
            "line": self._line,
            "sentence": self._sentence,
            "opened": opened,
        }
        env.globals |= {
            "book": book,
            "contents": contents_of(pages),
            "link": self.link,
            "step_link": self.step_link,
            "story_link": self.story_link,
            "train_link": partial(TRAIN.format, book.language),
            "picture_link": self.picture_link,
            "banner": BANNER,
            "printing": lambda: self._printing,
        }
        self._env = env

    def gettext(self, text: str) -> str:
        """Translate a text of the templates."""
        return self._translator.of_template(text, _where)

    def page(self, page: Page, other_language: str) -> str:
        """Return one page of the multi-page book; ``other_language`` is its twin's address."""
        self._printing = False
        shown = [one for one in self._pages if one.printed]
        near = shown.index(page) if page in shown else None
        return self._render(
            "page.html",
            page=page,
            before=shown[near - 1] if near else None,
            after=shown[near + 1] if near is not None and near + 1 < len(shown) else None,
            body=self._body(page),
            other_language=other_language,
        )

    def index(self, other_language: str, *, draft: bool) -> str:
        """Return the first page: title and contents."""
        self._printing = False
        return self._render("index.html", other_language=other_language, draft=draft)

    def printed(self, css: str, *, draft: bool) -> str:
        """Return the whole book as one document, with its style within."""
        self._printing = True
        shown = [page for page in self._pages if page.printed]
        bodies = [(page, self._body(page)) for page in shown]
        style = Markup(css)  # noqa: S704 -- our own
        return self._render("print.html", bodies=bodies, css=style, draft=draft)

    def card(self, name: str, css: str, values: Mapping[str, object]) -> str:
        """Return one card as a document of its own."""
        self._printing = True
        return self._render(f"cards/{name}.html", css=Markup(css), **values)  # noqa: S704 -- ours

    def link(self, slug: str, anchor: str = "") -> str:
        """Return the address of a page, or of a place in it, in the form being written."""
        if self._printing:
            return f"#{anchor or slug}"
        return f"{slug}.html{f'#{anchor}' if anchor else ''}"

    def picture_link(self, file: str) -> str:
        """Return the address of a picture; in print the picture itself, so that the document is
        whole and the same wherever it is built."""
        if not self._printing:
            return f"{IMAGES}/{file}"
        data = base64.b64encode((self._pictures / file).read_bytes()).decode()
        return f"data:image/png;base64,{data}"

    def step_link(self, number: StepNumber | str) -> str:
        return self.link("langkah", f"langkah-{str(number).lower()}")

    def story_link(self, story: Story) -> str:
        return self.link(f"bab-{story.chapter:02}", story.number)

    def _render(self, template: str, **values: object) -> str:
        names = {of.value: LEVEL_NAMES[of].name.in_language(self._book.language) for of in Level}
        text = self._env.get_template(template).render(level_names=names, **values)
        return text.rstrip() + "\n"

    def _body(self, page: Page) -> Markup:
        return Markup(self._render(f"pages/{page.template}", page=page, **page.values))  # noqa: S704 -- our own template, escaped within

    def _passage(self, text: str) -> Markup:
        return Markup(self._markdown.render(text))  # noqa: S704 -- Markdown escapes what is HTML

    def _line(self, text: str) -> Markup:
        """Render Markdown within a line, and what is to be filled in as a blank."""
        html = self._markdown.renderInline(text)
        html = html.replace("____", '<span class="blank"></span>')
        return Markup(html)  # noqa: S704 -- likewise

    def _sentence(self, text: str) -> Markup:
        """Set a sentence of a feature: values stand out, official labels are bold, a rehearsal is
        called by its title."""
        if text in self._drills:
            return self._named(text)
        done = Markup()
        at = 0
        for found in _QUOTED.finditer(text):
            done += self._labelled(text[at : found.start()])
            if found[1] in self._drills:
                done += self._named(found[1])
            elif found[1] is not None:
                done += Markup('<b class="value">{}</b>').format(found[1])
            else:
                done += Markup('<i class="column">{}</i>').format(found[2])
            at = found.end()
        return done + self._labelled(text[at:])

    def _named(self, scenario: str) -> Markup:
        set_as = '<b class="value">{}</b> <code class="quiet">{}</code>'
        return Markup(set_as).format(self._drills[scenario], scenario)  # noqa: S704 -- format escapes

    def _labelled(self, text: str) -> Markup:
        return Markup(self._labels.sub(r"<b>\1</b>", str(escape(text))))  # noqa: S704 -- escaped


def opened(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def contents_of(pages: tuple[Page, ...]) -> list[tuple[str, list[Page]]]:
    """Group the pages under the headings of the contents; evidence is reached from its story."""
    groups: list[tuple[str, list[Page]]] = []
    for page in pages:
        if not page.printed:
            continue
        if page.part or not groups:
            groups.append((page.part, []))
        groups[-1][1].append(page)
    return groups


def _labels(book: Book) -> re.Pattern[str]:
    """Match the official labels, the longer ones first."""
    names = {term.term.partition(" (")[0] for term in book.terms if term.is_label}
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w>])({listed})(?!\w)") if listed else re.compile(r"(?!)()")


def _where(text: str) -> tuple[str, int]:
    """Return the template and line in which a text stands; the folder if it is not found."""
    for path, lines in _template_lines().items():
        for number, line in enumerate(lines, start=1):
            if f'"{text}"' in line or f"'{text}'" in line:
                return f"mock_server/handbook/templates/{path}", number
    return "mock_server/handbook/pages.py", 1


def _template_lines() -> Mapping[str, list[str]]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8").splitlines()
        for path in sorted(TEMPLATES.rglob("*.html"))
    }
