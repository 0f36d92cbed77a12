"""Lines of the log that were reversed: they count for nothing, and are still there to be shown."""

from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite.visit_pairs import entries_by_id, searched_words
from kiosk.domain.log import Undone, to_text

_LINES = """SELECT line_id, by_id, coalesce(came_id, line_id) AS named_id FROM (
    SELECT e.occurred_at, e.rowid AS position, e.entry_id AS line_id, c.entry_id AS by_id,
        CASE e.direction WHEN 'out' THEN (SELECT a.entry_id FROM log_entry AS a
            WHERE a.visit_id = e.visit_id AND a.direction = 'in' AND a.corrects IS NULL
                AND a.reason <> 'consent_taken_back'
            ORDER BY a.rowid DESC LIMIT 1) END AS came_id
    FROM log_entry AS e JOIN log_entry AS c ON c.rowid =
        (SELECT min(k.rowid) FROM log_entry AS k WHERE k.corrects = e.entry_id)
    WHERE e.occurred_at >= ? AND e.occurred_at < ? AND e.corrects IS NULL
        AND e.reason <> 'consent_taken_back' AND c.reason <> 'put_right')
WHERE TRUE"""
_HOLDS = """ AND EXISTS (SELECT 1 FROM entry_identity AS i
    WHERE i.entry_id = named_id AND instr(i.search, ?) > 0)"""


def undone_between(db: Database, since: datetime, until: datetime, words: str) -> list[Undone]:
    """Those of [since, until) whose searched text holds every word, by their time."""
    wanted = searched_words(words)
    found = db.execute(
        _LINES + _HOLDS * len(wanted) + " ORDER BY occurred_at, position",
        [to_text(since), to_text(until), *wanted],
    ).fetchall()
    kept = entries_by_id(db, [entry_id for ids in found for entry_id in ids])
    return [Undone(*(kept[entry_id] for entry_id in ids)) for ids in found]
