"""Bytes to a credential: one module a format, each a pure function.

A new format is one new module with a `parse(text) -> Credential | None` that decides by
structure, one line in `FORMATS`, and its vectors in tests/data.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload import (
    bhyt,
    cccd,
    hc1,
    issued,
    mecard,
    national_qr,
    shc,
    unknown,
    vcard,
    vds_nc,
)
from kiosk.domain.payload.text import is_binary, to_text

_log = logging.getLogger(__name__)

FORMATS: tuple[Callable[[str], Credential | None], ...] = (
    cccd.parse,
    national_qr.parse,
    bhyt.parse,
    hc1.parse,
    shc.parse,
    vds_nc.parse,
    vcard.parse,
    mecard.parse,
    issued.parse,
)
"""At most one of them claims a payload (tests/domain/test_payload.py holds the matrix)."""

LONGEST = 7_089
"""No QR symbol holds more characters (ISO/IEC 18004, version 40-L, numeric)."""


def parse(payload: bytes) -> Credential:
    """The credential in `payload`. Never raises; what nobody claims is named by its look.

    A code is whatever a stranger prints: should one find a bug in a parser, it is a code that
    nobody knows and not the end of the desk. Tests and fuzzing call `claimed`, and see the bug.
    """
    try:
        return claimed(payload)
    except Exception:  # noqa: BLE001 - whatever a stranger finds
        _log.exception("a parser's bug")  # its words are left out of the log: kiosk.app.discreet
        return Credential(scheme=Scheme.BINARY)


def claimed(payload: bytes) -> Credential:
    """The same, without that net."""
    text, doubtful = to_text(payload[:LONGEST])
    if doubtful and is_binary(text):
        return Credential(scheme=Scheme.BINARY)
    known = next((found for claim in FORMATS if (found := claim(text))), None)
    credential = known or unknown.parse(text)
    if credential.scheme is Scheme.BINARY:
        return Credential(scheme=Scheme.BINARY)
    return replace(credential, doubtful_text=doubtful)
