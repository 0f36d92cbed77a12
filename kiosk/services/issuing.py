"""Mints staff cards, invitations and emergency slips, keeps them, and takes them back."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain import issued
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.payload.issued import SCHEMES
from kiosk.domain.person import Person, PersonKind
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Issue, Known, KnownCredential
from kiosk.services.reception import Entropy


@dataclass(frozen=True, slots=True)
class Minted:
    """A code that was kept and may be printed.

    Attributes:
        code: what its symbol holds.
        scheme: what it goes on.
        day: the first day on which it serves.
        until: the last one; None where it serves until it is revoked or used.
        number: short number of an emergency slip, else "".
        name: of its holder; "" while it is nobody's.
    """

    code: str
    scheme: Scheme
    day: date
    until: date | None = None
    number: str = ""
    name: str = ""


class Issuing:
    """What this office issues beside the slips of the desk.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, directory: Directory, clock: Clock, entropy: Entropy, key: bytes) -> None:
        self._directory = directory
        self._clock = clock
        self._entropy = entropy
        self._key = key

    def staff_card(self, person: Person) -> Minted:
        """A card of a member of staff, until it is revoked. It revokes the one before."""
        now = self._clock.now()
        with self._directory.together():
            holder = self._directory.add(person, now)
            self._directory.set_kind(holder.person_id, PersonKind.STAFF)
            self._directory.revoke_all(holder.person_id, Scheme.STAFF_CARD, now)
            return self._keep(IssuedKind.STAFF_CARD, holder, self._today(), None)

    def invitation(self, person: Person, first: date, last: date) -> Minted:
        """An invitation for the days from `first` to `last`.

        Raises ValueError where they are out of order, or no code holds the first.
        """
        if last < first:
            detail = f"{last} is before {first}"
            raise ValueError(detail)
        with self._directory.together():
            holder = self._directory.add(person, self._clock.now())
            return self._keep(IssuedKind.INVITATION, holder, first, last)

    def emergency_slips(self, count: int) -> tuple[Minted, ...]:
        """So many numbered slips of nobody yet, for the morning when the computer is dead."""
        with self._directory.together():
            return tuple(self._emergency_slip() for _ in range(count))

    def revoke(self, code: str) -> KnownCredential | None:
        """Take a code back; None where it is none that was issued here."""
        return self._directory.revoke("".join(code.split()).upper(), self._clock.now())

    def _emergency_slip(self) -> Minted:
        today = self._today()
        number = issued.short_number(today, self._directory.slips_on(today) + 1, self._key)
        nobody = self._directory.add(Person(""), self._clock.now())
        return self._keep(IssuedKind.EMERGENCY_SLIP, nobody, today, None, number)

    def _keep(
        self, kind: IssuedKind, holder: Known, first: date, last: date | None, number: str = ""
    ) -> Minted:
        code = issued.mint(kind, first, self._entropy(issued.RANDOM_BYTES), self._key)
        scheme = SCHEMES[kind]
        self._directory.issue(Issue(scheme, code, first, last, number), holder, self._clock.now())
        return Minted(code, scheme, first, last, number, holder.person.name)

    def _today(self) -> date:
        return self._clock.now().astimezone(self._clock.zone()).date()
