"""The test page, drawn: exact to the dot, and read by both decoders down to the last rung."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.app.main import main
from kiosk.domain.ladder import LADDER
from kiosk.ports.document import Paper
from kiosk.services.test_page import PAPERS
from kiosk.services.test_page import test_page as page
from tests.golden_pages import compare, on_receipt, pdf_texts, pixels, read
from tests.paper_samples import FONTS, VIETNAMESE

RUNGS = sorted([*(step.text for step in LADDER), "KIOSK TEST 1.9 MM"])


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_every_rung_is_read_from_a_perfect_print(
    printer: QtPrinter, paper: Paper, dpi: int
) -> None:
    images = printer.pictures(page(paper, dpi, VIETNAMESE), dpi)
    codes = [code for image in images for code in read(pixels(on_receipt(image)))]
    assert sorted(codes) == RUNGS


def test_the_measured_code_is_forty_millimetres_wide(printer: QtPrinter) -> None:
    (image,) = printer.pictures(page(Paper.ROLL_58, 203, VIETNAMESE), 203)
    dark = pixels(image)[-380:] < 128
    assert np.ptp(np.flatnonzero(dark.any(axis=0))) + 1 == pytest.approx(40 / 25.4 * 203, abs=1)


@pytest.mark.parametrize("dpi", [203, 300])
def test_it_looks_as_it_did_when_it_was_last_looked_at(printer: QtPrinter, dpi: int) -> None:
    compare(printer.pictures(page(Paper.A4, dpi, VIETNAMESE), dpi), "test_page", dpi)


def test_the_command_line_writes_it(
    qapp: QGuiApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test-page", "--lang", "vi", "--pdf", str(tmp_path / "a.pdf")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.pdf")
    (text,) = pdf_texts(tmp_path / "a.pdf")
    assert "ẰẮẲẴẶ" in text
    assert "Dành cho máy in 600 chấm mỗi inch" in text
