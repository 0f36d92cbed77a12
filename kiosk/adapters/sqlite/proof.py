"""Walks the chain of every gate and proves the file unchanged, or names the first broken row."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

from sqlite_utils import Database

from kiosk.adapters.sqlite.rows import SELECT, Parts, Row, hashed
from kiosk.domain.chain import (
    GENESIS,
    Broken,
    Fault,
    Proved,
    Signed,
    commitment,
    joint_fingerprint,
    link,
)

_BATCH = 1000


def prove(db: Database, progress: Callable[[int], None] | None = None) -> Proved | Broken:
    """What the file's own hashes say. Memory stays flat; the desk may go on writing."""
    told = progress or (lambda _rows: None)
    try:
        return _prove(db, told)
    except sqlite3.OperationalError as error:
        if hasattr(error, "sqlite_errorcode"):
            raise
    # a text that is no UTF-8, the work of a hand: read on all the same, its hash tells
    db.conn.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        return _prove(db, told)
    finally:
        db.conn.text_factory = str


def fingerprint(db: Database) -> str:
    """The joint fingerprint of all gates, from their last rows alone; "" for no entries."""
    newest = "SELECT hash FROM log_entry WHERE gate_id = ? ORDER BY seq DESC LIMIT 1"
    return joint_fingerprint(
        [str(db.execute(newest, [gate_id]).fetchone()[0]) for gate_id in _gates(db)]
    )


def signed(db: Database, printed: str) -> Signed | None:
    """The row after which the file had the joint fingerprint `printed`; None without one."""
    last: dict[str, str] = {}
    order = "SELECT gate_id, seq, occurred_at, hash FROM log_entry ORDER BY rowid"
    for gate_id, seq, occurred_at, newest in db.execute(order):
        last[gate_id] = newest
        if joint_fingerprint([last[gate] for gate in sorted(last)]) == printed:
            return Signed(gate_id, seq, occurred_at)
    return None


def _prove(db: Database, told: Callable[[int], None]) -> Proved | Broken:
    rows = erased = 0
    last_hashes = []
    for gate_id in _gates(db):
        seq, last_hash = 0, GENESIS
        for parts in _walk(db, gate_id):
            seq += 1
            fault = _fault(parts, seq, last_hash)
            if fault is not None:
                row = parts.core
                return Broken(gate_id, seq, str(row["entry_id"]), fault, str(row["occurred_at"]))
            last_hash = str(parts.core["hash"])
            erased += parts.name_erased or parts.health_erased
            if seq % _BATCH == 0:
                told(rows + seq)
        rows += seq
        last_hashes.append(last_hash)
    return _stray(db) or Proved(rows, joint_fingerprint(last_hashes), erased)


def _gates(db: Database) -> list[str]:
    """The gates, each found by one step in the index."""
    return [
        row[0]
        for row in db.execute(
            "WITH RECURSIVE gate (id) AS (SELECT min(gate_id) FROM log_entry UNION ALL"
            " SELECT (SELECT min(gate_id) FROM log_entry WHERE gate_id > gate.id) FROM gate"
            " WHERE gate.id IS NOT NULL) SELECT id FROM gate WHERE id IS NOT NULL"
        ).fetchall()
    ]


def _walk(db: Database, gate_id: str) -> Iterator[Parts]:
    last = 0
    while True:
        batch = db.execute(
            f"{SELECT} WHERE e.gate_id = ? AND e.seq > ? ORDER BY e.seq LIMIT {_BATCH}",
            [gate_id, last],
        ).fetchall()
        if not batch:
            return
        for values in batch:
            yield Parts(values)
        last = int(Parts(batch[-1]).core["seq"] or 0)


def _fault(parts: Parts, seq: int, last_hash: str) -> Fault | None:
    row = parts.core
    checks = (
        (Fault.GAP, row["seq"] == seq),
        (Fault.PREVIOUS_HASH, row["previous_hash"] == last_hash),
        (Fault.HASH, row["hash"] == link(last_hash, hashed(row))),
        (Fault.IDENTITY, _kept(row["identity_commitment"], parts.identity_salt, parts.identity)),
        (Fault.HEALTH, _kept(row["health_commitment"], parts.health_salt, parts.health)),
    )
    return next((fault for fault, sound in checks if not sound), None)


def _kept(committed: str | int | None, salt: object, content: Row | None) -> bool:
    """Whether the content is the one that was committed to, or was erased."""
    if content is None:
        return True
    return isinstance(salt, bytes) and committed == commitment(salt, content)


def _stray(db: Database) -> Broken | None:
    """Personal data moved to an entry that never was."""
    for table, fault in (("entry_identity", Fault.IDENTITY), ("entry_health", Fault.HEALTH)):
        found = db.execute(
            f"SELECT entry_id FROM {table} AS t WHERE NOT EXISTS"  # noqa: S608 - our own tables
            " (SELECT 1 FROM log_entry AS e WHERE e.entry_id = t.entry_id) LIMIT 1"
        ).fetchone()
        if found is not None:
            return Broken("", 0, str(found[0]), fault)
    return None
