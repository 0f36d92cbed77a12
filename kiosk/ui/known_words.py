"""Somebody known, as may be read on a screen that strangers see too."""

from kiosk.domain.person import Person, mask_name

_SHOWN_DIGITS = 3


def known_words(person: Person) -> str:
    """Enough to ask whether it is they, and not enough to learn who it is.

    >>> known_words(Person("Dương Bích Sơn", birth_year=1983, phone="0900000018"))
    'D. B. Sơn · 1983 · ••• 018'
    """
    number = person.phone or person.id_number
    end = f"••• {number[-_SHOWN_DIGITS:]}" if len(number) > _SHOWN_DIGITS else ""
    year = person.birth_date.year if person.birth_date else person.birth_year
    return " · ".join(filter(None, (mask_name(person.name), str(year or ""), end)))
