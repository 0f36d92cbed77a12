"""Processor share of the whole desk while nobody stands before it, by thread.

    python -m benchmarks.idle [--seconds 20] [--film FILE] [--json]

A film of a still scene with a sensor's noise and the flicker of lamps at 50 Hz (1280x720, 30
frames a second, MJPG as webcams send it) is shown to `kiosk run` in a process of its own, which
draws on DISPLAY, or offscreen without one. In the same run the film's own decoding is measured
alone: whatever is above that is ours. Shares are of one core.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from benchmarks.frames import PHOTO
from kiosk.adapters.camera_files import FilmCamera
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.ports.camera import CameraEndedError

SIZE, PACE = (1280, 720), 30
_SETTLES = 8.0
"""Seconds from the start of the process until it is measured: window, camera, first quiet."""


def shoot(path: Path, seconds: float) -> None:
    """Write the film: a photo, noise that grows with the light, bands of a rolling shutter."""
    dice = np.random.default_rng(3)
    scene = cv2.resize(load(PHOTO), SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    noise = [np.asarray(dice.normal(0, 7, scene.shape), np.float32) for _ in range(12)]
    grains = [cv2.GaussianBlur(grain, (0, 0), 0.6) for grain in noise]
    rows = np.arange(SIZE[1]) / SIZE[1] / PACE
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), PACE, SIZE)
    for number in range(round(seconds * PACE)):
        lamp = 1 + 0.03 * np.sin(2 * np.pi * 100 * (number / PACE + rows))
        light = scene * lamp[:, None, None].astype(np.float32)
        shift = tuple(dice.integers(0, 700, 2))
        moved = np.roll(grains[dice.integers(len(grains))], shift, (0, 1))
        frame = light + moved * np.sqrt(0.3 + light / 128)
        writer.write(np.clip(frame, 0, 255).astype(np.uint8))
    writer.release()


def decoding(film: Path, seconds: float) -> float:
    """Share of a core that reading the film at its pace costs by itself."""
    camera = FilmCamera(film, SystemClock(), time.sleep)
    camera.open()
    begin, work = time.perf_counter(), time.process_time()
    try:
        while time.perf_counter() - begin < seconds:
            camera.read()
    except CameraEndedError:
        pass
    return (time.process_time() - work) / (time.perf_counter() - begin)


def desk(film: Path, seconds: float) -> dict[str, float]:
    """Share of a core of `kiosk run`: whole, of its first thread (the screen's), of the rest."""
    data = tempfile.mkdtemp(prefix="kiosk-idle-")
    command = [sys.executable, "-m", "kiosk", "run", "--camera", str(film), "--data", data]
    environment = dict(os.environ)
    if "DISPLAY" not in environment:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    with subprocess.Popen([*command, "--fullscreen"], env=environment) as running:
        process = psutil.Process(running.pid)
        time.sleep(_SETTLES)
        before, begin = work(process), time.perf_counter()
        time.sleep(seconds)
        after, passed = work(process), time.perf_counter() - begin
        running.terminate()
    share = {name: (after[name] - before[name]) / passed for name in after}
    return {name: round(value, 3) for name, value in share.items()}


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
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kiosk-idle-") as folder:
        film = chosen.film or Path(folder) / "idle.avi"
        if chosen.film is None:
            shoot(film, chosen.seconds + _SETTLES + 4)
        told = {"film": round(decoding(film, min(10.0, chosen.seconds)), 3)}
        told |= desk(film, chosen.seconds)
    told["above the film"] = round(told["whole"] - told["film"], 3)
    if chosen.json:
        print(json.dumps(told))
        return
    for name, share in told.items():
        print(f"{name:16}{share:7.1%} of one core")


if __name__ == "__main__":
    main()
