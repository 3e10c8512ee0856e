"""What the seat does with faults that struck: feel their time, tell what is left, note it."""

from http import HTTPStatus

from flask import request

from mock_server.answer import Answer
from mock_server.web.api import VendorPlane
from mock_server.web.breaking import NO_STATUS
from mock_server.web.parts import Parts
from mock_server.web.seat.lost import Lost, lost_of

PAGE_BYTES = 4096  # of a screen that comes in drops


class Trouble:
    """Faults of the http and net layers, for pages that show them inside a window."""

    def __init__(self, parts: Parts, plane: VendorPlane) -> None:
        self._hooks = parts.hooks
        self._plane = plane

    def felt(self, answer: Answer) -> Lost | None:
        """Let the faults that struck take their time; return what they leave of the answer."""
        if answer.struck:
            self._hooks.feel(answer.struck, PAGE_BYTES)
        return lost_of(answer.struck)

    def heard(
        self, name: str, op: str, answer: Answer, broken: Lost | None, refused: str = ""
    ) -> None:
        """Note the request in the rehearsal's log, with the status that it had as a page."""
        status = int(HTTPStatus.CONFLICT if refused else HTTPStatus.OK)
        if broken is not None:
            status = broken.status or NO_STATUS
        path = request.path.partition(f"/r/{name}/")[2]
        self._plane.heard(name, op, path, status, answer, refused=refused)
