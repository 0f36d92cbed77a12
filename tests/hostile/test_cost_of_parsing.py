"""What a code of 100 kB made on purpose costs; no symbol holds more than 7 kB, yet a port may."""

import time

import pytest

from kiosk.domain.payload import FORMATS, unknown
from tests.domain.test_payload_formats import BEGINNINGS

LONG = [
    *("|", ";", ":", "\\", "\n ", "=\n", '"', "{", "[", ".", "a.", "A", "<", "\t", "%", "/"),
    *("CCCD:", "N:;", "item1.", "shc:/", "6304", "000201", "S:", "tel:", "@"),
]


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_ten_times_the_text_is_no_hundred_times_the_work(beginning, piece):
    """A ratio of processor times, with room: quadratic work would be a hundredfold."""

    def work(length):
        text = beginning + piece * (length // len(piece))
        began = time.thread_time_ns()
        for claim in (*FORMATS, unknown.parse):
            claim(text)
        return time.thread_time_ns() - began

    short = min(work(10_000) for _ in range(2))
    enough = 40 * short + 20_000_000
    assert work(100_000) < enough or work(100_000) < enough, "once the processor may stumble"
