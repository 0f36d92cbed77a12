"""Settings and rules: every key listed, every mistake one plain line in both languages."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kiosk.app import first_start, rules, settings
from kiosk.app.form_texts import AGREED, keep_texts, load_form
from kiosk.app.rules import load_rules
from kiosk.app.settings import Settings, Theme, load_settings
from kiosk.app.toml_file import SettingsError
from kiosk.ui.wording import Language, Words

RESOURCES = Path(__file__).parents[2] / "resources"
SETTINGS_TEXT = (RESOURCES / settings.DEFAULT).read_text("utf-8")
RULES_TEXT = (RESOURCES / rules.DEFAULT).read_text("utf-8")


def told(error: SettingsError) -> str:
    """The English line, after the Vietnamese one was seen to be one plain line as well."""
    lines = {language: error.told(Words(language, RESOURCES / "i18n")) for language in Language}
    for line in lines.values():
        assert "\n" not in line
        assert str(error.file) in line
        assert "Traceback" not in line
    return lines[Language.ENGLISH]


def mistake_in_settings(folder: Path, text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    (folder / settings.FILE).write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(folder, RESOURCES)
    return told(caught.value)


def mistake_in_rules(folder: Path, old: str, new: str) -> str:
    assert old in RULES_TEXT
    (folder / rules.FILE).write_text(RULES_TEXT.replace(old, new), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_rules(folder, RESOURCES)
    return told(caught.value)


def test_the_default_settings_suit_the_first_office(tmp_path):
    loaded = load_settings(tmp_path, RESOURCES)
    assert loaded.place.office == "SỞ XÂY DỰNG"
    assert loaded.gate.id == "G1"
    assert loaded.screen.language is Language.VIETNAMESE
    assert loaded.screen.theme is Theme.LIGHT


def test_the_default_file_lists_every_field_and_says_what_it_is():
    listed = tomllib.loads(SETTINGS_TEXT)
    for section in msgspec.structs.fields(Settings):
        fields = [field.name for field in msgspec.structs.fields(section.type)]
        assert list(listed[section.name]) == fields
        for field in fields:
            line = re.search(rf"^{field} = .*$", SETTINGS_TEXT, re.MULTILINE)
            assert line
            assert "#" in line[0] or field in ("units", "purposes")


def test_an_office_names_only_what_differs(tmp_path):
    (tmp_path / settings.FILE).write_text('[screen]\nlanguage = "en"\n', "utf-8")
    loaded = load_settings(tmp_path, RESOURCES)
    assert loaded.screen.language is Language.ENGLISH
    assert loaded.screen.verdict_seconds == 8


def test_the_mark_and_line_ends_of_notepad_are_no_fault(tmp_path):
    text = '\ufeff[gate]\r\nname = "Cổng phụ"\r\n'
    (tmp_path / settings.FILE).write_bytes(text.encode())
    assert load_settings(tmp_path, RESOURCES).gate.name == "Cổng phụ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[screen]\nlangauge = "vi"', '"screen.langauge" is not known. Known here: language, th'),
        ("[scren]\n", '"scren" is not known. Known here: place, gate'),
        ('[screen]\nverdict_seconds = "8"', '"screen.verdict_seconds" must be a whole number fr'),
        ("[screen]\nverdict_seconds = 1", "from 2 to 120"),
        ("[screen]\nverdict_seconds = true", "from 2 to 120"),
        ('[screen]\ntheme = "grey"', '"screen.theme" must be one of "light", "dark"'),
        ('[screen]\nlanguage = "fr"', 'one of "vi", "en"'),
        ("[printer]\nreceipt_dots = 400", '"printer.receipt_dots" must be one of 384, 576'),
        ('[printer]\nreceipt = "192.168.1.50"', '"printer.receipt" must be the address of a rec'),
        ('[printer]\nreceipt = "tcp://a\\n"', '"printer.receipt" must be the address of a rece'),
        ('[camera]\nmirror = "yes"', '"camera.mirror" must be true or false, without quotes'),
        ("[camera]\nsource = 0", '"camera.source" must be text in quotes'),
        ('[lists]\nunits = "Văn phòng"', '"lists.units" must be a list'),
        ('[lists]\nunits = ["Văn phòng", 7]', '"lists.units[1]" must be text in quotes, not emp'),
        ('[lists]\nhosts = [""]', '"lists.hosts[0]" must be text in quotes, not empty'),
        ('gate = "G1"', '"gate" must be a section in [brackets] with id, name'),
        ('[gate]\nid = ""', '"gate.id" must be 1 to 16 letters'),
        ('[gate]\nid = "G 1"', '"gate.id" must be 1 to 16 letters'),
        ('[gate]\nname = """a\nb"""', '"gate.name" must be text in quotes, not empty, on one'),
        ('[gate]\nname = "\\u001b[31m"', '"gate.name" must be text'),
        ("[gate]\nname = Cổng", "line 2: not written as it should be"),
        ("[gate\n", "line 1: not written as it should be"),
        ('[gate]\nid = "G1"\nid = "G2"', "line 3: not written"),
        ("a = " + "[" * 5000, "not written as it should be"),
        ("[gate]\nname = 'Cổng".encode("utf-16"), "is not written in UTF-8"),
        (b"\xff\xfe\x00", "is not written in UTF-8"),
    ],
)
def test_a_mistake_is_one_line_that_names_key_and_remedy(tmp_path, text, expected):
    assert expected in mistake_in_settings(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[form]\nkeep_days = 14\n[retention]\nhealth_days = 15",
            '"retention.health_days" must be a number of days not above "form.keep_days" (14)',
        ),
        ("[retention]\nhealth_days = 31", 'not above "form.keep_days" (30), as visitors are told'),
        ("[retention]\nhealth_days = 0", '"retention.health_days" must be a whole number from 1'),
        ("[form]\nkeep_days = 0", '"form.keep_days" must be a whole number from 1 to 3650'),
        ("[retention]\ndirectory_days = 9999", "from 1 to 3650"),
    ],
)
def test_a_period_under_which_visitors_were_told_an_untruth_is_refused(tmp_path, text, expected):
    assert expected in mistake_in_settings(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "identity", "health"),
    [
        ("", 30, 21),
        ("[form]\nkeep_days = 90", 90, 21),
        ("[form]\nkeep_days = 7", 7, 7),  # a file of an earlier release: no word of health data
        ("[form]\nkeep_days = 7\n[retention]\nhealth_days = 5", 7, 5),
        ("[form]\nkeep_days = 7\n[retention]\nproof_days = 5", 7, 7),
    ],
)
def test_settings_of_earlier_releases_keep_their_promise(tmp_path, text, identity, health):
    (tmp_path / settings.FILE).write_text(text, "utf-8")
    periods = load_settings(tmp_path, RESOURCES).periods
    assert (periods.identity, periods.health) == (identity, health)


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    (tmp_path / settings.FILE).mkdir()
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, RESOURCES)
    assert "cannot be read" in told(caught.value)


def test_the_default_rule_card_holds_limits_in_tenths(tmp_path):
    loaded = load_rules(tmp_path, RESOURCES)
    assert (loaded.card.fever_from, loaded.card.refer_from) == (375, 380)
    assert loaded.card.version == "2026-11"
    assert loaded.text == RULES_TEXT
    assert loaded.file == RESOURCES / rules.DEFAULT


def test_nobody_skips_consent_who_has_not_written_down_an_order(tmp_path):
    first_start.write_copies(tmp_path, RESOURCES)
    for card in (load_rules(tmp_path, RESOURCES).card, load_rules(RESOURCES, RESOURCES).card):
        assert card.asks_consent


@pytest.mark.parametrize(
    "names",
    [
        (
            "UBND TỈNH KIÊN GIANG",
            "SỞ XÂY DỰNG",
            "Kiên Giang",
        ),  # of the sample before 2025's provinces
        ("UBND TỈNH AN GIANG", "SỞ XÂY DỰNG", "An Giang"),
    ],
)
def test_the_names_of_every_sample_are_told(tmp_path, capsys, names):
    words = Words(Language.ENGLISH, RESOURCES / "i18n")
    parent, office, place = names
    write = (tmp_path / settings.FILE).write_text
    write(f'[place]\nparent = "{parent}"\noffice = "{office}"\nplace = "{place}"\n', "utf-8")
    first_start.tell_of_sample_names(tmp_path, RESOURCES, words)
    assert "sample office's (SỞ XÂY DỰNG)" in capsys.readouterr().err
    write(f'[place]\nparent = "{parent}"\noffice = "SỞ Y TẾ"\nplace = "{place}"\n', "utf-8")
    first_start.tell_of_sample_names(tmp_path, RESOURCES, words)
    assert capsys.readouterr().err == ""


def test_the_heading_of_the_first_start_names_a_province_of_today(tmp_path):
    place = load_settings(tmp_path, RESOURCES).place
    today = tomllib.loads((RESOURCES / "places.toml").read_text("utf-8"))["provinces"]
    assert place.place in today
    assert place.parent.casefold() == f"ubnd tỉnh {place.place}".casefold()


def test_whole_degrees_need_no_point(tmp_path):
    (tmp_path / rules.FILE).write_text(RULES_TEXT.replace("38.0", "38"), "utf-8")
    assert load_rules(tmp_path, RESOURCES).card.refer_from == 380


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("refer = 38.0", "refer = 37.0", '"refer" must be at least as high as "fever" (37.5)'),
        ("fever = 37.5", "fever = 33.9", '"fever" must be a temperature from 34.0 to 42.0'),
        ("refer = 38.0", "refer = 42.1", '"refer" must be a temperature from 34.0 to 42.0'),
        ("fever = 37.5", "fever = 37.55", '"fever" must be a temperature'),
        ("fever = 37.5", "fever = nan", '"fever" must be a temperature'),
        ("fever = 37.5", "fever = inf", '"fever" must be a temperature'),
        ("fever = 37.5", 'fever = "37.5"', '"fever" must be a temperature'),
        ("fever = 37.5", "fever = 375", '"fever" must be a temperature'),
        ("fever = 37.5", "fever = 37,5", "line 8: not written as it should be"),
        ("fever = 37.5", "feever = 37.5", '"feever" is not known'),
        ("mask = true", "", '"mask" is missing; expected true or false'),
        ("rest_minutes = 5", "rest_minutes = 0", '"rest_minutes" must be a whole number from 1'),
        ('version = "2026-11"', 'version = ""', '"version" must be 1 to 32 letters'),
    ],
)
def test_a_mistake_in_the_rules_is_one_line(tmp_path, old, new, expected):
    assert expected in mistake_in_rules(tmp_path, old, new)


def test_changed_rules_under_an_old_version_are_told(tmp_path):
    assert "still 2026-11" in told(rules.same_version(load_rules(tmp_path, RESOURCES)))


def test_the_first_start_leaves_both_files_with_their_comments(tmp_path):
    data = tmp_path / "a" / "data"
    made = first_start.write_copies(data, RESOURCES)
    assert [path.name for path in made] == [settings.FILE, rules.FILE]
    assert (data / settings.FILE).read_text("utf-8") == SETTINGS_TEXT
    assert load_settings(data, RESOURCES) == load_settings(tmp_path, RESOURCES)
    assert load_rules(data, RESOURCES).card == load_rules(tmp_path, RESOURCES).card


def test_a_later_start_overwrites_nothing(tmp_path):
    (tmp_path / settings.FILE).write_text("# ours", "utf-8")
    assert [path.name for path in first_start.write_copies(tmp_path, RESOURCES)] == [rules.FILE]
    assert (tmp_path / settings.FILE).read_text("utf-8") == "# ours"


def test_a_folder_that_cannot_be_made_is_no_fault_of_the_first_start(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    assert first_start.write_copies(tmp_path / "file" / "data", RESOURCES) == ()


@pytest.mark.parametrize(
    "written",
    [
        "{office:d}",
        "{days!x}",
        "{days:99999999999}",
        "{office.x}",
        "{days[0]}",
        "{who}",
        "{",
        "{}",
    ],
)
def test_a_consent_text_that_could_not_be_shown_is_told_at_the_start(tmp_path, written):
    """It passed the start and ended the desk at F2."""
    text = (RESOURCES / "consent.vi.toml").read_text("utf-8")
    (tmp_path / "consent.vi.toml").write_text(text.replace("{office}", written), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_form(tmp_path, RESOURCES, load_settings(tmp_path, RESOURCES))
    assert '"visit" must be text that may hold {days}, {office} and no' in told(caught.value)


def test_each_number_of_days_that_is_shown_makes_another_version(tmp_path):
    versions = set()
    for days in ("", "[retention]\ndirectory_days = 400\n", "[form]\nkeep_days = 29\n"):
        (tmp_path / "settings.toml").write_text(days, "utf-8")
        form = load_form(tmp_path, RESOURCES, load_settings(tmp_path, RESOURCES))
        text = form.consent[Language.VIETNAMESE]
        versions.add((text.version, text.remembered_question))
    assert len({version for version, _ in versions}) == 3


def older(language: str) -> str:
    """A text of the office from before there were any without health."""
    text = (RESOURCES / f"consent.{language}.toml").read_text("utf-8")
    lines = [line for line in text.splitlines() if "_without_health = " not in line]
    return "\n".join(lines).replace("2026-12.2", "So-2025")


@pytest.mark.parametrize("basis", ["", "CV 12/SYT"])
@pytest.mark.parametrize("language", Language)
def test_nobody_is_asked_to_agree_to_health_data_where_no_health_is_asked(
    tmp_path, language, basis
):
    (tmp_path / f"consent.{language}.toml").write_text(older(language), "utf-8")
    settings = load_settings(tmp_path, RESOURCES)
    text = load_form(tmp_path, RESOURCES, settings).consent[language]
    card = replace(load_rules(RESOURCES, RESOURCES).card, legal_basis=basis)
    without = replace(card, health_step=False)
    asked = {Language.VIETNAMESE: "sức khỏe", Language.ENGLISH: "health"}[language]
    assert asked in text.shown(card, "Sở Y tế", 30)
    assert asked not in text.shown(without, "Sở", 30)
    assert text.borrowed
    assert text.version_under(card).startswith("So-2025 ")
    versions = {text.version_under(card), text.version_under(without)}
    ours = load_form(RESOURCES, RESOURCES, settings).consent[language]
    versions |= {ours.version_under(card), ours.version_under(without)}
    assert len(versions) == 4, "each is another text"
    assert not ours.borrowed


@pytest.mark.parametrize("language", Language)
def test_an_own_text_that_says_nothing_of_health_stays_the_one_that_is_shown(tmp_path, language):
    """An office that dropped the health step may have dropped it from its text, too."""
    own = {"vi": "{office} ghi họ tên, số thẻ BHYT", "en": "{office} writes down your name"}
    lines = (f'{key} = "{own[language]}; {{days}}"' for key in ("visit", "order"))
    rest = [
        one for one in older(language).splitlines() if not one.startswith(("visit =", "order ="))
    ]
    (tmp_path / f"consent.{language}.toml").write_text("\n".join([*lines, *rest]), "utf-8")
    settings = load_settings(tmp_path, RESOURCES)
    text = load_form(tmp_path, RESOURCES, settings).consent[language]
    without = replace(load_rules(RESOURCES, RESOURCES).card, health_step=False)
    assert text.shown(without, "Sở", 30) == own[language].format(office="Sở") + "; 30"
    assert not text.borrowed


def test_every_text_that_was_agreed_to_can_still_be_read_when_another_one_is_shown(tmp_path):
    card = load_rules(RESOURCES, RESOURCES).card
    shown = {}

    def starts(version: str, office: str) -> None:
        text = (RESOURCES / "consent.vi.toml").read_text("utf-8")
        (tmp_path / "consent.vi.toml").write_text(text.replace("2026-12.2", version), "utf-8")
        form = load_form(tmp_path, RESOURCES, load_settings(tmp_path, RESOURCES))
        keep_texts(tmp_path, form, card, office)
        for text in form.consent.values():
            read = [text.shown(card, office, 30), text.visit_question, text.remembered_question]
            shown[text.version_under(card), office] = read

    for version, office in (("1", "Sở A"), ("1", "Sở A"), ("../../2", "Sở A"), ("1", "Sở B")):
        starts(version, office)
    kept = [file.read_text("utf-8") for file in (tmp_path / AGREED).iterdir()]
    assert len(kept) == len(shown) == 5, "three of Vietnamese, and English under two names"
    for (version, _), read in shown.items():
        assert any(
            text.startswith(f"{version}\n") and all(one in text for one in read) for text in kept
        )
    (tmp_path / "taken").write_text("")
    keep_texts(
        tmp_path / "taken",
        load_form(tmp_path, RESOURCES, load_settings(tmp_path, RESOURCES)),
        card,
        "Sở",
    )


def test_the_consent_text_of_the_office_is_shown_as_it_is_written(tmp_path):
    text = (RESOURCES / "consent.vi.toml").read_text("utf-8")
    text = text.replace("{office} ghi", "{{Sở}} {office}, {days}, ghi")
    (tmp_path / "consent.vi.toml").write_text(text, "utf-8")
    form = load_form(tmp_path, RESOURCES, load_settings(tmp_path, RESOURCES))
    card = load_rules(tmp_path, RESOURCES).card
    shown = form.consent[Language.VIETNAMESE].shown(card, "Sở Y tế", 30)
    assert shown.startswith("{Sở} Sở Y tế, 30, ghi họ tên")
