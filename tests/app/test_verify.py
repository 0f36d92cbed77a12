"""`kiosk verify` in words, as JSON and by its exit code."""

import json
import sqlite3
from datetime import timedelta, timezone

import pytest

from kiosk.app import paths
from kiosk.app.verify import sentence, verify
from kiosk.domain.chain import Broken, Fault, Proved
from kiosk.ui.wording import Language, Words
from tests.fakes_log import arrival
from tests.stores import opened

ENGLISH = Words(Language.ENGLISH, paths.resources() / "i18n")
HANOI = timezone(timedelta(hours=7))
WRITTEN = "2026-11-22T01:12:05.120Z"


@pytest.fixture
def data(tmp_path):
    with opened(tmp_path) as store:
        for _ in range(4):
            store.logbook.append(arrival())
    return tmp_path


def change(data, statement):
    db = sqlite3.connect(data / "kiosk.db")
    db.execute("DROP TRIGGER log_entry_is_never_changed")
    db.execute(statement)
    db.commit()
    db.close()


def test_an_unchanged_log_is_confirmed_with_its_fingerprint(data, capsys):
    assert verify(data, ENGLISH) == 0
    with opened(data) as store:
        expected = store.logbook.check().fingerprint
    first, second, end = capsys.readouterr().out.split("\n")
    assert (first, end) == (f"4 entries, unchanged. Fingerprint {expected}", "")
    assert second.startswith("To compare")


def test_a_changed_entry_is_named(data, capsys):
    change(data, "UPDATE log_entry SET officer = 'x' WHERE seq = 3")
    assert verify(data, ENGLISH) == 1
    told = capsys.readouterr()
    assert told.out.startswith("Entry 3 of gate G1 (2026-11-22 ")
    assert told.out.endswith("): its content was changed after it was written.\n")
    assert told.err == ""


def test_the_answer_as_json_is_one_object(data, capsys):
    assert verify(data, ENGLISH, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["unchanged"], told["entries"]) == (True, 4)
    change(data, "UPDATE log_entry SET officer = 'x' WHERE seq = 3")
    assert verify(data, ENGLISH, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["unchanged"], told["seq"], told["fault"]) == (False, 3, "hash")
    assert told["occurred_at"] == WRITTEN


def test_it_may_run_while_the_desk_does(data):
    with opened(data):
        assert verify(data, ENGLISH) == 0


def test_it_writes_nothing(data):
    before = (data / "kiosk.db").read_bytes()
    verify(data, ENGLISH)
    assert (data / "kiosk.db").read_bytes() == before


def test_a_folder_without_a_log_is_told_in_a_sentence(tmp_path, capsys):
    assert verify(tmp_path / "nowhere", ENGLISH) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"There is no log in {tmp_path / 'nowhere'} ")
    assert told.err.count("\n") == 1
    assert not (tmp_path / "nowhere").exists()


def test_a_trouble_as_json_is_one_object(tmp_path, capsys):
    (tmp_path / "kiosk.db").write_bytes(b"PK\x03\x04" * 999)
    assert verify(tmp_path, ENGLISH, as_json=True) == 1
    assert json.loads(capsys.readouterr().out) == {"unchanged": False, "trouble": "foreign"}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Proved(0, ""), "The log has no entries yet."),
        (Proved(1, "3F9A"), "1 entry, unchanged. Fingerprint 3F9A"),
        (Proved(1234567, "3F9A"), "1,234,567 entries, unchanged. Fingerprint 3F9A"),
        (
            Broken("G1", 17, "id", Fault.GAP, WRITTEN),
            "Entry 17 of gate G1 (2026-11-22 08:12) is missing; in its place stands another.",
        ),
        (
            Broken("G1", 17, "id", Fault.PREVIOUS_HASH, WRITTEN),
            "Entry 17 of gate G1 (2026-11-22 08:12): it does not follow from the entry before it.",
        ),
        (
            Broken("G1", 17, "id", Fault.HASH, "yesterday"),
            "Entry 17 of gate G1: its content was changed after it was written.",
        ),
        (
            Broken("G\x1b[31m1", 17, "id", Fault.IDENTITY, WRITTEN),
            "Entry 17 of gate G?[31m1 (2026-11-22 08:12): its personal data were changed.",
        ),
        (
            Broken("G1", 17, "id", Fault.HEALTH, WRITTEN),
            "Entry 17 of gate G1 (2026-11-22 08:12): its health data were changed.",
        ),
        (
            Broken("", 0, "01M8\n", Fault.IDENTITY),
            "Personal data stand under 01M8?, which is no entry.",
        ),
    ],
)
def test_each_finding_is_one_sentence(answer, words):
    assert sentence(answer, ENGLISH, HANOI) == words


def test_the_sentences_are_vietnamese_where_that_is_the_language():
    words = ENGLISH.in_other()
    assert sentence(Proved(1234567, "3F9A"), words, HANOI) == (
        "1.234.567 dòng, còn nguyên vẹn. Mã kiểm tra của sổ: 3F9A"
    )


def test_a_long_check_says_on_a_terminal_how_far_it_is(tmp_path, monkeypatch, capsys):
    with opened(tmp_path) as store:
        for _ in range(1001):
            store.logbook.append(arrival())
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert verify(tmp_path, ENGLISH) == 0
    told = capsys.readouterr()
    assert told.err.startswith("\r1,000 entries are unchanged so far\r")
    assert told.err.endswith(" \r"), "the line is wiped out again"
    assert told.out.startswith("1,001 entries, unchanged.")


def test_a_paper_that_was_signed_earlier_is_found_again_and_a_new_chain_is_not(data, capsys):
    with opened(data) as store:
        paper = store.logbook.fingerprint()
        store.logbook.append(arrival())
    assert verify(data, ENGLISH, signed=f" {paper.lower().replace('-', ' ')}") == 0
    assert "The signed paper agrees: Entry 4 of gate G1 (" in capsys.readouterr().out
    change(data, "DROP TRIGGER log_entry_is_never_deleted")
    db = sqlite3.connect(data / "kiosk.db")
    db.execute("DELETE FROM log_entry WHERE seq > 3")  # what is left is a whole chain
    db.execute("DELETE FROM entry_identity WHERE entry_id NOT IN (SELECT entry_id FROM log_entry)")
    db.execute("DELETE FROM entry_health WHERE entry_id NOT IN (SELECT entry_id FROM log_entry)")
    db.commit()
    db.close()
    assert verify(data, ENGLISH) == 0
    capsys.readouterr()
    assert verify(data, ENGLISH, signed=paper) == 1
    assert "does NOT agree" in capsys.readouterr().out


def test_a_paper_of_a_file_with_two_gates_is_found_again_too(data, capsys):
    with opened(data, gate_id="G2") as store:
        store.logbook.append(arrival())
        paper = store.logbook.fingerprint()
        store.logbook.append(arrival())
    assert verify(data, ENGLISH, as_json=True, signed=paper) == 0
    assert json.loads(capsys.readouterr().out)["signed_at_entry"] == 1


def test_what_is_no_fingerprint_is_wrong_use(data, capsys):
    assert verify(data, ENGLISH, signed="3F9A") == 2
    assert "It looks like" in capsys.readouterr().err


def test_no_paper_agrees_with_a_log_that_was_changed(data, capsys):
    with opened(data) as store:
        paper = store.logbook.fingerprint()
    change(data, "UPDATE log_entry SET officer = 'x' WHERE seq = 3")
    assert verify(data, ENGLISH, signed=paper) == 1
    assert "agree" not in capsys.readouterr().out
    assert verify(data, ENGLISH, as_json=True, signed=paper) == 1
    assert json.loads(capsys.readouterr().out)["signed_at_entry"] is None
