"""How well the camera check's limits tell bad pictures from good ones, over a folder of photos.

    python -m benchmarks.camera_measures FOLDER [--json]

FOLDER holds `manifest.json` as for `benchmarks.reading`; its categories say what is wrong with a
picture: blurred, glare, and low contrast (most of those were taken in the dark). Each photo is
measured as the camera check measures a frame, its code read by our `study`. For each fault it
tells the share of faulty photos that the limit catches, the share of the others that it accuses,
and the area under the curve (1: some limit parts them all, 0.5: no better than a coin), which
also stands beside that of a baseline everybody knows: the variance of the Laplacian for blur, the
share of white pixels for glare, the mean grey level for darkness.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.reading import Photo, grey, photos
from kiosk.adapters.opencv import cv2
from kiosk.adapters.picture_measure import PictureMeasure
from kiosk.adapters.reading import open_reader
from kiosk.domain.camera_check import Judged, Look, Say, glare, light, sharpness
from kiosk.ports.camera import Frame
from kiosk.services.camera_check import largest

FAULTS = ("blurred", "glare", "low_contrast_exposure")
OTHER_FAULTS = frozenset({*FAULTS, "bright_spots", "screen_monitor"})
"""Neither good nor of this fault: they are left out of the others."""


class Seen(NamedTuple):
    """A photo and what was measured in it."""

    category: str
    look: Look
    pixels: np.ndarray

    def of_code(self, name: str) -> float | None:
        """A measure of its largest code, by its name there; None where no code was read."""
        value: float | None = None
        if self.look.codes:
            value = getattr(largest(self.look.codes), name)
        return value

    def spread(self) -> float | None:
        """Of the code's edges, or of the picture's."""
        on_code = self.of_code("spread")
        return self.look.spread if on_code is None else on_code


class Fault(NamedTuple):
    """A category, by what it is judged, what then is said, and a baseline: more is worse."""

    category: str
    measure: Callable[[Seen], float | None]
    judged: Callable[[Seen], Judged]
    accused: frozenset[Say]
    baseline: str
    plain: Callable[[Seen], float]


def laplacian(seen: Seen) -> float:
    return -float(cv2.Laplacian(grey(seen.pixels), cv2.CV_64F).var())


def whiteness(seen: Seen) -> float:
    return float((grey(seen.pixels) >= 250).mean())


JUDGED = (
    Fault(
        *("blurred", Seen.spread, lambda seen: sharpness(seen.spread())),
        *(frozenset({Say.SOFT, Say.BLURRED}), "variance of Laplacian", laplacian),
    ),
    Fault(
        *(
            "glare",
            lambda seen: seen.of_code("veil"),
            lambda seen: glare(seen.of_code("veil"), 0.0),
        ),
        *(frozenset({Say.GLARE}), "share of white pixels", whiteness),
    ),
    Fault(
        *("low_contrast_exposure", lambda seen: -(seen.of_code("paper") or seen.look.light)),
        *(
            lambda seen: light(seen.of_code("paper"), seen.look.light),
            frozenset({Say.DARK, Say.DIM}),
        ),
        *("mean grey level", lambda seen: -seen.look.light),
    ),
)


def measured(found: Iterator[Photo]) -> Iterator[Seen]:
    reader = open_reader()
    for photo in found:
        if photo.category.startswith("render"):
            continue
        symbols = reader.study(photo.pixels.data)
        look = PictureMeasure()(Frame(photo.pixels.data, 0.0), symbols)
        yield Seen(photo.category, look, photo.pixels)


def area(bad: Sequence[float], good: Sequence[float]) -> float:
    """Of the curve of hits against false alarms: how often a bad one measures worse."""
    worse = sum((one > other) + 0.5 * (one == other) for one in bad for other in good)
    return worse / (len(bad) * len(good))


def row(fault: Fault, seen: Sequence[Seen]) -> dict[str, object]:
    known = [one for one in seen if fault.measure(one) is not None]
    bad = [one for one in known if one.category == fault.category]
    good = [one for one in known if one.category not in OTHER_FAULTS]

    def accused(ones: Sequence[Seen]) -> float:
        return sum(fault.judged(one).say in fault.accused for one in ones) / len(ones)

    def values(ones: Sequence[Seen]) -> list[float]:
        return [value for one in ones if (value := fault.measure(one)) is not None]

    return {
        "fault": fault.category,
        "photos": len(bad),
        "others": len(good),
        "caught": round(accused(bad), 3),
        "accused": round(accused(good), 3),
        "area": round(area(values(bad), values(good)), 3),
        "baseline": fault.baseline,
        "baseline_area": round(
            area([fault.plain(one) for one in bad], [fault.plain(one) for one in good]), 3
        ),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, metavar="FOLDER")
    arguments.add_argument("--json", action="store_true", help="one object a line")
    chosen = arguments.parse_args()
    seen = list(measured(photos(chosen.folder, "all")))
    if not chosen.json:
        print("fault                   photos others  caught accused   area  baseline")
    for fault in JUDGED:
        if not any(one.category == fault.category for one in seen):
            continue
        told = row(fault, seen)
        if chosen.json:
            print(json.dumps(told))
        else:
            print(
                f"{told['fault']:23} {told['photos']:6} {told['others']:6} {told['caught']:7.0%} "
                f"{told['accused']:7.0%} {told['area']:6.2f}  "
                f"{told['baseline_area']:.2f} {told['baseline']}"
            )


if __name__ == "__main__":
    main()
