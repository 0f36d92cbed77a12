"""Reed and Solomon's code as QR symbols use it: wrong and missing codewords made good.

Polynomials are rows of coefficients, lowest power first, and each step works on whole rows: it
is what lies beyond mending that is tried again and again, and that decides how long a still takes.
"""

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from qrcode.base import EXP_TABLE, LOG_TABLE

Codewords = npt.NDArray[np.uint8]

_FIELD = 255  # alpha to this is one again
_EXP: Codewords = np.array(EXP_TABLE[:_FIELD], np.uint8)
_LOG = np.array(LOG_TABLE, np.intp)


def _products() -> Codewords:
    """Every product of two elements of the field."""
    table = np.zeros((256, 256), np.uint8)
    logs = _LOG[1:]
    table[1:, 1:] = _EXP[(logs[:, None] + logs) % _FIELD]
    return table


_TIMES = _products()
_BY = tuple(row.tobytes() for row in _TIMES)
"""For each element what it makes of every other, for `bytes.translate`."""


def corrected(word: Codewords, missing: Sequence[int], checks: int) -> Codewords | None:
    """The block made right, or None where too much of it is wrong.

    Args:
        word: the codewords as they were read, those for correction last.
        missing: places in `word` that are not to be believed; two of them count as one error.
        checks: how many codewords are for correction.
    """
    syndromes = _syndromes(word, checks)
    if not syndromes.any():
        return word
    places = [len(word) - 1 - place for place in missing]
    locator, evaluator = _locator(syndromes.tobytes(), places)
    wrong = len(locator) - 1
    if 2 * wrong - len(missing) > checks:
        return None
    right = _repaired(word, locator, evaluator)
    return None if right is None or _syndromes(right, checks).any() else right


def _syndromes(word: Codewords, checks: int) -> Codewords:
    """The word as a polynomial, first codeword highest, at the first powers of alpha."""
    return _sums(_TIMES[_powers(checks, len(word)), word[::-1]])


def _locator(syndromes: bytes, missing: Sequence[int]) -> tuple[Codewords, Codewords]:
    """The polynomial whose roots tell what is wrong, and its product with the syndromes.

    Berlekamp and Massey, from the missing on. Both polynomials lie in one whole number, a byte a
    coefficient, as whatever is done to one is done to the other; so each gap is there to be read.
    """
    checks = len(syndromes)
    wide = checks + 1  # bytes of the locator; above them lies the product
    length = wide + checks
    whole = (1 << 8 * length) - 1

    def times(row: int, by: int) -> int:
        return int.from_bytes(row.to_bytes(length, "little").translate(_BY[by]), "little")

    row = 1 | int.from_bytes(syndromes, "little") << 8 * wide
    for power in missing:
        row ^= times(row << 8 & whole, int(_EXP[power % _FIELD]))
    before, degree = row, len(missing)
    for step in range(len(missing), checks):
        gap = row >> 8 * (wide + step) & 255
        before = before << 8 & whole
        if not gap:
            continue
        longer = row ^ times(before, gap)
        if 2 * degree <= step + len(missing):
            before = times(row, int(_EXP[-_LOG[gap] % _FIELD]))
            degree = step + 1 + len(missing) - degree
        row = longer
    both = np.frombuffer(row.to_bytes(length, "little"), np.uint8)
    return both[: int(np.flatnonzero(both[:wide])[-1]) + 1], both[wide:]


def _repaired(word: Codewords, locator: Codewords, evaluator: Codewords) -> Codewords | None:
    """The word with Forney's values taken off; None where the locator has too few roots."""
    inverse = _inverse_powers(len(word))
    roots = np.flatnonzero(_sums(_TIMES[inverse[:, : len(locator)], locator]) == 0)
    if len(roots) != len(locator) - 1:
        return None
    slope = locator[1:].copy()
    slope[1::2] = 0
    steep = _sums(_TIMES[inverse[roots, : len(slope)], slope])
    if not steep.all():
        return None
    value = _sums(_TIMES[inverse[roots, : len(evaluator)], evaluator])
    off = _EXP[(_LOG[value] - _LOG[steep] + roots) % _FIELD]
    right = word.copy()
    right[len(word) - 1 - roots] ^= np.where(value == 0, 0, off).astype(np.uint8)
    return right


def _sums(terms: Codewords) -> Codewords:
    """The sums of the rows."""
    return np.asarray(np.bitwise_xor.reduce(terms, axis=-1), np.uint8)


@functools.lru_cache(maxsize=64)
def _powers(rows: int, columns: int) -> Codewords:
    """Alpha to row times column."""
    return _EXP[np.outer(np.arange(rows), np.arange(columns)) % _FIELD]


@functools.lru_cache(maxsize=64)
def _inverse_powers(rows: int) -> Codewords:
    """Alpha to minus row times column, with a column for each codeword."""
    return _EXP[-np.outer(np.arange(rows), np.arange(rows)) % _FIELD]
