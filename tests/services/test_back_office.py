"""What the desk shows at its side: numbers, the newest lines, and the visits of a day."""

from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from kiosk.domain.admission import Reason
from kiosk.domain.chain import fingerprint
from kiosk.domain.desk import RecordArrival, RecordDeparture
from kiosk.domain.log import Undone
from kiosk.domain.screening import Checklist
from kiosk.services.back_office import BackOffice, day_bounds
from kiosk.services.register import totals
from kiosk.services.rights import Rights
from tests.fakes_log import MORNING, ManualClock
from tests.services.test_reception import (
    CARD,
    EVER,
    OFFICE,
    PASSPORT,
    REFUSE,
    WELL,
    Bench,
    inside_after,
)

FEVER = Checklist((382,), mask=True, hands=True)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def office(bench) -> BackOffice:
    return BackOffice(
        logbook=bench.logbook,
        print_jobs=None,
        told=None,
        recogniser=bench.recogniser,
        reception=bench.reception,
        consents=bench.consents,
        declarations=bench.declarations,
        late=None,
        rights=None,
        issuing=None,
        staff=None,
        retention=None,
        clock=bench.clock,
        close=lambda: None,
    )


def test_an_empty_log_has_an_empty_overview(office):
    overview = office.overview(5)
    assert (overview.inside, overview.today, overview.lines, overview.known) == (0, 0, (), {})
    assert office.logbook.fingerprint() == ""


def test_who_is_inside_and_who_arrived_is_counted_as_in_the_register(bench, office):
    bench.leave(inside_after(bench, CARD))
    bench.admit(bench.scan(CARD))
    bench.reception.record(RecordArrival(bench.scan(b"x"), REFUSE, WELL, OFFICE))
    bench.reception.record(RecordArrival(bench.scan(PASSPORT), REFUSE, WELL, OFFICE))
    overview = office.overview(10)
    assert (overview.inside, overview.today) == (1, 3)
    sums = totals(office.day(office.recogniser.today()).visits)
    assert (sums.arrivals, sums.refused, sums.unknown) == (overview.today, 1, 1)
    assert [line.seq for line in overview.lines] == [5, 4, 3, 2, 1]
    assert office.logbook.fingerprint() == fingerprint(bench.logbook.entries[-1].hash)


def test_a_departure_in_the_list_knows_whose_it_is(bench, office):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(3600)
    bench.leave(bench.scan(CARD))
    (line,) = office.overview(1).lines
    assert office.overview(1).known[line.draft.visit_id] == came


def test_an_arrival_that_was_undone_is_still_known_in_the_list(bench, office):
    came = bench.admit(bench.scan(CARD))
    bench.reception.undo(came.draft.entry_id, Reason.UNDO_WRONG_KEY)
    overview = office.overview(5)
    assert (overview.inside, overview.today) == (0, 0)
    assert overview.known[came.draft.visit_id] == came


def test_an_arrival_that_was_put_right_is_not_the_last_line_to_undo(bench, office):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(3600)
    later = bench.admit(bench.scan(PASSPORT))
    parts = bench.logbook, bench.directory, bench.consents, bench.clock, bench.entropy
    (visit, _) = bench.logbook.visits(*EVER)
    person = replace(came.draft.identity.person, name="Lê Thị Đúng")
    assert Rights(*parts, bench.desk).put_right(visit, person, OFFICE)
    assert office.overview(5).reversible == later


def test_a_second_reading_is_the_last_line_to_undo_though_the_first_was_put_right(bench, office):
    other = bench.admit(bench.scan(PASSPORT))
    first = bench.reception.record(RecordArrival(bench.scan(CARD), REFUSE, FEVER, OFFICE))
    parts = bench.logbook, bench.directory, bench.consents, bench.clock, bench.entropy
    person = replace(first.draft.identity.person, name="Lê Thị Đúng")
    assert Rights(*parts, bench.desk).put_right(bench.logbook.visits(*EVER)[-1], person, OFFICE)
    assert office.overview(9).reversible == other
    second = bench.admit(bench.scan(CARD))
    assert second.draft.visit_id == first.draft.visit_id
    assert office.overview(9).reversible == second
    bench.reception.undo(second.draft.entry_id, Reason.UNDO_WRONG_KEY)
    assert office.overview(9).reversible == other


def test_the_visits_of_a_day_are_all_or_those_that_hold_the_words(bench, office):
    bench.admit(bench.scan(CARD))
    issued = bench.slip()
    bench.admit(issued.who)
    today = bench.recogniser.today()
    for words in ("", "  "):
        day = office.day(today, words)
        assert (len(day.visits), len(day.lines), day.searched) == (2, 2, False)
        assert day.undone == 0
    day = office.day(today, "nguyen hong")
    assert (len(day.visits), day.searched) == (2, True), "the day is counted all the same"
    (found,) = day.lines
    assert found.arrival.draft.identity.person.name == "Nguyễn Thị Hồng"
    assert office.day(today - timedelta(days=1)).lines == ()


def test_what_was_undone_is_a_line_of_its_day_and_no_visit(bench, office):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(60)
    stays = bench.admit(bench.scan(PASSPORT))
    undone = bench.reception.undo(came.draft.entry_id, Reason.UNDO_WRONG_KEY)
    for words in ("", "nguyen hong"):
        day = office.day(office.recogniser.today(), words)
        assert [visit.arrival for visit in day.visits] == [stays]
        assert day.undone == 1
        assert day.lines[0] == Undone(came, undone, came), "where its time belongs"
        assert len(day.lines) == (1 if words else 2)


def test_a_day_lasts_from_midnight_to_midnight_at_the_desk():
    clock = ManualClock(MORNING)
    clock.zone = lambda: timezone(timedelta(hours=7))
    since, until = day_bounds(date(2026, 11, 22), clock)
    assert since.isoformat() == "2026-11-22T00:00:00+07:00"
    assert until - since == timedelta(days=1)


def test_a_departure_of_somebody_who_came_yesterday_knows_whose_it_is(bench, office):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(24 * 3600)
    bench.reception.record(RecordDeparture(bench.scan(CARD), bench.scan(CARD).presence))
    (line,) = office.overview(1).lines
    assert office.overview(1).known[line.draft.visit_id] == came
