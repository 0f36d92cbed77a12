"""Looks at the camera: whether it gives a picture, what it granted, what its last check found."""

from collections.abc import Callable, Iterator
from datetime import tzinfo
from queue import Empty, Queue
from threading import Event, Thread
from typing import NamedTuple

from kiosk.adapters.camera_opencv import OpencvCamera, without_secret
from kiosk.adapters.camera_wishes import Answer
from kiosk.app.findings import Finding, fault, note, ok
from kiosk.domain.camera_check import Aspect, Say
from kiosk.ports.camera import Camera, CameraEndedError, CameraLostError, Frame
from kiosk.services.camera_check import CameraFound
from kiosk.services.test_page import millimetres
from kiosk.ui.wording import Words

CAMERA_SECONDS = 5.0
FIRST_WEBCAM = "0"
"""The default source: it is tried although nobody named it."""

_GOOD = {
    Aspect.SHARP: Say.SHARP,
    Aspect.LIGHT: Say.BRIGHT,
    Aspect.GLARE: Say.NO_GLARE,
    Aspect.FLICKER: Say.STEADY,
}


class _Seen(NamedTuple):
    frame: Frame
    answers: tuple[Answer, ...]


def camera(source: str, make: Callable[[Event], Camera], words: Words) -> Iterator[Finding]:
    """Whether the camera that is set gives a picture within some seconds, and what it granted.

    Args:
        source: as the settings name it; "" for a desk without one.
        make: the camera of that source; its waiting ends with the event.
        words: for the names of what was asked.
    """
    if not source:
        yield note("camera", "doctor.camera.none")
        return
    told = without_secret(source)
    seen: Queue[_Seen | None] = Queue()
    stop = Event()
    look = Thread(target=lambda: seen.put(_look(make(stop))), name="doctor-camera", daemon=True)
    look.start()
    try:
        found = seen.get(timeout=CAMERA_SECONDS)
    except Empty:
        yield fault("camera", "doctor.camera.silent", source=told, seconds=CAMERA_SECONDS)
        return
    finally:
        stop.set()
    look.join(CAMERA_SECONDS)
    if found is not None:
        size = {"width": found.frame.width, "height": found.frame.height}
        yield ok("camera", "doctor.camera.ok", source=told, **size)
        yield from _granted(found.answers, words)
    elif source == FIRST_WEBCAM:
        yield note("camera", "doctor.camera.no_webcam")
    else:
        yield fault("camera", "doctor.camera.lost", source=told)


def _look(device: Camera) -> _Seen | None:
    """The first frame, or None."""
    try:
        device.open()
        frame = device.read()
        return _Seen(frame, device.answers if isinstance(device, OpencvCamera) else ())
    except (CameraLostError, CameraEndedError):
        return None
    finally:
        device.close()


def _granted(answers: tuple[Answer, ...], words: Words) -> Iterator[Finding]:
    """Each wish with what the driver made of it; a refusal is no fault."""
    if not answers:
        return
    said = [
        words(
            "doctor.wish.answer" if answer.got else "doctor.wish.silent",
            wish=words(f"doctor.wish.{answer.wish}"),
            asked=answer.asked,
            got=answer.got,
        )
        for answer in answers
    ]
    refused = any(answer.got and not answer.granted for answer in answers)
    report = note if refused else ok
    yield report("camera", "doctor.camera.granted", answers="; ".join(said))


def last_check(found: CameraFound | None, zone: tzinfo, words: Words) -> Finding:
    """What the last camera check found, in short, and when that was."""
    if found is None:
        return note("camera", "doctor.camera.unchecked")
    bad = [says for aspect, says in found.says.items() if _GOOD.get(aspect, says) != says]
    unread = found.smallest_mm is None
    codes = "doctor.check.unread" if unread else "doctor.check.smallest"
    told = [words(f"camera.short.{says}") for says in bad] or [words("doctor.check.good")]
    told.append(words(codes, size=millimetres(found.smallest_mm or 0.0, words)))
    told.append(words("doctor.check.share", percent=min(100, round(100 * found.share))))
    report = note if bad or unread else ok
    at = found.at.astimezone(zone)
    return report(
        "camera", "doctor.camera.checked", day=f"{at:%d/%m/%Y %H:%M}", told="; ".join(told)
    )
