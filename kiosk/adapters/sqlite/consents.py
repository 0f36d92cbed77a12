"""Who agreed to what; the words by which those who agreed to it are found again."""

from collections.abc import Sequence

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows
from kiosk.adapters.sqlite.database import insert
from kiosk.adapters.sqlite.directory_rows import read_person
from kiosk.adapters.sqlite.errors import told
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.log import from_text, to_text
from kiosk.domain.person import fold
from kiosk.ports.consents import MOST_FOUND
from kiosk.ports.directory import Known

_CONSENTS = """SELECT asked_at, purpose, given, text, language, said_by, officer FROM consent
WHERE person_id = ? ORDER BY consent_id"""
_PEOPLE = f"SELECT p.person_id, p.kind, {', '.join(f'p.{name}' for name in rows.PERSON)} FROM"
_BEGINS = "SELECT person_id FROM remembered WHERE word >= ? AND word < ?"
_AFTER_ALL = "\U0010ffff"
_MOST_WORDS = 6

FORGET_WHO_SAID_NO = """DELETE FROM remembered WHERE person_id = :person
AND 0 = (SELECT given FROM consent WHERE person_id = :person AND purpose = 'remembered'
    ORDER BY consent_id DESC LIMIT 1)"""
"""Of two records that became one the last answer counts."""


class SqliteConsents:
    """The answers in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def agree(self, person_id: str, consent: Consent) -> None:
        """Keep an answer; it decides whether the person is found by name."""
        row = {
            "person_id": person_id,
            "asked_at": to_text(consent.asked_at),
            "purpose": consent.purpose.value,
            "given": int(consent.given),
            "text": rows.clean(consent.text),
            "language": rows.clean(consent.language),
            "said_by": rows.clean(consent.said_by),
            "officer": rows.clean(consent.officer),
        }
        with told(), self._db.atomic():
            insert(self._db, "consent", row)
            if consent.purpose is Purpose.REMEMBERED:
                self._forget(person_id)
                if consent.given:
                    self._remember(person_id)

    def of(self, person_id: str) -> Sequence[Consent]:
        """Every answer of this person, in order."""
        with told():
            return [_consent(row) for row in self._db.query(_CONSENTS, [person_id])]

    def renew(self, person_id: str) -> None:
        """Find somebody who is remembered by what is now known of them."""
        with told(), self._db.atomic():
            if self._forget(person_id):
                self._remember(person_id)

    def find(self, typed: str) -> Sequence[Known]:
        """Whoever is remembered and has a word that begins as each word of `typed` does."""
        words = fold(rows.clean(typed)).split()[:_MOST_WORDS]
        if not words:
            return ()
        both = f" INTERSECT {_BEGINS}" * (len(words) - 1)
        found = (
            f"{_PEOPLE} ({_BEGINS}{both}) AS r JOIN person AS p ON p.person_id = r.person_id"
            " GROUP BY p.person_id ORDER BY p.last_seen_at DESC, p.rowid DESC LIMIT ?"
        )
        bounds = [bound for word in words for bound in (word, word + _AFTER_ALL)]
        with told():
            return [read_person(row) for row in self._db.query(found, [*bounds, MOST_FOUND])]

    def _forget(self, person_id: str) -> bool:
        """Whether the person was remembered so far."""
        gone = self._db.execute("DELETE FROM remembered WHERE person_id = ?", [person_id])
        return gone.rowcount > 0

    def _remember(self, person_id: str) -> None:
        people = self._db.query(f"{_PEOPLE} person AS p WHERE p.person_id = ?", [person_id])
        for known in map(read_person, people):
            person = known.person
            said = (person.name, person.phone.removeprefix("+"), person.id_number)
            words = {word for text in said for word in fold(text).split()}
            for word in words:
                insert(self._db, "remembered", {"word": word, "person_id": person_id})


def _consent(row: rows.Row) -> Consent:
    return Consent(
        asked_at=from_text(str(row["asked_at"])),
        purpose=Purpose(str(row["purpose"])),
        given=bool(row["given"]),
        text=str(row["text"]),
        language=str(row["language"]),
        said_by=str(row["said_by"]),
        officer=str(row["officer"]),
    )
