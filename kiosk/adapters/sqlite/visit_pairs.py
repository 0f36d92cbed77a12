"""Visits by the views of the file: first which ones, as pairs of entry ids, then those entries."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows
from kiosk.domain.log import Closing, Entry, Visit, in_order, to_text
from kiosk.domain.person import fold

MOST_WORDS = 20
"""So many words of a search are looked for; SQLite takes no condition of thousands."""


class Pair(NamedTuple):
    """A visit by the ids of its entries; sorts in order of the log."""

    position: int
    arrival_id: str
    departure_id: str | None


Values = Sequence[str] | dict[str, str]

_PAIRS = "SELECT position, arrival_id, departure_id FROM visit WHERE "
_OPEN = (
    "SELECT visit_id, position, arrival_id, NULL FROM visit"
    " WHERE verdict = 'admit' AND departure_id IS NULL"
)


def pairs(db: Database, where: str, values: Values) -> list[Pair]:
    """The visits for which `where`, a condition on the view `visit`, holds."""
    return [Pair(*found) for found in db.execute(_PAIRS + where, values).fetchall()]


def between(db: Database, since: datetime, until: datetime, words: str) -> list[Pair]:
    """The visits with an arrival in [since, until) whose searched text holds every word."""
    searched = (
        " AND EXISTS (SELECT 1 FROM entry_identity AS i WHERE i.entry_id = arrival_id"
        " AND instr(i.search, ?) > 0)"
    )
    wanted = searched_words(words)
    return sorted(
        pairs(
            db,
            "occurred_at >= ? AND occurred_at < ?" + searched * len(wanted),
            [to_text(since), to_text(until), *wanted],
        )
    )


def searched_words(words: str) -> list[str]:
    """What a search looks for, folded, each word once."""
    return list(dict.fromkeys(fold(rows.clean(words)).split()))[:MOST_WORDS]


def count(db: Database, where: str, values: Values) -> int:
    """How many visits there are for which `where` holds."""
    found = db.execute(f"SELECT count(*) FROM visit WHERE {where}", values)  # noqa: S608 - ours
    return int(found.fetchone()[0])


def all_open(db: Database) -> dict[str, Pair]:
    """The open visits by their ids; looks at every arrival there ever was."""
    return {found[0]: Pair(*found[1:]) for found in db.execute(_OPEN).fetchall()}


def open_among(db: Database, visit_ids: Iterable[str]) -> dict[str, Pair]:
    """Those of these visits that are open."""
    among = _OPEN + " AND visit_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
    found = db.execute(among, [json.dumps(list(visit_ids))]).fetchall()
    return {values[0]: Pair(*values[1:]) for values in found}


def touched(db: Database, visit_id: str, corrects: str | None) -> set[str]:
    """The visits that an entry with these two values can have opened or closed."""
    undone = db.execute("SELECT visit_id FROM log_entry WHERE entry_id = ?", [corrects])
    return {rows.clean(visit_id), *(found[0] for found in undone.fetchall())}


def load(db: Database, found: Sequence[Pair]) -> tuple[Visit, ...]:
    """The visits themselves, in the order of `found` but for those that were entered later."""
    wanted = [pair.arrival_id for pair in found]
    wanted += [pair.departure_id for pair in found if pair.departure_id is not None]
    entries = entries_by_id(db, wanted)
    return in_order(
        [
            Visit(entries[pair.arrival_id])
            if pair.departure_id is None
            else _closed(entries[pair.arrival_id], entries[pair.departure_id])
            for pair in found
        ]
    )


def _closed(arrival: Entry, departure: Entry) -> Visit:
    return Visit(arrival, departure, Closing.by(departure))


def entries_by_id(db: Database, wanted: Sequence[str]) -> dict[str, Entry]:
    """These entries."""
    kept = db.execute(
        rows.SELECT + "WHERE e.entry_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
        [json.dumps(wanted)],
    ).fetchall()
    entries = (rows.entry(rows.Parts(values)) for values in kept)
    return {entry.draft.entry_id: entry for entry in entries}
