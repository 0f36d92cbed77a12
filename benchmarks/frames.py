"""Processor time a frame, idle and with a code, against `pyzbar.decode`; memory over 10,000.

    python -m benchmarks.frames [--quick] [--json]
    python -m benchmarks.frames --memory 100000 [--size 1280x720]

All three look at the same frames in turn, so that the ratios hold on a busy computer too:
ours (`LadderReader.glance`, from the colour frame), `pyzbar.decode` on the grey frame for QR
alone, and `pyzbar.decode` on the colour frame as most programs write it.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import mean, quantiles
from threading import Event

import numpy as np
import psutil
from pyzbar import pyzbar

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.adapters.reading import open_reader
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.adapters.watchful_reader import WatchfulReader
from kiosk.ports.camera import CameraEndedError, Frame
from kiosk.services.mailbox import Mailbox
from kiosk.services.scan_loop import ScanLoop
from kiosk.services.scan_tracker import ScanTracker
from tests.qr_drawing import draw

SIZES = ((640, 480), (1280, 720), (1920, 1080))
PHOTO = Path(__file__).parents[1] / "tests/data/qr-images/neg-falsepositives-6e39c7d3f7.jpg"
CARD = "091190000018|370000018|Nguyễn Thị Hồng|02091990|Nữ|Tổ 4, Minh Lương, Kiên Giang|15042021"
QR = [pyzbar.ZBarSymbol.QRCODE]


def scenes(width: int, height: int, *, code: bool, count: int) -> list[np.ndarray]:
    """A photo of many edges with a sensor's noise, and a card of a fifth of the height in it."""
    noise = np.random.default_rng(7)
    scene = cv2.resize(load(PHOTO), (width, height), interpolation=cv2.INTER_AREA)
    if code:
        side = height // 3
        card = cv2.resize(draw(CARD.encode()), (side, side), interpolation=cv2.INTER_AREA)
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), 9, 0.85)
        card = cv2.warpAffine(card, turn, (side, side), borderValue=255)
        scene[height // 4 : height // 4 + side, width // 3 : width // 3 + side] = card[:, :, None]
    grains = [noise.integers(0, 12, scene.shape, np.uint8) for _ in range(count)]
    return [cv2.add(scene, grain) for grain in grains]


def milliseconds(work: Callable[[np.ndarray], object], frame: np.ndarray) -> tuple[float, bool]:
    """Milliseconds of the processor, which other programs do not stretch; whether it read."""
    begin = time.thread_time()
    found = work(frame)
    return (time.thread_time() - begin) * 1000, bool(found)


def grey_qr_only(frame: np.ndarray) -> object:
    return pyzbar.decode(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), symbols=QR)


def compare(frames: list[np.ndarray], rounds: int) -> dict[str, dict[str, float]]:
    """Mean, p95 and share of frames read by each, frame by frame in turn."""
    reader = open_reader()
    ways: dict[str, Callable[[np.ndarray], object]] = {
        "glance": lambda frame: reader.glance(frame.data),
        "pyzbar_grey_qr": grey_qr_only,
        "pyzbar_plain": pyzbar.decode,
    }
    taken: dict[str, list[tuple[float, bool]]] = {name: [] for name in ways}
    for _, frame in zip(range(rounds), cycle(frames), strict=False):
        for name, work in ways.items():
            taken[name].append(milliseconds(work, frame))
    return {
        name: {
            "mean_ms": round(mean(ms for ms, _ in times), 2),
            "p95_ms": round(quantiles((ms for ms, _ in times), n=20)[-1], 2),
            "read": round(mean(found for _, found in times), 3),
        }
        for name, times in taken.items()
    }


class Frames:
    """A camera that gives so many frames as fast as they are taken."""

    live = True
    name = "benchmark"

    def __init__(self, frames: list[np.ndarray], count: int, note: Callable[[int], None]) -> None:
        self.frames, self.count, self.note = cycle(frames), count, note
        self.given = 0

    def open(self) -> None:
        """Nothing to do."""

    def read(self) -> Frame:
        """The next frame at once."""
        if self.given >= self.count:
            raise CameraEndedError
        self.given += 1
        self.note(self.given)
        return Frame(next(self.frames).copy().data, time.monotonic())

    def pass_over(self) -> None:
        """Wait for one."""
        self.read()

    def close(self) -> None:
        """Nothing to do."""


class Screen:
    """A watcher that keeps the newest frame only, as the window does."""

    def __init__(self) -> None:
        self.views: Mailbox[object] = Mailbox()

    counts = False

    def on_view(self, frame: object, symbols: object) -> None:
        """Lay it in the mailbox."""
        self.views.put((frame, symbols))

    def on_frame(self, frame: object, symbols: object) -> None:
        """Nothing is measured here."""

    def on_scan(self, scan: object) -> None:
        """Nothing is logged here."""

    def on_gone(self, payload: bytes) -> None:
        """Nothing is logged here."""

    def on_camera(self, state: object, detail: str) -> None:
        """Nobody looks."""

    def on_decoders(self, decoders: frozenset[str]) -> None:
        """All are there."""


def memory(count: int, width: int, height: int) -> dict[str, float]:
    """Megabytes of desk and reading process after the first tenth of the frames, and after all.

    The loop and the reader are the desk's; the camera gives frames as fast as they are read.
    Each tenth is told on standard error, for a run that takes an hour.
    """
    desk, marks = psutil.Process(), []
    reader = WatchfulReader(open_reader_apart(SystemClock()))

    def note(given: int) -> None:
        if given % max(1, count // 10) == 0:
            both = (desk, *desk.children())
            marks.append([round(process.memory_info().rss / 1e6, 1) for process in both])
            print(f"{given} frames: {marks[-1]} MB", file=sys.stderr, flush=True)

    frames = [scenes(width, height, code=code, count=20) for code in (False, True)]
    camera = Frames([*frames[0], *frames[1]], count, note)
    begin = time.perf_counter()
    with closing(reader):
        ScanLoop(camera, reader, SystemClock(), Screen(), Event(), ScanTracker()).run()
    return {
        "frames": count,
        "desk_mb_early": marks[0][0],
        "desk_mb_end": marks[-1][0],
        "reading_mb_early": marks[0][-1],
        "reading_mb_end": marks[-1][-1],
        "frames_a_second": round(count / (time.perf_counter() - begin), 1),
    }


def tell_memory(kept: dict[str, float], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(kept))
        return
    for process in ("desk", "reading"):
        early, end = kept[f"{process}_mb_early"], kept[f"{process}_mb_end"]
        after = f"{kept['frames'] // 10} frames, {end} MB after {kept['frames']}"
        print(f"memory, {process} process: {early} MB after {after}")
    print(f"{kept['frames_a_second']} frames a second")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="a tenth of the frames")
    arguments.add_argument("--json", action="store_true", help="one object a line")
    arguments.add_argument("--memory", type=int, help="only the memory over so many frames")
    arguments.add_argument("--size", default="640x480", help="of the frames for the memory")
    chosen = arguments.parse_args()
    width, height = (int(side) for side in chosen.size.split("x"))
    if chosen.memory:
        tell_memory(memory(chosen.memory, width, height), as_json=chosen.json)
        return
    rounds, frames = (24, 1_000) if chosen.quick else (160, 10_000)
    if not chosen.json:
        print("frame      scene  way             mean ms  p95 ms   read  ours / it")
    for width, height in SIZES:
        for code in (False, True):
            told = compare(scenes(width, height, code=code, count=16), rounds)
            for way, row in told.items():
                ratio = told["glance"]["mean_ms"] / row["mean_ms"]
                scene = "code" if code else "idle"
                if chosen.json:
                    print(json.dumps({"size": [width, height], "scene": scene, "way": way} | row))
                else:
                    print(
                        f"{width:4}x{height:<5} {scene}   {way:15} {row['mean_ms']:7.1f} "
                        f"{row['p95_ms']:7.1f} {row['read']:6.0%} {ratio:9.2f}"
                    )
    tell_memory(memory(frames, 640, 480), as_json=chosen.json)


if __name__ == "__main__":
    main()
