"""Our own codes, recognised by their shape; whether one is genuine is checked with the key."""

from kiosk.domain import issued
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.payload.text import tidy

SCHEMES = {
    IssuedKind.SLIP: Scheme.SLIP,
    IssuedKind.STAFF_CARD: Scheme.STAFF_CARD,
    IssuedKind.INVITATION: Scheme.INVITATION,
    IssuedKind.EMERGENCY_SLIP: Scheme.EMERGENCY_SLIP,
}


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it has not the shape of a code of ours."""
    code = issued.read(tidy(text).upper())
    if code is None:
        return None
    return Credential(scheme=SCHEMES[code.kind], stable=code.text, text=text)
