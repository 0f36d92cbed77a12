"""`kiosk issue` and `kiosk revoke`: real codes in a real file, read again by `kiosk decode`."""

import json

import pypdfium2 as pdfium
import pytest
import zxingcpp

from kiosk.app.main import main
from kiosk.domain.screening import Destination
from tests.golden_pages import pdf_texts
from tests.stores import opened

pytestmark = pytest.mark.usefixtures("qapp")  # the printer makes a lesser application


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text('[place]\noffice = "SỞ Y TẾ"\n', "utf-8")
    return folder


def run(capsys, data, *arguments):
    code = main([arguments[0], "--data", str(data), "--lang", "en", *arguments[1:]])
    told = capsys.readouterr()
    return code, told.out, told.err


def issued(capsys, data, *arguments):
    code, out, err = run(capsys, data, "issue", *arguments, "--json")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "scheme"),
    [
        (("staff-card", "--name", "Nguyễn Thị Hồng"), "staff_card"),
        (("invitation", "--name", "Trần Văn Dũng", "--from", "2026-11-22"), "invitation"),
        (("emergency-slip",), "emergency_slip"),
    ],
)
def test_what_is_issued_is_read_and_proved_with_the_offices_key(
    capsys, data, tmp_path, arguments, scheme
):
    (one,) = issued(capsys, data, *arguments, "--png", str(tmp_path / "mã"))
    assert one["scheme"] == scheme
    at = ("--at", one["from"])
    code, out, err = run(capsys, data, "decode", "--json", *at, one["picture"])
    assert (code, err) == (0, "")
    (payload,) = json.loads(out)["payloads"]
    assert (payload["text"], payload["scheme"]) == (one["code"], scheme)
    assert payload["verified"] == "valid"


def test_without_the_offices_key_nothing_is_said_of_its_codes(capsys, data, tmp_path):
    (one,) = issued(capsys, data, "emergency-slip", "--png", str(tmp_path))
    assert main(["decode", "--json", one["picture"]]) == 0
    assert json.loads(capsys.readouterr().out)["payloads"][0]["verified"] == "none"
    main(["issue", "--data", str(tmp_path / "other"), "emergency-slip"])
    capsys.readouterr()
    _, out, _ = run(capsys, tmp_path / "other", "decode", "--json", one["picture"])
    assert json.loads(out)["payloads"][0]["verified"] == "broken"


@pytest.mark.parametrize("what", ["emergency-slip", "staff-card --name Hồng"])
def test_whoever_prints_before_the_office_has_written_its_names_is_told(
    capsys, data, tmp_path, what
):
    (data / "settings.toml").unlink()
    code, _, err = run(capsys, data, "issue", *what.split(), "--pdf", str(tmp_path / "a.pdf"))
    assert code == 0
    assert "sample office's (SỞ XÂY DỰNG)" in err
    assert str(data / "settings.toml") in err
    assert run(capsys, data, "issue", *what.split(), "--png", str(tmp_path))[2] == "", (
        "a code alone bears no names"
    )


def test_a_new_staff_card_takes_the_old_one_back(capsys, data):
    card = ("staff-card", "--name", "Nguyễn Thị Hồng", "--id-number", "091190000018")
    (old,), (new,) = issued(capsys, data, *card), issued(capsys, data, *card)
    with opened(data) as store:
        assert store.directory.find(old["code"]).revoked
        kept = store.directory.find(new["code"])
        assert not kept.revoked
        assert kept.holder.kind == "staff"


def test_a_new_card_by_staff_number_takes_the_lost_one_back(capsys, data):
    first = ("staff-card", "--name", "Lê Văn An", "--number", "CB-012", "--unit", "Văn phòng")
    (old,) = issued(capsys, data, *first)
    (new,) = issued(capsys, data, "staff-card", "--name", "Lê Văn An", "--number", "CB-012")
    with opened(data) as store:
        assert store.directory.find(old["code"]).revoked
        assert not store.directory.find(new["code"]).revoked
        (member,) = store.staff.members()
        assert (member.post.number, member.post.unit) == ("CB-012", "Văn phòng")


def test_a_name_alone_takes_no_colleague_s_card(capsys, data):
    (old,) = issued(capsys, data, "staff-card", "--name", "Lê Văn An", "--number", "CB-012")
    code, out, err = run(capsys, data, "issue", "staff-card", "--name", "Lê Văn An")
    assert (code, out) == (1, "")
    assert "Add a staff number" in err
    with opened(data) as store:
        assert not store.directory.find(old["code"]).revoked


def test_a_staff_number_of_somebody_else_gives_no_card(capsys, data):
    (old,) = issued(capsys, data, "staff-card", "--name", "Lê Văn An", "--number", "CB-012")
    other = ("staff-card", "--name", "Trần Thị Bích", "--number", "CB-012")
    code, out, err = run(capsys, data, "issue", *other)
    assert (code, out) == (1, "")
    assert "CB-012" in err
    with opened(data) as store:
        assert not store.directory.find(old["code"]).revoked


def test_a_revoked_code_is_kept_as_such_and_a_strange_one_is_told(capsys, data):
    (one,) = issued(capsys, data, "invitation", "--name", "Sơn", "--from", "2026-11-22")
    typed = f"{one['code'][:9].lower()} {one['code'][9:]}"
    assert run(capsys, data, "revoke", typed) == (0, "", "")
    with opened(data) as store:
        assert store.directory.find(one["code"]).revoked
    code, _, err = run(capsys, data, "revoke", "KQ1\x1b[2J")
    assert code == 1
    assert "no code that was issued here" in err
    assert "\x1b" not in err


def test_emergency_slips_are_numbered(capsys, data):
    numbers = [one["number"][:4] for one in issued(capsys, data, "emergency-slip", "--count", "3")]
    assert numbers == ["0001", "0002", "0003"]


@pytest.mark.parametrize(("paper", "pages"), [("a4", 2), ("a6", 4), ("roll_80", 1)])
def test_emergency_slips_go_on_paper(capsys, data, tmp_path, paper, pages):
    file = tmp_path / "phiếu.pdf"
    printed = ("emergency-slip", "--count", "4", "--paper", paper, "--pdf", str(file))
    slips = issued(capsys, data, *printed)
    texts = pdf_texts(file)
    assert len(texts) == pages
    # the numbers: test_emergency_slips_on_paper.py; pdfium tears those of some keys apart
    assert "".join(texts).count("PHIẾU DỰ PHÒNG") == len(slips) == 4
    assert run(capsys, data, "issue", *printed)[1].splitlines()[-1] == str(file.resolve())


@pytest.mark.parametrize(
    "where", [("--pdf", "/dev/null/nowhere/slips.pdf"), ("--printer", "no such printer")]
)
def test_slips_that_cannot_be_printed_were_never_issued(capsys, data, where):
    code, out, err = run(capsys, data, "issue", "emergency-slip", "--count", "2", *where)
    assert (code, out, err.count("\n")) == (1, "", 1)
    with opened(data) as store:
        assert store.database["credential"].count == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("staff-card",),
        ("staff-card", "--name", " \u202e "),
        ("invitation", "--name", "Sơn"),
        ("invitation", "--name", "Sơn", "--from", "today"),
        ("invitation", "--name", "Sơn", "--from", "2026-11-22", "--until", "2026-11-21"),
        ("invitation", "--name", "Sơn", "--from", "2019-11-22"),
        ("invitation", "--name", "Sơn", "--from", "2026-11-22", "--group", "501"),
        ("invitation", "--name", "S", "--from", "2026-11-22", "--group", "2", "--id-number", "1"),
        ("emergency-slip", "--count", "0"),
        ("emergency-slip", "--count", "many"),
    ],
)
def test_what_cannot_be_issued_is_told_and_nothing_is_kept(capsys, data, arguments):
    code, out, err = run(capsys, data, "issue", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    if (data / "kiosk.db").exists():
        with opened(data) as store:
            assert store.database["credential"].count == 0


def test_while_a_desk_runs_nothing_is_issued_beside_it(capsys, data):
    with opened(data):
        code, _, err = run(capsys, data, "issue", "emergency-slip")
    assert code == 1
    assert "already running" in err


def test_invitations_of_a_group_are_a_code_each_on_paper_and_as_pictures(capsys, data, tmp_path):
    given = ("invitation", "--name", "Đoàn Đại học", "--from", "2026-11-22", "--group", "5")
    to = ("--unit", "Văn phòng", "--host", "Chánh Văn phòng", "--purpose", "Họp")
    pdf = tmp_path / "a.pdf"
    guests = issued(capsys, data, *given, *to, "--pdf", str(pdf), "--png", str(tmp_path / "png"))
    assert [one["name"] for one in guests] == [
        f"Đoàn Đại học (guest {number}/5)" for number in range(1, 6)
    ]
    codes = {one["code"] for one in guests}
    assert len(codes) == 5
    with pdfium.PdfDocument(pdf) as pages:
        pictures = [page.render(scale=203 / 72).to_numpy() for page in pages]
    assert len(pictures) == 2
    assert {found.text for one in pictures for found in zxingcpp.read_barcodes(one)} == codes
    for one in guests:
        _, out, _ = run(capsys, data, "decode", "--json", one["picture"])
        assert json.loads(out)["payloads"][0]["text"] == one["code"]
    with opened(data) as store:
        kept = store.directory.find(guests[0]["code"])
        assert kept.destination == Destination("Văn phòng", "Chánh Văn phòng", "Họp")


def test_a_staff_card_says_where_its_holder_works(capsys, data, tmp_path):
    post = ("--unit", "Văn phòng", "--position", "Văn thư", "--number", "cb-7")
    pdf = str(tmp_path / "a.pdf")
    issued(capsys, data, "staff-card", "--name", "Lê An", *post, "--pdf", pdf)
    (text,) = pdf_texts(tmp_path / "a.pdf")
    assert all(said in text for said in ("Lê An", "Văn phòng", "Văn thư", "CB-7"))


def test_what_cannot_be_printed_is_not_issued(capsys, data, tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))  # CUPS may run here
    given = ("issue", "invitation", "--name", "Sơn", "--from", "2026-11-22")
    code, out, err = run(capsys, data, *given, "--printer", "none")
    assert (code, out) == (1, "")
    assert "Print service not running" in err.splitlines()[-1]
    (tmp_path / "file").touch()
    assert run(capsys, data, *given, "--png", str(tmp_path / "file"))[0] == 1
    with opened(data) as store:
        assert store.database["credential"].count == 0
