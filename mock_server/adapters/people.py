"""Fictional schools and pupils by Faker, each drawn with dice of its own.

Whoever is asked for first, and however often, is the same: the dice of each entity are seeded with
its key, never once for all. Nothing here depends on today.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING

from mock_server.domain.setup import School
from mock_server.ports import Participant

if TYPE_CHECKING:
    from mock_server.adapters.exam_provider import ExamProvider

PARTICIPANTS_MAX = 9_999  # a serial number has four digits
_GROUPS = 3
_LISTS_KEPT = 64  # lists of pupils in memory: about 10 KiB each at the usual 36
_NAME_TRIES = 20  # redraws of a name that is taken already, before it may come twice
_ID_SERVER = re.compile(r"[A-Z]\d\d-(\d{4})-LTH(\d{2,})")
_SN_MARK = "C0DE"  # the first group of every SN made here; no real one is known to begin so


class FakerPeople:
    """Implements People. Lists of pupils are shared by all who ask for the same ones."""

    def __init__(self) -> None:
        self._lock = Lock()  # one generator, seeded anew for each entity
        self._provider: ExamProvider | None = None
        # On the instance: a cached method would keep the instance alive.
        self._pupils = lru_cache(maxsize=_LISTS_KEPT)(self._draw_pupils)

    def school(self, scenario: str, seed: int) -> School:
        with self._lock:
            name = self._dice(scenario, seed, "school name").example_school()
            npsn = self._dice(scenario, seed, "npsn").npsn()
        return School(name=name, npsn=npsn)

    def server_ids(self, scenario: str, seed: int, count: int) -> tuple[str, ...]:
        with self._lock:
            provider = self._dice(scenario, seed, "school code")
            code = provider.school_code()
        return tuple(provider.id_server(code, number) for number in range(1, count + 1))

    def serial_number(self, scenario: str, seed: int, machine: str) -> str:
        digits = blake2b(_key(scenario, seed, "sn", machine), digest_size=14).hexdigest().upper()
        groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
        return "-".join([_SN_MARK, *groups])

    def participants(
        self, scenario: str, seed: int, server_id: str, count: int
    ) -> tuple[Participant, ...]:
        """Raises ValueError if ``count`` is above PARTICIPANTS_MAX."""
        return self._pupils(scenario, seed, server_id, count, former=False)

    def former_participants(
        self, scenario: str, seed: int, server_id: str, count: int
    ) -> tuple[Participant, ...]:
        """Raises ValueError if ``count`` is above PARTICIPANTS_MAX."""
        return self._pupils(scenario, seed, server_id, count, former=True)

    def _draw_pupils(
        self, scenario: str, seed: int, server_id: str, total: int, *, former: bool
    ) -> tuple[Participant, ...]:
        if total > PARTICIPANTS_MAX:
            raise ValueError(f"{total} participants: at most {PARTICIPANTS_MAX} have numbers")
        school_code, server = _numbers_of(server_id)
        kind = "former pupil" if former else "pupil"
        taken: set[str] = set()
        pupils: list[Participant] = []
        with self._lock:
            for serial in range(1, total + 1):
                key = (scenario, seed, kind, server_id, serial)
                name = self._free_name(key, taken)
                taken.add(name)
                number = self._loaded().participant_number(
                    school_code, server, serial, former=former
                )
                group = 1 + (serial - 1) * _GROUPS // total
                pupils.append(Participant(username=number, name=name, group=str(group)))
        return tuple(pupils)

    def _free_name(self, key: tuple[str | int, ...], taken: set[str]) -> str:
        """Draw until the name is not taken: in a list, people compare pupils by name."""
        name = ""
        for attempt in range(_NAME_TRIES):
            name = self._dice(*key, attempt).pupil_name()
            if name not in taken:
                break
        return name

    def _dice(self, *key: str | int) -> "ExamProvider":
        """Return the provider with the dice of one entity. Expects the lock to be held."""
        provider = self._loaded()
        provider.generator.seed_instance(
            int.from_bytes(blake2b(_key(*key), digest_size=8).digest())
        )
        return provider

    def _loaded(self) -> "ExamProvider":
        if self._provider is None:
            # Faker takes a tenth of a second to load: at the first rehearsal, not at start-up.
            # A bare Generator: the usual front would load forty providers that nobody asks.
            from faker import Generator

            from mock_server.adapters.exam_provider import ExamProvider

            self._provider = ExamProvider(Generator())
        return self._provider


def _key(*parts: str | int) -> bytes:
    return "\x1f".join(map(str, parts)).encode()


def _numbers_of(server_id: str) -> tuple[str, int]:
    """Return the school's code and the server's number that stand in an ID Server.

    An ID that is none of ours gets numbers of its own, always the same.
    """
    found = _ID_SERVER.fullmatch(server_id)
    if found is not None:
        return found[1], int(found[2])
    other = int.from_bytes(blake2b(server_id.encode(), digest_size=4).digest())
    return f"{other % 10_000:04d}", other // 10_000 % 100
