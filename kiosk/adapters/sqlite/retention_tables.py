"""What the file keeps of its own erasing; the migration m006_retention makes it."""

RETENTION_TABLES = (
    """CREATE TABLE retention ( -- one row
    one INTEGER PRIMARY KEY CHECK (one = 1),
    ran_at TEXT, -- when all that was over had been erased, UTC
    believed_at TEXT, -- when the computer's clock was last believed
    doubted_since TEXT, -- since when it has not been; NULL where it is
    doubted_at TEXT,
    unsettled TEXT NOT NULL -- what is still to be cleared of erased bytes
) STRICT""",
    "INSERT INTO retention (one, unsettled) VALUES (1, '')",
    """CREATE TABLE promise ( -- how many days visitors were told, from when on
    since TEXT PRIMARY KEY, -- UTC
    days INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE erasure ( -- what was erased, without names
    day TEXT NOT NULL, -- local
    kind TEXT NOT NULL,
    rule TEXT NOT NULL, -- the setting and its days; 'asked' where somebody asked for it
    rows INTEGER NOT NULL,
    PRIMARY KEY (day, kind, rule)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE consent_proof ( -- answers of people who were erased
    proof_id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL, -- HMAC-SHA-256 of who it was, under the office's key
    asked_at TEXT NOT NULL,
    purpose TEXT NOT NULL,
    given INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    represented INTEGER NOT NULL -- 1: somebody else answered
) STRICT""",
    "CREATE INDEX consent_proof_asked ON consent_proof (asked_at)",
    "CREATE INDEX consent_proof_digest ON consent_proof (digest)",
    "DROP VIEW inside",
    "DROP VIEW register",
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
        WHEN v.departure_id IS NOT NULL THEN 'departure' END AS closed_by,
    CASE WHEN coalesce(a.noted_at, d.noted_at) IS NULL THEN 'no' ELSE 'yes' END AS entered_later,
    CASE WHEN a.identity_commitment IS NOT NULL AND i.entry_id IS NULL
        THEN 'yes' ELSE 'no' END AS name_erased,
    CASE WHEN a.health_commitment IS NOT NULL AND h.entry_id IS NULL
        THEN 'yes' ELSE 'no' END AS health_erased
FROM visit AS v
JOIN log_entry AS a ON a.entry_id = v.arrival_id
LEFT JOIN log_entry AS d ON d.entry_id = v.departure_id
LEFT JOIN entry_identity AS i ON i.entry_id = v.arrival_id
LEFT JOIN entry_health AS h ON h.entry_id = v.arrival_id""",
    """CREATE VIEW inside AS
-- Who is in the building: admitted and not left. Times are UTC. Stable, as register is.
SELECT visit_id, gate, came_in, name, kind, unit, host, purpose FROM register
WHERE verdict = 'admit' AND closed_by IS NULL""",
)
