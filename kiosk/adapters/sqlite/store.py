"""Everything that is kept in one file: log, directory, staff, consents, prints."""

from dataclasses import dataclass

from sqlite_utils import Database

from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.consents import SqliteConsents
from kiosk.adapters.sqlite.database import open_for_reading, open_for_writing
from kiosk.adapters.sqlite.directory import SqliteDirectory
from kiosk.adapters.sqlite.erasing import SqliteEraser
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.logbook import SqliteLogbook
from kiosk.adapters.sqlite.print_jobs import SqlitePrintJobs
from kiosk.adapters.sqlite.staff import SqliteStaff
from kiosk.ports.clock import Clock
from kiosk.ports.consents import Consents
from kiosk.ports.directory import Directory
from kiosk.ports.logbook import Logbook
from kiosk.ports.print_jobs import PrintJobs
from kiosk.ports.retention import Eraser
from kiosk.ports.staff import Staff


@dataclass(frozen=True, slots=True)
class Store:
    """An open file.

    Thread: the one that opened it, `close` included.
    """

    logbook: Logbook
    directory: Directory
    staff: Staff
    consents: Consents
    print_jobs: PrintJobs
    eraser: Eraser
    database: Database

    def close(self) -> None:
        """Close the file; what was committed is in it already."""
        with told():
            self.database.close()


def open_store(folder: DataFolder, clock: Clock, gate_id: str) -> Store:
    """The file of a folder that was claimed, for the desk. Raises LogbookError."""
    if folder.database.exists() and not folder.has_key():
        db = open_for_writing(folder.database)  # tells first what is wrong with the file itself
        lost = has_used_key(db)
        db.close()
        if not lost:
            folder.replace_lost_key()
    key = folder.key()
    return _store(open_for_writing(folder.database), key, clock, gate_id)


def has_used_key(db: Database) -> bool:
    """Whether anything was kept that is found again under the office's key alone."""
    tables = ("log_entry", "person", "credential")
    with told():
        return any(next(iter(db.table(one).rows), None) for one in tables)


def open_store_read_only(folder: DataFolder, clock: Clock, gate_id: str) -> Store:
    """The file for reports, while a desk may be running. Raises LogbookError; so does writing."""
    key = folder.key() if folder.has_key() else b""  # a report needs none
    return _store(open_for_reading(folder.database), key, clock, gate_id)


def _store(db: Database, key: bytes, clock: Clock, gate_id: str) -> Store:
    return Store(
        logbook=SqliteLogbook(db, clock, gate_id),
        directory=SqliteDirectory(db, key),
        staff=SqliteStaff(db),
        consents=SqliteConsents(db),
        print_jobs=SqlitePrintJobs(db),
        eraser=SqliteEraser(db, key),
        database=db,
    )
