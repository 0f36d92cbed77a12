"""Mints staff cards, invitations and emergency slips, keeps them, and takes them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from kiosk.domain import issued
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.payload.issued import SCHEMES
from kiosk.domain.person import Person
from kiosk.domain.screening import NOWHERE, Destination
from kiosk.domain.staff import Post
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Issue, Known, KnownCredential
from kiosk.ports.logbook import LogbookError, Trouble
from kiosk.ports.staff import Staff
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
        destination: where it leads, if that was said.
    """

    code: str
    scheme: Scheme
    day: date
    until: date | None = None
    number: str = ""
    name: str = ""
    destination: Destination = NOWHERE


class Issuing:
    """What this office issues beside the slips of the desk.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(
        self, directory: Directory, staff: Staff, clock: Clock, entropy: Entropy, key: bytes
    ) -> None:
        self._directory = directory
        self._staff = staff
        self._clock = clock
        self._entropy = entropy
        self._key = key

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is issued within is kept, or, where something fails, nothing."""
        with self._directory.together():
            yield

    def employ(self, person: Person, post: Post, person_id: str | None = None) -> Known:
        """Keep somebody as staff, without a card; who they are in the directory."""
        with self._directory.together():
            holder = self._directory.add(person, self._clock.now(), person_id)
            self._staff.employ(holder.person_id, post)
            return holder

    def staff_card(
        self, person: Person, post: Post | None = None, person_id: str | None = None
    ) -> Minted:
        """A card of a member of staff, until it is revoked. It revokes the one before.

        Args:
            person: who.
            post: where they work.
            person_id: who it is in the directory, where that is known.
        """
        post = post or Post()
        with self._directory.together():
            holder = self.employ(person, post, person_id)
            now = self._clock.now()
            self._directory.revoke_all(holder.person_id, Scheme.STAFF_CARD, now)
            there = Destination(unit=post.unit)
            return self._keep(IssuedKind.STAFF_CARD, holder, (self._today(), None), to=there)

    def invitation(
        self, person: Person, first: date, last: date, destination: Destination = NOWHERE
    ) -> Minted:
        """An invitation for the days from `first` to `last`.

        At the desk it fills in the destination, and whoever it names comes in with it: it is no
        visit of its own.

        Raises ValueError where the days are out of order, or no code holds the first.
        """
        if last < first:
            detail = f"{last} is before {first}"
            raise ValueError(detail)
        with self._directory.together():
            holder = self._directory.add(person, self._clock.now())
            return self._keep(IssuedKind.INVITATION, holder, (first, last), to=destination)

    def emergency_slips(self, count: int) -> tuple[Minted, ...]:
        """So many numbered slips of nobody yet, for the morning when the computer is dead."""
        with self._directory.together():
            return tuple(self._emergency_slip() for _ in range(count))

    def revoke(self, code: str) -> KnownCredential | None:
        """Take a code back; None where it is none that was issued here."""
        return self._directory.revoke("".join(code.split()).upper(), self._clock.now())

    def revoke_staff_card(self, person_id: str) -> bool:
        """Take back the card of a member of staff, who need not hand it in; False without one."""
        return self._directory.revoke_all(person_id, Scheme.STAFF_CARD, self._clock.now()) > 0

    def _emergency_slip(self) -> Minted:
        today = self._today()
        number = issued.short_number(today, self._directory.slips_on(today) + 1, self._key)
        nobody = self._directory.add(Person(""), self._clock.now())
        return self._keep(IssuedKind.EMERGENCY_SLIP, nobody, (today, None), number)

    def _keep(
        self,
        kind: IssuedKind,
        holder: Known,
        days: tuple[date, date | None],
        number: str = "",
        to: Destination = NOWHERE,
    ) -> Minted:
        first, last = days
        code = issued.mint(kind, first, self._entropy(issued.RANDOM_BYTES), self._key)
        scheme = SCHEMES[kind]
        new = Issue(scheme, code, first, last, number, to)
        self._directory.issue(new, holder, self._clock.now())
        return Minted(code, scheme, first, last, number, holder.person.name, to)

    def _today(self) -> date:
        return day_for_codes(self._clock)


def day_for_codes(clock: Clock) -> date:
    """The local day. Raises LogbookError where no code can say it: the clock must be wrong."""
    today = clock.now().astimezone(clock.zone()).date()
    if not issued.holds(today):
        detail = f"no code holds the day {today}"
        raise LogbookError(detail, Trouble.CLOCK)
    return today
