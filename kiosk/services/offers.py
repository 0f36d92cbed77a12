"""What is offered while somebody types: found without diacritics, under former names too."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.person import fold


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be chosen.

    Attributes:
        value: what is then in the field.
        former: names under which people still know it.
    """

    value: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An offer, and the former name by which it was found, else ""."""

    offer: Offer
    former: str = ""


def find_offers(typed: str, among: Iterable[Offer], most: int = 6) -> list[Found]:
    """The offers that hold what was typed; those that begin with it come first.

    >>> found = find_offers("kien g", [Offer("An Giang", ("Kiên Giang",)), Offer("Hà Nội")])
    >>> [(one.offer.value, one.former) for one in found]
    [('An Giang', 'Kiên Giang')]
    """
    wanted = fold(typed)
    ranked: list[tuple[int, Found]] = []
    for offer in among:
        places = [(_place(wanted, fold(name)), name) for name in (offer.value, *offer.former)]
        rank, name = min(places, key=lambda place: place[0])
        if rank < _NOWHERE:
            ranked.append((rank, Found(offer, "" if name == offer.value else name)))
    ranked.sort(key=lambda one: one[0])
    return [found for _, found in ranked[:most]]


_NOWHERE = 3


def _place(wanted: str, name: str) -> int:
    """0 at its beginning, 1 where a word begins, 2 within, 3 nowhere."""
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in f" {name}":
        return 1
    return 2 if wanted in name else _NOWHERE
