import logging

import numpy as np
import pytest

from kiosk.adapters import camera_opencv
from kiosk.adapters.camera_files import FilmCamera, FolderCamera
from kiosk.adapters.camera_opencv import OpencvCamera, without_secret
from kiosk.adapters.opencv import cv2
from kiosk.adapters.sources import open_source
from kiosk.ports.camera import CameraEndedError, CameraLostError
from tests.fakes_capture import SteadyClock
from tests.films import shoot_film
from tests.stores import temporary_folder


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
    """Three seconds at ten frames a second; frame n is of brightness 8 n."""
    return shoot_film(tmp_path_factory.mktemp("film") / "film.avi", frames=30, step=8)


def number_of(frame):
    return round(frame.pixels[24, 32, 0] / 8)


def save(path, brightness):
    cv2.imwrite(str(path), np.full((48, 64), brightness, np.uint8))


def test_a_film_runs_at_its_own_speed(film, clock, wait):
    camera = FilmCamera(film, clock, wait)
    camera.open()
    start = clock.steady()
    frames = [camera.read() for _ in range(30)]
    assert [number_of(frame) for frame in frames] == list(range(30))
    assert [round(frame.taken_at - start, 1) for frame in frames] == [n / 10 for n in range(30)]
    with pytest.raises(CameraEndedError):
        camera.read()


def test_a_film_is_passed_over_at_its_speed_and_starts_again(film, clock, wait):
    camera = FilmCamera(film, clock, wait, repeat=True)
    camera.open()
    start, shown = clock.steady(), []
    for _ in range(11):
        shown.append(number_of(camera.read()))
        camera.pass_over()
        camera.pass_over()
    assert shown == [*range(0, 30, 3), 0]
    assert clock.steady() - start == pytest.approx(3.2)


def test_a_late_reader_misses_frames_of_a_film(film, clock, wait):
    camera = FilmCamera(film, clock, wait)
    camera.open()
    camera.read()
    clock.seconds += 0.55
    assert number_of(camera.read()) == 5


def test_a_film_goes_on_after_a_long_sleep(film, clock, wait):
    camera = FilmCamera(film, clock, wait)
    camera.open()
    camera.read()
    clock.seconds += 3600
    assert number_of(camera.read()) == 11
    before = clock.steady()
    camera.read()
    assert clock.steady() - before == pytest.approx(0.1)


def test_a_film_can_start_again_at_its_end(film, clock, wait):
    camera = FilmCamera(film, clock, wait, repeat=True)
    camera.open()
    assert [number_of(camera.read()) for _ in range(32)] == [*range(30), 0, 1]


def test_a_file_that_is_no_film_is_a_loss(tmp_path, clock, wait):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"no film at all" * 100)
    with pytest.raises(CameraLostError):
        FilmCamera(path, clock, wait).open()


def test_pictures_come_in_the_order_of_their_names_each_for_its_time(tmp_path, clock, wait):
    for name, brightness in (("b.PNG", 80), ("a.png", 40), ("c.jpg", 120), ("notes.txt", 0)):
        if name.endswith("txt"):
            (tmp_path / name).write_text("no picture")
        else:
            save(tmp_path / name, brightness)
    camera = FolderCamera(tmp_path, clock, wait, seconds_each=0.5)
    camera.open()
    shown = [number_of(camera.read()) for _ in range(15)]
    assert shown == [5] * 5 + [10] * 5 + [15] * 5
    with pytest.raises(CameraEndedError):
        camera.read()


def test_a_bad_picture_is_passed_over_with_a_line_in_the_log(tmp_path, clock, wait, caplog):
    save(tmp_path / "a.png", 40)
    (tmp_path / "b.png").write_bytes(b"\x89PNG broken")
    (tmp_path / "c.png").write_bytes(b"")
    save(tmp_path / "d.png", 80)
    camera = FolderCamera(tmp_path, clock, wait, seconds_each=0.2)
    camera.open()
    with caplog.at_level(logging.WARNING):
        shown = [number_of(camera.read()) for _ in range(4)]
    assert shown == [5, 5, 10, 10]
    assert [record.args[0] for record in caplog.records] == ["b.png", "c.png"]


def test_a_late_reader_still_sees_each_picture(tmp_path, clock, wait):
    save(tmp_path / "a.png", 40)
    save(tmp_path / "b.png", 80)
    camera = FolderCamera(tmp_path, clock, wait, seconds_each=0.2, repeat=True)
    camera.open()
    shown = []
    for _ in range(4):
        shown.append(number_of(camera.read()))
        clock.seconds += 5
    assert shown in ([5, 10, 5, 10], [10, 5, 10, 5])


def test_a_folder_without_pictures_is_a_loss(tmp_path, clock, wait):
    with pytest.raises(CameraLostError):
        FolderCamera(tmp_path, clock, wait).open()


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("0", OpencvCamera),
        (" 2 ", OpencvCamera),
        ("/dev/video0", OpencvCamera),
        ("rtsp://10.0.0.5/stream", OpencvCamera),
        ("http://10.0.0.5/video.mjpg", OpencvCamera),
        ("film.mp4", FilmCamera),
        ("no/such/thing", FilmCamera),
        ("card.JPG", FolderCamera),
        (".", FolderCamera),
        ("~nobody-of-that-name/film.mp4", FilmCamera),
        ("x" * 300, FilmCamera),
        ("x" * 300 + ".jpg", FolderCamera),
        ("film\0.mp4", FilmCamera),
    ],
)
def test_the_source_decides_the_camera(clock, wait, source, kind):
    camera = open_source(source, clock, wait)
    assert type(camera) is kind
    assert camera.live == (kind is OpencvCamera)


@pytest.mark.parametrize("source", ["~nobody-of-that-name/x", "x" * 300, "x" * 300 + ".png", "\0"])
def test_a_source_that_can_be_no_file_is_a_loss_like_any_other(clock, wait, source):
    with pytest.raises(CameraLostError):
        open_source(source, clock, wait).open()


@pytest.mark.parametrize(
    "source",
    ["rtsp://a:eim#1@h/x", "rtsp://a:e/im?@h/x", "http://h/v?user=a&password=eim&n=1"],
)
def test_no_part_of_an_address_tells_the_password(source):
    told = without_secret(source)
    assert "im" not in told
    assert told.startswith(source[:7])
    assert without_secret("/dev/video@0") == "/dev/video@0"


def test_the_password_of_a_stream_is_in_no_message(clock, caplog):
    caplog.set_level(logging.INFO)
    camera = OpencvCamera("rtsp://desk:geh@eim@127.0.0.1:9/none", clock)
    with pytest.raises(CameraLostError) as lost:
        camera.open()
    assert camera.name == "rtsp://…@127.0.0.1:9/none"
    assert "eim" not in str(lost.value) + caplog.text


def test_a_folder_of_pictures_on_a_memory_disk_is_no_device(clock, wait):
    with temporary_folder() as folder:  # /dev/shm/... where there is one
        assert type(open_source(str(folder), clock, wait)) is FolderCamera


def test_windows_tries_dshow_before_msmf(monkeypatch):
    monkeypatch.setattr(camera_opencv.platform, "system", lambda: "Windows")
    assert camera_opencv._backends(0) == [cv2.CAP_DSHOW, cv2.CAP_MSMF]
    assert camera_opencv._backends("rtsp://x") == [cv2.CAP_FFMPEG]


class Driver:
    """A webcam of ten frames a second, as OpenCV's backends give them."""

    def __init__(self, clock, waits_in):
        self.clock, self.waits_in, self.came = clock, waits_in, 0

    def _wait(self, here):
        if self.waits_in == here:
            self.clock.seconds += 0.1
            self.came += 1
        return True

    def grab(self):
        return self._wait("grab")

    def retrieve(self):
        return self._wait("retrieve"), np.full((4, 4, 3), self.came, np.uint8)

    def set(self, _prop, _value):
        return False

    def get(self, _prop):
        return -1.0

    def release(self):
        pass


@pytest.mark.parametrize(
    ("backend", "waits_in"), [(cv2.CAP_V4L2, "grab"), (cv2.CAP_DSHOW, "retrieve")]
)
def test_what_is_passed_over_is_waited_for_on_each_system(monkeypatch, clock, backend, waits_in):
    """DirectShow's grab returns at once: none would be passed over."""
    driver = Driver(clock, waits_in)
    monkeypatch.setattr(camera_opencv, "_backends", lambda _source: [backend])
    monkeypatch.setattr(camera_opencv, "_capture", lambda _source, _backend: driver)
    camera = OpencvCamera(0, clock)
    camera.open()
    start = clock.steady()
    assert camera.read().pixels[0, 0, 0] == 1
    for _ in range(3):
        camera.pass_over()
    assert camera.read().pixels[0, 0, 0] == 5
    assert clock.steady() - start == pytest.approx(0.5)


def test_a_stream_that_nobody_sends_is_a_loss(clock):
    with pytest.raises(CameraLostError):
        OpencvCamera("rtsp://127.0.0.1:9/none", clock).open()
