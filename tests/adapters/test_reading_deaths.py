from kiosk.adapters.decoder_zxing import HISTOGRAM
from kiosk.adapters.reading_deaths import (
    ENOUGH,
    FIRST_WAIT,
    LEFT_OUT,
    LONGEST_WAIT,
    WINDOW,
    Deaths,
)
from kiosk.adapters.symbol_rescue import BRIEF


def died(deaths, *decoders, at=0.0, every=1.0):
    for number, decoder in enumerate(decoders):
        deaths.note(decoder, at + number * every)
    return at + (len(decoders) - 1) * every


def test_the_first_deaths_are_followed_by_a_start_at_once():
    deaths = Deaths()
    now = died(deaths, *[""] * (ENOUGH - 1))
    assert deaths.next_start(now) == now
    assert deaths.left_out(now) == frozenset()


def test_a_decoder_that_dies_often_is_left_out_for_a_while_and_the_start_is_not_put_off():
    deaths = Deaths()
    now = died(deaths, "zbar", "zbar", "zbar")
    assert deaths.left_out(now) == {"zbar"}
    assert deaths.next_start(now) == now
    assert deaths.left_out(now + LEFT_OUT - 1) == {"zbar"}
    assert deaths.left_out(now + LEFT_OUT) == frozenset()


def test_both_ways_of_a_library_are_one_decoder():
    deaths = Deaths()
    assert deaths.left_out(died(deaths, "zxing", HISTOGRAM, "zxing")) == {"zxing"}
    assert deaths.left_out(died(deaths, BRIEF, "mender", BRIEF)) == {"zxing", "mender"}


def test_rare_deaths_leave_nothing_out_and_put_nothing_off():
    deaths = Deaths()
    now = died(deaths, *["zbar"] * 20, every=WINDOW / (ENOUGH - 1))
    assert deaths.left_out(now) == frozenset()
    assert deaths.next_start(now) == now


def test_what_dies_of_no_decoder_waits_longer_and_longer_but_not_for_ever():
    deaths = Deaths()
    now = died(deaths, *[""] * ENOUGH, every=0.0)
    waits = []
    while len(waits) < 12:
        waits.append(deaths.next_start(now) - now)
        deaths.note("", now)
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert max(waits) == LONGEST_WAIT
    assert deaths.next_start(now + WINDOW) == now + WINDOW


def test_a_name_that_the_child_made_up_is_no_decoder():
    deaths = Deaths()
    assert deaths.left_out(died(deaths, *["../../etc"] * 9)) == frozenset()
