"""Reed and Solomon's code as QR symbols use it: wrong and missing codewords made good."""

from qrcode.base import EXP_TABLE, LOG_TABLE

_EXP: list[int] = [*EXP_TABLE[:255], *EXP_TABLE[:255]]
_LOG: list[int] = list(LOG_TABLE)
_FIELD = 255  # alpha to this is one again


def corrected(word: list[int], missing: list[int], checks: int) -> list[int] | None:
    """The block made right, or None where too much of it is wrong.

    Args:
        word: the codewords as they were read, those for correction last.
        missing: places in `word` that are not to be believed; two of them count as one error.
        checks: how many codewords are for correction.
    """
    syndromes = [_value(word, power) for power in range(checks)]
    if not any(syndromes):
        return word
    locator = _locator(syndromes, [len(word) - 1 - place for place in missing])
    wrong = len(locator) - 1
    if 2 * wrong - len(missing) > checks:
        return None
    right = _repaired(word, locator, _product(syndromes, locator)[:checks])
    if right is None or any(_value(right, power) for power in range(checks)):
        return None
    return right


def _locator(syndromes: list[int], missing: list[int]) -> list[int]:
    """The polynomial whose roots tell what is wrong: Berlekamp and Massey, from the missing on."""
    locator = [1]
    for power in missing:
        locator = _product(locator, [1, _EXP[power % _FIELD]])
    before, degree = locator, len(missing)
    for step in range(len(missing), len(syndromes)):
        gap = 0
        for i, term in enumerate(locator[: step + 1]):
            gap ^= _times(term, syndromes[step - i])
        before = [0, *before]
        if not gap:
            continue
        longer = _sum(locator, [_times(gap, term) for term in before])
        if 2 * degree <= step + len(missing):
            before = [_times(term, _EXP[_FIELD - _LOG[gap]]) for term in locator]
            degree = step + 1 + len(missing) - degree
        locator = longer
    while not locator[-1]:
        locator = locator[:-1]
    return locator


def _repaired(word: list[int], locator: list[int], evaluator: list[int]) -> list[int] | None:
    """The word with Forney's values taken off; None where the locator has too few roots."""
    slope = [0 if power % 2 else term for power, term in enumerate(locator[1:])]
    right, found = word[:], 0
    for place in range(len(word)):
        power = len(word) - 1 - place
        root = (_FIELD - power) % _FIELD
        if _at(locator, root):
            continue
        found += 1
        steep, value = _at(slope, root), _at(evaluator, root)
        if not steep:
            return None
        if value:
            right[place] ^= _EXP[(_LOG[value] - _LOG[steep] + power) % _FIELD]
    return right if found == len(locator) - 1 else None


def _value(word: list[int], power: int) -> int:
    """The word as a polynomial at alpha to the `power`, first codeword highest."""
    value = 0
    for codeword in word:
        if value:
            value = _EXP[_LOG[value] + power]
        value ^= codeword
    return value


def _at(polynomial: list[int], power: int) -> int:
    """A polynomial, lowest power first, at alpha to the `power`."""
    value = 0
    for i, term in enumerate(polynomial):
        if term:
            value ^= _EXP[(_LOG[term] + i * power) % _FIELD]
    return value


def _times(one: int, other: int) -> int:
    return _EXP[_LOG[one] + _LOG[other]] if one and other else 0


def _sum(one: list[int], other: list[int]) -> list[int]:
    short, long = sorted((one, other), key=len)
    return [term ^ (short[i] if i < len(short) else 0) for i, term in enumerate(long)]


def _product(one: list[int], other: list[int]) -> list[int]:
    """Polynomials, lowest power first."""
    product = [0] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        if a:
            for j, b in enumerate(other):
                product[i + j] ^= _times(a, b)
    return product
