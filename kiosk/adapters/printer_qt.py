"""Paper through Qt: pages become a PDF, pictures, or a job of the system's own driver."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kiosk.adapters.disk import write_private
from kiosk.adapters.paper_art import drawing_ratio, picture_ratio
from kiosk.adapters.paper_layout import Page, lay_out
from kiosk.adapters.paper_marks import Drawn, Pictured
from kiosk.adapters.paper_paint import Pen, Ruler, load_fonts
from kiosk.adapters.paper_scale import MM_PER_INCH, SHEETS
from kiosk.adapters.paper_strips import Gauge
from kiosk.adapters.paper_text import plain
from kiosk.adapters.qr_symbol import modules
from kiosk.ports.document import Document
from kiosk.ports.printer import NoSuchPrinterError, NotWrittenError, PrinterError

_PDF_DPI = 1200
_GREY = QImage.Format.Format_Grayscale8
_CREATOR = "kiosk"


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A document as PDF.

    Attributes:
        title: without what hides or turns text.
        content: the file.
        count: of its pages.
        width, height: of the first page, millimetres.
    """

    title: str
    content: bytes
    count: int
    width: float
    height: float


class QtPrinter:
    """Draws documents with the bundled font, and the drawings in the folders beside it.

    Thread: make it on the screen's thread, after the QGuiApplication. Its methods may then be
    called from several threads: Qt allows QPainter on QPrinter, QImage and PDF outside
    the screen's thread ("Thread-Support in Qt Modules"), fonts included, as long as a device is
    painted on by one thread only; here each call makes its own device.
    """

    def __init__(self, fonts: Path) -> None:
        self._family = load_fonts(fonts)
        self._resources = fonts.parent

    def send(self, printer: str, document: Document) -> None:
        """Hand the pages to a queue of the system, through Qt and its driver.

        Qt tells nothing of a queue that refuses the job or stands still.

        Raises:
            NoSuchPrinterError: the system does not know it.
            PrinterError: it did not begin.
        """
        if printer not in QPrinterInfo.availablePrinterNames():
            raise NoSuchPrinterError(printer)
        pages = self._pages(document)
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setDocName(plain(document.title))
        device.setCreator(_CREATOR)
        device.setFullPage(True)
        self._draw(device, pages, turn=not SHEETS[document.paper].roll)
        if device.printerState() is QPrinter.PrinterState.Error:
            detail = f"{printer} did not take the job"
            raise PrinterError(detail)

    def pdf(self, document: Document) -> PdfPages:
        """The pages as a PDF with its fonts inside.

        Raises:
            PrinterError: they cannot be drawn.
        """
        pages = self._pages(document)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        device = QPdfWriter(buffer)
        device.setResolution(_PDF_DPI)
        device.setTitle(plain(document.title))
        device.setCreator(_CREATOR)
        self._draw(device, pages, turn=not SHEETS[document.paper].roll)
        content = bytes(buffer.data().data())
        first = pages[0]
        return PdfPages(plain(document.title), content, len(pages), first.width, first.height)

    def write_pdf(self, path: Path, document: Document) -> int:
        """Write a PDF with its fonts inside; answers its number of pages.

        The file appears whole or not at all.

        Raises:
            PrinterError: it cannot be written.
        """
        pages = self.pdf(document)
        try:
            write_private(path, pages.content)
        except OSError as error:
            raise NotWrittenError(path, str(error.strerror)) from error
        return pages.count

    def write_png(self, path: Path, document: Document, dpi: int = 300) -> int:
        """Write one picture a page; page 2 of `a.png` is `a-2.png`.

        Raises:
            PrinterError: one cannot be written; those before it stay.
        """
        pages = self.render_png(document, dpi)
        for number, content in enumerate(pages, start=1):
            file = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
            try:
                write_private(file, content)
            except OSError as error:
                raise NotWrittenError(file, str(error.strerror)) from error
        return len(pages)

    def pictures(self, document: Document, dpi: int) -> list[QImage]:
        """The pages as a printer of so many dots an inch gets them; grey unless they are coloured.

        A roll is as many dots wide as the head of its printer where `dpi` is 203.
        """
        images = []
        for page in self._pages(document):
            kind = QImage.Format.Format_RGB32 if _coloured(page) else _GREY
            wide, high = (round(side / MM_PER_INCH * dpi) for side in (page.width, page.height))
            image = QImage(wide, high, kind)
            image.setDotsPerMeterX(round(dpi / MM_PER_INCH * 1000))
            image.setDotsPerMeterY(round(dpi / MM_PER_INCH * 1000))
            image.fill(Qt.GlobalColor.white)
            with _painting(image) as painter:
                Pen(painter, dpi, self._family, self._resources).draw(page)
            images.append(image)
        return images

    def render_png(self, document: Document, dpi: int) -> list[bytes]:
        """The same as PNG files."""
        return [_png(image) for image in self.pictures(document, dpi)]

    def _pages(self, document: Document) -> tuple[Page, ...]:
        gauge = Gauge(
            Ruler(self._family),
            modules,
            lambda name: drawing_ratio(self._resources, name),
            picture_ratio,
        )
        try:
            return lay_out(document, gauge)
        except ValueError as error:
            raise PrinterError(str(error)) from error

    def _draw(self, device: QPdfWriter | QPrinter, pages: Sequence[Page], *, turn: bool) -> None:
        _set_sheet(device, pages[0], turn=turn)
        with _painting(device) as painter:
            pen = Pen(painter, device.logicalDpiY(), self._family, self._resources)
            for number, page in enumerate(pages):
                if number:
                    _set_sheet(device, page, turn=turn)
                    if not device.newPage():
                        detail = f"page {number + 1} was not taken"
                        raise PrinterError(detail)
                pen.draw(page)


def _coloured(page: Page) -> bool:
    marks = (mark for placed in page.strips for mark in placed.strip.marks)
    return any(isinstance(mark, Drawn | Pictured) for mark in marks)


def _set_sheet(device: QPdfWriter | QPrinter, page: Page, *, turn: bool) -> None:
    """Turn a wide sheet: a printer has A4 in its tray, not "297 by 210"; a roll is as it is."""
    wide = turn and page.width > page.height
    sides = (page.height, page.width) if wide else (page.width, page.height)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    size = QPageSize(QSizeF(*sides), QPageSize.Unit.Millimeter, "", exact)
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, orientation, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


@contextlib.contextmanager
def _painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter that is always ended: Qt aborts the program where its device goes first."""
    painter = QPainter()
    if not painter.begin(device):
        detail = "the printer did not begin"
        raise PrinterError(detail)
    try:
        yield painter
    finally:
        painter.end()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
