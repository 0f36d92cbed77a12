"""Emergency slips as they come out: every symbol read, every blank named in both languages."""

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.domain import issued as codes
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.office import Office
from kiosk.domain.screening import RuleCard
from kiosk.ports.document import Document, Paper
from kiosk.services.emergency_slip import PAPERS, emergency_document
from kiosk.services.issuing import Minted
from tests.fakes_log import RULES
from tests.golden_pages import compare, pdf_texts, pixels, read
from tests.paper_samples import DAY, ENGLISH, FONTS, LONG_UNIT, OFFICE, VIETNAMESE

KEY = b"key of the office, 32 bytes long"
OFF = RuleCard("2022-05", False, 375, 380, 10, False, False, False, True, "")


def slip(number: int) -> Minted:
    code = codes.mint(IssuedKind.EMERGENCY_SLIP, DAY, bytes([number] * 16), KEY)
    short = codes.short_number(DAY, number, KEY)
    return Minted(code, Scheme.EMERGENCY_SLIP, DAY, number=short)


SLIPS = [slip(number) for number in range(1, 6)]


def document(
    paper: Paper, count: int = 5, rules: RuleCard = RULES, office: Office = OFFICE
) -> Document:
    return emergency_document(SLIPS[:count], paper, office, rules, VIETNAMESE, ENGLISH)


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("paper", PAPERS)
def test_both_decoders_read_every_slip(printer: QtPrinter, paper: Paper, dpi: int) -> None:
    found = [
        text for page in printer.pictures(document(paper), dpi) for text in read(pixels(page))
    ]
    assert sorted(found) == sorted(slip.code for slip in SLIPS)


@pytest.mark.parametrize(
    ("paper", "pages"), [(Paper.A4, 2), (Paper.A6, 5), (Paper.ROLL_80, 2), (Paper.ROLL_58, 2)]
)
def test_each_slip_says_what_to_write(printer: QtPrinter, tmp_path, paper, pages) -> None:
    printer.write_pdf(tmp_path / "slips.pdf", document(paper))
    texts = pdf_texts(tmp_path / "slips.pdf")
    assert len(texts) == pages
    whole = "".join(texts)
    for said in (
        "Giờ vào (In)",
        "Giờ ra (Out)",
        "Nhiệt độ °C (Temp.)",
        "Người trực ký tên (Signed)",
    ):
        assert whole.count(said) == len(SLIPS)
    for one in SLIPS:
        assert whole.count(one.number) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_long_office_fits_and_what_is_not_asked_has_no_blank(printer, tmp_path, paper) -> None:
    long = Office(name=LONG_UNIT)
    printer.write_pdf(tmp_path / "slips.pdf", document(paper, 1, OFF, long))
    (text,) = pdf_texts(tmp_path / "slips.pdf")
    assert "Họ và tên (Full name)" in text
    for unasked in ("Nhiệt độ", "Khẩu trang", "Sát khuẩn", "Dấu hiệu"):
        assert unasked not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_the_slips_look_as_they_did(printer: QtPrinter, paper: Paper) -> None:
    compare(printer.pictures(document(paper, 2), 203)[:1], f"emergency_{paper}", 203)


def test_a_label_is_too_small() -> None:
    with pytest.raises(ValueError, match="label"):
        document(Paper.LABEL)
