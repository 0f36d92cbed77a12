"""Opens the file: looks before it writes, copies before it migrates, keeps what it is told."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from kiosk.adapters.disk import disk_told, fresh_private
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.migrations import APPLICATION_ID, MIGRATIONS
from kiosk.ports.logbook import LogbookError, Trouble

BUSY_SECONDS = 5.0
_ROOM = "PRAGMA cache_size = -16000"  # kB: a visit of long ago lies anywhere in the file
COPY_NAME = "kiosk-before-update.db"
"""Beside the file: how it was before its last migration, until the first name is erased."""


def open_for_writing(path: Path, migrations: Migrations = MIGRATIONS) -> Database:
    """The file, made where there is none, brought up to date where it is older.

    Raises LogbookError (foreign, newer, damaged, read-only, full). Whatever fails, the file stays
    as it was.
    """
    with disk_told(), told():
        fresh = _is_fresh(path)
        if fresh:
            fresh_private(path)
        else:
            _examine(path, migrations)
            path.open("r+b").close()  # and so where it may be read only
        db = _connect(path, "rw")
        try:
            _prepare_for_writing(db)
            if migrations.pending(db):
                if not fresh:
                    _copy(db, path.with_name(COPY_NAME))
                with db.atomic():  # all steps or none
                    migrations.apply(db)
        except BaseException:
            db.close()
            raise
    return db


def open_for_reading(path: Path, migrations: Migrations = MIGRATIONS) -> Database:
    """The file as it is, for reports while the desk may be writing. Raises LogbookError."""
    with disk_told(), told():
        if _is_fresh(path):
            detail = f"there is no {path.name}"
            raise LogbookError(detail, Trouble.MISSING)
        db = _connect_for_reading(path)
        try:
            _refuse_foreign(db)
            _refuse_newer(db, migrations)
            _refuse_older(db, migrations)
            _refuse_incomplete(db, migrations)
            db.execute(_ROOM)
        except BaseException:
            db.close()
            raise
    return db


def _is_fresh(path: Path) -> bool:
    """Whether there is no file yet. Raises LogbookError where it is gone but its journal is not.

    A new file beside that journal would make SQLite throw the journal's entries away.
    """
    if _size(path):
        return False
    if _size(path.with_name(f"{path.name}-wal")):
        detail = f"{path.name} is empty or gone, its journal is not"
        raise LogbookError(detail, Trouble.DAMAGED)
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _examine(path: Path, migrations: Migrations) -> None:
    """Refuse what must not be written to. Reads only: another program's file stays untouched."""
    with closing(_connect_for_reading(path)) as db:
        _refuse_foreign(db)
        _refuse_newer(db, migrations)
        _refuse_incomplete(db, migrations)
        refuse_damaged(db)


def refuse_damaged(db: Database) -> None:
    """Raise LogbookError where any table of the file is not as SQLite wrote it."""
    with told():
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        detail = f"quick_check: {found}"
        raise LogbookError(detail, Trouble.DAMAGED)


def _refuse_foreign(db: Database) -> None:
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    tables = db.table_names()
    if mark == 0 and not tables:
        return  # begun by us and cut off before the first migration, or empty anyway
    if mark != APPLICATION_ID:
        detail = f"application_id is {mark:#x}"
        raise LogbookError(detail, Trouble.FOREIGN)


def _refuse_newer(db: Database, migrations: Migrations) -> None:
    with closing(Database(memory=True, execute_plugins=False)) as empty:
        known = {migration.name for migration in migrations.pending(empty)}
    unknown = {migration.name for migration in migrations.applied(db)} - known
    if unknown:
        detail = f"unknown migrations: {', '.join(sorted(unknown))}"
        raise LogbookError(detail, Trouble.NEWER)


def _refuse_incomplete(db: Database, migrations: Migrations) -> None:
    """Refuse a file of ours from which a table or view was taken away."""
    older = migrations.applied(db) and migrations.pending(db)  # has other parts than today's
    if older or not db.table_names():
        return
    with closing(Database(memory=True, execute_plugins=False)) as whole:
        migrations.apply(whole)
        gone = _parts(whole) - _parts(db)
    if gone:
        detail = f"missing: {', '.join(sorted(gone))}"
        raise LogbookError(detail, Trouble.DAMAGED)


def _parts(db: Database) -> set[str]:
    return {*db.table_names(), *db.view_names()}


def _refuse_older(db: Database, migrations: Migrations) -> None:
    if migrations.pending(db):
        detail = "migrations are pending"
        raise LogbookError(detail, Trouble.OLDER)


def _connect(path: Path, mode: str, *options: str) -> Database:
    uri = "&".join([f"{path.absolute().as_uri()}?mode={mode}", *options])
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db = Database(connection, execute_plugins=False)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA temp_store = MEMORY")  # what is sorted holds names
    return db


def _connect_for_reading(path: Path) -> Database:
    """A connection that writes nothing, also on a medium where nothing can be written."""
    path.open("rb").close()  # the system says better than SQLite why it will not
    db = _connect(path, "ro")
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        waiting = path.with_name(f"{path.name}-wal")
        shut_out = error.sqlite_errorcode & 0xFF in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        )
        if not shut_out or (waiting.exists() and waiting.stat().st_size):
            raise
        return _connect(path, "ro", "immutable=1")
    return db


def _prepare_for_writing(db: Database) -> None:
    mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        detail = f"journal_mode is {mode}"
        raise LogbookError(detail, Trouble.UNREACHABLE)
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA fullfsync = ON")  # macOS: down to the platter
    db.execute("PRAGMA secure_delete = ON")
    db.execute(_ROOM)


def _copy(db: Database, target: Path) -> None:
    """A whole copy of the file beside it."""
    unfinished = fresh_private(target.with_suffix(".part"))
    with closing(sqlite3.connect(unfinished)) as copy:
        db.conn.backup(copy)
    unfinished.replace(target)


def insert(db: Database, table: str, row: Mapping[str, str | int | bytes | None]) -> None:
    """Insert one row; its keys are names of our own columns."""
    names, places = ", ".join(row), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608


def update(
    db: Database, table: str, key: str, value: str, row: Mapping[str, str | int | None]
) -> None:
    """Change the row whose `key` is `value`; all names are those of our own columns."""
    places = ", ".join(f"{name} = ?" for name in row)
    db.execute(f"UPDATE {table} SET {places} WHERE {key} = ?", [*row.values(), value])  # noqa: S608
