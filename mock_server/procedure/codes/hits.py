"""What a predicate yields: the moment that shows a violation, and what it is about."""

import msgspec

from mock_server.procedure.course import Moment


class Hit(msgspec.Struct, frozen=True):
    moment: Moment
    about: str = ""  # a machine, an ID, a menu, a field of the form
