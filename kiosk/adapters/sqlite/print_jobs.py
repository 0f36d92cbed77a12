"""The record of prints in SQLite."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite.database import insert, update
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.rows import clean
from kiosk.domain.log import from_text, to_text
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState

_COLUMNS = "job_id, printed, printer, state, asked_at, reprints, entry_id, credential_id, failure"


class SqlitePrintJobs:
    """The record of prints in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

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
        row = {
            "job_id": secrets.token_hex(16),
            "printed": printed.value,
            "printer": clean(printer),
            "state": PrintState.ASKED.value,
            "asked_at": to_text(at),
            "state_at": to_text(at),
            "reprints": 0,
            "entry_id": entry_id,
            "credential_id": credential_id,
            "failure": "",
        }
        with told():
            insert(self._db, "print_job", row)
        asked_at = from_text(to_text(at))
        return PrintJob(
            job_id=str(row["job_id"]),
            printed=printed,
            printer=clean(printer),
            state=PrintState.ASKED,
            asked_at=asked_at,
            entry_id=entry_id,
            credential_id=credential_id,
        )

    def ask_again(self, job_id: str, printer: str, at: datetime) -> PrintJob | None:
        """The same document is asked for once more."""
        with told():
            self._db.execute(
                "UPDATE print_job SET reprints = reprints + 1, printer = ?, state = ?,"
                " state_at = ? WHERE job_id = ?",
                [clean(printer), PrintState.ASKED.value, to_text(at), job_id],
            )
        return self.job(job_id)

    def sent(self, job_id: str, at: datetime) -> None:
        """The printer's queue took it."""
        self._became(PrintState.SENT, job_id, at)

    def confirmed(self, job_id: str, at: datetime) -> None:
        """It is on paper."""
        self._became(PrintState.CONFIRMED, job_id, at)

    def failed(self, job_id: str, at: datetime, failure: str) -> None:
        """It did not come out."""
        self._became(PrintState.FAILED, job_id, at, failure)

    def job(self, job_id: str) -> PrintJob | None:
        """One job, or None."""
        return next(iter(self._jobs("job_id = ?", job_id)), None)

    def unfinished(self) -> Sequence[PrintJob]:
        """What was asked for and neither sent nor confirmed, oldest first."""
        return self._jobs("state IN ('asked', 'failed')")

    def of_credential(self, credential_id: str) -> Sequence[PrintJob]:
        """The prints of one credential, oldest first."""
        return self._jobs("credential_id = ?", credential_id)

    def _became(self, state: PrintState, job_id: str, at: datetime, failure: str = "") -> None:
        row = {"state": state.value, "state_at": to_text(at), "failure": clean(failure)}
        with told():
            update(self._db, "print_job", "job_id", job_id, row)

    def _jobs(self, where: str, *values: str) -> tuple[PrintJob, ...]:
        with told():
            found = self._db.execute(
                f"SELECT {_COLUMNS} FROM print_job WHERE {where} ORDER BY asked_at, rowid",  # noqa: S608
                values,
            ).fetchall()
        return tuple(
            PrintJob(
                *(job_id, Printed(printed), printer, PrintState(state), from_text(asked_at)),
                *rest,
            )
            for job_id, printed, printer, state, asked_at, *rest in found
        )
