"""Judges certificates of every form; whatever is in them, it only answers."""

import logging
from datetime import datetime

from kiosk.adapters.certificates import hc1, shc
from kiosk.adapters.certificates.issuers import Issuers
from kiosk.domain.credential import Credential, Scheme, Verified
from kiosk.domain.payload import hc1 as hc1_payload
from kiosk.domain.payload import shc as shc_payload
from kiosk.ports.certificates import Certificate

_log = logging.getLogger(__name__)


class CertificateJudge:
    """Knows the issuers of one folder.

    Thread: any; it holds nothing that changes.
    """

    def __init__(self, issuers: Issuers) -> None:
        self._issuers = issuers

    def judge(self, credential: Credential, at: datetime) -> Certificate | None:
        """What `credential` proves at `at` (aware); None where it is no certificate."""
        if credential.scheme not in (Scheme.EU_CERTIFICATE, Scheme.SMART_HEALTH_CARD):
            return None
        try:
            return self._read(credential, at)
        except Exception as error:  # noqa: BLE001 - what hostile bytes make five libraries raise
            # the error's own words may hold what must not be kept
            _log.warning("%s: broken (%s)", credential.scheme, type(error).__name__)
            return Certificate(Verified.BROKEN)

    def _read(self, credential: Credential, at: datetime) -> Certificate:
        if credential.scheme is Scheme.EU_CERTIFICATE:
            return hc1.judge(hc1_payload.body(credential.text) or "", self._issuers, at)
        part = shc_payload.part(credential.text)
        return shc.judge(part.digits if part else "", self._issuers, at)
