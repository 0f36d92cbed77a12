"""Invitations on paper and as pictures: a code of one's own for each guest, groups included.

A group gets one code for each of its people, not one for all: only so the log knows who of them is
still inside. They come four on a sheet of A4, to be cut out, or as a picture each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.domain.office import Office
from kiosk.domain.screening import RuleCard
from kiosk.ports.document import (
    Align,
    Cards,
    Code,
    Columns,
    Document,
    Line,
    Paper,
    Rule,
    Simple,
    Space,
    Style,
)
from kiosk.ports.words import Say
from kiosk.services.issuing import Minted
from kiosk.services.letterhead import long_date

_SYMBOL_MM = 51.0
_CARD_WIDE_MM, _CARD_HIGH_MM = 95.0, 138.0
"""A6, as far as four of them go between the margins of A4."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited.

    Attributes:
        minted: the code, with days and destination.
        name: of the guest, or of the group they belong to.
        number, count: which one of how many in the group; 1 of 1 for a single guest.
    """

    minted: Minted
    name: str
    number: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Host:
    """Who invites.

    Attributes:
        office: whose invitation it is.
        rules: what a guest will be asked for.
        say: the sentences.
        second: those of the other language, printed small.
    """

    office: Office
    rules: RuleCard
    say: Say
    second: Say


def invitation(guest: Guest, host: Host) -> Document:
    """One invitation on A5, or as one picture to send."""
    title = host.say("cards.invitation.document", count=1)
    return Document(title, Paper.A5, _blocks(guest, host), one_page=True)


def invitations(guests: Sequence[Guest], host: Host) -> Document:
    """One on A5; several on sheets of A4 with marks to cut them out."""
    if len(guests) == 1:
        return invitation(guests[0], host)
    cards = tuple(_blocks(guest, host) for guest in guests)
    return Document(
        title=host.say("cards.invitation.document", count=len(guests)),
        paper=Paper.A4_CARDS,
        blocks=(Cards(cards, _CARD_WIDE_MM, _CARD_HIGH_MM),),
    )


def _blocks(guest: Guest, host: Host) -> tuple[Simple | Columns, ...]:
    say, second, office = host.say, host.second, host.office
    centre, air = Align.CENTRE, Space(0.6, grows=True)
    parent = (Line(office.parent.upper(), Style.SMALL, centre),) if office.parent else ()
    return (
        *parent,
        Line(office.name.upper(), Style.STRONG, centre, underline=0.4),
        air,
        Line(say("cards.invitation.title"), Style.TITLE, centre),
        Line(second("cards.invitation.title"), Style.SMALL, centre),
        air,
        *_whom(guest, say),
        air,
        *_matters(guest.minted, office, say),
        air,
        Code(guest.minted.code, _SYMBOL_MM),
        Line(say("cards.invitation.scan"), Style.SMALL_STRONG, centre),
        Line(second("cards.invitation.scan"), Style.SMALL, centre),
        air,
        Rule(),
        Space(0.6),
        *(Line(sentence, Style.SMALL) for sentence in _asked(guest, host)),
    )


def _whom(guest: Guest, say: Say) -> tuple[Line, ...]:
    whom = Line(say("cards.invitation.guest", name=guest.name), Style.STRONG, most_lines=3)
    if guest.count == 1:
        return (whom,)
    which = say("cards.invitation.member", number=guest.number, count=guest.count)
    return whom, Line(which, Style.SMALL)


def _matters(minted: Minted, office: Office, say: Say) -> tuple[Line, ...]:
    to = minted.destination
    where = ", ".join(filter(None, (to.unit, office.name)))
    said = [_when(minted.day, minted.until or minted.day, say)]
    if where:
        said.append(say("cards.invitation.at", where=where))
    if to.host:
        said.append(say("cards.invitation.host", host=to.host))
    if to.purpose:
        said.append(say("cards.invitation.purpose", purpose=to.purpose))
    if office.gate:
        said.append(say("cards.invitation.gate", gate=office.gate))
    return tuple(Line(sentence, most_lines=3) for sentence in said)


def _when(first: date, last: date, say: Say) -> str:
    first_day, last_day = long_date(first, say), long_date(last, say)
    if first == last:
        return say("cards.invitation.day", date=first_day)
    return say("cards.invitation.days", first=first_day, last=last_day)


def _asked(guest: Guest, host: Host) -> tuple[str, ...]:
    """What to bring and what will be asked for, in the host's language and the other one."""
    rules = host.rules
    keys = ["cards.invitation.bring"]
    if rules.asks_declaration:
        keys.append("cards.invitation.bring_mask")
    elif rules.asks_mask:
        keys.append("cards.invitation.bring_mask_only")
    if guest.count > 1:
        keys.append("cards.invitation.personal")
    return tuple(" ".join(say(key) for key in keys) for say in (host.say, host.second))
