"""A person as a credential or a form describes them, and how the name is folded and masked."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique


@unique
class Sex(StrEnum):
    """As written on the credential."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@unique
class PersonKind(StrEnum):
    """Staff of this building, or anybody else."""

    VISITOR = "visitor"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of a person. An empty field was not said; nothing here is proved.

    Attributes:
        name: as written, NFC, e.g. "Nguyễn Thị Hồng".
        id_number: citizen number (12 digits) or another document's number.
        old_id_number: the former 9-digit number.
        birth_date: day of birth if the day is known.
        birth_year: four digits; also set where only the year was asked.
        address: as written.
        issued_on: when the credential was issued.
        phone: digits, a leading "+" allowed.
        health_insurance_number: as written on the credential.
        organisation: whom they come from, as on a business card.
    """

    name: str
    id_number: str = ""
    old_id_number: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: Sex = Sex.UNKNOWN
    address: str = ""
    issued_on: date | None = None
    phone: str = ""
    health_insurance_number: str = ""
    organisation: str = ""


def one_line(text: str) -> str:
    r"""`text` as it may stand on a screen, on paper and in a terminal: one line, nothing hidden.

    Tabs and line ends become spaces; other control characters and the invisible signs that turn
    the direction of writing go.

    >>> one_line("Nguyễn\x00 Thị\nHồng\u202e")
    'Nguyễn Thị Hồng'
    """
    if text.isprintable():
        return text
    shown = (" " if c in _LINE_ENDS else c for c in text)
    return "".join(c for c in shown if unicodedata.category(c) not in _HIDDEN)


def may_be_a_name(typed: str) -> bool:
    """Whether somebody may be called so: a letter alone is a slip of the finger, a number none.

    With a digit it was typed in the wrong place. What cards say of a name is not asked here.

    >>> may_be_a_name("Bà Tư"), may_be_a_name("Ý"), may_be_a_name("366ks")
    (True, False, False)
    """
    letters = sum(sign.isalpha() for sign in typed)
    return letters >= _FEWEST_LETTERS and not has_digits(typed)


def has_digits(typed: str) -> bool:
    """Whether a number stands in a name."""
    return any(sign.isdigit() for sign in typed)


_FEWEST_LETTERS = 2
_LINE_ENDS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})


def fold(text: str) -> str:
    """`text` for searching: no diacritics, no case, single spaces; Đ is D.

    >>> fold("Nguyễn  Thị ĐÀO")
    'nguyen thi dao'
    """
    plain = text.replace("đ", "d").replace("Đ", "D")
    letters = unicodedata.normalize("NFD", plain)
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be the same person's, as far as each goes: no word contradicts.

    >>> names_agree("NGUYEN THI HONG", "Hồng"), names_agree("Nguyễn Thị Hồng", "Trần Hồng")
    (True, False)
    """
    words = sorted((set(fold(one).split()), set(fold(other).split())), key=len)
    return words[0] <= words[1]


def begins_to_agree(typed: str, name: str) -> bool:
    """Whether somebody who types `name` may have come so far: the last word is half a word.

    >>> begins_to_agree("nguyen thi ho", "Nguyễn Thị Hồng")
    True
    """
    *words, last = typed.split() or [""]
    begun = any(fold(word).startswith(fold(last)) for word in name.split())
    return names_agree(" ".join(words if begun else [*words, last]), name)


def numbers_of(person: Person) -> tuple[str, ...]:
    """The numbers that stay a person's own, whatever credential shows them; none empty.

    Of a health-insurance number the last ten digits: those are the same in its old and new form
    (domain.md 1.7).
    """
    insured = person.health_insurance_number[-LASTING_DIGITS:]
    whole = insured if len(insured) == LASTING_DIGITS and insured.isdigit() else ""
    return tuple(n for n in (person.id_number, person.old_id_number, whole) if n)


LASTING_DIGITS = 10


_CITIZEN_NUMBER = 12
_PHONE_DIGITS = 9
"""Of a phone number; "+84912345678" and "0912345678" have these in common."""


def may_be_same(one: Person, other: Person) -> bool:
    """Whether two descriptions look like one person: to be asked, never to be assumed.

    The same name, and the same birth date or else birth year and phone. Two citizen numbers, or
    two insurance numbers, that differ are two people.

    >>> may_be_same(Person("Le Son", birth_date=date(1983, 8, 12)),
    ...             Person("Lê Sơn", birth_date=date(1983, 8, 12)))
    True
    """
    if not fold(one.name) or fold(one.name) != fold(other.name) or _contradict(one, other):
        return False
    if one.birth_date and other.birth_date:
        return one.birth_date == other.birth_date
    phones = {one.phone[-_PHONE_DIGITS:], other.phone[-_PHONE_DIGITS:]}
    same_phone = len(phones) == 1 and len(phones.pop()) == _PHONE_DIGITS
    return same_phone and one.birth_year is not None and one.birth_year == other.birth_year


def _contradict(one: Person, other: Person) -> bool:
    """Whether a number that nobody changes says that these are two people."""
    citizens = {one.id_number, other.id_number}
    if len(citizens) > 1 and all(n.isdigit() and len(n) == _CITIZEN_NUMBER for n in citizens):
        return True
    insured = {p.health_insurance_number[-LASTING_DIGITS:] for p in (one, other)}
    return len(insured) > 1 and "" not in insured


OF_AGE = 16
"""Who is younger comes with a representative."""


def under_age(person: Person, today: date, age: int = OF_AGE) -> bool:
    """Whether `person` is younger than `age` today; where only the year is known, for certain."""
    born = person.birth_date
    if born is None:
        return person.birth_year is not None and today.year - person.birth_year < age
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) < age


def mask_name(name: str) -> str:
    """The name as strangers may see it: initials, and the given name that comes last.

    >>> mask_name("Dương Bích Sơn")
    'D. B. Sơn'
    """
    parts = name.split()
    return " ".join([f"{part[0]}." for part in parts[:-1]] + parts[-1:])


def mask_number(number: str) -> str:
    """The end of a document number: enough to tell two people apart, not enough to use it.

    The last four of twelve, the last three of nine to eleven, and none of a shorter one. How many
    are hidden is not told either.

    >>> mask_number("091185000036"), mask_number("370000018")
    ('•••• 0036', '•••• 018')
    """
    shown = (len(number) >= _THREE_FROM) * 3 + (len(number) >= _CITIZEN_NUMBER)
    return f"•••• {number[-shown:]}" if shown else "•" * len(number)


_THREE_FROM = 9
