"""Fakes that work: real time that stands still until told, names that can be guessed."""


class FakeTime:
    """Real time for tests: moves when told."""

    def __init__(self) -> None:
        self.ms = 0

    def monotonic_ms(self) -> int:
        return self.ms

    def iso_utc(self) -> str:
        return f"2030-01-01T00:00:{self.ms // 1000 % 60:02d}.{self.ms % 1000:03d}Z"


class FakeNames:
    def __init__(self) -> None:
        self.made = 0

    def new(self) -> str:
        self.made += 1
        return f"rehearsal-{self.made}"
