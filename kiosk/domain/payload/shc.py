"""SMART Health Card, whole or in parts, told by its prefix.

Source: domain.md 1.9; spec.smarthealth.cards: `shc:/` and pairs of digits, or `shc:/2/3/` for the
second of three parts. What is in it is read by `ports.certificates`.
"""

import re
from dataclasses import dataclass

from kiosk.domain.credential import Credential, Scheme

_WHOLE = re.compile(r"shc:/(?:([0-9]{1,3})/([0-9]{1,3})/)?([0-9]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One symbol's worth of a card.

    Attributes:
        index: from 1; a card in one symbol is part 1 of 1.
        total: how many parts there are.
        digits: pairs of digits, each a character less 45.
    """

    index: int
    total: int
    digits: str


def parse(text: str) -> Credential | None:
    """The credential in `text`, nobody named yet, or None where it is no such card."""
    if text.lstrip("\ufeff")[:5].lower() != "shc:/":
        return None
    return Credential(scheme=Scheme.SMART_HEALTH_CARD, text=text)


def part(text: str) -> Part | None:
    """What `text` holds of a card; None where it is none, or numbered as no part can be."""
    found = _WHOLE.fullmatch(text.strip("\x00\r\n\ufeff "))
    if found is None:
        return None
    index, total = int(found[1] or 1), int(found[2] or 1)
    if not 1 <= index <= total:
        return None
    return Part(index, total, found[3])
