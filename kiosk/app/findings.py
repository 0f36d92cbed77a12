"""What the doctor finds: a part, a sign, and words for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique


@unique
class Sign(StrEnum):
    """How it stands; only a fault keeps the desk from working as it should."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor.

    Attributes:
        part: what was looked at, key of its name: "doctor.part.<part>".
        sign: how it stands.
        key: of the sentence.
        values: what the sentence names.
    """

    part: str
    sign: Sign
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def ok(part: str, key: str, **values: object) -> Finding:
    """All is well."""
    return Finding(part, Sign.OK, key, values)


def note(part: str, key: str, **values: object) -> Finding:
    """The desk works, but somebody should know."""
    return Finding(part, Sign.NOTE, key, values)


def fault(part: str, key: str, **values: object) -> Finding:
    """Something must be put right."""
    return Finding(part, Sign.FAULT, key, values)
