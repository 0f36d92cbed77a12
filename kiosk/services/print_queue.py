"""What to do next about a print that waits: hand it over, look again, tell, give up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique

from kiosk.ports.print_jobs import PrintJob, PrintState
from kiosk.ports.printer import Condition, Fate, Printer, Trouble

BY_ITSELF = timedelta(minutes=30)
"""So long after the asking a print is still handed over without anybody pressing a key."""

MOST_TRIES = 4
"""So often a job that the printer takes and gives up is handed over again by itself."""

SLOW_SECONDS = 10.0
"""A printer that has neither taken nor refused a print by then is told of as out of reach."""

NEVER = float("inf")
"""The `due` of a print that only a hand moves on."""

MOST_UNKNOWN = 5
"""After so many looks at a printer without trouble that knows nothing of the job, it is left."""

_OF_PAPER = frozenset(
    (Trouble.NO_PAPER, Trouble.JAM, Trouble.COVER_OPEN, Trouble.NO_TONER, Trouble.OFFLINE)
)
"""With these a printer may call a job done that it holds in its memory."""

THROUGH = {Fate.DONE: PrintState.CONFIRMED, Fate.GONE: PrintState.SENT}
"""What is known of a job that its printer has no longer to print."""

_FIRST_LOOK, _SLOWER, _SLOWEST = 0.5, 1.3, 8.0  # with a question of 3 s: told within 15 s
_MOST_STEPS = 20  # by then it is _SLOWEST; a print may wait for days, and powers overflow
_SILENT = frozenset({Trouble.NO_SERVICE, Trouble.OFFLINE})
_FILES = Condition("")  # a file can always be tried


@dataclass(frozen=True, slots=True)
class Followed:
    """A print that waits.

    Attributes:
        job: as it is known now.
        due: steady seconds at which it is to be looked at.
        looks: how often it was looked at since anything changed.
        unknown: how many of the last looks found a ready printer that does not know the job.
        aborted: how often the printer has not taken it, or given it up.
        may_be_out: the program does not know whether the printer has taken it.
    """

    job: PrintJob
    due: float
    looks: int = 0
    unknown: int = 0
    aborted: int = 0
    may_be_out: bool = False


@unique
class Step(StrEnum):
    """What is to be done about a print after a look at it."""

    LOOK_AGAIN = "look_again"
    HAND_OVER = "hand_over"
    LEAVE = "leave"  # it is out, or nothing more will be learnt, or it waits for a hand


def resumed(job: PrintJob, now: float, *, once: bool = False) -> Followed:
    """A print that the program knows of from the file, or that has just been asked for.

    Where the program ended before it knew whether the printer has taken it, it is handed over
    again, and counted as printed again, unless it may be printed once only, or its printer hung
    already: then a hand decides, and it is as `left_hanging` leaves it.
    """
    hung = job.failure if job.state is PrintState.ASKED else job.failure == Trouble.INTERRUPTED
    if job.state is PrintState.ASKED:
        job = replace(job, state=PrintState.FAILED, failure=Trouble.INTERRUPTED)
    if job.failure != Trouble.INTERRUPTED or not job.printer:  # a file is written anew, not twice
        return Followed(job, now)
    return Followed(job, NEVER if once or hung else now, may_be_out=True)


def left_hanging(followed: Followed) -> Followed:
    """The printer's driver does not come back: it may come out late, so only a hand repeats it."""
    job = replace(followed.job, state=PrintState.FAILED, failure=Trouble.INTERRUPTED, spooled="")
    return replace(followed, job=job, due=NEVER, may_be_out=True)


def once_more(followed: Followed) -> PrintJob:
    """The print as it is handed over once more: counted where it may then be there twice."""
    job = followed.job
    twice = followed.may_be_out or comes_twice(job)
    return replace(job, reprints=job.reprints + twice)


def handed_over(followed: Followed, spooled: str, now: float) -> Followed:
    """The printer has taken it, or the file is there, whole."""
    state = PrintState.SENT if followed.job.printer else PrintState.CONFIRMED
    job = replace(followed.job, state=state, spooled=spooled, failure="")
    due = now + _FIRST_LOOK
    return replace(followed, job=job, looks=0, unknown=0, due=due, may_be_out=False)


def not_taken(followed: Followed, trouble: Trouble, now: float) -> Followed:
    """The printer has not taken it; a file that could not be written waits for a hand."""
    job = replace(followed.job, state=PrintState.FAILED, spooled="", failure=trouble)
    aborted = followed.aborted + 1
    after = _later(replace(followed, job=job, aborted=aborted), followed.job, now)
    return after if job.printer else replace(after, due=NEVER)


def keeps_waiting(followed: Followed, since: float, now: float) -> Followed:
    """A print that is being handed over since then: a driver that hangs is told of, too."""
    if now - since < SLOW_SECONDS or followed.job.failure:
        return followed
    return replace(followed, job=replace(followed.job, failure=Trouble.OFFLINE))


def looked(
    followed: Followed, condition: Condition, fate: Fate, now: float, at: datetime
) -> tuple[Followed, Step]:
    """What follows from a look.

    Args:
        followed: the print as it was.
        condition: of its printer.
        fate: of the job there; UNKNOWN where it was not handed over.
        now: steady seconds.
        at: the time of day, aware.
    """
    if followed.job.state is PrintState.FAILED:
        return _looked_at_printer(followed, condition, now, at)
    return _looked_at_job(followed, condition, fate, now)


def _looked_at_printer(
    followed: Followed, condition: Condition, now: float, at: datetime
) -> tuple[Followed, Step]:
    """It is here; the printer may be ready for it."""
    if at - followed.job.asked_at > BY_ITSELF or followed.aborted >= MOST_TRIES:
        return replace(followed, due=NEVER), Step.LEAVE
    if not condition.troubles:
        return replace(followed, job=once_more(followed), may_be_out=False), Step.HAND_OVER
    job = replace(followed.job, failure=condition.troubles[0])
    return _later(replace(followed, job=job), followed.job, now), Step.LOOK_AGAIN


def _looked_at_job(
    followed: Followed, condition: Condition, fate: Fate, now: float
) -> tuple[Followed, Step]:
    """It is in the printer's queue."""
    job, trouble = followed.job, next(iter(condition.troubles), None)
    unknown = followed.unknown + 1 if fate is Fate.UNKNOWN and trouble is None else 0
    match fate:
        case Fate.DONE | Fate.GONE if trouble not in _OF_PAPER:
            return _over(followed, THROUGH[fate]), Step.LEAVE
        case Fate.CANCELLED:
            return _over(followed, PrintState.CANCELLED), Step.LEAVE
        case Fate.UNKNOWN if unknown >= MOST_UNKNOWN:
            return _over(followed, PrintState.SENT), Step.LEAVE
        case Fate.FAILED:
            return not_taken(followed, Trouble.NOT_TAKEN, now), Step.LOOK_AGAIN
        case Fate.HELD:
            job = replace(job, failure=trouble or Trouble.HELD)
        case Fate.STOPPED:
            job = replace(job, failure=trouble or Trouble.STOPPED)
        case Fate.DONE | Fate.GONE | Fate.WAITING | Fate.PRINTING | Fate.UNKNOWN:
            job = replace(job, failure=trouble or "")
    after = replace(followed, job=job, unknown=unknown)
    return _later(after, followed.job, now), Step.LOOK_AGAIN


def _over(followed: Followed, state: PrintState) -> Followed:
    return replace(followed, job=replace(followed.job, state=state, spooled="", failure=""))


def _later(followed: Followed, before: PrintJob, now: float) -> Followed:
    """Look again, soon after something has changed and ever less often while nothing does."""
    looks = followed.looks + 1 if followed.job == before else 0
    wait = min(_FIRST_LOOK * _SLOWER ** min(looks, _MOST_STEPS), _SLOWEST)
    return replace(followed, looks=looks, due=now + wait)


def look_at(printer: Printer, jobs: Sequence[PrintJob]) -> dict[str, tuple[Condition, Fate]]:
    """What printers say of themselves and of these jobs; each printer is asked once."""
    names = {job.printer for job in jobs}
    conditions = {name: printer.condition(name) if name else _FILES for name in names}

    def fate(job: PrintJob) -> Fate:
        """Of a job whose printer can be asked: a silent one would be waited for job by job."""
        silent = _SILENT.intersection(conditions[job.printer].troubles)
        return (
            printer.fate(job.printer, job.spooled) if job.spooled and not silent else Fate.UNKNOWN
        )

    return {job.job_id: (conditions[job.printer], fate(job)) for job in jobs}


def comes_twice(job: PrintJob) -> bool:
    """Whether asking for it again makes a second copy, as far as is known."""
    return job.state in (PrintState.SENT, PrintState.CONFIRMED) and not job.waits
