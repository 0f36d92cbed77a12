"""A desk that is killed while its reading process is at work.

    python -m tests.unruly_desk DEED

It says the process's number, and shows it a frame again and again.
"""

import sys

import numpy as np

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.reading_apart import ReaderApart
from tests.unruly_reader import ask_for, words

reader = ReaderApart(SystemClock(), words("zbar", "2"))
assert reader.decoders
sys.stdout.write(f"{reader._process._process.pid}\n")
sys.stdout.flush()
while True:
    reader.glance(ask_for(sys.argv[1], np.full((480, 640, 3), 200, np.uint8)).data)
