"""The log on paper from the command line: which day, which paper, which rows as JSON."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.app.main import main
from kiosk.domain.person import Person
from tests.fakes_log import arrival, undo
from tests.golden_pages import pdf_texts
from tests.stores import opened


@pytest.fixture
def data(tmp_path):
    """Two who are inside, one of them since the day before yesterday."""
    now = SystemClock().now()
    with opened(tmp_path) as store:
        store.logbook.append(arrival(now - timedelta(days=2), person=Person("Võ Quốc Lộc")))
        store.logbook.append(arrival(now, person=Person("Dương Bích Sơn")))
    return tmp_path


@pytest.fixture
def in_vietnam(monkeypatch):
    """East of Greenwich the first day of all began before the first moment there is."""
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.usefixtures("in_vietnam")
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "yesterday", "\x1b[2J"])
def test_a_day_that_is_none_is_told_in_a_sentence(tmp_path, capsys, day):
    assert main(["register", "--data", str(tmp_path), "--lang", "en", "--day", day]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Write year-month-day" in told.err
    assert "\x1b" not in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("register", "Lines undone on this day: 1"),
        ("closing", "Lines undone (still in the log) 1"),
    ],
)
def test_what_was_undone_on_the_day_is_told_on_its_papers(tmp_path, qapp, command, told):
    now = SystemClock().now()
    came, stays = arrival(now, person=Person("Võ Quốc Lộc")), arrival(now)
    with opened(tmp_path) as store:
        for draft in (came, stays, undo(came, now)):
            store.logbook.append(draft)
    pdf, day = tmp_path / "a.pdf", now.astimezone(SystemClock().zone()).date().isoformat()
    given = ["--data", str(tmp_path), "--lang", "en", "--day", day, "--pdf", str(pdf)]
    assert main([command, *given]) == 0
    text = " ".join(" ".join(pdf_texts(pdf)).split())
    assert told in text
    assert "Võ Quốc Lộc" not in text


@pytest.mark.parametrize("command", ["register", "closing"])
def test_so_it_is_as_json(tmp_path, capsys, command):
    now = SystemClock().now()
    came = arrival(now, person=Person("Võ Quốc Lộc"))
    with opened(tmp_path) as store:
        for draft in (came, undo(came, now)):
            store.logbook.append(draft)
    day = now.astimezone(SystemClock().zone()).date().isoformat()
    assert main([command, "--data", str(tmp_path), "--day", day, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    totals = json.loads(line)["totals"]
    assert (totals["arrivals"], totals["undone"]) == (0, 1)


@pytest.mark.parametrize("command", ["register", "closing"])
def test_a_day_that_has_not_come_has_no_paper_to_sign(data, capsys, command):
    day = (SystemClock().now() + timedelta(days=2)).date().isoformat()
    assert main([command, "--data", str(data), "--lang", "en", "--day", day]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"{day} has not come yet" in told.err
    assert not (data / "prints").exists()


def test_a_folder_that_is_not_there_is_one_sentence_without_a_printer(data, capsys, qapp):
    file = data / "none" / "a.pdf"
    given = ["inside", "--data", str(data), "--lang", "vi", "--pdf", str(file)]
    assert main(given) == 1
    (_of_the_sample, told) = capsys.readouterr().err.splitlines()
    assert told == f"Không có thư mục {file.parent}. Xin tạo thư mục đó, hoặc chọn nơi lưu khác."
    assert "No such file or directory" in (data / "logs" / "kiosk.log").read_text("utf-8")


def test_a_printing_system_that_does_not_answer_is_one_sentence(data, capsys, qapp, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(data / "no-socket"))
    given = ["inside", "--data", str(data), "--lang", "vi", "--printer", "Office"]
    assert main(given) == 1
    (_of_the_sample, told) = capsys.readouterr().err.splitlines()
    assert told == "Chưa in được. Dịch vụ in không chạy. Xin chọn máy in khác hoặc tệp PDF."
    assert "CUPS" in (data / "logs" / "kiosk.log").read_text("utf-8")


def test_the_closing_sheet_of_today_lists_who_did_not_scan_out(data, tmp_path, qapp):
    file = tmp_path / "a.pdf"
    given = ["closing", "--data", str(data), "--lang", "vi", "--copy", "--pdf", str(file)]
    assert main(given) == 0
    (text,) = pdf_texts(file)
    assert "BIÊN BẢN CHỐT SỔ TRONG NGÀY" in text
    assert "BẢN SAO · Biên bản chốt sổ" in text
    assert "Võ Quốc Lộc" in text
    assert "Dương Bích Sơn" in text


def test_a_report_with_the_names_of_the_sample_says_so(data, tmp_path, capsys, qapp):
    given = ["inside", "--data", str(data), "--lang", "en", "--pdf", str(tmp_path / "a.pdf")]
    assert main(given) == 0
    assert "sample office's" in capsys.readouterr().err
    (data / "settings.toml").write_text('[place]\noffice = "SỞ Y TẾ"\n', "utf-8")
    assert main(given) == 0
    assert capsys.readouterr().err == ""


def test_the_closing_as_json_ends_with_the_totals(data, capsys):
    assert main(["closing", "--data", str(data), "--json"]) == 0
    *left, totals = map(json.loads, capsys.readouterr().out.splitlines())
    assert [visit["name"] for visit in left] == ["Võ Quốc Lộc", "Dương Bích Sơn"]
    assert totals["totals"]["arrivals"] == 1


def test_a_copy_goes_on_record_as_one_and_leaves_the_first_file_alone(
    data, tmp_path_factory, capsys, monkeypatch, qapp
):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    given = ["register", "--data", str(data), "--lang", "vi", "--day", "2026-11-22"]
    assert main(given) == 0
    assert main([*given, "--copy"]) == 0
    told = capsys.readouterr().out.split()
    assert {str(path) for path in (data / "prints").glob("*.pdf")} == set(told)
    assert [Path(path).name for path in told] == [
        "register-2026-11-22.pdf",
        "register-2026-11-22-copy.pdf",
    ]
    assert list(Path.cwd().iterdir()) == []
    assert main(["inside", "--data", str(data), "--lang", "vi", "--copy"]) == 0
    capsys.readouterr()
    assert main(["prints", "--data", str(data), "--lang", "vi"]) == 0
    told = capsys.readouterr().out
    assert "  sổ ra vào 22/11/2026  " in told
    assert "  sổ ra vào 22/11/2026 (bản sao)  " in told
    assert "  danh sách người ở trong (bản sao)  " in told


def test_a_copy_of_the_register_as_pictures(data, tmp_path, qapp):
    given = ["register", "--data", str(data), "--copy", "--png", str(tmp_path / "a.png")]
    assert main(given) == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
