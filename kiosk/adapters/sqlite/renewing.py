"""Gives somebody who stays in the directory another id: old entries lead to nobody any more."""

# ruff: noqa: S608 - SQL is put together from names of our own tables and columns only

import secrets

from sqlite_utils import Database

PEOPLE = ("person", "credential", "declaration", "consent", "remembered", "staff", "former_id")
"""What is kept of somebody beside the log."""

NAMED = """EXISTS (SELECT 1 FROM log_entry AS e JOIN entry_identity AS i USING (entry_id)
    WHERE e.person_id = {})"""
"""Whether an entry under this id still has its name."""


def renew_id(db: Database, person_id: str) -> None:
    """Another id in the directory: the log's one leads to nobody once its last name is gone.

    Until then those names tell whose the entries are in any case, and they are still found.
    """
    new = secrets.token_hex(16)
    db.execute("PRAGMA defer_foreign_keys = ON")  # until this transaction ends
    for table in PEOPLE:
        db.execute(
            f"UPDATE {table} SET person_id = ? WHERE person_id = ?",
            [new, person_id],
        )
    db.execute(
        "INSERT INTO former_id (former_id, person_id)"
        f" SELECT :old, :new WHERE {NAMED.format(':old')}",
        {"old": person_id, "new": new},
    )
    # a slip of paper has served where its entry says so, and is erased together with that
    held = db.execute(
        "SELECT credential_id FROM credential WHERE person_id = ? AND kind <> 'emergency_slip'",
        [new],
    ).fetchall()
    for (credential_id,) in held:
        db.execute(
            "UPDATE print_job SET credential_id = NULL WHERE credential_id = ?",
            [credential_id],
        )
        db.execute(
            "UPDATE credential SET credential_id = ? WHERE credential_id = ?",
            [secrets.token_hex(16), credential_id],
        )
