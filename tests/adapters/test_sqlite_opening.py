"""Opening the file: older ones are brought up to date, all others are refused untouched."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.database import COPY_NAME, open_for_reading, open_for_writing
from kiosk.adapters.sqlite.migrations import APPLICATION_ID, MIGRATIONS
from kiosk.adapters.sqlite.store import open_store, open_store_read_only
from kiosk.domain.chain import Proved
from kiosk.domain.log import Direction
from kiosk.ports.logbook import LogbookError, Trouble
from tests.fakes_log import HONG, MORNING, ManualClock, arrival, departure
from tests.stores import (
    opened,
    remount_read_only,
    small_disk,
    temporary_folder,
    temporary_store,
)

DATABASES = Path(__file__).parents[1] / "data" / "databases"


@pytest.fixture
def folder():
    with temporary_folder() as path:
        yield path


@pytest.fixture
def path(folder):
    """A file of this program with one entry."""
    with opened(folder) as store:
        store.logbook.append(arrival())
    return folder / "kiosk.db"


def raw(path, *statements):
    connection = sqlite3.connect(path)
    try:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


def refusal(path, opening=open_for_writing, **options):
    """Why the file is refused; it must not change by that."""
    before = path.read_bytes()
    with pytest.raises(LogbookError) as caught:
        opening(path, **options).close()
    assert path.read_bytes() == before
    return caught.value.trouble


def grown(*steps):
    """The migrations of a later release."""
    later = Migrations("kiosk")
    for known in MIGRATIONS._migrations:
        later(name=known.name)(known.fn)
    for step in steps:
        later(name=step.__name__)(step)
    return later


def m002_of_tomorrow(db):
    db.execute("CREATE TABLE tomorrow (x TEXT) STRICT")


def m003_that_fails(db):
    db.execute("CREATE TABLE half (x TEXT) STRICT")
    db.execute("INSERT INTO nowhere VALUES (1)")


@pytest.mark.parametrize("old", sorted(DATABASES.glob("*.db")), ids=lambda path: path.stem)
def test_files_of_every_release_open_and_are_proved(folder, old):
    shutil.copyfile(old, folder / "kiosk.db")
    shutil.copyfile(old.with_suffix(".key"), folder / "office.key")
    with opened(folder) as store:
        assert store.logbook.check().rows == 7
        kept = store.directory.find(HONG.id_number)
        assert kept.holder.person == HONG
        assert store.directory.find("SLIPCODE").number == "0012K"
        assert store.directory.find_number("0012K", date(2026, 11, 22)) is not None
        assert store.directory.declaration(kept.holder.person_id, MORNING) is not None
        assert store.logbook.visit_count(kept.holder.person_id) == 2
        assert len(store.logbook.inside()) == 1
        assert len(store.print_jobs.waiting()) == 1
        assert store.logbook.append(arrival()).seq == 8
        assert store.logbook.check().rows == 8
        came = arrival(MORNING - timedelta(hours=1), person_id=None)
        store.logbook.append(replace(came, noted_at=MORNING + timedelta(hours=9)))
        assert store.logbook.check().rows == 9
        asked = "SELECT entered_later FROM register ORDER BY came_in"
        marks = [mark for (mark,) in store.database.execute(asked)]
        assert marks == ["yes", *["no"] * (len(marks) - 1)]


def test_a_new_file_is_durable_strict_and_forgets_what_is_erased():
    with temporary_store() as store:
        told = {
            name: store.database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        assert told == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
        }
        assert store.database.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        tables = store.database.execute("PRAGMA table_list").fetchall()
        ours = [t for t in tables if t[2] == "table" and not t[1].startswith(("sqlite_", "_"))]
        assert len(ours) >= 10
        assert all(strict for *_, strict in ours)


def test_an_empty_file_is_begun(folder):
    (folder / "kiosk.db").touch()
    with opened(folder) as store:
        assert store.logbook.check() == Proved(0, "")


def test_a_file_that_was_cut_off_before_its_first_table_is_begun(folder):
    raw(folder / "kiosk.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", "DROP TABLE t")
    with opened(folder) as store:
        assert store.logbook.check() == Proved(0, "")


def test_a_file_of_a_newer_program_is_refused(path):
    open_for_writing(path, grown(m002_of_tomorrow)).close()
    assert refusal(path) is Trouble.NEWER
    assert refusal(path, open_for_reading) is Trouble.NEWER


def test_a_file_of_another_program_is_refused(folder):
    raw(folder / "kiosk.db", "CREATE TABLE moz_places (id INTEGER)")
    assert refusal(folder / "kiosk.db") is Trouble.FOREIGN
    assert refusal(folder / "kiosk.db", open_for_reading) is Trouble.FOREIGN


def test_a_file_with_another_mark_is_refused(path):
    raw(path, "PRAGMA application_id = 1234")
    assert refusal(path) is Trouble.FOREIGN


def test_what_is_no_database_is_refused(folder):
    path = folder / "kiosk.db"
    path.write_bytes(b"PK\x03\x04 a spreadsheet" * 400)
    assert refusal(path) is Trouble.FOREIGN


def test_a_file_that_lost_its_tables_is_damaged(path):
    raw(path, *(f"DROP VIEW {view}" for view in ("inside", "register", "visit", "standing_entry")))
    raw(path, "PRAGMA foreign_keys = OFF", "DROP TABLE log_entry")
    assert refusal(path) is Trouble.DAMAGED


def test_a_damaged_file_is_refused(path):
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 6)
    assert refusal(path) is Trouble.DAMAGED


def test_a_file_that_was_cut_off_is_refused(path):
    path.write_bytes(path.read_bytes()[: 4096 * 5 + 100])
    assert refusal(path) is Trouble.DAMAGED


def test_a_report_needs_a_file(folder):
    with pytest.raises(LogbookError) as caught:
        open_for_reading(folder / "kiosk.db")
    assert caught.value.trouble is Trouble.MISSING
    assert not (folder / "kiosk.db").exists()


def test_a_report_does_not_bring_an_older_file_up_to_date(path):
    later = grown(m002_of_tomorrow)
    assert refusal(path, open_for_reading, migrations=later) is Trouble.OLDER


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(path):
    open_for_writing(path, grown(m002_of_tomorrow)).close()
    copy = sqlite3.connect(path.with_name(COPY_NAME))
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    assert copy.execute("SELECT count(*) FROM log_entry").fetchone() == (1,)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert "tomorrow" not in tables
    assert path.with_name(COPY_NAME).stat().st_mode & 0o077 == 0


def test_a_file_that_is_up_to_date_is_not_copied(path):
    open_for_writing(path).close()
    assert not path.with_name(COPY_NAME).exists()


def test_a_failed_migration_leaves_the_file_as_it_was(path):
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        open_for_writing(path, grown(m002_of_tomorrow, m003_that_fails))
    assert path.read_bytes() == before
    assert path.with_name(COPY_NAME).exists()
    with opened(path.parent) as store:
        assert store.logbook.check().rows == 1


def test_a_report_reads_while_the_desk_writes(folder):
    with opened(folder) as store:
        came = arrival()
        store.logbook.append(came)
        report = open_store_read_only(DataFolder(folder), ManualClock(), "G1")
        try:
            assert len(report.logbook.inside()) == 1
            store.logbook.append(departure(came, MORNING))
            assert report.logbook.check().rows == 2
            assert list(report.logbook.inside()) == []
            assert report.logbook.latest(1)[0].draft.direction is Direction.OUT
            with pytest.raises(LogbookError) as caught:
                report.logbook.append(arrival())
            assert caught.value.trouble is Trouble.READ_ONLY
        finally:
            report.close()


def test_a_report_reads_from_a_medium_that_cannot_be_written(path):
    with small_disk(1000) as disk:
        shutil.copyfile(path, disk / "kiosk.db")
        remount_read_only(disk)
        report = open_store_read_only(DataFolder(disk), ManualClock(), "G1")
        assert report.logbook.check().rows == 1
        report.close()
        assert [found.name for found in disk.iterdir()] == ["kiosk.db"]


def test_the_desk_is_told_of_a_medium_that_cannot_be_written(path):
    with small_disk(1000) as disk:
        shutil.copyfile(path, disk / "kiosk.db")
        remount_read_only(disk)
        assert refusal(disk / "kiosk.db") is Trouble.READ_ONLY


def test_a_file_that_another_program_holds_is_locked(path, monkeypatch):
    monkeypatch.setattr("kiosk.adapters.sqlite.database.BUSY_SECONDS", 0.05)
    with opened(path.parent) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogbookError) as caught:
            store.logbook.append(arrival())
        assert caught.value.trouble is Trouble.LOCKED
        other.execute("ROLLBACK")
        other.close()
        assert store.logbook.append(arrival()).seq == 2


def test_a_store_is_not_opened_in_a_folder_that_was_not_claimed(folder):
    with pytest.raises(LogbookError) as caught:
        open_store(DataFolder(folder), ManualClock(), "G1")
    assert caught.value.trouble is Trouble.MISSING


@pytest.mark.parametrize("loss", [Path.unlink, lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("opening", [open_for_writing, open_for_reading])
def test_a_journal_whose_file_is_gone_is_never_thrown_away(folder, path, loss, opening):
    journal = path.with_name("kiosk.db-wal")
    with opened(folder) as store:
        store.logbook.append(arrival())
        kept = journal.read_bytes()
        assert kept
    loss(path)
    journal.write_bytes(kept)
    with pytest.raises(LogbookError) as caught:
        opening(path).close()
    assert caught.value.trouble is Trouble.DAMAGED
    assert journal.read_bytes() == kept


@pytest.mark.parametrize("part", ["TABLE entry_health", "TABLE person", "VIEW inside"])
@pytest.mark.parametrize("opening", [open_for_writing, open_for_reading])
def test_a_file_without_one_of_its_tables_or_views_is_damaged(path, part, opening):
    raw(path, "PRAGMA foreign_keys = OFF", f"DROP {part}")
    assert refusal(path, opening) is Trouble.DAMAGED
