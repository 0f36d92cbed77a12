"""`kiosk camera-check`: a minute before the camera; what is found is told, and kept."""

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

from msgspec import structs

from kiosk.adapters import camera_record
from kiosk.adapters.camera_opencv import without_secret
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.picture_measure import PictureMeasure
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.adapters.sources import open_source
from kiosk.app import desk_camera, diagnostics
from kiosk.app.settings import load_settings
from kiosk.domain.camera_check import Aspect, Grade, Look
from kiosk.ports.camera import Camera, CameraEndedError, CameraLostError
from kiosk.ports.decoder import Reader
from kiosk.ports.logbook import LogbookError
from kiosk.services.camera_check import EACH, CameraCheck, CameraFound
from kiosk.services.camera_words import advice, sentence
from kiosk.services.scan_loop import OPENING_LIMIT
from kiosk.ui.wording import Words

DONE, REFUSED = 0, 1
LONGEST = 600
_CLOSING = 3.0  # seconds


def camera_check(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Look, tell, keep; the exit code: 0, or 1 where the camera gives no picture."""
    settings = load_settings(data, resources)
    source = settings.camera.source if given.camera is None else given.camera
    told = without_secret(source)
    if not source:
        diagnostics.say(words("camera.no_camera"))
        return REFUSED
    clock = SystemClock()
    stop = Event()
    camera = structs.replace(settings.camera, source=source)
    wish = desk_camera.wishes(camera, data)
    watch = _Watch(open_source(source, clock, stop.wait, wish=wish), stop, given.seconds)
    check = CameraCheck()
    if not given.json:
        print(words("camera.step.hold"), flush=True)
    try:
        for line in _told(watch, check, words):
            if not given.json:
                print(line, flush=True)
    except TimeoutError:
        diagnostics.say(words("camera.silent", source=told, seconds=round(OPENING_LIMIT)))
        diagnostics.end_at_once(REFUSED)
    except CameraLostError:
        diagnostics.say(words("camera.no_picture", source=told))
        return REFUSED
    found = check.found(clock.now(), told, watch.size, watch.rate)
    print(_as_json(found) if given.json else _as_words(check, found, words))
    of_the_desk = source == settings.camera.source and data.is_dir()
    return _keep(data, found, words) if of_the_desk else DONE


def _told(watch: "_Watch", check: CameraCheck, words: Words) -> Iterator[str]:
    """Each aspect in words, whenever it changes. Raises CameraLostError, TimeoutError."""
    said: dict[Aspect, str] = {}
    for look in watch.looks():
        check.take(look)
        for judged in check.judged():
            line = f"{words(f'camera.aspect.{judged.aspect}')}: {sentence(judged, check, words)}"
            if judged.grade is not Grade.UNKNOWN and said.get(judged.aspect) != line:
                said[judged.aspect] = line
                yield line


def _keep(data: Path, found: CameraFound, words: Words) -> int:
    """Write it into the data folder; the exit code."""
    try:
        camera_record.keep(data, found)
    except LogbookError:
        diagnostics.say(words("camera.unkept"))
        return REFUSED
    return DONE


def _as_words(check: CameraCheck, found: CameraFound, words: Words) -> str:
    size = {"width": found.width, "height": found.height, "rate": round(found.rate)}
    return "\n".join([words("camera.picture", **size), *advice(check, words)])


def _as_json(found: CameraFound) -> str:
    said = {
        "at": found.at.isoformat(),
        "source": found.source,
        "width": found.width,
        "height": found.height,
        "rate": round(found.rate, 1),
        **{aspect.value: say for aspect, say in found.says.items()},
        "smallest_mm": found.smallest_mm,
        "card_share": round(found.share, 3),
    }
    return json.dumps(said, ensure_ascii=False)


class _Watch:
    """Reads a camera on a thread of its own: a driver that hangs does not hang the command.

    Attributes:
        size: of the pictures, width first.
        rate: pictures a second.
    """

    def __init__(self, camera: Camera, stop: Event, seconds: int) -> None:
        self.size = (0, 0)
        self.rate = 0.0
        self._camera = camera
        self._stop = stop
        self._seconds = seconds
        self._looks: Queue[Look | Exception | None] = Queue()

    def looks(self) -> Iterator[Look]:
        """Each look as it is taken. Raises CameraLostError, TimeoutError."""
        thread = Thread(target=self._run, name="camera-check", daemon=True)
        thread.start()
        try:
            while (look := self._next()) is not None:
                if isinstance(look, Exception):
                    raise look
                yield look
        finally:
            self._stop.set()
            thread.join(_CLOSING)

    def _next(self) -> Look | Exception | None:
        try:
            return self._looks.get(timeout=OPENING_LIMIT)
        except Empty:
            raise TimeoutError from None

    def _run(self) -> None:
        try:
            self._camera.open()
            with closing(open_reader_apart(SystemClock())) as reader:
                self._watch(reader)
            self._looks.put(None)
        except CameraEndedError:
            self._looks.put(None)
        except CameraLostError as error:
            self._looks.put(error)
        finally:
            self._camera.close()

    def _watch(self, reader: Reader) -> None:
        measure = PictureMeasure()
        frames, first = 0, None
        while not self._stop.is_set():
            frame = self._camera.read()
            self.size = (frame.width, frame.height)
            if first is None:
                first = frame.taken_at
            passed = frame.taken_at - first
            self.rate = frames / passed if passed else 0.0
            symbols = reader.glance(frame.pixels) or ()
            if frames % EACH == 0:
                self._looks.put(measure(frame, symbols))
            frames += 1
            if passed >= self._seconds:
                return
