"""Which rows are over: one query a kind, each with the same few values to fill in."""

# ruff: noqa: S608 - SQL is put together from names of our own tables and columns only

import json
from datetime import timedelta

from sqlite_utils import Database

from kiosk.domain.log import to_text
from kiosk.domain.retention import BACK, Kind
from kiosk.ports.retention import Over

_REST = timedelta(days=2)
"""Whoever was here since then may come back to an entry of theirs: an undo, a late line."""

# an entry's age follows from its place in the log, which no clock can change: everything is over
# that was written before the first entry which says, and can say, that it is not
_EDGE = """SELECT coalesce(
    (SELECT min(rowid) FROM log_entry WHERE occurred_at >= ? AND occurred_at <= ?),
    (SELECT max(rowid) + 1 FROM log_entry), 1)"""
_ENTRY = """SELECT t.entry_id
FROM {table} AS t CROSS JOIN log_entry AS e ON e.entry_id = t.entry_id
WHERE (e.rowid < :edge OR (e.noted_at IS NOT NULL AND e.occurred_at < :before))
    AND e.visit_id NOT IN (SELECT value FROM json_each(:inside))"""
_AGED = "({time} < :before OR {time} > :soon)"
_AWAY = """p.person_id NOT IN (SELECT person_id FROM log_entry
        WHERE visit_id IN (SELECT value FROM json_each(:inside)) AND person_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM log_entry AS e
        WHERE e.person_id = p.person_id AND e.rowid >= :{edge}
        AND e.reason <> 'not_checked_out' AND e.corrects IS NULL AND e.noted_at IS NULL)"""
_CARD = """EXISTS (SELECT 1 FROM credential AS c WHERE c.person_id = p.person_id
        AND c.kind = 'staff_card' AND c.revoked_at IS NULL)"""
_INVITED = """EXISTS (SELECT 1 FROM credential AS c WHERE c.person_id = p.person_id
        AND c.revoked_at IS NULL AND c.valid_until >= :day)"""
_STAYS = """(p.kind = 'staff' OR p.person_id IN (SELECT person_id FROM staff)
        OR p.person_id IN (SELECT person_id FROM remembered))"""
_SOMEBODY = "p.name || p.id_number || p.phone || p.health_insurance_number <> ''"
_GONE = f"{_AGED.format(time='p.last_seen_at')} AND {_AWAY.format(edge='edge')}"

QUERIES = {
    # whoever was taken on since then works here: their card serves, their visit goes in its time
    Kind.WITHDRAWN: f"""SELECT p.person_id FROM person AS p
WHERE p.kind <> 'staff' AND p.person_id NOT IN (SELECT person_id FROM staff)
    AND EXISTS (SELECT 1 FROM consent AS c WHERE c.person_id = p.person_id
        AND c.purpose = 'visit' AND c.given = 0 AND {_AGED.format(time="c.asked_at")}
        AND NOT EXISTS (SELECT 1 FROM consent AS d WHERE d.person_id = p.person_id
            AND d.purpose = 'visit' AND d.given = 1 AND d.consent_id > c.consent_id))
    AND p.person_id NOT IN (SELECT person_id FROM log_entry
        WHERE visit_id IN (SELECT value FROM json_each(:inside)) AND person_id IS NOT NULL)""",
    Kind.HEALTH: _ENTRY.format(table="entry_health"),
    Kind.IDENTITY: _ENTRY.format(table="entry_identity"),
    Kind.DECLARATION: f"""SELECT d.declaration_id FROM declaration AS d
JOIN person AS p ON p.person_id = d.person_id
WHERE (d.made_at < :before OR (d.made_at > :soon AND {_AWAY.format(edge="edge")}))
    AND p.person_id NOT IN (SELECT person_id FROM log_entry
        WHERE visit_id IN (SELECT value FROM json_each(:inside)) AND person_id IS NOT NULL)""",
    # an unused emergency slip belongs to nobody yet
    Kind.VISITOR: f"""SELECT p.person_id FROM person AS p
WHERE NOT {_STAYS} AND {_SOMEBODY} AND NOT {_INVITED} AND {_GONE}""",
    Kind.DIRECTORY: f"""SELECT p.person_id FROM person AS p
WHERE {_STAYS} AND NOT {_CARD} AND NOT {_INVITED} AND {_GONE}""",
    Kind.CODE: f"""SELECT c.credential_id FROM credential AS c
JOIN person AS p ON p.person_id = c.person_id
WHERE c.kind <> 'staff_card' AND {_SOMEBODY}
    AND (c.valid_until < :day OR (c.kind = 'emergency_slip' AND c.day < :day
        AND EXISTS (SELECT 1 FROM log_entry AS e WHERE e.credential_id = c.credential_id)
        AND NOT EXISTS (SELECT 1 FROM log_entry AS e
            WHERE e.credential_id = c.credential_id AND e.rowid >= :edge)))
    AND NOT EXISTS (SELECT 1 FROM log_entry AS e WHERE e.credential_id = c.credential_id
        AND e.visit_id IN (SELECT value FROM json_each(:inside)))""",
    Kind.LINK: f"""SELECT p.person_id FROM person AS p
WHERE EXISTS (SELECT 1 FROM log_entry AS e WHERE e.person_id = p.person_id AND e.rowid < :edge)
    AND {_AWAY.format(edge="rested")}""",
    Kind.SPEAKER: f"""SELECT consent_id FROM consent
WHERE said_by NOT IN ('', :erased) AND {_AGED.format(time="asked_at")}""",
    Kind.PRINT: f"""SELECT job_id FROM print_job
WHERE content <> '' AND {_AGED.format(time="asked_at")}""",
    Kind.PROOF: f"SELECT proof_id FROM consent_proof WHERE {_AGED.format(time='asked_at')}",
}

_AMONG_ENTRIES = "SELECT min(e.occurred_at) FROM {} JOIN log_entry AS e USING (entry_id)"
OLDEST = {
    Kind.HEALTH: _AMONG_ENTRIES.format("entry_health"),
    Kind.IDENTITY: _AMONG_ENTRIES.format("entry_identity"),
    Kind.DECLARATION: "SELECT min(made_at) FROM declaration",
    Kind.PROOF: "SELECT min(asked_at) FROM consent_proof",
}
"""When the oldest of each kind was written that is still there."""

SOMEBODY_ELSE = "-"
"""Who answered for a person, once that name was erased: not the person."""


def values(db: Database, over: Over) -> dict[str, str | int]:
    """What the queries are filled in with."""
    soon, before = to_text(over.now + BACK), to_text(over.before)
    rested = to_text(over.now - _REST)
    return {
        "before": before,
        "soon": soon,
        "day": over.before.date().isoformat(),
        "inside": json.dumps(sorted(over.inside)),
        "edge": db.execute(_EDGE, [before, soon]).fetchone()[0],
        "rested": db.execute(_EDGE, [rested, soon]).fetchone()[0],
        "erased": SOMEBODY_ELSE,
    }
