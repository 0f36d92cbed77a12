"""`kiosk poster`: the poster of the place, from a text, a picture that was given, or settings."""

import argparse
from contextlib import closing
from pathlib import Path

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.given_code import read_given
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.app import diagnostics
from kiosk.app.equipment import equip
from kiosk.app.paper import FOUND_NOTHING
from kiosk.app.print_record import Sheet, hand_over
from kiosk.ports.decoder import DecodersEndedError
from kiosk.ports.document import Paper
from kiosk.ports.print_jobs import Printed
from kiosk.services.poster import LEAST_MM, LONGEST, Given, fits, signs, symbol_mm
from kiosk.services.poster import poster as page
from kiosk.ui.wording import Language, Words

WRONG_USE = 2
_LARGEST_FILE = 20_000_001


class _NoPosterError(Exception):
    """There is nothing to print; the sentence, and the exit code."""


def poster(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Print or write the poster; the exit code."""
    language = Language(given.lang) if given.lang else None
    equipment = equip(data, resources, language)
    wanted, say, paper = equipment.settings.poster, equipment.words, Paper(given.paper)
    try:
        content = (
            _given(given.image, words)
            if given.image
            else _text(wanted.text if given.text is None else given.text, words)
        )
    except _NoPosterError as problem:
        sentence, code = problem.args
        diagnostics.say(sentence)
        return int(code)
    if isinstance(content, Given) and symbol_mm(content, paper) < LEAST_MM:
        side = int(symbol_mm(content, paper))
        diagnostics.say(words("poster.smaller", side=side, least=f"{LEAST_MM:g}"))
    row = signs(wanted.signs, equipment.rules.card)
    document = page(content, row, equipment.office, paper, say, say.in_other())
    sheet = Sheet(Printed.POSTER, "", document, "poster.pdf")
    return hand_over(sheet, given, resources, words)


def _text(text: str, words: Words) -> str:
    if not text.strip():
        raise _NoPosterError(words("poster.trouble.no_content"), WRONG_USE)
    if not fits(text):
        raise _NoPosterError(words("poster.trouble.no_text", longest=LONGEST), WRONG_USE)
    return text


def _given(path: Path, words: Words) -> Given:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise _NoPosterError(
            words("poster.trouble.no_file", file=path, cause=cause), FOUND_NOTHING
        ) from error
    try:
        with closing(open_reader_apart(SystemClock())) as reader:
            read = read_given(content, reader)
    except DecodersEndedError:
        read = None
    except ValueError as error:
        raise _NoPosterError(
            words("poster.trouble.no_picture", file=path), FOUND_NOTHING
        ) from error
    if read is None:
        raise _NoPosterError(words("poster.trouble.no_code", file=path), FOUND_NOTHING)
    return read
