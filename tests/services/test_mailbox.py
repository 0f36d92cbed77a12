from kiosk.services.mailbox import Mailbox


def test_only_the_newest_value_waits():
    mailbox = Mailbox()
    assert [mailbox.put(value) for value in (1, 2, 3)] == [True, False, False]
    assert mailbox.take() == 3
    assert mailbox.take() is None
    assert mailbox.put(4)
