"""Bytes to text: strict UTF-8, then named fallbacks with a doubt; NFC at the edge."""

import unicodedata

_WIDE_DIGITS = {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_TIDY = str.maketrans(_WIDE_DIGITS | {"\uff5c": "|", "\ufeff": ""})
_CONTROLS_IN_TEXT = "\t\r\n"
_MOST_CONTROLS = 0.1


def to_text(payload: bytes) -> tuple[str, bool]:
    """The text of `payload` and whether its spelling is in doubt. Never raises.

    Source: Vietnamese cards hold UTF-8 without ECI or BOM; some writers choose Latin-1 or the
    Vietnamese Windows page 1258 (domain.md 1.3).
    """
    for encoding, doubtful in (("utf-8", False), ("cp1258", True)):
        try:
            return unicodedata.normalize("NFC", payload.decode(encoding)), doubtful
        except UnicodeDecodeError:
            continue
    return payload.decode("latin-1"), True


def is_binary(text: str) -> bool:
    """True where control characters say that this was never meant to be read by people."""
    controls = sum(1 for c in text if ord(c) < ord(" ") and c not in _CONTROLS_IN_TEXT)
    return "\x00" in text.rstrip("\x00") or controls > _MOST_CONTROLS * max(len(text), 1)


def tidy(text: str) -> str:
    """`text` without what printers and scanners add around it: NUL, BOM, CR LF, full width."""
    return text.translate(_TIDY).strip("\x00\r\n \t")
