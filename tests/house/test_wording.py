"""Every code has its sentence, in both languages, with the same things to fill in."""

import ast
import re
import tomllib
from string import Formatter

import pytest

from kiosk.adapters.list_file import ListTrouble
from kiosk.domain.admission import REFUSABLE, Reason, Step, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.person import PersonKind
from kiosk.domain.screening import TemperatureFault
from kiosk.ports import printer
from kiosk.ports.logbook import Trouble
from kiosk.ports.print_jobs import Printed, PrintState
from kiosk.services.form_faults import FormFault
from kiosk.services.guest_form import Question
from kiosk.services.late_paper import LateFault
from kiosk.services.poster import Sign
from kiosk.services.scan_loop import CameraState
from kiosk.services.staff_columns import Column
from kiosk.services.staff_import import Change
from kiosk.services.staff_list import Remark
from kiosk.ui.guest_lines import LINES
from kiosk.ui.wording import Language, Words, flatten
from tests.house.module_map import ROOT

I18N = ROOT / "resources" / "i18n"
AREAS = sorted({path.stem for path in I18N.glob("*/*.toml")})
BOTH = {language: Words(language, I18N) for language in Language}

CODES = [
    *(f"reasons.{reason}" for reason in Reason),
    *(f"reasons.verdict.{verdict}" for verdict in Verdict),
    *(f"schemes.{scheme}" for scheme in Scheme),
    *(f"desk.temperature.{fault}" for fault in TemperatureFault),
    *(f"desk.step.{step}" for step in Step),
    *(f"form.fault.{fault}" for fault in FormFault),
    *(f"form.question.{question}" for question in Question),
    *(f"late.fault.{fault}" for fault in LateFault),
    *(f"reasons.advice.{reason}" for reason in REFUSABLE),
    *(f"trouble.{trouble}" for trouble in Trouble),
    *(f"printing.what.{printed}" for printed in Printed),
    *(f"printing.state.{state}" for state in PrintState),
    *(f"printing.trouble.{trouble}" for trouble in printer.Trouble),
    *(f"printing.advice.{trouble}" for trouble in printer.Trouble),
    *(f"poster.sign.{sign}" for sign in Sign),
    *(f"cards.file.{trouble}" for trouble in ListTrouble),
    *(f"cards.remark.{remark}" for remark in Remark),
    *(f"cards.change.{change}" for change in Change),
    *(f"cards.column.{column}" for column in Column),
]


def sentences(language: Language, area: str) -> dict[str, str]:
    text = (I18N / language / f"{area}.toml").read_text("utf-8")
    return flatten(tomllib.loads(text), area)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", CODES)
def test_every_code_has_its_sentence(key):
    for language, words in BOTH.items():
        assert words.has(key), f"{key} is missing in resources/i18n/{language}"


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_keys(area):
    keys = {language: set(sentences(language, area)) for language in Language}
    assert keys[Language.VIETNAMESE] == keys[Language.ENGLISH]


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_fill_in_the_same_things(area):
    english = sentences(Language.ENGLISH, area)
    for key, sentence in sentences(Language.VIETNAMESE, area).items():
        assert placeholders(sentence) == placeholders(english[key]), key
        assert "" not in placeholders(sentence), f"{key}: name what is filled in"


@pytest.mark.parametrize("area", AREAS)
def test_no_sentence_is_empty_or_broken_over_lines(area):
    for language in Language:
        for key, sentence in sentences(language, area).items():
            assert sentence.strip(), f"{language} {key}"
            assert sentence == sentence.rstrip(), f"{language} {key}"
            assert "\n" not in sentence, f"{language} {key}"
            assert "<b>" not in sentence, f"{language} {key}: sentences are plain text"


def literal_keys():
    """Every string in the program that looks like the whole key of a sentence."""
    for path in sorted((ROOT / "kiosk").glob("**/*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        pieces = {
            part
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and node not in pieces:
                area, dot, rest = node.value.partition(".")
                if dot and area in AREAS and rest.replace(".", "_").isidentifier():
                    yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node.value


# names of files that look like keys
FILES = {"settings.toml", "settings.default.toml", "poster.pdf"}


def test_every_sentence_that_the_program_asks_for_is_there():
    lost = [
        f"{where} {key}"
        for where, key in literal_keys()
        if key not in FILES and not all(words.has(key) for words in BOTH.values())
    ]
    assert not lost


FILLED = {
    "desk.{}": [
        *PersonKind,
        *("unit", "host", "purpose"),
        *("number_sex_mismatch", "number_year_mismatch"),
        *("known_under_another_name", "needs_representative", "invitation_used_today"),
    ],
    "desk.state.{}": list(CameraState),
    "form.{}": [
        *(name for name, *_ in LINES),
        *("sex", "others"),
    ],
    "reasons.{}": list(Reason),
    "schemes.{}": list(Scheme),
    "trouble.{}": list(Trouble),
}
"""What stands in keys of which only the area is written out."""


def built_keys():
    """A pattern for every key that the program puts together from parts."""
    for path in sorted((ROOT / "kiosk").glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
                key = "".join(map(str, parts))
                if key.partition(".")[0] in AREAS:
                    yield key


def test_no_sentence_is_left_that_the_program_never_says():
    said = {key for _, key in literal_keys()}
    patterns = set(built_keys())
    for pattern in patterns & set(FILLED):
        said |= {pattern.format(value) for value in FILLED[pattern]}
    loose = [
        re.compile(re.escape(key).replace(r"\{\}", "[^.]+")) for key in patterns - set(FILLED)
    ]
    dead = [
        key
        for area in AREAS
        for key in sentences(Language.ENGLISH, area)
        if key not in said and not any(pattern.fullmatch(key) for pattern in loose)
    ]
    assert not dead


VIETNAMESE = [*sorted((I18N / "vi").glob("*.toml")), ROOT / "resources" / "consent.vi.toml"]
WORD = re.compile(r"[^\W\d_]+")
_MARKED = {"oa": "oá oà oả oã oạ", "oe": "oé oè oẻ oẽ oẹ", "uy": "uý uỳ uỷ uỹ uỵ"}
NEW_STYLE = tuple(pair for pairs in _MARKED.values() for pair in pairs.split())
OLD_STYLE = ("óa òa ỏa õa ọa", "óe òe ỏe õe ọe", "úy ùy ủy ũy ụy")


@pytest.mark.parametrize("path", VIETNAMESE, ids=lambda path: path.name)
def test_tone_marks_stand_where_most_people_here_write_them(path):
    """hủy, hóa, khỏe, not huỷ, hoá, khoẻ; where a letter follows, on the second vowel: hoàn."""
    words = WORD.findall(path.read_text("utf-8").lower())
    assert not [w for w in words if w.endswith(NEW_STYLE) and not w.startswith("qu")]
    within = re.compile("(?:" + "|".join(" ".join(OLD_STYLE).split()) + r")[^\W\d_]")
    assert not [w for w in words if within.search(w)]


@pytest.mark.parametrize("path", VIETNAMESE, ids=lambda path: path.name)
def test_visitors_are_addressed_in_one_way(path):
    """As in any office's letter: ông/bà."""
    assert not re.search(r"\b(bạn|quý khách|quý vị|anh/chị)\b", path.read_text("utf-8").lower())
