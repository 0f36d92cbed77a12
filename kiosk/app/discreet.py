"""Writes log lines that name nobody, whatever a message or a traceback was given."""

import logging
import re
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_LONG_NUMBER = re.compile(r"[0-9]{9,}")
_FOREIGN_WORD = re.compile(r"[^\W0-9_]*[^\x00-\x7f][^\s|,;:'\"]*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_NAME_IN_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_OF_PYTHON = ("Traceback ", "During handling ", "The above exception ", " ", "\t")


def discreet(text: str) -> str:
    """`text` without letters outside ASCII, document and phone numbers, and control characters.

    Names of persons here are written with such letters, and nothing the program says of itself
    needs them.
    """
    text = _LONG_NUMBER.sub(lambda found: f"<{len(found[0])} digits>", text)
    text = _FOREIGN_WORD.sub(lambda found: f"<{len(found[0])} letters>", text)
    return _CONTROLS.sub("?", text)


class DiscreetFormatter(logging.Formatter):
    """Of a bug's own words nothing quoted is kept but names of the code; the traceback is."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        return discreet(super().format(record))

    def formatException(  # noqa: N802 - the name in logging
        self, ei: ExcInfo
    ) -> str:
        """The traceback, with what exceptions quote left out."""
        lines = super().formatException(ei).split("\n")
        return "\n".join(_unquoted(line) for line in lines)


def _unquoted(line: str) -> str:
    if line.startswith(_OF_PYTHON):
        return line
    return _QUOTED.sub(_kept, line)


def _kept(found: re.Match[str]) -> str:
    inner = found[1] if found[1] is not None else found[2]
    return found[0] if _NAME_IN_CODE.fullmatch(inner) else f"<{len(inner)} characters>"
