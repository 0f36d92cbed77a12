"""Payloads: what each vector says, and that nothing whatever makes the parser stumble."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain import payload as payload_module
from kiosk.domain.credential import IDENTIFYING, Scheme
from kiosk.domain.payload import FORMATS, LONGEST, claimed, parse
from kiosk.domain.payload.text import to_text
from kiosk.domain.person import Sex

VECTORS = Path(__file__).parents[1] / "data" / "payloads"


def load(name: str):
    return json.loads((VECTORS / name).read_text("utf-8"))


PAYLOADS: dict[str, str] = load("payloads.json")
TRAPS = [trap["expected"] for trap in load("charset-traps.json")]
CERTIFICATES = [one["payload"] for one in load("eu-dcc.json")]
HEALTH_CARDS = list(load("smart-health-cards.json")["numeric"].values())
SLIP = "KQ1S" + "0" * 31
EVERY = [*PAYLOADS.values(), *TRAPS, *CERTIFICATES, *HEALTH_CARDS, SLIP]

SCHEMES = {
    "cccd7_full": Scheme.CITIZEN_CARD,
    "cccd7_no_cmnd": Scheme.CITIZEN_CARD,
    "cancuoc11_no_cmnd": Scheme.CITIZEN_CARD,
    "cancuoc11_cmnd": Scheme.CITIZEN_CARD,
    "cancuoc11_child_INFERRED": Scheme.CITIZEN_CARD,
    "pccovid": Scheme.NATIONAL_QR,
    "pccovid_minimal": Scheme.NATIONAL_QR,
    "pccovid_by_proxy": Scheme.NATIONAL_QR,
    "cccd6_zalo_text": Scheme.CITIZEN_CARD,
    "bhyt_new16": Scheme.HEALTH_INSURANCE,
    "bhyt_old15": Scheme.HEALTH_INSURANCE,
    "bhyt_old10": Scheme.HEALTH_INSURANCE,
    "hc1_selfsigned": Scheme.EU_CERTIFICATE,
    "shc_selfsigned": Scheme.SMART_HEALTH_CARD,
    "vds_nc_unsigned": Scheme.ICAO_VDS,
    "vcard3": Scheme.VCARD,
    "mecard": Scheme.MECARD,
    "url_location_INFERRED": Scheme.LOCATION,
    "vietqr_reject": Scheme.PAYMENT,
}


def parsed(text: str):
    return claimed(text.encode())


# --- what each format says --------------------------------------------------------------------


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_vector_has_its_scheme(name):
    assert parsed(PAYLOADS[name]).scheme is SCHEMES.get(name, Scheme.TEXT)


@pytest.mark.parametrize("text", EVERY)
def test_exactly_one_format_claims_a_payload(text):
    claims = [claim for claim in FORMATS if claim(text) is not None]
    assert len(claims) == (parsed(text).scheme in IDENTIFYING)


def test_a_citizen_card_of_seven_fields_is_read_whole():
    credential = parsed(PAYLOADS["cccd7_full"])
    person = credential.person
    assert credential.stable == person.id_number == "091190000018"
    assert person.old_id_number == "370000018"
    assert person.name == "Nguyễn Thị Hồng"
    assert (person.birth_date, person.birth_year) == (date(1990, 9, 2), 1990)
    assert person.sex is Sex.FEMALE
    assert person.address == "Tổ 4, Khu phố Minh An, Minh Lương, Châu Thành, Kiên Giang"
    assert person.issued_on == date(2021, 4, 15)
    assert credential.warnings == ()
    assert not credential.doubtful_text


def test_an_empty_field_shifts_no_other():
    person = parsed(PAYLOADS["cancuoc11_no_cmnd"]).person
    assert person.old_id_number == ""
    assert person.name == "Dương Bích Sơn"
    assert person.issued_on == date(2024, 8, 6)


def test_the_fields_after_the_seventh_are_not_kept():
    credential = parsed(PAYLOADS["cancuoc11_child_INFERRED"])
    assert "Phạm Văn An" not in repr(credential.person)


CARD = PAYLOADS["cccd7_full"]


@pytest.mark.parametrize(
    "noisy",
    [
        CARD + "\x00\x00",
        CARD + "\r\n",
        "\ufeff" + CARD,
        "CCCD:" + CARD,
        "cccd : " + CARD,
        "  " + CARD,
        CARD.replace("|", "\uff5c"),
        CARD.replace("091190000018", "０９１１９０００００１８"),
        CARD.replace("|", ";"),
        CARD.replace("|", "\t"),
        CARD.replace("|", " | "),
        CARD + "||||",
        unicodedata.normalize("NFD", CARD),
    ],
)
def test_what_printers_and_scanners_add_is_no_matter(noisy):
    assert parsed(noisy).person == parsed(CARD).person
    assert parsed(noisy).scheme is Scheme.CITIZEN_CARD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("091190000018|", "09119000001|"),
        ("091190000018|", "0911900000188|"),
        ("091190000018|", "09119000001A|"),
        ("|370000018|", "|37000|"),
        ("|Nguyễn Thị Hồng|", "||"),
        ("|02091990|", "|2091990|"),
        ("|02091990|", "|02/09/1990|"),
        ("|15042021", ""),
    ],
)
def test_what_has_not_the_structure_is_no_citizen_card(old, new):
    assert old in CARD
    assert parsed(CARD.replace(old, new)).scheme is Scheme.TEXT


def test_a_day_that_no_calendar_has_leaves_the_year():
    person = parsed(CARD.replace("02091990", "00001990").replace("15042021", "")).person
    assert (person.birth_date, person.birth_year, person.issued_on) == (None, 1990, None)


def test_a_birth_day_of_zeroes_is_not_said():
    person = parsed(CARD.replace("02091990", "00000000")).person
    assert (person.birth_date, person.birth_year) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "warnings"),
    [
        ("|Nữ|", "|Nam|", ("number_sex_mismatch",)),
        ("|Nữ|", "|X|", ()),
        ("1990|", "1991|", ("number_year_mismatch",)),
        ("091190000018", "091003000018", ("number_sex_mismatch", "number_year_mismatch")),
    ],
)
def test_a_number_that_contradicts_the_fields_is_marked(old, new, warnings):
    assert parsed(CARD.replace(old, new)).warnings == warnings


def test_hidden_characters_in_a_name_do_not_reach_the_screen():
    hostile = "Nguyễn\x00 Thị\x1b[31m\u202e\nHồng\u2066"
    person = parsed(CARD.replace("Nguyễn Thị Hồng", hostile)).person
    assert person.name == "Nguyễn Thị[31m Hồng"


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "Robert'); DROP TABLE person;--",
        '=HYPERLINK("http://x")',
        "Hồng 😷",
        "{0} %s {name}",
    ],
)
def test_a_hostile_name_stays_the_text_it_is(name):
    assert parsed(CARD.replace("Nguyễn Thị Hồng", name)).person.name == name


def test_the_national_qr_is_read_whole():
    credential = parsed(PAYLOADS["pccovid"])
    person = credential.person
    assert credential.stable == person.id_number == "091190000018"
    assert person.name == "NGUYEN THI HONG"
    assert person.birth_date == date(1990, 9, 2)
    assert person.sex is Sex.FEMALE
    assert person.health_insurance_number == "GD4919100000018"
    assert person.phone == "0900000018"


def test_card_and_national_qr_of_one_person_have_the_same_stable_part():
    assert parsed(PAYLOADS["pccovid"]).stable == parsed(CARD).stable


def test_a_national_qr_without_insurance_says_none():
    assert parsed(PAYLOADS["pccovid_minimal"]).person.health_insurance_number == ""


def test_a_national_qr_declared_by_another_is_its_holders():
    person = parsed(PAYLOADS["pccovid_by_proxy"]).person
    assert (person.id_number, person.sex, person.phone) == ("C0000045", Sex.MALE, "")


def test_a_national_qr_without_extension_says_less():
    person = parsed(PAYLOADS["pccovid"].rsplit("|", 1)[0]).person
    assert (person.name, person.sex, person.phone) == ("NGUYEN THI HONG", Sex.UNKNOWN, "")


def test_a_masked_national_qr_is_known_by_its_own_number():
    masked = PAYLOADS["pccovid"].replace("091190000018|", "******000018|")
    masked = masked.replace("1990-09-02", "1990-**-**")
    credential = parsed(masked)
    assert credential.stable == "169000000000000018"
    assert credential.person.id_number == ""
    assert (credential.person.birth_date, credential.person.birth_year) == (None, 1990)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("|0|", "|7|"),
        ("1990-09-02", "02/09/1990"),
        ("169000000000000018", "abc"),
        ("NGUYEN THI HONG", ""),
        ("091190000018|", "?|"),
    ],
)
def test_what_has_not_the_structure_is_no_national_qr(old, new):
    assert parsed(PAYLOADS["pccovid"].replace(old, new)).scheme is Scheme.TEXT


def test_our_slip_is_known_by_its_shape_in_either_case():
    assert parsed(SLIP).scheme is Scheme.SLIP
    assert parsed(SLIP.lower() + "\r\n").stable == SLIP
    assert parsed(SLIP[:-1]).scheme is Scheme.TEXT
    assert parsed(SLIP[:-1] + "A").scheme is Scheme.TEXT


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("http://example.org", Scheme.URL),
        (" HTTPS://EXAMPLE.ORG", Scheme.URL),
        ("www.example.org", Scheme.URL),
        ("tel:0900000018", Scheme.URL),
        ("mailto:a@example.org", Scheme.URL),
        ("javascript:alert(1)", Scheme.URL),
        ("000201 is no payment", Scheme.TEXT),
        ("", Scheme.TEXT),
        ("\x01\x02\x03\x04", Scheme.BINARY),
        ("a\x00b", Scheme.BINARY),
        ("a line\r\nand another\t", Scheme.TEXT),
    ],
)
def test_what_nobody_claims_is_named_by_its_look(text, scheme):
    credential = parsed(text)
    assert credential.scheme is scheme
    assert credential.person is None
    assert credential.text == ("" if scheme is Scheme.BINARY else text)


# --- letters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TRAPS)
def test_the_bytes_that_trip_zbar_are_read_as_they_are(text):
    credential = parsed(text)
    assert credential.text == text
    assert not credential.doubtful_text
    if "|" in text:
        assert credential.person.name == text.split("|")[2]


def test_the_vietnamese_page_of_windows_is_read_with_a_doubt():
    name = "Trần Văn Dũng"
    in_page = unicodedata.normalize("NFD", CARD.replace("Nguyễn Thị Hồng", name))
    payload = "".join(_for_page(c) for c in unicodedata.normalize("NFC", in_page))
    credential = claimed(payload.encode("cp1258"))
    assert credential.person.name == name
    assert credential.doubtful_text


def _for_page(letter: str) -> str:
    """The letter as page 1258 writes it: its tone as a mark after it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
    return base + "".join(c for c in parts if c in tones)


def test_bytes_of_no_encoding_are_still_text_with_a_doubt():
    assert to_text(b"caf\xe9 \x8d\x90") == ("caf\xe9 \x8d\x90", True)


def test_bytes_of_a_picture_are_binary():
    credential = claimed(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert (credential.scheme, credential.text) == (Scheme.BINARY, "")


# --- anything at all --------------------------------------------------------------------------


@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff\xfe\x00")
def test_no_bytes_make_it_raise(payload):
    credential = claimed(payload)
    assert credential.person is None or credential.scheme in IDENTIFYING


@given(st.lists(st.text(max_size=20) | st.from_regex(r"[0-9]{8,12}", fullmatch=True), max_size=13))
def test_no_fields_make_it_raise_and_only_one_format_claims_them(fields):
    text = "|".join(fields)
    claimed(text.encode("utf-8", "replace"))
    assert sum(claim(text) is not None for claim in FORMATS) <= 1


VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặễệỗộợựỵỹ", min_size=1, max_size=7)
NAMES = st.lists(VIETNAMESE.map(str.title), min_size=1, max_size=5).map(" ".join)


@given(NAMES, NAMES, st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_card_says_what_was_written_on_it(name, address, born):
    number = f"091{(born.year // 100 - 19) * 2}{born:%y}000018"
    person = parsed(f"{number}||{name}|{born:%d%m%Y}|Nam|{address}|15042024||||").person
    assert (person.name, person.address) == (name, address)
    assert person.birth_date == born


def test_the_longest_payload_of_digits_is_text():
    assert claimed(b"7" * LONGEST).scheme is Scheme.TEXT


def test_a_bug_in_a_parser_is_no_end_of_the_desk_and_is_logged(monkeypatch, caplog):
    def buggy(text: str):
        raise OverflowError(text)

    monkeypatch.setattr(payload_module, "FORMATS", (buggy,))
    assert parse(PAYLOADS["cccd7_full"].encode()).scheme is Scheme.BINARY
    assert [record.exc_info[0] for record in caplog.records] == [OverflowError]
