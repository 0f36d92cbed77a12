"""From the first frame in which any decoder reads a code to its acceptance by the scan loop.

    python -m benchmarks.live [FOLDER] [--photos 12] [--part tune|held|all] [--window] [--json]

Films made from photos of a folder with a manifest (`benchmarks.reading` says what that is;
without FOLDER those of the tests) are played at 30 frames a second through the real scan loop,
which misses frames when it is late. Each kind of film is a way in which people hold codes. What
is readable is asked of zbar and zxing-cpp beforehand, in all their picture variants on each
frame. Plain `pyzbar.decode` and zxing-cpp alone are played the same films. Time is that of the
processor, so that other programs do not stretch it; with `--window` it is the clock's, the loop
runs on its thread as in the desk, and a window draws each frame. `--steps` tells instead what
each step of the live schedule reads in the films' frames, adds to those before it, and costs.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import mean, quantiles
from typing import NamedTuple

import numpy as np

from benchmarks.parts.live_films import EMPTY, KINDS, PACE, Held, Studio, held_photos
from benchmarks.parts.live_players import Notes, desk_ways, plain_ways, play, play_in_window
from benchmarks.reading import FEW, Look, canonical, ladder, print_rows
from kiosk.adapters import decoder_zbar, decoder_zxing, views
from kiosk.adapters.reading import EACH_FRAME, TURNS, LadderReader, Step, open_reader
from kiosk.domain.payload import parse
from kiosk.ports.decoder import Reader

_ZBAR, _ZXING, _HISTOGRAM = decoder_zbar.NAME, decoder_zxing.NAME, decoder_zxing.HISTOGRAM
ANY_DECODER: tuple[Step, ...] = (
    (_ZXING, views.plain),
    (_HISTOGRAM, views.plain),
    (_HISTOGRAM, views.middle),
    (_ZXING, views.brighter),
    (_ZXING, views.darker),
    (_ZXING, views.sharper),
    (_ZXING, views.softened_threshold),
    (_ZXING, views.half),
    (_ZBAR, views.lighter),
    (_ZBAR, views.plain),
    (_ZBAR, views.half),
    (_ZBAR, views.small),
    (_ZBAR, views.softened_threshold),
    (_ZBAR, views.inverted),
)
"""What counts as readable: both decoders, in each variant of the picture."""


class Outcome(NamedTuple):
    """How one way fared with one film.

    Attributes:
        readable: number of the first frame that any decoder reads; None: no frame.
        accepted: number of the frame that was accepted; None: not read.
        seconds: from the taking of the first readable frame to the acceptance.
        false: texts that are not in the picture.
        share: of the film's time in which the processor worked for it.
    """

    kind: str
    held: bool
    readable: int | None
    accepted: int | None
    seconds: float
    false: int
    share: float


def right(payload: bytes, held: Held) -> bool:
    return canonical(parse(payload).text) in (held.photo.expected or ())


def first_readable(film: list[np.ndarray], held: Held, reader: LadderReader) -> int | None:
    for number, frame in enumerate(film[EMPTY:], EMPTY):
        for step in ANY_DECODER:
            if any(right(one.payload, held) for one in reader.step(frame.data, step)):
                return number
    return None


def outcome(kind: str, held: Held, readable: int | None, notes: Notes, share: float) -> Outcome:
    good = [scan for scan in notes.scans if right(scan[0], held)]
    false = len(notes.scans) - len(good)
    if not good:
        return Outcome(kind, held.photo.held, readable, None, 0.0, false, share)
    _, accepted, at = good[0]
    since = max(0.0, at - (accepted if readable is None else readable) / PACE)
    return Outcome(kind, held.photo.held, readable, accepted, since, false, share)


def show(
    helds: list[Held],
    ways: dict[str, Callable[[Studio], Reader]],
    player: Callable[..., tuple[Notes, float]],
) -> dict[str, list[Outcome]]:
    studio, judge = Studio(), open_reader()
    told: dict[str, list[Outcome]] = {way: [] for way in ways}
    for held in helds:
        for name, kind in KINDS.items():
            film = studio.film(held, kind)
            readable = first_readable(film, held, judge)
            for way, make in ways.items():
                notes, share = player(film, make(studio))
                told[way].append(outcome(name, held, readable, notes, share))
    return told


def summary(way: str, kind: str, some: list[Outcome]) -> dict[str, object]:
    readable = [one for one in some if one.readable is not None]
    read = [one for one in readable if one.accepted is not None]
    late = [one.seconds * 1000 for one in read]
    frames = [(one.accepted or 0) - (one.readable or 0) for one in read]
    row: dict[str, object] = {"kind": kind, "way": way, "films": len(some)}
    row |= {"readable": len(readable), "read": len(read)}
    row["beyond"] = sum(one.readable is None and one.accepted is not None for one in some)
    row["false"] = sum(one.false for one in some)
    for name, values in (("ms", late), ("frames", frames)):
        p50, p95 = (round(value, 1) for value in middle_and_end(values))
        row |= {f"p50_{name}": p50, f"p95_{name}": p95}
    row["processor"] = f"{mean(one.share for one in some):.0%}"
    return row


def middle_and_end(values: "list[float] | list[int]") -> tuple[float, float]:
    if len(values) < 2:
        return (values[0], values[0]) if values else (float("nan"), float("nan"))
    cuts = quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def table(told: dict[str, list[Outcome]]) -> Iterator[dict[str, object]]:
    for kind in KINDS:
        for way, some in told.items():
            yield summary(way, kind, [one for one in some if one.kind == kind])
    for part, keep in (("all", (True, False)), ("tuned on", (False,)), ("held out", (True,))):
        for way, some in told.items():
            kept = [one for one in some if one.held in keep]
            if kept:
                yield summary(way, part, kept)


def steps(helds: list[Held], schedule: tuple[Step, ...], every: int) -> list[dict[str, object]]:
    """Each step of the schedule by itself, over each so-manieth frame of the films."""
    studio = Studio()
    looks: dict[str, list[Look]] = {f"{step[0]}, {step[1].__name__}": [] for step in schedule}
    for held in helds:
        for name, kind in KINDS.items():
            reader = open_reader()
            for number, frame in enumerate(studio.film(held, kind)):
                if number % every:
                    continue
                photo = held.photo._replace(file=f"{held.photo.file} {name} {number}")
                for step, some in zip(schedule, looks.values(), strict=True):
                    begin = time.thread_time()
                    read = reader.step(frame.data, step)
                    ms = (time.thread_time() - begin) * 1000
                    texts = {canonical(parse(symbol.payload).text) for symbol in read}
                    some.append(Look(photo, texts, ms))
    return list(ladder(looks))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=FEW)
    arguments.add_argument("--photos", type=int, default=12, help="of so many films are made")
    arguments.add_argument("--part", choices=("tune", "held", "all"), default="all")
    arguments.add_argument("--steps", action="store_true", help="each step of the schedule")
    arguments.add_argument("--window", action="store_true", help="by the clock, with a window")
    arguments.add_argument("--json", action="store_true", help="one object a line")
    chosen = arguments.parse_args()
    helds = held_photos(chosen.folder, chosen.part, chosen.photos)
    if chosen.steps:
        schedule = tuple(dict.fromkeys((*EACH_FRAME, *chain(*TURNS))))
        print_rows(steps(helds, schedule, every=3), as_json=chosen.json)
        return
    if chosen.window:
        told = show(helds, desk_ways(), play_in_window)
    else:
        told = show(helds, plain_ways(), play)
    print_rows(list(table(told)), as_json=chosen.json)


if __name__ == "__main__":
    main()
