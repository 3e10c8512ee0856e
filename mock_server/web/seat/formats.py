"""How the seat writes times, numbers and sizes, in either language."""

from datetime import datetime

from mock_server.journal import wib
from mock_server.procedure.texts import Language

KIB = 1024


class Formats:
    """What templates call; texts themselves stand in the templates."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def hm(self, at: int | datetime) -> str:
        """Write an instant (epoch milliseconds, shown in WIB) or a moment as 08:05."""
        moment = wib(at) if isinstance(at, int) else at
        return f"{moment:%H:%M}"

    def day(self, at: datetime) -> str:
        return f"{at:%d/%m/%Y}"

    def number(self, value: int) -> str:
        """Write 1290 as 1.290, in English as 1,290."""
        written = f"{value:,}"
        return written if self._language == "en" else written.replace(",", ".")

    def size(self, size_bytes: int) -> str:
        """Write a size in MiB or KiB with one decimal at most."""
        unit, of = ("MiB", KIB * KIB) if size_bytes >= KIB * KIB else ("KiB", KIB)
        if size_bytes < KIB:
            return f"{size_bytes} B"
        whole, tenth = divmod(round(size_bytes * 10 / of), 10)
        point = "." if self._language == "en" else ","
        return f"{whole}{point}{tenth} {unit}" if tenth else f"{whole} {unit}"
