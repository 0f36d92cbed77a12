"""Entries of the log, the visits that follow from them, and who is inside."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Destination


@unique
class Direction(StrEnum):
    """Through the gate."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who passed and where to: the part of an entry that is erased after the identity period.

    Attributes:
        person, kind, destination: who it was, and where they went.
        own_reason: why they were turned away, in the receptionist's words, or "": such words may
            name somebody, or tell of their health, and go when the name goes.
    """

    person: Person
    kind: PersonKind
    destination: Destination
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before the log has given it its place.

    Attributes:
        entry_id: made at this desk, sorts by time (`new_id`).
        occurred_at: aware, UTC, milliseconds.
        direction: in or out; a correction keeps that of the entry it corrects.
        verdict: of an arrival; None for departures and corrections.
        reason: stable code.
        visit_id: ties arrival, departure and corrections together; after a rest there are two
            arrivals, one for each reading.
        person_id, credential_id: random ids of the directory, or None.
        scheme: what was shown.
        rules_version: the rule card in force.
        officer: who sat at the desk, as the settings name them.
        corrects: the entry that this one reverses, or None.
        identity, health: the erasable parts, or None.
        noted_at: when it was entered, where that was later: then `occurred_at` is what somebody
            wrote by hand or remembers. None where it was entered as it happened.
    """

    entry_id: str
    occurred_at: datetime
    direction: Direction
    verdict: Verdict | None
    reason: Reason
    visit_id: str
    person_id: str | None
    credential_id: str | None
    scheme: Scheme
    rules_version: str
    officer: str
    corrects: str | None = None
    identity: Identity | None = None
    health: Checklist | None = None
    noted_at: datetime | None = None

    @property
    def written_at(self) -> datetime:
        """When it was entered, by the desk's own clock."""
        return self.noted_at or self.occurred_at

    @property
    def tells_of_passing(self) -> bool:
        """Whether somebody came or left: neither a correction nor a consent that is taken back."""
        return self.corrects is None and self.reason is not Reason.CONSENT_TAKEN_BACK


@dataclass(frozen=True, slots=True)
class Entry:
    """One immutable line of the log.

    Attributes:
        draft: what was appended.
        gate_id: the control point.
        seq: counts from 1 without gaps at its gate.
        hash: hex SHA-256 over this line and the hash before it.
        name_erased, health_erased: whether that part was there, and was erased by rule.
    """

    draft: Draft
    gate_id: str
    seq: int
    hash: str
    name_erased: bool = False
    health_erased: bool = False

    @property
    def names_somebody(self) -> bool:
        """Whether it was known who it is; a code that named nobody is refused without a name."""
        return self.draft.identity is not None or self.name_erased


@unique
class Closing(StrEnum):
    """How a visit ended."""

    DEPARTURE = "departure"
    UNSEEN = "unseen"  # nobody saw them leave; the time of the closing entry says nothing

    @classmethod
    def by(cls, departure: Entry) -> "Closing":
        """How this entry closed its visit."""
        return cls.UNSEEN if departure.draft.reason is Reason.NOT_CHECKED_OUT else cls.DEPARTURE


@dataclass(frozen=True, slots=True)
class Visit:
    """Arrival to departure, as the entries tell it.

    Attributes:
        arrival: the entry that opened it; a refusal is a visit that never began. Of whoever was
            put aside to rest it is that of the second reading, which decides.
        departure: the entry that closed it, or None.
    """

    arrival: Entry
    departure: Entry | None = None
    closing: Closing | None = None

    @property
    def inside(self) -> bool:
        """Admitted and not left."""
        return self.arrival.draft.verdict is Verdict.ADMIT and self.departure is None

    @property
    def entered_later(self) -> bool:
        """Whether one of its times was entered afterwards, by hand."""
        entries = (self.arrival, self.departure)
        return any(entry is not None and entry.draft.noted_at is not None for entry in entries)


@dataclass(frozen=True, slots=True)
class Undone:
    """A line by which somebody came or left, and that was reversed: it counts for nothing.

    What was put right is none: another arrival stands in its place.

    Attributes:
        line: the arrival or departure.
        by: the entry that reversed it, with reason and time.
        arrival: what the visit began with, for its name; of an arrival the line itself.
    """

    line: Entry
    by: Entry
    arrival: Entry


def visits(entries: Iterable[Entry]) -> tuple[Visit, ...]:
    """The visits that follow from `entries`, `in_order`; what was undone is gone.

    Somebody who is measured again after a rest came once: of the arrivals of a visit the newest
    one that stands tells of it.
    """
    undone = set()
    arrivals: dict[str, Entry] = {}
    departures: dict[str, Entry] = {}
    kept = list(entries)
    for entry in kept:
        if entry.draft.corrects is not None:
            undone.add(entry.draft.corrects)
    for entry in kept:
        draft = entry.draft
        if not draft.tells_of_passing or draft.entry_id in undone:
            continue
        if draft.direction is Direction.IN:
            arrivals.pop(draft.visit_id, None)  # it stands where the newest one was written
            arrivals[draft.visit_id] = entry
        else:
            departures.setdefault(draft.visit_id, entry)
    return in_order(
        [
            Visit(arrival, left := departures.get(visit_id), Closing.by(left) if left else None)
            for visit_id, arrival in arrivals.items()
        ]
    )


def in_order(found: Sequence[Visit]) -> tuple[Visit, ...]:
    """Visits in order of their log, those entered later put where their time belongs.

    The log's own order is kept, whatever its times say: clocks are set back.
    """
    later = deque(
        sorted(
            (visit for visit in found if visit.arrival.draft.noted_at is not None),
            key=lambda visit: visit.arrival.draft.occurred_at,
        )
    )
    ordered: list[Visit] = []
    for visit in found:
        if visit.arrival.draft.noted_at is not None:
            continue
        while later and later[0].arrival.draft.occurred_at < visit.arrival.draft.occurred_at:
            ordered.append(later.popleft())
        ordered.append(visit)
    return (*ordered, *later)


def of_somebody(found: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits that are counted, on screen and paper: of somebody, let in or not.

    What was refused without a name was a code and nobody's visit.
    """
    return tuple(visit for visit in found if visit.arrival.names_somebody)


def inside(entries: Iterable[Entry]) -> tuple[Visit, ...]:
    """Who is in the building: admitted and not left, longest stay first."""
    return in_order([visit for visit in visits(entries) if visit.inside])


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME_DIGITS, _RANDOM_DIGITS = 10, 16
ID_RANDOM_BYTES = 10


def new_id(at: datetime, random: bytes) -> str:
    """26 characters that sort by time (the form of a ULID: 48 bits of time, 80 of chance).

    Args:
        at: aware time.
        random: ID_RANDOM_BYTES of entropy.
    """
    milliseconds = int(at.timestamp() * 1000)
    value = (milliseconds << 80) | int.from_bytes(random, "big")
    width = _TIME_DIGITS + _RANDOM_DIGITS
    return "".join(_CROCKFORD[value >> 5 * shift & 31] for shift in reversed(range(width)))


def to_text(moment: datetime) -> str:
    """UTC text of fixed width, milliseconds: "2026-11-22T01:12:05.120Z"."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote. Raises ValueError."""
    return datetime.fromisoformat(text)
