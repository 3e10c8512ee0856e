"""A person at a seat without a script: reads what stands there, clicks what it is called.

Pages are taken apart by the standard library's parser; links and forms are followed as a browser
does, with the Origin header of our own page.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from tests.web.visitor import MINUTE, Visitor

VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "path", "circle"}
OWN = {"Origin": "http://localhost"}


@dataclass
class Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Control:
    """A link or a button; ``label`` is what a screen reader would call it."""

    label: str
    href: str = ""
    form: Form | None = None
    name: str = ""
    value: str = ""
    disabled: bool = False


class Page(HTMLParser):
    """One page: its visible text, its controls, its fields by label."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.controls: list[Control] = []
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self.fields: dict[str, tuple[Form, str, str]] = {}  # by id: form, name, type
        self.ids: set[str] = set()
        self.words: list[str] = []
        self._form: Form | None = None
        self._open: list[tuple[str, Control | None]] = []
        self._label: tuple[str, list[str]] | None = None
        self._textarea = ""
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        control = None
        if tag == "form":
            self._form = Form(given.get("method", "get"), given.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            control = Control(given.get("aria-label", ""), href=given["href"])
        elif tag == "button":
            control = Control(
                given.get("aria-label", ""),
                form=self._form,
                name=given.get("name", ""),
                value=given.get("value", ""),
                disabled="disabled" in given,
            )
        elif tag == "label" and "for" in given:
            self._label = (given["for"], [])
        elif tag in ("input", "textarea", "select"):
            self._take_field(tag, given)
        if control is not None:
            self.controls.append(control)
        if tag not in VOID:
            self._open.append((tag, control))

    def _take_field(self, tag: str, given: dict[str, str]) -> None:
        form, name, kind = self._form, given.get("name", ""), given.get("type", tag)
        if form is None or not name or "disabled" in given:
            return
        if kind in ("radio", "checkbox"):
            self.fields[f"{name}={given.get('value', '')}"] = (form, name, kind)
            if "checked" in given:
                form.fields[name] = given.get("value", "")
            return
        form.fields[name] = given.get("value", "")
        self.fields[given.get("id", name)] = (form, name, kind)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "label" and self._label is not None:
            self.labels[" ".join("".join(self._label[1]).split())] = self._label[0]
            self._label = None
        while self._open and tag in [one for one, _ in self._open]:
            closed, _control = self._open.pop()
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "script" in tags or "style" in tags:
            return
        self.words.append(data)
        if self._label is not None:
            self._label[1].append(data)
        for _tag, control in self._open:
            if control is not None:
                control.label = " ".join(f"{control.label} {data}".split())

    def find(self, label: str, place: int = 0) -> Control:
        """Return the control with this label, or the one that begins with it; buttons first."""
        ordered = sorted(self.controls, key=lambda one: one.form is None)
        exact = [one for one in ordered if one.label == label]
        near = [one for one in ordered if one.label.startswith(label)]
        found = exact or near
        assert found, f"nothing is called {label!r}: {[one.label for one in self.controls]}"
        return found[place]

    def offers(self, label: str) -> bool:
        return any(one.label.startswith(label) and not one.disabled for one in self.controls)


class Person:
    """Sits at one seat."""

    def __init__(self, visitor: Visitor, language: str = "id") -> None:
        self.visitor = visitor
        self.http = visitor.simulator.http
        self.url = ""
        self.answer: Any = None
        self.page = Page("")
        self.typed: dict[tuple[int, str], str] = {}
        self.http.get(f"/batas?lang={language}")
        self.go(f"/r/{visitor.name}/")

    def go(self, url: str) -> "Person":
        self._take(self.http.get(url), url)
        return self

    def _take(self, answer: Any, url: str) -> None:
        while answer.status_code in (302, 303):
            url = urljoin(url, answer.headers["Location"])
            answer = self.http.get(url)
        self.answer, self.url = answer, url
        self.page = Page(answer.text if answer.mimetype == "text/html" else "")

    def fill(self, label: str, text: str) -> "Person":
        """Type into the field that has this label."""
        name = next((of for name, of in self.page.labels.items() if name.startswith(label)), label)
        form, field_name, _kind = self.page.fields[name]
        form.fields[field_name] = text
        return self

    def choose(self, name: str, value: str) -> "Person":
        form, field_name, _kind = self.page.fields[f"{name}={value}"]
        form.fields[field_name] = value
        return self

    def click(self, label: str, place: int = 0) -> "Person":
        control = self.page.find(label, place)
        assert not control.disabled, f"{label!r} cannot be pressed"
        if control.form is None:
            return self.go(urljoin(self.url, control.href))
        given = dict(control.form.fields)
        if control.name:
            given[control.name] = control.value
        target = urljoin(self.url, control.form.action)
        if control.form.method == "get":
            return self.go(f"{urlsplit(target).path}?{urlencode(given)}")
        self._take(self.http.post(target, data=given, headers=OWN), target)
        return self

    def wait(self, minutes: float) -> "Person":
        self.visitor.wait(int(minutes * MINUTE))
        return self.again()

    def again(self) -> "Person":
        return self.go(self.url)

    def sees(self, text: str) -> bool:
        return text in self.page.text
