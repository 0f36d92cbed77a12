"""Everything behind the desk that reads or writes the file, for the one thread that may."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kiosk.domain.admission import Reason
from kiosk.domain.log import Direction, Entry, Visit
from kiosk.ports.clock import Clock
from kiosk.ports.consents import Consents
from kiosk.ports.logbook import Logbook
from kiosk.ports.print_jobs import OF_THE_LOG, Printed, PrintJob, PrintJobs, ToldPrints
from kiosk.services.closing import to_close
from kiosk.services.day_log import DayLog, by_time
from kiosk.services.declaration import Declarations
from kiosk.services.issuing import Issuing
from kiosk.services.late_entry import LateEntries
from kiosk.services.reception import Reception
from kiosk.services.recogniser import Recogniser
from kiosk.services.retention import Retention
from kiosk.services.rights import Rights
from kiosk.services.staff_office import StaffOffice

PRINTS_KEPT = timedelta(days=7)
"""What still waits for paper is kept so long where it cannot be printed again, as a card can't."""

LATE_PRINT = timedelta(hours=1)
"""A paper of the log that is asked for before midnight may come out so much later."""

INVITED_MOST = timedelta(days=6)
"""An invitation of the desk serves no longer after the day on which it is issued."""


@dataclass(frozen=True, slots=True)
class PrintsLeft:
    """What prints have left behind.

    Attributes:
        waiting: still to come out, oldest first.
        over: slips and papers whose day is over; their printers are to give them back.
        files: names of the PDF files of slips and invitations that serve no more, by job_id.
    """

    waiting: tuple[PrintJob, ...]
    over: tuple[PrintJob, ...]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the desk shows at its side.

    Attributes:
        day_began: when the local day began, aware.
        inside: how many are in the building.
        today: visits of somebody that began today, as the register counts them.
        lines: the newest entries, newest first.
        known: the arrival of each visit that `lines` are about, by visit_id.
    """

    day_began: datetime
    inside: int
    today: int
    lines: tuple[Entry, ...]
    known: dict[str, Entry]

    @property
    def reversible(self) -> Entry | None:
        """The newest of `lines` by which somebody passed and that stands; None without.

        An arrival that was put right is none: it is of long ago, and is put right once more.
        """
        undone = {line.draft.corrects for line in self.lines}
        right = {
            line.draft.visit_id for line in self.lines if line.draft.reason is Reason.PUT_RIGHT
        }
        standing = (
            line
            for line in self.lines
            if line.draft.tells_of_passing and line.draft.entry_id not in undone
            if line.draft.direction is Direction.OUT
            or line.draft.noted_at is None  # such as the second reading, after a rest
            or line.draft.visit_id not in right
        )
        return next(standing, None)


@dataclass(frozen=True, slots=True)
class BackOffice:
    """The use cases over one open file.

    Thread: the storage thread only; every call may raise LogbookError.
    """

    logbook: Logbook
    print_jobs: PrintJobs
    told: ToldPrints
    recogniser: Recogniser
    reception: Reception
    consents: Consents
    declarations: Declarations
    late: LateEntries
    rights: Rights
    issuing: Issuing
    staff: StaffOffice
    retention: Retention
    clock: Clock
    close: Callable[[], None]

    def overview(self, count: int) -> Overview:
        """What the desk shows at its side, with the newest `count` lines."""
        since, until = day_bounds(self.recogniser.today(), self.clock)
        lines = tuple(self.logbook.latest(count))
        began = {visit: self.logbook.arrival(visit) for visit in {e.draft.visit_id for e in lines}}
        return Overview(
            day_began=since,
            inside=self.logbook.count_inside(),
            today=self.logbook.count_arrivals(since, until),
            lines=lines,
            known={visit: arrival for visit, arrival in began.items() if arrival is not None},
        )

    def day(self, day: date, words: str = "") -> DayLog:
        """A local day; with `words`, its lines are those that hold every word."""
        since, until = day_bounds(day, self.clock)
        visits, undone = self.logbook.visits(since, until), self.logbook.undone(since, until)
        if not words.strip():
            return DayLog(visits, len(undone), tuple(by_time(visits, undone)), searched=False)
        found = self.logbook.find(words, since, until)
        reversed_ = self.logbook.undone(since, until, words)
        return DayLog(visits, len(undone), tuple(by_time(found, reversed_)), searched=True)

    def undone(self, day: date) -> int:
        """How many lines of a local day were reversed."""
        return len(self.logbook.undone(*day_bounds(day, self.clock)))

    def to_close(self, day: date) -> Sequence[Visit]:
        """Visits of a local day, and those of earlier days that are still open."""
        return to_close(self.logbook, *day_bounds(day, self.clock))

    def prints_left(self) -> PrintsLeft:
        """What is still to come out, after what is over was erased."""
        now, day = self.clock.now(), self._day_began()
        take_in(self.told, self.print_jobs, now)
        papers = min(day, now - LATE_PRINT)
        waiting = {Printed.SLIP: day, **dict.fromkeys(OF_THE_LOG, papers)}
        if self.print_jobs.forget(day, waiting, now - PRINTS_KEPT, now):
            self.retention.emptied()
        over = self.print_jobs.held(waiting)
        ends = {Printed.SLIP: day, Printed.INVITATION: day - INVITED_MOST}
        return PrintsLeft(
            tuple(job for job in self.print_jobs.waiting() if job not in over),
            tuple(over),
            self.print_jobs.files(ends),
        )

    def recent_prints(self) -> Sequence[PrintJob]:
        """The prints of today and whatever waits, newest first."""
        take_in(self.told, self.print_jobs, self.clock.now())
        return self.print_jobs.recent(self._day_began())

    def _day_began(self) -> datetime:
        return day_bounds(self.recogniser.today(), self.clock)[0].astimezone(UTC)


def take_in(told: ToldPrints, print_jobs: PrintJobs, now: datetime) -> None:
    """Put into the file what other programs of this desk have printed. Raises LogbookError."""

    def keep(job: PrintJob) -> None:
        if print_jobs.job(job.job_id) is None:
            print_jobs.ask(job)
        else:
            print_jobs.became(job, now)

    told.take_in(keep)


def day_bounds(day: date, clock: Clock) -> tuple[datetime, datetime]:
    """The two ends of a local day, aware.

    Raises OverflowError, or ValueError, for the first and the last day that can be written.
    """
    begins = datetime.combine(day, time.min, clock.zone())
    return begins, datetime.combine(day + timedelta(days=1), time.min, clock.zone())
