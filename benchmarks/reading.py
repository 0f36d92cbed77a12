"""What each decoder reads alone and what ours does, over a folder of photos with a manifest.

    python -m benchmarks.reading FOLDER [--part tune|held|all] [--chart FILE.png] [--json]

All look at the same picture in turn, one thread. A third of the pictures, by the hash of their
names, is held out: the ladder was tuned on the others. Milliseconds are of the processor, so
that other programs do not stretch them. FOLDER holds `manifest.json`: a list of `file`,
`category` and `expected` (texts; none: nothing to read; null: nobody knows). Without FOLDER it
takes the pictures of the tests, which are few. `--steps` tells what each step of the ladder
reads alone, and what it adds to those before it.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import numpy as np
import zxingcpp
from pyzbar import pyzbar

from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.adapters.reading import FIRST, RESCUES, SECOND, Step, open_reader
from kiosk.domain.payload import parse

FEW = Path(__file__).parents[1] / "tests/data/qr-images"
HELD_ONE_OF = 3
OURS = "kiosk"
QR_MODEL_2: Any = zxingcpp.BarcodeFormat.QRCodeModel2  # its stub forgets that one will do

Texts = set[str]
Read = Callable[[np.ndarray], Texts]


class Photo(NamedTuple):
    """A picture and what is to be read in it; None: nobody knows."""

    file: str
    category: str
    expected: Texts | None
    held: bool
    pixels: np.ndarray


class Look(NamedTuple):
    """What one way read in one picture."""

    photo: Photo
    texts: Texts
    ms: float

    @property
    def hit(self) -> bool:
        """True where a text came back that is there."""
        return bool(self.photo.expected and self.texts & self.photo.expected)


def held(file: str) -> bool:
    """True for the third on which nothing is tuned."""
    return hashlib.sha256(file.encode()).digest()[0] % HELD_ONE_OF == 0


def photos(folder: Path, part: str) -> Iterator[Photo]:
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        file, expected = entry["file"], entry["expected"]
        if part in ("all", "held" if held(file) else "tune"):
            texts = None if expected is None else {canonical(text) for text in expected}
            pixels = np.asarray(load(folder / file))
            yield Photo(file, entry["category"], texts, held(file), pixels)


def canonical(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def grey(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)


def plain_pyzbar(pixels: np.ndarray) -> Texts:
    found = pyzbar.decode(grey(pixels), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return {symbol.data.decode("utf-8", "replace") for symbol in found}


def plain_zxing(pixels: np.ndarray) -> Texts:
    found = zxingcpp.read_barcodes(grey(pixels), formats=QR_MODEL_2)
    return {barcode.text for barcode in found}


def opencv(detector: "cv2.QRCodeDetector | cv2.QRCodeDetectorAruco") -> Read:
    def read(pixels: np.ndarray) -> Texts:
        try:
            _, texts, _, _ = detector.detectAndDecodeMulti(grey(pixels))
        except (cv2.error, UnicodeDecodeError):
            return set()
        return set(texts)

    return read


def ways() -> dict[str, Read]:
    reader = open_reader()

    def ours(pixels: np.ndarray) -> Texts:
        return {parse(symbol.payload).text for symbol in reader.study(pixels.data)}

    return {
        "pyzbar": plain_pyzbar,
        "zxing-cpp": plain_zxing,
        "OpenCV": opencv(cv2.QRCodeDetector()),
        "OpenCV Aruco": opencv(cv2.QRCodeDetectorAruco()),
        OURS: ours,
    }


def steps() -> dict[str, Read]:
    """Each step of the ladder by itself, in its order."""
    reader = open_reader()

    def by(step: Step) -> Read:
        return lambda pixels: {
            parse(symbol.payload).text for symbol in reader.step(pixels.data, step)
        }

    return {f"{step[0]}, {step[1].__name__}": by(step) for step in (FIRST, SECOND, *RESCUES)}


def look(read: Read, photo: Photo) -> Look:
    begin = time.thread_time()
    texts = read(photo.pixels)
    taken = (time.thread_time() - begin) * 1000
    return Look(photo, {canonical(text) for text in texts} - {""}, taken)


def told(looks: list[Look]) -> dict[str, float]:
    """Of some looks: how many pictures, with a known text, read, false texts, milliseconds."""
    false = sum(
        len(one.texts - one.photo.expected) for one in looks if one.photo.expected is not None
    )
    times = [one.ms for one in looks]
    return {
        "pictures": len(looks),
        "known": sum(bool(one.photo.expected) for one in looks),
        "read": sum(one.hit for one in looks),
        "false": false,
        "median_ms": round(median(times), 1),
        "p95_ms": round(quantiles(times, n=20)[-1] if len(times) > 1 else times[0], 1),
    }


def table(looks: dict[str, list[Look]]) -> list[dict[str, object]]:
    """Each way over all, over the two parts, with the ratio to those everyone has."""
    rows: list[dict[str, object]] = []
    for part, keep in (("all", (True, False)), ("tuned on", (False,)), ("held out", (True,))):
        base = {
            way: told([one for one in some if one.photo.held in keep])
            for way, some in looks.items()
            if any(one.photo.held in keep for one in some)
        }
        for way, row in base.items():
            share = row["read"] / max(1, row["known"])
            ratios = {
                f"to_{other}": round(row["read"] / max(1, base[other]["read"]), 3)
                for other in ("pyzbar", "zxing-cpp")
                if other in base
            }
            rows.append({"part": part, "way": way, **row, "share": round(share, 3), **ratios})
    return rows


def by_category(looks: dict[str, list[Look]]) -> dict[str, dict[str, str]]:
    """For each category with known texts: read of known, for each way."""
    rows: dict[str, dict[str, str]] = {}
    for way, some in looks.items():
        for category in sorted({one.photo.category for one in some if one.photo.expected}):
            row = told([one for one in some if one.photo.category == category])
            rows.setdefault(category, {})[way] = f"{row['read']}/{row['known']}"
    return rows


def chart(rows: dict[str, dict[str, str]], ways: list[str], file: Path) -> None:
    """One line a category, one bar a way."""
    line, left, length, bar = 22 * len(ways) + 18, 260, 620, 18
    picture = np.full((line * len(rows) + 20, left + length + 110, 3), 255, np.uint8)
    colours = [(170, 170, 170), (200, 160, 110), (140, 190, 220), (110, 200, 170), (70, 120, 30)]
    font, black = cv2.FONT_HERSHEY_SIMPLEX, (40, 40, 40)
    for i, (category, counts) in enumerate(rows.items()):
        top = 10 + i * line
        cv2.putText(picture, category, (8, top + 16), font, 0.5, black, 1, cv2.LINE_AA)
        for j, way in enumerate(ways):
            read, known = map(int, counts[way].split("/"))
            y = top + 22 * j
            right = left + round(length * read / known)
            cv2.rectangle(picture, (left, y), (right, y + bar), colours[j % len(colours)], -1)
            label = f"{way} {counts[way]}"
            cv2.putText(picture, label, (left + 6, y + 14), font, 0.42, black, 1, cv2.LINE_AA)
    written, content = cv2.imencode(".png", picture)
    if written:
        file.write_bytes(content.tobytes())


def ladder(looks: dict[str, list[Look]]) -> Iterator[dict[str, object]]:
    """For each step: read alone, added after those before it, its milliseconds where it is due."""
    done: set[str] = set()
    for way, some in looks.items():
        due = [one for one in some if one.photo.file not in done]
        added = {one.photo.file for one in due if one.hit}
        alone = sum(one.hit for one in some)
        ms = round(sum(one.ms for one in due) / max(1, len(due)), 1)
        yield {"step": way, "alone": alone, "adds": len(added), "due": len(due), "mean_ms": ms}
        done |= added


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=FEW)
    arguments.add_argument("--part", choices=("tune", "held", "all"), default="all")
    arguments.add_argument("--steps", action="store_true", help="each step of the ladder")
    arguments.add_argument("--chart", type=Path, help="draw the categories into this PNG")
    arguments.add_argument("--json", action="store_true", help="one object a line")
    chosen = arguments.parse_args()
    readers = steps() if chosen.steps else ways()
    looks: dict[str, list[Look]] = {way: [] for way in readers}
    for photo in photos(chosen.folder, chosen.part):
        for way, read in readers.items():
            looks[way].append(look(read, photo))
    rows = list(ladder(looks)) if chosen.steps else table(looks)
    print_rows(rows, as_json=chosen.json)
    if chosen.steps:
        return
    categories = by_category(looks)
    print_rows(
        [{"category": category, **row} for category, row in categories.items()],
        as_json=chosen.json,
    )
    if chosen.chart:
        chart(categories, list(readers), chosen.chart)


def print_rows(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            print(json.dumps(row))
        return
    names = list(rows[0])
    widths = [max(len(name), *(len(str(row.get(name, ""))) for row in rows)) for name in names]
    for cells in (names, *([str(row.get(name, "")) for name in names] for row in rows)):
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)))
    print()


if __name__ == "__main__":
    main()
