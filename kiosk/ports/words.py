"""Sentences: what a service asks for when a page must say something."""

from typing import Protocol


class Say(Protocol):
    """Answers the sentence for a key in one language, its placeholders filled in."""

    def __call__(self, key: str, /, **values: object) -> str: ...
