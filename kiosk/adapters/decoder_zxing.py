"""Reads QR symbols with zxing-cpp: the second decoder, good at dark screens and dim paper."""

from types import ModuleType
from typing import Any

from kiosk.ports.decoder import DecoderMissingError, Point, Symbol

Corners = tuple[Point, ...]

NAME = "zxing"
HISTOGRAM = "zxing by histogram"
_DECLARED_CHARSET = ("]Q2", "]Q4", "]Q6")


def open_zxing(*, histogram: bool = False) -> "ZxingDecoder":
    """The decoder. Raises DecoderMissingError.

    Args:
        histogram: tell dark from light for the whole picture rather than by neighbourhoods.
    """
    try:
        import zxingcpp  # noqa: PLC0415 - the desk starts without it too
    except (ImportError, OSError) as error:
        msg = f"the second decoder (zxing-cpp) does not load: {error}"
        raise DecoderMissingError(msg) from error
    return ZxingDecoder(zxingcpp, histogram=histogram)


class ZxingDecoder:
    """zxing-cpp on QR model 2 alone; Micro QR and rMQR are not what people hold up."""

    def __init__(self, zxingcpp: ModuleType, *, histogram: bool = False) -> None:
        self._zxingcpp = zxingcpp
        ways = zxingcpp.Binarizer
        self._binarizer = ways.GlobalHistogram if histogram else ways.LocalAverage
        self._name = HISTOGRAM if histogram else NAME

    @property
    def name(self) -> str:
        """`NAME` or `HISTOGRAM`; what it reads is signed with `NAME` either way."""
        return self._name

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol in `plane`, inverted ones too."""
        return self.look(plane)[0]

    def look(self, plane: memoryview) -> tuple[tuple[Symbol, ...], tuple[Corners, ...]]:
        """Every symbol, and where symbols lie that could not be read (for no more time)."""
        seen = self._read(plane, self._zxingcpp.TextMode.HexECI)
        found = [barcode for barcode in seen if barcode.valid]
        unread = tuple(_place(barcode) for barcode in seen if not barcode.valid)
        if any(_declares_charset(barcode) for barcode in found):
            again = self._read(plane, self._zxingcpp.TextMode.Plain)
            texts = {_place(barcode): barcode.text for barcode in again if barcode.valid}
        else:
            texts = {}
        return tuple(_symbol(barcode, texts) for barcode in found), unread

    def _read(self, plane: memoryview, text_mode: object) -> list[Any]:
        if not plane.nbytes:
            return []
        return list(
            self._zxingcpp.read_barcodes(
                plane,
                formats=self._zxingcpp.BarcodeFormat.QRCodeModel2,
                text_mode=text_mode,
                binarizer=self._binarizer,
                return_errors=True,
            )
        )


def _declares_charset(barcode: Any) -> bool:  # noqa: ANN401 - zxingcpp.Barcode
    """True where the symbol names its character set (ECI)."""
    return bytes.fromhex(barcode.text[:8]).decode("ascii") in _DECLARED_CHARSET


def _symbol(barcode: Any, texts: dict[Any, str]) -> Symbol:  # noqa: ANN401
    """The symbol; a declared character set is turned into UTF-8, as libzbar does with it."""
    declared = texts.get(_place(barcode)) if _declares_charset(barcode) else None
    payload = bytes(barcode.bytes) if declared is None else declared.encode()
    return Symbol(payload, _place(barcode), NAME)


def _place(barcode: Any) -> Corners:  # noqa: ANN401
    position = barcode.position
    corners = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    return tuple((float(corner.x), float(corner.y)) for corner in corners)
