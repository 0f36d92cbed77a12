"""What the guest's form offers and says, from its files: places, and the text to agree to."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter

from msgspec import Struct

from kiosk.adapters.disk import private_folder, write_private
from kiosk.app import toml_file
from kiosk.app.settings import Settings
from kiosk.app.toml_file import SettingsError
from kiosk.domain.person import fold
from kiosk.domain.retention import Periods
from kiosk.domain.screening import RuleCard
from kiosk.services.consent_text import ConsentText
from kiosk.services.offers import Offer
from kiosk.ui.furnishing import FormFurnishing
from kiosk.ui.wording import Language

_FILLED_IN = {
    "visit": {"office", "days"},
    "order": {"office", "days", "basis"},
    "visit_without_health": {"office", "days"},
    "order_without_health": {"office", "days", "basis"},
    "remembered_question": {"remembered_days"},
}
_DIGITS, _NAME = 8, 16

AGREED = "consent-texts"
"""The folder in the data folder for every text that was ever agreed to."""

_log = logging.getLogger(__name__)
_OF_HEALTH = {
    Language.VIETNAMESE: ("suc khoe", "khai bao y te", "than nhiet"),
    Language.ENGLISH: ("health", "temperature"),
}
"""What a text says that asks about health, without diacritics."""


class _Places(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of today, and those that people still say."""

    provinces: dict[str, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]


class _Text(Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    visit: str
    order: str
    visit_question: str
    guardian_question: str
    child_question: str
    remembered_question: str
    # an office's older text has none of these
    group_question: str = ""
    visit_without_health: str = ""
    order_without_health: str = ""


def load_form(data: Path, resources: Path, settings: Settings) -> FormFurnishing:
    """The places, and the office's own text or the one of this program. Raises SettingsError."""
    path = resources / "places.toml"
    places = toml_file.fill(toml_file.parse(toml_file.read_text(path), path), _Places, path)
    return FormFurnishing(
        provinces=_offers(places.provinces),
        countries=_offers(places.countries),
        consent={language: _text(data, resources, language, settings) for language in Language},
        keep_days=settings.form.keep_days,
        suggests=settings.form.suggestions,
    )


def keep_texts(data: Path, form: FormFurnishing, rules: RuleCard, office: str) -> None:
    """Keep each text that guests agree to from now on, once, as it reads.

    An answer names no more than its version, and the office may write another text tomorrow. A
    folder that cannot be written to is no fault here: the log will tell.
    """
    folder = data / AGREED
    for text in form.consent.values():
        said = f"{text.version_under(rules)}\n{text.whole(rules, office, form.keep_days)}\n"
        content = said.encode()
        # the version is the office's own and no part of a path
        name = f"consent.{text.language}.{hashlib.sha256(content).hexdigest()[:_NAME]}.txt"
        try:
            private_folder(folder)
            if not (folder / name).exists():
                write_private(folder / name, content)
        except OSError as error:
            _log.warning("the consent text is not kept: %s", error.strerror)


def _offers(names: Mapping[str, tuple[str, ...]]) -> tuple[Offer, ...]:
    return tuple(Offer(name, former) for name, former in names.items())


def _text(data: Path, resources: Path, language: Language, settings: Settings) -> ConsentText:
    name = f"consent.{language}.toml"
    said, written = _read(data / name if (data / name).exists() else resources / name)
    kept, parts = settings.periods, [written]
    without = {}
    for key in ("visit", "order"):
        own = getattr(said, f"{key}_without_health") or getattr(said, key)
        without[key] = own
        if not getattr(said, f"{key}_without_health") and _asks_health(own, language):
            # an older text of the office: nobody is asked to agree to what is not asked
            ours, of_ours = _read(resources / name)
            without[key] = getattr(ours, f"{key}_without_health")
            parts = [written, of_ours]
    return ConsentText(
        version=_version(said, [written], kept),
        version_without_health=f"{_version(said, parts, kept)} without_health",
        borrowed=len(parts) > 1,
        language=language.value,
        visit=said.visit,
        order=said.order,
        visit_without_health=without["visit"],
        order_without_health=without["order"],
        visit_question=said.visit_question,
        group_question=said.group_question or said.visit_question,
        guardian_question=said.guardian_question,
        child_question=said.child_question,
        remembered_question=said.remembered_question.format(remembered_days=kept.directory),
    )


def _read(path: Path) -> tuple[_Text, str]:
    """The texts of a file, and the file as it is written. Raises SettingsError."""
    written = toml_file.read_text(path)
    said = toml_file.fill(toml_file.parse(written, path), _Text, path)
    for key, names in _FILLED_IN.items():
        if not _fills_only(getattr(said, key), names):
            values = {"key": key, "names": ", ".join(f"{{{name}}}" for name in sorted(names))}
            raise SettingsError(path, "settings.wrong_value", values, "settings.expected.filled")
    return said, written


def _version(said: _Text, written: Sequence[str], kept: Periods) -> str:
    """Whoever forgets the new version is found out by what was written."""
    digest = hashlib.sha256("".join(written).encode()).hexdigest()[:_DIGITS]
    return f"{said.version} {digest} {kept.identity} {kept.directory}"


def _asks_health(text: str, language: Language) -> bool:
    folded = fold(text)
    return any(word in folded for word in _OF_HEALTH[language])


def _fills_only(text: str, names: set[str]) -> bool:
    """Whether nothing but these plain names is filled in: a form such as {days:x} may fail."""
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return False
    return all(name in names and not form and not turn for _, name, form, turn in fields)
