"""Erases what is over, in small transactions, and whom somebody asks to be erased."""

# ruff: noqa: S608 - SQL is put together from names of our own tables and columns only

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite import relaying
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.over import OLDEST, QUERIES, SOMEBODY_ELSE, values
from kiosk.adapters.sqlite.renewing import NAMED, PEOPLE, renew_id
from kiosk.adapters.sqlite.tracing import find_proofs, find_traces, keep_proofs
from kiosk.domain.consent import Consent
from kiosk.domain.log import from_text, to_text
from kiosk.domain.retention import ASKED, Kind, Promise, Trust
from kiosk.ports.retention import Erased, Kept, Over, Traces

_OF_SOMEBODY = ("entry_identity", "entry_health", "print_job", *PEOPLE)
_TOUCHED = {
    Kind.WITHDRAWN: _OF_SOMEBODY,
    Kind.HEALTH: ("entry_health",),
    Kind.DECLARATION: ("declaration",),
    Kind.IDENTITY: ("entry_identity", "former_id"),
    Kind.VISITOR: PEOPLE,
    Kind.DIRECTORY: PEOPLE,
    Kind.CODE: ("credential",),
    Kind.LINK: PEOPLE,
    Kind.SPEAKER: ("consent",),
    Kind.PRINT: ("print_job",),
    Kind.PROOF: ("consent_proof",),
}
_KEYS = {
    Kind.HEALTH: ("entry_health", "entry_id"),
    Kind.DECLARATION: ("declaration", "declaration_id"),
    Kind.IDENTITY: ("entry_identity", "entry_id"),
    Kind.CODE: ("credential", "credential_id"),
    Kind.PROOF: ("consent_proof", "proof_id"),
}
_AMONG = "IN (SELECT value FROM json_each(?))"
_THEIRS = """SELECT entry_id FROM log_entry WHERE person_id IN (
    SELECT value FROM json_each(?1) UNION ALL
    SELECT former_id FROM former_id WHERE person_id IN (SELECT value FROM json_each(?1)))"""
_OF_MANY = "printed IN ('register', 'inside', 'closing', 'staff_cards', 'invitation')"
"""Papers that name several people: nobody looks into them for one name, so all are emptied."""
_LATEST = 40


class SqliteEraser:
    """What is erased in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database, key: bytes) -> None:
        self._db = db
        self._key = key

    def newest(self) -> datetime | None:
        """When the newest entry of the log was written."""
        query = "SELECT coalesce(noted_at, occurred_at) FROM log_entry ORDER BY rowid DESC LIMIT 1"
        with told():
            found = self._db.execute(query).fetchone()
        return from_text(found[0]) if found else None

    def trust(self) -> Trust:
        """What was thought of the clock."""
        query = "SELECT believed_at, doubted_since, doubted_at FROM retention"
        with told():
            found = self._db.execute(query).fetchone()
        return Trust(*(_moment(text) for text in found or ()))

    def kept(self) -> Kept:
        """How it stands."""
        with told():
            (ran_at,) = self._db.execute("SELECT ran_at FROM retention").fetchone() or (None,)
            found = {kind: self._db.execute(sql).fetchone()[0] for kind, sql in OLDEST.items()}
            log = self._db.execute(
                "SELECT day, kind, rule, rows FROM erasure ORDER BY day DESC, kind LIMIT ?",
                [_LATEST],
            ).fetchall()
        return Kept(
            _moment(ran_at),
            self.trust(),
            {kind: from_text(text) for kind, text in found.items() if text},
            [Erased(date.fromisoformat(day), *said) for day, *said in log],
        )

    def keep_trust(self, trust: Trust) -> None:
        """Remember what is thought of the clock."""
        times = (trust.believed_at, trust.doubted_since, trust.doubted_at)
        with told():
            self._db.execute(
                "UPDATE retention SET believed_at = ?, doubted_since = ?, doubted_at = ?",
                [time and to_text(time) for time in times],
            )

    def begin(self) -> None:
        """Prints of the day before were erased where they are kept; their bytes are to follow."""
        with told():
            self._unsettle(["print_job"])

    def promises(self) -> Sequence[Promise]:
        """How many days visitors were told, the first first."""
        with told():
            found = self._db.execute("SELECT since, days FROM promise ORDER BY since").fetchall()
        return [Promise(from_text(since), days) for since, days in found]

    def promise(self, new: Promise) -> None:
        """Visitors are told another number of days."""
        with told():
            self._db.execute(
                "INSERT OR REPLACE INTO promise (since, days) VALUES (?, ?)",
                [to_text(new.since), new.days],
            )

    def count(self, kind: Kind, over: Over) -> int:
        """How many rows of this kind are over."""
        query = f"SELECT count(*) FROM ({QUERIES[kind]})"
        with told():
            return int(self._db.execute(query, values(self._db, over)).fetchone()[0])

    def erase(self, kind: Kind, over: Over, day: date, rule: str, most: int) -> int:
        """Erase up to `most` rows of this kind; how many were."""
        with told():
            filled = values(self._db, over)
            query = f"{QUERIES[kind]} LIMIT :most"
            found = self._db.execute(query, {**filled, "most": most}).fetchall()
            keys = [key for (key,) in found]
            if keys:
                with self._db.atomic():
                    self._erase(kind, keys)
                    self._note(day, kind, rule, len(keys), _TOUCHED[kind])
        return len(keys)

    def settle(self) -> bool:
        """Clear one table, the copy or the journal; whether there is more to clear."""
        with told():
            parts = self._unsettled()
            if not parts:
                return False
            part = parts.pop(0)
            if part == relaying.WAL:
                if not relaying.clear_journal(self._db):
                    return False  # a report is being read: at the next look
            elif part == relaying.COPY:
                relaying.erase_copy(self._db)
            else:
                relaying.relay(self._db, part)
            self._keep_unsettled(parts)
        return bool(parts)

    def done(self, at: datetime) -> None:
        """All that was over is gone."""
        with told():
            self._db.execute("UPDATE retention SET ran_at = ?", [to_text(at)])

    def traces(
        self, numbers: Sequence[str], name: str, inside: frozenset[str]
    ) -> Sequence[Traces]:
        """Everybody with one of these numbers and this whole name."""
        with told():
            return find_traces(self._db, self._key, numbers, name, inside)

    def proofs(self, numbers: Sequence[str], name: str, born: int | None) -> Sequence[Consent]:
        """What somebody who is erased once answered."""
        with told():
            return find_proofs(self._db, self._key, numbers, name, born)

    def forget(self, found: Traces, day: date) -> int:
        """Erase identity and health of these entries and the person; how many rows were."""
        with told(), self._db.atomic():
            rows = self._erase_entries(found.entry_ids)
            if found.person_id:
                rows += self._erase_people([found.person_id])
            # nobody is waiting now: the whole of these tables
            self._note(day, "person", ASKED, rows, (*_OF_SOMEBODY, *relaying.ALL_ENTRIES))
        return rows

    def _erase(self, kind: Kind, keys: list[str | int]) -> None:
        match kind:
            case Kind.WITHDRAWN:
                self._erase_entries(
                    [row[0] for row in self._db.execute(_THEIRS, [json.dumps(keys)])]
                )
                self._erase_people(keys)
            case Kind.VISITOR | Kind.DIRECTORY:
                self._erase_people(keys)
            case Kind.LINK:
                for key in keys:
                    renew_id(self._db, str(key))
            case Kind.SPEAKER:
                self._db.execute(
                    f"UPDATE consent SET said_by = ? WHERE consent_id {_AMONG}",
                    [SOMEBODY_ELSE, json.dumps(keys)],
                )
            case Kind.PRINT:
                self._db.execute(
                    f"UPDATE print_job SET content = '' WHERE job_id {_AMONG}",
                    [json.dumps(keys)],
                )
            case _:
                table, column = _KEYS[kind]
                self._delete(table, f"{column} {_AMONG}", [json.dumps(keys)])
                if kind is Kind.IDENTITY:
                    self._db.execute(
                        "DELETE FROM former_id WHERE former_id IN"
                        f" (SELECT person_id FROM log_entry WHERE entry_id {_AMONG})"
                        f" AND NOT {NAMED.format('former_id.former_id')}",
                        [json.dumps(keys)],
                    )

    def _erase_entries(self, entry_ids: Sequence[str]) -> int:
        """Who it was and how they were, and what prints hold of it; how many rows were."""
        entries, rows = json.dumps(entry_ids), 0
        for table in ("entry_identity", "entry_health"):
            rows += self._delete(table, f"entry_id {_AMONG}", [entries])
        emptied = f"UPDATE print_job SET content = '' WHERE entry_id {_AMONG} OR {_OF_MANY}"
        self._db.execute(emptied, [entries])
        return rows

    def _delete(self, table: str, where: str, filled: Sequence[str]) -> int:
        """How many rows were; of those from the middle of a table the surroundings are cleared."""
        places = relaying.places(self._db, table, where, filled)
        gone = self._db.execute(f"DELETE FROM {table} WHERE {where}", filled)
        self._unsettle(relaying.amid(self._db, table, places))
        return gone.rowcount

    def _erase_people(self, keys: list[str | int] | list[str]) -> int:
        """Whoever they are, what they hold and what they declared; that they agreed is kept."""
        people = [json.dumps(keys)]
        keep_proofs(self._db, self._key, people[0])
        self._db.execute(
            "UPDATE print_job SET content = '', credential_id = NULL WHERE credential_id IN"
            f" (SELECT credential_id FROM credential WHERE person_id {_AMONG})",
            people,
        )
        gone = self._db.execute(f"DELETE FROM person WHERE person_id {_AMONG}", people)
        return gone.rowcount

    def _note(self, day: date, kind: str, rule: str, rows: int, touched: Sequence[str]) -> None:
        """So many rows were erased, and their bytes are still to be cleared."""
        self._db.execute(
            "INSERT INTO erasure (day, kind, rule, rows) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (day, kind, rule) DO UPDATE SET rows = rows + excluded.rows",
            [day.isoformat(), kind, rule, rows],
        )
        self._unsettle([*touched, relaying.COPY])

    def _unsettle(self, touched: Sequence[str]) -> None:
        parts = {*self._unsettled(), *touched} - {relaying.WAL}
        # the journal last: it holds what was done to the tables
        self._keep_unsettled(
            [*sorted(parts, key=lambda part: part == relaying.COPY), relaying.WAL]
        )

    def _unsettled(self) -> list[str]:
        found = self._db.execute("SELECT unsettled FROM retention").fetchone()
        return found[0].split() if found else []

    def _keep_unsettled(self, parts: Sequence[str]) -> None:
        self._db.execute("UPDATE retention SET unsettled = ?", [" ".join(parts)])


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None
