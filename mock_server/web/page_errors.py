"""Pages for people who have come to a wrong place, or who met a failure of ours."""

from http import HTTPStatus

from flask import Response, g, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from mock_server.web import translating

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LIVE_CSP = f"{CSP}; script-src 'self'; connect-src 'self'"  # of pages that look again by a script
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def page(template: str, status: int = HTTPStatus.OK, **values: object) -> Response:
    """Render a page in the language chosen, with the headers that every page has."""
    here, query = translating.here()
    values = {"here": here, "here_query": query} | values
    response = make_response(render_template(template, language=g.language, **values), status)
    response.headers.update(HEADERS)
    return response


def live(response: Response) -> Response:
    """Let a page run our own script, which asks this server and nobody else."""
    response.headers["Content-Security-Policy"] = LIVE_CSP
    return response


def error_page(status: HTTPStatus) -> Response:
    g.language = translating.choose()
    return page("error.html", status, code=int(status))


def no_sniffing(response: AnyResponse) -> AnyResponse:
    """Let no browser guess what a file is: also for those that no page of ours wraps."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response
