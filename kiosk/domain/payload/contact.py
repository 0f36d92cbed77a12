"""What business cards have in common: a name, a phone, an organisation; nothing is proved."""

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.person import Person, fold, one_line

_PHONE_SIGNS = frozenset("0123456789+")
_LONGEST_PHONE = 20


def credential(scheme: Scheme, name: str, phone: str, organisation: str, text: str) -> Credential:
    """The credential of a business card; without a name it identifies nobody.

    Only name and phone together are taken for the same card again: names alone are shared.
    """
    said, number = _tidy(name), _digits(phone)
    if not said:
        return Credential(scheme=scheme, text=text)
    person = Person(name=said, phone=number, organisation=_tidy(organisation))
    stable = f"CARD{number}|{fold(said)}" if number else ""
    return Credential(scheme=scheme, stable=stable, person=person, text=text)


def split_escaped(text: str, at: str) -> list[str]:
    r"""`text` cut at each character of `at` before which no backslash stands; escapes stay.

    >>> split_escaped(r"a\;b;c", ";")
    ['a\\;b', 'c']
    """
    parts, start, escaped = [], 0, False
    for place, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character in at:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def unescaped(text: str) -> str:
    r"""`text` with its escapes undone: "\n" is a space, a backslash before anything else goes.

    >>> unescaped(r"C\,ty\nVD")
    'C,ty VD'
    """
    parts, escaped = [], False
    for character in text:
        if escaped:
            parts.append(" " if character in "nN" else character)
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            parts.append(character)
    return "".join(parts)


def _tidy(text: str) -> str:
    return " ".join(one_line(text).split())


def _digits(phone: str) -> str:
    kept = "".join(c for c in phone if c in _PHONE_SIGNS)
    return kept[:1] + kept[1:_LONGEST_PHONE].replace("+", "")
