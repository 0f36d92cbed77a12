"""What no other format claims: named by what it seems to be, never opened."""

import re

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import is_binary

_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]{1,20}://|www\.|mailto:|tel:)\S", re.IGNORECASE)
_EMV_PAYMENT = re.compile(r"000201[0-9]{2}")
_EMV_CHECKSUM = re.compile(r"6304[0-9A-F]{4}$", re.IGNORECASE)


def parse(text: str) -> Credential:
    """A credential that identifies nobody. Source for payments: EMVCo, VietQR (domain.md 1.9)."""
    return Credential(scheme=_seems(text), text=text)


def _seems(text: str) -> Scheme:
    if is_binary(text):
        return Scheme.BINARY
    if _ADDRESS.match(text):
        return Scheme.URL
    if _EMV_PAYMENT.match(text) and _EMV_CHECKSUM.search(text.rstrip()):
        return Scheme.PAYMENT
    return Scheme.TEXT
