"""Whatever is changed in the file by hand is found, and the row is named."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.adapters.sqlite.rows import (
    CORE,
    HEALTH,
    LATER,
    SALTED_HEALTH,
    SALTED_IDENTITY,
)
from kiosk.domain.chain import Broken, Fault, Proved
from tests.fakes_log import arrival, departure
from tests.stores import opened, temporary_folder

ROWS, CHOSEN, NOTED_LATER = 9, 5, 8


@pytest.fixture(scope="module")
def template():
    """A log of nine entries, and the key beside it."""
    with temporary_folder() as path:
        with opened(path) as store:
            for n in range(ROWS):
                draft = arrival(person_id=f"p{n}")
                if n + 1 == NOTED_LATER:
                    draft = replace(draft, noted_at=draft.occurred_at + timedelta(hours=3))
                store.logbook.append(departure(draft, draft.occurred_at) if n == 2 else draft)
        yield {name: (path / name).read_bytes() for name in ("kiosk.db", "office.key")}


@pytest.fixture
def log(template):
    with temporary_folder() as path:
        for name, content in template.items():
            (path / name).write_bytes(content)
        yield path


def tamper(path, *statements):
    """As somebody would who knows SQLite: triggers away, keys off. Answers the chosen id."""
    db = sqlite3.connect(path / "kiosk.db", isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    (chosen,) = db.execute("SELECT entry_id FROM log_entry WHERE seq = ?", [CHOSEN]).fetchone()
    for statement in statements:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(statement.replace(":chosen", f"'{chosen}'"))
    db.close()
    return chosen


def found(path):
    with opened(path) as store:
        return store.logbook.check()


MAY_BE_NULL = ["verdict", "person_id", "credential_id", "identity_commitment", "health_commitment"]
OTHER = {
    "seq": "70",
    "gate_id": "'G2'",
    "direction": "'out'",
    "verdict": "'refuse'",
    "birth_year": "1999",
    "mask": "0",
    "hands": "0",
    "readings": "'[365]'",
    "salt": "x'00'",
    "corrects": "'01M80CYWR00000000000000001'",
}


CHANGES = [
    (column, OTHER.get(column, "'other'")) for column in (*CORE, *LATER, "previous_hash", "hash")
]
CHANGES += [(column, "NULL") for column in MAY_BE_NULL]


@pytest.mark.parametrize(("column", "new"), CHANGES)
def test_a_changed_column_of_the_log_is_found(log, column, new):
    chosen = tamper(log, f"UPDATE log_entry SET {column} = {new} WHERE entry_id = :chosen")
    broken = found(log)
    assert isinstance(broken, Broken)
    assert (broken.gate_id, broken.seq) == ("G1", CHOSEN)
    if column in ("seq", "gate_id"):
        assert broken.fault is Fault.GAP
    else:
        assert broken.fault is (Fault.PREVIOUS_HASH if column == "previous_hash" else Fault.HASH)
        assert broken.entry_id == ("other" if column == "entry_id" else chosen)
    assert broken.occurred_at


@pytest.mark.parametrize("column", ["noted_at", "occurred_at"])
@pytest.mark.parametrize("new", ["'2026-11-22T01:12:05.120Z'", "NULL"])
def test_a_changed_time_of_what_was_entered_later_is_found(log, column, new):
    if (column, new) == ("occurred_at", "NULL"):
        new = "''"
    elif column == "occurred_at":
        new = "'2026-11-22T01:12:05.121Z'"
    tamper(log, f"UPDATE log_entry SET {column} = {new} WHERE seq = {NOTED_LATER}")
    broken = found(log)
    assert (broken.seq, broken.fault) == (NOTED_LATER, Fault.HASH)


@pytest.mark.parametrize(
    ("table", "column", "fault"),
    [("entry_identity", name, Fault.IDENTITY) for name in SALTED_IDENTITY]
    + [("entry_health", name, Fault.HEALTH) for name in SALTED_HEALTH],
)
def test_changed_personal_data_are_found(log, table, column, fault):
    new = OTHER.get(column, "'other'")
    chosen = tamper(log, f"UPDATE {table} SET {column} = {new} WHERE entry_id = :chosen")
    broken = found(log)
    assert (broken.gate_id, broken.seq, broken.entry_id) == ("G1", CHOSEN, chosen)
    assert broken.fault is fault


@pytest.mark.parametrize("table", ["entry_identity", "entry_health"])
def test_personal_data_that_were_moved_away_are_found(log, table):
    tamper(log, f"UPDATE {table} SET entry_id = 'nowhere' WHERE entry_id = :chosen")
    broken = found(log)
    assert (broken.seq, broken.entry_id) == (0, "nowhere")


def test_personal_data_of_two_entries_exchanged_are_found(log):
    move = "UPDATE entry_identity SET entry_id = {to} WHERE entry_id = {what}"
    sixth = f"(SELECT entry_id FROM log_entry WHERE seq = {CHOSEN + 1})"
    tamper(
        log,
        move.format(to="'aside'", what=":chosen"),
        move.format(to=":chosen", what=sixth),
        move.format(to=sixth, what="'aside'"),
    )
    assert found(log).fault is Fault.IDENTITY


def test_personal_data_given_to_an_entry_without_any_are_found(log):
    tamper(
        log,
        "UPDATE entry_identity SET entry_id = (SELECT entry_id FROM log_entry WHERE seq = 3)"
        " WHERE entry_id = :chosen",
    )
    broken = found(log)
    assert (broken.seq, broken.fault) == (3, Fault.IDENTITY)


@pytest.mark.parametrize("seq", [1, CHOSEN, ROWS - 1])
def test_a_missing_row_is_named(log, seq):
    tamper(log, f"DELETE FROM log_entry WHERE seq = {seq}")
    broken = found(log)
    assert (broken.gate_id, broken.seq, broken.fault) == ("G1", seq, Fault.GAP)


def test_a_missing_end_changes_the_fingerprint(log):
    before = found(log)
    last = f"(SELECT entry_id FROM log_entry WHERE seq = {ROWS})"
    tamper(
        log,
        *(
            f"DELETE FROM {table} WHERE entry_id = {last}"
            for table in ("entry_identity", "entry_health", "log_entry")
        ),
    )
    after = found(log)
    assert isinstance(after, Proved)
    assert after.rows == ROWS - 1
    assert after.fingerprint != before.fingerprint


def test_every_gate_of_the_file_is_walked(log):
    with opened(log, gate_id="A0") as store:
        store.logbook.append(arrival())
        both = store.logbook.check()
        assert [entry.gate_id for entry in store.logbook.latest(9)] == ["A0"]
    assert both.rows == ROWS + 1
    tamper(log, "UPDATE log_entry SET officer = 'x' WHERE entry_id = :chosen")
    assert found(log).seq == CHOSEN


def test_the_columns_that_are_proved_are_all_columns_of_the_tables(log):
    db = sqlite3.connect(log / "kiosk.db")
    kept = {
        table: {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        for table in ("log_entry", "entry_identity", "entry_health")
    }
    db.close()
    assert kept["log_entry"] == {*CORE, *LATER, "previous_hash", "hash"}
    assert kept["entry_identity"] == {"entry_id", *SALTED_IDENTITY}
    assert kept["entry_health"] == {"entry_id", "salt", *HEALTH}


def test_the_fingerprint_is_the_same_on_paper_and_in_a_check_with_several_gates(log):
    with opened(log, gate_id="A0") as store:
        store.logbook.append(arrival())
        assert store.logbook.fingerprint() == store.logbook.check().fingerprint


@pytest.mark.parametrize("changed", ["NULL", "'no badge'", "''"])
def test_a_reason_in_own_words_is_proved_with_the_name(changed):
    with temporary_folder() as path:
        with opened(path) as store:
            for n in range(CHOSEN):
                draft = arrival(person_id=f"p{n}")
                named = replace(draft.identity, own_reason="Say rượu")
                store.logbook.append(replace(draft, identity=named))
            kept = store.logbook.entry(draft.entry_id)
            assert kept.draft.identity.own_reason == "Say rượu"
        assert isinstance(found(path), Proved)
        tamper(path, f"UPDATE entry_identity SET own_reason = {changed} WHERE entry_id = :chosen")
        broken = found(path)
        assert isinstance(broken, Broken)
        assert broken.fault is Fault.IDENTITY
