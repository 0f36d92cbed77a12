"""The visitor's slip: symbol, short number, where to and what to do when leaving."""

from dataclasses import dataclass, replace
from datetime import date

from kiosk.domain.office import Office
from kiosk.domain.person import mask_name
from kiosk.domain.screening import Destination
from kiosk.ports.document import (
    Align,
    Block,
    Code,
    Columns,
    Document,
    Line,
    Paper,
    Rule,
    Space,
    Style,
)
from kiosk.ports.words import Say
from kiosk.services.declaration import Issued

SYMBOLS_MM = {
    Paper.A6: 51.0,
    Paper.A5: 70.0,
    Paper.LABEL: 50.3,
    Paper.ROLL_80: 51.0,
    Paper.ROLL_58: 43.8,
}
"""The papers a slip can be printed on, and the side of its symbol.

50 mm are asked for (domain.md 1.5); at 203, 300 and 600 dots an inch these round to more.
A 58 mm roll has room for 14 dots a module between quiet zones that end with the paper. On a
label three modules of the quiet zone are left at the sides; both decoders read it so on black.
"""


@dataclass(frozen=True, slots=True)
class SlipContent:
    """What stands on a slip; nothing of the person but the masked name.

    Attributes:
        code: what the symbol holds.
        number: short number with its check character.
        day: the only day on which it serves.
        masked_name: as strangers may see it.
        destination: unit and host; the purpose stays in the log.
    """

    code: str
    number: str
    day: date
    masked_name: str
    destination: Destination


def slip_content(issued: Issued) -> SlipContent:
    """What to print of a slip that was minted."""
    who = issued.who
    name = mask_name(who.person.name) if who.person else ""
    return SlipContent(issued.code, issued.number, issued.day, name, who.destination)


def visitor_slip(
    content: SlipContent,
    office: Office,
    say: Say,
    second: Say,
    paper: Paper = Paper.A6,
    reprints: int = 0,
) -> Document:
    """The slip on one page.

    Args:
        content: what stands on it.
        office: whose visitor it is.
        say: speaks the visitor's language.
        second: the other one, printed small.
        paper: one of `SYMBOLS_MM`.
        reprints: how often it came, or may have come, before; said small where it did.
    """
    if reprints:
        second = _reprinted(say, second, reprints)
    blocks = _label if paper is Paper.LABEL else _sheet
    return Document(
        title=say("paper.slip.document", number=content.number),
        paper=paper,
        blocks=blocks(content, office, say, second, paper),
        one_page=True,
    )


def _reprinted(say: Say, second: Say, reprints: int) -> Say:
    """The small line below the title says so, too."""

    def said(key: str, /, **values: object) -> str:
        line = second(key, **values)
        if key != "paper.slip.title":
            return line
        return f"{line} · {say('paper.slip.reprint', count=reprints)}"

    return said


def _sheet(
    content: SlipContent, office: Office, say: Say, second: Say, paper: Paper
) -> tuple[Block, ...]:
    roll = paper in {Paper.ROLL_80, Paper.ROLL_58}
    air = Space(1.5 if roll else 0.5, grows=True)
    return (
        *_office(office, Align.CENTRE),
        Line(say("paper.slip.title"), Style.TITLE, Align.CENTRE),
        Line(second("paper.slip.title"), Style.SMALL, Align.CENTRE),
        Code(content.code, SYMBOLS_MM[paper]),
        Line(content.number, Style.NUMBER, Align.CENTRE),
        air,
        Rule(),
        air,
        *_when_and_who(content, office, say, apart=roll),
        *_where(content.destination, say),
        air,
        Rule(),
        air,
        Line(say("paper.slip.leaving"), Style.STRONG, Align.CENTRE),
        Line(second("paper.slip.leaving"), Style.SMALL, Align.CENTRE),
    )


def _label(
    content: SlipContent, office: Office, say: Say, second: Say, paper: Paper
) -> tuple[Block, ...]:
    """The symbol takes two thirds of a label; the words stand close below it."""
    title = (
        Line(say("paper.slip.title"), Style.STRONG),
        Line(second("paper.slip.title"), Style.SMALL),
    )
    number = Line(content.number, Style.TITLE, Align.RIGHT)
    return (
        Code(content.code, SYMBOLS_MM[paper]),
        Columns((title, (number,))),
        *_office(office, Align.LEFT),
        *_when_and_who(content, office, say, apart=True),
        *_where(content.destination, say),
        Space(0.5, grows=True),
        Line(say("paper.slip.leaving"), Style.SMALL_STRONG),
        Line(second("paper.slip.leaving"), Style.SMALL),
    )


def _office(office: Office, align: Align) -> tuple[Line, ...]:
    return (Line(office.name, Style.STRONG, align, most_lines=3),) if office.name else ()


def _when_and_who(
    content: SlipContent, office: Office, say: Say, *, apart: bool
) -> tuple[Line | Columns, ...]:
    day = f"{content.day:%d/%m/%Y}"
    valid = say("paper.slip.day_gate", day=day, gate=office.gate) if office.gate else day
    when = Line(valid, Style.STRONG, most_lines=3)
    who = Line(content.masked_name, Style.STRONG, Align.RIGHT, most_lines=2)
    if not content.masked_name:
        return (when,)
    if apart:
        return when, replace(who, align=Align.LEFT)
    return (Columns(((when,), (who,)), shares=(3, 2)),)


def _where(destination: Destination, say: Say) -> tuple[Line, ...]:
    to = " · ".join(filter(None, (destination.unit.strip(), destination.host.strip())))
    return (Line(say("paper.slip.to", destination=to), most_lines=7),) if to else ()
