"""Templates are compiled once a process, however many simulators run in it.

Flask compiles them once an application, and a test suite makes an application a test: compiling
would take longer than all else that its tests do.
"""

from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Shared(BytecodeCache):
    """What was compiled, by template and checksum of its source.

    All our applications give Jinja the same options, so one's code is another's. Two threads that
    race compile twice, no more.
    """

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled[bucket.key, bucket.checksum] = bucket.code


_SHARED = _Shared()


def register(app: Flask) -> None:
    """Let ``app`` use what others have compiled."""
    app.jinja_env.bytecode_cache = _SHARED
