"""The poster of the place: a code that is read from afar, what to do, and the signs in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique

from kiosk.domain.office import Office
from kiosk.domain.screening import RuleCard
from kiosk.ports.document import (
    Align,
    Block,
    Code,
    Columns,
    Document,
    Drawing,
    Line,
    Paper,
    Picture,
    Simple,
    Space,
    Style,
)
from kiosk.ports.words import Say

PAPERS = (Paper.A4, Paper.A3)
LEAST_MM = 150.0
"""A code of a place is no smaller (Hà Nội, 23/09/2021, domain.md 1.5)."""

LONGEST = 500
"""Bytes in UTF-8: then a module is no smaller than on a slip of five centimetres."""

_SYMBOL_MM = 151.0
_QUIET_MM = 25.0  # around a picture of a code alone: four modules of a small symbol
_SIGN_MM = 21.0
_LARGER = {Paper.A4: 1.0, Paper.A3: 2**0.5}


@unique
class Sign(StrEnum):
    """What visitors are asked for in pictures; each is the name of a drawing."""

    MASK = "mask"
    HANDS = "hands"
    DISTANCE = "distance"
    NO_GATHERING = "no_gathering"
    DECLARATION = "declaration"


@unique
class Signs(StrEnum):
    """Which signs an office wants."""

    FIVE_K = "5k"
    TWO_K = "2k"
    RULES = "rules"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Given:
    """A picture of a code that the office was given.

    Attributes:
        content: a PNG or JPEG file.
        text: what its code says.
        share: of the picture's width, the symbol's.
        ratio: its width by its height.
        bare: whether there is nothing but the symbol, without its quiet zone.
    """

    content: bytes
    text: str
    share: float
    ratio: float
    bare: bool


def signs(wanted: Signs, rules: RuleCard) -> tuple[Sign, ...]:
    """The signs to print; none where no authority orders the health step."""
    if not rules.health_step:
        return ()
    match wanted:
        case Signs.FIVE_K:
            return tuple(Sign)
        case Signs.TWO_K:
            return Sign.MASK, Sign.HANDS
        case Signs.RULES:
            asked = {
                Sign.MASK: rules.mask,
                Sign.HANDS: rules.hands,
                Sign.DECLARATION: rules.declaration,
            }
            return tuple(sign for sign, wants in asked.items() if wants)
        case Signs.NONE:
            return ()


def fits(text: str) -> bool:
    """Whether a code of `text` can be read from where a poster is read."""
    try:
        return bool(text.strip()) and len(text.encode()) <= LONGEST
    except UnicodeEncodeError:  # half letters: a command line in another encoding
        return False


def symbol_mm(given: Given, paper: Paper) -> float:
    """How wide the symbol in a picture becomes."""
    return _picture_mm(given, paper) * given.share


def poster(
    content: str | Given,
    asked: Iterable[Sign],
    office: Office,
    paper: Paper,
    say: Say,
    second: Say,
) -> Document:
    """A page to hang up at the entrance.

    Args:
        content: what the code says, or a picture of a code.
        asked: the signs below it.
        office: whose entrance it is.
        paper: one of `PAPERS`.
        say: the sentences.
        second: those of the other language, printed smaller.
    """
    centre, air = Align.CENTRE, Space(0.5, grows=True)
    row = tuple(asked)
    text = content if isinstance(content, str) else content.text
    blocks: tuple[Block, ...] = (
        *_heading(office),
        air,
        *_sentence(say, one_line=bool(row)),
        Line(" ".join(_words(second)), Style.POSTER_TEXT, centre),
        air,
        *_code(content, paper),
        Line(say("poster.holds", text=text), Style.SMALL, centre, most_lines=4),
        Space(2),
        air,
        *((_signs(row, paper, say, second), air) if row else ()),
    )
    return Document(say("poster.document"), paper, blocks, one_page=True)


def _heading(office: Office) -> tuple[Line, ...]:
    lines = (
        (office.parent.upper(), Style.BODY),
        (office.name.upper(), Style.HEADING),
        (office.gate, Style.BODY),
    )
    return tuple(Line(text, style, Align.CENTRE) for text, style in lines if text)


def _sentence(say: Say, *, one_line: bool) -> tuple[Line, ...]:
    """What to do; larger where no signs take the room."""
    if one_line:
        return (Line(" ".join(_words(say)), Style.POSTER_LINE, Align.CENTRE),)
    return tuple(Line(part, Style.POSTER_TITLE, Align.CENTRE) for part in _words(say))


def _words(say: Say) -> tuple[str, str]:
    return say("poster.scan"), say("poster.when")


def _code(content: str | Given, paper: Paper) -> tuple[Simple, ...]:
    larger = _LARGER[paper]
    if isinstance(content, str):
        return (Code(content, side_mm=_SYMBOL_MM * larger, exact=True),)
    wide = _picture_mm(content, paper)
    picture = Picture(content.content, wide, wide / content.ratio)
    quiet = Space(_QUIET_MM * larger if content.bare else 0.0)
    return quiet, picture, quiet


def _picture_mm(given: Given, paper: Paper) -> float:
    """As wide as its symbol asks, or as the sheet has room."""
    larger = _LARGER[paper]
    most_wide, most_high = 180.0 * larger, 200.0 * larger
    return min(_SYMBOL_MM * larger / given.share, most_wide, most_high * given.ratio)


def _signs(row: tuple[Sign, ...], paper: Paper, say: Say, second: Say) -> Columns:
    centre = Align.CENTRE
    return Columns(
        tuple(
            (
                Drawing(f"signs/{sign}", _SIGN_MM * _LARGER[paper]),
                Space(1),
                Line(say(f"poster.sign.{sign}"), Style.HEADING, centre),
                Line(second(f"poster.sign.{sign}"), Style.SMALL, centre),
            )
            for sign in row
        )
    )
