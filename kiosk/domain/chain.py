"""What makes the log provable: commitments to what may be erased, and the chain over all rows.

A commitment is SHA-256 over a random salt and the content. It stays when salt and content are
erased by law, so the chain of 2026 can be checked in 2030 when every name is long gone.
"""

import hashlib
import json
from dataclasses import dataclass

GENESIS = "0" * 64
"""The hash before the first entry of a gate."""

SALT_BYTES = 16


def canonical(content: dict[str, str | int | None]) -> bytes:
    """One spelling for one content: JSON, sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def commitment(salt: bytes, content: dict[str, str | int | None]) -> str:
    """Hex SHA-256 over `salt` and the canonical spelling of `content`."""
    return hashlib.sha256(salt + canonical(content)).hexdigest()


def link(previous_hash: str, row: dict[str, str | int | None]) -> str:
    """Hex SHA-256 over the hash before and the canonical spelling of `row`."""
    return hashlib.sha256(previous_hash.encode("ascii") + canonical(row)).hexdigest()


def fingerprint(last_hash: str) -> str:
    """The last hash, short enough to be signed on paper: "3F9A-0C1B-77D2-E4A8"."""
    groups = (last_hash[at : at + 4] for at in range(0, 16, 4))
    return "-".join(groups).upper()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written.

    Attributes:
        gate_id, seq: which row.
        entry_id: its id as it stands in the file.
        fault: "gap", "hash", "previous_hash", "identity" or "health".
    """

    gate_id: str
    seq: int
    entry_id: str
    fault: str


@dataclass(frozen=True, slots=True)
class Proved:
    """Every row is as it was written.

    Attributes:
        rows: how many were checked.
        fingerprint: of the last one; empty for an empty log.
    """

    rows: int
    fingerprint: str
