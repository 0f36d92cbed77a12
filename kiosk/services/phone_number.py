"""A phone number as it was said becomes one that can be called, or why it cannot."""

import re
from enum import StrEnum, unique

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

_HERE, _HERE_CODE = "VN", 84
_TYPED = re.compile(r"\+?[0-9][0-9 .\-()/]*")
_LONGEST = 30
_RENUMBERED = {
    **dict.fromkeys(("162", "163", "164", "165", "166", "167", "168", "169"), ""),
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "186": "56",
    "188": "58",
    "199": "59",
}
"""How mobile numbers of eleven digits began until 2018, and how they begin since; "" for 16x: the
1 and the 6 are a 3."""
_OLD = re.compile(r"(?:0|84)(1[0-9]{2})([0-9]{7})")


@unique
class PhoneFault(StrEnum):
    """Why what was typed is no number to call."""

    NO_PHONE = "no_phone"
    OLD_PHONE = "old_phone"  # eleven digits, as until 2018


def read_phone(typed: str) -> str | PhoneFault:
    """The number in the form it is kept in, "" where nothing was typed, or what is wrong.

    Numbers of Vietnam are kept as they are dialled there, all others with their country.

    >>> read_phone("+84 (90) 000-00.18"), read_phone("+855 12 345 678"), read_phone("113")
    ('0900000018', '+85512345678', <PhoneFault.NO_PHONE: 'no_phone'>)
    """
    text = typed.strip()
    if not text:
        return ""
    if len(text) > _LONGEST or not text.isascii() or not _TYPED.fullmatch(text):
        return PhoneFault.NO_PHONE
    if renumbered(text):
        return PhoneFault.OLD_PHONE
    try:
        number = phonenumbers.parse(text, _HERE)
    except NumberParseException:
        return PhoneFault.NO_PHONE
    return _kept(number) if _can_be_called(number) else PhoneFault.NO_PHONE


def renumbered(typed: str) -> str:
    """What a mobile number of eleven digits has been since 2018; "" for any other.

    >>> renumbered("0168 123 4567"), renumbered("0912345678")
    ('0381234567', '')
    """
    old = _OLD.fullmatch("".join(c for c in typed if c.isdigit()))
    if old is None or old[1] not in _RENUMBERED:
        return ""
    return f"0{_RENUMBERED[old[1]] or '3' + old[1][2]}{old[2]}"


def _can_be_called(number: PhoneNumber) -> bool:
    """Of Vietnam a number that is in use; of elsewhere one that is as long as theirs are."""
    if number.country_code == _HERE_CODE:
        return phonenumbers.is_valid_number(number)
    return phonenumbers.is_possible_number(number)


def _kept(number: PhoneNumber) -> str:
    form = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    here = f"+{_HERE_CODE}"
    return f"0{form.removeprefix(here)}" if form.startswith(here) else form
