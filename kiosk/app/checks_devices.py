"""Looks at decoders, printers and fonts: the doctor's first half."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtGui import QRawFont

from kiosk.adapters.decoder_zbar import ZbarDecoder, open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.pictures import Picture, PictureError, load
from kiosk.app.findings import Finding, fault, note, ok
from kiosk.domain.letters import LETTERS
from kiosk.ports.decoder import Decoder, DecoderMissingError
from kiosk.ports.printer import Printer, Trouble

D = TypeVar("D", bound=Decoder)

CARD = "091190000018||Vũ Bích Sơn|02091990|Nữ|Tô Châu, Tây Ninh|15042024||||"
"""What `resources/doctor/card.png` holds; plain libzbar takes it for Big5 (domain.md 1.3).

tests/app/test_doctor.py tells how the picture is made.
"""

_FONT_SIZE = 16.0


def decoders(
    picture: Path,
    first: Callable[[Decoder | None], ZbarDecoder] = open_zbar,
    second: Callable[[], Decoder] = open_zxing,
) -> Iterator[Finding]:
    """Whether each decoder alone reads the built-in picture byte for byte."""
    try:
        card = load(picture)
    except PictureError as error:
        yield fault("decoders", "doctor.decoders.no_picture", file=picture, cause=error.fault)
        return
    zxing = _opened(second)
    zbar = _opened(lambda: first(None))
    if zbar is None and zxing is None:
        yield fault("decoders", "doctor.decoders.none")
        return
    if zbar is None:
        yield note("decoders", "doctor.decoders.no_zbar")
    elif zbar.gives_bytes:
        yield _reads(zbar, card)
    else:
        yield note("decoders", "doctor.decoders.zbar_guesses")
    yield _reads(zxing, card) if zxing else note("decoders", "doctor.decoders.no_zxing")


def _opened(opener: Callable[[], D]) -> D | None:
    try:
        return opener()
    except DecoderMissingError:
        return None


def _reads(decoder: Decoder, card: Picture) -> Finding:
    symbols = decoder.decode(np.ascontiguousarray(card[:, :, 0]).data)
    if [symbol.payload for symbol in symbols] == [CARD.encode()]:
        return ok("decoders", "doctor.decoders.ok", decoder=decoder.name)
    wrong = "doctor.decoders.wrong" if symbols else "doctor.decoders.blind"
    return fault("decoders", wrong, decoder=decoder.name)


def printers(wanted: str, printer: Printer) -> Iterator[Finding]:
    """Whether the printer that is set prints, and what the others say of themselves.

    Args:
        wanted: as the settings name it; "" for the default one.
        printer: all there are.
    """
    names = tuple(printer.printers())
    used = wanted or next(iter(names), "")
    if not used:
        yield note("printers", "doctor.printers.none")
        return
    for name in dict.fromkeys((used, *names)):
        troubles = printer.condition(name).troubles
        if Trouble.NO_SUCH_PRINTER in troubles:
            known = ", ".join(names) or "-"
            yield fault("printers", "doctor.printers.unknown", printer=name, known=known)
        elif troubles:  # the gravest is enough: it is looked at again when that is mended
            said = fault if name == used else note
            yield said("printers", f"doctor.printer.{troubles[0]}", printer=name)
        elif name == used:
            yield ok("printers", "doctor.printers.ok", printer=name, count=len(names))
        else:
            yield ok("printers", "doctor.printers.ready", printer=name)


def fonts(folder: Path) -> Finding:
    """Whether the bundled fonts hold every Vietnamese letter. Needs a QGuiApplication."""
    files = sorted(folder.glob("*.ttf"))
    if not files:
        return fault("fonts", "doctor.fonts.none", folder=folder)
    for file in files:
        font = QRawFont(str(file), _FONT_SIZE)
        if not font.isValid():
            return fault("fonts", "doctor.fonts.broken", file=file.name)
        lacking = "".join(letter for letter in LETTERS if not font.supportsCharacter(ord(letter)))
        if lacking:
            return fault("fonts", "doctor.fonts.lacking", file=file.name, letters=lacking)
    return ok("fonts", "doctor.fonts.ok", count=len(files), letters=len(set(LETTERS)))
