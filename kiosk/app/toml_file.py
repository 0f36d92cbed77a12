"""Reads a TOML file into a frozen struct; each mistake is one sentence with file and key."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec
from msgspec import inspect

from kiosk.ui.wording import Words

T = TypeVar("T", bound=msgspec.Struct)
Table = dict[str, object]

EXIT_CODE = 2
"""How the program ends after a SettingsError: wrong use."""

_PLACE = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?", re.DOTALL)
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING_KEY = re.compile(r"Object missing required field `(.*)`", re.DOTALL)
_LINE = re.compile(r"at line ([0-9]+)")
_NAMES: Mapping[type[inspect.Type], str] = {
    inspect.BoolType: "yes_no",
    inspect.IntType: "number",
    inspect.EnumType: "choice",
    inspect.LiteralType: "choice",
    inspect.VarTupleType: "list",
    inspect.StructType: "section",
}
_NOTHING: Mapping[str, str] = MappingProxyType({})


class SettingsError(Exception):
    """A mistake in a settings or rule file.

    Attributes:
        file: where it is.
        key: of the sentence, e.g. "settings.unknown_key".
        values: what the sentence names beside the file; untrusted text, never markup.
        expected: key of the words for what would be right, or "".
    """

    def __init__(
        self, file: Path, key: str, values: Mapping[str, str] = _NOTHING, expected: str = ""
    ) -> None:
        super().__init__(f"{file}: {key} {dict(values)} {expected}".rstrip())
        self.file = file
        self.key = key
        self.values = values
        self.expected = expected

    def told(self, words: Words) -> str:
        """The mistake in one plain line."""
        values = dict(self.values)
        if self.expected:
            values["expected"] = words(self.expected, **self.values)
        sentence = words(self.key, file=self.file, **values)
        return " ".join(sentence.split())


def read_text(path: Path) -> str:
    """The file's text with plain line ends; a mark at its start (Notepad) is no fault.

    Raises SettingsError.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise SettingsError(path, "settings.unreadable", {"cause": cause}) from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SettingsError(path, "settings.not_utf8") from error


def parse(text: str, path: Path) -> Table:
    """The tables in `text`. Raises SettingsError that names `path` and the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        raise SettingsError(path, "settings.not_toml", {"line": line}) from error
    except RecursionError as error:  # brackets within brackets, a thousand deep
        raise SettingsError(path, "settings.not_toml", {"line": "1"}) from error


def fill(table: Table, struct: type[T], path: Path) -> T:
    """`table` as a `struct`. Raises SettingsError that names `path`, the key and what is right."""
    try:
        return msgspec.convert(table, struct)
    except msgspec.ValidationError as error:
        raise _mistake(str(error), struct, path) from error


def _mistake(message: str, struct: type[msgspec.Struct], path: Path) -> SettingsError:
    match = _PLACE.fullmatch(message)
    complaint, place = (match[1], match[2] or "") if match else (message, "")
    if unknown := _UNKNOWN_KEY.fullmatch(complaint):
        section = _type_at(inspect.type_info(struct), place)
        known = ", ".join(_fields(section))
        values = {"key": _joined(place, unknown[1]), "known": known}
        return SettingsError(path, "settings.unknown_key", values)
    if missing := _MISSING_KEY.fullmatch(complaint):
        place = _joined(place, missing[1])
        expected, values = _expected(_type_at(inspect.type_info(struct), place))
        return SettingsError(path, "settings.missing_key", values | {"key": place}, expected)
    expected, values = _expected(_type_at(inspect.type_info(struct), place))
    return SettingsError(path, "settings.wrong_value", values | {"key": place}, expected)


def _joined(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _type_at(found: inspect.Type, place: str) -> inspect.Type:
    """The type that belongs at `place`, e.g. "screen.theme" or "lists.units[0]"."""
    for part in re.findall(r"\[[0-9]+\]|[^.\[\]]+", place):
        if isinstance(found, inspect.Metadata):
            found = found.type
        if part.startswith("[") and isinstance(found, inspect.VarTupleType):
            found = found.item_type
        elif isinstance(found, inspect.StructType):
            found = {field.name: field.type for field in found.fields}[part]
    return found


def _fields(section: inspect.Type) -> list[str]:
    return [f.name for f in section.fields] if isinstance(section, inspect.StructType) else []


def _expected(wanted: inspect.Type) -> tuple[str, dict[str, str]]:
    """Key and values of the words for what would be right."""
    said: dict[str, str] = {}
    if isinstance(wanted, inspect.Metadata):
        said = {key: str(value) for key, value in (wanted.extra or {}).items()}
        wanted = wanted.type
    name = said.pop("expected", _NAMES.get(type(wanted), "text"))
    return f"settings.expected.{name}", _limits(wanted) | said


def _limits(wanted: inspect.Type) -> dict[str, str]:
    match wanted:
        case inspect.IntType(ge=lowest, le=highest):
            return {"lowest": str(lowest), "highest": str(highest)}
        case inspect.EnumType(choices):
            return {"choices": ", ".join(f'"{choice.value}"' for choice in choices)}
        case inspect.LiteralType(values):
            return {"choices": ", ".join(map(str, values))}
        case inspect.StructType():
            return {"known": ", ".join(_fields(wanted))}
        case _:
            return {}
