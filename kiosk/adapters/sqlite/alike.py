"""Finds by name who may be somebody that is known, among those who may be offered by name."""

from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows
from kiosk.adapters.sqlite.directory_rows import PERSON, read_person
from kiosk.domain.log import to_text
from kiosk.domain.person import Person, fold, may_be_same
from kiosk.ports.directory import Known

_SAID_YES = """ifnull(
    (SELECT given FROM consent AS c
        WHERE c.person_id = person.person_id AND c.purpose = 'remembered'
        ORDER BY c.consent_id DESC LIMIT 1),
    NOT EXISTS (SELECT 1 FROM consent AS c WHERE c.person_id = person.person_id)
    AND NOT EXISTS (SELECT 1 FROM declaration AS d WHERE d.person_id = person.person_id)
    AND NOT EXISTS (SELECT 1 FROM credential AS s
        WHERE s.person_id = person.person_id AND s.kind = 'slip'))"""
# where an order is followed nobody agrees to the visit, and a no to being remembered may be of a
# form, which lasts from the next day on: the log tells that it was taken back
_TOOK_BACK = """ifnull(
    (SELECT NOT given FROM consent AS c
        WHERE c.person_id = person.person_id AND c.purpose = 'visit'
        ORDER BY c.consent_id DESC LIMIT 1),
    EXISTS (SELECT 1 FROM log_entry AS e
        WHERE e.person_id = person.person_id AND e.reason = 'consent_taken_back'))"""
_INSIDE = """EXISTS (SELECT 1 FROM visit AS v WHERE v.person_id = person.person_id
    AND v.verdict = 'admit' AND v.departure_id IS NULL)"""
_OF_THIS_NAME = (
    f"{PERSON} WHERE folded_name = ? AND folded_name <> '' AND person_id <> ?"
    f" AND ((last_seen_at >= ? AND NOT {_TOOK_BACK}) OR kind = 'staff' OR {_SAID_YES}"
    f" OR {_INSIDE})"
)
"""A guest of the form who did not say yes to being remembered is known by a card that is shown."""


def find_alike(db: Database, person: Person, since: datetime, but: str) -> Known | None:
    """Somebody who may be the same person; the newest of several."""
    said = rows.person(rows.person_columns(person))
    born = said.birth_date.isoformat() if said.birth_date else ""
    found = db.query(
        f"{_OF_THIS_NAME} AND (birth_date = ? OR birth_year = CAST(? AS INTEGER))"
        " ORDER BY rowid DESC",
        [fold(said.name), but, to_text(since), born, str(said.birth_year or "")],
    )
    people = [read_person(row) for row in found]
    return next((known for known in people if may_be_same(said, known.person)), None)


def find_namesake(db: Database, person: Person, since: datetime, but: str) -> Known | None:
    """The only other person of this name, diacritics aside."""
    name = fold(rows.clean(person.name))
    found = [*db.query(f"{_OF_THIS_NAME} LIMIT 2", [name, but, to_text(since)])]
    return read_person(found[0]) if len(found) == 1 else None
