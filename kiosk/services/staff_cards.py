"""Cards of staff: ten on a sheet of A4, to be cut out along marks."""

from collections.abc import Sequence

from kiosk.domain.office import Office
from kiosk.ports.document import (
    Card,
    Cards,
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
from kiosk.services.staff_import import Printable

_SYMBOL_MM = 26.0
"""25 mm are asked for; printers round to whole dots."""


def staff_cards(cards: Sequence[Printable], office: Office, say: Say, second: Say) -> Document:
    """The sheets of all these cards.

    Args:
        cards: what was issued just now; a card can be printed only then.
        office: whose staff they are.
        say: the sentences.
        second: those of the other language, printed small.
    """
    return Document(
        title=say("cards.staff_card.document", count=len(cards)),
        paper=Paper.A4_CARDS,
        blocks=(Cards(tuple(_card(card, office, say, second) for card in cards)),),
    )


def _card(card: Printable, office: Office, say: Say, second: Say) -> Card:
    post = card.post
    parent = (Line(office.parent, Style.SMALL, most_lines=1),) if office.parent else ()
    position = (Line(post.position, Style.STRONG, most_lines=2),) if post.position else ()
    unit = (Line(post.unit, most_lines=3),) if post.unit else ()
    number = say("cards.staff_card.number", number=post.number) if post.number else ""
    issued = say("cards.staff_card.issued", day=f"{card.minted.day:%d/%m/%Y}")
    texts = (
        Line(card.minted.name, Style.HEADING, most_lines=3),
        *position,
        *unit,
        Space(0.5, grows=True),
        *((Line(number, Style.SMALL_STRONG, most_lines=1),) if number else ()),
        Line(issued, Style.SMALL),
    )
    title = f"{say('cards.staff_card.title')} · {second('cards.staff_card.title')}"
    return (
        *parent,
        Line(office.name.upper(), Style.SMALL_STRONG, most_lines=2),
        Space(0.7),
        Rule(),
        Space(0.7),
        Line(title, Style.SMALL, most_lines=1),
        Columns((texts, (Code(card.minted.code, _SYMBOL_MM),)), shares=(46, 33)),
        Space(0, grows=True),
        Line(say("cards.staff_card.found"), Style.SMALL, most_lines=1),
    )
