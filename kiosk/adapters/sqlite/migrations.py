"""The tables and views of the file, and the steps by which an older file gets there.

Anybody may read the file (`sqlite3 kiosk.db`, Datasette, a spreadsheet). Two views are stable and
meant for that; their times are UTC text such as "2026-11-22T01:12:05.120Z":

register  one row a visit, refusals included: visit_id, gate, came_in, went_out, name, kind
          (visitor, staff), unit, host, purpose, temperature (last reading, 36.6), readings (all of
          them, "37.9 38.1"), mask (yes, no), verdict (admit, refuse, refer), reason, closed_by
          (departure; unseen: they left without scanning, and when is not known), entered_later
          (yes where one of the times was written by hand and entered afterwards, else no),
          name_erased, health_erased (yes where that was kept and its period is over, else no),
          own_reason (why they were turned away, in the receptionist's own words).
inside    one row for everybody who is in the building: visit_id, gate, came_in, name, kind, unit,
          host, purpose.

Both follow from the entries as domain.log.visits does: what was undone is gone, and after a rest
the entry with the second reading tells of the visit. Names and health data are empty once they
were erased. A step, once released, is never edited: add another one. A column that a later step
adds to log_entry joins the chain only where it is not NULL, so that the hashes of older rows stay
true.
"""

from sqlite_utils import Database, Migrations

from kiosk.adapters.sqlite.first_release import INDICES, TABLES, TRIGGERS, VIEWS
from kiosk.adapters.sqlite.own_reason_column import OWN_REASON
from kiosk.adapters.sqlite.print_job_table import QUEUE_TABLE
from kiosk.adapters.sqlite.retention_tables import RETENTION_TABLES

APPLICATION_ID = 0x4B494F53
"""Marks the file as ours ("KIOS" in ASCII)."""

MIGRATIONS = Migrations("kiosk")


@MIGRATIONS()
def m001_first_release(db: Database) -> None:
    """Everything that the first release keeps."""
    for statement in (*TABLES, *INDICES, *TRIGGERS, *VIEWS):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@MIGRATIONS()
def m002_print_queue(db: Database) -> None:
    """Prints are followed, cancelled, and known after a restart."""
    for statement in QUEUE_TABLE:
        db.execute(statement)


@MIGRATIONS()
def m003_staff(db: Database) -> None:
    """Where staff work, and where an invitation or a staff card leads."""
    db.execute(
        """CREATE TABLE staff (
    person_id TEXT PRIMARY KEY REFERENCES person (person_id) ON DELETE CASCADE,
    staff_number TEXT NOT NULL,
    unit TEXT NOT NULL,
    position TEXT NOT NULL
) STRICT"""
    )
    for name in ("unit", "host", "purpose"):
        db.execute(f"ALTER TABLE credential ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    db.execute(
        "CREATE INDEX credential_invited ON credential (valid_until) WHERE kind = 'invitation'"
    )


@MIGRATIONS()
def m004_consent(db: Database) -> None:
    """Who agreed to what, and the words by which those who agreed to it are found again."""
    for statement in (
        """CREATE TABLE consent ( -- the proof: kept as long as the person is
    consent_id INTEGER PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (person_id) ON DELETE CASCADE,
    asked_at TEXT NOT NULL, -- UTC
    purpose TEXT NOT NULL,
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    text TEXT NOT NULL, -- version of the text that was shown
    language TEXT NOT NULL,
    said_by TEXT NOT NULL, -- '': the person
    officer TEXT NOT NULL
) STRICT""",
        "CREATE INDEX consent_person ON consent (person_id)",
        """CREATE TABLE remembered ( -- folded words of the name, phone and document number
    word TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (person_id) ON DELETE CASCADE,
    PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID""",
        "CREATE INDEX remembered_person ON remembered (person_id)",
    ):
        db.execute(statement)


_REGISTER_2 = """CREATE VIEW register AS
-- One row a visit, refusals included. Times are UTC. Stable: columns are only ever added.
SELECT v.visit_id, v.gate_id AS gate, v.occurred_at AS came_in,
    CASE WHEN d.reason <> 'not_checked_out' THEN d.occurred_at END AS went_out,
    i.name, i.kind, i.unit, i.host, i.purpose,
    json_extract(h.readings, '$[#-1]') / 10.0 AS temperature,
    (SELECT group_concat(printf('%.1f', value / 10.0), ' ') FROM json_each(h.readings))
        AS readings,
    CASE h.mask WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS mask,
    v.verdict, v.reason,
    CASE WHEN d.reason = 'not_checked_out' THEN 'unseen'
        WHEN v.departure_id IS NOT NULL THEN 'departure' END AS closed_by,
    CASE WHEN coalesce(a.noted_at, d.noted_at) IS NULL THEN 'no' ELSE 'yes' END AS entered_later
FROM visit AS v
JOIN log_entry AS a ON a.entry_id = v.arrival_id
LEFT JOIN log_entry AS d ON d.entry_id = v.departure_id
LEFT JOIN entry_identity AS i ON i.entry_id = v.arrival_id
LEFT JOIN entry_health AS h ON h.entry_id = v.arrival_id"""


@MIGRATIONS()
def m005_noted_later(db: Database) -> None:
    """When an entry was made, where that was later than what it tells; the register says so."""
    db.execute("ALTER TABLE log_entry ADD COLUMN noted_at TEXT")  # UTC; NULL: as it happened
    db.execute("DROP VIEW register")
    db.execute(_REGISTER_2)


@MIGRATIONS()
def m006_retention(db: Database) -> None:
    """What is over is erased: when, by which rule, and which proof stays."""
    for statement in RETENTION_TABLES:
        db.execute(statement)


@MIGRATIONS()
def m007_former_ids(db: Database) -> None:
    """Whose entries are that were written under an id that their person has no more."""
    db.execute(
        """CREATE TABLE former_id ( -- kept while an entry under it still has its name
    former_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (person_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX former_id_person ON former_id (person_id)")


@MIGRATIONS()
def m008_consent_taken_back(db: Database) -> None:
    """A line of the log by which nobody passes: it opens no visit and closes none."""
    db.execute("DROP VIEW standing_entry")
    db.execute(
        """CREATE VIEW standing_entry AS
-- Entries that count: neither corrections nor what a correction has undone.
-- position is the order in which they were written.
SELECT rowid AS position, * FROM log_entry AS e
WHERE e.corrects IS NULL AND e.reason <> 'consent_taken_back'
    AND NOT EXISTS (SELECT 1 FROM log_entry AS c WHERE c.corrects = e.entry_id)"""
    )


@MIGRATIONS()
def m009_second_reading(db: Database) -> None:
    """Who is measured again after a rest came once: the newest arrival of a visit tells of it."""
    db.execute("DROP VIEW visit")
    db.execute(
        """CREATE VIEW visit AS
-- Arrival and departure, as domain.log.visits pairs them; refusals are visits that never began.
SELECT a.position, a.visit_id, a.gate_id, a.occurred_at, a.verdict, a.reason,
    a.person_id, a.credential_id, a.entry_id AS arrival_id,
    (SELECT d.entry_id FROM standing_entry AS d
        WHERE d.visit_id = a.visit_id AND d.direction = 'out'
        ORDER BY d.position LIMIT 1) AS departure_id
FROM standing_entry AS a
WHERE a.direction = 'in'
    AND NOT EXISTS (SELECT 1 FROM standing_entry AS b
        WHERE b.visit_id = a.visit_id AND b.direction = 'in' AND b.position > a.position)"""
    )


@MIGRATIONS()
def m010_own_reason(db: Database) -> None:
    """A reason in the receptionist's own words is kept beside the name, and goes with it."""
    for statement in OWN_REASON:
        db.execute(statement)
