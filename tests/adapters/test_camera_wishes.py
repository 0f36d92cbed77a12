"""What is asked of a webcam: stand-ins that answer as OpenCV's backends do, willing and not."""

import math

import numpy as np
import pytest

from kiosk.adapters import camera_opencv
from kiosk.adapters.camera_opencv import OpencvCamera
from kiosk.adapters.camera_wishes import FULL_HD, HD, Wish, Wishes, ask
from kiosk.adapters.frame_cost import affordable_size, unpacking
from kiosk.adapters.opencv import cv2
from kiosk.adapters.power_line import set_power_line
from kiosk.ports.camera import CameraLostError
from tests.fakes_capture import SteadyClock

MJPG, YUYV = (cv2.VideoWriter.fourcc(*letters) for letters in ("MJPG", "YUYV"))
SIZES = (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)


class Device:
    """A capture that grants what is in `has`, and remembers in which order it was asked."""

    def __init__(self, has, sizes=((640, 480), HD, FULL_HD), picture=True):
        self.has = {cv2.CAP_PROP_FOURCC: YUYV, cv2.CAP_PROP_FPS: 30.0, **has}
        self.sizes = sizes
        self.asked = []
        self.wanted = {}
        self.size = (640, 480)
        self.picture = picture
        self.released = False

    def set(self, prop, value):
        self.asked.append((prop, value))
        if prop in SIZES:
            self.wanted[prop] = value
            if len(self.wanted) == 2:
                wish = tuple(self.wanted[side] for side in SIZES)
                self.size = min(self.sizes, key=lambda size: math.dist(size, wish))
            return True
        if prop not in self.has:
            return False
        self.has[prop] = value
        return True

    def get(self, prop):
        if prop in SIZES:
            return float(self.size[SIZES.index(prop)])
        return float(self.has.get(prop, -1.0))

    def isOpened(self):  # noqa: N802 - OpenCV's
        return True

    def grab(self):
        return self.picture

    def retrieve(self):
        picture = np.zeros((*self.size[::-1], 3), np.uint8)
        return (True, picture) if self.picture else (False, None)

    def release(self):
        self.released = True


class OnlyUncompressed(Device):
    """It knows no MJPG, and OpenCV says what there is instead."""

    def set(self, prop, value):
        return prop != cv2.CAP_PROP_FOURCC and super().set(prop, value)


class Throwing(Device):
    """A backend that throws where others answer no."""

    def set(self, prop, value):
        raise cv2.error

    def get(self, prop):
        raise cv2.error


def answers(device, backend=cv2.CAP_V4L2, **wishes):
    told = ask(device, backend, 0, Wishes(**wishes), power_line=lambda _source, hertz: hertz)
    return {answer.wish: answer for answer in told}


CONTROLS = (cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_EXPOSURE, cv2.CAP_PROP_AUTOFOCUS)
WILLING = dict.fromkeys((*CONTROLS, cv2.CAP_PROP_FOCUS), 0.0)


def test_a_willing_webcam_grants_everything():
    told = answers(Device(WILLING), size=FULL_HD, exposure_ms=20, focus=40, power_line=50)
    assert {wish: answer.got for wish, answer in told.items()} == {
        Wish.SIZE: "1920x1080",
        Wish.FORMAT: "MJPG",
        Wish.RATE: "30",
        Wish.EXPOSURE: "20 ms",
        Wish.FOCUS: "40",
        Wish.POWER_LINE: "50",
    }
    assert all(answer.granted for answer in told.values())


def test_on_linux_exposure_counts_in_tenths_of_a_millisecond_and_manual_is_one():
    device = Device(WILLING)
    answers(device, exposure_ms=20)
    assert device.has[cv2.CAP_PROP_AUTO_EXPOSURE] == 1
    assert device.has[cv2.CAP_PROP_EXPOSURE] == 200
    answers(device)
    assert device.has[cv2.CAP_PROP_AUTO_EXPOSURE] == 3  # given back: it would stay in the camera


@pytest.mark.parametrize("backend", [cv2.CAP_DSHOW, cv2.CAP_MSMF])
def test_on_windows_exposure_counts_in_powers_of_two(backend):
    device = Device(WILLING)
    told = answers(device, backend, exposure_ms=10)
    assert device.has[cv2.CAP_PROP_EXPOSURE] == -7  # 1/128 s
    assert told[Wish.EXPOSURE].granted


def test_the_rate_comes_before_the_format_and_the_format_before_the_size():
    device = Device({})
    answers(device, size=FULL_HD)
    order = [prop for prop, _ in device.asked]
    places = [order.index(prop) for prop in (cv2.CAP_PROP_FPS, cv2.CAP_PROP_FOURCC, *SIZES)]
    assert places == [0, 1, 2, 3]


def test_a_large_picture_that_comes_uncompressed_is_asked_smaller():
    device = OnlyUncompressed({})
    told = answers(device, size=FULL_HD)
    assert device.size == HD
    assert (told[Wish.SIZE].asked, told[Wish.SIZE].got) == ("1920x1080", "1280x720")
    assert told[Wish.FORMAT].got == "YUYV"


@pytest.mark.parametrize("device", [Device({}), Throwing({})], ids=["answers no", "throws"])
def test_a_webcam_that_grants_nothing_is_told_and_stops_nothing(device):
    told = answers(device, size=FULL_HD, exposure_ms=10, focus=3)
    assert told[Wish.EXPOSURE].got == told[Wish.FOCUS].got == ""
    assert not told[Wish.FOCUS].granted


@pytest.mark.parametrize("value", [-1.0, 0.0, math.nan, math.inf, 1e12, 22.0, -466162819.0])
def test_whatever_a_driver_says_its_format_is(value):
    device = Device({})
    device.get = lambda _prop: value
    assert answers(device)[Wish.FORMAT].got.isprintable()


def test_a_camera_that_goes_blind_when_asked_is_opened_once_more_and_left_alone(monkeypatch):
    devices = [Device({}, picture=False), Device({}), Device({})]
    opened = iter(devices)
    monkeypatch.setattr(camera_opencv, "_backends", lambda _source: [cv2.CAP_ANY])
    monkeypatch.setattr(camera_opencv, "_capture", lambda *_: next(opened))
    camera = OpencvCamera(0, SteadyClock(), lambda: Wishes(size=FULL_HD))
    camera.open()
    with pytest.raises(CameraLostError):
        camera.read()
    camera.open()
    assert camera.read().width == 640
    assert camera.answers == ()
    assert devices[0].released
    assert [prop for prop, _ in devices[1].asked] == [cv2.CAP_PROP_BUFFERSIZE]
    camera.open()  # lost and found again later: asked again
    assert camera.read().width == 1920


def test_the_mains_of_what_is_no_webcam(tmp_path):
    file = tmp_path / "no-device"
    file.write_bytes(b"")
    assert set_power_line(str(file), 50) is None
    assert set_power_line("/dev/video77", 50) is None
    assert set_power_line(77, 45) is None


def test_this_computer_chooses_a_size_it_can_pay_for(monkeypatch):
    assert 0.0005 < unpacking() < 0.5
    monkeypatch.setattr("kiosk.adapters.frame_cost.os.cpu_count", lambda: 8)
    for seconds, size in ((0.004, FULL_HD), (0.04, HD)):
        monkeypatch.setattr("kiosk.adapters.frame_cost.unpacking", lambda seconds=seconds: seconds)
        assert affordable_size() == size
    monkeypatch.setattr("kiosk.adapters.frame_cost.os.cpu_count", lambda: 2)
    assert affordable_size() == HD
