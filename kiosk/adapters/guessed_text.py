"""Takes back what an old libzbar guessed about a Vietnamese text, where that can be proved."""

import unicodedata

from kiosk.domain.credential import IDENTIFYING
from kiosk.domain.payload import parse

_GUESSES = ("shift_jis", "cp932", "big5", "cp950", "latin-1")


def bytes_before_guess(guessed: bytes) -> bytes | None:
    """The bytes that were in the symbol, or None where that is not certain.

    Certain means: exactly one way of undoing the guess, or none at all, gives UTF-8 whose
    letters are all Latin and which one of the desk's formats recognises (domain.md 1.3).
    """
    candidates = {guessed} | {_undone(guessed, guess) for guess in _GUESSES}
    certain = [candidate for candidate in candidates if candidate and _is_recognised(candidate)]
    return certain[0] if len(certain) == 1 else None


def _undone(guessed: bytes, guess: str) -> bytes | None:
    try:
        return guessed.decode("utf-8").encode(guess)
    except UnicodeError:
        return None


def _is_recognised(payload: bytes) -> bool:
    try:
        text = unicodedata.normalize("NFC", payload.decode("utf-8"))
    except UnicodeDecodeError:
        return False
    foreign = (c for c in text if not c.isascii() and not _is_latin(c))
    return not any(foreign) and parse(payload).scheme in IDENTIFYING


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ")
