"""Emergency slips: numbered, with blanks for a pen, for the morning when the computer is dead."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.domain.office import Office
from kiosk.domain.screening import RuleCard
from kiosk.ports.document import (
    Align,
    Blanks,
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
    Together,
)
from kiosk.ports.words import Say
from kiosk.services.issuing import Minted

PAPERS = (Paper.A4, Paper.A6, Paper.ROLL_80, Paper.ROLL_58)
"""A sheet of `PER_SHEET` to be cut, or one a piece."""

PER_SHEET = 3

_ROLLS = {Paper.ROLL_80: 50.0, Paper.ROLL_58: 43.8}
"""Side of the symbol; a narrow roll has room for so much, as for a visitor's slip."""

_SYMBOL_MM = 50.0
_SYMBOL_ON_A6_MM = 40.0
"""Smaller than a visitor's slip has it: the receptionist holds this one to the camera."""

_MOST_CAPTION = {Paper.ROLL_80: 99, Paper.ROLL_58: 20}
_CARD_MM = (190.0, 91.0)
_HAND_MM = {Paper.A4: 7.5, Paper.A6: 6.8, Paper.ROLL_80: 8.0, Paper.ROLL_58: 8.0}


def emergency_document(
    slips: Sequence[Minted], paper: Paper, office: Office, rules: RuleCard, say: Say, second: Say
) -> Document:
    """Every slip with its symbol and its blanks; the second language is printed beside the first.

    Raises ValueError for a paper that is none of `PAPERS`.
    """
    if paper not in PAPERS:
        raise ValueError(paper)
    title = say("late.slip.document", count=len(slips))
    heading = _heading(office, say, second)
    blanks = _blanks(rules, paper, say, second)
    if paper is Paper.A4:
        cards = tuple(
            (Columns((_symbol(slip, _SYMBOL_MM, say), (*heading, *blanks)), shares=(66, 111)),)
            for slip in slips
        )
        return Document(title, Paper.A4_CARDS, (Cards(cards, *_CARD_MM),))
    pieces = (
        Together((*_top(slip, paper, heading, say), *blanks, *_END.get(paper, ())))
        for slip in slips
    )
    return Document(title, paper, tuple(pieces))


_END: dict[Paper, tuple[Simple, ...]] = {roll: (Space(5), Rule(), Space(5)) for roll in _ROLLS}
"""Where slips are torn off one another."""


def _top(
    slip: Minted, paper: Paper, heading: tuple[Line, ...], say: Say
) -> tuple[Simple | Columns, ...]:
    if paper in _ROLLS:
        return (*heading, *_symbol(slip, _ROLLS[paper], say))
    code, number, printed = _symbol(slip, _SYMBOL_ON_A6_MM, say)
    beside: tuple[Simple, ...] = (
        Space(9),
        *heading,
        Space(6),
        replace(number, style=Style.TITLE),
        printed,
    )
    return (Columns(((code,), beside), shares=(54, 34)),)


def _heading(office: Office, say: Say, second: Say) -> tuple[Line, ...]:
    lines = (
        Line(office.name, Style.SMALL_STRONG, Align.CENTRE, most_lines=2),
        Line(say("late.slip.title"), Style.STRONG, Align.CENTRE),
        Line(second("late.slip.title"), Style.SMALL, Align.CENTRE),
    )
    return lines if office.name else lines[1:]


def _symbol(slip: Minted, side_mm: float, say: Say) -> tuple[Code, Line, Line]:
    printed = say("late.slip.printed", day=f"{slip.day:%d/%m/%Y}")
    return (
        Code(slip.code, side_mm),
        Line(slip.number, Style.NUMBER, Align.CENTRE),
        Line(printed, Style.SMALL, Align.CENTRE),
    )


def _blanks(rules: RuleCard, paper: Paper, say: Say, second: Say) -> tuple[Simple, ...]:
    def row(*keys: str, shares: tuple[float, ...] = ()) -> Blanks:
        captions = (f"{say(f'late.slip.{key}')} ({second(f'late.slip.{key}')})" for key in keys)
        return Blanks(tuple(captions), shares, _HAND_MM[paper])

    ticks = (("mask", rules.asks_mask), ("hands", rules.asks_hands))
    looked_at = [key for key, asked in ticks if asked]
    rows = (
        row("name"),
        row("birth_year", "phone", shares=(3, 4)),
        row("whom"),
        row("purpose"),
        row("day", "time_in", "time_out"),
        *((row("temperature", "signs", shares=(2, 3)),) if rules.health_step else ()),
        *((row(*looked_at),) if looked_at else ()),
        row("admitted", "refused", shares=(2, 3)),
        row("signed"),
    )
    if paper in _ROLLS:
        rows = tuple(_narrow(rows, _MOST_CAPTION[paper]))
    what_to_do = (say("late.slip.what_to_do"), second("late.slip.what_to_do"))
    return (*rows, Space(2), *(Line(line, Style.SMALL) for line in what_to_do))


def _narrow(rows: Sequence[Blanks], most: int) -> Iterator[Blanks]:
    """Each blank on a line of its own; a caption of more than `most` letters has one below it."""
    for row in rows:
        for caption in row.captions:
            yield Blanks((caption,), height_mm=row.height_mm)
            if len(caption) > most:
                yield Blanks(("",), height_mm=row.height_mm)
