"""What stands on the closing sheet of a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kiosk.domain.log import Closing, Visit
from kiosk.domain.office import Office
from kiosk.ports.document import Document, Table
from kiosk.services.closing import closing_document, unscanned
from kiosk.services.letterhead import as_copy
from tests.paper_samples import (
    DAY,
    ENGLISH,
    EVENING,
    FINGERPRINT,
    OFFICE,
    VIETNAMESE,
    ZONE,
    day,
    visit,
)
from tests.services.test_register import lines

OPENING = (
    "Hồi 17 giờ 05 phút ngày 22 tháng 11 năm 2026, bộ phận tiếp đón tại Cổng chính "
    "đã chốt sổ theo dõi khách ra vào ngày 22 tháng 11 năm 2026. Kết quả như sau:"
)
UNSEEN = replace(visit(3), closing=Closing.UNSEEN)


def closing(visits: Sequence[Visit], office: Office = OFFICE) -> Document:
    return closing_document(visits, office, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def figures(document: Document) -> dict[str, str]:
    return {what: count for _, what, count in tables(document)[0].rows}


def test_it_has_the_form_of_a_record() -> None:
    said = list(lines(closing(day()).blocks))
    assert said[4:9] == [
        "Số: …………/BB-…………",
        "Rạch Giá, ngày 22 tháng 11 năm 2026",
        "BIÊN BẢN CHỐT SỔ TRONG NGÀY",
        "Về việc theo dõi khách ra vào ngày 22 tháng 11 năm 2026",
        OPENING,
    ]
    assert f"Mã kiểm tra của sổ: {FINGERPRINT}" in said
    assert said[-4:] == [
        "CÁN BỘ TIẾP ĐÓN",
        "(Ký, ghi rõ họ tên)",
        "THỦ TRƯỞNG CƠ QUAN",
        "(Ký, ghi rõ họ tên và đóng dấu)",
    ]


def test_an_office_without_names_closes_its_day_too() -> None:
    said = " ".join(lines(closing(day(), Office()).blocks))
    assert "bộ phận tiếp đón đã chốt sổ" in said


def test_the_figures_add_up() -> None:
    counts = figures(closing([*day(), UNSEEN]))
    assert list(counts.values()) == ["21", "19", "1", "1", "17", "1", "1", "1", "0", "0"]
    assert int(counts["Được vào"]) == sum(
        int(counts[key])
        for key in ("Đã quét mã ra về", "Về không quét mã", "Còn ở trong lúc chốt sổ")
    )


def test_who_did_not_scan_out_stands_there_with_how_it_was_closed() -> None:
    table = tables(closing([visit(0), UNSEEN, visit(5, minutes=None)]))[1]
    assert [(row[1], row[4], row[5]) for row in table.rows] == [
        ("Phạm Minh Khuê", "07:51", "Về không quét; đóng lượt lúc 08:31"),
        ("Đặng Ngọc Huyền", "08:05", "Còn ở trong"),
    ]


def test_who_is_inside_since_an_earlier_day_is_listed_and_not_counted() -> None:
    stayed = visit(0, minutes=None)
    draft = stayed.arrival.draft
    before = replace(draft, occurred_at=draft.occurred_at - timedelta(days=1))
    stayed = replace(stayed, arrival=replace(stayed.arrival, draft=before))
    document = closing([stayed, visit(1)])
    assert figures(document)["Lượt người đến"] == "1"
    assert tables(document)[1].rows[0][4] == "07:30 21/11"


def test_a_day_on_which_all_scanned_and_one_on_which_nobody_came_are_said_in_words() -> None:
    assert VIETNAMESE("closing.all_scanned") in lines(closing([visit(0)]).blocks)
    assert VIETNAMESE("closing.nobody") in lines(closing([]).blocks)
    assert unscanned([visit(0)]) == ()


def test_an_entry_from_paper_is_counted() -> None:
    late = visit(0)
    draft = replace(late.arrival.draft, noted_at=EVENING)
    late = replace(late, arrival=replace(late.arrival, draft=draft))
    assert figures(closing([late, visit(1)]))["Lượt nhập sau từ ghi chép trên giấy"] == "1"


def test_lines_that_were_undone_are_counted() -> None:
    document = closing_document([], OFFICE, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE, 2)
    assert figures(document)["Dòng đã hoàn tác (vẫn còn trong sổ điện tử)"] == "2"


def test_a_copy_says_so_in_the_language_of_the_page() -> None:
    assert as_copy(closing([]), VIETNAMESE).stamp == "BẢN SAO"
    assert as_copy(closing([]), ENGLISH).stamp == "COPY"
