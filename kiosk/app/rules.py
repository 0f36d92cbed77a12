"""The rule card in force, from its file, with its whole text for the log."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from kiosk.app import toml_file
from kiosk.app.settings import OptionalLine
from kiosk.app.toml_file import SettingsError
from kiosk.domain.screening import HIGHEST, LOWEST, RuleCard

FILE = "rules.toml"
DEFAULT = "rules.default.toml"

_LIMITS = {"lowest": f"{LOWEST / 10}", "highest": f"{HIGHEST / 10}"}
_Degrees = Annotated[float, Meta(extra={"expected": "degrees", **_LIMITS})]
_Version = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\Z", extra={"expected": "version"})
]
_TOLERANCE = 1e-6


class _Card(Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written; no key has a default, so that a card says all it means."""

    version: _Version
    health_step: bool
    fever: _Degrees
    refer: _Degrees
    rest_minutes: Annotated[int, Meta(ge=1, le=60)]
    mask: bool
    hands: bool
    declaration: bool
    destination: bool
    legal_basis: OptionalLine


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule card and where it was written.

    Attributes:
        card: the limits in force.
        text: the whole file, for `Logbook.keep_rules`.
        file: where it was read from.
    """

    card: RuleCard
    text: str
    file: Path


def load_rules(data: Path, resources: Path) -> Rules:
    """The office's rule card, or the default one. Raises SettingsError."""
    path = data / FILE
    if not path.exists():
        path = resources / DEFAULT
    text = toml_file.read_text(path)
    card = toml_file.fill(toml_file.parse(text, path), _Card, path)
    fever, refer = _tenths(card.fever, "fever", path), _tenths(card.refer, "refer", path)
    if refer < fever:
        values = {"key": "refer", "fever": f"{card.fever}"}
        raise SettingsError(path, "settings.wrong_value", values, "settings.expected.over_fever")
    rules = RuleCard(
        version=card.version,
        health_step=card.health_step,
        fever_from=fever,
        refer_from=refer,
        rest_minutes=card.rest_minutes,
        mask=card.mask,
        hands=card.hands,
        declaration=card.declaration,
        destination=card.destination,
        legal_basis=card.legal_basis,
    )
    return Rules(rules, text, path)


def same_version(rules: Rules) -> SettingsError:
    """The mistake of a card that was changed and kept its version (ValueError of keep_rules)."""
    return SettingsError(rules.file, "settings.same_version", {"version": rules.card.version})


def _tenths(degrees: float, key: str, path: Path) -> int:
    """Tenths of a degree; refused where it is no reading of a person or finer than a tenth."""
    if LOWEST <= degrees * 10 <= HIGHEST:
        tenths = round(degrees * 10)
        if abs(degrees * 10 - tenths) < _TOLERANCE:
            return tenths
    values = {"key": key, **_LIMITS}
    raise SettingsError(path, "settings.wrong_value", values, "settings.expected.degrees")
