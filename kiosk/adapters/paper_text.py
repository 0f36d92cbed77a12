"""Plain text for paper: what may be printed, and how it breaks into lines."""

import re
import unicodedata
from collections.abc import Callable, Iterator

Width = Callable[[str], float]
"""How wide a piece of text is, in millimetres."""

HIDDEN = "¤"
"""Stands where something was that must not act on paper (a control or direction character)."""

_ELLIPSIS = "…"
_MOST_MARKS = 3
_LONGEST = 4000
_HALVINGS = 7
_DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_ODD = re.compile("[^ -~\u00a0-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]")
_MARKS = re.compile(f"([\u0300-\u036f]{{{_MOST_MARKS}}})[\u0300-\u036f]+")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """`text` as it may stand on paper: one line, NFC, nothing that hides, turns or commands.

    Breaks become spaces, invisible joiners vanish, other control and direction characters show
    as `HIDDEN`, piles of combining marks are cut.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text[:_LONGEST].split())
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text[:_LONGEST]))
    if _ODD.search(text):
        text = "".join(_printable(character) for character in text)
        text = unicodedata.normalize("NFC", text)
    return " ".join(_MARKS.sub(r"\1", text).split())


def _printable(character: str) -> str:
    if character.isspace():
        return " "
    return HIDDEN if unicodedata.category(character) in _UNPRINTABLE else character


def wrap(text: str, room: float, width: Width, most_lines: int = 0) -> tuple[str, ...]:
    """The lines of plain `text` in `room` millimetres; what has no space in it breaks anywhere.

    Args:
        text: as `plain` gives it.
        room: millimetres.
        width: the measure of this style.
        most_lines: the last of so many lines ends in "…" where more would follow; 0: all.
    """
    if width(text) <= room:
        return (text,)
    lines = []
    for line in _lines(text, room, width):
        lines.append(line)
        if 0 < most_lines < len(lines):
            return (*lines[: most_lines - 1], _cut(lines[most_lines - 1], room, width))
    return tuple(lines)


def wrap_evenly(text: str, room: float, width: Width, most_lines: int = 0) -> tuple[str, ...]:
    """As `wrap` with as many lines, but about equally long: no single word below a title."""
    lines = wrap(text, room, width, most_lines)
    if len(lines) == 1 or lines[-1].endswith(_ELLIPSIS):
        return lines
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + room) / 2
        tried = wrap(text, middle, width)
        fits = len(tried) <= len(lines) and all(width(line) <= middle for line in tried)
        lines, low, room = (tried, low, middle) if fits else (lines, middle, room)
    return lines


def _lines(text: str, room: float, width: Width) -> Iterator[str]:
    space = width(" ")
    line, used = "", 0.0
    for word in text.split(" "):
        wide = width(word)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            yield line
        while wide > room and len(word) > 1:
            fits = _fitting(word, room, width)
            yield word[:fits]
            word = word[fits:]  # noqa: PLW2901 - the rest of the endless word
            wide = width(word)
        line, used = word, wide
    yield line


def _fitting(word: str, room: float, width: Width) -> int:
    """How many leading characters fit, at least one; a combining mark stays with its letter."""
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(word[:middle]) <= room else (low, middle - 1)
    while low < len(word) - 1 and unicodedata.combining(word[low]):
        low += 1
    return low


def _cut(line: str, room: float, width: Width) -> str:
    while len(line) > 1 and width(line + _ELLIPSIS) > room:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
