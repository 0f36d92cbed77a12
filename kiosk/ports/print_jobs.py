"""What was sent to paper, so that a failed print is seen and can be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Protocol


@unique
class Printed(StrEnum):
    """What is printed. Stored: a value is never renamed."""

    SLIP = "slip"
    REGISTER = "register"
    POSTER = "poster"
    CLOSING = "closing"


@unique
class PrintState(StrEnum):
    """How far a print has come."""

    ASKED = "asked"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One document on its way to paper.

    Attributes:
        job_id: random id.
        printed: what is printed.
        printer: its name, or "" for a PDF file.
        state: how far it has come.
        asked_at: when it was first asked for, aware, UTC.
        reprints: how often it was asked for again.
        entry_id: the entry it belongs to, or None.
        credential_id: the credential it shows, or None.
        failure: stable code or detail of the last failure; no personal data.
    """

    job_id: str
    printed: Printed
    printer: str
    state: PrintState
    asked_at: datetime
    reprints: int = 0
    entry_id: str | None = None
    credential_id: str | None = None
    failure: str = ""


class PrintJobs(Protocol):
    """The record of prints. Raises ports.logbook.LogbookError when it cannot read or write."""

    def ask(
        self,
        printed: Printed,
        printer: str,
        at: datetime,
        *,
        entry_id: str | None = None,
        credential_id: str | None = None,
    ) -> PrintJob:
        """A print was asked for."""

    def ask_again(self, job_id: str, printer: str, at: datetime) -> PrintJob | None:
        """The same document is asked for once more; None where no such job is kept."""

    def sent(self, job_id: str, at: datetime) -> None:
        """The printer's queue took it."""

    def confirmed(self, job_id: str, at: datetime) -> None:
        """It is on paper, as far as printer or receptionist can tell."""

    def failed(self, job_id: str, at: datetime, failure: str) -> None:
        """It did not come out."""

    def job(self, job_id: str) -> PrintJob | None:
        """One job, or None."""

    def unfinished(self) -> Sequence[PrintJob]:
        """What was asked for and neither sent nor confirmed, oldest first."""

    def of_credential(self, credential_id: str) -> Sequence[PrintJob]:
        """The prints of one credential, oldest first."""
