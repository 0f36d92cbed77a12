"""A clock that was set is noticed from one entry to the next, and the log goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes_log import MORNING, ManualClock, arrival
from tests.stores import opened, temporary_folder, temporary_store


def incidents(store):
    return store.database.execute("SELECT noticed_at, kind, detail FROM incident").fetchall()


@pytest.mark.parametrize(
    ("jump", "detail"), [(7200, "+7200 s"), (-7200, "-7200 s"), (121, "+121 s")]
)
def test_a_clock_that_was_set_is_written_down(jump, detail):
    clock = ManualClock()
    with temporary_store(clock) as store:
        store.logbook.append(arrival())
        clock.pass_by(600)
        clock.wall += timedelta(seconds=jump)
        store.logbook.append(arrival(clock.wall))
        store.logbook.append(arrival(clock.wall))
        ((noticed_at, kind, told),) = incidents(store)
    assert (kind, told) == ("clock_jump", detail)
    assert noticed_at.startswith(f"{MORNING + timedelta(seconds=600 + jump):%Y-%m-%dT%H:%M:%S}")


@pytest.mark.parametrize("drift", [0, 119, -119])
def test_a_clock_that_drifts_is_not(drift):
    clock = ManualClock()
    with temporary_store(clock) as store:
        store.logbook.append(arrival())
        clock.pass_by(3600)
        clock.wall += timedelta(seconds=drift)
        store.logbook.append(arrival(clock.wall))
        assert incidents(store) == []


def test_an_entry_that_did_not_get_in_does_not_hide_the_jump():
    clock = ManualClock()
    with temporary_store(clock) as store:
        store.logbook.append(arrival())
        clock.wall += timedelta(hours=1)
        store.database.execute(
            "CREATE TEMP TRIGGER no BEFORE INSERT ON log_entry"
            " BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        with pytest.raises(Exception, match="no"):
            store.logbook.append(arrival())
        store.database.execute("DROP TRIGGER no")
        store.logbook.append(arrival())
        assert len(incidents(store)) == 1


@pytest.mark.parametrize(("minutes", "noted"), [(-60, ["-3600 s"]), (-1, []), (60, [])])
def test_a_clock_that_went_back_while_the_desk_was_shut_is_written_down(minutes, noted):
    with temporary_folder() as folder:
        with opened(folder) as store:
            store.logbook.append(arrival())
        clock = ManualClock(MORNING + timedelta(minutes=minutes))
        with opened(folder, clock) as store:
            store.logbook.append(arrival(clock.wall))
            assert [detail for _, _, detail in incidents(store)] == noted


@pytest.mark.parametrize(("minutes", "noted"), [(-60, ["-3600 s"]), (60, [])])
def test_what_was_entered_later_counts_from_when_it_was_entered(minutes, noted):
    with temporary_folder() as folder:
        with opened(folder) as store:
            early = MORNING - timedelta(hours=5)
            store.logbook.append(replace(arrival(early), noted_at=MORNING))
        clock = ManualClock(MORNING + timedelta(minutes=minutes))
        with opened(folder, clock) as store:
            store.logbook.append(arrival(clock.wall))
            assert [detail for _, _, detail in incidents(store)] == noted
