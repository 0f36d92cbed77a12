"""The formats beside citizen card and national QR: what each says, and what it does not."""

import json
import quopri
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.credential import IDENTIFYING, Scheme, Seeming
from kiosk.domain.payload import FORMATS, LONGEST, claimed, shc, unknown
from kiosk.domain.payload.contact import split_escaped, unescaped
from kiosk.domain.person import Sex, numbers_of
from tests.domain.test_payload import CARD, HEALTH_CARDS, NAMES, PAYLOADS, parsed

HONG = "Nguyễn Thị Hồng"


def in_hex(text):
    return text.encode().hex()


# --- citizen card as Zalo re-shares it ---------------------------------------------------------


def test_the_six_fields_that_zalo_writes_are_the_card():
    said, card = parsed(PAYLOADS["cccd6_zalo_text"]), parsed(CARD)
    assert (said.scheme, said.stable) == (Scheme.CITIZEN_CARD, card.stable)
    assert (said.person.name, said.person.sex) == (HONG, Sex.FEMALE)
    assert (said.person.birth_date, said.person.issued_on) == (date(1990, 9, 2), date(2021, 4, 15))
    assert said.person.old_id_number == ""
    assert said.warnings == ()


@pytest.mark.parametrize(("old", "new"), [("|Nữ|", "|x|"), ("02/09/1990", "1990-09-02")])
def test_six_fields_of_another_structure_are_no_card(old, new):
    assert parsed(PAYLOADS["cccd6_zalo_text"].replace(old, new)).scheme is Scheme.TEXT


# --- health insurance ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day", ["01/09/9" + "9" * 20, "1/2/3/4", "٠٥/٠١/٢٠٢٤", "31/02/2024", "+5/01/2024"]
)
def test_a_day_that_cannot_be_is_left_out(day):
    """Found by tests/fuzz/parsers.py: an endless year ended the program."""
    payload = PAYLOADS["bhyt_new16"]
    person = parsed(payload.replace("05/01/2024", day)).person
    assert (person.name, person.issued_on) == (HONG, None)


@pytest.mark.parametrize(
    ("name", "code", "address", "issued"),
    [
        ("bhyt_new16", "9100000018", "", date(2024, 1, 5)),
        (
            "bhyt_old15",
            "GD4919100000018",
            "Minh Lương, Châu Thành, Kiên Giang",
            date(2020, 1, 5),
        ),
    ],
)
def test_an_insurance_card_is_read_whole(name, code, address, issued):
    credential = parsed(PAYLOADS[name])
    person = credential.person
    assert (person.name, person.sex, person.birth_date) == (HONG, Sex.FEMALE, date(1990, 9, 2))
    assert (person.health_insurance_number, person.address) == (code, address)
    assert person.issued_on == issued
    assert person.id_number == ""
    assert credential.stable == "BHYT9100000018"


def test_the_short_insurance_card_is_read_too():
    person = parsed(PAYLOADS["bhyt_old10"]).person
    assert (person.name, person.sex) == ("Trần Văn Dũng", Sex.MALE)
    assert person.birth_date == date(2003, 3, 21)


def test_both_forms_of_an_insurance_number_and_the_national_qr_name_one_person():
    said = [parsed(PAYLOADS[name]).person for name in ("bhyt_new16", "bhyt_old15", "pccovid")]
    assert {numbers_of(person)[-1] for person in said} == {"9100000018"}


@pytest.mark.parametrize(
    "wrong",
    [
        in_hex(HONG)[:-1],  # half a byte is missing
        in_hex(HONG)[:-6],  # half a letter is missing
        "c3",
        "4e00",
        HONG.encode("latin-1", "replace").hex() + "ff",
    ],
)
def test_hex_that_is_not_whole_gives_no_name(wrong):
    credential = parsed(PAYLOADS["bhyt_new16"].replace(in_hex(HONG), wrong))
    assert credential.scheme is Scheme.HEALTH_INSURANCE
    assert credential.person.name == ""


def test_a_birth_year_alone_is_only_a_year():
    person = parsed(PAYLOADS["bhyt_new16"].replace("02/09/1990", "1990")).person
    assert (person.birth_date, person.birth_year) == (None, 1990)


@pytest.mark.parametrize(("old", "new"), [("9100000018|", "910000001|"), (in_hex(HONG), HONG)])
def test_what_has_not_the_structure_is_no_insurance_card(old, new):
    assert parsed(PAYLOADS["bhyt_new16"].replace(old, new)).scheme is Scheme.TEXT


@given(NAMES, st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_an_insurance_card_says_what_was_written_on_it(name, born):
    text = f"9100000018|{in_hex(name)}|{born:%d/%m/%Y}|1|-|91 - 001|-|-|-|$"
    person = parsed(text).person
    assert (person.name, person.birth_date, person.sex) == (name, born, Sex.MALE)


# --- certificates are only told here ------------------------------------------------------------


def test_certificates_name_nobody_before_they_were_judged():
    for name in ("hc1_selfsigned", "shc_selfsigned"):
        assert parsed(PAYLOADS[name]).person is None


@pytest.mark.parametrize("text", HEALTH_CARDS)
def test_every_health_card_is_one_by_its_prefix(text):
    is_one = text.startswith("shc:/")  # one vector has another prefix on purpose
    assert (parsed(text.strip()).scheme is Scheme.SMART_HEALTH_CARD) == is_one


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("shc:/5676", (1, 1, "5676")),
        ("SHC:/2/3/5676\r\n", (2, 3, "5676")),
        ("shc:/3/2/5676", None),
        ("shc:/0/2/5676", None),
        ("shc:/x", None),
        ("shlink:/x", None),
    ],
)
def test_a_part_of_a_health_card_has_its_number(text, numbered):
    found = shc.part(text)
    assert (found and (found.index, found.total, found.digits)) == numbered


def test_a_seal_of_icao_names_its_holder():
    credential = parsed(PAYLOADS["vds_nc_unsigned"])
    person = credential.person
    assert (person.name, person.id_number) == ("NGUYEN THI HONG", "C0000018")
    assert (person.birth_date, person.sex) == (date(1990, 9, 2), Sex.FEMALE)
    assert credential.verified == "none"
    assert "Comirnaty" not in repr(person)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 5000 + "icao.",
        '{"a":' * 1500 + '"icao.vacc"',
        '{"data": {"hdr": {"t": "icao.other"}}}',
        '{"data": {"hdr": ["icao.vacc"]}}',
        '{"data": "icao.vacc"}',
        "{} icao.",
    ],
)
def test_json_that_is_no_seal_is_text(text):
    assert parsed(text).scheme is Scheme.TEXT


def test_seals_with_neither_number_nor_proof_are_not_all_one_persons():
    pid = {"n": "TRAN VAN A", "dob": "1990-01-02"}
    text = json.dumps({"data": {"hdr": {"t": "icao.vacc"}, "msg": {"pid": pid}}})
    assert (parsed(text).person.name, parsed(text).stable) == ("TRAN VAN A", "")


def test_a_seal_without_a_holder_identifies_nobody():
    text = json.dumps({"data": {"hdr": {"t": "icao.vacc"}, "msg": {"pid": 7}}})
    assert (parsed(text).scheme, parsed(text).person) == (Scheme.ICAO_VDS, None)


# --- business cards -----------------------------------------------------------------------------


def vcard(*lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"])


@pytest.mark.parametrize("text", [PAYLOADS["vcard3"], PAYLOADS["mecard"]])
def test_a_business_card_says_name_phone_and_organisation(text):
    credential = parsed(text)
    person = credential.person
    assert (person.name, person.organisation) == (HONG, "Công ty TNHH Ví Dụ")
    assert person.phone in ("+84900000018", "0900000018")
    assert credential.verified == "none"


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Nguyễn Thị Hồng",),
        ("N:Nguyễn;Hồng;Thị;;",),
        ("FN:Nguyễn Thị\r\n  Hồng",),
        ("fn;charset=utf-8:Nguyễn Thị Hồng",),
        ("item1.FN:Nguyễn Thị Hồng",),
        ('FN;X="a:b;c":Nguyễn Thị Hồng',),
        ("FN:", "N:Nguyễn;Hồng;Thị;;"),
        ("FN:Nguyễn Thị Hồng", "FN:Another"),
        ("NOTE:FN:x", "FN:Nguyễn Thị Hồng"),
    ],
)
def test_a_name_is_found_however_a_vcard_writes_it(lines):
    assert parsed(vcard(*lines)).person.name == HONG


def test_a_vcard_of_the_old_kind_writes_letters_as_numbers():
    spelt = quopri.encodestring(HONG.encode()).decode().replace("\n", "")
    folded = spelt[:20] + "=\r\n" + spelt[20:]
    for value in (spelt, folded):
        line = f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{value}"
        assert parsed(vcard(line)).person.name == HONG


def test_letters_as_numbers_that_are_no_text_give_no_name():
    line = "FN;CHARSET=NO-SUCH;ENCODING=QUOTED-PRINTABLE:=FF=FE"
    assert parsed(vcard(line)).person is None


def test_what_is_escaped_on_a_business_card_is_meant_as_such():
    said = parsed(vcard("FN:Hồng", r"ORG:Ví Dụ\, Một\; Hai;Phòng")).person
    assert said.organisation == "Ví Dụ, Một; Hai"
    said = parsed(r"MECARD:N:Hồng\:x;ORG:A\;B\\C;;").person
    assert (said.name, said.organisation) == ("Hồng:x", "A;B\\C")


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("TEL;VALUE=uri:tel:+84-900-000-018;ext=1", "+84900000018"),
        ("TEL;TYPE=CELL:0900 000 018", "0900000018"),
        ("TEL:" + "9" * 99, "9" * 20),
        ("TEL:+84+900", "+84900"),
    ],
)
def test_a_phone_is_its_digits(line, phone):
    assert parsed(vcard("FN:Hồng", line)).person.phone == phone


def test_a_business_card_without_a_name_identifies_nobody():
    for text in (vcard("TEL:0900"), "MECARD:TEL:0900;;", "BEGIN:VCARD\r\n"):
        credential = parsed(text)
        assert (credential.person, credential.stable) == (None, "")
        assert credential.scheme in (Scheme.VCARD, Scheme.MECARD)


def test_a_name_alone_is_not_taken_for_the_same_card_again():
    assert parsed(vcard("FN:Hồng")).stable == ""
    one, two = vcard("FN:Hồng", "TEL:0900"), "MECARD:N:HỒNG;TEL:0900;;"
    assert parsed(one).stable == parsed(two).stable != ""


@given(NAMES, NAMES, st.sampled_from(["vcard", "mecard"]))
def test_a_business_card_says_what_was_written_on_it(name, organisation, kind):
    said = f"{organisation};,:\\x"
    spelt = "".join(f"\\{c}" if c in ";,:\\" else c for c in said)
    text = (
        vcard(f"FN:{name}", f"ORG:{spelt}")
        if kind == "vcard"
        else f"MECARD:N:{name};ORG:{spelt};;"
    )
    person = parsed(text).person
    assert (person.name, person.organisation) == (name, said)


@given(st.text("ab;\\", max_size=30))
def test_cutting_at_signs_that_are_not_escaped_loses_nothing(text):
    assert ";".join(split_escaped(text, ";")) == text
    assert "\\" not in unescaped(text.replace("\\\\", ""))


# --- known and refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "scheme", "seems"),
    [
        ("https://qr.tokhaiyte.vn/dd/EXAMPLE-000123", Scheme.LOCATION, None),
        ("https://user@QR.PCCOVID.gov.vn/x", Scheme.LOCATION, None),
        ("https://tokhaiyte.vn/dkdd/1", Scheme.LOCATION, None),
        ("https://tokhaiyte.vn/", Scheme.URL, None),
        ("https://example.org/qr.tokhaiyte.vn/dd/1", Scheme.URL, None),
        ("https://qr.tokhaiyte.vn.example.org/dd/1", Scheme.URL, None),
        ("WIFI:T:WPA;S:Khach;P:matkhau;;", Scheme.WIFI, None),
        ("wifi:S:Khach;;", Scheme.WIFI, None),
        ("shlink:/eyJhbGciOiJkaXIifQ", Scheme.URL, Seeming.HEALTH_LINK),
        ("https://viewer.example.org/#shlink:/eyJhbGci", Scheme.URL, Seeming.HEALTH_LINK),
        ("https://vneid.gov.vn/x", Scheme.URL, Seeming.VNEID),
        ("https://api.vneid.gov.vn/x", Scheme.URL, Seeming.VNEID),
        ("https://notvneid.gov.vn/x", Scheme.URL, None),
        ("A1b2C3d4" * 12, Scheme.TEXT, Seeming.VNEID),
        ("1" * 96, Scheme.TEXT, None),
        ("https://gplx.gov.vn/tracuu?x=1", Scheme.URL, Seeming.DRIVING_LICENCE),
        ("GPLX: 910000000018; NGUYEN THI HONG", Scheme.TEXT, Seeming.DRIVING_LICENCE),
        ("example.com/x", Scheme.URL, None),
        ("Nguyen.Van.A", Scheme.TEXT, None),
        (PAYLOADS["gs1_staff_badge"], Scheme.TEXT, None),
        (PAYLOADS["vietqr_reject"], Scheme.PAYMENT, None),
    ],
)
def test_what_is_refused_is_named(text, scheme, seems):
    credential = parsed(text)
    assert (credential.scheme, credential.seems) == (scheme, seems)
    assert scheme not in IDENTIFYING


# --- anything at all ----------------------------------------------------------------------------

SIGNS = '|;:,"\\=<{}[]/\r\n \t.+0123456789ABCDEFabcdefNnữ%'
BEGINNINGS = ["", "HC1:", "shc:/", "MECARD:N:", "BEGIN:VCARD\nFN:", "9100000018|", '{"data":']


@given(st.sampled_from(BEGINNINGS), st.text(SIGNS, max_size=200))
def test_no_signs_make_a_format_raise_and_only_one_claims_them(beginning, rest):
    text = beginning + rest
    assert sum(claim(text) is not None for claim in FORMATS) <= 1
    assert unknown.parse(text).person is None
    claimed(text.encode("utf-8", "replace"))


def test_a_payload_longer_than_any_symbol_is_cut():
    assert len(claimed(b"a b " * 100_000).text) == LONGEST
