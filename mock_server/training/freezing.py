"""A frozen seat's clock: it stops with the seat, and goes on as before when the seat does."""

from msgspec.structs import replace

from mock_server.domain.clock import Clock, ClockMode, ClockSet
from mock_server.training.events import SeatFrozen, SeatThawed, TrainingEvent


def with_clock(
    event: TrainingEvent, before: SeatFrozen | None, clock: Clock
) -> tuple[TrainingEvent | ClockSet, ...]:
    """Return the event with what it does to the clock; ``before`` is the freeze until now."""
    at_ms = event.at_ms
    match event:
        case SeatFrozen() if before is not None:  # another message; the clock stands already
            return (replace(event, mode=before.mode, speed=before.speed),)
        case SeatFrozen() if clock.mode is not ClockMode.FROZEN:
            stop = ClockSet(at_ms=at_ms, mode=ClockMode.FROZEN, speed=clock.speed)
            return replace(event, mode=clock.mode, speed=clock.speed), stop
        case SeatThawed() if before is not None and clock.mode is not before.mode:
            return event, ClockSet(at_ms=at_ms, mode=before.mode, speed=before.speed)
    return (event,)
