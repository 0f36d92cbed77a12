"""Scenes at 30 frames a second, as a webcam sees them: what wakes the desk and what must not.

While it rests, the scan loop passes over three frames of four.
"""

from itertools import count

import numpy as np
import pytest

from kiosk.adapters.stillness import REST, Stillness
from kiosk.services.scan_loop import PASSED_OVER
from tests.qr_drawing import draw

PACE = 30
SEEN = PASSED_OVER + 1
HEIGHT, WIDTH = 192, 320
GRAINS = np.random.default_rng(5).normal(0, 1, (8, HEIGHT, WIDTH, 3)).astype(np.float32)
ROWS = np.arange(HEIGHT)[:, None, None] / HEIGHT / PACE  # a rolling shutter's, in seconds


def desk():
    """Light and dark things of all sizes on a grey ground."""
    dice = np.random.default_rng(11)
    scene = np.full((HEIGHT, WIDTH, 3), 110, np.float32)
    for _ in range(30):
        y, x = dice.integers(0, HEIGHT - 20), dice.integers(0, WIDTH - 20)
        tall, wide = dice.integers(8, 60, 2)
        scene[y : y + tall, x : x + wide] = dice.integers(10, 230, 3)
    return scene


def shown(scene, code, left=130, top=60, contrast=1.0):
    with_it = scene.copy()
    side = code.shape[0]
    there = with_it[top : top + side, left : left + side]
    there += contrast * (code[:, :, None] - there)
    return with_it


class Shutter:
    """Takes frames: noise of the sensor, bands of a lamp."""

    def __init__(self, sigma=5.0, flicker=0.0, hertz=100.0):
        self.sigma, self.flicker, self.hertz = sigma, flicker, hertz
        self.numbers = count()
        self.dice = np.random.default_rng(3)

    def __call__(self, light):
        seconds = next(self.numbers) / PACE
        lamp = 1 + self.flicker * np.sin(2 * np.pi * self.hertz * (seconds + ROWS))
        grain = np.roll(GRAINS[self.dice.integers(8)], self.dice.integers(300), 1)
        frame = light * lamp + self.sigma * np.sqrt(0.3 + light / 128) * grain
        return np.clip(frame, 0, 255).astype(np.uint8)


def asleep(shutter, scene):
    """A watch that has seen the still scene long enough."""
    stillness = Stillness()
    for number in range(REST + 30):
        frame = shutter(scene)
        if number <= REST or number % SEEN == 0:
            stillness.holds(frame)
    return stillness


@pytest.mark.parametrize(
    "shutter",
    [
        Shutter(sigma=2),
        Shutter(sigma=14),
        Shutter(flicker=0.1, hertz=100.0),
        Shutter(flicker=0.1, hertz=120.2),
        Shutter(flicker=0.1, hertz=99.7),
    ],
    ids=["quiet", "noisy", "50 Hz", "60 Hz", "50 Hz, a little off"],
)
def test_noise_and_the_flicker_of_lamps_do_not_keep_it_awake(shutter):
    scene = desk()
    stillness = asleep(shutter, scene)
    frames = [shutter(scene) for _ in range(120)]
    assert all(stillness.holds(frame) for frame in frames[::SEEN])
    assert all(stillness.holds(frame) for frame in frames)


def test_a_picture_counts_as_still_after_its_rest_and_not_before():
    stillness, scene = Stillness(), np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    told = [stillness.holds(scene) for _ in range(REST + 2)]
    assert told == [False] * REST + [True, True]


@pytest.mark.parametrize("sigma", [2, 8])
@pytest.mark.parametrize("contrast", [1.0, 0.4])
@pytest.mark.parametrize("place", [(5, 10), (130, 60), (260, 131)])
def test_the_first_frame_with_a_code_wakes_it(sigma, contrast, place):
    """The smallest that is read: 21 modules of two pixels, at any place, dim as well."""
    shutter, scene = Shutter(sigma), desk()
    stillness = asleep(shutter, scene)
    assert stillness.holds(shutter(scene))
    left, top = place
    code = draw(b"KQ1S00B", 2)
    assert not stillness.holds(shutter(shown(scene, code, left, top, contrast)))


def test_another_code_at_the_same_place_wakes_it():
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, shown(scene, draw(b"KQ1S00B")))
    assert not stillness.holds(shutter(shown(scene, draw(b"KQ1S77X"))))


def test_it_stays_awake_while_something_moves_and_rests_when_it_lies_still():
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, scene)
    code = draw(b"KQ1S00B")
    for step in range(2 * REST):
        assert not stillness.holds(shutter(shown(scene, code, 20 + 3 * (step % 60))))
    told = [stillness.holds(shutter(shown(scene, code))) for _ in range(REST + 60)]
    assert told[-1]


@pytest.mark.parametrize("seconds", [1, 4, 12, 40])
def test_what_is_faded_in_slowly_wakes_it(seconds):
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, scene)
    code, frames = draw(b"KQ1S00B", 3), seconds * PACE
    fading = [shown(scene, code, contrast=n / frames) for n in range(0, frames, SEEN)]
    told = [stillness.holds(shutter(frame)) for frame in fading]
    assert not all(told)


def test_daylight_that_fades_does_not_wake_it():
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, scene)
    told = [stillness.holds(shutter(scene * (1 - n / 1500))) for n in range(0, 450, SEEN)]
    assert all(told)


@pytest.mark.parametrize("lit", [0.3, 2.6])
def test_a_light_that_is_switched_wakes_it(lit):
    shutter, scene = Shutter(), desk() * 0.5
    stillness = asleep(shutter, scene)
    assert not stillness.holds(shutter(scene * lit))


def test_a_step_of_the_exposure_is_forgotten_again():
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, scene)
    told = [stillness.holds(shutter(scene * 1.25)) for _ in range(REST + 60)]
    assert told[-1]


def test_a_small_lamp_that_blinks_does_not_keep_it_awake():
    shutter, scene = Shutter(), desk()
    stillness = asleep(shutter, scene)
    lit = scene.copy()
    lit[100:110, 200:210] = 255  # a device's light
    told = [stillness.holds(shutter(lit if n % 30 < 15 else scene)) for n in range(120)]
    assert all(told)


def test_artefacts_of_a_films_blocks_do_not_keep_it_awake():
    shutter, scene = Shutter(sigma=0), desk()
    stillness = asleep(shutter, scene)
    blocks = scene.copy()
    blocks[:, : WIDTH // 3] += 3
    told = [stillness.holds(shutter(blocks if n % 2 else scene)) for n in range(60)]
    assert all(told)


def test_what_covers_the_whole_picture_wakes_it_however_alike_in_light():
    """Half of it lighter, half darker: then what is usual tells nothing of noise."""
    shutter, scene = Shutter(sigma=2), np.full((HEIGHT, WIDTH, 3), 120, np.float32)
    stillness = asleep(shutter, scene)
    squares = np.indices((HEIGHT // 32, WIDTH // 32)).sum(axis=0) % 2
    page = scene + 20 * (2 * np.kron(squares, np.ones((32, 32)))[:, :, None] - 1)
    assert not stillness.holds(shutter(page))


def test_a_frame_of_another_size_is_a_change():
    stillness, scene = Stillness(), np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for _ in range(REST + 2):
        stillness.holds(scene)
    assert not stillness.holds(scene[:100])


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 40, 3), (17, 15, 3), (1080, 1920, 3)])
def test_a_frame_of_any_size_is_watched(shape):
    stillness, scene = Stillness(), np.full(shape, 90, np.uint8)
    assert [stillness.holds(scene) for _ in range(REST + 1)][-1]
