"""What is over, what was promised, and when the computer's clock is doubted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.domain.retention import (
    DOUBTED_FOR,
    LONGEST_SHUT,
    Doubt,
    Kind,
    Periods,
    Promise,
    Trust,
    first_kept,
    judged,
    promised,
)

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PERIODS = Periods(30, 21, 365, 730)


def begins(days: int) -> datetime:
    return NOW - DAY * days


def test_nothing_lies_there_longer_than_was_promised():
    assert first_kept(date(2026, 12, 1), 30) == date(2026, 11, 2)
    assert first_kept(date(2026, 12, 1), 1) == date(2026, 12, 1)


def test_every_kind_has_its_period_and_names_its_rule():
    assert (PERIODS.of(Kind.WITHDRAWN), PERIODS.rule(Kind.WITHDRAWN)) == (1, "asked")
    for kind in set(Kind) - {Kind.WITHDRAWN}:
        days, rule = PERIODS.of(kind), PERIODS.rule(kind)
        assert rule.endswith(f"_days={days}")
        assert days == (730 if kind is Kind.PROOF else 365 if kind is Kind.DIRECTORY else days)
        assert days in (21, 30, 365, 730)


@pytest.mark.parametrize(
    ("promises", "bound"),
    [
        ([], None),
        ([Promise(NOW - 99 * DAY, 30)], NOW - 30 * DAY),
        # whoever was told 30 days is not kept for 90 because the office says 90 since then
        ([Promise(NOW - 99 * DAY, 30), Promise(NOW - 10 * DAY, 90)], NOW - 30 * DAY),
        ([Promise(NOW - 99 * DAY, 30), Promise(NOW - 60 * DAY, 90)], NOW - 60 * DAY),
        ([Promise(NOW - 300 * DAY, 30), Promise(NOW - 200 * DAY, 90)], NOW - 90 * DAY),
        ([Promise(NOW - 99 * DAY, 90), Promise(NOW - 10 * DAY, 30)], NOW - 30 * DAY),
    ],
)
def test_everybody_is_held_to_what_they_were_told(promises, bound):
    assert promised(promises, begins) == bound


def test_the_first_clock_is_believed_where_the_log_does_not_speak_against_it():
    assert judged(NOW, None, Trust()) == (Trust(NOW), None)
    assert judged(NOW, NOW - HOUR, Trust()) == (Trust(NOW), None)
    assert judged(NOW, NOW - 12 * 365 * DAY, Trust())[1] is Doubt.AHEAD
    assert judged(NOW, NOW + 2 * DAY, Trust())[1] is Doubt.BEHIND


@pytest.mark.parametrize(
    ("gap", "doubt"),
    [
        (DAY, None),
        (LONGEST_SHUT, None),
        (LONGEST_SHUT + HOUR, Doubt.AHEAD),
        (12 * 365 * DAY, Doubt.AHEAD),
        (-HOUR, None),
        (-2 * DAY, Doubt.BEHIND),
    ],
)
def test_a_gap_is_doubted_though_entries_were_written_since(gap, doubt):
    _, found = judged(NOW + gap, NOW + gap, Trust(NOW))
    assert found is doubt


def test_a_clock_that_was_set_while_the_program_ran_is_doubted_by_the_steady_counter():
    day_later = NOW + 2 * DAY
    assert judged(day_later, NOW, Trust(NOW), expected=NOW + HOUR)[1] is Doubt.AHEAD
    assert judged(day_later, NOW, Trust(NOW), expected=day_later)[1] is None


def test_a_long_holiday_is_believed_after_three_days():
    trust, clock = Trust(NOW), NOW + 12 * DAY
    for days in range(3):
        trust, doubt = judged(clock + days * DAY, NOW, trust)
        assert doubt is Doubt.AHEAD
    trust, doubt = judged(clock + DOUBTED_FOR, NOW, trust)
    assert (trust, doubt) == (Trust(clock + DOUBTED_FOR), None)


def test_a_dead_battery_that_begins_anew_each_morning_is_never_believed():
    trust, dead = Trust(NOW), datetime(2038, 1, 1, tzinfo=UTC)
    for _ in range(30):
        for hour in range(10):
            trust, doubt = judged(dead + hour * HOUR, dead, trust)
            assert doubt is Doubt.AHEAD
    trust, doubt = judged(NOW + 3 * DAY, NOW, trust)  # somebody has set it
    assert (trust, doubt) == (Trust(NOW + 3 * DAY), None)


def test_a_clock_that_jumps_again_while_it_is_doubted_is_doubted_anew():
    trust, _ = judged(NOW + 12 * DAY, NOW, Trust(NOW))
    trust, doubt = judged(NOW + 400 * DAY, NOW, trust)
    assert doubt is Doubt.AHEAD
    assert trust.doubted_since == NOW + 400 * DAY


def test_a_log_that_knows_a_later_time_is_never_outwaited():
    trust = Trust(NOW)
    for days in range(10):
        trust, doubt = judged(NOW + days * DAY, NOW + 99 * DAY, trust)
        assert doubt is Doubt.BEHIND


def test_a_desk_that_opens_every_other_week_is_believed_every_other_time():
    trust, believed = Trust(NOW), []
    for week in range(2, 18, 2):
        trust, doubt = judged(NOW + week * 7 * DAY, NOW, trust)
        believed.append(doubt is None)
    assert believed == [False, True] * 4
