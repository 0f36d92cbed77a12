"""Receipt printers that speak ESC/POS: each page is one picture of dots, then the paper is cut.

Their code pages make question marks of Vietnamese letters, so they never see a letter.
"""

import contextlib
import functools
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Lock
from types import ModuleType
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from kiosk.adapters.escpos_wire import Wire, wire_to
from kiosk.ports.document import Document, Paper
from kiosk.ports.printer import Condition, PrinterError, Trouble

HEADS = {576: Paper.ROLL_80, 384: Paper.ROLL_58}
"""Dots of a print head and the roll that goes under it."""

_DPI = 203
_DARK = 128  # what is darker becomes a dot; dithering would eat the edges of a code
_BAND = 240  # rows at a time: cheap printers have little memory
_FEED = 3  # lines, to the tear-off edge of printers without a knife
_PROFILES = {576: "TM-T20II", 384: "POS-5890"}  # of python-escpos; here only their width matters
_NARROW = {Paper.A5, Paper.A6, Paper.LABEL, *HEADS.values()}
_NO_CHINESE = b"\x1c."  # clones take our bytes for Chinese letters until they are told

_STATUS = b"\x10\x04"  # DLE EOT n: answered at once, also without paper
_FIXED, _FIXED_BITS = 0b10010011, 0b00010010  # how an answer to it is known
_STATUS_SECONDS = 0.4
_PIECE, _PIECE_SECONDS = 4096, 8.0
_OFFLINE = 0x08  # of n = 1
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40  # of n = 2
_KNIFE = 0x08  # of n = 3
_PAPER_END = 0x60  # of n = 4
_PRINTED = b"\x1dr\x01"  # GS r 1: answered when everything before it is on paper
_PRINT_SECONDS = 8.0

_loading = Lock()  # two printers may print their first page at once


class ReceiptPrinter:
    """One receipt printer on its own cable.

    Thread: any one at a time; a line is opened for each page and closed again, so that other
    desks can use the printer too.
    """

    def __init__(
        self, address: str, dots: int | None, draw: Callable[[Document, int], Sequence[QImage]]
    ) -> None:
        """Reach it and draw for it.

        Args:
            address: see `escpos_wire.wire_to`.
            dots: of its head, a key of `HEADS`; None for that of the roll a document is for.
            draw: pages at so many dots an inch.

        Raises:
            ValueError: `address` is none.
        """
        self.name = address
        self._connect = wire_to(address)
        self._dots = dots
        self._draw = draw
        self._talks = True

    def condition(self) -> Condition:
        """What it says of itself; one that never answers is taken as ready."""
        self._talks = True
        try:
            with self._line() as wire:
                troubles = self._troubles(wire)
                wire.finish()
        except OSError:
            return Condition(self.name, troubles=(Trouble.OFFLINE,))
        return Condition(self.name, troubles=troubles)

    def print(self, document: Document) -> bool:
        """Print and cut; answers whether the printer confirmed that it is on paper.

        Raises:
            PrinterError: it is too wide, or the printer does not take it or has no paper.
        """
        dots = self._dots or (384 if document.paper is Paper.ROLL_58 else 576)
        content = encode(self._pages(document, dots), dots)
        try:
            with self._line() as wire:
                self._expect_ready(self._troubles(wire))
                self._send(wire, content)
                confirmed = self._talks and self._confirmed(wire)
                with contextlib.suppress(OSError) if confirmed else contextlib.nullcontext():
                    wire.finish()  # what is on paper stays there, however it hangs up
        except OSError as error:
            detail = f"{self.name}: {error}"
            raise PrinterError(detail, Trouble.OFFLINE) from error
        return confirmed

    def _send(self, wire: Wire, content: bytes) -> None:
        """Piece by piece, so that a slow printer is told from one that stands still."""
        try:
            for at in range(0, len(content), _PIECE):
                wire.send(content[at : at + _PIECE], _PIECE_SECONDS)
        except OSError:
            with contextlib.suppress(OSError):
                self._expect_ready(self._troubles(wire))
            raise

    def _pages(self, document: Document, dots: int) -> list[QImage]:
        """On its roll, whatever small sheet they were meant for."""
        if document.paper not in _NARROW:
            detail = f"{self.name}: {document.paper} is wider than a receipt"
            raise PrinterError(detail)
        narrow = document.paper in {Paper.ROLL_58, HEADS[dots]}
        fitting = document if narrow else replace(document, paper=HEADS[dots])
        return list(self._draw(fitting, _DPI))

    @contextlib.contextmanager
    def _line(self) -> Iterator[Wire]:
        wire = self._connect()
        try:
            yield wire
        finally:
            wire.close()

    def _expect_ready(self, troubles: Sequence[Trouble]) -> None:
        if troubles:
            raise PrinterError(self.name, troubles[0])

    def _troubles(self, wire: Wire) -> tuple[Trouble, ...]:
        said = {1: self._said(wire, 1)}
        self._talks = said[1] is not None
        if not self._talks:
            return ()
        said |= {number: self._said(wire, number) for number in (2, 3, 4)}
        bits = {number: answer or 0 for number, answer in said.items()}
        found = []
        if bits[2] & _COVER:
            found.append(Trouble.COVER_OPEN)
        if bits[2] & _PAPER_STOP or bits[4] & _PAPER_END == _PAPER_END:
            found.append(Trouble.NO_PAPER)
        if bits[3] & _KNIFE:
            found.append(Trouble.JAM)
        if not found and (bits[1] & _OFFLINE or bits[2] & _ERROR):
            found.append(Trouble.OFFLINE)
        return tuple(found)

    def _said(self, wire: Wire, number: int) -> int | None:
        """Its answer to DLE EOT `number`; None where it gives none, or only other bytes."""
        if not self._talks:
            return None
        wire.send(_STATUS + bytes([number]), _STATUS_SECONDS)
        answers = [byte for byte in wire.receive(_STATUS_SECONDS) if byte & _FIXED == _FIXED_BITS]
        return answers[-1] if answers else None

    def _confirmed(self, wire: Wire) -> bool:
        """Whether it says that all is on paper: it answers only once it has come so far.

        The answer may tell that the roll has ended since; printed again the slip came out twice.
        """
        wire.send(_PRINTED, _PRINT_SECONDS)
        answer = wire.receive(_PRINT_SECONDS)
        if not answer:  # it does not know this question, or it stopped in the middle
            troubles = self._troubles(wire)
            self._expect_ready(troubles if self._talks else (Trouble.OFFLINE,))
        return bool(answer)


def encode(pages: Sequence[QImage], dots: int) -> bytes:
    """The bytes that print these pages and cut after each.

    Raises:
        PrinterError: a page is wider than the head.
    """
    told: Any = _library().printer.Dummy(profile=_PROFILES[dots])
    for page in pages:
        told.hw("INIT")
        told._raw(_NO_CHINESE)  # noqa: SLF001 - its way to send what it has no name for
        told.image(_dots(page, dots), impl="bitImageRaster", fragment_height=_BAND)
        told.print_and_feed(_FEED)
        told.cut(feed=False)  # to the knife first, where there is one
    return bytes(told.output)


def _dots(page: QImage, dots: int) -> Any:  # noqa: ANN401 - Pillow's picture, for the library
    from PIL import Image  # noqa: PLC0415 - see _library

    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    rows = rows[:, : grey.width()]
    spare = dots - grey.width()
    if spare < 0:
        detail = f"a page of {grey.width()} dots for a head of {dots}"
        raise PrinterError(detail)
    paper = np.ones((grey.height(), dots), np.bool_)
    paper[:, spare // 2 : spare // 2 + grey.width()] = rows >= _DARK
    return Image.frombytes("1", (dots, grey.height()), np.packbits(paper, axis=1).tobytes())


@functools.cache
def _library() -> ModuleType:
    """python-escpos, loaded with the first receipt: it takes longer than a page.

    Loading it leaves a folder behind and a handler on the root logger; both are taken away.
    """
    with _loading:
        root = logging.getLogger()
        handlers = list(root.handlers)
        import escpos.capabilities  # type: ignore[import-untyped]  # noqa: PLC0415
        import escpos.printer  # type: ignore[import-untyped]  # noqa: PLC0415

        root.handlers[:] = handlers
        shutil.rmtree(escpos.capabilities.pickle_dir, ignore_errors=True)
    package: ModuleType = escpos
    return package
