"""What the command line has printed: left beside the file, taken in once, nothing else taken."""

import json
import secrets
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from kiosk.adapters.told_prints import AT_WORK, FolderOfTold
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Trouble
from kiosk.services.back_office import take_in
from tests.fakes_log import MORNING
from tests.stores import temporary_store

JOB = PrintJob(
    *(secrets.token_hex(16), Printed.REGISTER, "Máy in", PrintState.ASKED, MORNING, "2026-11-22")
)

LATER = MORNING + AT_WORK
GIVEN_UP = replace(JOB, state=PrintState.LOST, failure=Trouble.INTERRUPTED)
SENT = replace(JOB, state=PrintState.SENT, spooled="17")


@pytest.fixture
def told(tmp_path) -> FolderOfTold:
    return FolderOfTold(tmp_path)


def taken(told) -> list[PrintJob]:
    jobs: list[PrintJob] = []
    told.take_in(jobs.append, LATER)
    return jobs


def test_what_was_told_is_taken_in_once(told, tmp_path):
    lost = replace(JOB, state=PrintState.LOST, failure=Trouble.NO_PAPER)
    told.tell(JOB)
    told.tell(lost)
    assert told.told() == [lost]
    assert taken(told) == [lost]
    assert taken(told) == []
    assert not [*(tmp_path / "prints-told").iterdir()]


def test_it_stays_where_it_cannot_be_kept(told):
    full = Mock(side_effect=LogbookError("full"))

    told.tell(JOB)
    with pytest.raises(LogbookError):
        told.take_in(full, LATER)
    assert taken(told) == [GIVEN_UP]


def test_what_is_told_while_it_is_taken_in_is_not_lost(told):
    jobs = []

    def keep(job):
        jobs.append(job)
        if job == GIVEN_UP:
            told.tell(SENT)

    told.tell(JOB)
    told.take_in(keep, LATER)
    assert [*jobs, *taken(told)] == [GIVEN_UP, SENT]


def test_what_a_command_is_printing_at_this_moment_is_left_to_it(told):
    told.tell(JOB)
    nothing = Mock()
    told.take_in(nothing, LATER - timedelta(seconds=1))
    assert not nothing.called
    assert told.told() == [JOB]
    told.tell(SENT)
    told.take_in(nothing, MORNING)
    nothing.assert_called_once_with(SENT)


def test_a_command_that_never_told_what_became_of_its_print_leaves_no_job_to_be_printed(told):
    told.tell(JOB)
    (job,) = taken(told)
    assert job == GIVEN_UP
    assert not job.waits


def test_a_clock_that_was_set_back_holds_nothing_for_ever(told):
    told.tell(JOB)
    jobs = []
    told.take_in(jobs.append, MORNING - timedelta(days=30))
    assert jobs == [GIVEN_UP]


def test_what_could_not_be_kept_comes_before_what_is_told_later(told):
    told.tell(JOB)
    with pytest.raises(LogbookError):
        told.take_in(Mock(side_effect=LogbookError("full")), LATER)
    assert told.told() == [JOB]
    told.tell(SENT)
    assert told.told() == [SENT]
    assert taken(told) == [GIVEN_UP, SENT]


def test_it_becomes_one_row_that_follows_what_is_told_later(told):
    with temporary_store() as store:
        told.tell(JOB)
        take_in(told, store.print_jobs, LATER)
        assert not store.print_jobs.waiting(), "nobody is to hand it over"
        told.tell(SENT)
        take_in(told, store.print_jobs, LATER)
        assert store.print_jobs.waiting() == (SENT,)


def test_where_there_is_no_desk_nothing_is_left(tmp_path):
    FolderOfTold(tmp_path / "none").tell(JOB)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"printed": "money"},
        {"state": "done"},
        {"asked_at": "yesterday"},
        {"asked_at": "2026-13-41T01:00:00.000Z"},
        {"spooled": "17; rm"},
        {"failure": "bored"},
        {"printer": "x" * 301},
        {"printer": 7},
        {"job_id": "0" * 32},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_no_print_of_ours_is_put_aside(told, tmp_path, wrong):
    told.tell(JOB)
    file = tmp_path / "prints-told" / f"{JOB.job_id}.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | wrong))
    assert taken(told) == []
    assert file.with_suffix(".bad").exists()
    assert taken(told) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b" " * 9_000])
def test_a_damaged_file_is_put_aside(told, tmp_path, content):
    told.tell(JOB)
    (tmp_path / "prints-told" / f"{JOB.job_id}.json").write_bytes(content)
    assert taken(told) == []


def test_other_files_in_the_folder_are_left_alone(told, tmp_path):
    told.tell(JOB)
    other = tmp_path / "prints-told" / "notes.json"
    other.write_text("{}")
    assert taken(told) == [GIVEN_UP]
    assert other.exists()
