"""People met before and the credentials they showed or were given."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import NOWHERE, Declared, Destination


@dataclass(frozen=True, slots=True)
class Known:
    """A person in the directory.

    Attributes:
        person_id: random id.
        person: what was last said of them.
        kind: staff or visitor.
    """

    person_id: str
    person: Person
    kind: PersonKind


@dataclass(frozen=True, slots=True)
class KnownCredential:
    """A credential that was issued or recognised before.

    Attributes:
        credential_id: random id.
        holder: whose it is.
        scheme: what it is.
        day: the first day on which a code of ours serves, else None.
        number: its short number, else "".
        until: the last day on which it serves; None where it has none.
        revoked: whether it was taken back.
        destination: where it leads: of an invitation whom the guest visits, of staff their unit.
    """

    credential_id: str
    holder: Known
    scheme: Scheme
    day: date | None = None
    number: str = ""
    until: date | None = None
    revoked: bool = False
    destination: Destination = NOWHERE


@dataclass(frozen=True, slots=True)
class Issue:
    """A code of ours that was minted.

    Attributes:
        scheme: what it goes on.
        stable: the code.
        day: the first day on which it serves.
        until: the last one; None where it serves until it is revoked.
        number: short number to be typed, or "".
        destination: where it leads, if that was said.
    """

    scheme: Scheme
    stable: str
    day: date | None = None
    until: date | None = None
    number: str = ""
    destination: Destination = NOWHERE


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration that was taken at the desk.

    Attributes:
        made_at: when, aware, UTC.
        declared: what follows from the answers.
        answers: question code and answer, in the order of the form; health data.
        destination: where the visitor said they go.
        basis: the consent text's version, or the legal basis of the rule card.
    """

    made_at: datetime
    declared: Declared
    answers: tuple[tuple[str, str], ...]
    destination: Destination
    basis: str


MOST_WARDS = 50
"""So many are offered at most."""


class Directory(Protocol):
    """Who is who at this desk. Raises ports.logbook.LogbookError when it cannot read or write."""

    def find(self, stable: str) -> KnownCredential | None:
        """The credential whose stable part this is (looked up by its keyed digest)."""

    def find_number(self, number: str, day: date) -> KnownCredential | None:
        """The slip of that day with this short number, unless it was revoked."""

    def find_emergency_slip(self, number: str) -> KnownCredential | None:
        """The newest emergency slip with this short number, unless it was revoked."""

    def known(self, person_id: str) -> Known | None:
        """Whoever has this id, or had it until old entries were cut off; None for nobody."""

    def find_person(self, number: str) -> Known | None:
        """The person with this document number; the newest of several.

        The former number counts too, and the last ten digits of a health-insurance number.
        """

    def find_alike(self, person: Person, since: datetime, but: str = "") -> Known | None:
        """Somebody who may be the same person (`may_be_same`); the newest of several.

        Args:
            person: as a credential or a form describes them.
            since: a visitor who was asked by a form and did not agree to be remembered is found
                only if they were seen since, or are inside. Nobody else was asked. Whoever took
                their consent back is found only while they are inside, until they agree anew.
            but: a person_id that is not meant.
        """

    def find_namesake(self, person: Person, since: datetime, but: str = "") -> Known | None:
        """The only other person of this name, diacritics aside; None where there are several.

        As in `find_alike`, who did not agree to be remembered is found only if seen since.
        """

    def find_invited(self, person: Person, day: date) -> KnownCredential | None:
        """The newest invitation in force on `day` for somebody of this name."""

    def remember(
        self,
        scheme: Scheme,
        stable: str,
        person: Person,
        at: datetime,
        person_id: str | None = None,
    ) -> KnownCredential:
        """Keep (or refresh) whom this credential names. The same stable part, the same person.

        Args:
            scheme: what was shown.
            stable: its stable part.
            person: what it says.
            at: when.
            person_id: whose it is, where the receptionist has said so.
        """

    def hand_over(self, credential_id: str, person_id: str, at: datetime) -> None:
        """This credential is that person's.

        Whoever held it was the same: all that is kept of them goes to that person.
        """

    def give(self, credential_id: str, person_id: str) -> None:
        """This credential is that person's; whoever held it was somebody else and stays so."""

    def issue(self, new: Issue, holder: Known, at: datetime) -> KnownCredential:
        """Keep a code that was minted for `holder`."""

    def revoke(self, stable: str, at: datetime) -> KnownCredential | None:
        """Take a code of ours back; None where it is not known. Twice is no error."""

    def revoke_all(self, person_id: str, scheme: Scheme, at: datetime) -> int:
        """Take back every code of this kind that the person still holds; how many."""

    def add(self, person: Person, at: datetime, person_id: str | None = None) -> Known:
        """A person from the form: found again by document number and name, otherwise new.

        A number under which another name is kept was mistyped, or its card is somebody else's.

        Args:
            person: as the form describes them.
            at: when.
            person_id: who it is, where that is known.
        """

    def correct(self, person_id: str, person: Person) -> None:
        """What is kept of this person was wrong; it is this. When they were seen stays."""

    def together(self) -> AbstractContextManager[None]:
        """All that is kept within stays, or, where something fails, nothing."""

    def set_kind(self, person_id: str, kind: PersonKind) -> None:
        """Mark as staff or visitor."""

    def slips_on(self, day: date) -> int:
        """The highest count in a short number of that day, or 0; the next is one more.

        Not how many there are: whoever was erased leaves a gap, and no number is given twice.
        """

    def declare(self, person_id: str, declaration: Declaration) -> None:
        """Keep a declaration."""

    def wards(self, province: str) -> Sequence[str]:
        """Wards that visitors have named, of this province or of any for "": most often first.

        Only as long as their declarations are kept, MOST_WARDS at most, and nobody is named.
        """

    def declaration(self, person_id: str, since: datetime) -> Declaration | None:
        """The newest declaration of this person made at or after `since`, or None."""
