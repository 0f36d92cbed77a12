"""Random cards through every known damage: the exact original comes back, or nothing does."""

import html.entities
import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.letters import LETTERS
from kiosk.domain.payload import parse
from kiosk.services.keyboard_damage import mended

CARDS = 2 * settings().max_examples  # 10,000 on a long night (tests/conftest.py)
VECTORS = json.loads(
    (Path(__file__).parents[1] / "data" / "payloads" / "payloads.json").read_text("utf-8")
)
HONG = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||"
NATIONAL = "091190000018|NGUYEN THI HONG|1990-09-02|0|169000000000000018|<2<GD4919100000018<0900"

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """a ai am an ang anh ao at au ay ac ă ăm ăn ăng ăt ăc â âm ân âng ât âu ây âc e em en eo
    et ê êm ên ênh êt êu i ia iê iêm iên iêng iêu iêt im in inh iu it ich o oa oai oan oang oe oi
    om on ong oc ot ô ôi ôm ôn ông ôc ôt ơ ơi ơm ơn ơt u ua uân uâ uê ui um un ung uô uôi uôn uông
    ut uy uyên uyêt ư ưa ưi ưng ươ ươi ươm ươn ương ươu ưt y yên yêu"""
_SURNAMES = "Nguyễn Trần Lê Phạm Huỳnh Võ Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Cao An Danh Thị"
ONSETS, RIMES, SURNAMES = ["", *_ONSETS.split()], _RIMES.split(), _SURNAMES.split()
PLACES = ["Ấp {}", "Tổ {}", "Khu phố {}", "Số {}/2", "Hẻm {}", "Khóm {}", "Đường {}", "Km {}"]
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def syllable(draw):
    letters = list(draw.choice(RIMES))
    vowels = [i for i, c in enumerate(letters) if c in "aăâeêioôơuưy"]
    marked = [i for i in vowels if letters[i] in "ăâêôơư"] or vowels
    letters[marked[-1]] += draw.choice(TONES)
    return unicodedata.normalize("NFC", (draw.choice(ONSETS) + "".join(letters)).capitalize())


def name(draw):
    parts = [draw.choice(SURNAMES), *(syllable(draw) for _ in range(draw.randint(1, 4)))]
    written = " ".join(parts)
    return written.upper() if draw.random() < 0.3 else written


def address(draw):
    place = draw.choice(PLACES).format(draw.choice([1, 4, 12, 128, 195, 201, 1950]))
    parts = [place, *(f"{syllable(draw)} {syllable(draw)}" for _ in range(draw.randint(1, 3)))]
    return ", ".join(parts)


def card(draw):
    day = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}"
    number = f"{draw.randint(0, 999_999_999_999):012}"
    old = draw.choice(["", f"{draw.randint(0, 999_999_999):09}"])
    sex = draw.choice(["Nam", "Nữ"])
    fields = [number, old, name(draw), day + "1990", sex, address(draw), day + "2024"]
    return "|".join(fields) + draw.choice(["", "||||"])


def cards(seed):
    draw = random.Random(seed)
    return [card(draw) for _ in range(CARDS)]


def alt(text):
    return "".join(c if c.isascii() else "".join(f"{b:04}" for b in c.encode()) for c in text)


def misread(text, page="cp1252", *, keeps_controls=True):
    def sign(byte):
        try:
            return bytes([byte]).decode(page)
        except UnicodeDecodeError:
            return chr(byte) if keeps_controls else ""

    return "".join(map(sign, text.encode()))


def keep(text, page):
    return text.encode(page, "ignore").decode(page)


def entities(text, spell):
    return "".join(c if c.isascii() else spell(c) for c in text.replace("&", "&amp;"))


def named(letter):
    found = html.entities.codepoint2name.get(ord(letter))
    return f"&{found};" if found else letter


def named_or_decimal(letter):
    spelled = named(letter)
    return spelled if spelled != letter else f"&#{ord(letter)};"


def nfd(text):
    return unicodedata.normalize("NFD", text)


def british(text):
    return text.translate(str.maketrans({"|": "~", "@": '"', '"': "@", "\\": "#", "#": "£"}))


def lose_a_byte(text, draw):
    content = text.encode()
    beyond = [i for i, byte in enumerate(content) if byte > 127]
    if not beyond:
        return content
    lost = draw.choice(beyond)
    return content[:lost] + content[lost + 1 :]


def without_a_byte(text, draw):
    return misread_bytes(lose_a_byte(text, draw))


def misread_bytes(content):
    return content.decode("latin-1")


def alt_without_a_byte(text, draw):
    content = lose_a_byte(text, draw)
    return "".join(chr(byte) if byte < 128 else f"{byte:04}" for byte in content)


REPAIRED = {
    "none": lambda text, _: text,
    "alt codes": lambda text, _: alt(text),
    "alt codes of loose diacritics": lambda text, _: alt(nfd(text)),
    "UTF-8 read as Latin-1": lambda text, _: misread(text, "latin-1"),
    "UTF-8 read as 1252": lambda text, _: misread(text),
    "UTF-8 read as 1258": lambda text, _: misread(text, "cp1258"),
    "loose diacritics read as 1252": lambda text, _: misread(nfd(text)),
    "decimal entities": lambda text, _: entities(text, lambda c: f"&#{ord(c)};"),
    "hexadecimal entities": lambda text, _: entities(text, lambda c: f"&#x{ord(c):X};"),
    "named and decimal entities": lambda text, _: entities(text, named_or_decimal),
    "named entities": lambda text, _: entities(text, named),
    "loose diacritics": lambda text, _: nfd(text),
    "page 1258 in pieces": lambda text, _: in_1258(text),
    "British layout": lambda text, _: british(text),
    "British layout and alt codes": lambda text, _: british(alt(text)),
    "British layout and loose diacritics": lambda text, _: nfd(british(text)),
}
"""Nothing is lost by these: nearly every card comes back."""

LOST = {
    "letters outside ASCII": lambda text, _: keep(text, "ascii"),
    "letters outside 1252": lambda text, _: keep(text, "cp1252"),
    "letters outside Latin-1": lambda text, _: keep(text, "latin-1"),
    "letters outside 1258": lambda text, _: keep(text, "cp1258"),
    "loose diacritics outside ASCII": lambda text, _: keep(nfd(text), "ascii"),
    "loose diacritics outside 1252": lambda text, _: keep(nfd(text), "cp1252"),
    "loose diacritics outside 1258": lambda text, _: keep(nfd(text), "cp1258"),
    "bytes outside 1252": lambda text, _: misread(text, keeps_controls=False),
    "bytes outside 1258": lambda text, _: misread(text, "cp1258", keeps_controls=False),
    "letters outside 1252, then alt codes": lambda text, _: alt(keep(text, "cp1252")),
    "letters outside 1252, then misread": lambda text, _: misread(keep(text, "cp1252")),
    "letters outside 1252, then entities": lambda text, _: entities(keep(text, "cp1252"), named),
    "bytes that no key types": lambda text, _: "".join(filter(str.isprintable, misread(text))),
    "hard spaces": lambda text, _: misread(text).replace("\xa0", " "),
    "one byte": without_a_byte,
    "one byte in alt codes": alt_without_a_byte,
    "question marks": lambda text, _: text.encode("cp1252", "replace").decode("cp1252"),
    "misread twice": lambda text, _: misread(misread(text, "latin-1"), "latin-1"),
    "capitals by the lock": lambda text, _: text.swapcase(),
    "semicolons of entities": lambda text, _: entities(text, named_or_decimal).replace(";", ""),
}
"""Something is lost by these: what comes back must have been there in full."""


def in_1258(text):
    """Vietnamese as Windows' own keyboard types it: ready-made letters, tones in pieces."""

    def pieces(letter):
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            for tone in TONES[1:]:
                if tone in apart:
                    return unicodedata.normalize("NFC", apart.replace(tone, "")) + tone
        return letter

    return "".join(map(pieces, text))


@pytest.mark.parametrize("damage", REPAIRED.values(), ids=REPAIRED)
def test_what_loses_nothing_is_undone_to_the_byte_or_refused(damage):
    draw = random.Random("whole")
    came_back = 0
    for original in cards("whole"):
        result = mended(damage(original, draw))
        assert result in (original.encode(), None), original
        came_back += result is not None
    assert came_back > 0.9 * CARDS


@pytest.mark.parametrize("damage", LOST.values(), ids=LOST)
def test_what_loses_letters_never_becomes_another_name(damage):
    draw = random.Random("lost")
    for original in cards("lost"):
        typed = damage(original, draw)
        result = mended(typed)
        assert result is None or result == original.encode(), (original, typed)


@pytest.mark.parametrize("payload", VECTORS.values(), ids=VECTORS)
def test_a_code_of_any_format_comes_back_as_it_is_or_names_nobody_else(payload):
    draw = random.Random(1)
    holder = parse(payload.encode()).person
    assert mended(payload) in (payload.encode(), None)
    for damage in (*REPAIRED.values(), *LOST.values()):
        result = mended(damage(payload, draw))
        named = parse(result).person if result is not None else None
        assert named is None or (holder is not None and named.name == holder.name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ng022501870141c", "Ngọc"),
        ("Tr0198017601980161ng", "Trương"),
        ("TrÆ°Æ¡ng Ngá»\x8dc", "Trương Ngọc"),
        ("Tr&#432;&#417;ng Ng&#7885;c", "Trương Ngọc"),
        ("H&agrave; Ng&#x1ECD;c", "Hà Ngọc"),
        ("Tru\u031bo\u031bng Thie\u0323\u0302n Ngo\u0323c", "Trương Thiện Ngọc"),
    ],
)
def test_the_known_damages_come_back_letter_by_letter(typed, name):
    card = f"091090000018||{typed}|02091990|Nam|An Giang|15042024"
    proof = {"Trương": None}.get(name, f"091090000018||{name}|02091990|Nam|An Giang|15042024")
    assert mended(card) == (proof.encode() if proof else None)


def test_a_card_that_shows_no_letter_of_vietnamese_alone_is_for_the_camera():
    """Of "Cao Minh Hiu" nobody can say whether letters were lost on the way."""
    assert mended("091090000018||Cao Minh Hiu|02091990|Nam|An Giang|15042024||||") is None


def test_a_whole_card_is_never_touched():
    for original in (HONG, HONG.replace("|", ";"), HONG.replace("Hồng", "Hồng &amp; <b>")):
        assert mended(original) == original.encode()


def test_what_is_written_in_ascii_alone_needs_no_proof():
    assert mended(NATIONAL) == NATIONAL.encode()
    assert mended(british(NATIONAL)) == NATIONAL.encode()
    slip = "KQ1S" + "B" * 31
    assert mended(slip) == slip.encode()


@pytest.mark.parametrize(
    "typed", ["https://tokhaiyte.vn/x", "=HYPERLINK(1)", 'a@b ~ "c" #\\', "Ngọc", "\udc80abc", " "]
)
def test_what_names_nobody_stays_as_it_was_typed(typed):
    assert mended(typed) == typed.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("other", ["'", "µ", "§", "*", "Ç", "", " "])
def test_a_separator_of_an_unknown_layout_is_for_the_camera(other):
    """There letters may have changed places too: German y and z."""
    assert mended(HONG.replace("|", other)) is None or not other.strip()


def test_a_sign_that_depends_on_the_layout_is_for_the_camera():
    assert mended(HONG.replace("Rạch", "#Rạch")) is None
    assert mended(HONG.replace("Rạch", "@Rạch")) is None


def test_a_house_number_that_may_be_what_is_left_of_a_letter_is_for_the_camera():
    assert mended(alt(HONG.replace("Rạch", "Số 10150 Rạch"))) is None
    assert mended(HONG.replace("Rạch", "Số 10150 Rạch")) is not None


@given(st.text(max_size=200))
def test_any_text_is_answered_and_what_names_nobody_is_not_changed(typed):
    assert mended(typed) in (typed.encode("utf-8", "surrogatepass"), None)


@given(st.data())
def test_a_garbled_card_is_never_another_card(data):
    """One stray change in a typed card: what comes back names nobody, or the holder."""
    garbled = list(HONG)
    at = data.draw(st.integers(27, 40))
    garbled[at] = data.draw(st.sampled_from("".join({*"0123456789&;#|~\xc3\xbb\u0303", *LETTERS})))
    result = mended("".join(garbled))
    as_typed = unicodedata.normalize("NFC", "".join(garbled))
    assert result is None or result.decode() in (as_typed, HONG)
