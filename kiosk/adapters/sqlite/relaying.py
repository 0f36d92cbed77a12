"""Leaves nothing behind of what was erased: in pages, in the journal, in the older copy.

`secure_delete` writes zeros over what is deleted, but not over the copies that SQLite leaves in
the unused part of a page when it moves rows between pages (4 of 5,335 names were still to be
read). So what stays of a table is laid down anew: whole pages are given back and zeroed.
"""

# ruff: noqa: S608 - SQL is put together from names of our own tables and columns only

from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from kiosk.adapters.disk import disk_told
from kiosk.adapters.sqlite.database import BUSY_SECONDS, COPY_NAME

WAL, COPY = "wal", "copy"
"""Beside the names of tables, what may have to be cleared."""

_WHOLE = ":whole"
ALL_ENTRIES = (f"entry_identity{_WHOLE}", f"entry_health{_WHOLE}")
"""Rows were erased in the middle of these, so that all of the table is laid down."""

_FIRST, _LAST = "<= (SELECT max(rowid) {})", ">= (SELECT min(rowid) {})"
_PART = {
    # entries are erased in their order: only the first pages that are left hold copies
    "entry_identity": (_FIRST, "ASC", 300),
    "entry_health": (_FIRST, "ASC", 300),
    # what a print holds is erased after some days: only the last pages held it
    "print_job": (_LAST, "DESC", 1000),
}
"""Of large tables only the rows at one end are laid down anew, unless all are asked for."""

_AMID, _BUCKET, _AROUND = "@", 50, 150
"""What is entered later is over before its neighbours: there so many rows on either side of it, as
many as at the end of a table, are laid down anew, once for all that was erased close together."""


def relay(db: Database, what: str) -> None:
    """Lay the rows of one of our tables down anew; they stay what they are.

    Args:
        db: open for writing.
        what: the table's name, one of ALL_ENTRIES, or what `amid` answered.
    """
    table, _, place_amid = what.removesuffix(_WHOLE).partition(_AMID)
    columns = [(row[1], bool(row[5])) for row in db.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(name for name, _ in columns)
    sql = str(db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0])
    # rows stay in the order in which they came; where the key says that, it is copied anyway
    numbered = "WITHOUT ROWID" not in sql and "INTEGER PRIMARY KEY" not in sql
    place = "rowid, " if numbered else ""
    part = ""
    if what in _PART:
        bound, order, count = _PART[what]
        rows = f"FROM (SELECT rowid FROM {table} ORDER BY rowid {order} LIMIT {count})"
        part = f" WHERE rowid {bound.format(rows)}"
    elif place_amid:
        at = int(place_amid)
        first = (
            f"SELECT rowid FROM {table} WHERE rowid <= {at} ORDER BY rowid DESC LIMIT {_AROUND}"
        )
        last = f"SELECT rowid FROM {table} WHERE rowid > {at} ORDER BY rowid LIMIT {_AROUND}"
        part = (
            f" WHERE rowid >= (SELECT ifnull(min(rowid), {at}) FROM ({first}))"
            f" AND rowid <= (SELECT ifnull(max(rowid), {at}) FROM ({last}))"
        )
    # without a condition, and without a look at what refers to it, whole pages are given back
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        with db.atomic():
            db.execute(f"CREATE TEMP TABLE kept AS SELECT {place}{names} FROM main.{table}{part}")
            db.execute(f"DELETE FROM main.{table}{part}")
            db.execute(
                f"INSERT INTO main.{table} ({place}{names}) SELECT * FROM temp.kept ORDER BY 1"
            )
            db.execute("DROP TABLE temp.kept")
    finally:
        db.execute("PRAGMA foreign_keys = ON")


def places(db: Database, table: str, where: str, filled: Sequence[str]) -> Sequence[int]:
    """Where rows that are to be erased lie; for `amid`."""
    if table not in _PART:
        return ()
    return [row[0] for row in db.execute(f"SELECT rowid FROM {table} WHERE {where}", filled)]


def amid(db: Database, table: str, erased: Sequence[int]) -> Sequence[str]:
    """What has to be laid down anew where rows were erased far from the end that is in any case.

    Args:
        db: open, these rows already erased.
        table: one of those that are laid down in part.
        erased: what `places` answered before.
    """
    if not erased:
        return ()
    end = f"SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {_AROUND}"
    reached = db.execute(end).fetchone()
    if reached is None:
        return ()
    buckets = {place // _BUCKET for place in erased if place > reached[0]}
    return [f"{table}{_AMID}{bucket * _BUCKET + _BUCKET // 2}" for bucket in sorted(buckets)]


def clear_journal(db: Database) -> bool:
    """Empty the journal into the file; False while somebody reads an older state."""
    db.execute("PRAGMA busy_timeout = 0")  # the desk does not wait for a report
    try:
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
    return not busy


def erase_copy(db: Database) -> None:
    """Take away the copy from before the last migration, and what is left of an unfinished one."""
    file = str(db.execute("PRAGMA database_list").fetchone()[2])
    copy = Path(file).with_name(COPY_NAME)
    with disk_told():
        copy.unlink(missing_ok=True)
        copy.with_suffix(".part").unlink(missing_ok=True)
