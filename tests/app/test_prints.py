"""The queue of prints from the command line."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.app.main import main
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from tests.golden_pages import pdf_texts
from tests.stores import opened


@pytest.fixture
def data(tmp_path):
    """A slip that waits since the day before yesterday, and one that came out just now."""
    now = SystemClock().now()
    waiting = PrintJob(
        *("j1", Printed.STAFF_CARDS, "Máy in\x1b[2J", PrintState.FAILED),
        *(now - timedelta(days=2),),
        failure="no_paper",
    )
    done = PrintJob("j2", Printed.SLIP, "Canon", PrintState.ASKED, now, subject="0012K")
    with opened(tmp_path) as store:
        store.print_jobs.ask(waiting, "content")
        store.print_jobs.ask(done, "content")
        store.print_jobs.became(replace(done, state=PrintState.CONFIRMED, reprints=1), now)
    return tmp_path


def test_what_waits_and_todays_prints_are_listed_in_words(data, capsys):
    assert main(["prints", "--data", str(data), "--lang", "vi"]) == 0
    slip, cards = capsys.readouterr().out.splitlines()
    assert slip.endswith("vừa xong  phiếu 0012K  Canon  Đã in xong")
    assert cards.endswith("2 ngày  thẻ cán bộ  Máy in [2J  Hết giấy")


def test_the_same_as_json(data, capsys):
    assert main(["prints", "--data", str(data), "--json"]) == 0
    slip, cards = map(json.loads, capsys.readouterr().out.splitlines())
    assert (slip["subject"], slip["state"], slip["reprints"], slip["waits"]) == (
        *("0012K", "confirmed", 1, False),
    )
    assert (cards["printed"], cards["trouble"], cards["waits"]) == (
        *("staff_cards", "no_paper", True),
    )
    assert "content" not in cards


def test_where_nothing_was_printed_it_says_so(tmp_path, capsys):
    with opened(tmp_path):
        pass
    assert main(["prints", "--data", str(tmp_path), "--lang", "en"]) == 1
    assert capsys.readouterr().out == "Nothing was printed today.\n"


def listed(data, capsys) -> list[dict]:
    capsys.readouterr()
    main(["prints", "--data", str(data), "--json"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ("register", "register"),
        ("closing", "closing"),
        ("inside", "inside"),
        ("test-page", "test_page"),
        ("poster --text https://a.vn", "poster"),
    ],
)
def test_what_a_command_prints_is_on_record_while_the_desk_has_the_file(
    qapp, tmp_path, capsys, command, printed
):
    target = tmp_path / "Nguyễn Thị Hồng.pdf"
    with opened(tmp_path):
        main([*command.split(), "--data", str(tmp_path), "--pdf", str(target)])
        (job,) = listed(tmp_path, capsys)
    assert (job["printed"], job["printer"], job["state"]) == (printed, "", "confirmed")
    assert "Hồng" not in json.dumps(job, ensure_ascii=False)


def test_what_a_command_cannot_print_is_on_record_with_its_reason(qapp, tmp_path, capsys):
    with opened(tmp_path):
        assert main(["register", "--data", str(tmp_path), "--printer", "tcp://127.0.0.1:9"]) == 1
        (job,) = listed(tmp_path, capsys)
    assert (job["state"], job["waits"]) == ("lost", False)
    assert job["trouble"]


def test_what_is_issued_is_on_record_in_the_file(qapp, tmp_path, capsys):
    pdf = str(tmp_path / "a.pdf")
    with opened(tmp_path):
        pass
    assert not main(["issue", "emergency-slip", "--data", str(tmp_path), "--pdf", pdf])
    with opened(tmp_path) as store:
        (job,) = store.print_jobs.recent(SystemClock().now() - timedelta(hours=1))
    assert (job.printed, job.subject, job.state) == (
        *(Printed.EMERGENCY_SLIPS, "1", PrintState.CONFIRMED),
    )
    assert [one["job"] for one in listed(tmp_path, capsys)] == [job.job_id]


@pytest.mark.parametrize(
    ("more", "said"),
    [((), "TRANG IN THỬ"), (("--lang", "en"), "TEST PAGE")],
)
def test_the_test_page_speaks_as_the_desk_does_whatever_the_terminal(
    qapp, tmp_path, monkeypatch, more, said
):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "settings.toml").write_text('[screen]\nlanguage = "vi"\n', "utf-8")
    pdf = tmp_path / "a.pdf"
    assert not main(["test-page", "--data", str(tmp_path), "--pdf", str(pdf), *more])
    assert said in pdf_texts(pdf)[0]
