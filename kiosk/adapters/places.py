"""Whether two symbols were read at the same place of a picture."""

from kiosk.ports.decoder import Point, Symbol


def same_place(one: Symbol, other: Symbol) -> bool:
    """True where the middle of either lies within the bounds of the other."""
    if not one.corners or not other.corners:
        return False
    return _holds(one, _middle(other)) or _holds(other, _middle(one))


def _middle(symbol: Symbol) -> Point:
    count = len(symbol.corners)
    return sum(x for x, _ in symbol.corners) / count, sum(y for _, y in symbol.corners) / count


def _holds(symbol: Symbol, point: Point) -> bool:
    left, right = min(x for x, _ in symbol.corners), max(x for x, _ in symbol.corners)
    top, bottom = min(y for _, y in symbol.corners), max(y for _, y in symbol.corners)
    return left <= point[0] <= right and top <= point[1] <= bottom
