"""What is kept of one person, and the proof that they agreed, which names nobody."""

# ruff: noqa: S608 - SQL is put together from names of our own tables and columns only

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows
from kiosk.adapters.sqlite.directory_rows import read_person
from kiosk.adapters.sqlite.over import SOMEBODY_ELSE
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.log import from_text
from kiosk.domain.person import Person, fold
from kiosk.ports.directory import Known
from kiosk.ports.retention import Traces

_PERSON = ", ".join(f"t.{name}" for name in rows.PERSON)
_KNOWN = f"""SELECT t.person_id, t.kind, {_PERSON} FROM person AS t
WHERE {{where}} ORDER BY t.rowid"""
_NAMED = f"""SELECT coalesce(f.person_id, e.person_id, '') AS person_id, t.kind, {_PERSON},
    e.entry_id, e.occurred_at, e.visit_id
FROM entry_identity AS t JOIN log_entry AS e ON e.entry_id = t.entry_id
LEFT JOIN former_id AS f ON f.former_id = e.person_id
WHERE {{where}} ORDER BY e.rowid"""
_NUMBERED = """EXISTS (SELECT 1 FROM json_each(:numbers) WHERE value IN
    (t.id_number, t.old_id_number, t.phone, t.health_insurance_number,
    substr(t.health_insurance_number, -10)))"""


def find_traces(
    db: Database, key: bytes, numbers: Sequence[str], name: str, inside: frozenset[str]
) -> Sequence[Traces]:
    """Everybody with one of these numbers and this name, whether directory or log knows them."""
    found: dict[str, _Found] = {}
    where = _NUMBERED if numbers else "1"
    filled = {"numbers": json.dumps(numbers)} if numbers else {}
    for row in db.query(_KNOWN.format(where=where), filled):
        if _is_named(row, name):
            found[str(row["person_id"])] = _Found(read_person(row))
    for row in db.query(_NAMED.format(where=where), filled):
        said = str(row["person_id"])
        if said in found or _is_named(row, name):
            who = said or f"{fold(str(row['name']))} {row['birth_year']}"
            found.setdefault(who, _Found(read_person(row))).add(row, inside)
    # of somebody who was found, entries under another spelling or number are theirs as well
    for known in found.values():
        if known.who.person_id:
            for row in db.query(
                _NAMED.format(where=f"e.{rows.THEIRS}"), {"person": known.who.person_id}
            ):
                known.add(row, inside)
    return [known.traces(_count_proofs(db, key, known.who.person)) for known in found.values()]


class _Found:
    def __init__(self, who: Known) -> None:
        self.who = who
        self._entries: dict[str, str] = {}
        self._inside = False

    def add(self, row: rows.Row, inside: frozenset[str]) -> None:
        self._entries[str(row["entry_id"])] = str(row["occurred_at"])
        self._inside = self._inside or str(row["visit_id"]) in inside

    def traces(self, proofs: int) -> Traces:
        times = sorted(self._entries.values())
        return Traces(
            self.who.person_id,
            self.who.person,
            self.who.kind,
            tuple(self._entries),
            from_text(times[0]) if times else None,
            from_text(times[-1]) if times else None,
            proofs,
            self._inside,
        )


def _is_named(row: rows.Row, name: str) -> bool:
    return not name or fold(str(row["name"])) == fold(rows.clean(name))


def keep_proofs(db: Database, key: bytes, people: str) -> None:
    """Keep what these people answered, under a digest of who they are; `people` is JSON."""
    answers = db.query(
        f"SELECT t.person_id, t.kind, {_PERSON}, c.asked_at, c.purpose, c.given, c.text,"
        " c.language, c.said_by FROM consent AS c JOIN person AS t ON t.person_id = c.person_id"
        " WHERE c.person_id IN (SELECT value FROM json_each(?)) ORDER BY c.consent_id",
        [people],
    )
    for row in list(answers):
        db.execute(
            "INSERT INTO consent_proof (digest, asked_at, purpose, given, text, language,"
            " represented) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                _digest(key, next(_saying_who(rows.person(row)), "")),
                *(row[name] for name in ("asked_at", "purpose", "given", "text", "language")),
                int(row["said_by"] != ""),
            ],
        )


def find_proofs(
    db: Database, key: bytes, numbers: Sequence[str], name: str, born: int | None
) -> Sequence[Consent]:
    """What somebody who is erased once answered; who answered for them is not known any more."""
    said = [*numbers, *([_named(name, born)] if name else [])]
    digests = tuple(_digest(key, text) for text in said)
    places = ", ".join("?" * len(digests))
    kept = db.query(
        f"SELECT * FROM consent_proof WHERE digest IN ({places}) ORDER BY proof_id", digests
    )
    return [
        Consent(
            asked_at=from_text(str(row["asked_at"])),
            purpose=Purpose(str(row["purpose"])),
            given=bool(row["given"]),
            text=str(row["text"]),
            language=str(row["language"]),
            said_by=SOMEBODY_ELSE if row["represented"] else "",
            officer="",
        )
        for row in kept
    ]


def _count_proofs(db: Database, key: bytes, person: Person) -> int:
    """Answers that are kept as proof: of this person, and of who was this person and is gone."""
    digests = tuple(_digest(key, said) for said in _saying_who(person))
    places = ", ".join("?" * len(digests))
    counted = f"SELECT count(*) FROM consent_proof WHERE digest IN ({places})"
    return int(db.execute(counted, digests).fetchone()[0])


def _saying_who(person: Person) -> Iterator[str]:
    """By what somebody can be found again who comes and says who they are; the best first."""
    born = person.birth_date.year if person.birth_date else person.birth_year
    name = _named(person.name, born) if person.name else ""
    for said in (person.id_number, person.phone, person.health_insurance_number, name):
        if said:
            yield said


def _named(name: str, born: int | None) -> str:
    return f"{fold(name)} {born or ''}"


def _digest(key: bytes, said: str) -> str:
    return hmac.new(key, b"proof:" + rows.clean(said).encode(), hashlib.sha256).hexdigest()
