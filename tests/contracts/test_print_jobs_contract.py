"""What the record of prints promises."""

from datetime import timedelta

import pytest

from kiosk.ports.print_jobs import Printed, PrintState
from tests.fakes_log import MORNING
from tests.stores import temporary_store

LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def print_jobs():
    with temporary_store() as store:
        yield store.print_jobs


def test_a_print_that_was_asked_for_is_kept(print_jobs):
    job = print_jobs.ask(Printed.SLIP, "Máy in 🖨\0", MORNING, entry_id="e1", credential_id="c1")
    assert (job.state, job.reprints, job.failure) == (PrintState.ASKED, 0, "")
    assert print_jobs.job(job.job_id) == job
    assert list(print_jobs.of_credential("c1")) == [job]
    assert print_jobs.job("none") is None


def test_a_print_goes_from_asked_to_sent_to_confirmed(print_jobs):
    job = print_jobs.ask(Printed.REGISTER, "", MORNING)
    assert list(print_jobs.unfinished()) == [job]
    print_jobs.sent(job.job_id, LATER)
    assert print_jobs.job(job.job_id).state is PrintState.SENT
    assert list(print_jobs.unfinished()) == []
    print_jobs.confirmed(job.job_id, LATER)
    assert print_jobs.job(job.job_id).state is PrintState.CONFIRMED


def test_a_print_that_failed_can_be_asked_for_again(print_jobs):
    job = print_jobs.ask(Printed.SLIP, "Canon", MORNING)
    print_jobs.failed(job.job_id, LATER, "no_such_printer")
    assert [kept.failure for kept in print_jobs.unfinished()] == ["no_such_printer"]
    again = print_jobs.ask_again(job.job_id, "Brother", LATER)
    assert (again.state, again.printer, again.reprints) == (PrintState.ASKED, "Brother", 1)
    assert again.asked_at == MORNING
    print_jobs.sent(job.job_id, LATER)
    assert print_jobs.job(job.job_id).failure == ""


def test_what_was_never_asked_for_cannot_be_asked_for_again(print_jobs):
    assert print_jobs.ask_again("none", "Canon", MORNING) is None
