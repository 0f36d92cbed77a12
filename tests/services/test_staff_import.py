"""A staff list beside a real file: who is new, who changed, whose card stays."""

import secrets
from datetime import date

import pytest

from kiosk.domain.credential import Scheme
from kiosk.domain.person import PersonKind
from kiosk.domain.staff import Post
from kiosk.ports.logbook import LogbookError
from kiosk.services.issuing import Issuing
from kiosk.services.staff_import import Change, absent, carry_out, plan
from kiosk.services.staff_list import Remark, read_staff_list
from tests.fakes_log import HONG, MORNING, ManualClock
from tests.stores import temporary_store

NO_PAPER, FULL = "no paper", "full"
TODAY = date(2026, 11, 22)
HEADINGS = "Mã số|Họ và tên|Ngày sinh|CCCD|Đơn vị|Chức vụ"
LIST = (
    HEADINGS,
    "CB-1|Nguyễn Thị Hồng|02/03/1985|091185000036|Phòng Kế hoạch|Chuyên viên",
    "|Trần Văn Bình|1990||Thanh tra|",
    "|Lê An|||Văn phòng|Lái xe",
)


class Office:
    """A real file, and the lists that are imported into it."""

    printer_is_broken = False

    def __init__(self, store):
        self.printed = ()
        self.store = store
        self.issuing = Issuing(
            store.directory, store.staff, ManualClock(), secrets.token_bytes, b"k" * 32
        )

    def plan(self, *rows, reissue=False):
        read = read_staff_list([tuple(row.split("|")) for row in rows], TODAY)
        return plan(read, self.store.directory, self.store.staff, reissue=reissue)

    def take(self, *rows, reissue=False):
        planned = self.plan(*rows, reissue=reissue)
        return [one.change for one in planned], carry_out(planned, self.issuing, self.print)

    def print(self, cards):
        if self.printer_is_broken:
            raise OSError(NO_PAPER)
        self.printed += cards

    def rows(self):
        names = ("person", "staff", "credential")
        return [list(self.store.database[name].rows) for name in names]


@pytest.fixture
def office():
    with temporary_store() as store:
        yield Office(store)


def test_a_list_becomes_staff_with_cards(office):
    changes, cards = office.take(*LIST)
    assert changes == [Change.NEW] * 3
    assert [card.minted.name for card in cards] == ["Nguyễn Thị Hồng", "Trần Văn Bình", "Lê An"]
    members = office.store.staff.members()
    assert [member.post for member in members] == [card.post for card in cards]
    assert all(m.has_card and m.known.kind is PersonKind.STAFF for m in members)
    kept = office.store.directory.find(cards[0].minted.code)
    assert (kept.scheme, kept.destination.unit) == (Scheme.STAFF_CARD, "Phòng Kế hoạch")


def test_the_same_list_again_changes_nothing(office):
    office.take(*LIST)
    before = office.rows()
    changes, cards = office.take(*LIST)
    assert (changes, cards) == ([Change.SAME] * 3, ())
    assert office.rows() == before


def test_only_what_changed_gets_a_new_card_and_its_old_one_is_taken_back(office):
    _, first = office.take(*LIST)
    moved = LIST[1].replace("Phòng Kế hoạch", "Thanh tra")
    changes, cards = office.take(HEADINGS, moved, *LIST[2:])
    assert changes == [Change.CHANGED, Change.SAME, Change.SAME]
    assert [card.post.unit for card in cards] == ["Thanh tra"]
    assert office.store.directory.find(first[0].minted.code).revoked
    assert not office.store.directory.find(cards[0].minted.code).revoked
    assert not office.store.directory.find(first[1].minted.code).revoked


def test_what_the_card_does_not_show_is_kept_without_a_new_card(office):
    office.take(*LIST)
    changes, cards = office.take("Mã số|Họ và tên|Điện thoại", "CB-1|Nguyễn Thị Hồng|0912345678")
    assert (changes, cards) == ([Change.UPDATED], ())
    hong = office.store.staff.members()[0]
    assert hong.known.person.phone == "0912345678"
    assert hong.post == Post("CB-1", "Phòng Kế hoạch", "Chuyên viên")


def test_who_lost_their_card_gets_one_and_everybody_where_that_is_asked(office):
    _, cards = office.take(*LIST)
    office.issuing.revoke(cards[1].minted.code)
    assert [one.change for one in office.plan(*LIST)] == [
        Change.SAME,
        Change.NO_CARD,
        Change.SAME,
    ]
    changes, again = office.take(*LIST, reissue=True)
    assert changes == [Change.REISSUE, Change.NO_CARD, Change.REISSUE]
    assert len(again) == 3
    assert office.store.directory.find(cards[0].minted.code).revoked


def test_a_visitor_who_is_known_by_number_becomes_staff_and_stays_one_person(office):
    known = office.store.directory.add(HONG, MORNING)
    (one,) = office.plan(HEADINGS, LIST[1])
    assert (one.change, one.person_id) == (Change.NEW, known.person_id)
    office.take(HEADINGS, LIST[1])
    assert office.store.database["person"].count == 1


def test_numbers_of_somebody_else_are_told(office):
    office.take(*LIST)
    other_name = "CB-9|Phạm Thị Lan|||Thanh tra|"
    planned = office.plan(
        HEADINGS,
        other_name.replace("|||", "||091185000036|"),
        other_name.replace("CB-9", "CB-1"),
    )
    told = [one.line.findings[-1].remark for one in planned]
    assert told == [Remark.OTHERS_ID_NUMBER, Remark.OTHERS_STAFF_NUMBER]
    assert [one.change for one in planned] == [None, None]


def test_a_list_with_one_mistake_is_not_taken_at_all(office):
    planned = office.plan(*LIST, "|An|30/02/1985|||")
    assert [one.change for one in planned] == [Change.NEW] * 3 + [None]
    with pytest.raises(ValueError, match="mistakes"):
        carry_out(planned, office.issuing, office.print)
    assert office.rows() == [[], [], []]


def test_a_file_that_fails_in_the_middle_keeps_nothing(office, monkeypatch):
    planned = office.plan(*LIST)
    employ, left = office.store.staff.employ, [2]

    def employ_twice(person_id, post):
        if not left[0]:
            raise LogbookError(FULL)
        left[0] -= 1
        employ(person_id, post)

    monkeypatch.setattr(office.store.staff, "employ", employ_twice)
    with pytest.raises(LogbookError):
        carry_out(planned, office.issuing, office.print)
    assert office.rows() == [[], [], []]


def test_cards_that_were_not_printed_take_nobodys_old_card_back(office):
    office.take(*LIST)
    before = office.rows()
    office.printer_is_broken = True
    with pytest.raises(OSError, match="no paper"):
        office.take(*LIST, reissue=True)
    assert office.rows() == before
    assert len(office.printed) == 3


def test_a_namesake_is_only_taken_for_a_member_whom_nothing_contradicts(office):
    office.take(HEADINGS, "CB-1|Lê An|1985||Văn phòng|")
    for other in (
        "CB-2|Lê An|1985||Văn phòng|",
        "|Lê An|1986||Văn phòng|",
        "|Lê An|||Thanh tra|",
    ):
        assert [one.change for one in office.plan(HEADINGS, other)] == [Change.NEW]
    assert [one.change for one in office.plan(HEADINGS, "|Lê An|||Văn phòng|")] == [Change.SAME]


def test_marks_tell_two_people_apart(office):
    office.take(HEADINGS, "|Nguyễn Thị Hà|||Văn phòng|")
    both = (HEADINGS, "|Nguyễn Thị Hà|||Văn phòng|", "|Nguyễn Thị Hạ|||Văn phòng|")
    assert [one.change for one in office.plan(*both)] == [Change.SAME, Change.NEW]


def test_a_line_that_may_mean_two_people_is_not_taken(office):
    office.take(HEADINGS, "CB-1|Lê Lan|||Văn phòng|", "CB-2|Lê Lan|||Văn phòng|")
    (planned,) = office.plan(HEADINGS, "|Lê Lan|||Văn phòng|")
    assert planned.change is None
    assert planned.line.findings[-1].remark is Remark.SEVERAL


def test_two_lines_for_one_person_are_not_taken(office):
    office.take(HEADINGS, "CB-1|Lê Lan|||Văn phòng|")
    lines = (HEADINGS, "CB-1|Lê Lan|||Văn phòng|", "|Lê Lan|||Văn phòng|")
    assert [one.change for one in office.plan(*lines)] == [None, None]


def test_who_holds_a_card_and_is_not_listed_is_named(office):
    office.take(*LIST)
    planned = office.plan(*LIST[:3])
    assert [m.known.person.name for m in absent(planned, office.store.staff)] == ["Lê An"]
