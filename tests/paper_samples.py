"""Days, offices and slips to put on paper."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from kiosk.domain import issued as codes
from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.issued import IssuedKind
from kiosk.domain.log import Closing, Draft, Entry, Visit
from kiosk.domain.office import Office
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Declared, Destination
from kiosk.services.slip import SlipContent
from kiosk.ui.wording import Language, Words
from tests.fakes_log import arrival, departure

RESOURCES = Path(__file__).parents[1] / "resources"
FONTS = RESOURCES / "fonts"
VIETNAMESE = Words(Language.VIETNAMESE, RESOURCES / "i18n")
ENGLISH = VIETNAMESE.in_other()
ZONE = timezone(timedelta(hours=7))
DAY = date(2026, 11, 22)
OPENING = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
OFFICE = Office("UBND tỉnh Kiên Giang", "Sở Xây dựng", "Rạch Giá", "Cổng chính")
FINGERPRINT = "3F9A-0C1B-77D2-E4A8"
CODE = codes.mint(IssuedKind.SLIP, DAY, bytes(range(16)), b"key of the office, 32 bytes long")
SLIP = SlipContent(
    CODE, "0012Q", DAY, "N. T. Hồng", Destination("Phòng Tiếp nhận hồ sơ", "Ông Lý Quốc Khải")
)
LONG_UNIT = "Trung tâm Nghiên cứu Quy hoạch Kiến trúc Đô thị và Nông thôn"

_NAMES = (
    "Nguyễn Thị Hồng",
    "Dương Bích Sơn",
    "Trần Văn Dũng",
    "Phạm Minh Khuê",
    "Võ Quốc Lộc",
    "Đặng Ngọc Huyền",
    "Công Tằng Tôn Nữ Thị Ẳng",
    "Y Bih Niê Kđăm",
)
_UNITS = ("Văn phòng Sở", "Phòng Tiếp nhận hồ sơ", "Thanh tra Sở", LONG_UNIT)
_WELL = Checklist((365,), mask=True, hands=True, declared=Declared.CLEAR)


def visit(
    number: int = 0,
    *,
    person: Person | None = None,
    kind: PersonKind = PersonKind.VISITOR,
    destination: Destination | None = None,
    health: Checklist | None = _WELL,
    verdict: Verdict = Verdict.ADMIT,
    reason: Reason = Reason.RULES_MET,
    minutes: int | None = 40,
) -> Visit:
    """The visit of the `number`-th arrival of the day; `minutes` None: still inside."""
    came = arrival(
        OPENING + timedelta(minutes=7 * number),
        person=person or Person(_NAMES[number % 8], id_number=f"0911850{number:05d}"),
        kind=kind,
        destination=destination or Destination(_UNITS[number % 4], "", ("Họp", "")[number % 2]),
        health=health,
        verdict=verdict,
        reason=reason,
    )
    if verdict is not Verdict.ADMIT or minutes is None:
        return Visit(_entry(came))
    left = departure(came, came.occurred_at + timedelta(minutes=minutes))
    return Visit(_entry(came), _entry(left), Closing.DEPARTURE)


def unknown_code(number: int = 0, reason: Reason = Reason.UNKNOWN_URL) -> Visit:
    """A code that told of nobody."""
    at = OPENING + timedelta(minutes=7 * number)
    draft = arrival(at, person=None, health=None, verdict=Verdict.REFUSE, reason=reason)
    return Visit(_entry(draft))


def day() -> Sequence[Visit]:
    """A day with everything in it, on two pages."""
    ordinary = [visit(number, minutes=None if number % 9 == 4 else 40) for number in range(21)]
    return [
        *ordinary[:3],
        visit(3, verdict=Verdict.REFUSE, reason=Reason.MASK_MISSING, health=Checklist((366,))),
        visit(4, kind=PersonKind.STAFF),
        unknown_code(5),
        visit(6, verdict=Verdict.REFER, reason=Reason.HIGH_FEVER, health=Checklist((379, 384))),
        *ordinary[7:],
    ]


def _entry(draft: Draft) -> Entry:
    return Entry(draft, "G1", 1, "00" * 32)
