"""Keeps the promise made to visitors: erases what is over, a little at a time, by itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum, unique

from kiosk.domain.retention import (
    LONGER,
    LONGEST_STAY,
    Doubt,
    Kind,
    Periods,
    Promise,
    Trust,
    first_kept,
    judged,
    promised,
)
from kiosk.ports.clock import Clock
from kiosk.ports.logbook import Logbook
from kiosk.ports.retention import Eraser, Over
from kiosk.services.late_entry import LateEntries

MOST = {Kind.HEALTH: 100, Kind.DECLARATION: 50, Kind.IDENTITY: 100, Kind.PROOF: 100}
"""So many rows are erased in one step: a check-in that comes meanwhile waits for that one."""

_MOST_OTHERS = 10
_MOST_CLOSED = 10


@unique
class Progress(StrEnum):
    """What is to be done after a step."""

    MORE = "more"  # another step, soon
    DONE = "done"  # nothing before the next day
    HELD = "held"  # the clock is doubted; look again later


class Retention:
    """Erases once a local day, in steps that are short.

    Thread: the storage thread only. Every method may raise LogbookError; the next step goes on.

    Attributes:
        doubt: why nothing is erased for now; None where the clock is believed.
    """

    def __init__(
        self,
        logbook: Logbook,
        eraser: Eraser,
        late: LateEntries,
        clock: Clock,
        periods: Periods,
    ) -> None:
        self._logbook = logbook
        self._eraser = eraser
        self._late = late
        self._clock = clock
        self._periods = periods
        self._done_on: date | None = None
        self._begun_on: date | None = None
        self._believed: tuple[datetime, float] | None = None
        self._left: list[Kind] | None = None
        self.doubt: Doubt | None = None

    def step(self) -> Progress:
        """Erase a little of what is over."""
        today = self.today()
        if self._begun_on != today:
            self._left = None  # another day, or a clock that jumped: judged before it goes on
        if self._left is None:
            if self._done_on == today:
                # what somebody was still reading, and what was emptied meanwhile
                return Progress.MORE if self._eraser.settle() else Progress.DONE
            self.doubt = self._judge()
            if self.doubt is not None:
                # what somebody asked for is erased already, and no clock has a say in its bytes
                return Progress.MORE if self._eraser.settle() else Progress.HELD
            self._promise()
            self._eraser.begin()
            self._left, self._begun_on = list(Kind), today
        if self._close_forgotten():
            return Progress.MORE
        if self._left:
            self._erase(self._left, today)
            return Progress.MORE
        if self._eraser.settle():
            return Progress.MORE
        self._eraser.done(self._clock.now())
        self._left, self._done_on = None, today
        return Progress.DONE

    def emptied(self) -> None:
        """Prints of an earlier day hold nothing any more; the next steps clear their bytes."""
        self._eraser.begin()

    def to_the_end(self, *, believe: bool = False) -> Progress:
        """All steps of today, one after the other.

        Args:
            believe: somebody has looked at the clock and says that it is right.
        """
        if believe:
            self._eraser.keep_trust(Trust(believed_at=self._clock.now()))
        while (progress := self.step()) is Progress.MORE:
            pass
        return progress

    def over(self) -> Iterator[tuple[Kind, int]]:
        """How many rows of each kind are over now. Writes nothing."""
        today = self.today()
        for kind in Kind:
            if rows := self._eraser.count(kind, self._bounds(kind, today)):
                yield kind, rows

    def doubted(self) -> Doubt | None:
        """Whether the clock would be believed now. Writes nothing."""
        _, doubt = self._judged()
        return doubt

    def today(self) -> date:
        """The local day."""
        return self._clock.now().astimezone(self._clock.zone()).date()

    def _judge(self) -> Doubt | None:
        trust, doubt = self._judged()
        self._eraser.keep_trust(trust)
        if doubt is None:
            self._believed = (self._clock.now(), self._clock.steady())
        return doubt

    def _judged(self) -> tuple[Trust, Doubt | None]:
        expected = None
        if self._believed is not None:
            wall, steady = self._believed
            expected = wall + timedelta(seconds=self._clock.steady() - steady)
        trust = self._eraser.trust()
        return judged(self._clock.now(), self._eraser.newest(), trust, expected)

    def _promise(self) -> None:
        """Whoever was told another number of days is held to what they were told."""
        days, promises = self._periods.identity, self._eraser.promises()
        if not promises or promises[-1].days != days:
            self._eraser.promise(Promise(self._clock.now(), days))

    def _close_forgotten(self) -> bool:
        """End visits whose departure nobody recorded and whose period is over; whether any was.

        Nobody is erased who may be inside, and nobody has been for so long.
        """
        before = min(
            self._begins(first_kept(self.today(), self._periods.identity)),
            self._clock.now() - LONGEST_STAY,
        )
        oldest = self._logbook.oldest_inside(_MOST_CLOSED)
        forgotten = [visit for visit in oldest if visit.arrival.draft.written_at < before]
        self._late.end_unseen(forgotten)
        return bool(forgotten)

    def _erase(self, left: list[Kind], today: date) -> None:
        kind = left[0]
        most = MOST.get(kind, _MOST_OTHERS)
        rule = self._periods.rule(kind)
        if self._eraser.erase(kind, self._bounds(kind, today), today, rule, most) < most:
            left.pop(0)

    def _bounds(self, kind: Kind, today: date) -> Over:
        before = self._begins(first_kept(today, self._periods.of(kind)))
        if kind not in LONGER:
            told = promised(
                self._eraser.promises(), lambda days: self._begins(first_kept(today, days))
            )
            before = max(before, told or before)
        local = before.astimezone(self._clock.zone())
        return Over(local, self._clock.now(), self._logbook.open_visits())

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._clock.zone()).astimezone(UTC)
