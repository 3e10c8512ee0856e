"""What a step rests on, and how to get it back: machine, Exambro, CBTSync Web, Submit. Pure moves.

It serves the start of a day, a crash of CBTSync Web, and a run that goes on after it was killed:
all three are "what stands, and what is missing?".
"""

from client import pacing, patching, services
from client.access import identify
from client.belief import Belief
from client.calls import (
    CLOSE_CBTSYNC,
    DESK,
    IDS,
    OPEN_CBTSYNC,
    PATCH,
    SET_CLOCK,
    open_exambro,
    use_machine,
)
from client.machines import is_patched, own_machine
from client.settings import Rules
from client.step import Back, Do, Ending, Footing, Move, Stop
from client.texts import Reason

REPAIR_STEP = 5


def regain(level: Footing, belief: Belief, rules: Rules) -> Move | None:
    """Return the next move towards ``level``, or None when all of it stands."""
    for wanted, part in _PARTS:
        if level >= wanted and (move := part(belief, rules)) is not None:
            return move
    return None


def machine(belief: Belief, _rules: Rules) -> Move | None:
    if belief.desk is None:
        return Do(call=DESK)
    if belief.ids is None:
        return Do(call=IDS)
    own = own_machine(belief)
    if own is None:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.no_exam_server"))
    return None if belief.machine == own.id else Do(call=use_machine(own.id))


def exambro(belief: Belief, rules: Rules) -> Move | None:
    wanted = rules.procedure.exambro_version
    own, desk = own_machine(belief), belief.desk
    if own is None or desk is None:
        return Do(call=DESK)
    if desk.exambro == wanted:
        return None
    if wanted not in own.exambro:
        found = ", ".join(own.exambro) or "-"
        why = Reason.of("stop.no_exambro", wanted=wanted, found=found)
        return Stop(ending=Ending.REPORTED, why=why)
    return Do(call=open_exambro(wanted))


def licence(belief: Belief, rules: Rules) -> Move | None:
    """Set the machine's clock to WIB, then reopen CBTSync Web: only an opening reads it."""
    since = belief.licence_bad_seq
    if since is None:
        return None
    if belief.at(SET_CLOCK.name) <= since:
        return Do(call=SET_CLOCK, why=Reason.of("recover.licence"))
    if belief.opened and not _is_at_work(belief, rules):
        return patching.reopen(belief, rules, Reason.of("recover.licence_reopen"))
    return None


def _is_at_work(belief: Belief, rules: Rules) -> bool:
    """Tell whether a job of steps 13, 14 or 18 advances: CBTSync Web is not closed under it."""
    pages = {"backup": belief.backup, "delete": belief.delete, "sync": belief.sync}
    return any(
        page is not None
        and page.phase == "running"
        and not pacing.stands_still(belief, job, page.last_change, rules.bounds)
        for job, page in pages.items()
    )


def cbtsync(belief: Belief, rules: Rules) -> Move | None:
    if belief.opened is None:
        return Do(call=DESK)
    if belief.opened:
        return None
    times = belief.times(OPEN_CBTSYNC.name)
    if times > rules.bounds.reopenings_max:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.reopenings", times=times))
    ours = belief.at(CLOSE_CBTSYNC.name) > belief.at(OPEN_CBTSYNC.name)
    surprise = belief.at(OPEN_CBTSYNC.name) > 0 and not ours
    return Do(call=OPEN_CBTSYNC, why=Reason.of("recover.crash") if surprise else None)


def service(belief: Belief, rules: Rules) -> Move | None:
    if belief.service_down_seq is None:
        return None
    return services.restart(belief, rules, belief.service_down_seq)


def identified(belief: Belief, rules: Rules) -> Move | None:
    if belief.patch is None:
        return Do(call=PATCH)
    if not is_patched(belief, rules.procedure.cbtsync_version):
        why = Reason.of("recover.version_lost", version=belief.patch.version)
        return Back(step=REPAIR_STEP, why=why)
    return identify(belief, rules)


_PARTS = (
    (Footing.MACHINE, machine),
    (Footing.EXAMBRO, exambro),
    (Footing.EXAMBRO, licence),
    (Footing.CBTSYNC, cbtsync),
    (Footing.CBTSYNC, service),
    (Footing.IDENTIFIED, identified),
)
