"""A staff list beside the directory: who is new, who changed, who needs a card; then the cards."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique

from kiosk.domain.person import Person, fold, may_be_same, names_agree
from kiosk.domain.refresh import refreshed
from kiosk.domain.staff import Post
from kiosk.ports.directory import Directory
from kiosk.ports.staff import Member, Staff
from kiosk.services.issuing import Issuing, Minted
from kiosk.services.staff_list import Finding, Remark, StaffLine, StaffList


@unique
class Change(StrEnum):
    """What an import does with a line."""

    NEW = "new"  # not staff yet: kept, with a card
    CHANGED = "changed"  # what the card shows has changed: a new card
    NO_CARD = "no_card"  # as kept, and without a card in force: a card
    UPDATED = "updated"  # something that the card does not show has changed
    SAME = "same"
    REISSUE = "reissue"  # as kept: a new card because that was asked for


CARD = frozenset({Change.NEW, Change.CHANGED, Change.NO_CARD, Change.REISSUE})
"""Who gets a card."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the list, and what is to be done.

    Attributes:
        line: as read, with what the directory says against it.
        change: what an import does; None where the line must be put right first.
        person_id: who it is in the directory, or None.
    """

    line: StaffLine
    change: Change | None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Printable:
    """A card that was issued, with what it shows."""

    minted: Minted
    person: Person
    post: Post


def plan(
    read: StaffList, directory: Directory, staff: Staff, *, reissue: bool = False
) -> tuple[Planned, ...]:
    """What an import would do, line by line. Writes nothing; raises LogbookError."""
    roll = _Roll(staff.members())
    planned = [_planned(line, directory, roll, reissue=reissue) for line in read.lines]
    claimed = Counter(one.person_id for one in planned if one.person_id is not None)
    return tuple(
        _against(one.line, Finding(Remark.SEVERAL, one.line.person.name))
        if one.person_id is not None and claimed[one.person_id] > 1
        else one
        for one in planned
    )


def plan_card(person: Person, post: Post, directory: Directory, staff: Staff) -> Planned:
    """What asking for one card does: it takes the place of the one before.

    A name alone does not tell a colleague of the same name from one who lost a card.
    Writes nothing; raises LogbookError.
    """
    line, roll = StaffLine(1, person, post), _Roll(staff.members())
    told_apart = person.id_number or post.number
    if not told_apart and any(_may_be_another(m, post) for m in roll.of_name(person.name)):
        return _against(line, Finding(Remark.SEVERAL, person.name))
    return _planned(line, directory, roll, reissue=True)


def _may_be_another(namesake: Member, post: Post) -> bool:
    return bool(namesake.post.number or (namesake.post.unit and not post.unit))


def absent(planned: Sequence[Planned], staff: Staff) -> tuple[Member, ...]:
    """Who holds a card and does not stand in the list: perhaps they left."""
    listed = {one.person_id for one in planned}
    return tuple(m for m in staff.members() if m.has_card and m.known.person_id not in listed)


def carry_out(
    planned: Sequence[Planned],
    issuing: Issuing,
    deliver: Callable[[tuple[Printable, ...]], None],
) -> tuple[Printable, ...]:
    """Keep everybody, issue their cards and print them: all, or where something fails nothing.

    Args:
        planned: what `plan` said.
        issuing: the file.
        deliver: prints the cards, if there are any; what it raises takes everything back, so
            that nobody's old card is revoked for one that was never printed.

    Raises:
        ValueError: where a line must be put right first.
        LogbookError: where nothing can be written.
    """
    if any(one.change is None for one in planned):
        detail = "a list with mistakes is not taken"
        raise ValueError(detail)
    printable = []
    with issuing.together():
        for one in planned:
            person, post = one.line.person, one.line.post
            if one.change in CARD:
                minted = issuing.staff_card(person, post, one.person_id)
                printable.append(Printable(minted, person, post))
            elif one.change is Change.UPDATED:
                issuing.employ(person, post, one.person_id)
        if printable:
            deliver(tuple(printable))
    return tuple(printable)


class _Roll:
    """The members of staff, found by number or by name."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_number = {m.post.number: m for m in members if m.post.number}
        self._by_person = {m.known.person_id: m for m in members}
        self._by_name: dict[str, list[Member]] = {}
        for member in members:
            self._by_name.setdefault(fold(member.known.person.name), []).append(member)

    def numbered(self, number: str) -> Member | None:
        return self._by_number.get(number)

    def member(self, person_id: str) -> Member | None:
        return self._by_person.get(person_id)

    def of_name(self, name: str) -> Sequence[Member]:
        return self._by_name.get(fold(name), ())

    def named(self, line: StaffLine) -> list[Member]:
        """The members whom this line may mean; no number of theirs contradicts it."""
        return [m for m in self.of_name(line.person.name) if _meant(line, m)]


def _meant(line: StaffLine, member: Member) -> bool:
    """Whether a line without a number that is known may be about this member of its name."""
    said, kept = line.person, member.known.person
    if not _spelt_alike(said.name, kept.name):
        return False
    numbers = ((said.id_number, kept.id_number), (line.post.number, member.post.number))
    if any(one and other and one != other for one, other in numbers):
        return False
    if said.birth_date and kept.birth_date:
        return said.birth_date == kept.birth_date
    if said.birth_year and kept.birth_year:
        return said.birth_year == kept.birth_year
    return may_be_same(said, kept) or fold(line.post.unit) == fold(member.post.unit)


def _spelt_alike(one: str, other: str) -> bool:
    """Whether marks do not tell two names apart: "Hà" is not "Hạ", "HA" may be either."""
    marked = [unicodedata.normalize("NFC", " ".join(n.casefold().split())) for n in (one, other)]
    return marked[0] == marked[1] or any(name.isascii() for name in marked)


def _planned(line: StaffLine, directory: Directory, roll: _Roll, *, reissue: bool) -> Planned:
    person, post = line.person, line.post
    known = directory.find_person(person.id_number) if person.id_number else None
    if known is not None and not names_agree(known.person.name, person.name):
        return _against(line, Finding(Remark.OTHERS_ID_NUMBER, person.id_number))
    numbered = roll.numbered(post.number) if post.number else None
    if numbered is not None:
        other = known is not None and known.person_id != numbered.known.person_id
        if other or not names_agree(numbered.known.person.name, person.name):
            return _against(line, Finding(Remark.OTHERS_STAFF_NUMBER, post.number))
    if line.is_wrong:
        return Planned(line, None)
    member = roll.member(known.person_id) if known else numbered
    if known is None and member is None:
        found = roll.named(line)
        if len(found) > 1:
            return _against(line, Finding(Remark.SEVERAL, person.name))
        member = found[0] if found else None
    if member is None:
        return Planned(line, Change.NEW, known.person_id if known else None)
    line = replace(line, post=post.over(member.post))
    return Planned(line, _change(line, member, reissue=reissue), member.known.person_id)


def _against(line: StaffLine, finding: Finding) -> Planned:
    return Planned(replace(line, findings=(*line.findings, finding)), None)


def _change(line: StaffLine, member: Member, *, reissue: bool) -> Change:
    kept = member.known.person
    now = refreshed(kept, line.person)
    if (now.name, line.post) != (kept.name, member.post):
        return Change.CHANGED
    if not member.has_card:
        return Change.NO_CARD
    if reissue:
        return Change.REISSUE
    return Change.SAME if now == kept else Change.UPDATED
