"""The letters of Vietnamese, as single signs (NFC)."""

import unicodedata

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SMALL = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES
)

MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
"""What stands on a letter, where it comes as a sign of its own: five tones, three qualities."""

LETTERS = _SMALL + "đ" + _SMALL.upper() + "Đ"
"""Every vowel of Vietnamese with every tone, and đ; small and capital."""
