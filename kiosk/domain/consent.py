"""What people are asked to agree to, and what they said: one answer a purpose, never assumed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Purpose(StrEnum):
    """What personal data is kept for. Stored: a value is never renamed."""

    VISIT = "visit"  # this visit's entry and declaration
    REMEMBERED = "remembered"  # being found by name next time; no, or no answer, shuts nobody out


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer of one person, as it has to be proved later.

    Attributes:
        asked_at: when, aware, UTC.
        purpose: what for.
        given: yes or no.
        text: the version of the text that was shown.
        language: the language it was shown in.
        said_by: who answered where it was not the person, else "".
        officer: who asked.
    """

    asked_at: datetime
    purpose: Purpose
    given: bool
    text: str
    language: str
    said_by: str
    officer: str
