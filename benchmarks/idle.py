"""Processor share of the whole desk while nobody stands before it, by thread.

    python -m benchmarks.idle [--seconds 20] [--film FILE] [--json]

A still scene with a sensor's noise and the flicker of lamps at 50 Hz (1280x720, 30 frames a
second, MJPG as webcams send it) is shown to `kiosk run` in a process of its own, which draws on
DISPLAY, or offscreen without one. On Linux with a C compiler a pretended webcam shows it, which
OpenCV's V4L2 backend opens as any other; elsewhere, or with `--film`, it is a film, whose frames
FFmpeg decodes whether somebody looks at them or not. In the same run the decoding of each frame
is measured alone. Shares are of one core.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import psutil

from benchmarks.frames import PHOTO
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.adapters.sources import open_source
from kiosk.ports.camera import CameraEndedError
from tests.pretended_webcam import DEVICE, POSSIBLE, pretended

SIZE, PACE = (1280, 720), 30
_ROUND = 36  # frames after which the webcam's begin again, in the same phase of the lamps
_SETTLES = 12.0
"""Seconds from the start of the process until it is measured: window, camera, first quiet."""


def scene(count: int) -> Iterator[np.ndarray]:
    """A photo, noise that grows with the light, bands of a rolling shutter."""
    dice = np.random.default_rng(3)
    photo = cv2.resize(load(PHOTO), SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    noise = [np.asarray(dice.normal(0, 7, photo.shape), np.float32) for _ in range(12)]
    grains = [cv2.GaussianBlur(grain, (0, 0), 0.6) for grain in noise]
    rows = np.arange(SIZE[1]) / SIZE[1] / PACE
    for number in range(count):
        lamp = 1 + 0.03 * np.sin(2 * np.pi * 100 * (number / PACE + rows))
        light = photo * lamp[:, None, None].astype(np.float32)
        shift = tuple(dice.integers(0, 700, 2))
        moved = np.roll(grains[dice.integers(len(grains))], shift, (0, 1))
        frame = light + moved * np.sqrt(0.3 + light / 128)
        yield np.clip(frame, 0, 255).astype(np.uint8)


def shoot(path: Path, seconds: float) -> None:
    """Write the scene as a film."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), PACE, SIZE)
    for frame in scene(round(seconds * PACE)):
        writer.write(frame)
    writer.release()


def plug_in(folder: Path) -> dict[str, str]:
    """Pretend a webcam that shows the scene; the environment in which it is there."""
    for number, frame in enumerate(scene(_ROUND)):
        cv2.imwrite(str(folder / f"{SIZE[0]}x{SIZE[1]}-{number}.jpg"), frame)
    return pretended(folder)


def decode(source: str, seconds: float) -> float:
    """Share of a core that it costs to take and decode each frame, and nothing else."""
    camera = open_source(source, SystemClock(), time.sleep)
    camera.open()
    begin, before = time.perf_counter(), time.process_time()
    with closing(camera), suppress(CameraEndedError):
        while time.perf_counter() - begin < seconds:
            camera.read()
    return (time.process_time() - before) / (time.perf_counter() - begin)


def alone(source: str, seconds: float, environment: dict[str, str]) -> float:
    """The same in a process of its own."""
    words = ["--decode", source, "--seconds", str(seconds)]
    command = [sys.executable, "-m", "benchmarks.idle", *words]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(told.stdout)


def desk(source: str, seconds: float, environment: dict[str, str]) -> dict[str, float]:
    """Share of a core of `kiosk run`: whole, of its first thread (the screen's), of the rest."""
    data = tempfile.mkdtemp(prefix="kiosk-idle-")
    command = [sys.executable, "-m", "kiosk", "run", "--camera", source, "--data", data]
    if "DISPLAY" not in environment:
        environment = environment | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([*command, "--fullscreen"], env=environment) as running:
        process = psutil.Process(running.pid)
        time.sleep(_SETTLES)
        before, begin = work(process), time.perf_counter()
        time.sleep(seconds)
        after, passed = work(process), time.perf_counter() - begin
        running.terminate()
    return {name: (after[name] - before[name]) / passed for name in after}


def work(process: psutil.Process) -> dict[str, float]:
    """Seconds of the processor so far, with those of child processes."""
    kin = [process, *process.children(recursive=True)]
    times = {one.pid: sum(one.cpu_times()[:2]) for one in kin}
    screen = next((t for t in process.threads() if t.id == process.pid), None)
    drawn = 0.0 if screen is None else screen.user_time + screen.system_time
    whole = sum(times.values())
    return {"whole": whole, "screen": drawn, "others": whole - drawn}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seconds", type=float, default=20.0, help="how long it is measured")
    arguments.add_argument("--film", type=Path, help="another still scene, long enough")
    arguments.add_argument("--json", action="store_true", help="one object")
    arguments.add_argument("--decode", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.decode:
        print(decode(chosen.decode, chosen.seconds))
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-idle-") as folder:
        environment, source = dict(os.environ), str(chosen.film or Path(folder) / "idle.avi")
        if chosen.film is None and POSSIBLE:
            environment, source = environment | plug_in(Path(folder)), DEVICE
        elif chosen.film is None:
            shoot(Path(source), chosen.seconds + _SETTLES + 4)
        told = {"decoding each": alone(source, min(10.0, chosen.seconds), environment)}
        told |= desk(source, chosen.seconds, environment)
    told = {name: round(share, 3) for name, share in told.items()}
    ratio = round(told["whole"] / told["decoding each"], 2)
    if chosen.json:
        print(json.dumps(told | {"whole to decoding each": ratio}))
        return
    for name, share in told.items():
        print(f"{name:16}{share:7.1%} of one core")
    print(f"whole           {ratio:7.2f} of decoding each")


if __name__ == "__main__":
    main()
