"""Our own slip, recognised by its shape; whether it is genuine is checked with the key."""

from kiosk.domain import slip
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import tidy


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it has not the shape of our slip."""
    code = slip.read(tidy(text).upper())
    if code is None:
        return None
    return Credential(scheme=Scheme.SLIP, stable=code.text, text=text)
