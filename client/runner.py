"""The loop: one step after the other, each move made and learned from, until done or ended."""

from pathlib import Path
from typing import assert_never

import msgspec
from msgspec.structs import replace

from client import backups, footing, interlocks
from client.belief import Belief, Saved
from client.calls import BACKUP, FETCH
from client.clock import Clock, ClockStandsStillError
from client.courier import Courier, Ended, counted
from client.journal import Recovered, Stepped, Stored
from client.notices import JobMoved, Recovering, StepBegan, StepDone, Tell, Waiting
from client.settings import Rules
from client.step import Back, Do, Done, Ending, Fetch, Move, Step, Stop, Wait
from client.steps import PROCEDURE
from client.texts import Reason

IDLE_MOVES_MAX = 60  # in one step, without the station's clock moving: more is going in circles
BACKS_MAX = 6


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that went wrong and what was done about it, for the form and for people."""

    step: int
    at_ms: int
    why: Reason


class Runner:
    """Carries out steps. ``belief`` is always the newest one, also after an ending."""

    def __init__(
        self,
        *,
        courier: Courier,
        clock: Clock,
        rules: Rules,
        folder: Path,
        tell: Tell,
        belief: Belief,
        durable: bool,
        recoveries: tuple[Recovery, ...] = (),
    ) -> None:
        """``recoveries`` are those that earlier processes have made in this run."""
        self.belief = belief
        self.recoveries = list(recoveries)
        self.step = PROCEDURE[0]
        self._courier = courier
        self._clock = clock
        self._rules = rules
        self._folder = folder
        self._tell = tell
        self._durable = durable
        self._backs = 0

    def run(self, steps: tuple[Step, ...] = PROCEDURE) -> Stop | None:
        """Carry out ``steps``; None if all are done, else why not."""
        index = 0
        try:
            while index < len(steps):
                back = self.carry_out(steps[index])
                index = index + 1 if back is None else self._back(steps, back)
        except Ended as ended:
            return ended.stop
        except ClockStandsStillError as error:
            why = Reason.of("stop.clock_stands_still", seconds=round(error.still_s))
            return Stop(ending=Ending.HALTED, why=why)
        return None

    def carry_out(self, step: Step) -> Back | None:
        """Carry out one step. Raises Ended if the run must end."""
        self.step = step
        self._courier.step = step.number
        self._tell(StepBegan(number=step.number, now_ms=self.belief.now_ms))
        idle, now_ms = 0, self.belief.now_ms
        while True:
            self._check_run_bound()
            move = self.next_move(step)
            match move:
                case Done():
                    self._finish(step, move)
                    return None
                case Back():
                    self._recover(move.why)
                    return move
                case Stop():
                    raise Ended(move)
                case Do() | Wait() | Fetch():
                    self._make(move)
                case _:
                    assert_never(move)
            idle = idle + 1 if self.belief.now_ms == now_ms else 0
            now_ms = self.belief.now_ms
            if idle > IDLE_MOVES_MAX:
                why = Reason.of("stop.in_circles", step=step.number)
                raise Ended(Stop(ending=Ending.REPORTED, why=why))

    def next_move(self, step: Step) -> Move:
        """Return what to do next: first what the step rests on, then the step's own act."""
        grounded = footing.regain(step.footing, self.belief, self._rules)
        return grounded or step.act(self.belief, self._rules)

    def _make(self, move: Do | Wait | Fetch) -> None:
        match move:
            case Do(call=call):
                if call.changing:
                    self._settle_unless(call.name)
                if call.op == "delete.start":
                    self._forget_lost_backup()
                if move.why is not None and self._courier.doubt is None:
                    self._recover(move.why)
                self.belief = self._courier.carry(self.belief, call)
            case Wait():
                self._settle_unless("")
                self._wait(move)
            case Fetch():
                self._settle_unless("")
                self._fetch()
            case _:
                assert_never(move)

    def _forget_lost_backup(self) -> None:
        """HAPUS leans on a file: one that was moved or cut meanwhile no longer counts."""
        saved = self.belief.saved
        if saved is not None and not backups.is_there(saved):
            self.belief = replace(self.belief, saved=None)

    def _settle_unless(self, name: str) -> None:
        """Another act, or a wait, shows that the last act is no longer in doubt."""
        doubt = self._courier.doubt
        if doubt is not None and doubt.name != name:
            self._courier.settled()

    def _wait(self, move: Wait) -> None:
        now_ms = self.belief.now_ms
        self._tell(Waiting(why=move.why, now_ms=now_ms, until_ms=now_ms + move.for_ms))
        self._clock.wait(move.for_ms, now_ms)
        self.belief = self._courier.carry(self.belief, move.look)
        if move.job:
            self._tell_job(move.job)

    def _tell_job(self, job: str) -> None:
        belief = self.belief
        pages = {"patch": belief.patch, "backup": belief.backup, "delete": belief.delete}
        if (page := pages.get(job)) is not None:
            moved = JobMoved(
                job=job,
                now_ms=belief.now_ms,
                percent=page.percent,
                eta_ms=page.eta_ms,
                done=page.percent,
                total=100,
            )
            self._tell(moved)
        elif job == "sync" and (sync := belief.sync) is not None:
            percent = sum(row.percent for row in sync.rows) // max(1, len(sync.rows))
            moved = JobMoved(
                job=job,
                now_ms=belief.now_ms,
                percent=percent,
                eta_ms=sync.eta_ms,
                done=sync.done,
                total=sync.total,
            )
            self._tell(moved)

    def _fetch(self) -> None:
        """Download the backup once; what it brings is believed only when it is proved."""
        page = self.belief.backup
        if page is None or page.file is None:
            self.belief = self._courier.carry(self.belief, BACKUP)
            return
        self.belief = counted(self.belief, FETCH)
        tries = self.belief.times(FETCH)
        journal = self._courier.journal
        now_ms = self.belief.now_ms
        number = journal.intend(
            step=self.step.number, name=FETCH, attempt=tries, body={}, at_ms=now_ms
        )
        result = backups.fetch(self._courier.sender, page.file, self._folder, durable=self._durable)
        match result:
            case backups.Whole(path=path):
                saved = Saved(
                    path=str(path),
                    name=path.name,
                    size_bytes=page.file.size_bytes,
                    sha256=page.file.sha256.lower(),
                    data_version=self.belief.data_version,
                )
                journal.keep(Stored(saved=saved, at_ms=now_ms))
                journal.outcome(number, "obeyed", at_ms=now_ms)
                self.belief = replace(self.belief, saved=saved)
            case backups.Broken():
                journal.outcome(number, "unknown", detail=result.detail, at_ms=now_ms)
                self._recover(Reason.of("recover.download", why=result.why, tries=tries))
                self._clock.pause(5, now_ms, tries)
                self.belief = self._courier.carry(self.belief, BACKUP)
            case _:
                assert_never(result)

    def _finish(self, step: Step, done: Done) -> None:
        self._settle_unless("")
        why = interlocks.why_shut(step.interlocks, self.belief, self._rules)
        if why is not None:
            raise Ended(Stop(ending=Ending.HALTED, why=why))
        now_ms = self.belief.now_ms
        self._courier.journal.note(Stepped(number=step.number, at_ms=now_ms))
        found = step.findings(self.belief, self._rules)
        told = StepDone(number=step.number, now_ms=now_ms, note=done.note, findings=found)
        self._tell(told)

    def _back(self, steps: tuple[Step, ...], back: Back) -> int:
        self._backs += 1
        if self._backs > BACKS_MAX:
            raise Ended(Stop(ending=Ending.REPORTED, why=back.why))
        for index, step in enumerate(steps):
            if step.number == back.step:
                return index
        raise Ended(Stop(ending=Ending.REPORTED, why=back.why))

    def _recover(self, why: Reason) -> None:
        now_ms = self.belief.now_ms
        self.recoveries.append(Recovery(step=self.step.number, at_ms=now_ms, why=why))
        line = Recovered(step=self.step.number, why=why, at_ms=now_ms)
        self._courier.journal.note(line)
        self._tell(Recovering(step=self.step.number, now_ms=now_ms, why=why))

    def _check_run_bound(self) -> None:
        bound_ms = self._rules.bounds.run_ms
        if self.belief.ran_ms > bound_ms:
            why = Reason.of("stop.run_bound", minutes=bound_ms // 60_000)
            raise Ended(Stop(ending=Ending.REPORTED, why=why))
