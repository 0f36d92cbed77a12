from kiosk.services.scan_tracker import Scan, ScanSource
from kiosk.services.waiting_codes import PATIENCE, WaitingCodes


def camera(payload: bytes, seen_at: float = 0.0) -> Scan:
    return Scan(payload, ScanSource.CAMERA, "zbar", seen_at)


def hand(payload: bytes, seen_at: float = 0.0, source: ScanSource = ScanSource.HAND) -> Scan:
    return Scan(payload, source, "", seen_at)


def served(waiting: WaitingCodes, now: float) -> list[bytes]:
    found = []
    while (scan := waiting.next(now)) is not None:
        found.append(scan.payload)
    return found


def test_each_waiting_code_gets_its_turn_the_oldest_first():
    waiting = WaitingCodes()
    for payload in (b"a", b"b", b"c", b"a"):
        waiting.hold(camera(payload))
    assert served(waiting, 1.0) == [b"a", b"b", b"c"]
    assert not waiting.any(1.0)


def test_a_code_that_left_the_picture_is_forgotten():
    waiting = WaitingCodes()
    waiting.hold(camera(b"a"))
    waiting.hold(camera(b"b"))
    waiting.leave(b"a")
    waiting.leave(b"never shown")
    assert served(waiting, 1.0) == [b"b"]


def test_a_lost_camera_takes_its_codes_with_it_and_no_others():
    waiting = WaitingCodes()
    waiting.hold(camera(b"a"))
    waiting.hold(hand(b"b", 5.0))
    waiting.view_changed(lost_at=1.0)
    assert served(waiting, 1.0 + PATIENCE + 0.1) == [b"b"]


def test_the_code_of_a_hand_scanner_waits_for_a_while_only():
    for source in (ScanSource.HAND, ScanSource.SERIAL):
        waiting = WaitingCodes()
        waiting.hold(hand(b"a", 0.0, source))
        waiting.hold(camera(b"b", 0.0))
        assert waiting.any(PATIENCE)
        assert served(waiting, PATIENCE + 0.1) == [b"b"]


def test_a_code_scanned_by_hand_again_waits_from_then_on():
    waiting = WaitingCodes()
    waiting.hold(hand(b"a", 0.0))
    waiting.hold(hand(b"a", 9.0))
    assert served(waiting, 18.0) == [b"a"]
