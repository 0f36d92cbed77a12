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
from itertools import chain

ALPHABET = "0123456789BCFGHJKLMNPQRSTVXZ"
PREFIX = "KQ1"
RANDOM_BYTES = 16
_EPOCH = date(2020, 1, 1)
_DAY_DIGITS = 3
_RANDOM_DIGITS = 14
_MAC_DIGITS = 14
_BODY = len(PREFIX) + 1 + _DAY_DIGITS + _RANDOM_DIGITS
LENGTH = _BODY + _MAC_DIGITS
_NEAR_DAYS = 366
_SHAPE = re.compile(f"{PREFIX}[STMK][{ALPHABET}]{{{LENGTH - len(PREFIX) - 1}}}")


@unique
class IssuedKind(StrEnum):
    """What a code of ours is on; the value is its letter in the code."""

    SLIP = "S"
    STAFF_CARD = "T"  # thẻ
    INVITATION = "M"  # mời
    EMERGENCY_SLIP = "K"  # khẩn cấp


@unique
class IssuedFault(StrEnum):
    """Why a code of ours is not accepted, before the directory is asked."""

    FORGED = "forged"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """The parts of a code that has the right shape. Nothing is proved before `check`.

    Attributes:
        text: the whole.
        kind: what it is on.
        day: of issue; the day on which a slip serves, the first day of an invitation.
    """

    text: str
    kind: IssuedKind
    day: date


def mint(kind: IssuedKind, day: date, random: bytes, key: bytes) -> str:
    """A new code.

    Args:
        kind: what it goes on.
        day: the local day on which it serves first, from 2020 to 2080.
        random: RANDOM_BYTES of entropy.
        key: the office's key, shared by its own gates.

    Raises:
        ValueError: for a day that a code cannot hold: the computer's clock is wrong.
    """
    if not holds(day):
        detail = f"no code holds the day {day}"
        raise ValueError(detail)
    days = (day - _EPOCH).days
    drawn = int.from_bytes(random, "big") % len(ALPHABET) ** _RANDOM_DIGITS
    body = PREFIX + kind.value + _digits(days, _DAY_DIGITS) + _digits(drawn, _RANDOM_DIGITS)
    return body + _mac(body, key)


def holds(day: date) -> bool:
    """Whether a code can say this day."""
    days: int = len(ALPHABET) ** _DAY_DIGITS
    return 0 <= (day - _EPOCH).days < days


def read(text: str) -> IssuedCode | None:
    """The parts of `text` where it has the shape of a code of ours, else None."""
    if not _SHAPE.fullmatch(text):
        return None
    start = len(PREFIX) + 1
    days = _number(text[start : start + _DAY_DIGITS])
    return IssuedCode(text, IssuedKind(text[len(PREFIX)]), _EPOCH + timedelta(days=days))


def check(code: IssuedCode, key: bytes) -> IssuedFault | None:
    """Why `code` is not ours, or None where it is."""
    if hmac.compare_digest(_mac(code.text[:_BODY], key), code.text[_BODY:]):
        return None
    return IssuedFault.ALTERED if _was_ours(code, key) else IssuedFault.FORGED


def _was_ours(code: IssuedCode, key: bytes) -> bool:
    """Whether it becomes ours when one part is put back: kind, day, or any one character."""
    body, mac = code.text[:_BODY], code.text[_BODY:]
    if sum(one != other for one, other in zip(_mac(body, key), mac, strict=True)) == 1:
        return True
    day = len(PREFIX) + 1
    random = day + _DAY_DIGITS
    whole = len(ALPHABET) ** _DAY_DIGITS
    days = _number(body[day:random])
    near = range(max(0, days - _NEAR_DAYS), min(whole, days + _NEAR_DAYS))
    candidates = chain(
        (f"{PREFIX}{kind}{body[day:]}" for kind in IssuedKind),
        (f"{body[:day]}{_digits(number, _DAY_DIGITS)}{body[random:]}" for number in near),
        (
            f"{body[:place]}{sign}{body[place + 1 :]}"
            for place in range(day, _BODY)
            for sign in ALPHABET
        ),
    )
    return any(_mac(candidate, key) == mac for candidate in candidates)


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
