"""What the camera check says, in sentences for whoever stands at the desk."""

from kiosk.domain.camera_check import Judged, distances_cm
from kiosk.ports.words import Say
from kiosk.services.camera_check import CameraCheck
from kiosk.services.test_page import millimetres

_NEAR_ENOUGH = 0.97


def sentence(judged: Judged, check: CameraCheck, say: Say) -> str:
    """What is said of one aspect."""
    size = millimetres(check.smallest.size, say) if check.smallest else ""
    return say(f"camera.say.{judged.say}", size=size)


def advice(check: CameraCheck, say: Say) -> tuple[str, ...]:
    """How near a citizen card must be held, as far as that can be told."""
    share = check.share
    if share > 1:
        return (say("camera.advice.too_coarse"),)
    near, far = distances_cm(share)
    told = [
        say("camera.advice.share", percent=round(100 * share)),
        say("camera.advice.distance", near=near, far=far),
    ]
    if check.way is not None and check.way >= _NEAR_ENOUGH:
        told.append(say("camera.advice.here"))
    elif check.way is not None:
        told.append(say("camera.advice.nearer", percent=round(100 * check.way)))
    return tuple(told)
