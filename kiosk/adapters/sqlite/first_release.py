"""The tables, indices, triggers and views of the first release: never edited, see migrations."""

_PERSON = """
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    old_id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    birth_date TEXT,
    birth_year INTEGER,
    sex TEXT NOT NULL,
    address TEXT NOT NULL,
    issued_on TEXT,
    health_insurance_number TEXT NOT NULL,
    organisation TEXT NOT NULL"""

TABLES = (
    """CREATE TABLE log_entry (
    entry_id TEXT PRIMARY KEY,
    gate_id TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0), -- no gaps at a gate
    occurred_at TEXT NOT NULL, -- UTC
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    verdict TEXT CHECK (verdict IN ('admit', 'refuse', 'refer')), -- of an arrival
    reason TEXT NOT NULL,
    visit_id TEXT NOT NULL, -- ties arrival, departure and corrections together
    person_id TEXT, -- random id
    credential_id TEXT, -- random id
    credential_kind TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    officer TEXT NOT NULL,
    corrects TEXT REFERENCES log_entry (entry_id), -- the entry that this one reverses
    identity_commitment TEXT, -- SHA-256 over salt and content of entry_identity
    health_commitment TEXT, -- SHA-256 over salt and content of entry_health
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL, -- SHA-256 over previous_hash and all the columns before it
    UNIQUE (gate_id, seq)
) STRICT""",
    f"""CREATE TABLE entry_identity ( -- erased after the identity period
    entry_id TEXT PRIMARY KEY REFERENCES log_entry (entry_id),
    salt BLOB NOT NULL,{_PERSON},
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    host TEXT NOT NULL,
    purpose TEXT NOT NULL,
    search TEXT NOT NULL -- folded: no diacritics, no capitals
) STRICT""",
    """CREATE TABLE entry_health ( -- erased after the health period
    entry_id TEXT PRIMARY KEY REFERENCES log_entry (entry_id),
    salt BLOB NOT NULL,
    readings TEXT NOT NULL, -- JSON array, tenths of a degree Celsius
    mask INTEGER NOT NULL,
    hands INTEGER NOT NULL,
    declared TEXT NOT NULL
) STRICT""",
    f"""CREATE TABLE person (
    person_id TEXT PRIMARY KEY, -- random
    kind TEXT NOT NULL,
    folded_name TEXT NOT NULL,{_PERSON},
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE credential (
    credential_id TEXT PRIMARY KEY, -- random
    person_id TEXT NOT NULL REFERENCES person (person_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE, -- HMAC-SHA-256 of the stable part under the office's key
    day TEXT, -- the first local day on which a code of ours serves
    valid_until TEXT, -- the last one
    number TEXT NOT NULL, -- its short number
    revoked_at TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE declaration ( -- health data, erased after the health period
    declaration_id INTEGER PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (person_id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    declared TEXT NOT NULL,
    answers TEXT NOT NULL, -- JSON array of [question, answer]
    unit TEXT NOT NULL,
    host TEXT NOT NULL,
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL
) STRICT""",
    """CREATE TABLE print_job (
    job_id TEXT PRIMARY KEY, -- random
    printed TEXT NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'sent', 'confirmed', 'failed')),
    asked_at TEXT NOT NULL,
    state_at TEXT NOT NULL,
    reprints INTEGER NOT NULL,
    entry_id TEXT,
    credential_id TEXT,
    failure TEXT NOT NULL
) STRICT""",
    """CREATE TABLE rules ( -- every rule card ever in force, whole
    version TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT""",
    """CREATE TABLE incident ( -- what the desk noticed about itself
    incident_id INTEGER PRIMARY KEY,
    noticed_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT""",
)

INDICES = (
    "CREATE INDEX log_entry_visit ON log_entry (visit_id, direction)",
    "CREATE INDEX log_entry_person ON log_entry (person_id) WHERE person_id IS NOT NULL",
    """CREATE INDEX log_entry_credential ON log_entry (credential_id)
WHERE credential_id IS NOT NULL""",
    "CREATE INDEX log_entry_time ON log_entry (occurred_at)",
    "CREATE INDEX log_entry_corrects ON log_entry (corrects) WHERE corrects IS NOT NULL",
    "CREATE INDEX person_number ON person (id_number) WHERE id_number <> ''",
    "CREATE INDEX person_old_number ON person (old_id_number) WHERE old_id_number <> ''",
    """CREATE INDEX person_insured ON person (substr(health_insurance_number, -10))
WHERE substr(health_insurance_number, -10) <> ''""",
    "CREATE INDEX person_name ON person (folded_name)",
    "CREATE INDEX credential_person ON credential (person_id)",
    "CREATE INDEX credential_number ON credential (day, number) WHERE day IS NOT NULL",
    "CREATE INDEX declaration_person ON declaration (person_id, made_at)",
    """CREATE INDEX print_job_credential ON print_job (credential_id)
WHERE credential_id IS NOT NULL""",
    "CREATE INDEX print_job_unfinished ON print_job (asked_at) WHERE state IN ('asked', 'failed')",
)

TRIGGERS = (
    # REPLACE would delete without asking a DELETE trigger
    """CREATE TRIGGER log_entry_is_never_replaced BEFORE INSERT ON log_entry
WHEN EXISTS (SELECT 1 FROM log_entry WHERE entry_id = NEW.entry_id)
    OR EXISTS (SELECT 1 FROM log_entry WHERE gate_id = NEW.gate_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'an entry of the log is never replaced'); END""",
    *(
        f"""CREATE TRIGGER {table}_is_never_{done} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'a row of {table} is never {done}'); END"""
        for table, act, done in (
            ("log_entry", "UPDATE", "changed"),
            ("log_entry", "DELETE", "deleted"),
            ("rules", "UPDATE", "changed"),
            ("rules", "DELETE", "deleted"),
            ("entry_identity", "UPDATE", "changed"),
            ("entry_health", "UPDATE", "changed"),
        )
    ),
)

VIEWS = (
    """CREATE VIEW standing_entry AS
-- Entries that count: neither corrections nor what a correction has undone.
-- position is the order in which they were written.
SELECT rowid AS position, * FROM log_entry AS e
WHERE e.corrects IS NULL
    AND NOT EXISTS (SELECT 1 FROM log_entry AS c WHERE c.corrects = e.entry_id)""",
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
        WHERE b.visit_id = a.visit_id AND b.direction = 'in' AND b.position < a.position)""",
    """CREATE VIEW register AS
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
        WHEN v.departure_id IS NOT NULL THEN 'departure' END AS closed_by
FROM visit AS v
LEFT JOIN log_entry AS d ON d.entry_id = v.departure_id
LEFT JOIN entry_identity AS i ON i.entry_id = v.arrival_id
LEFT JOIN entry_health AS h ON h.entry_id = v.arrival_id""",
    """CREATE VIEW inside AS
-- Who is in the building: admitted and not left. Times are UTC. Stable, as register is.
SELECT visit_id, gate, came_in, name, kind, unit, host, purpose FROM register
WHERE verdict = 'admit' AND closed_by IS NULL""",
)
