"""Visits that follow from entries, and ids that sort by time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.admission import Verdict
from kiosk.domain.log import (
    ID_RANDOM_BYTES,
    Closing,
    Direction,
    Visit,
    from_text,
    in_order,
    inside,
    new_id,
    to_text,
    visits,
)
from tests.domain.samples import MORNING, entry

OUT = Direction.OUT


def came_at(seq, moment, late):
    one = entry(seq, visit_id=f"v{seq}")
    noted = MORNING + timedelta(hours=9) if late else None
    return Visit(replace(one, draft=replace(one.draft, occurred_at=moment, noted_at=noted)))


def test_an_arrival_is_an_open_visit():
    came = entry(1)
    assert visits([came]) == (Visit(came),)
    assert inside([came]) == (Visit(came),)


def test_a_departure_closes_its_visit():
    came, left = entry(1), entry(2, direction=OUT, verdict=None)
    assert visits([came, left]) == (Visit(came, left, Closing.DEPARTURE),)
    assert inside([came, left]) == ()


def test_whoever_was_refused_is_not_inside():
    refused = entry(1, verdict=Verdict.REFUSE)
    assert visits([refused]) == (Visit(refused),)
    assert inside([refused]) == ()


def test_an_arrival_undone_is_no_visit():
    assert visits([entry(1), entry(2, verdict=None, corrects=1)]) == ()


def test_whoever_is_measured_again_after_a_rest_came_once_and_the_second_reading_tells():
    first, other = entry(1, verdict=Verdict.REFUSE), entry(2, visit_id="v2")
    second, left = entry(3), entry(4, direction=OUT, verdict=None)
    assert visits([first, other, second]) == (Visit(other), Visit(second))
    assert inside([first, other, second]) == (Visit(other), Visit(second))
    assert visits([first, second, left]) == (Visit(second, left, Closing.DEPARTURE),)
    undone = entry(5, verdict=None, corrects=3)
    assert visits([first, second, undone]) == (Visit(first),), "the rest is not over"


def test_a_departure_undone_leaves_the_visit_open():
    came, left = entry(1), entry(2, direction=OUT, verdict=None)
    undone = entry(3, direction=OUT, verdict=None, corrects=2)
    assert inside([came, left, undone]) == (Visit(came),)


def test_after_an_undone_departure_one_can_leave_again():
    came, left = entry(1), entry(2, direction=OUT, verdict=None)
    undone = entry(3, direction=OUT, verdict=None, corrects=2)
    left_again = entry(4, direction=OUT, verdict=None)
    found = visits([came, left, undone, left_again])
    assert found == (Visit(came, left_again, Closing.DEPARTURE),)


def test_an_undo_written_twice_is_one_undo():
    twice = [entry(1), entry(2, verdict=None, corrects=1), entry(3, verdict=None, corrects=1)]
    assert visits(twice) == ()


def test_a_departure_without_its_arrival_is_no_visit():
    assert visits([entry(1, direction=OUT, verdict=None)]) == ()


def test_visits_are_in_the_order_of_arrival():
    first, second = entry(1), entry(2, visit_id="v2")
    left = entry(3, direction=OUT, verdict=None)
    assert [visit.arrival for visit in visits([first, second, left])] == [first, second]
    assert [visit.arrival for visit in inside([first, second, left])] == [second]


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=12))
def test_what_is_entered_later_never_moves_the_others(lines):
    found = [
        came_at(seq, MORNING + timedelta(minutes=minute), late)
        for seq, (minute, late) in enumerate(lines, 1)
    ]
    ordered = in_order(found)
    assert sorted(ordered, key=found.index) == found
    assert [v for v in ordered if not v.entered_later] == [v for v in found if not v.entered_later]


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=12))
def test_what_is_entered_later_stands_where_its_time_belongs(lines):
    steady = sorted(minute for minute, late in lines if not late)
    found = [came_at(seq, MORNING + timedelta(minutes=at), False) for seq, at in enumerate(steady)]
    found += [
        came_at(seq, MORNING + timedelta(minutes=minute), True)
        for seq, (minute, late) in enumerate(lines, len(found))
        if late
    ]
    times = [visit.arrival.draft.occurred_at for visit in in_order(found)]
    assert times == sorted(times)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 9)), max_size=12))
def test_any_order_of_entries_gives_visits(lines):
    entries = [
        entry(
            seq,
            visit_id=f"v{visit}",
            direction=Direction.IN if arrives else OUT,
            corrects=wrong if 0 < wrong < seq else None,
        )
        for seq, (visit, arrives, wrong) in enumerate(lines, 1)
    ]
    found = visits(entries)
    assert len({visit.arrival.draft.visit_id for visit in found}) == len(found)
    assert set(inside(entries)) <= set(found)


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ENTROPY = st.binary(min_size=ID_RANDOM_BYTES, max_size=ID_RANDOM_BYTES)


@given(MOMENTS, MOMENTS, ENTROPY, ENTROPY)
def test_ids_sort_by_time(earlier, later, one, other):
    earlier, later = sorted((earlier, later))
    if later - earlier >= timedelta(milliseconds=2):
        assert new_id(earlier, one) < new_id(later, other)


@given(MOMENTS, ENTROPY)
def test_an_id_is_26_characters_that_nobody_mistakes(at, random):
    made = new_id(at, random)
    assert len(made) == 26
    assert not set(made) & set("ILOU")


def test_ids_of_one_moment_differ_by_chance():
    assert new_id(MORNING, bytes(10)) != new_id(MORNING, b"\x01" * 10)


def test_times_are_text_of_fixed_width_in_utc():
    hanoi = datetime(2026, 11, 22, 8, 12, 5, 120_999, tzinfo=timezone(timedelta(hours=7)))
    assert to_text(hanoi) == "2026-11-22T01:12:05.120Z"
    assert from_text("2026-11-22T01:12:05.120Z") == MORNING


@given(MOMENTS)
def test_a_time_comes_back_to_the_millisecond(at):
    back = from_text(to_text(at))
    assert back == at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert back.utcoffset() == timedelta(0)


def test_what_is_no_time_is_refused():
    with pytest.raises(ValueError, match="noon"):
        from_text("noon")
