"""The rule card, the checklist that is filled in at the desk, and how a temperature is typed."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Declared(StrEnum):
    """What today's health declaration says."""

    NOT_YET = "not_yet"
    CLEAR = "clear"
    SIGNS = "signs"


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The limits in force, with the version that every entry names.

    Attributes:
        version: stable name of this card; a changed card has a new one.
        health_step: False where no authority orders it: then this is an ordinary entrance log.
        fever_from: tenths of a degree Celsius; at or over it one rests and is measured again.
        refer_from: tenths; a second reading at or over it goes to the health officer.
        rest_minutes: how long to rest before the second reading.
        mask, hands, declaration: which ticks are asked for.
        destination: whether a visitor must say whom or which unit they visit.
        legal_basis: the order this card follows, as printed.
    """

    version: str
    health_step: bool
    fever_from: int
    refer_from: int
    rest_minutes: int
    mask: bool
    hands: bool
    declaration: bool
    destination: bool
    legal_basis: str

    @property
    def asks_consent(self) -> bool:
        """Whether people are asked before anything is kept: no order says that it has to be."""
        return not self.legal_basis.strip()

    @property
    def asks_mask(self) -> bool:
        """Whether a mask has to be seen."""
        return self.health_step and self.mask

    @property
    def asks_hands(self) -> bool:
        """Whether hands have to be sanitised."""
        return self.health_step and self.hands

    @property
    def asks_declaration(self) -> bool:
        """Whether today's declaration has to be made."""
        return self.health_step and self.declaration


@dataclass(frozen=True, slots=True)
class Checklist:
    """What the receptionist has entered so far. Nothing is ticked by the program.

    Attributes:
        readings: every temperature taken, in tenths of a degree Celsius, in order.
        mask: seen worn.
        hands: seen sanitised.
        declared: today's declaration.
    """

    readings: tuple[int, ...] = ()
    mask: bool = False
    hands: bool = False
    declared: Declared = Declared.NOT_YET


NOT_SEEN = Checklist()
"""Nobody has measured or looked yet."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Whom or which unit one visits, and why. Empty fields were not said."""

    unit: str = ""
    host: str = ""
    purpose: str = ""

    @property
    def known(self) -> bool:
        """Whether anything of it was said that tells where to go."""
        return bool(self.unit or self.host)


NOWHERE = Destination()
"""Nothing was said of it."""


@unique
class TemperatureFault(StrEnum):
    """Why what was typed is no temperature of a person."""

    NOT_A_NUMBER = "not_a_number"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    FAHRENHEIT = "fahrenheit"


LOWEST, HIGHEST = 340, 420
"""Plausible readings of a living person, tenths of a degree Celsius (domain.md 2.3)."""

_FAHRENHEIT_LOWEST, _FAHRENHEIT_HIGHEST = 930, 1080
_TYPED = re.compile(r"([0-9]{2,3})[.,]([0-9])|([0-9]{2,4})")
_WHOLE_DEGREES = 2
_WHOLE_FAHRENHEIT = frozenset(str(degrees) for degrees in range(100, 109))


def read_temperature(typed: str) -> int | TemperatureFault:
    """Tenths of a degree Celsius from "36,5", "36.5", "365" or "37"; or why it is refused."""
    match = _TYPED.fullmatch(typed.strip().removesuffix("°C").strip())
    if match is None:
        return TemperatureFault.NOT_A_NUMBER
    if match[3] is None:
        tenths = int(match[1]) * 10 + int(match[2])
    elif len(match[3]) == _WHOLE_DEGREES or match[3] in _WHOLE_FAHRENHEIT:
        tenths = int(match[3]) * 10
    else:
        tenths = int(match[3])
    if LOWEST <= tenths <= HIGHEST:
        return tenths
    if _FAHRENHEIT_LOWEST <= tenths <= _FAHRENHEIT_HIGHEST:
        return TemperatureFault.FAHRENHEIT
    return TemperatureFault.TOO_LOW if tenths < LOWEST else TemperatureFault.TOO_HIGH
