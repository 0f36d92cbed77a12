"""The log in SQLite: one durable transaction a row."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows, visit_pairs
from kiosk.adapters.sqlite.database import insert
from kiosk.adapters.sqlite.errors import told
from kiosk.adapters.sqlite.incidents import ClockWatch
from kiosk.adapters.sqlite.proof import fingerprint, prove, signed
from kiosk.adapters.sqlite.undone_lines import undone_between
from kiosk.domain import chain
from kiosk.domain.chain import Broken, Proved, Signed
from kiosk.domain.log import Draft, Entry, Undone, Visit, to_text
from kiosk.domain.screening import RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.logbook import LogbookError, Trouble


class SqliteLogbook:
    """One gate's log in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database, clock: Clock, gate_id: str) -> None:
        self._db = db
        self._gate_id = rows.clean(gate_id)
        self._clock_watch = ClockWatch(clock)
        self._inside: dict[str, visit_pairs.Pair] = {}
        self._inside_version: int | None = None

    def append(self, draft: Draft) -> Entry:
        """Write one entry; it is on the disk when this returns."""
        with told():
            kept = self._entry(draft.entry_id)
            if kept is not None:
                return kept
            with self._db.atomic():
                self._insert(draft)
                self._clock_watch.note_jump(self._db)
            self._clock_watch.settle()
            self._follow(draft)
            written = self._entry(draft.entry_id)
        if written is None:
            detail = "a row that was written is not there"
            raise LogbookError(detail, Trouble.DAMAGED)
        return written

    def entry(self, entry_id: str) -> Entry | None:
        """One entry, or None."""
        with told():
            return self._entry(entry_id)

    def is_undone(self, entry_id: str) -> bool:
        """Whether a correction names this entry."""
        with told():
            found = self._db.execute(
                "SELECT 1 FROM log_entry WHERE corrects = ? LIMIT 1", [rows.clean(entry_id)]
            )
            return found.fetchone() is not None

    def latest(self, count: int) -> Sequence[Entry]:
        """The newest entries of this gate, newest first, corrections included."""
        with told():
            found = self._db.execute(
                f"{rows.SELECT} WHERE e.gate_id = ? ORDER BY e.seq DESC LIMIT ?",
                [self._gate_id, count],
            ).fetchall()
        return tuple(rows.entry(rows.Parts(values)) for values in found)

    def visits(self, since: datetime, until: datetime) -> Sequence[Visit]:
        """Visits whose arrival lies in [since, until), in order of arrival."""
        return self.find("", since, until)

    def inside(self) -> Sequence[Visit]:
        """Open visits, in order of arrival."""
        with told():
            return visit_pairs.load(self._db, sorted(self._open().values()))

    def oldest_inside(self, count: int) -> Sequence[Visit]:
        """The open visits that were written first."""
        with told():
            return visit_pairs.load(self._db, sorted(self._open().values())[:count])

    def open_visits(self) -> frozenset[str]:
        """The ids of the open visits."""
        with told():
            return frozenset(self._open())

    def count_inside(self) -> int:
        """How many open visits there are."""
        with told():
            return len(self._open())

    def count_arrivals(self, since: datetime, until: datetime) -> int:
        """How many visits of somebody began in [since, until)."""
        where = (
            "occurred_at >= ? AND occurred_at < ? AND EXISTS (SELECT 1 FROM log_entry AS e"
            " WHERE e.entry_id = arrival_id AND e.identity_commitment IS NOT NULL)"
        )
        with told():
            return visit_pairs.count(self._db, where, [to_text(since), to_text(until)])

    def arrival(self, visit_id: str) -> Entry | None:
        """The entry by which this visit began, as it was written last; or None."""
        with told():
            found = self._db.execute(
                f"{rows.SELECT} WHERE e.visit_id = ? AND e.direction = 'in' AND e.corrects IS NULL"
                " AND e.reason <> 'consent_taken_back' ORDER BY e.rowid DESC LIMIT 1",
                [rows.clean(visit_id)],
            ).fetchone()
        return None if found is None else rows.entry(rows.Parts(found))

    def open_visit(self, person_id: str) -> Visit | None:
        """The visit by which this person is inside, or None."""
        return self._newest(
            f"{rows.THEIRS} AND verdict = 'admit' AND departure_id IS NULL", person_id
        )

    def visits_with(self, credential_id: str) -> Sequence[Visit]:
        """Visits that were made with this credential, in order of arrival."""
        shown = "SELECT visit_id FROM standing_entry WHERE direction = 'in' AND credential_id = ?"
        return self._with(f"visit_id IN ({shown})", [credential_id])

    def visits_of(self, person_id: str, since: datetime | None = None) -> Sequence[Visit]:
        """Visits of this person, in order of arrival, under whatever id they were written."""
        if since is None:
            return self._with(rows.THEIRS, {"person": person_id})
        newer = f"{rows.THEIRS} AND occurred_at >= :since"
        return self._with(newer, {"person": person_id, "since": to_text(since)})

    def visit_count(self, person_id: str) -> int:
        """How often this person was admitted."""
        with told():
            admitted = f"{rows.THEIRS} AND verdict = 'admit'"
            return visit_pairs.count(self._db, admitted, {"person": person_id})

    def last_visit(self, person_id: str) -> Visit | None:
        """The newest admitted visit of this person, or None."""
        return self._newest(f"{rows.THEIRS} AND verdict = 'admit'", person_id)

    def last_arrival(self, person_id: str) -> Visit | None:
        """The newest visit of this person, refusals included, or None."""
        return self._newest(rows.THEIRS, person_id)

    def find(self, words: str, since: datetime, until: datetime) -> Sequence[Visit]:
        """Visits in [since, until) that hold every word."""
        with told():
            return visit_pairs.load(self._db, visit_pairs.between(self._db, since, until, words))

    def undone(self, since: datetime, until: datetime, words: str = "") -> Sequence[Undone]:
        """Lines of [since, until) that were reversed, by their time."""
        with told():
            return undone_between(self._db, since, until, words)

    def keep_rules(self, rules: RuleCard, text: str, since: datetime) -> None:
        """Keep this rule card whole under its version, unless it is there already."""
        version, whole = rows.clean(rules.version), rows.clean(text)
        with told():
            kept = self._rules_text(version)
            if kept is None:
                self._db.execute(
                    "INSERT INTO rules (version, since, text) VALUES (?, ?, ?)",
                    [version, to_text(since), whole],
                )
            elif kept != whole:
                detail = f"another rule card is kept under version {version!r}"
                raise ValueError(detail)

    def takes_rules(self, rules: RuleCard, text: str) -> bool:
        """Whether `keep_rules` would take this card."""
        with told():
            return self._rules_text(rows.clean(rules.version)) in {None, rows.clean(text)}

    def fingerprint(self) -> str:
        """Of the file as it stands now; "" for an empty log."""
        with told():
            return fingerprint(self._db)

    def check(self, progress: Callable[[int], None] | None = None) -> Proved | Broken:
        """Walk the whole chain; name the first broken row."""
        with told():
            return prove(self._db, progress)

    def signed(self, fingerprint: str) -> Signed | None:
        """The entry after which the log had this fingerprint, written as `fingerprint` does."""
        with told():
            return signed(self._db, fingerprint)

    def _rules_text(self, version: str) -> str | None:
        kept = self._db.execute("SELECT text FROM rules WHERE version = ?", [version]).fetchone()
        return None if kept is None else str(kept[0])

    def _entry(self, entry_id: str) -> Entry | None:
        found = self._db.execute(
            f"{rows.SELECT} WHERE e.entry_id = ?", [rows.clean(entry_id)]
        ).fetchone()
        return None if found is None else rows.entry(rows.Parts(found))

    def _with(self, where: str, values: visit_pairs.Values) -> Sequence[Visit]:
        with told():
            return visit_pairs.load(self._db, sorted(visit_pairs.pairs(self._db, where, values)))

    def _newest(self, where: str, person_id: str) -> Visit | None:
        with told():
            found = visit_pairs.pairs(
                self._db, f"{where} ORDER BY position DESC LIMIT 1", {"person": person_id}
            )
            return next(iter(visit_pairs.load(self._db, found)), None)

    def _insert(self, draft: Draft) -> None:
        last = self._db.execute(
            "SELECT seq, hash FROM log_entry WHERE gate_id = ? ORDER BY seq DESC LIMIT 1",
            [self._gate_id],
        ).fetchone()
        seq, previous_hash = last or (0, chain.GENESIS)
        identity = rows.identity_columns(draft.identity) if draft.identity else None
        health = rows.health_columns(draft.health) if draft.health else None
        salts = secrets.token_bytes(chain.SALT_BYTES), secrets.token_bytes(chain.SALT_BYTES)
        commitments = (
            chain.commitment(salts[0], identity) if identity else None,
            chain.commitment(salts[1], health) if health else None,
        )
        core = rows.core_columns(draft, self._gate_id, seq + 1, commitments)
        hashes = {"previous_hash": previous_hash, "hash": chain.link(previous_hash, core)}
        insert(self._db, "log_entry", {**core, **hashes})
        if identity:
            salted = {"entry_id": core["entry_id"], "salt": salts[0], **identity}
            insert(self._db, "entry_identity", salted)
        if health:
            salted = {"entry_id": core["entry_id"], "salt": salts[1], **health}
            insert(self._db, "entry_health", salted)

    def _open(self) -> dict[str, visit_pairs.Pair]:
        """Open visits by id: all arrivals are looked at once, then each entry is followed."""
        # the number changes when another connection has written: its entries were not followed
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._inside_version:
            self._inside = visit_pairs.all_open(self._db)
            self._inside_version = version
        return self._inside

    def _follow(self, draft: Draft) -> None:
        """Bring the open visits up to date with an entry that was written."""
        version, self._inside_version = self._inside_version, None  # should this be cut short
        touched = visit_pairs.touched(self._db, draft.visit_id, draft.corrects)
        for visit_id in touched:
            self._inside.pop(visit_id, None)
        self._inside.update(visit_pairs.open_among(self._db, touched))
        self._inside_version = version
