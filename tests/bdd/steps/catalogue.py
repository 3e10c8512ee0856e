"""All sentences of the features. A module has those of one subject; they press and read, no more.

Each docstring begins with "Cara di layar:" and gives the click path in Indonesian: the handbook
prints it below the sentence.
"""

from types import ModuleType
from typing import Any

from tests.bdd.steps import (
    checking,
    clearing,
    client_runs,
    coaching,
    debriefing,
    deliveries,
    identity,
    judging,
    opening,
    patching,
    preparing,
    scoring,
    syncing,
)

MODULES: tuple[ModuleType, ...] = (
    opening,
    preparing,
    patching,
    identity,
    clearing,
    syncing,
    checking,
    judging,
    deliveries,
    client_runs,
    scoring,
    coaching,
    debriefing,
)


def definitions() -> dict[str, Any]:
    """Return the fixtures by which pytest-bdd knows the sentences, of all modules."""
    return {
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if name.startswith("pytestbdd_stepdef_")
    }
