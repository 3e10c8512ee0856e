"""Classes as they run: who sits where, what a facilitator does to seats, and what has come due.

The only writer of the classes' streams. One lock a class, as the engine has one a rehearsal.
"""

from mock_server.classroom.context import SeatContext
from mock_server.classroom.errors import UnknownSeatError
from mock_server.classroom.service import Classroom

__all__ = ["Classroom", "SeatContext", "UnknownSeatError"]
