"""Who stands at the desk, as far as the credential, the directory and the log can tell."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, unique

from kiosk.domain.credential import Credential
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination


@unique
class Standing(StrEnum):
    """What a credential is worth at this moment."""

    RECOGNISED = "recognised"
    UNKNOWN = "unknown"
    FORGED = "forged"
    ALTERED = "altered"  # a code of ours in which something was changed
    OTHER_DAY = "other_day"
    NOT_YET = "not_yet"
    OVER = "over"
    REVOKED = "revoked"
    UNASSIGNED = "unassigned"  # an emergency slip whose holder was not written down yet
    ENTERED = "entered"  # an emergency slip that was entered earlier today, and is over
    USED = "used"
    BROKEN = "broken"  # a certificate whose signature or content is not whole
    PARTIAL = "partial"  # one symbol of several; the others are still to be shown
    NOT_FOUND = "not_found"  # a code of ours that this desk never issued
    MISTYPED = "mistyped"  # typed by hand, and nobody's: most likely a slip of the finger


@dataclass(frozen=True, slots=True)
class Presence:
    """An open visit.

    Attributes:
        visit_id: the visit that a departure would close.
        since: when it began, UTC.
        recent: so short ago that the same code may be shown by mistake; then departure is asked.
        overnight: nothing may be assumed (since an earlier day: the departure was most likely
            forgotten), so it is asked whether the person arrives or leaves.
    """

    visit_id: str
    since: datetime
    recent: bool
    overnight: bool = False


@dataclass(frozen=True, slots=True)
class Rested:
    """Who was put aside today after a high reading, to rest; the second one decides.

    Attributes:
        seen: the checklist as it was then, with one reading.
        destination: as it was said then.
        since: when that was, UTC.
        visit_id: of that entry; whatever comes of the second reading is of the same visit.
    """

    seen: Checklist
    destination: Destination
    since: datetime
    visit_id: str


@dataclass(frozen=True, slots=True)
class SentAway:
    """Who was refused or referred earlier today, and was not let in since.

    Attributes:
        at: when, UTC.
        referred: to the health officer; else refused.
        reason: why, the stable code of a Reason.
        reading: the one that was taken last, tenths of a degree Celsius; None where there is
            none, or it is no longer kept.
        by_fever: whether that reading was the reason.
        own_reason: why, in the receptionist's own words, or "".
    """

    at: datetime
    referred: bool
    reason: str
    reading: int | None = None
    by_fever: bool = False
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """One scan, after the directory and the log were asked.

    Attributes:
        credential: what was shown.
        standing: what it is worth.
        person: whom it names; None where it identifies nobody.
        person_id: random id in the directory, None where nobody is identified.
        credential_id: random id of this credential, None where nobody is identified.
        kind: staff or visitor.
        presence: the open visit where the person is inside.
        declared: today's declaration where one was taken by form.
        visits_before: how often this person was admitted before.
        destination: what is offered: the form's, or that of the last visit.
        slip_day: the day for which a code of ours was issued, or its last one where it is over.
        slip_number: its short number.
        last_here: when this person was admitted the last time, UTC.
        just_left: whether this person left a moment ago, and still holds a code up.
        noted_at: when a slip that is ENTERED was, UTC.
        rested: the high reading of today after which the second one is still to be taken.
        sent_away: what became of this person earlier today, where they were not let in.
        likely: who this may be; offered to the receptionist, never assumed.
        tied: the receptionist has said so: from now on this credential is this person's.
    """

    credential: Credential
    standing: Standing
    person: Person | None = None
    person_id: str | None = None
    credential_id: str | None = None
    kind: PersonKind = PersonKind.VISITOR
    presence: Presence | None = None
    declared: Declared = Declared.NOT_YET
    visits_before: int = 0
    destination: Destination = NOWHERE
    slip_day: date | None = None
    slip_number: str = ""
    last_here: datetime | None = None
    just_left: bool = False
    noted_at: datetime | None = None
    rested: Rested | None = None
    sent_away: SentAway | None = None
    likely: "Likely | None" = None
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody known by another credential who may be the same person.

    Attributes:
        known: what the directory says of them.
        then: who stands at the desk if they are the same.
    """

    known: Person
    then: Recognised
