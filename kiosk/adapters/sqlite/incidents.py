"""What the desk noticed about itself; so far, that somebody set the computer's clock."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from kiosk.domain.log import from_text, to_text
from kiosk.ports.clock import Clock

CLOCK_JUMP = "clock_jump"
TOLERATED = timedelta(minutes=2)


class ClockWatch:
    """Compares the wall clock with the steady one from one entry to the next.

    The first entry after a start is compared with the newest in the file: a clock that went back
    while the program was shut is noted too.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: tuple[datetime, float] | None = None
        self._now: tuple[datetime, float] | None = None

    def note_jump(self, db: Database) -> None:
        """Write a row if the clock was set since the last `settle`, by more than is tolerated."""
        self._now = wall, steady = self._clock.now(), self._clock.steady()
        if self._last is None:
            jump = min(wall - _newest(db, wall), timedelta())
        else:
            jump = (wall - self._last[0]) - timedelta(seconds=steady - self._last[1])
        if abs(jump) > TOLERATED:
            db.execute(
                "INSERT INTO incident (noticed_at, kind, detail) VALUES (?, ?, ?)",
                [to_text(wall), CLOCK_JUMP, f"{jump.total_seconds():+.0f} s"],
            )

    def settle(self) -> None:
        """The entry is on the disk: compare the next one with it."""
        self._last = self._now


def _newest(db: Database, wall: datetime) -> datetime:
    """When the newest entry before this one was written; `wall` where it is the first."""
    found = db.execute(
        "SELECT coalesce(noted_at, occurred_at) FROM log_entry"
        " ORDER BY rowid DESC LIMIT 1 OFFSET 1"
    ).fetchone()
    return wall if found is None else from_text(str(found[0]))
