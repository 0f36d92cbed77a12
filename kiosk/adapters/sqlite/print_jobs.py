"""The record of prints in SQLite."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite.database import insert, update
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.rows import clean
from kiosk.domain.log import from_text, to_text
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState

_COLUMNS = (
    "job_id, printed, printer, state, asked_at, subject, file_name, reprints, entry_id,"
    " credential_id, failure, spooled"
)
_WAITS = "(state IN ('asked', 'failed') OR (state = 'sent' AND spooled <> ''))"


class SqlitePrintJobs:
    """The record of prints in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def ask(self, job: PrintJob, content: str = "") -> None:
        """A print was asked for."""
        row = {
            "job_id": job.job_id,
            "printed": job.printed.value,
            "subject": clean(job.subject),
            "printer": clean(job.printer),
            "state": job.state.value,
            "asked_at": to_text(job.asked_at),
            "state_at": to_text(job.asked_at),
            "reprints": job.reprints,
            "entry_id": job.entry_id,
            "credential_id": job.credential_id,
            "failure": clean(job.failure),
            "spooled": clean(job.spooled),
            "file_name": clean(job.file_name),
            "content": clean(content),
        }
        with told():
            insert(self._db, "print_job", row)

    def became(self, job: PrintJob, at: datetime) -> None:
        """Keep printer, state, reprints, failure and spooled as they are now."""
        row = {
            "printer": clean(job.printer),
            "state": job.state.value,
            "state_at": to_text(at),
            "reprints": job.reprints,
            "failure": clean(job.failure),
            "spooled": clean(job.spooled),
        }
        with told():
            update(self._db, "print_job", "job_id", job.job_id, row)

    def job(self, job_id: str) -> PrintJob | None:
        """One job, or None."""
        return next(iter(self._jobs("job_id = ?", job_id)), None)

    def content(self, job_id: str) -> str:
        """What it takes to print it once more; "" where that was erased."""
        with told():
            query = "SELECT content FROM print_job WHERE job_id = ?"
            found = self._db.execute(query, [job_id]).fetchone()
        return str(found[0]) if found else ""

    def erase_content(self, job_id: str) -> None:
        """It is on paper and is never to be printed again."""
        with told():
            update(self._db, "print_job", "job_id", job_id, {"content": ""})

    def waiting(self) -> Sequence[PrintJob]:
        """What is still to come out, oldest first."""
        return self._jobs(_WAITS)

    def recent(self, since: datetime) -> Sequence[PrintJob]:
        """What was asked for since then, and whatever waits; newest first."""
        return self._jobs(f"asked_at >= ? OR {_WAITS}", to_text(since))[::-1]

    def of_credential(self, credential_id: str) -> Sequence[PrintJob]:
        """The prints of one credential, oldest first."""
        return self._jobs("credential_id = ?", credential_id)

    def forget(self, day: datetime, oldest: datetime, at: datetime) -> None:
        """Erase what prints of earlier days hold; what waits and cannot be printed now is lost."""
        kept = f"asked_at >= ? OR ({_WAITS} AND printed <> 'slip' AND asked_at >= ?)"
        bounds = [to_text(day), to_text(oldest)]
        with told(), self._db.atomic():
            self._db.execute(
                f"UPDATE print_job SET content = '' WHERE content <> '' AND NOT ({kept})",  # noqa: S608
                bounds,
            )
            self._db.execute(
                f"UPDATE print_job SET state = 'lost', state_at = ?, spooled = ''"  # noqa: S608
                f" WHERE {_WAITS} AND NOT ({kept})",
                [to_text(at), *bounds],
            )

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
