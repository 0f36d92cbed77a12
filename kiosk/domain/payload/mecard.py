"""Business card as MECARD (NTT DOCOMO): `MECARD:N:family,given;TEL:...;ORG:...;;`.

Source: domain.md 1.9. A backslash stands before a colon, semicolon, comma or backslash that is
meant as such.
"""

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.contact import credential, split_escaped, unescaped
from kiosk.domain.payload.text import tidy

_PREFIX = "MECARD:"


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no MECARD."""
    plain = tidy(text)
    if plain[: len(_PREFIX)].upper() != _PREFIX:
        return None
    said: dict[str, str] = {}
    for field in split_escaped(plain[len(_PREFIX) :], ";"):
        name, _, value = field.partition(":")
        said.setdefault(name.strip().upper(), value)
    name = " ".join(unescaped(part) for part in split_escaped(said.get("N", ""), ","))
    organisation = unescaped(said.get("ORG", ""))
    return credential(Scheme.MECARD, name, said.get("TEL", ""), organisation, text)
