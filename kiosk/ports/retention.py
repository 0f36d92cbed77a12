"""Erases what is over, without a trace on the disk; the log stays whole and provable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.consent import Consent
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.retention import Kind, Promise, Trust


@dataclass(frozen=True, slots=True)
class Over:
    """What is over.

    Attributes:
        before: what was written before is, local: codes serve on days of the desk.
        now: the time, aware; what claims to be later is judged by its place in the log.
        inside: the visits that last; nothing of them is erased.
    """

    before: datetime
    now: datetime
    inside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Erased:
    """So many rows of a kind were erased on a local day, by a rule ("keep_days=30", "asked")."""

    day: date
    kind: str
    rule: str
    rows: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How the erasing stands.

    Attributes:
        ran_at: when it was last done to the end; None for never.
        trust: what is thought of the clock.
        oldest: of each kind that is still there, when the oldest was written.
        erased: what was erased so far, newest first.
    """

    ran_at: datetime | None
    trust: Trust
    oldest: Mapping[Kind, datetime]
    erased: Sequence[Erased]


@dataclass(frozen=True, slots=True)
class Traces:
    """What is kept of one person.

    Attributes:
        person_id: random id in directory and log; "" where the log alone knows them.
        person: as last described.
        kind: staff or visitor.
        entry_ids: entries that name them.
        first, last: when the first and the last of these was written; None without any.
        proofs: how often an answer of theirs is kept as proof.
        inside: whether they are in the building.
    """

    person_id: str
    person: Person
    kind: PersonKind
    entry_ids: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    proofs: int
    inside: bool


class Eraser(Protocol):
    """Raises ports.logbook.LogbookError when it cannot read or write."""

    def newest(self) -> datetime | None:
        """When the newest entry of the log was written; None for an empty log."""

    def kept(self) -> Kept:
        """How it stands."""

    def trust(self) -> Trust:
        """What was thought of the clock."""

    def keep_trust(self, trust: Trust) -> None:
        """Remember what is thought of the clock."""

    def begin(self) -> None:
        """A day's erasing begins."""

    def promises(self) -> Sequence[Promise]:
        """How many days visitors were told, the first first."""

    def promise(self, new: Promise) -> None:
        """Visitors are told another number of days."""

    def count(self, kind: Kind, over: Over) -> int:
        """How many rows of this kind are over."""

    def erase(self, kind: Kind, over: Over, day: date, rule: str, most: int) -> int:
        """Erase up to `most` rows of this kind that are over; how many were.

        They are gone together, and the log of erasures says so, or all of them are still there.
        """

    def settle(self) -> bool:
        """Clear a part of the disk of what was erased; whether there is more to clear."""

    def done(self, at: datetime) -> None:
        """All that was over is gone."""

    def traces(
        self, numbers: Sequence[str], name: str, inside: frozenset[str]
    ) -> Sequence[Traces]:
        """Everybody with one of these numbers (document, insurance, phone) and this whole name.

        Args:
            numbers: how one number may be kept; empty for any.
            name: diacritics and case do not matter; "" for any.
            inside: the visits that last.
        """

    def proofs(self, numbers: Sequence[str], name: str, born: int | None) -> Sequence[Consent]:
        """What somebody who is erased once answered, found by a number or by name and year."""

    def forget(self, found: Traces, day: date) -> int:
        """Erase identity and health of these entries and the person; how many rows were."""
