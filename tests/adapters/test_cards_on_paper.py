"""Staff cards and invitations as they come out of the printer.

`KIOSK_UPDATE_GOLDEN=1 python -m pytest tests/adapters/test_cards_on_paper.py` draws the golden
pages anew; look at them before they are committed.
"""

from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind, mint
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.domain.staff import Post
from kiosk.services.invitation import Guest, Host, invitation, invitations
from kiosk.services.issuing import Minted
from kiosk.services.staff_cards import staff_cards
from kiosk.services.staff_import import Printable
from tests.fakes_log import RULES
from tests.golden_pages import compare, on_receipt, pdf_texts, pixels, read
from tests.paper_samples import DAY, ENGLISH, FONTS, LONG_UNIT, OFFICE, VIETNAMESE

KEY = b"key of the office, 32 bytes long"
LONG_NAME = "Công Tằng Tôn Nữ Thị Ẳng Huyền Trân"
HONG = "Nguyễn Thị Hồng"
PLANNER = Post("CB-012", "Phòng Tiếp nhận hồ sơ", "Chuyên viên")
LONG_POST = Post("CB-00000000000000000123", LONG_UNIT, "Phó Trưởng phòng phụ trách, Bí thư")
MEETING = Destination("Phòng Tiếp nhận hồ sơ", "Ông Lý Quốc Khải", "Họp")
LONG_MEETING = Destination(
    LONG_UNIT,
    "Bà Công Tằng Tôn Nữ Thị Ẳng Huyền Trân, Phó Giám đốc",
    "Họp thẩm định đồ án quy hoạch chung xây dựng đô thị Phú Quốc đến năm 2040, lần thứ hai",
)


@pytest.fixture(scope="module")
def printer(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def code(kind: IssuedKind, number: int) -> str:
    return mint(kind, DAY, bytes([number] * 16), KEY)


def card(number: int, name: str = HONG, post: Post = PLANNER) -> Printable:
    minted = Minted(code(IssuedKind.STAFF_CARD, number), Scheme.STAFF_CARD, DAY, name=name)
    return Printable(minted, Person(name), post)


def guest(seed: int = 1, to: Destination = MEETING, name: str = HONG, **more) -> Guest:
    until = more.pop("until", DAY)
    minted = Minted(
        code(IssuedKind.INVITATION, seed), Scheme.INVITATION, DAY, until, destination=to
    )
    return Guest(minted, name, **more)


HOST = Host(OFFICE, RULES, VIETNAMESE, ENGLISH)
CARDS = (card(1), card(2, LONG_NAME, LONG_POST), card(3, "Lê An", Post()))
GROUP = tuple(
    guest(number, (LONG_MEETING, MEETING)[number % 2], "Đoàn Đại học", number=number, count=5)
    for number in range(1, 6)
)
LONG = guest(
    9, LONG_MEETING, f"Bà {LONG_NAME}, Trường Đại học Kiến trúc", until=date(2026, 11, 29)
)
PAGES = {
    "staff-cards": staff_cards(CARDS, OFFICE, VIETNAMESE, ENGLISH),
    "invitation-long": invitation(LONG, HOST),
    "invitations": invitations(GROUP[:4], HOST),
}
DPI = {"staff-cards": 300, "invitation-long": 203, "invitations": 203}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_as_they_were_looked_at(printer: QtPrinter, name: str) -> None:
    compare(printer.pictures(PAGES[name], DPI[name]), name, DPI[name])


@pytest.mark.parametrize("dpi", [300, 600])
def test_every_card_of_a_list_can_be_read(printer: QtPrinter, dpi: int) -> None:
    cards = [card(number) for number in range(23)]
    images = printer.pictures(staff_cards(cards, OFFICE, VIETNAMESE, ENGLISH), dpi)
    found = [read(pixels(on_receipt(image))) for image in images]
    assert [len(codes) for codes in found] == [10, 10, 3]
    assert {text for codes in found for text in codes} == {one.minted.code for one in cards}


@pytest.mark.parametrize(
    ("guests", "pages"), [((guest(),), 1), ((LONG,), 1), (GROUP, 2)], ids=("one", "long", "group")
)
@pytest.mark.parametrize("words", [(VIETNAMESE, ENGLISH), (ENGLISH, VIETNAMESE)])
def test_every_invitation_can_be_read_at_203_dots(printer, guests, pages, words) -> None:
    host = Host(OFFICE, RULES, *words)
    images = printer.pictures(invitations(guests, host), 203)
    assert len(images) == pages
    found = {text for image in images for text in read(pixels(on_receipt(image)))}
    assert found == {one.minted.code for one in guests}


def test_a_long_group_with_long_names_is_whole_on_every_card(printer, tmp_path) -> None:
    name = "Nguyễn Hoàng Phương Uyên Khánh Ngọc Trường Thạnh Đoàn Ẩn Sĩ B"
    assert len(name) >= 60
    group = [guest(number, LONG_MEETING, name, number=number, count=40) for number in range(1, 41)]
    document = invitations(group, HOST)
    assert printer.write_pdf(tmp_path / "a.pdf", document) == 10
    texts = [" ".join(text.split()) for text in pdf_texts(tmp_path / "a.pdf")]
    assert [text.count(f"Trân trọng kính mời: {name}") for text in texts] == [4] * 10
    assert "Người thứ 40 trong đoàn 40 người" in texts[-1]
    assert not any("…" in text for text in texts)
    found = [code for image in printer.pictures(document, 203) for code in read(pixels(image))]
    assert sorted(found) == sorted(one.minted.code for one in group)


def test_a_card_says_who_and_where_and_its_symbol_is_as_large_as_asked(printer, tmp_path) -> None:
    printer.write_pdf(tmp_path / "a.pdf", PAGES["staff-cards"])
    (text,) = pdf_texts(tmp_path / "a.pdf")
    for said in ("SỞ XÂY DỰNG", HONG, "Chuyên viên", "Phòng Tiếp nhận hồ sơ", "CB-012"):
        assert said in text
    assert "Trung tâm Nghiên cứu" in text
    assert "…" not in text
    (image,) = printer.pictures(staff_cards([card(1)], OFFICE, VIETNAMESE, ENGLISH), 300)
    corners = zxingcpp.read_barcode(pixels(image)).position
    side = (corners.top_right.x - corners.top_left.x) / 300 * 25.4
    assert side >= 25


def test_an_invitation_says_when_where_and_what_to_bring(printer, tmp_path) -> None:
    printer.write_pdf(tmp_path / "a.pdf", invitation(LONG, HOST))
    (text,) = pdf_texts(tmp_path / "a.pdf")
    whole = " ".join(text.split())
    for said in (
        f"Trân trọng kính mời: Bà {LONG_NAME}",
        "từ ngày 22 tháng 11 năm 2026 đến ngày 29 tháng 11 năm 2026",
        LONG_UNIT,
        "Phó Giám đốc",
        "lần thứ hai",
        "Cổng chính",
        "căn cước",
        "khẩu trang",
        "identity document",
    ):
        assert said in whole


def test_without_a_health_step_no_mask_is_asked_for(printer, tmp_path) -> None:
    host = Host(OFFICE, replace(RULES, health_step=False), VIETNAMESE, ENGLISH)
    printer.write_pdf(tmp_path / "a.pdf", invitation(guest(), host))
    assert "khẩu trang" not in pdf_texts(tmp_path / "a.pdf")[0]
