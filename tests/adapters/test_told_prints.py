"""What the command line has printed: left beside the file, taken in once, nothing else taken."""

import json
import secrets
import subprocess
import sys
from dataclasses import replace
from unittest.mock import Mock

import pytest

from kiosk.adapters.told_prints import FolderOfTold
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Trouble
from kiosk.services.back_office import take_in
from tests.fakes_log import MORNING
from tests.stores import temporary_store

JOB = PrintJob(
    *(secrets.token_hex(16), Printed.REGISTER, "Máy in", PrintState.ASKED, MORNING, "2026-11-22")
)

GIVEN_UP = replace(JOB, state=PrintState.LOST, failure=Trouble.INTERRUPTED)
SENT = replace(JOB, state=PrintState.SENT, spooled="17")


WHOSE_POWER_WENT_OFF = """
import os, sys
from pathlib import Path
from tests.adapters.test_told_prints import JOB, FolderOfTold
told = FolderOfTold(Path(sys.argv[1]))
told.tell(JOB)
print("told", flush=True)
sys.stdin.read(1)
os._exit(1)
"""


@pytest.fixture
def told(tmp_path) -> FolderOfTold:
    """As the desk sees it; `command` is the other side."""
    return FolderOfTold(tmp_path)


@pytest.fixture
def command(tmp_path) -> FolderOfTold:
    return FolderOfTold(tmp_path)


def ended(command: FolderOfTold) -> None:
    """The command is there no more, and has not said what became of its print."""
    for lock in command._at_work.values():
        lock.release()


def taken(told) -> list[PrintJob]:
    jobs: list[PrintJob] = []
    told.take_in(jobs.append)
    return jobs


def test_what_was_told_is_taken_in_once(told, command, tmp_path):
    lost = replace(JOB, state=PrintState.LOST, failure=Trouble.NO_PAPER)
    command.tell(JOB)
    command.tell(lost)
    assert told.told() == [lost]
    assert taken(told) == [lost]
    assert taken(told) == []
    assert not [*(tmp_path / "prints-told").iterdir()]


def test_it_stays_where_it_cannot_be_kept(told, command):
    full = Mock(side_effect=LogbookError("full"))

    command.tell(JOB)
    ended(command)
    with pytest.raises(LogbookError):
        told.take_in(full)
    assert taken(told) == [GIVEN_UP]


def test_what_is_told_while_it_is_taken_in_is_not_lost(told, command):
    jobs = []

    def keep(job):
        jobs.append(job)
        if job == GIVEN_UP:
            command.tell(SENT)

    command.tell(JOB)
    ended(command)
    told.take_in(keep)
    assert [*jobs, *taken(told)] == [GIVEN_UP, SENT]


def test_what_a_command_is_printing_is_left_to_it_however_long_that_takes(told, command):
    command.tell(JOB)
    for _ in range(2):
        assert taken(told) == []
        assert told.told() == [JOB]
    command.tell(SENT)
    assert taken(told) == [SENT]


def test_a_command_that_was_ended_in_the_middle_leaves_no_job_to_be_printed(told, tmp_path):
    program = [sys.executable, "-c", WHOSE_POWER_WENT_OFF, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True) as command:
        assert command.stdout.readline() == "told\n"
        assert taken(told) == []
        command.communicate("x")
    (job,) = taken(told)
    assert replace(job, job_id=JOB.job_id) == GIVEN_UP
    assert not job.waits
    assert not [*(tmp_path / "prints-told").iterdir()]


def test_what_could_not_be_kept_comes_before_what_is_told_later(told, command):
    command.tell(JOB)
    ended(command)
    with pytest.raises(LogbookError):
        told.take_in(Mock(side_effect=LogbookError("full")))
    assert told.told() == [JOB]
    command.tell(SENT)
    assert told.told() == [SENT]
    assert taken(told) == [GIVEN_UP, SENT]


def test_it_becomes_one_row_that_follows_what_is_told_later(told, command):
    with temporary_store() as store:
        command.tell(JOB)
        ended(command)
        take_in(told, store.print_jobs, MORNING)
        assert not store.print_jobs.waiting(), "nobody is to hand it over"
        command.tell(SENT)
        take_in(told, store.print_jobs, MORNING)
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
def test_what_is_no_print_of_ours_is_put_aside(told, command, tmp_path, wrong):
    command.tell(JOB)
    file = tmp_path / "prints-told" / f"{JOB.job_id}.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | wrong))
    assert taken(told) == []
    assert file.with_suffix(".bad").exists()
    assert taken(told) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b" " * 9_000])
def test_a_damaged_file_is_put_aside(told, command, tmp_path, content):
    command.tell(JOB)
    (tmp_path / "prints-told" / f"{JOB.job_id}.json").write_bytes(content)
    assert taken(told) == []


def test_other_files_in_the_folder_are_left_alone(told, command, tmp_path):
    command.tell(SENT)
    other = tmp_path / "prints-told" / "notes.json"
    other.write_text("{}")
    assert taken(told) == [SENT]
    assert other.exists()
