"""What every camera keeps to, the fake one as well as the real ones."""

import numpy as np
import pytest

from kiosk.adapters import camera_opencv
from kiosk.adapters.camera_files import FilmCamera, FolderCamera
from kiosk.adapters.camera_opencv import OpencvCamera
from kiosk.adapters.opencv import cv2
from kiosk.ports.camera import CameraEndedError, CameraLostError
from tests.fakes_capture import FakeCamera, SteadyClock
from tests.films import shoot_film

FRAMES = 12


@pytest.fixture
def clock():
    return SteadyClock()


@pytest.fixture
def wait(clock):
    def pass_time(seconds):
        clock.seconds += seconds

    return pass_time


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    return shoot_film(tmp_path_factory.mktemp("film") / "phim ngắn.avi", frames=FRAMES, step=20)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("ảnh")
    for number in range(3):
        cv2.imencode(".png", np.full((48, 64), number * 100, np.uint8))[1].tofile(
            path / f"{number}.png"
        )
    return path


@pytest.fixture(params=["fake", "film", "folder", "opencv"])
def make(request, clock, wait, film, folder, monkeypatch):
    """Makes a camera of each kind, over a source that is there or not."""
    monkeypatch.setattr(camera_opencv, "_backends", lambda source: [cv2.CAP_FFMPEG])

    def fake(*, there):
        camera = FakeCamera(clock, frames=FRAMES)
        camera.plugged = lambda: there
        return camera

    kinds = {
        "fake": fake,
        "film": lambda there: FilmCamera(film if there else film / "none", clock, wait),
        "folder": lambda there: FolderCamera(folder if there else folder / "none", clock, wait),
        "opencv": lambda there: OpencvCamera(str(film) if there else "/dev/video77", clock),
    }
    return lambda there=True: kinds[request.param](there=there)


def test_a_frame_is_a_contiguous_colour_picture_with_its_time(make, clock):
    camera = make()
    camera.open()
    before = clock.steady()
    frame = camera.read()
    assert frame.pixels.ndim == 3
    assert frame.pixels.shape[2] == 3
    assert frame.pixels.format == "B"
    assert frame.pixels.c_contiguous
    assert before <= frame.taken_at <= clock.steady()
    camera.close()


def test_a_frame_keeps_its_pixels_when_the_next_is_read(make):
    camera = make()
    camera.open()
    first = camera.read()
    kept = first.pixels.tobytes()
    for _ in range(5):
        camera.read()
    camera.close()
    assert first.pixels.tobytes() == kept


def test_what_is_passed_over_is_not_read_and_takes_as_long(make, clock):
    each, third = make(), make()
    began = clock.steady()
    each.open()
    frames = [each.read() for _ in range(7)]
    took = clock.steady() - began
    each.close()
    began = clock.steady()
    third.open()
    for number in (0, 3, 6):
        assert third.read().pixels == frames[number].pixels
        if number < 6:
            third.pass_over()
            third.pass_over()
    assert clock.steady() - began == pytest.approx(took)
    third.close()


def test_reading_before_opening_and_after_closing_is_a_loss(make):
    camera = make()
    for take in (camera.read, camera.pass_over):
        with pytest.raises(CameraLostError):
            take()
    camera.open()
    camera.close()
    for take in (camera.read, camera.pass_over):
        with pytest.raises(CameraLostError):
            take()


def test_closing_twice_or_without_opening_does_nothing(make):
    camera = make()
    camera.close()
    camera.open()
    camera.close()
    camera.close()


def test_a_source_that_is_not_there_is_a_loss(make):
    camera = make(there=False)
    with pytest.raises(CameraLostError):
        camera.open()
    camera.close()


def test_it_can_be_opened_again(make):
    camera = make()
    for _ in range(2):
        camera.open()
        camera.read()
        camera.close()


def test_the_end_is_told_by_one_of_the_two_errors(make):
    camera = make()
    camera.open()
    with pytest.raises((CameraEndedError, CameraLostError)):  # noqa: PT012
        for _ in range(1000):
            camera.read()
    camera.close()


def test_the_end_is_told_while_frames_are_passed_over_too(make):
    camera = make()
    camera.open()
    with pytest.raises((CameraEndedError, CameraLostError)):  # noqa: PT012
        for _ in range(1000):
            camera.pass_over()
    camera.close()


def test_it_has_a_name_for_people(make):
    assert make().name
