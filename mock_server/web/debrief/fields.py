"""How the debrief's pages write days, in either language."""

from datetime import UTC, datetime, timedelta, timezone

from mock_server.procedure.texts import Language
from mock_server.training.monday import Monday

_DAYS = (
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
)
_MONTHS = (
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
)


def exam_moment(monday: Monday) -> datetime:
    """Return when the exam begins, on the school's own clock."""
    local = timezone(timedelta(minutes=monday.offset_minutes), monday.zone)
    return datetime.fromtimestamp(monday.at_ms / 1000, tz=UTC).astimezone(local)


def long_day(moment: datetime, language: Language) -> str:
    """Write ``Senin, 10 April 2017``; in English ``Monday, 10 April 2017``."""
    at = _at(language)
    day, month = _DAYS[moment.weekday()][at], _MONTHS[moment.month - 1][at]
    return f"{day}, {moment.day} {month} {moment.year}"


def _at(language: Language) -> int:
    return 1 if language == "en" else 0
