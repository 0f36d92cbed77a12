import os
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import PictureError, PictureFault, load


def save(path, picture):
    cv2.imencode(path.suffix, picture)[1].tofile(path)
    return path


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, PictureFault.MISSING),
        (b"", PictureFault.EMPTY),
        (b"\x00" * 5000, PictureFault.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 200, PictureFault.BROKEN),
        (b"\xff\xd8\xff\xe0" + b"q" * 300, PictureFault.BROKEN),
    ],
    ids=["missing", "empty", "binary", "png", "jpeg"],
)
def test_a_file_that_gives_no_picture_says_why(tmp_path, content, fault):
    path = tmp_path / "ảnh.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PictureError) as error:
        load(path)
    assert error.value.fault is fault


@pytest.mark.skipif(os.name == "nt", reason="pipes lie in the file system on Unix alone")
def test_a_pipe_that_nobody_fills_is_no_picture(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    for endless in (tmp_path / "pipe.png", Path("/dev/zero")):
        with pytest.raises(PictureError, match="unreadable"):
            load(endless)


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(PictureError, match="unreadable"):
        load(tmp_path)


def test_a_small_file_of_a_huge_picture_is_refused_before_it_fills_the_memory(tmp_path):
    path = save(tmp_path / "bomb.png", np.zeros((8100, 8100), np.uint8))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(PictureError, match="huge"):
        load(path)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_every_kind_of_picture_comes_as_8_bit_colour(tmp_path, dtype, channels):
    white = np.full((20, 30, channels), np.iinfo(dtype).max, dtype)
    picture = load(save(tmp_path / "a.png", white))
    assert picture.shape == (20, 30, 3)
    assert picture.dtype == np.uint8
    assert picture.min() == 255


def test_what_is_transparent_lies_on_white_paper(tmp_path):
    clear = np.zeros((20, 30, 4), np.uint8)
    assert load(save(tmp_path / "a.png", clear)).min() == 255


def test_a_cut_off_jpeg_is_read_as_far_as_it_goes_or_called_broken(tmp_path):
    path = save(
        tmp_path / "a.jpg", np.random.default_rng(1).integers(0, 255, (200, 200), np.uint8)
    )
    path.write_bytes(path.read_bytes()[:4000])
    try:
        outcome = load(path).shape
    except PictureError as error:
        outcome = error.fault
    assert outcome in ((200, 200, 3), PictureFault.BROKEN)
