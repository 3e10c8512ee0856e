"""One simulator's templates serve the next one, as long as they are the same."""

from flask import Flask
from jinja2 import DictLoader

from mock_server.app import rehearsal_wsgi
from mock_server.web import compiling


def code_of(app: Flask, template: str) -> object:
    return app.jinja_env.get_template(template).root_render_func.__code__


def test_a_second_simulator_compiles_nothing_anew() -> None:
    one, other = (rehearsal_wsgi()[0] for _ in range(2))

    assert one.jinja_env is not other.jinja_env
    assert code_of(one, "rehearsal.html") is code_of(other, "rehearsal.html")


def test_a_template_that_changed_is_compiled_anew() -> None:
    said = []
    for text in ("before", "after"):
        app = Flask("trial")
        app.jinja_env.loader = DictLoader({"page.html": text})
        compiling.register(app)
        said.append(app.jinja_env.get_template("page.html").render())

    assert said == ["before", "after"]
