"""What goes to paper: each print is a row, from the asking until it is known what became of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Protocol


@unique
class Printed(StrEnum):
    """What is printed. Stored: a value is never renamed."""

    SLIP = "slip"
    REGISTER = "register"
    INSIDE = "inside"
    CLOSING = "closing"
    STAFF_CARDS = "staff_cards"
    INVITATION = "invitation"
    EMERGENCY_SLIPS = "emergency_slips"
    POSTER = "poster"
    TEST_PAGE = "test_page"


OF_THE_LOG = frozenset({Printed.REGISTER, Printed.INSIDE, Printed.CLOSING})
"""Papers that can be printed from the log again at any time, and name many people."""


@unique
class PrintState(StrEnum):
    """How far a print has come."""

    ASKED = "asked"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"  # its content was erased before it came out: it can only be asked for anew


COPY = "copy"
"""At the end of the subject of a paper that is marked as a copy."""


def copy_of(subject: str) -> str:
    """The subject of its copy: "2026-11-22-copy", or "copy" alone."""
    return "-".join(filter(None, (subject, COPY)))


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One document on its way to paper.

    Attributes:
        job_id: random id.
        printed: what is printed.
        printer: its name, or "" for a PDF file.
        state: how far it has come.
        asked_at: when it was first asked for, aware, UTC.
        subject: which one: a slip's number, a register's day; no personal data.
        file_name: of the PDF where there is no printer; no personal data.
        reprints: how often it was asked for again after it had gone to a printer.
        entry_id: the entry it belongs to, or None.
        credential_id: the credential it shows, or None.
        failure: stable code of what keeps it from coming out; "" where nothing is known to.
        spooled: its number at the printer while it can be asked there what becomes of it, or "".
    """

    job_id: str
    printed: Printed
    printer: str
    state: PrintState
    asked_at: datetime
    subject: str = ""
    file_name: str = ""
    reprints: int = 0
    entry_id: str | None = None
    credential_id: str | None = None
    failure: str = ""
    spooled: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is still to come out, as far as is known."""
        followed = self.state is PrintState.SENT and bool(self.spooled)
        return followed or self.state in (PrintState.ASKED, PrintState.FAILED)


class PrintJobs(Protocol):
    """The record of prints. Raises ports.logbook.LogbookError when it cannot read or write."""

    def ask(self, job: PrintJob, content: str = "") -> None:
        """A print was asked for; `content` is what it takes to print it once more."""

    def became(self, job: PrintJob, at: datetime) -> None:
        """Keep printer, state, reprints, failure and spooled as they are now."""

    def job(self, job_id: str) -> PrintJob | None:
        """One job, or None."""

    def content(self, job_id: str) -> str:
        """What it takes to print it once more; "" where that was erased."""

    def erase_content(self, job_id: str) -> None:
        """It is on paper and is never to be printed again."""

    def waiting(self) -> Sequence[PrintJob]:
        """What is still to come out, oldest first."""

    def recent(self, since: datetime) -> Sequence[PrintJob]:
        """What was asked for since then, whatever waits, and what has to be asked for anew.

        Newest first. Anew: papers of the log that were lost since then.
        """

    def forget(
        self, day: datetime, waiting: Mapping[Printed, datetime], oldest: datetime, at: datetime
    ) -> bool:
        """Erase what prints of earlier days hold; what waits and cannot be printed now is lost.

        Of these kinds, what a printer still holds is not lost before it was taken back from there.

        Args:
            day: when this day began.
            waiting: what waits of these kinds is kept if it was asked for since then.
            oldest: anything else that waits is kept if it was asked for since then.
            at: now.

        Returns:
            Whether anything was erased.
        """

    def held(self, waiting: Mapping[Printed, datetime]) -> Sequence[PrintJob]:
        """Of these kinds and asked for before then, what waits at its printer, oldest first."""

    def files(self, before: Mapping[Printed, datetime]) -> Mapping[str, str]:
        """Names of files by job_id, of these kinds and asked for before then; the oldest 500."""

    def files_gone(self, job_ids: Collection[str]) -> None:
        """The files of these prints are there no more."""


class ToldPrints(Protocol):
    """What other programs have printed, until the file's writer takes it in."""

    def take_in(self, keep: Callable[[PrintJob], None]) -> None:
        """Keep each of them; more than once where `keep` raises. Raises LogbookError.

        What is being printed at this moment is left to the program that prints it; of what was
        never told to an end, nobody has the pages any more.
        """
