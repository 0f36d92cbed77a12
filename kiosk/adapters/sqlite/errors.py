"""SQLite's error codes, told as the troubles of the logbook port."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.ports.logbook import LogbookError, Trouble

_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.FOREIGN,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Trouble.UNREACHABLE,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
}
_PRIMARY = 0xFF


@contextmanager
def told() -> Iterator[None]:
    """Turn what the disk did to SQLite into LogbookError; a bug of ours passes as it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise LogbookError(str(error), trouble) from error


def _trouble(error: sqlite3.DatabaseError) -> Trouble | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # not SQLite's but Python's own complaint
        return Trouble.DAMAGED if "decode" in str(error) else None
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # no room for the shared memory
        return Trouble.FULL
    return _TROUBLES.get(code & _PRIMARY)
