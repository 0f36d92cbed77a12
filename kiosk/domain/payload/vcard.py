"""Business card as vCard 2.1, 3.0 and 4.0.

Source: RFC 2426, RFC 6350 (folding 3.2, escapes 3.4); quoted-printable of version 2.1. A name in
parts is put together as in Vietnamese: family name, middle names, given name.
"""

import quopri
import re
from collections.abc import Iterator

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.contact import credential, split_escaped, unescaped
from kiosk.domain.payload.text import tidy

_BEGIN = re.compile(r"BEGIN:VCARD(?:\s|$)", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"=\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]")
_WANTED = frozenset({"FN", "N", "TEL", "ORG"})
_NAME_PARTS = 5


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no vCard."""
    plain = tidy(text)
    if not _BEGIN.match(plain):
        return None
    said: dict[str, str] = {}
    for name, value in _properties(plain):
        said.setdefault(name, value)
    organisation = unescaped(split_escaped(said.get("ORG", ""), ";")[0])
    full = unescaped(said.get("FN", "")).strip() or _in_parts(said.get("N", ""))
    phone = said.get("TEL", "").lower().removeprefix("tel:").partition(";")[0]
    return credential(Scheme.VCARD, full, phone, organisation, text)


def _properties(plain: str) -> Iterator[tuple[str, str]]:
    """Name and raw value of each line that is wanted and says something."""
    if "QUOTED-PRINTABLE" in plain.upper():
        plain = _SOFT_BREAK.sub("", plain)
    for line in _FOLD.sub("", plain).splitlines():
        head, colon, value = _cut(line)
        name, *parameters = head.upper().split(";")
        name = name.rpartition(".")[2]  # "item1.TEL"
        if colon and name in _WANTED and value.strip():
            yield name, _decoded(value, parameters)


def _cut(line: str) -> tuple[str, str, str]:
    """Head, colon and value; a colon within a parameter's quotes is none."""
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _decoded(value: str, parameters: list[str]) -> str:
    if not any(said.endswith("QUOTED-PRINTABLE") for said in parameters):
        return value
    charset = next((s.removeprefix("CHARSET=") for s in parameters if "CHARSET=" in s), "UTF-8")
    raw = quopri.decodestring(value.encode("utf-8"))
    for encoding in (charset, "utf-8"):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return ""  # a wrong name would not be noticed


def _in_parts(value: str) -> str:
    family, given, middle, *_ = [*split_escaped(value, ";"), *[""] * _NAME_PARTS]
    return " ".join(unescaped(part) for part in (family, middle, given) if part.strip())
