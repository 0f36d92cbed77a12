"""What the desk may be doing, what may happen to it, and what is then to be done."""

from dataclasses import dataclass
from enum import StrEnum, unique

from kiosk.domain.admission import Decision, Reason
from kiosk.domain.credential import Scheme
from kiosk.domain.log import Entry
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Presence, Recognised
from kiosk.domain.screening import Checklist, Declared, Destination

# --- what the desk is doing ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nobody is being served."""


@dataclass(frozen=True, slots=True)
class Screening:
    """An arrival; the checklist is being filled in."""

    who: Recognised
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class Remeasure:
    """The first reading was at or over the limit: rest, then a second reading."""

    who: Recognised
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class Recording:
    """Decided; the entry is on its way to the disk and no verdict is shown yet."""

    record: "Record"


@dataclass(frozen=True, slots=True)
class Admitted:
    """The verdict is in the log: come in."""

    who: Recognised
    entry: Entry


@dataclass(frozen=True, slots=True)
class Refused:
    """The verdict is in the log: turned away, or referred to the health officer."""

    who: Recognised
    entry: Entry

    @property
    def rests(self) -> bool:
        """Put aside with a first high reading: no refusal yet, the second one decides."""
        draft = self.entry.draft
        readings = draft.health.readings if draft.health is not None else ()
        return draft.reason is Reason.FEVER and len(readings) == 1


@dataclass(frozen=True, slots=True)
class Departing:
    """Somebody who came in a moment ago shows the code again: leaving, or by mistake?"""

    who: Recognised
    presence: Presence


@dataclass(frozen=True, slots=True)
class StillInside:
    """Inside as far as the log knows, and nothing is assumed: arriving anew, or leaving now?

    Asked where a departure was most likely forgotten, and of an invitation: it is a picture that
    can be sent on, so whoever shows it may be a third one.
    """

    who: Recognised
    presence: Presence

    @property
    def by_another(self) -> bool:
        """Whether somebody else may be showing the code of whoever is inside."""
        return self.who.credential.scheme is Scheme.INVITATION and not self.who.tied


@dataclass(frozen=True, slots=True)
class Departed:
    """The departure is in the log."""

    who: Recognised
    entry: Entry


@unique
class Part(StrEnum):
    """A part without which nobody can be served."""

    LOGBOOK = "logbook"


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The log does not take the entry. Nothing is forgotten: `record` is tried again."""

    part: Part
    record: "Record"


State = (
    Waiting
    | Screening
    | Remeasure
    | Recording
    | Admitted
    | Refused
    | Departing
    | StillInside
    | Departed
    | OutOfOrder
)

# --- what happens to it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scanned:
    """A credential was shown and looked up."""

    who: Recognised


@dataclass(frozen=True, slots=True)
class LookedUpAgain:
    """Whoever is being served, as directory and log tell of them now: something has changed."""

    who: Recognised


@dataclass(frozen=True, slots=True)
class Measured:
    """A temperature was entered, tenths of a degree Celsius."""

    tenths: int


@unique
class Tick(StrEnum):
    """The two ticks of the checklist."""

    MASK = "mask"
    HANDS = "hands"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A tick was set or taken away."""

    tick: Tick


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person said of today's declaration."""

    declared: Declared


@dataclass(frozen=True, slots=True)
class Directed:
    """Whom or which unit the person visits."""

    destination: Destination


@dataclass(frozen=True, slots=True)
class KindSet:
    """The receptionist says that this is staff, or a visitor."""

    kind: PersonKind


@dataclass(frozen=True, slots=True)
class SamePerson:
    """The receptionist says that this is the person who was offered."""


@dataclass(frozen=True, slots=True)
class AnotherPerson:
    """The receptionist says that this is not the person who was offered."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Enter: do what the large button says."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The receptionist refuses, with a reason; `said` where it is in own words."""

    reason: Reason
    said: str = ""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Escape: put this person aside without an entry, or clear the verdict."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The receptionist says that the person leaves."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry is durable."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """The log did not take the entry."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An entry was reversed from the list."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The time that the state was to be shown is over."""


Event = (
    Scanned
    | LookedUpAgain
    | Measured
    | Ticked
    | Answered
    | Directed
    | KindSet
    | SamePerson
    | AnotherPerson
    | Confirmed
    | TurnedAway
    | Dismissed
    | Leaving
    | Recorded
    | RecordFailed
    | Undone
    | TimeUp
)

# --- what is to be done -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordArrival:
    """Append the arrival with its verdict."""

    who: Recognised
    decision: Decision
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class RecordDeparture:
    """Append the departure."""

    who: Recognised
    presence: Presence


Record = RecordArrival | RecordDeparture
Next = tuple[State, Record | None]


def accepts_scans(state: State) -> bool:
    """Scans count only while nobody is being served."""
    return isinstance(state, Waiting | Admitted | Refused | Departed)
