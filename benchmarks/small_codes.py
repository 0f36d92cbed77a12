"""How small the code of a citizen card may be, in pixels a module of a 1920x1080 frame.

    python -m benchmarks.small_codes [--cards N] [--blur PIXELS] [--sizes 3,2,1.5] [--json]

Each card (41 modules a side, all different) is held somewhere in the frame by a hand that is not
quite still, turned a little, seen through a lens's blur, a sensor's noise and JPEG
(`tests/held_cards.py`). Plain `pyzbar.decode`, zxing-cpp and our `study` look at its first frame;
zxing-cpp and our `glance` look at up to 15 frames, half a second, one after the other. `false`
counts texts that are on no card. Milliseconds a frame are of the processor, and stand beside
those of `pyzbar.decode` and zxing-cpp on the same frames.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from statistics import mean, quantiles
from typing import Any, NamedTuple

import numpy as np
import zxingcpp
from pyzbar import pyzbar

from kiosk.adapters.opencv import cv2
from kiosk.adapters.reading import open_reader
from tests.held_cards import Lens, card_text, film

SIZES = (3.0, 2.5, 2.0, 1.75, 1.625, 1.5, 1.375, 1.25, 1.0)
FRAMES = 15
QR_MODEL_2: Any = zxingcpp.BarcodeFormat.QRCodeModel2  # its stub forgets that one will do

Texts = set[bytes]
Read = Callable[[np.ndarray], Texts]


class Way(NamedTuple):
    """A way to read, and for how many frames it may try."""

    name: str
    frames: int
    make: Callable[[], Read]


def grey(frame: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def plain_pyzbar(frame: np.ndarray) -> Texts:
    found = pyzbar.decode(grey(frame), symbols=[pyzbar.ZBarSymbol.QRCODE])
    # pyzbar guesses the character set: by the number, what it read is the card's all the same
    return {_number(symbol.data) for symbol in found}


def plain_zxing(frame: np.ndarray) -> Texts:
    found = zxingcpp.read_barcodes(grey(frame), formats=QR_MODEL_2)
    return {bytes(barcode.bytes) for barcode in found}


def ours(*, live: bool) -> Read:
    reader = open_reader()
    look = reader.glance if live else reader.study

    def read(frame: np.ndarray) -> Texts:
        return {symbol.payload for symbol in look(frame.data)}

    return read


def _number(text: bytes) -> bytes:
    return text.split(b"|")[0]


WAYS = (
    Way("pyzbar, one frame", 1, lambda: plain_pyzbar),
    Way("zxing-cpp, one frame", 1, lambda: plain_zxing),
    Way("kiosk, still", 1, lambda: ours(live=False)),
    Way(f"zxing-cpp, {FRAMES} frames", FRAMES, lambda: plain_zxing),
    Way(f"kiosk, live, {FRAMES} frames", FRAMES, lambda: ours(live=True)),
)


class Tried(NamedTuple):
    """How one way fared with one card: the frame that read it, from 1; 0 where none did."""

    frame: int
    false: int
    times: list[float]


def attempt(way: Way, frames: list[np.ndarray], number: int) -> Tried:
    read, times, false = way.make(), [], 0
    text = card_text(number).encode()
    right = {text, _number(text)}
    for count, frame in enumerate(frames[: way.frames], 1):
        begin = time.thread_time()
        texts = read(frame)
        times.append((time.thread_time() - begin) * 1000)
        false += len(texts - right)
        if texts & right:
            return Tried(count, false, times)
    return Tried(0, false, times)


def rows(sizes: list[float], cards: int, lens: Lens) -> Iterator[dict[str, object]]:
    for size in sizes:
        tried: dict[str, list[Tried]] = {way.name: [] for way in WAYS}
        for number in range(cards):
            frames = list(film(number, size, FRAMES, lens=lens))
            for way in WAYS:
                tried[way.name].append(attempt(way, frames, number))
        pyzbar_ms = typical(tried[WAYS[0].name])
        zxing_ms = typical(tried[WAYS[1].name])
        for name, attempts in tried.items():
            times = [ms for one in attempts for ms in one.times]
            yield {
                "pixels_a_module": size,
                "way": name,
                "read": mean(one.frame > 0 for one in attempts),
                "frame": sorted(one.frame or FRAMES + 1 for one in attempts)[len(attempts) // 2],
                "false": sum(one.false for one in attempts),
                "ms": round(mean(times), 1),
                "p95_ms": round(quantiles(times, n=20)[-1], 1),
                "to_pyzbar": round(mean(times) / pyzbar_ms, 2),
                "to_zxing": round(mean(times) / zxing_ms, 2),
            }


def typical(attempts: list[Tried]) -> float:
    return mean(ms for one in attempts for ms in one.times)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cards", type=int, default=30, help="at each size; default 30")
    arguments.add_argument("--blur", type=float, default=Lens().blur, help="pixels, of the lens")
    arguments.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pixels a module")
    arguments.add_argument("--json", action="store_true", help="one object a line")
    chosen = arguments.parse_args()
    sizes = [float(size) for size in chosen.sizes.split(",")]
    if not chosen.json:
        print(
            "px/module  way                      read  median frame  false    ms   p95 ms "
            " / pyzbar  / zxing"
        )
    for row in rows(sizes, chosen.cards, Lens(blur=chosen.blur)):
        if chosen.json:
            print(json.dumps(row), flush=True)
            continue
        frame = row["frame"] if row["frame"] != FRAMES + 1 else "-"
        print(
            f"{row['pixels_a_module']:9}  {row['way']:23} {row['read']:5.0%} {frame:>13} "
            f"{row['false']:6} {row['ms']:6} {row['p95_ms']:8} {row['to_pyzbar']:9} "
            f"{row['to_zxing']:8}",
            flush=True,
        )


if __name__ == "__main__":
    main()
