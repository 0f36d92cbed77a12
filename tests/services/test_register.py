"""What stands on the register of the day and on the list of who is inside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.log import Visit
from kiosk.domain.office import Office
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Destination
from kiosk.ports.document import Block, Columns, Document, Line, Table, Together
from kiosk.services.inside_list import inside_document
from kiosk.services.register import register_document, totals
from tests.paper_samples import (
    DAY,
    ENGLISH,
    EVENING,
    FINGERPRINT,
    OFFICE,
    VIETNAMESE,
    ZONE,
    day,
    unknown_code,
    visit,
)


def register(visits: Sequence[Visit], office: Office = OFFICE) -> Document:
    return register_document(visits, office, DAY, EVENING, FINGERPRINT, VIETNAMESE, ZONE)


def inside(visits: Sequence[Visit]) -> Document:
    return inside_document(visits, OFFICE, EVENING, VIETNAMESE, ZONE)


def lines(blocks: Sequence[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        elif isinstance(block, Together):
            yield from lines(block.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from lines(column)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def row(one: Visit) -> dict[str, str]:
    table = tables(register([one]))[0]
    return dict(zip((column.title for column in table.columns), table.rows[0], strict=True))


def test_the_heading_is_that_of_a_vietnamese_office() -> None:
    said = list(lines(register(day()).blocks))
    assert said[:8] == [
        "UBND TỈNH KIÊN GIANG",
        "SỞ XÂY DỰNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: …………/…………",
        "Rạch Giá, ngày 22 tháng 11 năm 2026",
        "SỔ THEO DÕI KHÁCH RA VÀO",
        "Ngày 22 tháng 11 năm 2026 · Cổng chính",
    ]


def test_an_office_that_names_only_itself_has_a_heading_too() -> None:
    said = list(lines(register(day(), Office(name="Trạm y tế")).blocks))
    assert said[0] == "TRẠM Y TẾ"
    assert "Ngày 22 tháng 11 năm 2026" in said


def test_days_and_months_have_the_zero_that_the_decree_asks_for() -> None:
    february = DAY.replace(month=2, day=5)
    document = register_document([], OFFICE, february, EVENING, "", VIETNAMESE, ZONE)
    assert "Trong ngày 05 tháng 02 năm 2026 không có ai đến." in lines(document.blocks)


def test_a_visit_is_one_row() -> None:
    destination = Destination("Văn phòng Sở", "Bà Trần Thu", "Nộp hồ sơ")
    hong = Person("Nguyễn Thị Hồng", id_number="091185000036")
    assert row(visit(person=hong, destination=destination)) == {
        "STT": "1",
        "Vào": "07:30",
        "Ra": "08:10",
        "Họ và tên": "Nguyễn Thị Hồng",
        "Loại": "Khách",
        "Số giấy tờ": "•••• 0036",
        "Đơn vị, người cần gặp": "Văn phòng Sở · Bà Trần Thu",
        "Nội dung": "Nộp hồ sơ",
        "Nhiệt độ °C": "36,5",
        "Khẩu trang": "Có",
        "Kết quả": "Cho vào",
        "Ghi chú": "Đã ra về",
    }


def test_a_refusal_names_its_reason_and_both_readings() -> None:
    fever = visit(verdict=Verdict.REFER, reason=Reason.HIGH_FEVER, health=Checklist((379, 384)))
    told = row(fever)
    assert told["Nhiệt độ °C"] == "37,9; 38,4"
    assert told["Kết quả"] == f"Chuyển y tế: {VIETNAMESE('reasons.high_fever')}"
    assert told["Ghi chú"] == ""


def test_a_mask_is_missing_only_where_that_was_the_reason() -> None:
    bare = Checklist((365,))
    refused = visit(verdict=Verdict.REFUSE, reason=Reason.MASK_MISSING, health=bare)
    assert row(refused)["Khẩu trang"] == "Không"
    assert row(visit(health=bare))["Khẩu trang"] == ""


def test_a_day_without_the_health_step_has_no_columns_for_it() -> None:
    titles = row(visit(health=None)).keys()
    assert {"Nhiệt độ °C", "Khẩu trang"}.isdisjoint(titles)


def test_who_left_on_another_day_has_that_day_beside_the_hour() -> None:
    assert row(visit(minutes=24 * 60))["Ra"] == "07:30 23/11"


def test_what_was_entered_later_is_marked() -> None:
    whole = visit()
    noted = replace(whole.arrival.draft, noted_at=EVENING)
    later = replace(whole, arrival=replace(whole.arrival, draft=noted))
    assert row(later)["Ghi chú"] == "Đã ra về; ghi sau"
    assert row(later)["Vào"] == "07:30"


def test_an_erased_name_leaves_its_row() -> None:
    whole = visit()
    erased = replace(
        whole,
        arrival=replace(
            whole.arrival,
            draft=replace(whole.arrival.draft, identity=None, health=None),
            name_erased=True,
            health_erased=True,
        ),
    )
    told = row(erased)
    assert told["Họ và tên"] == "(đã xóa theo quy định)"
    assert told["Ra"] == "08:10"
    notes = [block.text for block in register([erased, erased]).blocks if isinstance(block, Line)]
    assert any(text.startswith("Đã xóa theo quy định") and "2 lượt" in text for text in notes)
    notes = [block.text for block in register([whole]).blocks if isinstance(block, Line)]
    assert not any("xóa" in text for text in notes)


def test_a_refused_code_of_somebody_whose_name_was_erased_stays_a_row() -> None:
    used = unknown_code(1, Reason.SLIP_USED)
    erased = replace(used, arrival=replace(used.arrival, name_erased=True))
    assert totals([erased]).unknown == 0
    assert totals([used]).unknown == 1


def test_codes_that_told_of_nobody_are_counted_and_have_no_row() -> None:
    """VNeID's code is what most people hold up first: they did not come twice."""
    reasons = (
        Reason.UNKNOWN_TEXT,
        Reason.SLIP_FORGED,
        Reason.UNKNOWN_VNEID,
        Reason.STAFF_CARD_REVOKED,
    )
    codes = [unknown_code(number, reason) for number, reason in enumerate(reasons, start=1)]
    document = register([visit(), *codes])
    assert len(tables(document)[0].rows) == 1
    assert totals([visit(), *codes]).unknown == len(reasons)


def test_the_totals_add_up() -> None:
    sums = totals(day())
    assert sums.arrivals == sums.admitted + sums.refused + sums.referred
    assert sums.admitted == sums.left + sums.inside
    assert (sums.arrivals, sums.refused, sums.referred, sums.unknown) == (20, 1, 1, 1)


def test_lines_that_were_undone_are_told_below_the_totals_and_have_no_row() -> None:
    for words, told in (
        (VIETNAMESE, "Đã hoàn tác trong ngày: 2 dòng"),
        (ENGLISH, "Lines undone on this day: 2"),
    ):
        of_day = (OFFICE, DAY, EVENING, FINGERPRINT, words, ZONE)
        for visits in (day(), [visit()], []):
            document = register_document(visits, *of_day, undone=2)
            plain = register_document(visits, *of_day)
            said, before = list(lines(document.blocks)), list(lines(plain.blocks))
            (new,) = [line for line in said if line not in before]
            assert new.startswith(told)
            assert said.index(new) > said.index(words("paper.total.unknown"))
            assert tables(document) == tables(plain), "the visits are as they are"


def test_who_is_still_inside_is_listed_with_the_time_of_the_print() -> None:
    document = register(day())
    assert "Còn ở trong cơ quan lúc 17:05" in lines(document.blocks)
    staying = tables(document)[1]
    assert len(staying.rows) == totals(day()).inside
    assert staying.rows[0][-2:] == ("09:01", "8 giờ 04 phút")


def test_a_day_after_which_nobody_is_inside_says_so() -> None:
    document = register([visit()])
    assert len(tables(document)) == 1
    assert VIETNAMESE("paper.register.all_left") in lines(document.blocks)


def test_an_empty_day_is_a_page_that_says_so_and_is_signed() -> None:
    document = register([])
    said = list(lines(document.blocks))
    assert "Trong ngày 22 tháng 11 năm 2026 không có ai đến." in said
    assert not tables(document)
    assert {"CÁN BỘ TIẾP ĐÓN", "THỦ TRƯỞNG CƠ QUAN"} <= set(said)


def test_the_fingerprint_stands_above_the_signatures() -> None:
    said = list(lines(register(day()).blocks))
    mark = said.index(f"Mã kiểm tra của sổ: {FINGERPRINT}")
    assert said.index("THỦ TRƯỞNG CƠ QUAN") > mark


def test_the_foot_says_which_page_and_when_it_was_printed() -> None:
    document = register(day())
    assert document.folio == "Trang {page}/{pages}"
    assert document.footer.endswith("In lúc 17:05 ngày 22/11/2026")


def test_each_page_of_the_list_of_those_inside_says_what_it_is() -> None:
    assert inside(day()).footer == (
        "Danh sách người đang ở trong cơ quan · Cổng chính · In lúc 17:05 ngày 22/11/2026"
    )


def test_the_register_speaks_english() -> None:
    document = register_document(day(), OFFICE, DAY, EVENING, FINGERPRINT, ENGLISH, ZONE)
    said = list(lines(document.blocks))
    assert "22 November 2026 · Cổng chính" in said
    assert "36.5" in tables(document)[0].rows[0]


def test_the_title_in_the_queue_names_nobody() -> None:
    assert register(day()).title == "Sổ theo dõi khách ra vào ngày 22/11/2026"


def test_the_list_of_those_inside_has_the_longest_stay_first_and_a_telephone() -> None:
    early = visit(1, person=Person("Lê An", phone="0912345678"), minutes=None)
    late = visit(9, kind=PersonKind.STAFF, minutes=None)
    (roll,) = tables(inside([late, visit(2), early]))
    assert [row[1] for row in roll.rows] == ["Lê An", "Dương Bích Sơn"]
    assert roll.rows[0][4:] == ("0912345678", "07:37", "")
    assert roll.rows[1][2] == "Cán bộ"


def test_who_came_on_another_day_has_that_day_beside_the_hour() -> None:
    stayed = visit(1, minutes=None)
    tomorrow = EVENING + timedelta(days=1)
    document = inside_document([stayed], OFFICE, tomorrow, VIETNAMESE, ZONE)
    assert tables(document)[0].rows[0][5] == "07:37 22/11"


def test_an_empty_building_is_said_in_words() -> None:
    document = inside([visit()])
    assert VIETNAMESE("paper.inside.nobody") in lines(document.blocks)
    assert not tables(document)


def test_no_block_is_of_a_kind_that_printers_do_not_know() -> None:
    blocks: tuple[Block, ...] = (*register(day()).blocks, *inside(day()).blocks)
    assert all(isinstance(block, Block) for block in blocks)
