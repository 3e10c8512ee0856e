"""The fields that texts take from the pack: its versions, its day, the number of its data sets.

Pure. Texts write ``{cbtsync_version}`` and so stay true for every edition. What a pack does not
have (say, no data set known to be slow) is no field, and a text that needs it cannot be loaded.
"""

from collections.abc import Mapping
from typing import assert_never

from mock_server.procedure.pack import ProcedurePack, clock_time, minute_of_day
from mock_server.procedure.texts import Language, fill

_AND = {"id": " dan ", "en": " and "}
MINUTE_MS = 60_000


def text_fields(pack: ProcedurePack, language: Language) -> Mapping[str, str]:
    """All fields, for sentences in this language."""
    values = pack.values
    fields = {
        "exambro_title": values.exambro_title,  # keeps its own {version}
        "exambro": fill(values.exambro_title, {"version": values.exambro_version}),
        "exambro_version": values.exambro_version,
        "cbtsync_version": values.cbtsync_version,
        "patching_zone": values.patching_zone,
        "exam_day": values.exam_day.in_language(language),
        "data_sets": str(len(pack.data_sets)),
        "data_sets_word": pack.data_sets_word.in_language(language),
        "stopped_minutes": str(pack.waits.stopped_after_ms // MINUTE_MS),
        "detours_max": str(pack.gates.detours_max),
        "blind_retries_max": str(pack.gates.blind_retries_max),
        "patching_opens": in_prose(values.patching_opens, language),
    }
    fields |= {
        f"patching_opens_{label.lower()}": in_prose(time, language)
        for label, time in opening_times(pack).items()
    }
    fields |= {
        f"menu_{menu.menu.replace('-', '_')}": menu.label.in_language(language)
        for menu in pack.menus
    }
    for trait in ("large", "slow"):
        numbers = [str(data_set.n) for data_set in pack.data_sets if data_set.trait == trait]
        if numbers:
            fields[f"{trait}_data"] = listed(numbers, language)
    return fields


def label_fields(pack: ProcedurePack) -> Mapping[str, str]:
    """The fields of official labels, which are the same in both languages: times with a colon."""
    return {
        name: value
        for name, value in text_fields(pack, "en").items()
        if value == text_fields(pack, "id").get(name)
    } | {"patching_opens": pack.values.patching_opens}


def opening_times(pack: ProcedurePack) -> dict[str, str]:
    """When patching opens on the clock of each of the pack's zones, by the zone's label."""
    home_minutes = pack.zone(pack.values.patching_zone).utc_offset_minutes
    opens_minute = minute_of_day(pack.values.patching_opens) - home_minutes
    return {zone.label: clock_time(opens_minute + zone.utc_offset_minutes) for zone in pack.zones}


def in_prose(time: str, language: Language) -> str:
    """``07:45`` as a sentence writes it: Indonesian prose has a dot."""
    match language:
        case "id":
            return time.replace(":", ".")
        case "en":
            return time
        case _:
            assert_never(language)


def listed(items: list[str], language: Language) -> str:
    """``5 dan 6``; ``5, 6, dan 7``; in English ``5, 6 and 7``."""
    comma = "," if language == "id" and len(items) > 2 else ""
    parts = [", ".join(items[:-1]), items[-1]] if items[1:] else items
    return f"{comma}{_AND[language]}".join(parts)
