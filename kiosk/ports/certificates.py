"""Signed health certificates: who is named, and what the signature proves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.credential import Credential, Verified
from kiosk.domain.person import Person


@dataclass(frozen=True, slots=True)
class Certificate:
    """All that goes further of a certificate: no health content is in it.

    Attributes:
        verified: what the signature proves at the moment asked for.
        person: name and birth date as certified; None where they could not be read.
        stable: what stays the same each time this certificate is shown; "" where unreadable.
        issuer: who signed, as far as it is known, for the screen, e.g. "AT".
    """

    verified: Verified
    person: Person | None = None
    stable: str = ""
    issuer: str = ""


class Certificates(Protocol):
    """Judges certificates, with the issuers' keys that the office has put in place."""

    def judge(self, credential: Credential, at: datetime) -> Certificate | None:
        """What `credential` proves at `at` (aware); None where it is no certificate.

        Never raises: what cannot be read is broken.
        """
