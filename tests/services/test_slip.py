"""What stands on a visitor's slip."""

from dataclasses import replace

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.office import Office
from kiosk.domain.person import Person
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import NOWHERE, Destination
from kiosk.ports.document import Code, Columns, Document, Line, Paper, Style
from kiosk.services.declaration import Issued
from kiosk.services.slip import slip_content, visitor_slip
from tests.paper_samples import CODE, DAY, ENGLISH, OFFICE, SLIP, VIETNAMESE


def said(document: Document) -> list[str]:
    texts = []
    for block in document.blocks:
        if isinstance(block, Line):
            texts.append(block.text)
        elif isinstance(block, Columns):
            texts += [
                part.text for column in block.columns for part in column if isinstance(part, Line)
            ]
    return texts


def test_a_slip_says_what_it_is_where_to_and_how_to_leave() -> None:
    document = visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH)
    assert document.paper is Paper.A6
    assert said(document) == [
        "Sở Xây dựng",
        "PHIẾU KHÁCH",
        "VISITOR SLIP",
        "0012Q",
        "22/11/2026 · Cổng chính",
        "N. T. Hồng",
        "Đến: Phòng Tiếp nhận hồ sơ · Ông Lý Quốc Khải",
        "Khi ra về, xin đưa phiếu này ra trước máy quét.",
        "When you leave, please hold this slip to the scanner.",
    ]


def test_a_label_says_the_same_below_its_symbol() -> None:
    label = visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH, Paper.LABEL)
    assert isinstance(label.blocks[0], Code)
    sheet = visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH)
    assert sorted(said(label)) == sorted(said(sheet))


def test_an_english_slip_has_vietnamese_second() -> None:
    texts = said(visitor_slip(SLIP, OFFICE, ENGLISH, VIETNAMESE))
    assert texts[1:3] == ["VISITOR SLIP", "PHIẾU KHÁCH"]


def test_the_symbol_holds_the_code_and_is_five_centimetres_or_more() -> None:
    document = visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH)
    (symbol,) = (block for block in document.blocks if isinstance(block, Code))
    assert symbol.text == CODE
    assert symbol.side_mm >= 50


def test_the_short_number_is_the_largest_text() -> None:
    document = visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH)
    largest = [
        block.text
        for block in document.blocks
        if isinstance(block, Line) and block.style is Style.NUMBER
    ]
    assert largest == ["0012Q"]


def test_nothing_of_the_person_but_the_masked_name_gets_onto_paper() -> None:
    person = Person("Nguyễn Thị Hồng", id_number="091185000036", phone="0912345678")
    who = Recognised(
        Credential(Scheme.SLIP),
        Standing.RECOGNISED,
        person=person,
        destination=Destination("Văn phòng", "", "Khiếu nại"),
    )
    content = slip_content(Issued(CODE, "0012Q", DAY, who))
    document = visitor_slip(content, OFFICE, VIETNAMESE, ENGLISH)
    whole = " ".join((document.title, *said(document)))
    assert "N. T. Hồng" in whole
    for private in ("Nguyễn", "Thị", "091185000036", "0912345678", "Khiếu nại"):
        assert private not in whole


def test_what_was_not_said_leaves_no_line() -> None:
    bare = replace(SLIP, destination=NOWHERE)
    texts = said(visitor_slip(bare, Office(name="Trạm y tế"), VIETNAMESE, ENGLISH))
    assert "22/11/2026" in texts
    assert not any(text.startswith("Đến") for text in texts)
