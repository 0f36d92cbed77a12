"""Rolls, cards, drawings, pictures and stamps: drawn by Qt and measured on the page."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.ports.document import (
    Block,
    Card,
    Cards,
    Code,
    Columns,
    Document,
    Drawing,
    Line,
    Paper,
    Picture,
    Rule,
    Space,
    Style,
)
from tests.golden_pages import pdf_texts, picture_file, pixels, read
from tests.paper_samples import CODE, FONTS, LONG_UNIT


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def page(printer: QtPrinter, paper: Paper, *blocks: Block, dpi: int = 203) -> np.ndarray:
    (image,) = printer.pictures(Document("", paper, blocks), dpi)
    return pixels(image)


def box(grey: np.ndarray, below: int = 128) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is dark."""
    columns = np.flatnonzero(grey.min(axis=0) < below)
    rows = np.flatnonzero(grey.min(axis=1) < below)
    return columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


@pytest.mark.parametrize(("paper", "dots"), [(Paper.ROLL_80, 576), (Paper.ROLL_58, 384)])
def test_a_roll_is_as_wide_as_the_printers_head_and_as_long_as_its_content(
    printer: QtPrinter, paper: Paper, dots: int
) -> None:
    short = page(printer, paper, Line("một"), Space(1, grows=True), Line("hai"))
    long = page(printer, paper, *(Line("dòng") for _ in range(80)))
    assert short.shape[1] == long.shape[1] == dots
    assert 70 < short.shape[0] < 110
    assert long.shape[0] > 3000
    assert short[-1].min() == 255


def test_the_pdf_of_a_roll_is_cut_where_its_content_ends(
    printer: QtPrinter, tmp_path: Path
) -> None:
    printer.write_pdf(
        tmp_path / "a.pdf", Document("", Paper.ROLL_80, (Line("một"), Space(50), Line("hai")))
    )
    with pdfium.PdfDocument(tmp_path / "a.pdf") as pdf:
        wide, high = (side / 72 * 25.4 for side in pdf[0].get_size())
    assert wide == pytest.approx(72, abs=0.2)
    assert 60 < high < 65


@pytest.mark.parametrize("paper", list(Paper))
def test_every_paper_has_its_size_in_the_pdf(
    printer: QtPrinter, tmp_path: Path, paper: Paper
) -> None:
    printer.write_pdf(tmp_path / "a.pdf", Document("", paper, (Code(CODE, 43.0),)))
    (image,) = printer.pictures(Document("", paper, (Code(CODE, 43.0),)), 100)
    with pdfium.PdfDocument(tmp_path / "a.pdf") as pdf:
        sides = [side / 72 * 100 for side in pdf[0].get_size()]
    assert sides == pytest.approx([image.width(), image.height()], abs=1.5)
    assert read(pixels(image)) == [CODE]


def staff_card(name: str, number: int) -> Card:
    texts = (
        Line("SỞ XÂY DỰNG", Style.SMALL_STRONG, most_lines=2),
        Line(name, Style.HEADING, most_lines=3),
        Line(LONG_UNIT, most_lines=3),
        Space(0, grows=True),
        Line(f"Số {number}", Style.SMALL),
    )
    return (Columns((texts, (Code(f"{CODE[:-2]}{number:02}", 26.0),)), shares=(5, 4)),)


def test_ten_cards_fill_a_sheet_and_every_code_on_it_is_read(printer: QtPrinter) -> None:
    cards = tuple(staff_card("Công Tằng Tôn Nữ Thị Ẳng", number) for number in range(23))
    images = printer.pictures(Document("", Paper.A4_CARDS, (Cards(cards),)), 300)
    codes = [read(pixels(image)) for image in images]
    assert [len(found) for found in codes] == [10, 10, 3]
    assert len({code for found in codes for code in found}) == 23


def test_a_card_that_says_too_much_is_set_smaller(printer: QtPrinter, tmp_path: Path) -> None:
    lines = tuple(Line(f"Dòng {number}") for number in range(12))
    printer.write_pdf(tmp_path / "a.pdf", Document("", Paper.A4_CARDS, (Cards((lines,)),)))
    assert pdf_texts(tmp_path / "a.pdf")[0].split("\n") == [f"Dòng {n}" for n in range(12)]


def test_cut_marks_stand_outside_the_cards(printer: QtPrinter) -> None:
    grey = page(printer, Paper.A4_CARDS, Cards(((Space(1),),)), dpi=254)
    left, top, wide, high = box(grey)
    assert (wide, high) == pytest.approx((2 * 856 + 80, 540 + 80), abs=4)
    inside = grey[top + 44 : top + 576, left + 44 : left + wide - 44]
    assert inside.min() == 255


def test_what_must_be_on_one_page_is_set_smaller(printer: QtPrinter) -> None:
    lines = tuple(Line(f"Dòng {number}") for number in range(40))
    assert len(printer.pictures(Document("", Paper.A6, lines), 60)) == 2
    assert len(printer.pictures(Document("", Paper.A6, lines, one_page=True), 60)) == 1


def test_a_drawing_is_as_high_as_asked_and_in_its_colour(printer: QtPrinter) -> None:
    document = Document("", Paper.A6, (Drawing("icons/qr-code", 24.0, "#c00000"),))
    (image,) = printer.pictures(document, 254)
    _, _, wide, high = box(pixels(image))
    assert (wide, high) == pytest.approx((200, 200), abs=3)  # 20 of its 24 units
    colours = {image.pixelColor(x, image.height() // 5).name() for x in range(image.width())}
    assert "#c00000" in colours or "#c00000" in {
        image.pixelColor(image.width() // 2, y).name() for y in range(image.height())
    }


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_keeps_its_shape_in_its_box(printer: QtPrinter, kind: str) -> None:
    grey = page(printer, Paper.A6, Picture(picture_file(600, 300, kind), 80, 30), dpi=254)
    _, _, wide, high = box(grey)
    assert (wide, high) == pytest.approx((600, 300), abs=1)


def test_a_stamp_lies_over_every_page_and_can_be_found_as_text(
    printer: QtPrinter, tmp_path: Path
) -> None:
    lines = tuple(Line("dòng") for _ in range(100))
    document = Document("", Paper.A4, lines, footer="Sổ", stamp="BẢN SAO")
    assert printer.write_pdf(tmp_path / "a.pdf", document) == 2
    assert all("BẢN SAO · Sổ" in text for text in pdf_texts(tmp_path / "a.pdf"))
    for image in printer.pictures(Document("", Paper.A4, (Rule(),), stamp="BẢN SAO"), 100):
        _, _, wide, _ = box(pixels(image)[100:-100])
        assert wide > 400


@pytest.mark.parametrize("dots", [1.5, 2.0, 3.0, 4.0])
def test_a_module_can_have_an_exact_number_of_dots(printer: QtPrinter, dots: float) -> None:
    grey = page(printer, Paper.A6, Code("KIOSK TEST 2.0", module_mm=dots / 203 * 25.4))
    _, _, wide, high = box(grey)
    assert (wide, high) == pytest.approx((21 * dots, 21 * dots), abs=0.5)
    assert set(np.unique(grey)) == {0, 255}
