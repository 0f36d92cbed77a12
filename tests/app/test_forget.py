"""`kiosk forget` and `kiosk retention`, as they are typed."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.app.main import main
from kiosk.domain.person import Person
from kiosk.domain.retention import Trust
from tests.fakes_log import HONG, ManualClock, departure
from tests.retention_office import bytes_of, office, somebody
from tests.stores import opened


@pytest.fixture
def data(tmp_path):
    """A desk of the last days: Hồng came twice and filled in a form, two others came."""
    now = datetime.now(UTC)
    with office(tmp_path, ManualClock(now - timedelta(days=2))) as one:
        one.comes(HONG)
        one.declares(HONG, remembered=True)
        one.comes(somebody(1))
        one.clock.pass_by(24 * 3600)
        one.comes(HONG)
        one.comes(somebody(2))
    return tmp_path


@pytest.fixture
def kiosk(data, capsys):
    """Types a command; answers exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data", str(data), "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_without_yes_it_only_shows(kiosk, data):
    code, out, err = kiosk("forget", "--number", "0911 8500 0036")
    assert code == 0
    assert out.startswith("Nguyễn Thị Hồng · •••• 0036 · 1985 · Visitor · 2 entries from ")
    assert "--yes" in err
    with opened(data) as store:
        assert len(store.eraser.traces(["091185000036"], "", frozenset())) == 1


def test_where_papers_with_names_lie_is_said_to_whoever_erases(kiosk, data):
    prints = data / "prints"
    assert "prints" not in kiosk("forget", "--name", "nguyễn thị hồng", "--yes")[2]
    prints.mkdir()
    (prints / "register-2026-11-22.pdf").write_bytes(b"%PDF")
    assert f"saved as files in the folder {prints} (1)" in kiosk("retention")[2]
    number = somebody(1).id_number
    assert (
        f"in the folder {prints} (1); names may" in kiosk("forget", "--number", number, "--yes")[2]
    )


@pytest.mark.parametrize(
    "how",
    [
        ("--number", "091185000036"),
        ("--number", "0912345678"),
        ("--number", "091234567"),
        ("--name", "NGUYEN THI HONG"),
        ("--name", "nguyễn thị hồng", "--born", "1985"),
    ],
)
def test_whoever_asks_is_gone_from_every_byte_and_the_log_is_proved(kiosk, data, how):
    before = json.loads(kiosk("verify", "--json")[1])
    code, _, err = kiosk("forget", *how, "--yes")
    assert (code, err.split(".")[0]) == (0, "Erased: 5")
    content = bytes_of(data)
    for text in ("Hồng", "091185000036", "912345678", "GD4797934567890", "Vĩnh Lợi", "thi hong"):
        assert text.encode() not in content, text
    assert somebody(1).name.encode() in content
    after = json.loads(kiosk("verify", "--json")[1])
    assert after == before | {"erased": 2}
    code, _, err = kiosk("forget", *how, "--yes")
    assert code == 1
    assert "Nothing is kept" in err
    with opened(data) as store:
        (erased,) = store.eraser.kept().erased
    assert (erased.kind, erased.rule, erased.rows) == ("person", "asked", 5)


def test_that_somebody_agreed_can_be_shown_after_they_are_gone(kiosk):
    kiosk("forget", "--number", "091185000036", "--yes")
    _, out, _ = kiosk("forget", "--number", "091185000036")
    first, second = out.splitlines()
    assert "the visit: Agrees" in first
    assert "being remembered: Agrees" in second
    assert "2026-12 x 30" in first


def test_proofs_too_are_one_object_a_line_where_that_is_asked_for(kiosk):
    kiosk("forget", "--number", HONG.id_number, "--yes")
    code, out, _ = kiosk("forget", "--number", HONG.id_number, "--json")
    proofs = [json.loads(line)["proof"] for line in out.splitlines()]
    assert (code, len(proofs)) == (1, 2)
    assert {(one["purpose"], one["given"]) for one in proofs} == {
        ("visit", True),
        ("remembered", True),
    }


def test_nobody_named_is_wrong_use(kiosk):
    assert kiosk("forget")[0] == 2
    assert kiosk("forget", "--number", " ")[0] == 2


def test_somebody_who_was_never_here_is_told(kiosk):
    assert kiosk("forget", "--name", "Hồng", "--yes")[0] == 1  # a part of a name is no name


def test_several_are_erased_only_when_that_is_said(kiosk, data):
    with office(data, ManualClock(datetime.now(UTC))) as one:
        for number in ("001099000001", "001099000002"):
            one.comes(Person("Lê An", id_number=number, birth_year=1999))
    assert kiosk("forget", "--name", "Lê An")[0] == 0
    code, out, err = kiosk("forget", "--name", "le an", "--yes")
    assert (code, len(out.splitlines())) == (1, 2)
    assert err.startswith("2 people were found")
    assert kiosk("forget", "--name", "le an", "--yes", "--all")[0] == 0
    assert kiosk("forget", "--name", "le an")[0] == 1


def test_who_is_inside_leaves_first(kiosk, data):
    with office(data, ManualClock(datetime.now(UTC))) as one:
        came = one.comes(somebody(5), leaves=False)
    code, _, err = kiosk("forget", "--number", somebody(5).id_number, "--yes")
    assert code == 1
    assert "departure first" in err
    with office(data, ManualClock(datetime.now(UTC))) as one:
        one.store.logbook.append(departure(came, one.clock.now()))
    assert kiosk("forget", "--number", somebody(5).id_number, "--yes")[0] == 0


def test_what_a_name_holds_steers_no_terminal(kiosk, data):
    with office(data, ManualClock(datetime.now(UTC))) as one:
        one.comes(Person("An\x1b[31m", id_number="001099000009"))
    assert "\x1b" not in kiosk("forget", "--number", "001099000009")[1]


def test_a_desk_that_is_open_keeps_its_file(kiosk, data):
    with opened(data):
        assert kiosk("forget", "--number", "091185000036", "--yes")[0] == 1
        assert kiosk("retention")[0] == 1
        assert kiosk("retention", "--dry-run")[0] == 0


def test_what_is_kept_of_somebody_is_shown_while_the_desk_goes_on(kiosk, data):
    with office(data, ManualClock(datetime.now(UTC))) as one:
        one.declares(somebody(0))
    with opened(data) as store:
        before = store.database["person"].count
        code, out, _ = kiosk("forget", "--number", somebody(0).id_number)
        assert (code, store.database["person"].count) == (0, before)
        assert somebody(0).name in out


def test_retention_counts_then_erases_and_says_what_is_left(tmp_path, capsys):
    now = datetime.now(UTC)
    with office(tmp_path, ManualClock(now - timedelta(days=40))) as one:
        one.declares(somebody(9))
        one.comes(somebody(9))
        one.store.eraser.keep_trust(Trust(now - timedelta(days=1)))
    folder = ["--data", str(tmp_path), "--lang", "en"]
    assert main(["retention", "--dry-run", "--json", *folder]) == 0
    *counted, state = map(json.loads, capsys.readouterr().out.splitlines())
    assert {one["kind"]: one["over"] for one in counted} == {
        **dict.fromkeys(("health", "declaration", "identity", "visitor", "code", "link"), 1)
    }
    assert (state["ran_at"], state["clock_doubted"]) == (None, None)
    assert set(state["oldest"]) == {"health", "identity", "declaration"}
    assert main(["retention", *folder]) == 0
    told = capsys.readouterr().out
    assert "Over: names and documents in the log, 1" in told
    assert "never" not in told
    assert main(["retention", "--dry-run", *folder]) == 0
    assert capsys.readouterr().out.startswith("Nothing is over.")


def test_the_oldest_is_told_by_the_local_day(kiosk, data, monkeypatch):
    monkeypatch.setattr(SystemClock, "zone", lambda _self: timezone(timedelta(hours=7)))
    early = (datetime.now(UTC) - timedelta(days=3)).replace(hour=23, minute=30)
    with office(data, ManualClock(early)) as one:
        one.comes(somebody(9))
    _, out, _ = kiosk("retention", "--dry-run")
    assert f"{early + timedelta(hours=7):%d/%m/%Y}" in out
    assert f"{early:%d/%m/%Y}" not in out


def test_a_doubted_clock_is_told_and_can_be_vouched_for(kiosk, data):
    with office(data, ManualClock(datetime.now(UTC))) as one:
        one.store.eraser.keep_trust(Trust(datetime.now(UTC) - timedelta(days=90)))
    code, _, err = kiosk("retention")
    assert code == 1
    assert "--clock-is-right" in err
    assert kiosk("retention", "--clock-is-right")[0] == 0
    assert kiosk("retention")[0] == 0
