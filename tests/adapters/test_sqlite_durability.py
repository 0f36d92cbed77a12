"""What was announced is in the file: through a kill, a full disk and a hand on the file."""

import re
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from kiosk.domain.chain import Broken, Proved
from kiosk.ports.logbook import LogbookError, Trouble
from tests.fakes_log import MORNING, RULES, arrival
from tests.stores import opened, small_disk, temporary_store

ANNOUNCES = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from tests.fakes_log import arrival
    from tests.stores import opened

    with opened(Path(sys.argv[1])) as store:
        while True:
            entry = store.logbook.append(arrival())
            print(f"row {entry.seq} durable {entry.hash}", flush=True)
    """
)


@pytest.mark.parametrize("announced", [1, 37, 200])
def test_every_row_that_was_announced_survives_a_kill(tmp_path, announced):
    with subprocess.Popen(
        [sys.executable, "-c", ANNOUNCES, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as desk:
        lines = [desk.stdout.readline() for _ in range(announced)]
        desk.kill()
        lines += desk.stdout.readlines()
    told = [re.fullmatch(r"row (\d+) durable (\w+)\n", line) for line in lines]
    hashes = {int(found[1]): found[2] for found in told if found}
    assert len(hashes) >= announced
    with opened(tmp_path) as store:
        kept = {entry.seq: entry.hash for entry in store.logbook.latest(len(hashes) + 9)}
        assert hashes.items() <= kept.items()
        assert len(kept) - len(hashes) in (0, 1)  # the last one may lack its announcement
        assert store.logbook.check().rows == len(kept)
        assert store.logbook.append(arrival()).seq == len(kept) + 1


def fill(logbook):
    """Append until the disk is full; answers the draft that did not get in."""
    drafts = []

    def append_on():
        while True:
            drafts.append(arrival())
            logbook.append(drafts[-1])

    with pytest.raises(LogbookError) as caught:
        append_on()
    assert caught.value.trouble is Trouble.FULL
    return drafts[-1]


def test_a_full_file_takes_nothing_half_and_goes_on_when_there_is_room():
    with temporary_store() as store:
        db, logbook = store.database, store.logbook
        logbook.append(arrival())
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 8}")
        refused = fill(logbook)
        written = logbook.latest(1)[0].seq
        assert not db.conn.in_transaction
        assert logbook.entry(refused.entry_id) is None
        for table in ("entry_identity", "entry_health", "log_entry"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (written,)
        assert logbook.check().rows == written
        assert len(logbook.inside()) == written
        db.execute("PRAGMA max_page_count = 1000000")
        assert logbook.append(refused).seq == written + 1
        assert logbook.check().rows == written + 1
        assert len(logbook.inside()) == written + 1


def test_a_full_disk_is_told_and_the_desk_goes_on_when_there_is_room():
    with small_disk(3000) as disk:
        ballast = disk / "film"
        ballast.write_bytes(b"x" * 1_500_000)
        with opened(disk) as store:
            refused = fill(store.logbook)
            written = store.logbook.latest(1)[0].seq
            assert store.logbook.check().rows == written
            with pytest.raises(LogbookError):
                store.logbook.append(refused)
            ballast.unlink()
            assert store.logbook.append(refused).seq == written + 1
        with opened(disk) as store:
            assert store.logbook.check().rows == written + 1


def test_a_file_is_not_begun_on_a_full_disk():
    with small_disk(100) as disk, pytest.raises(LogbookError) as caught, opened(disk):
        pass
    assert caught.value.trouble is Trouble.FULL


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE log_entry SET officer = 'x'", "log_entry"),
        ("DELETE FROM log_entry", "log_entry"),
        ("INSERT OR REPLACE INTO log_entry SELECT * FROM log_entry", "log"),
        ("UPDATE entry_identity SET name = 'x'", "entry_identity"),
        ("UPDATE entry_health SET mask = 0", "entry_health"),
        ("UPDATE rules SET text = 'x'", "rules"),
        ("DELETE FROM rules", "rules"),
    ],
)
def test_the_file_itself_refuses_to_be_rewritten(tmp_path, statement, table):
    with opened(tmp_path) as store:
        store.logbook.append(arrival())
        store.logbook.keep_rules(RULES, "text", MORNING)
    stranger = sqlite3.connect(tmp_path / "kiosk.db")
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is never"):
        stranger.execute(statement)
    stranger.close()


def test_personal_data_can_be_erased_and_leaves_the_log_whole_and_the_disk_clean(tmp_path):
    with opened(tmp_path) as store:
        for _ in range(3):
            store.logbook.append(arrival())
        before = store.logbook.check()
        store.database.execute("DELETE FROM entry_identity")
        store.database.execute("DELETE FROM entry_health")
        assert isinstance(before, Proved)
        after = store.logbook.check()
        assert (after.rows, after.fingerprint) == (before.rows, before.fingerprint)
        assert (before.erased, after.erased) == (0, 3)
        row = store.database.execute("SELECT name, temperature, verdict FROM register").fetchone()
        assert row == (None, None, "admit")
        assert store.logbook.latest(1)[0].draft.identity is None
        store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert "Hồng".encode() not in (tmp_path / "kiosk.db").read_bytes()


def test_text_that_is_no_text_is_found_and_does_not_stop_the_check(tmp_path):
    with opened(tmp_path) as store:
        for _ in range(3):
            store.logbook.append(arrival())
        store.database.execute("DROP TRIGGER log_entry_is_never_changed")
        store.database.execute(
            "UPDATE log_entry SET officer = CAST(x'ff80' AS TEXT) WHERE seq = 2"
        )
        broken = store.logbook.check()
        assert isinstance(broken, Broken)
        assert broken.seq == 2
        with pytest.raises(LogbookError) as caught:
            store.logbook.latest(3)
        assert caught.value.trouble is Trouble.DAMAGED


def test_a_value_that_no_release_writes_is_told_as_damage(tmp_path):
    with opened(tmp_path) as store:
        draft = arrival()
        store.logbook.append(draft)
        store.database.execute("DROP TRIGGER log_entry_is_never_changed")
        store.database.execute("UPDATE log_entry SET reason = 'because'")
        with pytest.raises(LogbookError) as caught:
            store.logbook.entry(draft.entry_id)
        assert caught.value.trouble is Trouble.DAMAGED
