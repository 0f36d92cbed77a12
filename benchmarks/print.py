"""A register of 2,000 visits and a slip as PDF, against an empty page by the same writer.

    python -m benchmarks.print [--rows 2000] [--slips 200] [--json]

The empty page is written in the same run and tells what Qt's writer and the disk cost alone.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.domain import issued as codes
from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.log import Closing, Direction, Draft, Entry, Identity, Visit
from kiosk.domain.office import Office
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Declared, Destination
from kiosk.ports.document import Document, Paper
from kiosk.services.register import register_document
from kiosk.services.slip import SlipContent, visitor_slip
from kiosk.ui.wording import Language, Words

RESOURCES = Path(__file__).parents[1] / "resources"
ZONE = timezone(timedelta(hours=7))
OPENING = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
OFFICE = Office("UBND tỉnh Kiên Giang", "Sở Xây dựng", "Rạch Giá", "Cổng chính")
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLE = ["Thị", "Văn", "Ngọc", "Minh", "Quốc", "Bích", "Hữu", "Mỹ", "Thanh", "Đức"]
GIVEN = [
    "Hồng",
    "Sơn",
    "Dũng",
    "Khuê",
    "Lộc",
    "Huyền",
    "Duyên",
    "Trâm",
    "Phượng",
    "Hạnh",
    "Ẳng",
    "Thuý",
]
UNITS = ("Văn phòng Sở", "Phòng Quản lý nhà và thị trường bất động sản", "Thanh tra Sở")


def visits(count: int) -> list[Visit]:
    """People with different names and numbers, every fortieth still inside."""
    drawn = random.Random(1)
    return [_visit(n, drawn) for n in range(count)]


def _visit(n: int, drawn: random.Random) -> Visit:
    name = " ".join(drawn.choice(part) for part in (FAMILY, MIDDLE, MIDDLE, GIVEN))
    person = Person(name, id_number=f"{drawn.randrange(10**12):012d}")
    purpose = drawn.choice(("Nộp hồ sơ cấp phép xây dựng", "Họp giao ban", ""))
    identity = Identity(person, PersonKind.VISITOR, Destination(drawn.choice(UNITS), "", purpose))
    at = OPENING + timedelta(seconds=15 * n)
    came = _entry(Direction.IN, n, at, identity)
    if n % 40 == 0:
        return Visit(came)
    return Visit(came, _entry(Direction.OUT, n, at + timedelta(hours=1)), Closing.DEPARTURE)


def _entry(side: Direction, n: int, at: datetime, identity: Identity | None = None) -> Entry:
    arriving = side is Direction.IN
    draft = Draft(
        entry_id=f"{side}{n}",
        occurred_at=at,
        direction=side,
        verdict=Verdict.ADMIT if arriving else None,
        reason=Reason.RULES_MET if arriving else Reason.LEFT,
        visit_id=str(n),
        person_id=str(n),
        credential_id=None,
        scheme=Scheme.CITIZEN_CARD,
        rules_version="benchmark",
        officer="",
        identity=identity,
        health=Checklist((360 + n % 10,), mask=True, hands=True, declared=Declared.CLEAR),
    )
    return Entry(draft, "G1", n + 1, "00")


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Median of several rounds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--slips", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    application = QGuiApplication([])
    printer = QtPrinter(RESOURCES / "fonts")
    vietnamese = Words(Language.VIETNAMESE, RESOURCES / "i18n")
    english = vietnamese.in_other()
    came, evening = visits(given.rows), OPENING + timedelta(hours=10)
    code = codes.mint(IssuedKind.SLIP, DAY, bytes(range(16)), bytes(32))
    content = SlipContent(code, "0012Q", DAY, "N. T. Hồng", Destination("Văn phòng Sở"))

    def register() -> Document:
        return register_document(came, OFFICE, DAY, evening, "3F9A", vietnamese, ZONE)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"

        def write(page: Callable[[], Document]) -> Callable[[], int]:
            return lambda: printer.write_pdf(path, page())

        pages = write(register)()
        long = seconds(write(register), 3)
        empty = seconds(write(lambda: Document("", Paper.A6, ())), given.slips)
        one = seconds(
            write(lambda: visitor_slip(content, OFFICE, vietnamese, english)), given.slips
        )
    found = {
        "register_rows": given.rows,
        "register_pages": pages,
        "register_s": round(long, 3),
        "slip_ms_p50": round(one * 1000, 2),
        "empty_page_ms_p50": round(empty * 1000, 2),
        "slip_to_empty_page": round(one / empty, 1),
    }
    del application
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
