"""Cards of staff: ten on a sheet of A4, to be cut out along marks."""

from collections.abc import Sequence

from kiosk.domain.office import Office
from kiosk.ports.document import (
    Align,
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

_SHARES = (46, 33)
_ROOM_MM = 29.0
"""Height beside the symbol, above the staff number."""

_SIZES = (
    (Style.TITLE, Style.HEADING, Style.LEAD, 20, 5.7),
    (Style.TITLE, Style.STRONG, Style.BODY, 24, 4.7),
)
"""Styles of name, position and unit, the largest first; letters in a line, and its height, of the
last two."""

_NAME_LETTERS, _NAME_MM = 14, 8.6
_SHORT_NUMBER = 12


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
    of_name, of_position, of_unit = _sizes(card)
    of_number = Style.STRONG if len(post.number) <= _SHORT_NUMBER else Style.SMALL_STRONG
    parent = (Line(office.parent, Style.SMALL, most_lines=1),) if office.parent else ()
    position = (Line(post.position, of_position, most_lines=2),) if post.position else ()
    unit = (Line(post.unit, of_unit, most_lines=3),) if post.unit else ()
    number = say("cards.staff_card.number", number=post.number) if post.number else ""
    issued = say("cards.staff_card.issued", day=f"{card.minted.day:%d/%m/%Y}")
    texts = (
        Line(card.minted.name, of_name, most_lines=3),
        *position,
        *unit,
        Space(0.5, grows=True),
        *((Line(number, of_number, most_lines=1),) if number else ()),
    )
    title = f"{say('cards.staff_card.title')} · {second('cards.staff_card.title')}"
    return (
        *parent,
        Line(office.name.upper(), Style.SMALL_STRONG, most_lines=2),
        Space(0.7),
        Rule(),
        Space(0.7),
        Columns(
            (
                (Line(title, Style.SMALL, most_lines=1),),
                (Line(issued, Style.SMALL, Align.RIGHT, most_lines=1),),
            ),
            shares=_SHARES,
        ),
        Columns((texts, (Code(card.minted.code, _SYMBOL_MM),)), shares=_SHARES),
        Space(0, grows=True),
        Line(say("cards.staff_card.found"), Style.SMALL, most_lines=1),
    )


def _sizes(card: Printable) -> tuple[Style, Style, Style]:
    """Of name, position and unit: the largest that stand beside the symbol, about."""
    name, post = card.minted.name, card.post
    lines = -(-len(name) // _NAME_LETTERS)
    whole = all(len(word) <= _NAME_LETTERS for word in name.split())
    for of_name, of_position, of_unit, letters, high in _SIZES:
        others = sum(-(-len(text) // letters) for text in (post.position, post.unit))
        if whole and lines * _NAME_MM + others * high <= _ROOM_MM:
            return of_name, of_position, of_unit
    return Style.HEADING, Style.STRONG, Style.BODY
