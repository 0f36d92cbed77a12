"""The record of prints in SQLite."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite.database import insert, update
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.rows import clean
from kiosk.domain.log import from_text, to_text
from kiosk.ports.print_jobs import OF_THE_LOG, Printed, PrintJob, PrintState

_COLUMNS = (
    "job_id, printed, printer, state, asked_at, subject, file_name, reprints, entry_id,"
    " credential_id, failure, spooled"
)
_HELD = "(state = 'sent' AND spooled <> '' AND printed IN (SELECT key FROM json_each(:waiting)))"
_BEGINS = "(SELECT value FROM json_each(:waiting) WHERE key = printed)"
_MOST_FILES = 500
_WAITS = "(state IN ('asked', 'failed') OR (state = 'sent' AND spooled <> ''))"
_KEPT = f"(asked_at >= :day OR ({_WAITS} AND asked_at >= coalesce({_BEGINS}, :oldest)))"
_ANEW = (
    "(state = 'lost' AND state_at >= :since AND printed IN (SELECT value FROM json_each(:log)))"
)


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
        return next(iter(self._jobs("job_id = :job_id", job_id=job_id)), None)

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
        """What was asked for since then, whatever waits, and what has to be asked for anew."""
        log = json.dumps(sorted(OF_THE_LOG))
        where = f"asked_at >= :since OR {_WAITS} OR {_ANEW}"
        return self._jobs(where, since=to_text(since), log=log)[::-1]

    def forget(
        self, day: datetime, waiting: Mapping[Printed, datetime], oldest: datetime, at: datetime
    ) -> bool:
        """Erase what prints of earlier days hold; what waits and cannot be printed now is lost."""
        bounds = {"day": to_text(day), "oldest": to_text(oldest), "waiting": _times(waiting)}
        with told(), self._db.atomic():
            emptied = self._db.execute(
                f"UPDATE print_job SET content = '' WHERE content <> '' AND NOT {_KEPT}",  # noqa: S608
                bounds,
            )
            self._db.execute(
                "UPDATE print_job SET state = 'lost', state_at = :at, spooled = '', failure = ''"  # noqa: S608
                f" WHERE {_WAITS} AND NOT {_KEPT} AND NOT ({_HELD} AND asked_at >= :oldest)",
                {**bounds, "at": to_text(at)},
            )
        return emptied.rowcount > 0

    def held(self, waiting: Mapping[Printed, datetime]) -> Sequence[PrintJob]:
        """Of these kinds and asked for before then, what waits at its printer, oldest first."""
        return self._jobs(f"{_HELD} AND asked_at < {_BEGINS}", waiting=_times(waiting))

    def files(self, before: Mapping[Printed, datetime]) -> Mapping[str, str]:
        """Names of files by job_id, of these kinds and asked for before then; the oldest 500."""
        kinds = " OR ".join("(printed = ? AND asked_at < ?)" for _ in before)
        with told():
            found = self._db.execute(
                f"SELECT job_id, file_name FROM print_job WHERE file_name <> '' AND ({kinds})"  # noqa: S608
                f" ORDER BY asked_at LIMIT {_MOST_FILES}",
                [value for kind, end in before.items() for value in (kind.value, to_text(end))],
            ).fetchall()
        return dict(found)

    def files_gone(self, job_ids: Collection[str]) -> None:
        """The files of these prints are there no more."""
        with told(), self._db.atomic():
            for job_id in job_ids:
                update(self._db, "print_job", "job_id", job_id, {"file_name": ""})

    def _jobs(self, where: str, **values: str) -> tuple[PrintJob, ...]:
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


def _times(waiting: Mapping[Printed, datetime]) -> str:
    return json.dumps({printed.value: to_text(since) for printed, since in waiting.items()})
