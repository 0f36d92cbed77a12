"""What was held up: its scheme, and what it says of its holder."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from kiosk.domain.person import Person


@unique
class Scheme(StrEnum):
    """The kinds of payload the desk knows; the values are stored and printed by `kiosk decode`."""

    CITIZEN_CARD = "cccd"
    NATIONAL_QR = "national_qr"
    HEALTH_INSURANCE = "bhyt"
    EU_CERTIFICATE = "hc1"
    SMART_HEALTH_CARD = "shc"
    ICAO_VDS = "vds_nc"
    VCARD = "vcard"
    MECARD = "mecard"
    SLIP = "slip"
    STAFF_CARD = "staff_card"
    INVITATION = "invitation"
    EMERGENCY_SLIP = "emergency_slip"
    LOCATION = "location"
    URL = "url"
    PAYMENT = "payment"
    WIFI = "wifi"
    TEXT = "text"
    BINARY = "binary"
    TYPED = "typed"  # no symbol: the receptionist took the data in the form


IDENTIFYING = frozenset(Scheme) - {
    Scheme.LOCATION,
    Scheme.URL,
    Scheme.PAYMENT,
    Scheme.WIFI,
    Scheme.TEXT,
    Scheme.BINARY,
}
"""Schemes that open the checklist; all others are logged as unknown."""

OWN = frozenset(
    {Scheme.SLIP, Scheme.STAFF_CARD, Scheme.INVITATION, Scheme.EMERGENCY_SLIP, Scheme.TYPED}
)
"""Schemes that this office vouches for itself."""


@unique
class Verified(StrEnum):
    """What the signature of a credential proves; the values are printed by `kiosk decode`."""

    VALID = "valid"
    EXPIRED = "expired"
    UNKNOWN_ISSUER = "unknown_issuer"
    BROKEN = "broken"
    NONE = "none"  # there is no signature, or nobody has checked it yet


@unique
class Seeming(StrEnum):
    """What a code that no format claims seems to be, where its scheme alone is no plain word."""

    VNEID = "vneid"
    DRIVING_LICENCE = "driving_licence"
    HEALTH_LINK = "health_link"


@dataclass(frozen=True, slots=True)
class Credential:
    """A payload that one format has claimed.

    Attributes:
        scheme: the format that claimed it.
        stable: what stays the same each time this holder shows it (a citizen number, a slip's
            code); its keyed digest finds the person again. Empty where nobody is identified.
        person: what it says of its holder, or None.
        text: the payload as text; empty for binary. Untrusted: never markup, never opened.
        verified: what its signature proves.
        issuer: who signed it, for the screen; "" where nobody known did.
        chunk: how many parts are there and how many there must be, where one is missing.
        seems: what else it seems to be, for the words of a refusal.
        doubtful_text: True where the bytes were no UTF-8 and the spelling must be checked.
        warnings: stable codes of what does not fit together (e.g. "number_sex_mismatch").
        shown_at: when it was held up, UTC, which may be long before its turn came; None: now.
    """

    scheme: Scheme
    stable: str = ""
    person: Person | None = None
    text: str = ""
    verified: Verified = Verified.NONE
    issuer: str = ""
    chunk: tuple[int, int] | None = None
    seems: Seeming | None = None
    doubtful_text: bool = False
    warnings: tuple[str, ...] = ()
    shown_at: datetime | None = None
