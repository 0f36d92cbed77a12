"""The codes we issue ourselves: minted with the office's key, checked without a network.

A code is 35 characters of `ALPHABET`: `KQ1`, kind, day of issue (3), random (14, more than 64
bits), keyed MAC (14, HMAC-SHA-256 cut to more than 64 bits). The alphabet has no vowels and no D,
W, Y, so that no Vietnamese typing tool rewrites a code that a hand scanner "types" (design.md 5).
35 alphanumeric characters fit QR version 2 at level M. No personal data is in it.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

ALPHABET = "0123456789BCFGHJKLMNPQRSTVXZ"
PREFIX = "KQ1"
RANDOM_BYTES = 16
_EPOCH = date(2020, 1, 1)
_DAY_DIGITS = 3
_RANDOM_DIGITS = 14
_MAC_DIGITS = 14
_BODY = len(PREFIX) + 1 + _DAY_DIGITS + _RANDOM_DIGITS
LENGTH = _BODY + _MAC_DIGITS
_SHAPE = re.compile(f"{PREFIX}[{ALPHABET}]{{{LENGTH - len(PREFIX)}}}")


@unique
class IssuedKind(StrEnum):
    """What a code of ours is on; the value is its letter in the code."""

    SLIP = "S"


@unique
class SlipFault(StrEnum):
    """Why a code of ours is not accepted, before the log is asked."""

    FORGED = "forged"
    OTHER_DAY = "other_day"


@dataclass(frozen=True, slots=True)
class SlipCode:
    """The parts of a code that has the right shape. Nothing is proved before `check`."""

    text: str
    day: date


def mint(day: date, random: bytes, key: bytes) -> str:
    """A new slip code.

    Args:
        day: the local day on which it serves.
        random: RANDOM_BYTES of entropy.
        key: the office's key, shared by its own gates.
    """
    drawn = int.from_bytes(random, "big") % len(ALPHABET) ** _RANDOM_DIGITS
    body = (
        PREFIX
        + IssuedKind.SLIP.value
        + _digits((day - _EPOCH).days, _DAY_DIGITS)
        + _digits(drawn, _RANDOM_DIGITS)
    )
    return body + _mac(body, key)


def read(text: str) -> SlipCode | None:
    """The parts of `text` where it has the shape of a code of ours, else None."""
    if not _SHAPE.fullmatch(text) or text[len(PREFIX)] != IssuedKind.SLIP.value:
        return None
    start = len(PREFIX) + 1
    days = _number(text[start : start + _DAY_DIGITS])
    return SlipCode(text, _EPOCH + timedelta(days=days))


def check(code: SlipCode, today: date, key: bytes) -> SlipFault | None:
    """Why `code` is not accepted on `today`, or None where it is ours and of this day."""
    if not hmac.compare_digest(_mac(code.text[:_BODY], key), code.text[_BODY:]):
        return SlipFault.FORGED
    if code.day != today:
        return SlipFault.OTHER_DAY
    return None


def short_number(day: date, count: int, key: bytes) -> str:
    """The number printed below the symbol, to be typed: "0012K".

    The last character checks day and number, so that a slip of another day or a slip of the
    finger is noticed.
    """
    mac = hmac.new(key, f"short|{day.isoformat()}|{count}".encode(), hashlib.sha256).digest()
    return f"{count:04d}{ALPHABET[mac[0] % len(ALPHABET)]}"


def _mac(body: str, key: bytes) -> str:
    digest = hmac.new(key, body.encode("ascii"), hashlib.sha256).digest()
    return _digits(int.from_bytes(digest, "big") % len(ALPHABET) ** _MAC_DIGITS, _MAC_DIGITS)


def _digits(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(ALPHABET) + ALPHABET.index(digit)
    return number
