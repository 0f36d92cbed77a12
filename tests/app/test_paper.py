"""Papers from the command line: where they go, what is said when they do not."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app.main import main
from kiosk.app.paper import (
    PdfFile,
    PngFiles,
    Queue,
    deliver,
    inside_lines,
    qt_printer,
    register_lines,
    target,
    trouble,
)
from kiosk.app.settings import load_settings
from kiosk.ports.document import Document, Paper
from kiosk.ports.printer import NoSuchPrinterError, NotWrittenError, PrinterError
from tests.cups_server import cups_server
from tests.paper_samples import RESOURCES, VIETNAMESE, ZONE, day, unknown_code, visit

EMPTY = Document("", Paper.A6, ())


@dataclass
class KeepingPrinter:
    """Keeps what it was given."""

    taken: list[tuple[str, Document]] = field(default_factory=list)

    def printers(self) -> list[str]:
        return ["Tầng 1"]

    def print_to(self, printer: str, document: Document) -> str:
        self.taken.append((printer, document))
        return "1"

    def write_pdf(self, path: Path, document: Document) -> int:
        self.taken.append((str(path), document))
        return 1


def test_a_printer_that_is_named_is_used_and_else_a_file() -> None:
    default = Path("sổ.pdf")
    assert target(None, "Tầng 1", default) == Queue("Tầng 1")
    assert target(Path("a.pdf"), None, default) == PdfFile(Path("a.pdf"))
    assert target(None, None, default) == PdfFile(default, own=True)
    assert target(None, None, default, Path("a.png")) == PngFiles(Path("a.png"))


def test_it_is_told_where_the_paper_went(tmp_path: Path) -> None:
    printer = KeepingPrinter()
    assert deliver(EMPTY, printer, Queue("Tầng 1")) == ("Tầng 1", "1")
    assert deliver(EMPTY, printer, PdfFile(tmp_path / "a.pdf")) == (str(tmp_path / "a.pdf"), "")
    assert len(printer.taken) == 2


def test_a_queue_that_stands_still_is_named_though_it_took_the_page(
    qapp: QGuiApplication, tmp_path: Path, capsys, monkeypatch
) -> None:
    with cups_server() as cups:
        cups.add("Office")
        cups.run("cupsdisable", "Office")
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        given = ("test-page", "--data", str(tmp_path), "--printer", "Office", "--lang", "en")
        assert main(given) == 0
        told = "The printer Office has taken it, but does not print: Printer is paused. It waits"
        assert told in capsys.readouterr().err
        cups.run("cupsenable", "Office")


def test_without_a_screen_there_is_a_printer_all_the_same(
    qapp: QGuiApplication, tmp_path: Path
) -> None:
    application, printer = qt_printer(RESOURCES, load_settings(tmp_path, RESOURCES).printer)
    assert application is qapp
    deliver(EMPTY, printer, PdfFile(tmp_path / "a.pdf"))
    deliver(EMPTY, printer, PngFiles(tmp_path / "a.png"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("error", "known", "said"),
    [
        (
            NoSuchPrinterError("X"),
            ["Tầng 1"],
            "Không có máy in tên X. Các máy in hiện có: Tầng 1.",
        ),
        (NoSuchPrinterError("X"), [], "chưa cài máy in nào"),
        (PrinterError("CUPS PRINT_JOB: 0x0400"), [], "Máy in không nhận bản in. Xin kiểm tra"),
        (PrinterError(), [], "Máy in không nhận bản in."),
        (NotWrittenError(RESOURCES / "a.pdf", "Permission denied"), [], "Chưa ghi được tệp "),
        (NotWrittenError(RESOURCES / "no" / "a.pdf", "No such file"), [], "Không có thư mục "),
    ],
)
def test_trouble_is_one_sentence(error: PrinterError, known: list[str], said: str) -> None:
    told = trouble(error, known, VIETNAMESE)
    assert said in told
    assert not {"Permission", "No such", "CUPS"} & set(told.split())


def test_the_register_is_a_line_for_each_visit_and_one_for_the_totals() -> None:
    *rows, last = map(json.loads, register_lines([visit(1), unknown_code(2)], 0))
    assert [(row["name"], row["in"], row["verdict"]) for row in rows] == [
        ("Dương Bích Sơn", "2026-11-22T00:37:00.000Z", "admit")
    ]
    assert last["totals"]["unknown"] == 1


def test_who_is_inside_is_a_line_for_each() -> None:
    rows = [json.loads(line) for line in inside_lines(day(), ZONE)]
    assert rows[0]["since_local"] == "2026-11-22T09:01+07:00"
    assert all(row["out"] is None for row in rows)
