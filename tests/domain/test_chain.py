"""The hashes that make the log provable; what is fixed here is in files and on signed paper."""

from kiosk.domain.chain import (
    GENESIS,
    canonical,
    commitment,
    fingerprint,
    joint_fingerprint,
    link,
)

CONTENT = {"name": "Nguyễn Thị Hồng", "birth_year": 1985, "phone": None}


def test_one_content_has_one_spelling():
    spelled = '{"birth_year":1985,"name":"Nguyễn Thị Hồng","phone":null}'
    assert canonical(CONTENT) == spelled.encode()
    assert canonical(dict(reversed(CONTENT.items()))) == canonical(CONTENT)


def test_a_commitment_is_the_same_in_every_release():
    assert (
        commitment(b"\0" * 16, CONTENT)
        == "25c83d989ec5293057318d26ae36af03cf7aad772fd44ec82586faf4af521acf"
    )
    assert (
        link(GENESIS, {"seq": 1})
        == "0a00898550374c41186879d92f30325cd0a550ce8c5da4d9aeef34a95c0b85ea"
    )


def test_equal_contents_are_not_seen_to_be_equal():
    assert commitment(b"a" * 16, CONTENT) != commitment(b"b" * 16, CONTENT)


def test_a_link_depends_on_all_that_went_before():
    assert link(GENESIS, {"seq": 1}) != link("1" * 64, {"seq": 1})


def test_the_fingerprint_is_short_enough_to_be_signed():
    assert fingerprint("3f9a0c1b77d2e4a8" + "0" * 48) == "3F9A-0C1B-77D2-E4A8"


def test_the_fingerprint_of_several_gates_depends_on_each():
    one, two = "1" * 64, "2" * 64
    assert joint_fingerprint([]) == ""
    assert joint_fingerprint([one]) == fingerprint(one)
    told = {joint_fingerprint(hashes) for hashes in ([one, two], [two, one], [one], [one, one])}
    assert len(told) == 4
