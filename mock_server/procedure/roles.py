"""Who speaks in a story, as a role: named in Indonesian, shown in either language."""

from collections.abc import Mapping

from mock_server.procedure.texts import Language

ENGLISH: Mapping[str, str] = {
    "Kepala sekolah": "Headmaster",
    "Rekan guru": "A teacher",
    "Rekan proktor": "Another proctor",
    "Teknisi": "Technician",
}


def role(named: str, language: Language) -> str:
    """Return the role's name; one that is not known stays as the scenario has it."""
    return ENGLISH.get(named, named) if language == "en" else named
