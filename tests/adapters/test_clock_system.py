import time
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.adapters.clock_system import SystemClock


@pytest.fixture
def zone(monkeypatch, request):
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process can be set on Unix only")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield SystemClock().zone()
    monkeypatch.undo()
    time.tzset()


def test_wall_time_is_aware_and_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_the_steady_counter_never_goes_back():
    clock = SystemClock()
    counted = [clock.steady() for _ in range(1000)]
    assert counted == sorted(counted)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh"], indirect=True)
def test_the_day_of_the_desk_begins_at_its_own_midnight(zone):
    midnight = datetime(2026, 11, 22, tzinfo=zone)
    assert midnight.astimezone(UTC) == datetime(2026, 11, 21, 17, tzinfo=UTC)
    assert datetime(2026, 11, 21, 17, tzinfo=UTC).astimezone(zone) == midnight
    assert midnight.dst() == timedelta(0)
    assert midnight.tzname() == "+07"


@pytest.mark.parametrize("zone", ["Europe/Berlin"], indirect=True)
def test_summer_and_winter_have_their_own_offsets(zone):
    assert datetime(2026, 7, 1, tzinfo=zone).utcoffset() == timedelta(hours=2)
    assert datetime(2026, 12, 1, tzinfo=zone).utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Europe/Berlin"], indirect=True)
def test_every_half_hour_of_a_year_comes_back(zone):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        assert moment.astimezone(zone).astimezone(UTC) == moment
        moment += timedelta(minutes=30)


def test_the_steady_counter_goes_on_while_the_computer_sleeps():
    if not hasattr(time, "CLOCK_BOOTTIME"):
        pytest.skip("elsewhere time.monotonic does")
    assert abs(SystemClock().steady() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 60


@pytest.mark.parametrize("zone", ["Europe/Berlin"], indirect=True)
@pytest.mark.parametrize(
    ("day", "hours"),
    [((1947, 7, 1), 1), ((1, 1, 1), 1), ((1890, 1, 1), 1), ((9999, 12, 31), 1), ((3500, 7, 1), 1)],
)
def test_a_day_of_which_windows_knows_no_zone_has_that_of_the_nearest_one_it_knows(
    zone, day, hours
):
    """Windows raises OSError there; so the system is not even asked (Berlin had +2, +3, +0:53)."""
    wall = datetime(*day, tzinfo=zone)
    assert wall.utcoffset() == timedelta(hours=hours)
    assert wall.dst() == timedelta(0)
    assert wall.tzname() == "CET"
    utc = datetime(*day, 12, tzinfo=UTC)
    assert zone.fromutc(utc.replace(tzinfo=zone)).hour == 13
