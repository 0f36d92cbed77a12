"""The visitor's slip: symbol, short number, where to and what to do when leaving."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.office import Office
from kiosk.domain.person import mask_name
from kiosk.domain.screening import Destination
from kiosk.ports.document import (
    Align,
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

_SYMBOL_MM = 51.0
"""50 mm are asked for (domain.md 1.5); at 203, 300 and 600 dots an inch this rounds to more."""


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


def visitor_slip(content: SlipContent, office: Office, say: Say, second: Say) -> Document:
    """The slip on A6; `say` speaks the visitor's language, `second` the one printed small."""
    grows = Space(0.5, grows=True)
    where = (content.destination.unit.strip(), content.destination.host.strip())
    day = f"{content.day:%d/%m/%Y}"
    valid = say("paper.slip.day_gate", day=day, gate=office.gate) if office.gate else day
    to = " · ".join(filter(None, where))
    going = (Line(say("paper.slip.to", destination=to), most_lines=2),) if to else ()
    return Document(
        title=say("paper.slip.document", number=content.number),
        paper=Paper.A6,
        blocks=(
            Line(office.name, Style.STRONG, Align.CENTRE, most_lines=2),
            Line(say("paper.slip.title"), Style.TITLE, Align.CENTRE),
            Line(second("paper.slip.title"), Style.SMALL, Align.CENTRE),
            Code(content.code, _SYMBOL_MM),
            Line(content.number, Style.NUMBER, Align.CENTRE),
            grows,
            Rule(),
            grows,
            Columns(
                (
                    (Line(valid, Style.STRONG, most_lines=2),),
                    (Line(content.masked_name, Style.STRONG, Align.RIGHT, most_lines=2),),
                ),
                shares=(3, 2),
            ),
            *going,
            grows,
            Rule(),
            grows,
            Line(say("paper.slip.leaving"), Style.STRONG, Align.CENTRE),
            Line(second("paper.slip.leaving"), Style.SMALL, Align.CENTRE),
        ),
    )
