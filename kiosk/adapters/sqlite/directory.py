"""People met before and their credentials, found again by keyed digests only."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite import alike, rows
from kiosk.adapters.sqlite.consents import FORGET_WHO_SAID_NO
from kiosk.adapters.sqlite.database import insert, update
from kiosk.adapters.sqlite.directory_rows import (
    PERSON,
    credential_columns,
    person_columns,
    read_credential,
    read_declaration,
    read_person,
)
from kiosk.adapters.sqlite.errors import told
from kiosk.domain.credential import Scheme
from kiosk.domain.log import to_text
from kiosk.domain.person import Person, PersonKind, fold, names_agree, numbers_of
from kiosk.domain.refresh import refreshed
from kiosk.ports.directory import MOST_WARDS, Declaration, Issue, Known, KnownCredential

_CREDENTIAL = (
    "SELECT credential_id, person_id, kind, day, valid_until, number, revoked_at,"
    " unit, host, purpose FROM credential"
)
_OF_A_PERSON = ("credential", "declaration", "staff", "consent", "remembered", "former_id")
_HAS_OR_HAD = """person_id IN (SELECT ?1 UNION ALL
    SELECT person_id FROM former_id WHERE former_id = ?1)"""
_NEWEST = " ORDER BY rowid DESC LIMIT 1"


class SqliteDirectory:
    """The directory in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database, key: bytes) -> None:
        self._db = db
        self._key = key

    def find(self, stable: str) -> KnownCredential | None:
        """The credential whose stable part this is."""
        with told():
            return self._credential("digest = ?", self._digest(stable))

    def find_number(self, number: str, day: date) -> KnownCredential | None:
        """The slip of that day with this short number."""
        with told():
            where = "day = ? AND number = ? AND revoked_at IS NULL"
            return self._credential(where, day.isoformat(), rows.clean(number))

    def find_emergency_slip(self, number: str) -> KnownCredential | None:
        """The newest emergency slip with this short number."""
        with told():
            where = "kind = ? AND number = ? AND day IS NOT NULL AND revoked_at IS NULL"
            return self._credential(where, Scheme.EMERGENCY_SLIP.value, rows.clean(number))

    def known(self, person_id: str) -> Known | None:
        """Whoever has or had this id."""
        with told():
            return self._by_id(person_id)

    def find_person(self, number: str) -> Known | None:
        """The person with this document number, a former or an insurance number."""
        with told():
            return self._numbered(rows.clean(number))

    def find_alike(self, person: Person, since: datetime, but: str = "") -> Known | None:
        """Somebody who may be the same person; the newest of several."""
        with told():
            return alike.find_alike(self._db, person, since, but)

    def find_namesake(self, person: Person, since: datetime, but: str = "") -> Known | None:
        """The only other person of this name, diacritics aside."""
        with told():
            return alike.find_namesake(self._db, person, since, but)

    def find_invited(self, person: Person, day: date) -> KnownCredential | None:
        """The newest invitation in force on `day` for somebody of this name."""
        where = (
            "kind = 'invitation' AND valid_until >= ? AND day <= ? AND revoked_at IS NULL"
            " AND person_id IN (SELECT person_id FROM person WHERE folded_name = ?)"
        )
        with told():
            name = fold(rows.clean(person.name))
            return self._credential(where, day.isoformat(), day.isoformat(), name)

    def remember(
        self,
        scheme: Scheme,
        stable: str,
        person: Person,
        at: datetime,
        person_id: str | None = None,
    ) -> KnownCredential:
        """Keep (or refresh) whom this credential names."""
        with told(), self._db.atomic():
            kept = self._credential("digest = ?", self._digest(stable))
            if kept is None:
                said = self._by_id(person_id)
                holder = self._refresh(said, person, at) if said else self._met(person, at)
                return self._keep(Issue(scheme, stable), holder, at)
            holder = self._refresh(kept.holder, person, at)
            seen = {"kind": scheme.value, "last_seen_at": to_text(at)}
            update(self._db, "credential", "credential_id", kept.credential_id, seen)
            return replace(kept, holder=holder, scheme=scheme)

    def hand_over(self, credential_id: str, person_id: str, at: datetime) -> None:
        """This credential is that person's, and so is all that is kept of its holder."""
        with told(), self._db.atomic():
            kept = self._credential("credential_id = ?", credential_id)
            known = self._by_id(person_id)
            if kept is None or known is None or kept.holder.person_id == person_id:
                return
            same = kept.holder.person_id
            for table in _OF_A_PERSON:
                goes = f"UPDATE OR IGNORE {table} SET person_id = ? WHERE person_id = ?"  # noqa: S608
                self._db.execute(goes, [person_id, same])
            self._db.execute("DELETE FROM person WHERE person_id = ?", [same])
            self._db.execute(FORGET_WHO_SAID_NO, {"person": person_id})
            if kept.holder.kind is PersonKind.STAFF:
                self.set_kind(person_id, PersonKind.STAFF)
            self._refresh(known, kept.holder.person, at)

    def give(self, credential_id: str, person_id: str) -> None:
        """This credential is that person's; whoever held it was somebody else."""
        with told():
            update(
                *(self._db, "credential", "credential_id", credential_id),
                {"person_id": person_id},
            )

    def issue(self, new: Issue, holder: Known, at: datetime) -> KnownCredential:
        """Keep a code that was minted for `holder`."""
        with told(), self._db.atomic():
            return self._keep(new, holder, at)

    def revoke(self, stable: str, at: datetime) -> KnownCredential | None:
        """Take a code of ours back; None where it is not known."""
        with told(), self._db.atomic():
            self._db.execute(
                "UPDATE credential SET revoked_at = ? WHERE digest = ? AND revoked_at IS NULL",
                [to_text(at), self._digest(stable)],
            )
            return self._credential("digest = ?", self._digest(stable))

    def revoke_all(self, person_id: str, scheme: Scheme, at: datetime) -> int:
        """Take back every code of this kind that the person still holds; how many."""
        with told(), self._db.atomic():
            done = self._db.execute(
                "UPDATE credential SET revoked_at = ?"
                " WHERE person_id = ? AND kind = ? AND revoked_at IS NULL",
                [to_text(at), person_id, scheme.value],
            )
            return done.rowcount

    def add(self, person: Person, at: datetime, person_id: str | None = None) -> Known:
        """A person from the form: found again by document number and name, otherwise new."""
        with told(), self._db.atomic():
            if known := self._by_id(person_id):
                return self._refresh(known, person, at)
            kept = self._numbered(rows.clean(person.id_number))
            if kept is not None and names_agree(kept.person.name, rows.clean(person.name)):
                return self._refresh(kept, person, at)
            return self._new(person, at)

    def correct(self, person_id: str, person: Person) -> None:
        """What is kept of this person was wrong."""
        said = rows.person_columns(person) | {"folded_name": fold(rows.clean(person.name))}
        with told():
            update(self._db, "person", "person_id", person_id, said)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is kept within stays, or, where something fails, nothing."""
        with told(), self._db.atomic():
            yield

    def set_kind(self, person_id: str, kind: PersonKind) -> None:
        """Mark as staff or visitor."""
        with told():
            marked = "UPDATE person SET kind = ? WHERE person_id = ? AND kind <> ?"
            self._db.execute(marked, [kind.value, person_id, kind.value])

    def slips_on(self, day: date) -> int:
        """The highest count in the short numbers of that day: one that was erased leaves a gap."""
        with told():
            found = self._db.execute(
                "SELECT ifnull(max(CAST(substr(number, 1, length(number) - 1) AS INTEGER)), 0)"
                " FROM credential WHERE day = ? AND number <> ''",
                [day.isoformat()],
            )
            return int(found.fetchone()[0])

    def declare(self, person_id: str, declaration: Declaration) -> None:
        """Keep a declaration."""
        answers = [[rows.clean(text) for text in answer] for answer in declaration.answers]
        row = {
            "person_id": person_id,
            "made_at": to_text(declaration.made_at),
            "declared": declaration.declared.value,
            "answers": json.dumps(answers, ensure_ascii=False),
            **rows.destination_columns(declaration.destination),
            "basis": rows.clean(declaration.basis),
        }
        with told():
            insert(self._db, "declaration", row)

    def wards(self, province: str) -> Sequence[str]:
        """Those named most often come first."""
        with told():
            found = self._db.execute(rows.WARDS, {"province": province, "most": MOST_WARDS})
            return [str(ward) for ward, _ in found]

    def declaration(self, person_id: str, since: datetime) -> Declaration | None:
        """The newest declaration of this person made at or after `since`, or None."""
        with told():
            row = self._row(
                "SELECT made_at, declared, answers, unit, host, purpose, basis FROM declaration"
                " WHERE person_id = ? AND made_at >= ?"
                " ORDER BY made_at DESC, declaration_id DESC LIMIT 1",
                person_id,
                to_text(since),
            )
        return None if row is None else read_declaration(row)

    def _digest(self, stable: str) -> str:
        content = b"credential:" + rows.clean(stable).encode("utf-8")
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()

    def _met(self, person: Person, at: datetime) -> Known:
        """The person with this document number, refreshed, or a new one."""
        found = (self._numbered(rows.clean(number)) for number in numbers_of(person))
        kept = next((known for known in found if known is not None), None)
        return self._new(person, at) if kept is None else self._refresh(kept, person, at)

    def _numbered(self, number: str) -> Known | None:
        for column in ("id_number", "old_id_number", "substr(health_insurance_number, -10)"):
            where = f"{PERSON} WHERE {column} = ? AND {column} <> ''{_NEWEST}"
            if kept := self._known(where, number):
                return kept
        return None

    def _new(self, person: Person, at: datetime) -> Known:
        new = Known(_random_id(), rows.person(rows.person_columns(person)), PersonKind.VISITOR)
        met = {"person_id": new.person_id, "kind": new.kind.value, "first_seen_at": to_text(at)}
        insert(self._db, "person", {**met, **person_columns(new.person, at)})
        return new

    def _refresh(self, kept: Known, said: Person, at: datetime) -> Known:
        person = refreshed(kept.person, rows.person(rows.person_columns(said)))
        update(self._db, "person", "person_id", kept.person_id, person_columns(person, at))
        return Known(kept.person_id, person, kept.kind)

    def _keep(self, new: Issue, holder: Known, at: datetime) -> KnownCredential:
        there = rows.destination(rows.destination_columns(new.destination))
        kept = KnownCredential(
            *(_random_id(), holder, new.scheme, new.day, rows.clean(new.number), new.until),
            destination=there,
        )
        insert(self._db, "credential", credential_columns(kept, self._digest(new.stable), at))
        return kept

    def _credential(self, where: str, *values: str) -> KnownCredential | None:
        row = self._row(f"{_CREDENTIAL} WHERE {where}{_NEWEST}", *values)
        if row is None:
            return None
        holder = self._by_id(str(row["person_id"]))
        if holder is None:
            return None
        return read_credential(row, holder)

    def _known(self, sql: str, value: str) -> Known | None:
        row = self._row(sql, value)
        return None if row is None else read_person(row)

    def _by_id(self, person_id: str | None) -> Known | None:
        return self._known(f"{PERSON} WHERE {_HAS_OR_HAD}", person_id) if person_id else None

    def _row(self, sql: str, *values: str) -> rows.Row | None:
        return next(iter(self._db.query(sql, values)), None)


def _random_id() -> str:
    return secrets.token_hex(16)
