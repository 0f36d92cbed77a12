"""Undoes what a keyboard does to the text of a hand scanner, where the result can be proved.

Keyboards cannot type Unicode, so scanners that type help themselves (domain.md 4.1): with
Alt-code digits (`Ng022501870141c` is `Ngọc`), with UTF-8 read as Latin-1 (`TrÆ°Æ¡ng`), with HTML
entities, with loose diacritics (NFD); some lose every letter outside Windows' page 1252, and a
scanner set to another layout than the computer types another sign for "|". Proved means: one of
the desk's formats claims the text by structure, all its letters are Vietnamese, none of these
damages is left in it, the text itself shows that the keyboard loses no letter, and no other
repair leads elsewhere. Everything else is for the camera. A wrong name is never the outcome.
"""

import html
import re
import unicodedata
from collections.abc import Callable

from kiosk.domain.credential import IDENTIFYING, Credential, Scheme
from kiosk.domain.letters import LETTERS, MARKS
from kiosk.domain.payload import parse

_LETTERS = frozenset(LETTERS)
_SIGNS = frozenset("’‘“”–—")

_WHOLE_IN_ASCII = frozenset(
    {
        Scheme.NATIONAL_QR,
        Scheme.HEALTH_INSURANCE,
        Scheme.EU_CERTIFICATE,
        Scheme.SMART_HEALTH_CARD,
        Scheme.ICAO_VDS,
        Scheme.SLIP,
        Scheme.STAFF_CARD,
        Scheme.INVITATION,
        Scheme.EMERGENCY_SLIP,
    }
)
"""Formats that are written in ASCII alone: no letter of theirs can be lost or garbled."""

_CARD_LIKE = re.compile(r"\s*(?:CCCD\s*:)?\s*[0-9]{12}[^0-9]", re.IGNORECASE)
_SEX = re.compile(r"[|;~\t](?:Nam|Nữ|NAM|NỮ)[|;~\t]")
_DAY = re.compile(r"[|;~\t]\s*[0-9]{8}\s*(?:[|;~\t]|\Z)")
"""A date as citizen cards write it, between their separators."""

_OTHER_LAYOUT = frozenset('@"#\\~')
"""What the American and the British layout type for one another, beside "|"."""

_FIELDS = re.compile(r"([|;~\t]+)")
_ALT_CODES = {
    "".join(f"{byte:04d}" for byte in sign.encode()): sign
    for sign in (*LETTERS, *MARKS, *_SIGNS)
    if not sign.isascii()
}
_ALT_SIGN = re.compile("|".join(_ALT_CODES))
_ALT_BYTE = re.compile(r"0(?:12[89]|1[3-9][0-9]|2[0-4][0-9]|25[0-5])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_BRITISH = str.maketrans({"~": "|", "#": "\\", "@": '"', '"': "@"})


def mended(typed: str) -> bytes | None:
    """What the symbol holds, as UTF-8; None where it must be held to the camera.

    Codes that name nobody (an address, a payment) come back as they were typed.
    """
    plain = unicodedata.normalize("NFC", typed)
    if _is_proved(typed, plain):
        return plain.encode()
    readings = {
        reading
        for repaired in _repairs(typed)
        if _is_proved(repaired, reading := unicodedata.normalize("NFC", repaired))
        and not _has_digits_in_name(reading)
    }
    if len(readings) == 1:
        return readings.pop().encode()
    if not readings and _names_nobody(typed):
        return typed.encode("utf-8", "surrogatepass")
    return None


def _repairs(typed: str) -> set[str]:
    """Every way of undoing a wrong layout, one of the damages, or both."""
    layouts = (typed, typed.translate(_BRITISH))
    undone = (undo(text) for text in layouts for undo in _UNDOS)
    return {*layouts, *(text for text in undone if text is not None)}


def _names_nobody(typed: str) -> bool:
    if _CARD_LIKE.match(typed):
        return False
    scheme = _claimed(typed).scheme
    return scheme not in IDENTIFYING and not (scheme is Scheme.TEXT and _is_rest_of_card(typed))


def _is_rest_of_card(typed: str) -> bool:
    """Whether a scanner that stopped within a card has typed this after its pause."""
    return bool(_SEX.search(typed) or _DAY.search(typed))


def _claimed(text: str) -> Credential:
    return parse(text.encode("utf-8", "surrogatepass"))


# --- the proof --------------------------------------------------------------------------------


def _is_proved(text: str, composed: str) -> bool:
    """Whether `text`, in NFC `composed`, is what the symbol holds."""
    if not all(c.isascii() or c in _LETTERS or c in _SIGNS for c in composed):
        return False
    credential = _claimed(composed)
    if credential.scheme not in IDENTIFYING or credential.doubtful_text:
        return False
    if credential.person is not None and _has_lost_its_capitals(credential.person.name):
        return False
    if credential.scheme in _WHOLE_IN_ASCII:
        return composed.isascii()
    card = credential.scheme is Scheme.CITIZEN_CARD
    whole = _loses_nothing(text, composed) and not _is_damaged(composed)
    return whole and (not card or _is_whole_card(composed))


def _loses_nothing(text: str, composed: str) -> bool:
    """Whether a letter came through that no code page of Windows holds.

    Ạ to Ỹ stand in none of them. Where letters come in pieces, one with two marks shows that
    both kinds of marks arrive.
    """
    if any("\u1ea0" <= c <= "\u1ef9" for c in text):
        return True
    return any(len(unicodedata.normalize("NFD", c)) > 2 for c in composed)  # noqa: PLR2004


def _is_damaged(composed: str) -> bool:
    """Whether one of the damages is still to be seen."""
    unescaped = html.unescape(composed)
    entities_left = sum(not c.isascii() for c in unescaped) > sum(
        not c.isascii() for c in composed
    )
    return entities_left or "&#" in composed or _undo_alt_codes(composed) != composed


def _is_whole_card(composed: str) -> bool:
    """Whether its sex is one of the two words, and nothing depends on the keyboard's layout."""
    return bool(_SEX.search(composed)) and not _OTHER_LAYOUT.intersection(composed)


def _has_lost_its_capitals(name: str) -> bool:
    """Whether the lock for capitals was on: "nGUYỄN", or "nguyen" of "NGUYEN"."""
    turned = any(word[:1].islower() and word[1:] != word[1:].lower() for word in name.split())
    return turned or name.islower()


def _has_digits_in_name(composed: str) -> bool:
    """No name has a digit: in a repaired one it is what is left of an Alt code."""
    person = _claimed(composed).person
    return person is not None and any(c.isdigit() for c in person.name)


# --- the repairs ------------------------------------------------------------------------------


def _undo_alt_codes(text: str) -> str | None:
    """Letters for groups of four digits, outside fields that are a number as a whole.

    None where a group is left over: then a byte was lost.
    """
    parts = _FIELDS.split(text)
    undone = [
        part if part.isdecimal() else _ALT_SIGN.sub(lambda m: _ALT_CODES[m[0]], part)
        for part in parts
    ]
    if undone == parts:
        return text
    left_over = any(_ALT_BYTE.search(part) for part in undone if not part.isdecimal())
    return None if left_over else "".join(undone)


def _undo_misread(page: str) -> Callable[[str], str | None]:
    """UTF-8 where each byte was taken for a letter of `page`; C1 controls stand for themselves."""
    bytes_of = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x100):
        bytes_of[bytes([byte]).decode(page, "ignore") or chr(byte)] = byte

    def undo(text: str) -> str | None:
        try:
            return bytes(bytes_of[sign] for sign in text).decode()
        except (KeyError, UnicodeDecodeError):
            return None

    return undo


def _undo_entities(text: str) -> str | None:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


_UNDOS: tuple[Callable[[str], str | None], ...] = (
    _undo_alt_codes,
    _undo_misread("cp1252"),
    _undo_misread("cp1258"),
    _undo_entities,
)
