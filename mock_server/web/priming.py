"""The shapes of requests, made ready before the first request comes.

msgspec works out what it has to know of a struct when the struct is first converted to, and two
threads that come to this at once end the process. So one thread does it, before there are others.
Texts and packs, which are read when first asked for, take turns in ``scenario/yaml_models.py``.
"""

from collections.abc import Iterator

import msgspec

from mock_server.faults.catalogue import KINDS
from mock_server.training.certificate import Certificate
from mock_server.web.book import BuiltBook
from mock_server.web.control_v1.routes import ROUTES as CONTROL_ROUTES
from mock_server.web.routes.table import ROUTES


def prime() -> None:
    """Expects to be called once, while no other thread serves."""
    for model in models():
        msgspec.json.Decoder(model)


def models() -> Iterator[type[msgspec.Struct]]:
    """Yield every struct that a request may be the first to be converted to."""
    for route in ROUTES:
        yield route.asks
    for control in CONTROL_ROUTES:
        yield control.asks
    for kind in KINDS.values():
        yield kind.params
    yield from (BuiltBook, Certificate)
