"""The test page held up to the desk."""

from kiosk.domain.ladder import Rung, Unit
from kiosk.services.rungs_read import FORGOTTEN_AFTER, RungsRead
from kiosk.services.scan_tracker import Scan, ScanSource


def take(rungs: RungsRead, text: str, at: float = 0.0) -> list[str]:
    scan = Scan(text.encode(), ScanSource.CAMERA, "zbar", at)
    return [read.text for read in rungs.take(scan)]


def test_the_smallest_of_each_unit_is_remembered() -> None:
    rungs = RungsRead()
    assert take(rungs, Rung(0.5, Unit.MM).text) == ["KIOSK TEST 0.5 MM"]
    assert take(rungs, Rung(0.25, Unit.MM).text) == ["KIOSK TEST 0.25 MM"]
    assert take(rungs, Rung(1, Unit.MM).text) == ["KIOSK TEST 0.25 MM"]
    assert take(rungs, Rung(2, Unit.DOTS).text) == ["KIOSK TEST 2 DOTS", "KIOSK TEST 0.25 MM"]


def test_another_page_begins_anew() -> None:
    rungs = RungsRead()
    take(rungs, Rung(0.25, Unit.MM).text)
    later = FORGOTTEN_AFTER + 1
    assert take(rungs, Rung(0.5, Unit.MM).text, later) == ["KIOSK TEST 0.5 MM"]


def test_other_codes_are_none_of_its_business() -> None:
    assert take(RungsRead(), "091190000018||Nguyễn Thị Hồng|02091990|Nữ||") == []
    assert RungsRead().take(Scan(b"\xff\xfe", ScanSource.HAND, "", 0.0)) == ()
