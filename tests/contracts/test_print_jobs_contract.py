"""What the record of prints promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.ports.print_jobs import OF_THE_LOG, Printed, PrintJob, PrintState
from tests.fakes_log import MORNING
from tests.stores import temporary_store

LATER = MORNING + timedelta(minutes=5)
DAWN = MORNING - timedelta(hours=3)
WAITING = {Printed.SLIP: DAWN, **dict.fromkeys(OF_THE_LOG, DAWN - timedelta(hours=1))}


@pytest.fixture
def store():
    with temporary_store() as store:
        yield store


@pytest.fixture
def print_jobs(store):
    return store.print_jobs


def job(job_id="j1", printed=Printed.SLIP, at=MORNING, **more):
    return PrintJob(job_id, printed, "Canon", PrintState.ASKED, at, **more)


def test_a_print_that_was_asked_for_is_kept(print_jobs):
    asked = replace(
        job(entry_id="e1", credential_id="c1", subject="0012K", file_name="slip-0012K.pdf"),
        printer="Máy in 🖨\0",
    )
    print_jobs.ask(asked, "what it holds")
    assert print_jobs.job("j1") == asked
    assert print_jobs.content("j1") == "what it holds"
    assert print_jobs.job("none") is None
    assert print_jobs.content("none") == ""


@pytest.mark.parametrize(
    ("state", "spooled", "waits"),
    [
        (PrintState.ASKED, "", True),
        (PrintState.FAILED, "", True),
        (PrintState.SENT, "17", True),
        (PrintState.SENT, "", False),
        (PrintState.CONFIRMED, "", False),
        (PrintState.CANCELLED, "", False),
        (PrintState.LOST, "", False),
    ],
)
def test_what_is_still_to_come_out_waits(print_jobs, state, spooled, waits):
    print_jobs.ask(job())
    became = replace(job(), state=state, spooled=spooled, failure="no_paper", printer="Brother")
    print_jobs.became(became, LATER)
    assert print_jobs.job("j1") == became
    assert became.waits is waits
    assert bool(print_jobs.waiting()) is waits


def test_recent_prints_are_those_since_then_and_what_waits(print_jobs):
    old, older = job("old", at=DAWN), job("older", at=DAWN - timedelta(days=1))
    for one in (older, old, job("new")):
        print_jobs.ask(one)
    print_jobs.became(replace(old, state=PrintState.CONFIRMED), LATER)
    assert [one.job_id for one in print_jobs.recent(MORNING)] == ["new", "older"]


def test_when_the_day_is_over_what_its_prints_hold_is_erased(print_jobs):
    yesterday = MORNING - timedelta(days=1)
    long_ago = MORNING - timedelta(days=8)
    kept = [
        ("slip today", job("slip today"), PrintState.CONFIRMED, "kept"),
        ("slip yesterday", job("slip yesterday", at=yesterday), PrintState.CONFIRMED, ""),
        ("slip waiting", job("slip waiting", at=yesterday), PrintState.FAILED, ""),
        (
            "cards waiting",
            job("cards waiting", Printed.STAFF_CARDS, yesterday),
            PrintState.FAILED,
            "kept",
        ),
        (
            "cards printed",
            job("cards printed", Printed.STAFF_CARDS, yesterday),
            PrintState.CONFIRMED,
            "",
        ),
        (
            "cards of long ago",
            job("cards of long ago", Printed.STAFF_CARDS, long_ago),
            PrintState.FAILED,
            "",
        ),
    ]
    for _, one, state, _ in kept:
        print_jobs.ask(one, "kept")
        print_jobs.became(replace(one, state=state, failure="no_paper"), one.asked_at)
    assert print_jobs.forget(DAWN, WAITING, DAWN - timedelta(days=7), MORNING)
    assert not print_jobs.forget(DAWN, WAITING, DAWN - timedelta(days=7), MORNING)
    assert {name: print_jobs.content(name) for name, *_ in kept} == {
        name: content for name, _, _, content in kept
    }
    states = {name: print_jobs.job(name).state for name, *_ in kept}
    lost = {name for name, state in states.items() if state is PrintState.LOST}
    assert lost == {"slip waiting", "cards of long ago"}
    assert [one.job_id for one in print_jobs.waiting()] == ["cards waiting"]


@pytest.mark.parametrize("printed", sorted(OF_THE_LOG))
def test_a_paper_that_can_be_printed_again_is_kept_no_longer_than_its_day(print_jobs, printed):
    """Its names waited for a printer for a week."""
    evening, midnight = DAWN - timedelta(hours=2), DAWN - timedelta(minutes=5)
    for name, at in (("evening", evening), ("midnight", midnight), ("new", MORNING)):
        print_jobs.ask(job(name, printed, at), "names")
        print_jobs.became(replace(job(name, printed, at), state=PrintState.FAILED), at)
        print_jobs.ask(job(f"{name} held", printed, at), "names")
        sent = replace(job(f"{name} held", printed, at), state=PrintState.SENT, spooled="7")
        print_jobs.became(sent, at)
    print_jobs.forget(DAWN, WAITING, DAWN - timedelta(days=7), MORNING)
    assert print_jobs.content("evening") == print_jobs.content("evening held") == ""
    assert print_jobs.content("midnight") == print_jobs.content("midnight held") == "names"
    assert print_jobs.job("evening").state is PrintState.LOST
    assert [one.job_id for one in print_jobs.held(WAITING)] == ["evening held"]
    assert [one.job_id for one in print_jobs.recent(DAWN)] == [
        *("new held", "new", "midnight held", "midnight", "evening held"),
        "evening",  # to be asked for anew
    ]
    assert "evening" not in [one.job_id for one in print_jobs.recent(LATER)]


def test_a_print_that_is_never_to_come_twice_holds_nothing(print_jobs):
    print_jobs.ask(job(), "secret")
    print_jobs.erase_content("j1")
    assert print_jobs.content("j1") == ""


def test_a_slip_at_its_printer_is_not_lost_before_it_was_taken_back(print_jobs):
    yesterday, long_ago = MORNING - timedelta(days=1), MORNING - timedelta(days=8)
    for name, at in (("old", yesterday), ("ancient", long_ago), ("new", MORNING)):
        print_jobs.ask(job(name, at=at), "its code")
        print_jobs.became(replace(job(name, at=at), state=PrintState.SENT, spooled="7"), at)
    print_jobs.forget(DAWN, WAITING, DAWN - timedelta(days=7), MORNING)
    assert [one.job_id for one in print_jobs.held(WAITING)] == ["old"]
    assert print_jobs.job("ancient").state is PrintState.LOST
    assert (print_jobs.content("old"), print_jobs.content("new")) == ("", "its code")


def test_files_are_known_by_kind_and_age_until_they_are_gone(print_jobs):
    yesterday = MORNING - timedelta(days=1)
    for name, printed, at in (
        ("old", Printed.SLIP, yesterday),
        ("new", Printed.SLIP, MORNING),
        ("letter", Printed.INVITATION, yesterday),
        ("register", Printed.REGISTER, yesterday),
        ("nameless", Printed.SLIP, yesterday),
    ):
        file = "" if name == "nameless" else f"{name}.pdf"
        print_jobs.ask(job(name, printed, at, file_name=file))
    ends = {Printed.SLIP: DAWN, Printed.INVITATION: DAWN - timedelta(days=7)}
    assert print_jobs.files(ends) == {"old": "old.pdf"}
    print_jobs.files_gone(["old", "unheard of"])
    assert print_jobs.files(ends) == {}
