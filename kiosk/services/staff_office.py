"""The staff at the desk: a list is looked at and kept, cards are issued anew, codes taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.payload.issued import SCHEMES
from kiosk.domain.person import fold
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, KnownCredential
from kiosk.ports.staff import Member, Staff
from kiosk.services.issuing import Issuing
from kiosk.services.staff_import import Planned, Printable, absent, carry_out, plan
from kiosk.services.staff_list import StaffList, read_staff_list


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list says, and what keeping it does.

    Attributes:
        read: the list.
        planned: line by line.
        absent: names of those who hold a card and do not stand in it.
    """

    read: StaffList
    planned: tuple[Planned, ...]
    absent: tuple[str, ...]

    @property
    def wrong(self) -> int:
        """How many lines must be put right first; with one nothing is kept."""
        return sum(one.change is None for one in self.planned)


@dataclass(frozen=True, slots=True)
class Holder:
    """What may be taken back.

    Attributes:
        name: whose it is; "" while it is nobody's.
        code: a code of this office, or None for the card of `member`.
        credential: the code's, or None.
        member: of staff, or None.
    """

    name: str
    code: str = ""
    credential: KnownCredential | None = None
    member: Member | None = None


class StaffOffice:
    """What the desk asks for about staff and codes.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(
        self,
        directory: Directory,
        staff: Staff,
        issuing: Issuing,
        units: Sequence[str],
        clock: Clock,
    ) -> None:
        self._directory = directory
        self._staff = staff
        self._issuing = issuing
        self._units = units
        self._clock = clock

    def look_at(self, rows: Sequence[Sequence[str]]) -> Preview | None:
        """What keeping this list would do; None where it has no heading for names, or nobody.

        Args:
            rows: the cells of the table, not trusted.
        """
        today = self._clock.now().astimezone(self._clock.zone()).date()
        read = read_staff_list(rows, today, self._units)
        if read is None or not read.lines:
            return None
        planned = plan(read, self._directory, self._staff)
        left = tuple(member.known.person.name for member in absent(planned, self._staff))
        return Preview(read, planned, left)

    def keep(self, planned: Sequence[Planned]) -> tuple[Printable, ...]:
        """Keep everybody; the cards that are to be printed.

        Raises ValueError where a line must be put right first.
        """
        return carry_out(planned, self._issuing, lambda _cards: None)

    def members(self) -> tuple[Member, ...]:
        """Everybody of staff."""
        return self._staff.members()

    def card_anew(self, member: Member) -> Printable:
        """A new card; the one before serves no more."""
        person, post, now = member.known.person, member.post, self._as_now(member)
        minted = self._issuing.staff_card(person, post, now.known.person_id if now else None)
        return Printable(minted, person, post)

    def holders(self, typed: str) -> tuple[Holder, ...]:
        """What may be meant: one of our codes in force, or the card of a member of staff."""
        code = "".join(typed.split()).upper()
        known = self._directory.find(code)
        if known is not None and known.scheme in SCHEMES.values():
            holder = Holder(known.holder.person.name, code, known)
            return () if known.revoked else (holder,)
        with_card = [member for member in self._staff.members() if member.has_card]
        found = meant(typed, with_card)
        return tuple(Holder(one.known.person.name, member=one) for one in found)

    def take_back(self, holder: Holder) -> bool:
        """It serves no more; False where it does not since it was looked up."""
        if holder.member is None:
            return self._issuing.revoke(holder.code) is not None
        now = self._as_now(holder.member)
        return now is not None and self._issuing.revoke_staff_card(now.known.person_id)

    def _as_now(self, member: Member) -> Member | None:
        """The same one today: ids are renewed when old entries are cut off (`Kind.LINK`)."""
        said = (member.known.person, member.post)
        found = [one for one in self._staff.members() if (one.known.person, one.post) == said]
        same_id = (one for one in found if one.known.person_id == member.known.person_id)
        return next(same_id, found[0] if len(found) == 1 else None)


def meant(typed: str, members: Sequence[Member]) -> list[Member]:
    """Whom a staff number means, or else a name, diacritics aside."""
    number = typed.strip().upper()
    found = [one for one in members if one.post.number and one.post.number == number]
    return found or [one for one in members if fold(one.known.person.name) == fold(typed)]
