"""Whether a rehearsal went as its scenario expects, judged by what the simulator knows. Pure."""

from msgspec import structs

from client.control import Expect, Truth
from client.result import Result
from client.step import Ending
from client.texts import Reason, Texts

NO_CODES = "-"


def differences(
    expect: Expect, result: Result, truth: Truth, violations: tuple[str, ...], texts: Texts
) -> tuple[Reason, ...]:
    """Return what differs from the expectation; empty: it holds."""
    found: list[Reason] = []
    if result.ending != expect.ending:
        why = texts.say(result.why)
        found.append(
            Reason.of("differs.ending", found=result.ending, wanted=expect.ending, why=why)
        )
    for key, wanted in structs.asdict(expect.truth).items():
        seen = getattr(truth, key)
        if wanted is not None and seen != wanted:
            found.append(Reason.of("differs.truth", key=key, found=str(seen), wanted=str(wanted)))
    if sorted(set(violations)) != sorted(set(expect.violations)):
        found.append(
            Reason.of(
                "differs.violations", found=codes(violations), wanted=codes(expect.violations)
            )
        )
    took_ms = result.now_ms - result.began_ms
    if expect.within_ms is not None and took_ms > expect.within_ms:
        took, most = f"{took_ms / 60_000:.1f}", f"{expect.within_ms / 60_000:g}"
        found.append(Reason.of("differs.within", found=took, wanted=most))
    if result.ending is Ending.READY and not truth.ready:
        found.append(Reason.of("differs.ready"))
    return tuple(found)


def codes(violations: tuple[str, ...]) -> str:
    return " ".join(violations) or NO_CODES
