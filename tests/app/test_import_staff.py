"""`kiosk import-staff`: a real list, a real file, and cards that are read again from the PDF."""

import json

import openpyxl
import pypdfium2 as pdfium
import pytest
import zxingcpp

from kiosk.app.main import main
from tests.stores import opened

LIST = (
    "STT;Họ và tên;Ngày sinh;Số CCCD;Đơn vị;Chức vụ;Mã số",
    "1;Nguyễn Thị Hồng;02/09/1990;091190000018;Văn phòng;Chuyên viên;CB-1",
    "2;Trần Văn Bình;1988;;Phòng lạ;;CB-2",
)


pytestmark = pytest.mark.usefixtures("qapp")  # the printer makes a lesser application


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def written(tmp_path, *lines, encoding="utf-8-sig"):
    path = tmp_path / "danh sách.csv"
    path.write_text("\r\n".join(lines), encoding)
    return path


def run(capsys, data, *arguments, lang="en"):
    code = main([arguments[0], "--data", str(data), "--lang", lang, *map(str, arguments[1:])])
    told = capsys.readouterr()
    return code, told.out, told.err


def count(data, table):
    with opened(data) as store:
        return store.database[table].count


def codes_in(path):
    with pdfium.PdfDocument(path) as pdf:
        return [
            found.text
            for page in pdf
            for found in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_numpy())
        ]


def test_a_list_is_shown_kept_and_its_cards_are_printed(capsys, data, tmp_path):
    path, cards = written(tmp_path, *LIST), tmp_path / "cards.pdf"
    code, out, err = run(capsys, data, "import-staff", path, "--pdf", cards, lang="vi")
    assert code == 0
    assert "    2  mới           Nguyễn Thị Hồng · Văn phòng · Chuyên viên · CB-1" in out
    assert "Phòng lạ" in out
    assert "2 người: 2 mới" in out
    assert str(cards) in err
    codes = codes_in(cards)
    with opened(data) as store:
        held = {store.directory.find(code).holder.person.name for code in codes}
    assert held == {"Nguyễn Thị Hồng", "Trần Văn Bình"}


def test_a_dry_run_keeps_nothing(capsys, data, tmp_path):
    code, out, err = run(
        capsys, data, "import-staff", written(tmp_path, *LIST), "--dry-run", "--json"
    )
    assert code == 0
    *lines, whole = map(json.loads, out.splitlines())
    assert [line["change"] for line in lines] == ["new", "new"]
    assert whole["totals"] == {"people": 2, "new": 2, "changed": 0, "same": 0, "cards": 2}
    assert whole["unknown_units"] == ["Phòng lạ"]
    assert "preview" in err
    assert count(data, "person") == 0


def test_a_list_is_compared_while_the_desk_goes_on(capsys, data, tmp_path):
    path = written(tmp_path, *LIST[:2])
    assert run(capsys, data, "import-staff", path, "--pdf", tmp_path / "cards.pdf")[0] == 0
    path = written(tmp_path, *LIST)
    with opened(data) as store:
        code, out, _ = run(capsys, data, "import-staff", path, "--dry-run", "--json")
        assert (code, store.database["person"].count) == (0, 1)
        assert run(capsys, data, "import-staff", path)[0] == 1
    assert [json.loads(line)["change"] for line in out.splitlines()[:2]] == ["same", "new"]


def test_the_same_list_again_prints_nothing(capsys, data, tmp_path):
    path = written(tmp_path, *LIST)
    run(capsys, data, "import-staff", path, "--pdf", tmp_path / "one.pdf")
    code, _, err = run(capsys, data, "import-staff", path, "--pdf", tmp_path / "two.pdf")
    assert (code, "no cards" in err) == (0, True)
    assert not (tmp_path / "two.pdf").exists()
    assert count(data, "credential") == 2


def test_a_list_with_a_mistake_names_its_line_and_is_not_taken(capsys, data, tmp_path):
    path = written(tmp_path, *LIST, "3;=cmd|calc;30/02/1985;;;;CB-1")
    code, out, err = run(capsys, data, "import-staff", path, "--pdf", tmp_path / "a.pdf")
    assert code == 1
    assert "    4  WRONG" in out
    assert "“=cmd|calc” is no name" in out
    assert "line 2 already" in out
    assert err.count("\n") == 1
    assert count(data, "person") == 0
    assert not (tmp_path / "a.pdf").exists()


def test_cards_that_cannot_be_printed_are_not_issued(capsys, data, tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))  # CUPS may run here
    path = written(tmp_path, *LIST)
    code, _, err = run(capsys, data, "import-staff", path, "--printer", "none")
    assert code == 1
    assert "Print service not running" in err.splitlines()[-1]
    assert count(data, "credential") == count(data, "person") == 0
    missing = tmp_path / "missing" / "a.pdf"
    assert run(capsys, data, "import-staff", path, "--pdf", missing)[0] == 1
    assert count(data, "credential") == 0


def test_a_workbook_is_taken_and_a_leaver_is_named_and_taken_back(capsys, data, tmp_path):
    book = openpyxl.Workbook()
    for line in LIST:
        book.active.append(line.split(";"))
    book.save(tmp_path / "list.xlsx")
    code, _, _ = run(
        capsys, data, "import-staff", tmp_path / "list.xlsx", "--pdf", tmp_path / "a.pdf"
    )
    assert code == 0
    path = written(tmp_path, *LIST[:2])
    _, out, _ = run(capsys, data, "import-staff", path, "--dry-run")
    assert "not in this list: Trần Văn Bình" in out
    assert run(capsys, data, "revoke", "--staff", "cb-2") == (0, "", "")
    _, out, _ = run(capsys, data, "import-staff", path, "--dry-run")
    assert "Trần Văn Bình" not in out
    code, _, err = run(capsys, data, "revoke", "--staff", "Trần Văn Bình")
    assert (code, "holds a card" in err) == (1, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no table"),
        ("Đơn vị,Chức vụ\nA,B".encode(), "column of names"),
        ("Họ và tên\n".encode(), "names nobody"),
        (b"\xff\xff\xfe", "encoding"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_sentence(capsys, data, tmp_path, content, told):
    (tmp_path / "list").write_bytes(content)
    code, out, err = run(capsys, data, "import-staff", tmp_path / "list")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert told in err
