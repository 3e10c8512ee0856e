"""How much is measured: enough for steady figures, or just enough for a first look."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Rounds are of ``seconds`` each; counts are of requests, rehearsals and starts."""

    rounds: int
    seconds: float
    calls: int  # of an application without a server, a round
    each: int  # requests of each connection, to be right about
    runs: int  # of a whole rehearsal
    starts: int
    cold_runs: int
    requests: int  # between two looks at the memory
    idle: int
    crowd: int
    paced_s: float
    swept: int  # cases of each family of the sweep
    joins_s: float  # in which a class comes in
    class_s: float  # how long it goes on


FULL = Scale(
    rounds=5,
    seconds=0.6,
    calls=300,
    each=250,
    runs=11,
    starts=7,
    cold_runs=2,
    requests=100_000,
    idle=1_000,
    crowd=10_000,
    paced_s=6.0,
    swept=40,
    joins_s=20.0,
    class_s=120.0,
)
QUICK = Scale(
    rounds=2,
    seconds=0.2,
    calls=100,
    each=80,
    runs=3,
    starts=2,
    cold_runs=1,
    requests=4_000,
    idle=300,
    crowd=400,
    paced_s=1.2,
    swept=8,
    joins_s=10.0,
    class_s=15.0,
)
