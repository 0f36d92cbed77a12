"""What every paper of an office has: the national heading, the date in words, signatures, folio.

Form: Decree 30/2020/NĐ-CP on clerical work, Appendix I.
"""

from datetime import date, datetime, tzinfo

from kiosk.domain.office import Office
from kiosk.ports.document import Align, Columns, Line, Space, Style, Together
from kiosk.ports.words import Say

_ROOM_TO_SIGN_MM = 20.0


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
    return Columns((tuple(agency), country), shares=(5, 6))


def signatures(office: Office, day: date, roles: tuple[str, str], say: Say) -> Together:
    """Two who sign, the right one below place and date, with room for hand and seal.

    Args:
        office: whose paper it is.
        day: of signing.
        roles: who signs left and right.
        say: the sentences.
    """
    dated = long_date(day, say)
    if office.place:
        dated = say("paper.place_date", place=office.place, date=dated)
    tops = (Line(""), Line(dated, align=Align.CENTRE))
    left, right = (
        (
            top,
            Line(say(f"paper.signature.{role}"), Style.STRONG, Align.CENTRE),
            Line(say(f"paper.signature.{role}_hint"), Style.SMALL, Align.CENTRE),
            Space(_ROOM_TO_SIGN_MM),
        )
        for role, top in zip(roles, tops, strict=True)
    )
    return Together((Columns((left, right)),))


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
