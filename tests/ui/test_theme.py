"""The style sheet has no rule for what no widget is."""

import re

import pytest

from kiosk.ui.theme import LIGHT, Theme, Tone, style_sheet
from tests.house.module_map import ROOT

RULES = sorted(set(re.findall(r'\[(?:role|tone)="(\w+)"\]', style_sheet(Theme(LIGHT, 1.0)))))
SOURCES = [path for path in (ROOT / "kiosk" / "ui").glob("*.py") if path.name != "theme.py"]
BUTTONS = re.compile(r'QPushButton\[tone="(\w+)"\]')


@pytest.mark.parametrize("name", RULES)
def test_every_role_and_tone_of_the_style_sheet_is_used(name):
    used = name in {tone.value for tone in Tone}
    assert used or any(f'"{name}"' in path.read_text("utf-8") for path in SOURCES)


def test_buttons_paint_their_tones_themselves():
    """Only a choice is Qt's own button."""
    assert set(BUTTONS.findall(style_sheet(Theme(LIGHT, 1.0)))) == {"choice"}
