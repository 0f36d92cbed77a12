"""What is done about a print that waits, with time as an argument."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Condition, Fate, Trouble
from kiosk.services.print_queue import (
    BY_ITSELF,
    MOST_TRIES,
    MOST_UNKNOWN,
    NEVER,
    SLOW_SECONDS,
    Followed,
    Step,
    handed_over,
    keeps_waiting,
    left_hanging,
    look_at,
    looked,
    not_taken,
    once_more,
    resumed,
)
from tests.fakes_log import MORNING

READY = Condition("Canon")
ASKING = 3.0
"""Seconds that a question to a printer may take (ports.printer)."""
OF_PRINTERS = sorted(set(Trouble) - {Trouble.NOT_WRITTEN, Trouble.INTERRUPTED})


def in_state(*troubles: Trouble) -> Condition:
    return Condition("Canon", troubles=troubles)


def asked() -> Followed:
    return Followed(PrintJob("j1", Printed.SLIP, "Canon", PrintState.ASKED, MORNING), 100.0)


@pytest.fixture
def sent() -> Followed:
    return handed_over(asked(), "17", 100.0)


@pytest.fixture
def failed() -> Followed:
    return not_taken(asked(), Trouble.NO_SERVICE, 100.0)


def look(followed, condition=READY, fate=Fate.UNKNOWN, now=101.0, after=timedelta()):
    return looked(followed, condition, fate, now, MORNING + after)


def test_what_the_printer_took_is_looked_at_soon(sent):
    assert (sent.job.state, sent.job.spooled, sent.job.failure) == (PrintState.SENT, "17", "")
    assert sent.due == 100.5
    assert sent.job.waits


def test_a_job_that_is_done_is_confirmed(sent):
    after, step = look(sent, fate=Fate.DONE)
    assert (after.job.state, after.job.spooled, step) == (PrintState.CONFIRMED, "", Step.LEAVE)
    assert not after.job.waits


def test_a_job_that_its_printer_has_forgotten_was_taken_and_no_more_is_claimed(sent):
    after, step = look(sent, fate=Fate.GONE)
    assert (after.job.state, after.job.spooled, step) == (PrintState.SENT, "", Step.LEAVE)
    assert not after.job.waits


@pytest.mark.parametrize(
    ("fate", "troubles", "failure"),
    [
        (Fate.WAITING, (), ""),
        (Fate.PRINTING, (), ""),
        (Fate.WAITING, (Trouble.STOPPED,), "stopped"),
        (Fate.PRINTING, (Trouble.NO_PAPER,), "no_paper"),
        (Fate.PRINTING, (Trouble.JAM, Trouble.COVER_OPEN), "jam"),
        (Fate.HELD, (), "held"),
        (Fate.STOPPED, (), "stopped"),
        (Fate.STOPPED, (Trouble.OFFLINE,), "offline"),
        (Fate.UNKNOWN, (Trouble.NO_SERVICE,), "no_service"),
        (Fate.DONE, (Trouble.NO_PAPER,), "no_paper"),
        (Fate.GONE, (Trouble.NO_PAPER,), "no_paper"),
    ],
)
def test_what_keeps_a_job_from_coming_out_is_known_and_it_is_followed_on(
    sent, fate, troubles, failure
):
    after, step = look(sent, in_state(*troubles), fate)
    assert (after.job.state, after.job.failure, step) == (
        PrintState.SENT,
        failure,
        Step.LOOK_AGAIN,
    )
    assert after.job.spooled == "17", "it is there already: handed over again it came out twice"


def test_a_queue_that_is_stopped_after_the_job_came_out_is_no_trouble_of_the_job(sent):
    after, _ = look(sent, in_state(Trouble.STOPPED), Fate.DONE)
    assert after.job.state is PrintState.CONFIRMED


def test_a_job_that_was_cancelled_at_the_printer_is_cancelled(sent):
    after, step = look(sent, fate=Fate.CANCELLED)
    assert (after.job.state, step) == (PrintState.CANCELLED, Step.LEAVE)


def test_a_printer_that_knows_nothing_of_the_job_is_asked_no_longer(sent):
    after, looks = sent, 0
    step = Step.LOOK_AGAIN
    while step is Step.LOOK_AGAIN:
        after, step = look(after, now=after.due)
        looks += 1
    assert looks == MOST_UNKNOWN
    assert (after.job.state, after.job.spooled) == (PrintState.SENT, "")


def test_a_printing_system_that_was_away_does_not_count_as_one_that_does_not_know(sent):
    after = sent
    for _ in range(MOST_UNKNOWN * 3):
        after, step = look(after, in_state(Trouble.NO_SERVICE), now=after.due)
        assert step is Step.LOOK_AGAIN
    after, step = look(after, now=after.due)
    assert (after.job.failure, step) == ("", Step.LOOK_AGAIN)


def test_what_was_not_taken_is_handed_over_when_the_printer_is_ready(failed):
    assert (failed.job.state, failed.job.failure) == (PrintState.FAILED, "no_service")
    after, step = look(failed, in_state(Trouble.STOPPED))
    assert (after.job.state, after.job.failure, step) == (
        PrintState.FAILED,
        "stopped",
        Step.LOOK_AGAIN,
    )
    after, step = look(after)
    assert step is Step.HAND_OVER
    assert handed_over(after, "18", 105.0).job.failure == ""


def test_after_half_an_hour_nothing_is_printed_that_nobody_expects(failed):
    _, step = look(failed, after=BY_ITSELF + timedelta(seconds=1))
    assert step is Step.LEAVE
    assert failed.job.waits, "it is in the list, for a hand"


def test_a_job_that_the_printer_gives_up_is_not_tried_for_ever(sent):
    after, tries = sent, 1
    while True:
        after, step = look(after, fate=Fate.FAILED, now=after.due)
        assert (after.job.failure, step) == ("not_taken", Step.LOOK_AGAIN)
        after, step = look(after, now=after.due)
        if step is Step.LEAVE:
            break
        after = handed_over(after, str(tries), after.due)
        tries += 1
    assert tries == MOST_TRIES


@pytest.mark.parametrize("state", [PrintState.ASKED, PrintState.FAILED])
def test_after_a_restart_a_print_that_waited_is_handed_over(state):
    job = replace(asked().job, state=state)
    _, step = look(resumed(job, 7.0))
    assert step is Step.HAND_OVER
    assert resumed(job, 7.0).due == 7.0


def test_after_a_restart_a_print_in_the_printers_queue_is_followed(sent):
    again = resumed(sent.job, 7.0)
    assert again.job == sent.job
    after, _ = look(again, fate=Fate.DONE)
    assert after.job.state is PrintState.CONFIRMED


@given(
    onset=st.floats(0, 1800),
    trouble=st.sampled_from(
        [t for t in Trouble if t not in (Trouble.NOT_WRITTEN, Trouble.INTERRUPTED)]
    ),
    asking=st.floats(0, ASKING),
)
def test_trouble_is_known_within_fifteen_seconds(onset, trouble, asking):
    after, now = handed_over(asked(), "17", 0.0), 0.0
    while not after.job.failure:
        condition = in_state(trouble) if after.due >= onset else READY
        now = after.due + asking
        after, _ = look(after, condition, Fate.PRINTING, now)
    assert now - onset <= 15


@given(
    st.lists(
        st.tuples(st.sampled_from(Fate), st.sets(st.sampled_from(Trouble), max_size=2)),
        min_size=1,
        max_size=60,
    )
)
def test_whatever_printers_say_a_print_is_in_the_queue_once_and_never_forgotten(news):
    after, now = handed_over(asked(), "1", 0.0), 0.0
    there = 1
    for fate, troubles in news:
        after, step = look(after, in_state(*sorted(troubles)), fate, now)
        now = max(now, after.due)
        if fate in (Fate.FAILED, Fate.CANCELLED):
            there = 0
        match step:
            case Step.HAND_OVER:
                assert there == 0, "handed over while it was still there"
                after, there = handed_over(after, "2", now), 1
            case Step.LEAVE:
                break
            case Step.LOOK_AGAIN:
                assert after.job.waits


def test_a_print_that_waits_for_days_ends_nothing():
    after = handed_over(asked(), "7", 0.0)
    for _ in range(6000):
        after, step = looked(
            after, in_state(Trouble.STOPPED), Fate.STOPPED, after.due, after.job.asked_at
        )
        assert step is not Step.HAND_OVER
    assert after.due > 6000.0


@pytest.mark.parametrize("trouble", [Trouble.OFFLINE, Trouble.NO_PAPER, Trouble.NOT_TAKEN])
def test_what_a_ready_printer_refuses_again_and_again_waits_for_a_hand(trouble):
    after, tries = asked(), 0
    step = Step.HAND_OVER
    while step is Step.HAND_OVER and tries < 100:
        tries += 1
        after = not_taken(after, trouble, after.due)
        after, step = look(after, now=after.due)
    assert (tries, step, after.due) == (MOST_TRIES, Step.LEAVE, NEVER)
    assert after.job.failure == trouble
    assert after.job.waits


def test_looks_at_a_printer_in_trouble_are_no_tries(failed):
    for _ in range(50):
        failed, step = look(failed, in_state(Trouble.OFFLINE), now=failed.due)
        assert step is Step.LOOK_AGAIN
    assert look(failed, now=failed.due)[1] is Step.HAND_OVER


def test_what_was_handed_over_when_the_program_ended_counts_as_a_reprint():
    left = resumed(asked().job, 7.0)
    assert (left.job.state, left.job.failure) == (PrintState.FAILED, Trouble.INTERRUPTED)
    held, _ = look(left, in_state(Trouble.NO_PAPER), now=7.0)
    after, step = look(held, now=held.due)
    assert (step, after.job.reprints) == (Step.HAND_OVER, 1)
    again, _ = look(not_taken(after, Trouble.OFFLINE, held.due), now=held.due + 9)
    assert again.job.reprints == 1, "that one was surely not taken"


def test_what_may_be_out_and_may_be_printed_once_is_left_to_a_hand():
    left = resumed(asked().job, 7.0, once=True)
    assert left.due == NEVER
    assert once_more(left).reprints == 1
    assert left_hanging(asked()).due == NEVER


def test_after_a_restart_too_only_a_hand_repeats_what_hung():
    told = keeps_waiting(asked(), 0.0, SLOW_SECONDS)
    for hung in (told, left_hanging(asked()), left_hanging(told)):
        left = resumed(hung.job, 7.0)
        assert (left.due, left.may_be_out) == (NEVER, True)
        assert (left.job.state, left.job.failure) == (PrintState.FAILED, Trouble.INTERRUPTED)
        assert once_more(left).reprints == 1


def test_a_file_needs_no_printer_to_be_tried():
    job = replace(asked().job, printer="")
    left = resumed(job, 7.0)
    ((condition, fate),) = look_at(None, [left.job]).values()
    after, step = look(left, condition, fate, 7.0)
    assert (step, after.job.reprints) == (Step.HAND_OVER, 0)


def test_a_silent_printer_is_waited_for_once(monkeypatch):
    class Silent:
        questions = 0

        def condition(self, printer):
            return Condition(printer, troubles=(Trouble.NO_SERVICE,))

        def fate(self, _printer, _spooled):
            self.questions += 1
            return Fate.UNKNOWN

    silent = Silent()
    jobs = [replace(handed_over(asked(), str(n), 0.0).job, job_id=str(n)) for n in range(8)]
    assert {fate for _, fate in look_at(silent, jobs).values()} == {Fate.UNKNOWN}
    assert silent.questions == 0
