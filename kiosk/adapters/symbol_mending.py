"""Mends a symbol that was read module by module: what is doubtful is taken as missing.

A decoder corrects half as many wrong codewords as there are for correction; of codewords known
to be doubtful, under glare or a scratch, twice as many can be made good (Forney's generalised
minimum distance). The mended symbol is drawn anew and read by a decoder, which checks it.
"""

import functools
from math import comb, log2

import numpy as np
import numpy.typing as npt
from qrcode.base import rs_blocks
from qrcode.util import BCH_type_info, BCH_type_number, mask_func

from kiosk.adapters.reed_solomon import Codewords, corrected
from kiosk.adapters.symbol_grid import Floats, fixed_modules
from kiosk.adapters.views import Grey

_SURE = 24  # bits by which a block that was mended must be likelier than chance
_DOTS = 4
_QUIET = 4
_NAMED = 45  # modules a side of version 7, the first that names itself
_TIMING = 6  # row and column


def mended(lightness: Floats) -> Grey | None:
    """The symbol drawn anew from how light its modules are, or None where too much is wrong."""
    size = len(lightness)
    level, mask = _format(lightness)
    rows, columns = _order(size)
    flip = _flip(size, mask)[rows, columns]
    bits = lightness[rows, columns] < 0
    doubt = np.abs(lightness[rows, columns])
    count = len(rows) // 8
    codewords = np.packbits(bits ^ flip)[:count]
    doubts = np.partition(doubt[: count * 8].reshape(count, 8), 1, axis=1)[:, :2].sum(axis=1)
    right = codewords.copy()
    for places, checks in _blocks((size - 17) // 4, level):
        block = _corrected(codewords[places], doubts[places], checks)
        if block is None:
            return None
        right[places] = block
    dark = fixed_modules(size) < 0
    drawn = np.unpackbits(right).astype(bool)
    dark[rows[: len(drawn)], columns[: len(drawn)]] = drawn ^ flip[: len(drawn)]
    rest = slice(len(drawn), None)
    dark[rows[rest], columns[rest]] = flip[rest]
    _write_format(dark, level, mask)
    _write_version(dark)
    return _drawn(dark)


def _drawn(dark: npt.NDArray[np.bool_]) -> Grey:
    framed = np.pad(dark, _QUIET)
    return np.where(np.kron(framed, np.ones((_DOTS, _DOTS), bool)), 0, 255).astype(np.uint8)


@functools.lru_cache(maxsize=1)
def _formats() -> tuple[tuple[int, int, npt.NDArray[np.float32]], ...]:
    found = []
    for level in range(4):
        for mask in range(8):
            word = BCH_type_info(level << 3 | mask)
            signs = [-1.0 if word >> bit & 1 else 1.0 for bit in range(15)]
            found.append((level, mask, np.array(signs, np.float32)))
    return tuple(found)


def _format_places(size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Rows and columns of the two copies, bit 0 first."""
    upright = [(i, 8) for i in range(6)] + [(7, 8), (8, 8)]
    upright += [(size - 15 + i, 8) for i in range(8, 15)]
    level = [(8, size - 1 - i) for i in range(8)] + [(8, 7)] + [(8, 14 - i) for i in range(9, 15)]
    return upright, level


def _format(lightness: Floats) -> tuple[int, int]:
    """Level and mask: the likeliest of the 32 words, from both copies together."""
    upright, level = _format_places(len(lightness))
    read = np.array([lightness[at] for at in upright]) + np.array([lightness[at] for at in level])
    likeliest = max(_formats(), key=lambda word: float(read @ word[2]))
    return likeliest[0], likeliest[1]


def _write_format(dark: npt.NDArray[np.bool_], level: int, mask: int) -> None:
    word = BCH_type_info(level << 3 | mask)
    for places in _format_places(len(dark)):
        for bit, at in enumerate(places):
            dark[at] = bool(word >> bit & 1)
    dark[len(dark) - 8, 8] = True


def _write_version(dark: npt.NDArray[np.bool_]) -> None:
    size = len(dark)
    if size < _NAMED:
        return
    word = BCH_type_number((size - 17) // 4)
    for bit in range(18):
        row, column = bit // 3, bit % 3 + size - 11
        dark[row, column] = dark[column, row] = bool(word >> bit & 1)


@functools.lru_cache(maxsize=64)
def _order(size: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the symbol's own modules, in the order of their bits."""
    own = fixed_modules(size) == 0
    for places in _format_places(size):
        for at in places:
            own[at] = False
    if size >= _NAMED:
        own[:6, size - 11 : size - 8] = own[size - 11 : size - 8, :6] = False
    order = []
    up = True
    column = size - 1
    while column > 0:
        if column == _TIMING:
            column -= 1
        for row in range(size - 1, -1, -1) if up else range(size):
            order += [(row, c) for c in (column, column - 1) if own[row, c]]
        up = not up
        column -= 2
    rows, columns = zip(*order, strict=True)
    return np.array(rows, np.intp), np.array(columns, np.intp)


@functools.lru_cache(maxsize=64)
def _flip(size: int, mask: int) -> npt.NDArray[np.bool_]:
    flips = mask_func(mask)
    return np.array([[bool(flips(row, column)) for column in range(size)] for row in range(size)])


@functools.lru_cache(maxsize=64)
def _blocks(version: int, level: int) -> tuple[tuple[npt.NDArray[np.intp], int], ...]:
    """Which codewords of the symbol make each block, and how many of them are for correction."""
    blocks = rs_blocks(version, level)
    shares: list[list[int]] = [[] for _ in blocks]
    at = 0
    for turn in range(max(block.data_count for block in blocks)):
        for share, block in zip(shares, blocks, strict=True):
            if turn < block.data_count:
                share.append(at)
                at += 1
    for _ in range(blocks[0].total_count - blocks[0].data_count):
        for share in shares:
            share.append(at)
            at += 1
    return tuple(
        (np.array(share, np.intp), block.total_count - block.data_count)
        for share, block in zip(shares, blocks, strict=True)
    )


def _corrected(
    block: Codewords, doubts: npt.NDArray[np.floating], checks: int
) -> Codewords | None:
    """The block made right, taking more and more of the doubtful codewords as missing."""
    doubtful = [int(place) for place in np.argsort(doubts, kind="stable")]
    for count in range(0, checks - 1, 2):
        missing = doubtful[:count]
        right = corrected(block, missing, checks)
        if right is not None and _sure(block, right, missing, checks):
            return right
    return None


def _sure(block: Codewords, right: Codewords, missing: list[int], checks: int) -> bool:
    """True where a word of chance would hardly ever have come out as well."""
    errors = len(set(np.flatnonzero(right != block).tolist()).difference(missing))
    choices = log2(comb(len(block) - len(missing), errors))
    spare = 8 * (checks - len(missing) - errors)
    return spare - choices >= _SURE
