"""Cuts what comes over a serial line into codes: at line ends, or where the line falls silent."""

import re

from kiosk.domain.payload import LONGEST

_PARTS = re.compile(rb"([\r\n]+)")
_BLANK = b" \t\x00"
_CARD_BEGINS, _CARD_ENDS = b"BEGIN:VCARD", b"END:VCARD"


class LineFrames:
    """Holds at most one code; what is longer than any symbol is dropped to its end."""

    def __init__(self) -> None:
        self._held = b""
        self._too_long = False

    def feed(self, chunk: bytes) -> tuple[bytes, ...]:
        """The codes that `chunk` completes, however the bytes were portioned."""
        done = []
        for part in _PARTS.split(chunk):
            if not _PARTS.match(part) or is_open_card(self._held):
                self._hold(part)
            else:
                done.append(self._end())
        return tuple(code for code in done if code.strip(_BLANK))

    def silence(self) -> tuple[bytes, ...]:
        """The code that a scanner without line end has sent, once nothing follows."""
        code = self._end()
        return (code,) if code.strip(_BLANK) else ()

    def _hold(self, part: bytes) -> None:
        self._too_long = self._too_long or len(self._held) + len(part) > LONGEST
        self._held = b"" if self._too_long else self._held + part

    def _end(self) -> bytes:
        code, self._held, self._too_long = self._held, b"", False
        return code


def is_open_card(code: bytes) -> bool:
    """True for a vCard that has not ended yet: it has line ends within."""
    upper = code.lstrip().upper()
    return upper.startswith(_CARD_BEGINS) and _CARD_ENDS not in upper
