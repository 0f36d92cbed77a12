"""What it costs a frame to be read in another process, and how long a crash keeps the desk blind.

    python -m benchmarks.hop [--quick] [--json]

Three ways, frame by frame in turn within one run: the reader in this process, the same one in a
process of its own, and a process that looks at nothing, which is the hop alone: copy, pipe,
waking up, answer. Processor time is that of both processes together.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from itertools import cycle

import numpy as np
import psutil

from benchmarks.frames import SIZES, scenes
from kiosk.adapters import reading_child
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.reading import open_reader
from kiosk.adapters.reading_apart import ReaderApart
from kiosk.ports.decoder import DECODERS, Symbol

_NOTHING = "--look-at-nothing"


class Nothing:
    """A reader without decoders."""

    decoders = frozenset(DECODERS)
    rests = False

    def glance(self, _frame: memoryview) -> tuple[Symbol, ...]:
        """Nothing."""
        return ()

    study = glance

    def close(self) -> None:
        """Nothing to close."""


class Way:
    """One way to read, with the processes that it takes."""

    def __init__(self, glance: Callable[[memoryview], object], child: psutil.Process | None):
        self.glance = glance
        self.child = child
        self.wall: list[float] = []
        self.processor: list[float] = []

    def look(self, frame: np.ndarray) -> None:
        """One frame."""
        before, began, worked = self._childs(), time.perf_counter(), time.thread_time()
        self.glance(frame.data)
        self.wall.append(1000 * (time.perf_counter() - began))
        self.processor.append(1000 * (time.thread_time() - worked + self._childs() - before))

    def _childs(self) -> float:
        if self.child is None:
            return 0.0
        times = self.child.cpu_times()
        return times.user + times.system

    def row(self) -> dict[str, float]:
        """Milliseconds a frame."""
        return {
            "wall_p50_ms": round(statistics.median(self.wall), 2),
            "wall_p95_ms": round(statistics.quantiles(self.wall, n=20)[-1], 2),
            "processor_mean_ms": round(statistics.mean(self.processor), 2),
        }


def child_of(reader: ReaderApart) -> psutil.Process:
    """Its process; it must have begun."""
    assert reader.decoders
    return max(psutil.Process().children(), key=lambda child: child.create_time())


def blind(reader: ReaderApart, frame: np.ndarray) -> float:
    """Milliseconds from the death of the process to the next frame that is read."""
    while not reader.glance(frame.data):
        time.sleep(0.005)
    child = child_of(reader)
    child.kill()
    child.wait()
    began = time.perf_counter()
    while not reader.glance(frame.data):
        time.sleep(0.005)
    return 1000 * (time.perf_counter() - began)


def measure(rounds: int) -> list[dict[str, object]]:
    """A row for each size, scene and way."""
    rows: list[dict[str, object]] = []
    with ExitStack() as opened:
        clock = SystemClock()
        inside = open_reader()
        apart = opened.enter_context(closing(ReaderApart(clock)))
        child = child_of(apart)
        line = [sys.executable, "-m", "benchmarks.hop", _NOTHING]
        nothing = opened.enter_context(closing(ReaderApart(clock, line)))
        hop = child_of(nothing)
        for width, height in SIZES:
            for code in (False, True):
                ways = {
                    "in the desk": Way(inside.glance, None),
                    "apart": Way(apart.glance, child),
                    "hop alone": Way(nothing.glance, hop),
                }
                frames = cycle(scenes(width, height, code=code, count=16))
                for _, frame in zip(range(rounds), frames, strict=False):
                    for way in ways.values():
                        way.look(frame)
                scene = {"size": f"{width}x{height}", "scene": "code" if code else "idle"}
                rows += [{**scene, "way": name, **way.row()} for name, way in ways.items()]
        for rest in (child, hop):
            assert rest.is_running(), "it died on the way"
    return rows


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(_NOTHING, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.look_at_nothing:
        sys.exit(reading_child.serve(lambda _without, _wrapped: Nothing()))
    rows = measure(36 if given.quick else 144)
    with closing(ReaderApart(SystemClock())) as reader:
        (frame,) = scenes(1280, 720, code=True, count=1)
        dead = statistics.mean(blind(reader, frame) for _ in range(2))
    if given.json:
        print(*(json.dumps(row) for row in rows), sep="\n")
        print(json.dumps({"blind_after_a_crash_ms": round(dead)}))
        return
    print("frame      scene  way           wall p50 ms   p95 ms   processor mean ms")
    for row in rows:
        print(
            f"{row['size']:10} {row['scene']:6} {row['way']:12} {row['wall_p50_ms']:12.2f} "
            f"{row['wall_p95_ms']:8.2f} {row['processor_mean_ms']:19.2f}"
        )
    print(f"after a crash the next code is read in {dead:.0f} ms")


if __name__ == "__main__":
    main()
