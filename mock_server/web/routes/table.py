"""All operations that answer in JSON. Routes, OpenAPI, docs and tests are made from this."""

from mock_server.web.routes.cbtsync import CBTSYNC
from mock_server.web.routes.exam_data import EXAM_DATA
from mock_server.web.routes.lists import LISTS
from mock_server.web.routes.portal import PORTAL
from mock_server.web.routes.room import ROOM
from mock_server.web.routes.route import Route

ROUTES: tuple[Route, ...] = (*ROOM, *CBTSYNC, *PORTAL, *EXAM_DATA, *LISTS)
