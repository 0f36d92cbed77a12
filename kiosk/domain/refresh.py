"""What is known of a person after they said something new of themselves."""

from dataclasses import fields, replace

from kiosk.domain.person import Person, Sex, fold


def refreshed(kept: Person, said: Person) -> Person:
    """`kept`, with every field that `said` fills; an empty field takes nothing away.

    A birth year alone that contradicts the kept day of birth replaces it. A name takes no
    diacritics away: the national QR writes "NGUYEN THI HONG" (domain.md 1.4).
    """
    news = {field.name: getattr(said, field.name) for field in fields(Person)}
    filled = {name: value for name, value in news.items() if value not in ("", None, Sex.UNKNOWN)}
    if "name" in filled:
        filled["name"] = spelt(kept.name, said.name)
    if "birth_year" in filled and "birth_date" not in filled:
        same_year = kept.birth_date is not None and kept.birth_date.year == said.birth_year
        filled["birth_date"] = kept.birth_date if same_year else None
    return replace(kept, **filled)


def spelt(kept: str, said: str) -> str:
    """`said`, or `kept` where nothing was said, or the same name without its diacritics."""
    return kept if not said or (kept and fold(kept) == fold(said) and said.isascii()) else said
