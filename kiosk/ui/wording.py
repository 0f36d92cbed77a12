"""Codes to sentences in the reader's language: the only way to words on screen and paper.

The sentences live in `resources/i18n/<language>/<area>.toml`, so that an office can have one put
right without a programmer. A key is "area.table.name".
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum, unique
from pathlib import Path
from typing import cast


@unique
class Language(StrEnum):
    """Languages of screen and print; Vietnamese is the first."""

    VIETNAMESE = "vi"
    ENGLISH = "en"

    @property
    def other(self) -> "Language":
        """The second language beside this one."""
        return Language.ENGLISH if self is Language.VIETNAMESE else Language.VIETNAMESE


class WordsError(Exception):
    """The sentences of a language are missing, or their file is damaged: told by its path."""


class Words:
    """The sentences of one language.

    Attributes:
        language: which.
        folder: where what is said in it lies.

    Raises WordsError when made, and KeyError for a key that does not exist: a bug that the house
    tests find.
    """

    def __init__(self, language: Language, folder: Path) -> None:
        self.language = language
        self.folder = folder / language
        self._sentences: dict[str, str] = {}
        for path in sorted(self.folder.glob("*.toml")):
            try:
                with path.open("rb") as file:
                    self._sentences |= flatten(tomllib.load(file), path.stem)
            # an office may have put a sentence right
            except (OSError, TypeError, ValueError) as error:
                raise WordsError(str(path)) from error
        if not self._sentences:
            raise WordsError(str(self.folder))

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence for `key` with its placeholders filled in; plain text, never markup."""
        return self._sentences[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a sentence for `key`."""
        return key in self._sentences

    def in_other(self) -> "Words":
        """The same in the second language."""
        return Words(self.language.other, self.folder.parent)


def flatten(table: Mapping[str, object], name: str) -> dict[str, str]:
    """Sentences of a TOML table and its sub-tables by their full keys.

    Raises TypeError for what is no sentence.
    """
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, str):
            found[f"{name}.{key}"] = value
        elif isinstance(value, Mapping):
            found |= flatten(cast("Mapping[str, object]", value), f"{name}.{key}")
        else:
            raise TypeError(key)
    return found


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """Hours and minutes at the desk: "07:42"."""
    return f"{moment.astimezone(zone):%H:%M}"


def degrees(tenths: int, language: Language) -> str:
    """A temperature as it is read aloud: "36,6" or "36.6"."""
    separator = "," if language is Language.VIETNAMESE else "."
    return f"{tenths // 10}{separator}{tenths % 10}"
