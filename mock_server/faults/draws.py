"""The dice of a storm. Every draw has its own key, so no rehearsal disturbs another's.

The same key gives the same draw, on every machine and in every version of Python.
"""

from hashlib import blake2b

from mock_server.faults.plan import Draw

PARTS = 1_000_000


def draw_of(seed: int, p: float) -> Draw:
    """Make the dice that strike with chance ``p``, above 0 and at most 1; never rounded to 0."""
    if not 0 < p <= 1:
        raise ValueError(f"a chance of {p}: allowed is above 0, at most 1")
    return Draw(seed=seed, p_ppm=max(1, round(p * PARTS)))


def strikes(draw: Draw, scenario: str, fault_id: str, n: int) -> bool:
    """Tell whether the ``n``-th draw (0-based) of this fault strikes."""
    key = f"{draw.seed}|{scenario}|{fault_id}|{n}".encode()
    number = int.from_bytes(blake2b(key, digest_size=8).digest(), "big")
    return number * PARTS < draw.p_ppm << 64
