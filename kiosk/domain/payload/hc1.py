"""Health certificate in the EU's form (HCERT), told by its prefix.

Source: domain.md 1.9; "HC1:" before base45; Vietnam's vaccine passport has this form. What is in
it is read by `ports.certificates`, since base45, CBOR and signatures need libraries.
"""

from kiosk.domain.credential import Credential, Scheme

PREFIX = "HC1:"


def parse(text: str) -> Credential | None:
    """The credential in `text`, nobody named yet, or None where it is no such certificate."""
    found = body(text)
    return None if found is None else Credential(scheme=Scheme.EU_CERTIFICATE, text=text)


def body(text: str) -> str | None:
    """The base45 part, in which spaces count; None where `text` has not the prefix."""
    plain = text.strip("\x00\r\n\ufeff")
    return plain.removeprefix(PREFIX) if plain.startswith(PREFIX) else None
