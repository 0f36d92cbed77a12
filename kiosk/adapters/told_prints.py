"""What the command line has printed, left beside the file until its one writer takes it in.

A second writer is no way: the desk's transactions begin by reading, and SQLite ends such a one at
once when another program has written meanwhile, however long it is told to wait.
"""

import logging
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import msgspec
from filelock import FileLock, Timeout
from msgspec import Meta

from kiosk.adapters.disk import disk_told, write_private
from kiosk.domain.log import from_text, to_text
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Trouble

_log = logging.getLogger(__name__)

_TAKING = ".taking"
_NAME = re.compile(rf"[0-9a-f]{{32}}(\.json|{re.escape(_TAKING)})")
_LARGEST = 4_000  # bytes
_MOST = 1_000  # at a time
_Text = Annotated[str, Meta(max_length=300)]


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One print, as it is written; whatever else a file holds is no print."""

    job_id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
    printed: Printed
    printer: _Text
    state: PrintState
    asked_at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$")]
    subject: Annotated[str, Meta(max_length=60)]
    failure: Trouble | None
    spooled: Annotated[str, Meta(pattern=r"^[0-9]{0,20}$")]


class FolderOfTold:
    """A file for each print, in the data folder; a lock beside it while the print is handed over.

    How long that takes nobody can say: a roll of 50 emergency slips goes through a serial line in
    ten minutes at 115,200 baud, in two hours at 9,600. The lock of the system ends with the
    command, however that ends.

    Thread: any one at a time.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "prints-told"
        self._at_work: dict[str, FileLock] = {}

    def tell(self, job: PrintJob) -> None:
        """Leave word of a print; nothing where there is no desk. Raises LogbookError.

        From ASKED until it is told what became of it, nobody else takes it in.
        """
        try:
            self._write(job)
        finally:
            if job.state is not PrintState.ASKED and (lock := self._at_work.pop(job.job_id, None)):
                _let_go(lock)

    def _write(self, job: PrintJob) -> None:
        with disk_told():
            if not self._data.is_dir():
                return
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if job.state is PrintState.ASKED:
                self._at_work[job.job_id] = lock = self._lock(job)
                lock.acquire(timeout=0)
            told = _Told(
                job_id=job.job_id,
                printed=job.printed,
                printer=job.printer,
                state=job.state,
                asked_at=to_text(job.asked_at),
                subject=job.subject,
                failure=Trouble(job.failure) if job.failure else None,
                spooled=job.spooled,
            )
            write_private(self._folder / f"{job.job_id}.json", msgspec.json.encode(told))

    def told(self) -> Sequence[PrintJob]:
        """What was not taken in yet, oldest first. Raises LogbookError."""
        with disk_told():
            read = [job for path in self._named() if (job := _read(path)) is not None]
            latest = {job.job_id: job for job in read}
            return sorted(latest.values(), key=lambda job: job.asked_at)

    def take_in(self, keep: Callable[[PrintJob], None]) -> None:
        """Keep each print, and only then take its file away; `keep` may raise.

        What a command is handing over stays: it has yet to say what became of it, and nobody else
        may hand it over.
        The file is put aside before it is read: what is told meanwhile is a file of its own.
        A folder that cannot be read hides nothing else: the file's own prints are there.
        """
        try:
            for path in self._named():
                if (job := _read(path)) is not None and self._is_at_work(job):
                    continue
                aside = path.with_suffix(_TAKING)
                with suppress(FileNotFoundError):  # somebody else took it in just now
                    path.replace(aside)
                if (job := _read(aside)) is not None:
                    keep(_given_up(job))
                    aside.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("prints of the command line: %s", error)

    def _is_at_work(self, job: PrintJob) -> bool:
        if job.state is not PrintState.ASKED:
            return False
        lock = self._lock(job)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        _let_go(lock)
        return False

    def _lock(self, job: PrintJob) -> FileLock:
        return FileLock(self._folder / f"{job.job_id}.lock", thread_local=False)

    def _named(self) -> Sequence[Path]:
        """The files, first those that were put aside before and never kept."""
        if not self._folder.is_dir():
            return ()
        named = (path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))
        return sorted(named, key=lambda path: (path.suffix != _TAKING, path.name))[:_MOST]


def _let_go(lock: FileLock) -> None:
    lock.release()
    with suppress(OSError):  # an empty file that stays does no harm
        Path(lock.lock_file).unlink(missing_ok=True)


def _given_up(job: PrintJob) -> PrintJob:
    """A command that ended before it told what became of its print; it may be out."""
    if job.state is not PrintState.ASKED:
        return job
    return replace(job, state=PrintState.LOST, failure=Trouble.INTERRUPTED)


def _read(path: Path) -> PrintJob | None:
    """None where it is gone, or no print of ours: then it is put aside for good."""
    try:
        return _job(path)
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        _log.warning("%s is no print of ours: %s", path.name, type(error).__name__)
        path.replace(path.with_suffix(".bad"))
        return None


def _job(path: Path) -> PrintJob:
    """Raises OSError, ValueError."""
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    told = msgspec.json.decode(content[:_LARGEST], type=_Told)  # its errors are ValueErrors
    if told.job_id != path.stem:
        detail = "it is named otherwise"
        raise ValueError(detail)
    return PrintJob(
        job_id=told.job_id,
        printed=told.printed,
        printer=told.printer,
        state=told.state,
        asked_at=from_text(told.asked_at),
        subject=told.subject,
        failure=told.failure or "",
        spooled=told.spooled,
    )
