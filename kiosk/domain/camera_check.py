"""Judges what a camera shows at its desk: sharpness, light, glare, flicker, and how near a card.

The limits were set with 343 real photographs and drawn films; `benchmarks/README.md` says how
well they tell good from bad.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from math import radians, tan

from kiosk.domain.ladder import Rung, Unit

CARD_MM, CODE_MM, CODE_MODULES = 85.6, 11.0, 41
"""A citizen card's width (ISO/IEC 7810), its code's side on cards before July 2024, the larger
ones since then being easier, and the code's modules a side."""

_CARD_MODULE_MM = CODE_MM / CODE_MODULES
_FEWEST_PIXELS = 2.0  # a module: every card was read in its first frame
_SPREADS_A_MODULE = 0.45  # of a module may be spread by the lens
_SHARP, _SOFT = 1.1, 1.8  # pixels that an edge is spread
_VEIL, _LAMP, _FLICKER = 0.22, 0.005, 0.02  # shares
_ANGLES = (78.0, 55.0)  # degrees across: what webcams see, from wide to narrow


@unique
class Aspect(StrEnum):
    """What is judged."""

    SHARP = "sharp"
    LIGHT = "light"
    GLARE = "glare"
    FLICKER = "flicker"
    CODES = "codes"


@unique
class Grade(StrEnum):
    """How it stands."""

    UNKNOWN = "unknown"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@unique
class Say(StrEnum):
    """What is said of an aspect, the key of its sentence; each belongs to one aspect."""

    SHARP_UNKNOWN = "sharp_unknown"
    SHARP = "sharp"
    SOFT = "soft"
    BLURRED = "blurred"
    LIGHT_UNKNOWN = "light_unknown"
    BRIGHT = "bright"
    DIM = "dim"
    DARK = "dark"
    TOO_BRIGHT = "too_bright"
    GLARE_UNKNOWN = "glare_unknown"
    NO_GLARE = "no_glare"
    LAMP = "lamp"
    GLARE = "glare"
    FLICKER_UNKNOWN = "flicker_unknown"
    STEADY = "steady"
    FLICKERS = "flickers"
    CODES_UNKNOWN = "codes_unknown"
    CARD_SIZE = "card_size"
    NOT_CARD_SIZE = "not_card_size"


@dataclass(frozen=True, slots=True)
class Judged:
    """One aspect, how it stands, and what is said."""

    aspect: Aspect
    grade: Grade
    say: Say


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How one code looks in a frame.

    Attributes:
        rung: of the test page; None for any other code.
        pixels: a module, where it has 21 a side as those of the test page.
        spread: pixels over which an edge is spread (standard deviation); None: not to be told.
        veil: how much lighter the darkest part of its lightest region is than elsewhere, as a
            share of its contrast: a reflection.
        paper: grey level of its light modules, 0 to 255.
    """

    rung: Rung | None
    pixels: float
    spread: float | None
    veil: float
    paper: float


@dataclass(frozen=True, slots=True)
class Look:
    """What was measured in one frame.

    Attributes:
        width: pixels of the frame.
        light: mean grey level, 0 to 255.
        lamp: share of the picture in its largest white patch, 0 to 1.
        spread: as of a code, of the strongest edges in its middle; None where a code tells better.
        flicker: change of the rows' brightness since the frame before, as a share; None: no frame
            before.
        codes: those in it.
    """

    width: int
    light: float
    lamp: float
    spread: float | None
    flicker: float | None
    codes: tuple[CodeLook, ...] = ()


def sharpness(spread: float | None) -> Judged:
    """By how far an edge is spread."""
    if spread is None:
        return Judged(Aspect.SHARP, Grade.UNKNOWN, Say.SHARP_UNKNOWN)
    if spread <= _SHARP:
        return Judged(Aspect.SHARP, Grade.GOOD, Say.SHARP)
    if spread <= _SOFT:
        return Judged(Aspect.SHARP, Grade.FAIR, Say.SOFT)
    return Judged(Aspect.SHARP, Grade.POOR, Say.BLURRED)


def light(paper: float | None, mean: float | None) -> Judged:
    """By the paper of a code where there is one, else by the whole picture."""
    if paper is not None:
        level, dark, dim, white = paper, 80.0, 110.0, 253.0
    elif mean is not None:
        level, dark, dim, white = mean, 30.0, 50.0, 225.0
    else:
        return Judged(Aspect.LIGHT, Grade.UNKNOWN, Say.LIGHT_UNKNOWN)
    if level < dark:
        return Judged(Aspect.LIGHT, Grade.POOR, Say.DARK)
    if level < dim:
        return Judged(Aspect.LIGHT, Grade.FAIR, Say.DIM)
    if level > white:
        return Judged(Aspect.LIGHT, Grade.FAIR, Say.TOO_BRIGHT)
    return Judged(Aspect.LIGHT, Grade.GOOD, Say.BRIGHT)


def glare(veil: float | None, lamp: float | None) -> Judged:
    """A reflection on a code, or something in the picture that is as bright as a lamp."""
    if veil is not None and veil > _VEIL:
        return Judged(Aspect.GLARE, Grade.POOR, Say.GLARE)
    if lamp is None:
        return Judged(Aspect.GLARE, Grade.UNKNOWN, Say.GLARE_UNKNOWN)
    if lamp > _LAMP:
        return Judged(Aspect.GLARE, Grade.FAIR, Say.LAMP)
    return Judged(Aspect.GLARE, Grade.GOOD, Say.NO_GLARE)


def flicker(change: float | None) -> Judged:
    """By how much the brightness of rows changes from frame to frame."""
    if change is None:
        return Judged(Aspect.FLICKER, Grade.UNKNOWN, Say.FLICKER_UNKNOWN)
    if change > _FLICKER:
        return Judged(Aspect.FLICKER, Grade.FAIR, Say.FLICKERS)
    return Judged(Aspect.FLICKER, Grade.GOOD, Say.STEADY)


def codes(smallest: Rung | None) -> Judged:
    """By the smallest code of the test page that was read."""
    if smallest is None or smallest.unit is not Unit.MM:
        return Judged(Aspect.CODES, Grade.UNKNOWN, Say.CODES_UNKNOWN)
    if smallest.size <= _CARD_MODULE_MM:
        return Judged(Aspect.CODES, Grade.GOOD, Say.CARD_SIZE)
    return Judged(Aspect.CODES, Grade.FAIR, Say.NOT_CARD_SIZE)


def pixels_needed(spread: float | None) -> float:
    """Pixels a module that a card's code must have to be read at once."""
    return max(_FEWEST_PIXELS, (spread or 0.0) / _SPREADS_A_MODULE)


def card_share(width: int, spread: float | None) -> float:
    """The share of the picture's width that a card must fill at least; over 1: its code alone."""
    return CARD_MM / _CARD_MODULE_MM * pixels_needed(spread) / width


def distances_cm(share: float) -> tuple[int, int]:
    """How far a card is that fills `share` of the width, with a wide and with a narrow webcam."""
    near, far = (CARD_MM / 10 / share / (2 * tan(radians(angle) / 2)) for angle in _ANGLES)
    return round(near), round(far)


def share_of_way(pixels: float, rung: Rung, width: int, share: float) -> float:
    """Which part of the test page's distance a card may be held at; 1 and more: that one will do.

    Args:
        pixels: a module of `rung`, as it is seen now.
        rung: one in millimetres.
        width: of the frame.
        share: of the width that the card must fill.
    """
    return pixels / rung.size * CARD_MM / width / share


def median(values: Sequence[float]) -> float | None:
    """The middle one; None where there is none."""
    return sorted(values)[len(values) // 2] if values else None
