"""What every paper of an office has: national heading, number, date, proof, signatures, folio.

Form: Decree 30/2020/NĐ-CP on clerical work, Appendix I.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from kiosk.domain.office import Office
from kiosk.ports.document import Align, Columns, Document, Line, Part, Space, Style, Together
from kiosk.ports.words import Say

_ROOM_TO_SIGN = Space(20.0, least_mm=16.0)
_SHARES = (5, 6)


def heading(office: Office, say: Say) -> Columns:
    """Left the agency, right the country and its motto, each with its line below."""
    centre = Align.CENTRE
    agency = [Line(office.name.upper(), Style.HEADING, centre, underline=0.4)]
    if office.parent:
        agency.insert(0, Line(office.parent.upper(), Style.LEAD, centre))
    country = (
        Line(say("paper.country"), Style.HEADING, centre),
        Line(say("paper.motto"), Style.HEADING, centre, underline=1.0),
    )
    return Columns((tuple(agency), country), shares=_SHARES)


def numbered(office: Office, day: date, number: str, say: Say) -> Columns:
    """Below the heading: left the number, to be filled in by hand, right place and date."""
    dated = long_date(day, say)
    if office.place:
        dated = say("paper.place_date", place=office.place, date=dated)
    centre = Align.CENTRE
    left, right = (Line(number, align=centre),), (Line(dated, Style.SLANTED, centre),)
    return Columns((left, right), shares=_SHARES)


def as_copy(document: Document, say: Say) -> Document:
    """The same, marked as a copy on every page."""
    return replace(document, stamp=say("paper.copy"))


def signatures(
    roles: tuple[str, str], say: Say, fingerprint: str = "", *, above: Sequence[Part] = ()
) -> Together:
    """Two who sign, left and right, with room for hand and seal.

    What they prove stands above them on the same page: what is given, and the log's fingerprint,
    where there is one.
    """
    left, right = (
        (
            Line(say(f"paper.signature.{role}"), Style.STRONG, Align.CENTRE),
            Line(say(f"paper.signature.{role}_hint"), Style.SMALL_SLANTED, Align.CENTRE),
            _ROOM_TO_SIGN,
        )
        for role in roles
    )
    proof = (
        Line(say("paper.register.fingerprint", fingerprint=fingerprint), Style.STRONG),
        Line(say("paper.register.fingerprint_hint"), Style.SMALL),
        Space(4),
    )
    return Together((*above, *(proof if fingerprint else ()), Columns((left, right))))


def long_date(day: date, say: Say, key: str = "paper.date") -> str:
    """The day in words, e.g. "ngày 05 tháng 02 năm 2026" or "5 February 2026"."""
    return say(key, day=day.day, month=say(f"paper.month.{day.month}"), year=day.year)


def printed_at(now: datetime, zone: tzinfo, say: Say) -> str:
    """When the paper was made, for its foot."""
    local = now.astimezone(zone)
    return say("paper.printed_at", time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def folio(say: Say) -> str:
    """Page x of y; the printer puts in the numbers."""
    return say("paper.folio", page="{page}", pages="{pages}")
