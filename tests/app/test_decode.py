import json
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters import reading_start
from kiosk.adapters.opencv import cv2
from kiosk.adapters.reading import LadderReader
from kiosk.app.decode import decode
from kiosk.app.main import main
from kiosk.ui.wording import Language, Words
from tests.qr_drawing import draw, on_desk
from tests.unruly_reader import ask_for, words

WORDS = Words(Language.ENGLISH, Path(__file__).parents[2] / "resources" / "i18n")
VECTORS = Path(__file__).parents[1] / "data" / "payloads" / "payloads.json"
CARD = "091190000018|370000018|Nguyễn Thị Hồng|02091990|Nữ|Tổ 4, Minh Lương, Kiên Giang|15042021"
NATIONAL = (
    "091190000018|NGUYEN THI HONG|1990-09-02|0|169000000000000018|<2<GD4919100000018<0900000018"
)


@pytest.fixture
def save(tmp_path):
    def save(name, *payloads):
        path = tmp_path / name
        placed = [(draw(p), 40 + 420 * n, 60) for n, p in enumerate(payloads)]
        cv2.imencode(path.suffix, on_desk(*placed))[1].tofile(path)
        return str(path)

    return save


def run(capsys, *paths, as_json=True):
    code = decode(paths, WORDS, as_json=as_json)
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()] if as_json else out, err


def test_a_citizen_card_comes_with_its_fields(capsys, save):
    path = save("thẻ.png", CARD.encode())
    code, (line,), err = run(capsys, path)
    assert (code, err) == (0, "")
    assert set(line) == {"file", "ms", "payloads"}
    assert line["file"] == path
    assert line["ms"] > 0
    (payload,) = line["payloads"]
    assert payload["text"] == CARD
    assert payload["hex"] == CARD.encode().hex()
    assert payload["scheme"] == "cccd"
    assert payload["decoder"] in ("zbar", "zxing")
    assert payload["fields"] == {
        "name": "Nguyễn Thị Hồng",
        "id_number": "091190000018",
        "old_id_number": "370000018",
        "birth_date": "1990-09-02",
        "sex": "female",
        "address": "Tổ 4, Minh Lương, Kiên Giang",
        "issued_on": "2021-04-15",
    }


def test_a_national_qr_comes_with_phone_and_insurance(capsys, save):
    _, (line,), _ = run(capsys, save("a.png", NATIONAL.encode()))
    fields = line["payloads"][0]["fields"]
    assert line["payloads"][0]["scheme"] == "national_qr"
    assert fields["phone"] == "0900000018"
    assert fields["health_insurance_number"] == "GD4919100000018"


@pytest.mark.parametrize(
    ("payload", "scheme", "text"),
    [
        (b"https://example.org/", "url", "https://example.org/"),
        (b"\x00\x01\x02\xff" * 5, "binary", ""),
        ("<b>=HYPERLINK(1)</b> '; DROP \u202e🙂".encode(), "text", None),
    ],
)
def test_other_payloads_are_named_and_carry_their_bytes(capsys, save, payload, scheme, text):
    _, (line,), _ = run(capsys, save("a.png", payload))
    (told,) = line["payloads"]
    assert told["scheme"] == scheme
    assert bytes.fromhex(told["hex"]) == payload
    assert told["fields"] == {}
    assert told["text"] == (payload.decode() if text is None else text)


def test_two_codes_in_a_picture_are_two_payloads(capsys, save):
    _, (line,), _ = run(capsys, save("a.png", b"KQ1S00B", CARD.encode()))
    assert {p["text"] for p in line["payloads"]} == {"KQ1S00B", CARD}


def test_a_picture_without_a_code_ends_with_1(capsys, save):
    code, (line,), err = run(capsys, save("a.png"))
    assert (code, line["payloads"], err) == (1, [], "")


def test_one_bad_file_is_one_sentence_and_the_others_go_on(capsys, save, tmp_path):
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 99)
    huge = tmp_path / "huge.png"
    cv2.imwrite(str(huge), np.zeros((8100, 8100), np.uint8))
    bad = [
        str(tmp_path / name) for name in ("none.png", "empty.png", "broken.png", "huge.png", "")
    ]
    good = save("good.png", CARD.encode())
    code, lines, err = run(capsys, *bad, good)
    assert code == 1
    assert [line["file"] for line in lines] == [*bad, good]
    assert [len(line["payloads"]) for line in lines] == [0, 0, 0, 0, 0, 1]
    assert len(err.splitlines()) == len(bad)
    for path, sentence in zip(bad, err.splitlines(), strict=True):
        assert sentence.startswith(f"kiosk: {path}: ")


def test_without_json_nothing_in_a_payload_or_a_name_acts_on_the_terminal(capsys, save):
    path = save("a.png", "\x1b[31mred and more words\x07\r\n\u202e\u2066đỏ".encode())
    code, out, _ = run(capsys, path, "x\x1b[2J.png", as_json=False)
    assert code == 1
    assert "\\x1b[31mred and more words\\x07\\r\\n\\u202e\\u2066đỏ" in out
    assert all(c.isprintable() for c in out.replace("\n", ""))
    code, _, err = run(capsys, "x\x1b[2J.png", as_json=False)
    assert "x\\x1b[2J.png" in err


def test_without_json_each_code_is_a_line(capsys, save):
    path, none = save("a.png", b"KQ1S00B", b"\x00\x01\x00\x02"), save("b.png")
    code, out, _ = run(capsys, path, none, as_json=False)
    assert code == 0
    assert sorted(out.splitlines()) == sorted(
        [f"{path}: text: KQ1S00B", f"{path}: binary: 4 bytes", f"{none}: no code read"]
    )


def test_a_missing_decoder_is_said_once(capsys, save):
    code = decode([save("a.png", b"a")], WORDS, as_json=True, reader=LadderReader([], ("gone",)))
    out, err = capsys.readouterr()
    assert (code, err) == (1, "kiosk: gone\n")
    assert json.loads(out)["payloads"] == []


def test_a_picture_that_crashes_the_decoders_is_one_sentence_and_the_others_go_on(
    capsys, save, monkeypatch
):
    path, other = save("a.png", CARD.encode()), save("b.png", b"KQ1S00B")
    cv2.imencode(".png", ask_for("abort", cv2.imread(path)))[1].tofile(path)
    monkeypatch.setattr(reading_start, "command", words)
    code, lines, err = run(capsys, path, other)
    assert code == 1
    assert [[p["text"] for p in line["payloads"]] for line in lines] == [[], ["KQ1S00B"]]
    (sentence,) = err.splitlines()
    assert sentence.startswith(f"kiosk: {path}: the code reader crashed")


def test_every_payload_vector_comes_back_from_a_picture(capsys, save):
    for name, text in json.loads(VECTORS.read_text("utf-8")).items():
        if len(text.encode()) < 1200:
            _, (line,), _ = run(capsys, save("a.png", text.encode()))
            assert [bytes.fromhex(p["hex"]) for p in line["payloads"]] == [text.encode()], name


# --- certificates -----------------------------------------------------------------------------

EU = json.loads((VECTORS.parent / "eu-dcc.json").read_text("utf-8"))[1]


@pytest.fixture
def issuers(tmp_path):
    folder = tmp_path / "issuers"
    folder.mkdir()
    (folder / "at.txt").write_text(EU["certificate"], "ascii")
    return folder


def judged(capsys, path, *options):
    code = main(["decode", "--json", *options, path])
    out, err = capsys.readouterr()
    return code, json.loads(out)["payloads"] if out else [], err


def test_a_certificate_is_judged_by_the_given_issuers_as_of_the_given_time(capsys, save, issuers):
    path = save("hc1.png", EU["payload"].encode())
    trust = ("--issuers", str(issuers))
    for options, verified in (
        ((*trust, "--at", EU["clock"]), "valid"),
        (trust, "expired"),
        (("--at", EU["clock"]), "unknown_issuer"),
    ):
        code, (payload,), err = judged(capsys, path, *options)
        assert (code, err, payload["scheme"]) == (0, "", "hc1")
        assert payload["verified"] == verified
        assert payload["text"] == EU["payload"]
        assert payload["fields"] == {
            "name": "Musterfrau-Gößinger Gabriele",
            "birth_date": "1998-02-26",
            "sex": "unknown",
        }


def test_what_has_no_signature_is_not_verified(capsys, save):
    _, (payload,), _ = judged(capsys, save("a.png", CARD.encode()))
    assert payload["verified"] == "none"


@pytest.mark.parametrize(
    "options",
    [("--at", "yesterday"), ("--at", "9999-99-99"), ("--issuers", "/nowhere\x1b[2J")],
)
def test_a_time_or_a_folder_that_is_none_is_told(capsys, save, options):
    code, payloads, err = judged(capsys, save("a.png", CARD.encode()), *options)
    assert (code, payloads) == (2, [])
    assert err.count("\n") == 1
