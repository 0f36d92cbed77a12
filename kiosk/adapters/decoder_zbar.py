"""Reads QR symbols with libzbar through pyzbar: the first decoder, as exact bytes.

Two traps are closed here. pyzbar's own `decode` takes the blue channel of a colour picture, so
only one grey plane is handed in. And libzbar guesses Shift-JIS, Latin-1 and Big5 before UTF-8:
up to 70 % of short Vietnamese texts come back wrong and some lose a "|" (zbar#212), so its
scanner is told to give bytes (`ZBAR_CFG_BINARY`, since 0.23.1). pyzbar's wheel for Windows
carries an older one; there a text outside ASCII is read again by the second decoder.
"""

from collections.abc import Iterator
from ctypes import c_void_p, string_at
from math import atan2
from types import ModuleType
from typing import Any

import numpy as np

from kiosk.adapters.guessed_text import bytes_before_guess
from kiosk.adapters.places import same_place
from kiosk.ports.decoder import Decoder, DecoderMissingError, Point, Symbol

NAME = "zbar"
_Y800 = 0x30303859  # one grey byte a pixel
_ALL, _QR = 0, 64
_ENABLE, _BINARY = 0, 4


def open_zbar(second: Decoder | None) -> "ZbarDecoder":
    """The decoder. Raises DecoderMissingError.

    Args:
        second: reads again what an old libzbar only guesses.
    """
    try:
        from pyzbar import wrapper  # noqa: PLC0415 - loads libzbar; the desk starts without it
    except (ImportError, OSError, AttributeError) as error:
        msg = f"the first decoder (libzbar) does not load: {error}"
        raise DecoderMissingError(msg) from error
    return ZbarDecoder(wrapper, second)


class ZbarDecoder:
    """libzbar on QR alone, with one scanner that is kept."""

    def __init__(self, wrapper: ModuleType, second: Decoder | None) -> None:
        self._zbar = wrapper
        self._second = second
        self._scanner = wrapper.zbar_image_scanner_create()
        self._set(_ALL, _ENABLE, 0)  # all symbologies cost five times QR alone
        self._set(_QR, _ENABLE, 1)
        self.gives_bytes = self._set(_QR, _BINARY, 1)

    @property
    def name(self) -> str:
        """Always "zbar"."""
        return NAME

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol in `plane` whose bytes are certain."""
        if not plane.nbytes:
            return ()
        symbols = tuple(self._scan(plane))
        if self.gives_bytes or all(symbol.payload.isascii() for symbol in symbols):
            return symbols
        return self._made_certain(symbols, plane)

    def _set(self, symbology: int, config: int, value: int) -> bool:
        """True where this libzbar knows the configuration."""
        set_config = self._zbar.zbar_image_scanner_set_config
        return bool(set_config(self._scanner, symbology, config, value) == 0)

    def _scan(self, plane: memoryview) -> Iterator[Symbol]:
        pixels = np.asarray(plane)  # holds the address while libzbar looks at it
        height, width = pixels.shape
        image = self._zbar.zbar_image_create()
        try:
            self._zbar.zbar_image_set_format(image, _Y800)
            self._zbar.zbar_image_set_size(image, width, height)
            address = c_void_p(pixels.ctypes.data)
            self._zbar.zbar_image_set_data(image, address, plane.nbytes, None)
            self._zbar.zbar_scan_image(self._scanner, image)
            found = self._zbar.zbar_image_first_symbol(image)
            while found:
                if found.contents.type == _QR:
                    yield self._symbol(found)
                found = self._zbar.zbar_symbol_next(found)
        finally:
            self._zbar.zbar_image_destroy(image)

    def _symbol(self, found: Any) -> Symbol:  # noqa: ANN401 - a ctypes pointer
        zbar = self._zbar
        length = zbar.zbar_symbol_get_data_length(found)
        corners = [
            (
                float(zbar.zbar_symbol_get_loc_x(found, i)),
                float(zbar.zbar_symbol_get_loc_y(found, i)),
            )
            for i in range(zbar.zbar_symbol_get_loc_size(found))
        ]
        return Symbol(
            string_at(zbar.zbar_symbol_get_data(found), length), _clockwise(corners), NAME
        )

    def _made_certain(self, symbols: tuple[Symbol, ...], plane: memoryview) -> tuple[Symbol, ...]:
        """`symbols` with each guess replaced by bytes that are certain, or left out."""
        certain = list(self._second.decode(plane)) if self._second else []
        kept: list[Symbol] = []
        for symbol in symbols:
            again = next((other for other in certain if same_place(symbol, other)), None)
            payload = symbol.payload
            if payload.isascii():
                kept.append(
                    symbol
                )  # certain by itself: where the second reads otherwise, it shows
            elif again is not None:
                kept.append(again)
            elif (repaired := bytes_before_guess(payload)) is not None:
                kept.append(Symbol(repaired, symbol.corners, NAME))
        return tuple(kept)


def _clockwise(corners: list[Point]) -> tuple[Point, ...]:
    """The corners in the order of the port; libzbar gives them the other way round."""
    if not corners:
        return ()
    middle_x = sum(x for x, _ in corners) / len(corners)
    middle_y = sum(y for _, y in corners) / len(corners)
    return tuple(sorted(corners, key=lambda c: atan2(c[1] - middle_y, c[0] - middle_x)))
