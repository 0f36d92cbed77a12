"""The symbols we draw: small, of one segment, and read back as they were meant."""

import os

import numpy as np
import pytest
import zxingcpp

from kiosk.adapters.qr_symbol import modules, save_png
from kiosk.domain import issued as codes
from tests.paper_samples import CODE


def test_a_slip_code_is_a_symbol_of_version_two() -> None:
    assert len(modules(CODE)) == 25
    assert {len(row) for row in modules(CODE)} == {25}


def test_whatever_the_code_the_symbol_stays_of_version_two() -> None:
    for tail in ("0" * codes.LENGTH, "Z" * codes.LENGTH, "0Z" * codes.LENGTH, "00000Z" * 9):
        assert len(modules(("KQ1S" + tail)[: codes.LENGTH])) == 25


def test_the_symbol_reads_back() -> None:
    dark = np.array(modules(CODE))
    grey = np.where(np.pad(dark, 4), 0, 255).astype(np.uint8).repeat(3, 0).repeat(3, 1)
    (found,) = zxingcpp.read_barcodes(grey)
    assert found.text == CODE
    assert "EC Level: M" in str(found) or found.ec_level == "M"


@pytest.mark.parametrize(
    "text",
    [
        "https://qr.pccovid.gov.vn/?id=9F",
        "Cổng số 2 – Sở Xây dựng",
        "0123456789",
        "😀 \n|",
        "a" * 2300,
    ],
)
def test_any_text_can_be_put_into_a_symbol(text: str) -> None:
    dark = np.array(modules(text))
    grey = np.where(np.pad(dark, 4), 0, 255).astype(np.uint8).repeat(3, 0).repeat(3, 1)
    (found,) = zxingcpp.read_barcodes(grey)
    assert found.bytes.decode() == text


@pytest.mark.parametrize("text", ["", "X" * 5000, "a" * 2332])
def test_what_no_symbol_holds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="symbol holds"):
        modules(text)


@pytest.mark.skipif(os.name == "nt", reason="access rights as on Unix")
def test_the_picture_of_a_code_that_lets_somebody_in_is_its_owners_alone(tmp_path) -> None:
    save_png("KQ1", tmp_path / "code.png")
    assert (tmp_path / "code.png").stat().st_mode & 0o077 == 0
