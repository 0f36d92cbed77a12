"""What makes the log provable: commitments to what may be erased, and the chain over all rows.

A commitment is SHA-256 over a random salt and the content. It stays when salt and content are
erased by law, so the chain of 2026 can be checked in 2030 when every name is long gone.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

GENESIS = "0" * 64
"""The hash before the first entry of a gate."""

SALT_BYTES = 16

Content = dict[str, str | int | None]
"""What is hashed: names of columns and their values."""


_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: Content) -> bytes:
    """One spelling for one content: JSON, sorted keys, no spaces, UTF-8."""
    return _SPELLING.encode(content).encode("utf-8")


def commitment(salt: bytes, content: Content) -> str:
    """Hex SHA-256 over `salt` and the canonical spelling of `content`."""
    return hashlib.sha256(salt + canonical(content)).hexdigest()


def link(previous_hash: str, row: Content) -> str:
    """Hex SHA-256 over the hash before and the canonical spelling of `row`."""
    return hashlib.sha256(previous_hash.encode("ascii") + canonical(row)).hexdigest()


def fingerprint(last_hash: str) -> str:
    """The last hash, short enough to be signed on paper: "3F9A-0C1B-77D2-E4A8"."""
    groups = (last_hash[at : at + 4] for at in range(0, 16, 4))
    return "-".join(groups).upper()


def joint_fingerprint(last_hashes: Sequence[str]) -> str:
    """The fingerprint of a file that holds one chain (as `fingerprint`) or several gates' chains.

    Args:
        last_hashes: the last hash of each gate, in order of the gates' ids; empty for no entries.
    """
    if not last_hashes:
        return ""
    if len(last_hashes) == 1:
        return fingerprint(last_hashes[0])
    return fingerprint(hashlib.sha256("".join(last_hashes).encode("ascii")).hexdigest())


def typed_fingerprint(typed: str) -> str:
    """A fingerprint that was typed from paper as `fingerprint` writes it; "" where it is none.

    >>> typed_fingerprint("3f9a0c1b 77d2-e4a8 ")
    '3F9A-0C1B-77D2-E4A8'
    """
    bare = "".join(typed.replace("-", " ").split()).lower()
    return fingerprint(bare) if re.fullmatch("[0-9a-f]{16}", bare) else ""


@dataclass(frozen=True, slots=True)
class Signed:
    """The entry after which a paper was printed, by the fingerprint on it.

    Attributes:
        gate_id, seq: which row.
        occurred_at: as it stands in the file.
    """

    gate_id: str
    seq: int
    occurred_at: str


@unique
class Fault(StrEnum):
    """In what way a row is not as it was written."""

    GAP = "gap"  # the row of this number is missing
    HASH = "hash"  # a column of the row was changed
    PREVIOUS_HASH = "previous_hash"  # it does not follow from the row before
    IDENTITY = "identity"  # the identity kept for it is another one
    HEALTH = "health"  # the health data kept for it are others


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written.

    Attributes:
        gate_id, seq: which row; "" and 0 for personal data that belong to no row.
        entry_id, occurred_at: as they stand in the file; after a gap, those of the row that is
            there instead.
        fault: in what way.
    """

    gate_id: str
    seq: int
    entry_id: str
    fault: Fault
    occurred_at: str = ""


@dataclass(frozen=True, slots=True)
class Proved:
    """Every row is as it was written.

    Attributes:
        rows: how many were checked.
        fingerprint: of the whole file; empty for an empty log.
        erased: how many of them no longer say who or how it was: by rule, or as was asked.
    """

    rows: int
    fingerprint: str
    erased: int = 0
