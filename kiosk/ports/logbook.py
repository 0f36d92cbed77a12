"""The log: append-only, durable on return, provable afterwards."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum, unique
from typing import Protocol

from kiosk.domain.chain import Broken, Proved, Signed
from kiosk.domain.log import Draft, Entry, Undone, Visit
from kiosk.domain.screening import RuleCard


@unique
class Trouble(StrEnum):
    """What is wrong with the data folder or the file in it; each has its own sentence."""

    FULL = "full"  # the disk has no room; works again when there is some
    READ_ONLY = "read_only"  # nothing may be written there
    LOCKED = "locked"  # another program holds the file open for writing
    IN_USE = "in_use"  # another kiosk runs on this data folder
    MISSING = "missing"  # there is nothing to read
    FOREIGN = "foreign"  # no file of this program
    NEWER = "newer"  # written by a newer program
    OLDER = "older"  # written by an older program; the desk brings it up to date when it starts
    DAMAGED = "damaged"  # a file of this program, not as it was written
    KEY_LOST = "key_lost"  # the log is there, and the key it was written under is not
    CLOCK = "clock"  # it shows a day that no code of ours can hold
    UNREACHABLE = "unreachable"  # the disk does not answer as it should


class LogbookError(Exception):
    """The log cannot be read or written.

    `args[0]` is the detail for the log file: no names, no payloads.

    Attributes:
        trouble: what to tell the receptionist.
    """

    def __init__(self, detail: str, trouble: Trouble = Trouble.UNREACHABLE) -> None:
        super().__init__(detail)
        self.trouble = trouble


class InUseError(LogbookError):
    """Another kiosk runs on this data folder."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, Trouble.IN_USE)


class Logbook(Protocol):
    """One gate's log. Its methods are called from one thread; times are aware, UTC.

    Texts come back as they were given, except that what is no Unicode (a lone surrogate) is
    replaced; times come back in whole milliseconds.
    """

    def append(self, draft: Draft) -> Entry:
        """Write one entry; it is on the disk when this returns. Raises LogbookError.

        Appending a draft whose `entry_id` is already there returns that entry and writes nothing.
        """

    def entry(self, entry_id: str) -> Entry | None:
        """One entry, or None. Raises LogbookError."""

    def is_undone(self, entry_id: str) -> bool:
        """Whether a correction names this entry."""

    def latest(self, count: int) -> Sequence[Entry]:
        """The newest entries of this gate, newest first, corrections included."""

    def visits(self, since: datetime, until: datetime) -> Sequence[Visit]:
        """Visits whose arrival lies in [since, until), in order of arrival, refusals included."""

    def inside(self) -> Sequence[Visit]:
        """Open visits, whenever they began, in order of arrival."""

    def oldest_inside(self, count: int) -> Sequence[Visit]:
        """The open visits that were written first."""

    def open_visits(self) -> frozenset[str]:
        """The ids of the open visits."""

    def count_inside(self) -> int:
        """How many open visits there are."""

    def count_arrivals(self, since: datetime, until: datetime) -> int:
        """How many visits `of_somebody` began in [since, until), refusals included.

        What was undone does not count.
        """

    def arrival(self, visit_id: str) -> Entry | None:
        """The entry by which this visit began, as it was written last, also undone; or None."""

    def open_visit(self, person_id: str) -> Visit | None:
        """The visit by which this person is inside (the newest, if several), or None."""

    def visits_with(self, credential_id: str) -> Sequence[Visit]:
        """Visits that were made with this credential, in order of arrival, refusals included."""

    def visits_of(self, person_id: str, since: datetime | None = None) -> Sequence[Visit]:
        """Visits of this person, in order of arrival, refusals included; those `since` then."""

    def visit_count(self, person_id: str) -> int:
        """How often this person was admitted (what was undone does not count)."""

    def last_visit(self, person_id: str) -> Visit | None:
        """The admitted visit of this person that was written last, or None."""

    def last_arrival(self, person_id: str) -> Visit | None:
        """The visit of this person that was written last, refusals included, or None."""

    def find(self, words: str, since: datetime, until: datetime) -> Sequence[Visit]:
        """Visits in [since, until) whose name, number, unit, host or phone holds every word.

        Diacritics and case do not matter; `words` is plain text, never a pattern.
        """

    def undone(self, since: datetime, until: datetime, words: str = "") -> Sequence[Undone]:
        """Lines of [since, until) that were reversed, by their time; with `words` as in `find`."""

    def keep_rules(self, rules: RuleCard, text: str, since: datetime) -> None:
        """Keep this rule card whole under its version, unless it is there already.

        Raises ValueError where another text is kept under the same version.
        """

    def takes_rules(self, rules: RuleCard, text: str) -> bool:
        """Whether `keep_rules` would take this card; writes nothing. Raises LogbookError."""

    def fingerprint(self) -> str:
        """Of the file as it stands now, as `check` would give it; "" for an empty log."""

    def signed(self, fingerprint: str) -> Signed | None:
        """The entry after which the log had this fingerprint; None where it never had."""

    def check(self, progress: Callable[[int], None] | None = None) -> Proved | Broken:
        """Walk the whole chain of every gate in the file; name the first broken row.

        Args:
            progress: is told now and then how many rows are proved.
        """
