"""The poster, drawn: fifteen centimetres at least, read by both decoders, one page always."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from kiosk.adapters.given_code import read_given
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.adapters.qr_symbol import save_png
from kiosk.adapters.reading import open_reader
from kiosk.domain.office import Office
from kiosk.ports.document import Document, Paper
from kiosk.services.poster import LEAST_MM, LONGEST, PAPERS, Given, Sign, poster
from tests.golden_pages import compare, picture_file, pixels, read
from tests.paper_samples import ENGLISH, FONTS, LONG_UNIT, OFFICE, VIETNAMESE

URL = "https://qr.tokhaiyte.vn/?q=KG0912345678"
LONG_URL = f"https://qr.tokhaiyte.vn/diem?q={'KG0912345678&ten=So-Xay-dung&' * 10}"[:300]
CONTENTS = ("KIOSK", URL, LONG_URL, "Điểm kiểm dịch số 5, Rạch Giá", "ab1-" * (LONGEST // 4))
LONG_OFFICE = Office(
    "Ủy ban nhân dân tỉnh Kiên Giang", LONG_UNIT, "", "Cổng số 2, đường Nguyễn Trung Trực"
)
ALL, NO_SIGNS = tuple(Sign), ()


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def page(
    content: str | Given,
    row: tuple[Sign, ...] = ALL,
    paper: Paper = Paper.A4,
    office: Office = OFFICE,
) -> Document:
    return poster(content, row, office, paper, VIETNAMESE, ENGLISH)


def drawn(printer: QtPrinter, document: Document, dpi: int = 100) -> np.ndarray:
    """The only page."""
    (image,) = printer.pictures(document, dpi)
    return pixels(image)


def side_mm(grey: np.ndarray, dpi: int) -> float:
    """Of the widest dark stretch in the middle of the sheet: there is nothing but the symbol."""
    middle = grey[grey.shape[0] * 2 // 5 : grey.shape[0] * 3 // 5] < 128
    return float(np.ptp(np.flatnonzero(middle.any(axis=0))) + 1) / dpi * 25.4


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("row", [ALL, NO_SIGNS])
def test_both_decoders_read_every_poster_and_it_is_one_page(
    printer: QtPrinter, content: str, paper: Paper, row: tuple[Sign, ...]
) -> None:
    grey = drawn(printer, page(content, row, paper, LONG_OFFICE))
    assert read(grey) == [content]


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_symbol_is_fifteen_centimetres_on_every_printer(
    printer: QtPrinter, content: str, dpi: int
) -> None:
    wide = side_mm(drawn(printer, page(content), dpi), dpi)
    assert LEAST_MM <= wide < LEAST_MM + 3


def test_a_poster_of_a_place_is_told_for_one(printer: QtPrinter) -> None:
    grey = drawn(printer, page(URL))
    (symbol,) = open_reader().study(np.repeat(grey[:, :, None], 3, axis=2).data)
    assert symbol.payload.decode() == URL


@pytest.mark.parametrize("name", ["poster", "poster_long", "poster_plain"])
@pytest.mark.parametrize("dpi", [203, 300])
def test_it_looks_as_it_did_when_it_was_last_looked_at(
    printer: QtPrinter, name: str, dpi: int
) -> None:
    document = {
        "poster": page(URL),
        "poster_long": page(LONG_URL, office=LONG_OFFICE),
        "poster_plain": page(URL, NO_SIGNS),
    }[name]
    compare(printer.pictures(document, dpi), name, dpi)


# --- pictures of codes


def given_file(path: Path, text: str) -> bytes:
    save_png(text, path)
    return path.read_bytes()


def test_a_picture_of_a_code_alone_is_printed_in_full_size(
    printer: QtPrinter, tmp_path: Path
) -> None:
    given = read_given(given_file(tmp_path / "a.png", URL), open_reader())
    assert given is not None
    assert given.bare
    assert given.text == URL
    for paper in PAPERS:
        grey = drawn(printer, page(given, paper=paper))
        assert read(grey) == [URL]
        assert side_mm(grey, 100) >= LEAST_MM


def test_a_picture_with_more_than_the_code_stays_as_it_is(
    printer: QtPrinter, tmp_path: Path
) -> None:
    symbol = QImage.fromData(given_file(tmp_path / "a.png", URL))
    framed = QImage(symbol.width() * 2, symbol.height() * 3, QImage.Format.Format_RGB32)
    framed.fill(Qt.GlobalColor.white)
    painter = QPainter(framed)
    painter.drawImage(symbol.width() // 2, symbol.height(), symbol)
    painter.fillRect(0, 0, framed.width(), 40, Qt.GlobalColor.darkBlue)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    framed.save(buffer, "JPEG")
    content = bytes(buffer.data().data())
    given = read_given(content, open_reader())
    assert given is not None
    assert given.content == content
    assert not given.bare
    assert given.share == pytest.approx(29 / 37 / 2, abs=0.02)
    assert read(drawn(printer, page(given), 150)) == [URL]


def test_a_picture_without_a_code_is_none(tmp_path: Path) -> None:
    assert read_given(picture_file(200, 200), open_reader()) is None
    with pytest.raises(ValueError, match="PNG"):
        read_given(b"GIF89a", open_reader())
