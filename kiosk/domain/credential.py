"""What was held up: its scheme, and what it says of its holder."""

from dataclasses import dataclass
from enum import StrEnum, unique

from kiosk.domain.person import Person


@unique
class Scheme(StrEnum):
    """The kinds of payload the desk knows; the values are stored and printed by `kiosk decode`."""

    CITIZEN_CARD = "cccd"
    NATIONAL_QR = "national_qr"
    SLIP = "slip"
    URL = "url"
    PAYMENT = "payment"
    TEXT = "text"
    BINARY = "binary"
    TYPED = "typed"  # no symbol: the receptionist took the data in the form


IDENTIFYING = frozenset({Scheme.CITIZEN_CARD, Scheme.NATIONAL_QR, Scheme.SLIP, Scheme.TYPED})
"""Schemes that open the checklist; all others are logged as unknown."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A payload that one format has claimed.

    Attributes:
        scheme: the format that claimed it.
        stable: what stays the same each time this holder shows it (a citizen number, a slip's
            code); its keyed digest finds the person again. Empty where nobody is identified.
        person: what it says of its holder, or None.
        text: the payload as text; empty for binary. Untrusted: never markup, never opened.
        doubtful_text: True where the bytes were no UTF-8 and the spelling must be checked.
        warnings: stable codes of what does not fit together (e.g. "number_sex_mismatch").
    """

    scheme: Scheme
    stable: str = ""
    person: Person | None = None
    text: str = ""
    doubtful_text: bool = False
    warnings: tuple[str, ...] = ()
