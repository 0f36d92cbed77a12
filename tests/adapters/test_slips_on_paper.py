"""Slips on every paper: read by both decoders, photographed, and as they were last looked at."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.adapters.opencv import cv2
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.adapters.reading import open_reader
from kiosk.domain.office import Office
from kiosk.domain.screening import NOWHERE, Destination
from kiosk.ports.document import Document, Paper
from kiosk.services.slip import SYMBOLS_MM, SlipContent, visitor_slip
from tests.golden_pages import compare, on_receipt, pdf_texts, pixels, read
from tests.paper_samples import (
    CODE,
    DAY,
    ENGLISH,
    FONTS,
    LONG_UNIT,
    OFFICE,
    SLIP,
    VIETNAMESE,
)

LONG = SlipContent(
    CODE, "12345Q", DAY, "C. T. T. N. T. H. T. N. Ẳng", Destination(LONG_UNIT, LONG_UNIT[::-1])
)
LONG_OFFICE = Office("", LONG_UNIT, "", "Cổng số 2, đường Nguyễn Trung Trực nối dài")
BARE = SlipContent(CODE, "0012Q", DAY, "", NOWHERE)
RECEIPTS = {Paper.LABEL, Paper.ROLL_80, Paper.ROLL_58}
papers = pytest.mark.parametrize("paper", list(SYMBOLS_MM))


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def slip(paper: Paper, content: SlipContent = SLIP, office: Office = OFFICE) -> Document:
    return visitor_slip(content, office, VIETNAMESE, ENGLISH, paper)


def drawn(printer: QtPrinter, document: Document, dpi: int) -> QImage:
    """The one page, in black and white where heat makes it."""
    (image,) = printer.pictures(document, dpi)
    return on_receipt(image) if document.paper in RECEIPTS else image


def on_the_table(grey: np.ndarray, paper: Paper, dpi: int) -> np.ndarray:
    """The paper on a black table; a roll has white beside what its printer reaches."""
    beside = {Paper.ROLL_80: 4.0, Paper.ROLL_58: 5.0}.get(paper, 0.0)
    white = round(beside / 25.4 * dpi)
    grey = np.pad(grey, ((0, 0), (white, white)), constant_values=255)
    return np.pad(grey, 150, constant_values=0)


@papers
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_both_decoders_read_every_slip_on_a_black_table(
    printer: QtPrinter, paper: Paper, dpi: int
) -> None:
    for content, office in ((SLIP, OFFICE), (LONG, LONG_OFFICE), (BARE, Office())):
        grey = pixels(drawn(printer, slip(paper, content, office), dpi))
        assert read(on_the_table(grey, paper, dpi)) == [CODE]


@papers
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_the_symbol_is_five_centimetres_or_as_large_as_the_roll_allows(
    printer: QtPrinter, paper: Paper, dpi: int
) -> None:
    grey = pixels(drawn(printer, slip(paper, BARE), dpi))
    (found,) = open_reader().study(np.repeat(grey[:, :, None], 3, axis=2))
    left, top = np.min(found.corners, axis=0).astype(int) - dpi // 8
    right, bottom = np.max(found.corners, axis=0).astype(int) + dpi // 8
    dark = grey[max(top, 0) : bottom, max(left, 0) : right] < 128
    side = min(np.ptp(np.flatnonzero(dark.any(axis=axis))) + 1 for axis in (0, 1))
    assert side % 25 == 0
    assert side / dpi * 25.4 >= (43.3 if paper is Paper.ROLL_58 else 50)


@papers
@pytest.mark.parametrize(
    ("content", "office"), [(SLIP, OFFICE), (LONG, LONG_OFFICE), (BARE, Office())]
)
def test_nothing_is_cut_off(
    printer: QtPrinter, tmp_path: Path, paper: Paper, content: SlipContent, office: Office
) -> None:
    document = slip(paper, content, office)
    assert printer.write_pdf(tmp_path / "a.pdf", document) == 1
    text = " ".join(pdf_texts(tmp_path / "a.pdf")[0].split())
    whole = (
        office.name,
        content.number,
        content.masked_name,
        content.destination.unit,
        content.destination.host,
        office.gate,
        "Khi ra về, xin đưa phiếu này ra trước máy quét.",
        "When you leave, please hold this slip to the scanner.",
    )
    squeezed = text.replace(" ", "")
    assert [part for part in whole if part.replace(" ", "") not in squeezed] == []
    grey = pixels(printer.pictures(document, 203)[0])
    edge = 5
    assert min(grey[:, :edge].min(), grey[:, -edge:].min(), grey[-edge:].min()) == 255


@papers
@pytest.mark.parametrize("dpi", [180, 203, 300])
def test_a_slip_that_went_through_a_pdf_and_the_printers_own_dots_is_read(
    printer: QtPrinter, tmp_path: Path, paper: Paper, dpi: int
) -> None:
    printer.write_pdf(tmp_path / "a.pdf", slip(paper))
    with pdfium.PdfDocument(tmp_path / "a.pdf") as pdf:
        grey = pdf[0].render(scale=dpi / 72, grayscale=True).to_numpy()
    dots = np.where(grey < 128, 0, 255).astype(np.uint8)
    assert read(on_the_table(dots, paper, dpi)) == [CODE]


@papers
@pytest.mark.parametrize("dpi", [203, 300])
def test_slips_look_as_they_did_when_they_were_last_looked_at(
    printer: QtPrinter, paper: Paper, dpi: int
) -> None:
    """In grey: made black or white, a shade more or less would be a whole dot."""
    compare(printer.pictures(slip(paper), dpi), f"slip_{paper}", dpi)


@papers
@pytest.mark.parametrize("seed", range(4))
def test_a_photographed_slip_is_read(printer: QtPrinter, paper: Paper, seed: int) -> None:
    grey = pixels(drawn(printer, slip(paper, LONG, LONG_OFFICE), 203))
    photo = photographed(on_the_table(grey, paper, 203), np.random.default_rng(seed))
    codes = {symbol.payload.decode() for symbol in open_reader().study(photo)}
    assert codes == {CODE}


def photographed(grey: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """1280 by 720 dots: turned, tilted, unevenly lit, out of focus and noisy."""
    high, wide = grey.shape
    scale = 600 / max(high, wide)
    turn = np.deg2rad(chance.uniform(-25, 25))
    corners = np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high]]) * scale / 2
    turned = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    tilted = turned * (1 + turned[:, :1] / 2400) * [chance.uniform(0.8, 1), 1] + [640, 360]
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    view = cv2.getPerspectiveTransform(flat, tilted.astype(np.float32))
    small = cv2.GaussianBlur(grey, (0, 0), 0.5 / scale)
    photo = cv2.warpPerspective(small, view, (1280, 720), borderValue=60).astype(float)
    photo = cv2.GaussianBlur(photo, (0, 0), chance.uniform(0.8, 1.4))
    light = np.linspace(chance.uniform(0.4, 0.6), 0.95, 1280)
    noisy = photo * light + 15 + chance.normal(0, 6, photo.shape)
    return np.repeat(noisy.clip(0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
