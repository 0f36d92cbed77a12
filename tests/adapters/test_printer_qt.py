"""Paper through Qt: what is drawn, what can be copied from a PDF, and what must not happen.

`KIOSK_UPDATE_GOLDEN=1 python -m pytest tests/adapters/test_printer_qt.py` draws the golden pages
anew; look at them before they are committed.
"""

import os
import threading
import unicodedata
from collections.abc import Sequence
from ctypes import create_string_buffer
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication, QImage
from pyzbar import pyzbar

from kiosk.adapters.paper_paint import load_fonts
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.domain.log import Visit
from kiosk.domain.office import Office
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.ports.document import Block, Cards, Code, Document, Drawing, Line, Paper, Picture, Style
from kiosk.ports.printer import NoSuchPrinterError, PrinterError, Trouble
from kiosk.services.closing import closing_document
from kiosk.services.inside_list import inside_document
from kiosk.services.letterhead import as_copy
from kiosk.services.poster import Sign, poster
from kiosk.services.register import register_document
from kiosk.services.slip import SlipContent, visitor_slip
from tests.golden_pages import compare, pdf_texts, picture_file, pixels
from tests.paper_samples import (
    CODE,
    DAY,
    ENGLISH,
    EVENING,
    FINGERPRINT,
    FONTS,
    LONG_UNIT,
    OFFICE,
    SLIP,
    VIETNAMESE,
    ZONE,
    day,
    visit,
)

LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
PNG = picture_file(60, 40)
HUGE = picture_file(9000, 10)
HOSTILE = [
    "<b>đậm</b><img src=x>",
    '=HYPERLINK("http://x.vn","a")',
    "Robert'); DROP TABLE log_entry;--",
    "{page} %s {0} &lt;&amp;",
    "office traffic ffi fl",
]


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def page_of(*texts: str) -> Document:
    return Document("Thử", Paper.A6, tuple(Line(text) for text in texts))


def register(visits: Sequence[Visit] | None = None, undone: int = 0) -> Document:
    visits = day() if visits is None else visits
    of_day = (OFFICE, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE)
    return register_document(visits, *of_day, undone)


def slip(content: SlipContent = SLIP) -> Document:
    return visitor_slip(content, OFFICE, VIETNAMESE, ENGLISH)


def test_every_vietnamese_letter_can_be_copied_from_the_pdf(
    printer: QtPrinter, tmp_path: Path
) -> None:
    upper = LOWER.upper()
    assert len({letter for letter in LOWER + upper if not letter.isascii()}) == 134
    halves = [text[at : at + 20] for text in (LOWER, upper) for at in range(0, len(text), 20)]
    styles = [style for style in Style if style not in {Style.NUMBER, Style.POSTER_TITLE}]
    for style in styles:
        path = tmp_path / f"{style}.pdf"
        printer.write_pdf(path, Document("Chữ", Paper.A4, tuple(Line(x, style) for x in halves)))
        assert "".join(pdf_texts(path)).split() == halves


def test_names_with_marks_written_apart_are_set_as_one_letter(
    printer: QtPrinter, tmp_path: Path
) -> None:
    apart = unicodedata.normalize("NFD", "Công Tằng Tôn Nữ Thị Ẳng")
    printer.write_pdf(tmp_path / "a.pdf", page_of(apart))
    assert pdf_texts(tmp_path / "a.pdf") == ["Công Tằng Tôn Nữ Thị Ẳng"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_command_is_printed_as_it_stands(
    printer: QtPrinter, tmp_path: Path, text: str
) -> None:
    printer.write_pdf(tmp_path / "a.pdf", page_of(text))
    assert pdf_texts(tmp_path / "a.pdf") == [text]


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("an\x1b[31m\x00toàn", "an¤[31m¤toàn"),
        ("Minh\u202egnort", "Minh¤gnort"),
        ("một\r\nhai\tba\u2028bốn", "một hai ba bốn"),
        ("M\u200bi\u00adn\ufeffh", "Minh"),
        ("\u2066\u200fA", "¤¤A"),
    ],
)
def test_what_hides_or_turns_text_is_shown(
    printer: QtPrinter, tmp_path: Path, hidden: str, shown: str
) -> None:
    printer.write_pdf(tmp_path / "a.pdf", page_of(hidden))
    assert pdf_texts(tmp_path / "a.pdf") == [shown]


def test_hostile_names_stand_in_their_row_of_the_register(
    printer: QtPrinter, tmp_path: Path
) -> None:
    names = [*HOSTILE, "\x1b[2J\x00", "😀 שלום مرحبا 王", "a\u0302" + "\u0301" * 400, "", " "]
    visits = [visit(at, person=Person(name)) for at, name in enumerate(names)]
    assert printer.write_pdf(tmp_path / "a.pdf", register(visits)) <= 3
    text = " ".join(" ".join(pdf_texts(tmp_path / "a.pdf")).split())
    assert "=HYPERLINK" in text
    assert "<b>đậm</b>" in text


def test_the_fonts_are_inside_the_pdf(printer: QtPrinter, tmp_path: Path) -> None:
    printer.write_pdf(tmp_path / "a.pdf", register())
    fonts = set()
    with pdfium.PdfDocument(tmp_path / "a.pdf") as pdf:
        for item in pdf[0].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
            font = pdfium_c.FPDFTextObj_GetFont(item)
            name = create_string_buffer(100)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, len(name))
            fonts.add((name.value.decode(), pdfium_c.FPDFFont_GetIsEmbedded(font)))
    assert fonts == {(f"BeVietnamPro-{cut}", 1) for cut in ("Regular", "SemiBold", "Bold")}


@pytest.mark.parametrize(("count", "inside"), [(0, 0), (5, 0), (8, 0), (7, 2)])
def test_a_day_of_few_visits_is_one_page(
    printer: QtPrinter, tmp_path: Path, count: int, inside: int
) -> None:
    visits = [visit(at, minutes=None if at < inside else 40) for at in range(count)]
    assert printer.write_pdf(tmp_path / "a.pdf", register(visits)) == 1


@pytest.mark.parametrize("count", range(9, 40, 3))
def test_nobody_signs_a_page_that_holds_nothing_else(
    printer: QtPrinter, tmp_path: Path, count: int
) -> None:
    all_left = [visit(at) for at in range(count)]
    printer.write_pdf(tmp_path / "a.pdf", register(all_left))
    signed = pdf_texts(tmp_path / "a.pdf")[-1]
    assert "Mã kiểm tra của sổ" in signed
    assert "lượt đến" in signed
    printer.write_pdf(
        tmp_path / "b.pdf", register([visit(at, minutes=None) for at in range(count)])
    )
    signed = pdf_texts(tmp_path / "b.pdf")[-1]
    assert "Mã kiểm tra của sổ" in signed
    assert f"\n{count} " in signed  # the last who is still inside


def test_every_page_says_which_it_is(printer: QtPrinter, tmp_path: Path) -> None:
    pages = printer.write_pdf(tmp_path / "a.pdf", register())
    texts = pdf_texts(tmp_path / "a.pdf")
    assert pages == len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"Trang {number}/{pages}" in text
        assert "In lúc 17:05 ngày 22/11/2026" in text


ROLLS = {
    "register": register,
    "closing": lambda visits: closing_document(
        visits, OFFICE, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE
    ),
    "inside": lambda visits: inside_document(visits, OFFICE, EVENING, VIETNAMESE, ZONE),
}
rolls = pytest.mark.parametrize("roll", ROLLS)


@rolls
def test_two_thousand_visits_have_their_rows_under_a_header_on_every_page(
    printer: QtPrinter, tmp_path: Path, roll: str
) -> None:
    visits = [
        visit(number, person=Person(f"Khách số{number}"), minutes=None) for number in range(2000)
    ]
    pages = printer.write_pdf(tmp_path / "a.pdf", ROLLS[roll](visits))
    texts = pdf_texts(tmp_path / "a.pdf")
    assert len(texts) == pages > 30
    assert all("Họ và tên" in text for text in texts[:-1])
    whole = " ".join(texts)
    assert all(f"số{number}" in whole for number in range(2000))
    assert "(Ký, ghi rõ họ tên và đóng dấu)" in texts[-1]


@rolls
def test_long_units_and_endless_words_wrap_and_nothing_leaves_the_sheet(
    printer: QtPrinter, roll: str
) -> None:
    endless = "Ẵ" * 300
    visits = [
        visit(0, destination=Destination(LONG_UNIT, LONG_UNIT, endless), minutes=None),
        visit(1, person=Person(endless, id_number="9" * 300), minutes=None),
        visit(2, destination=Destination()),
        visit(3, person=Person("9" * 7089), minutes=None),
    ]
    document = ROLLS[roll](visits)
    for image in printer.pictures(document, 100):
        grey = pixels(image)
        edge = round(10 / 25.4 * 100)
        assert grey[:, :edge].min() == 255
        assert grey[:, -edge:].min() == 255
        assert grey[:edge].min() == 255
        assert grey[-edge:].min() == 255


@pytest.mark.parametrize("dpi", [150, 203, 300, 600])
def test_the_symbol_of_a_printed_slip_is_read_by_both_decoders(
    printer: QtPrinter, dpi: int
) -> None:
    (image,) = printer.pictures(slip(), dpi)
    grey = pixels(image)
    assert [found.text for found in zxingcpp.read_barcodes(grey)] == [CODE]
    assert [found.data for found in pyzbar.decode(grey)] == [CODE.encode()]


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_modules_are_whole_dots_and_the_symbol_five_centimetres_or_more(
    printer: QtPrinter, dpi: int
) -> None:
    (image,) = printer.pictures(Document("", Paper.A6, (Code(CODE, 51.0),)), dpi)
    grey = pixels(image)
    assert set(np.unique(grey)) == {0, 255}
    columns = np.flatnonzero(grey.min(axis=0) == 0)
    side = columns[-1] - columns[0] + 1
    assert side % 25 == 0
    assert side / dpi * 25.4 >= 50


def test_a_slip_with_the_longest_words_is_one_page(printer: QtPrinter) -> None:
    content = SlipContent(
        CODE, "12345Q", DAY, "C. T. T. N. T. H. T. N. Ẳng", Destination(LONG_UNIT, LONG_UNIT)
    )
    office = Office("", LONG_UNIT * 2, "", "Cổng số 2, đường Nguyễn Trung Trực nối dài")
    images = printer.pictures(visitor_slip(content, office, VIETNAMESE, ENGLISH), 203)
    assert len(images) == 1
    assert pyzbar.decode(pixels(images[0]))[0].data == CODE.encode()


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("name", ["register", "register_copy", "closing", "inside"])
def test_pages_look_as_they_did_when_they_were_last_looked_at(
    printer: QtPrinter, name: str, dpi: int
) -> None:
    document = {
        "register": lambda: register(undone=2),
        "register_copy": lambda: as_copy(register([]), VIETNAMESE),
        "closing": lambda: closing_document(
            *(day(), OFFICE, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE, 2)
        ),
        "inside": lambda: inside_document(day(), OFFICE, EVENING, VIETNAMESE, ZONE),
    }[name]()
    compare(printer.pictures(document, dpi), name, dpi)


def test_a_document_without_blocks_is_an_empty_page(printer: QtPrinter) -> None:
    assert len(printer.render_png(Document("", Paper.A4, ()), 50)) == 1


def test_a_printer_that_does_not_exist_is_named(printer: QtPrinter) -> None:
    with pytest.raises(NoSuchPrinterError, match="Tầng 3"):
        printer.send("Tầng 3", slip())


def test_a_folder_that_does_not_exist_is_named(printer: QtPrinter, tmp_path: Path) -> None:
    with pytest.raises(PrinterError, match="nowhere"):
        printer.write_pdf(tmp_path / "nowhere" / "a.pdf", slip())


def test_a_file_that_cannot_be_replaced_leaves_no_half_file(
    printer: QtPrinter, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(PrinterError):
        printer.write_pdf(tmp_path / "a.pdf", slip())
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_full_disk_leaves_the_old_file_as_it_was(
    printer: QtPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PrinterError, match="No space left"):
        printer.write_pdf(path, slip())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.qt_log_ignore("JPEG", "libpng")
@pytest.mark.parametrize(
    ("block", "told"),
    [
        (Code("X" * 5000, 50), "symbol"),
        (Drawing("icons/no-such-sign", 20), "no drawing"),
        (Drawing("../icons/user", 20), "no drawing"),
        (Picture(b"<svg/>", 50, 50), "PNG or JPEG"),
        (Picture(PNG[:60], 50, 50), "damaged"),
        (Picture(b"\xff\xd8\xff" + b"\x00" * 900, 50, 50), "damaged"),
        (Picture(HUGE, 50, 50), "dots a side"),
        (Cards(((*(Line(f"{n}") for n in range(99)),),)), "on a card"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    printer: QtPrinter, tmp_path: Path, block: Block, told: str
) -> None:
    with pytest.raises(PrinterError, match=told):
        printer.write_pdf(tmp_path / "a.pdf", Document("", Paper.A6, (block,)))
    assert not list(tmp_path.iterdir())


def test_a_folder_without_fonts_is_named(tmp_path: Path) -> None:
    with pytest.raises(PrinterError, match="no font"):
        load_fonts(tmp_path)


def test_pages_drawn_on_other_threads_are_the_same(printer: QtPrinter) -> None:
    document = register(day()[:8])
    here = printer.render_png(document, 60)
    there: list[list[bytes]] = []
    threads = [
        threading.Thread(target=lambda: there.append(printer.render_png(document, 60)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert there == [here] * 4


def test_each_page_is_a_picture_of_its_own(printer: QtPrinter, tmp_path: Path) -> None:
    long = Document("Dài", Paper.A6, tuple(Line(f"Dòng {n}") for n in range(60)))
    count = printer.write_png(tmp_path / "giấy mời.png", long, 150)
    names = ["giấy mời.png", *(f"giấy mời-{n}.png" for n in range(2, count + 1))]
    assert count > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    size = QImage(str(tmp_path / names[-1])).size()
    assert (size.width(), size.height()) == (round(105 / 25.4 * 150), round(148 / 25.4 * 150))


def test_a_picture_that_cannot_be_written_is_said_and_leaves_nothing(
    printer: QtPrinter, tmp_path: Path
) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(PrinterError) as told:
        printer.write_png(tmp_path / "a.png", page_of("một"))
    assert told.value.trouble is Trouble.NOT_WRITTEN
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_several_threads_draw_at_once_what_one_draws_alone(printer):
    speech = (VIETNAMESE, ENGLISH)
    of_day = (day(), OFFICE, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE)
    documents = [
        visitor_slip(SLIP, OFFICE, *speech),
        register_document(*of_day),
        poster("https://qr.tokhaiyte.vn/?q=1", tuple(Sign), OFFICE, Paper.A4, *speech),
        visitor_slip(SLIP, OFFICE, *speech, Paper.ROLL_80),
    ]

    def drawn(document: Document) -> tuple[list[bytes], int]:
        return printer.render_png(document, 203), len(printer.pdf(document).content)

    alone = [drawn(document) for document in documents]
    together: list[bool] = []

    def draw(number: int) -> None:
        for turn in range(4):
            which = (number + turn) % len(documents)
            together.append(drawn(documents[which]) == alone[which])

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert together == [True] * 16
