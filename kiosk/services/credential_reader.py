"""Bytes to a credential that has been judged; collects cards that come in several symbols."""

from dataclasses import replace

from kiosk.domain.credential import Credential, Scheme, Verified
from kiosk.domain.payload import parse, shc
from kiosk.ports.certificates import Certificate, Certificates
from kiosk.ports.clock import Clock

_MOST_PARTS = 20
_FORGOTTEN_AFTER = 60.0
"""Seconds after its last part, a card of which parts are missing is given up."""


class CredentialReader:
    """Reads what was shown; of certificates only holder and verdict go further.

    Thread: one at a time.
    """

    def __init__(self, certificates: Certificates, clock: Clock) -> None:
        self._certificates = certificates
        self._clock = clock
        self._parts: dict[int, shc.Part] = {}
        self._last_at = 0.0
        self._broken = ""

    def read(self, payload: bytes) -> Credential:
        """The credential in `payload`, judged now. Never raises.

        Of a card in several symbols it names nobody, and how many parts are there, until the last.
        """
        credential = parse(payload)
        part = self._part(credential)
        if part is not None:
            digits = self._collected(part)
            if digits is None:
                return replace(credential, text="", chunk=(len(self._parts), part.total))
            self._parts = {}
            whole = replace(credential, text=f"shc:/{digits}")
            certificate = self._certificates.judge(whole, self._clock.now())
            if self._mixed(certificate, digits):
                self._parts = {part.index: part}
                return replace(credential, text="", chunk=(1, part.total))
            credential = whole
        else:
            certificate = self._certificates.judge(credential, self._clock.now())
        if certificate is None:
            return credential
        return replace(
            credential,
            stable=certificate.stable,
            person=certificate.person,
            text="",  # health content stays here
            verified=certificate.verified,
            issuer=certificate.issuer,
        )

    def _mixed(self, certificate: Certificate | None, digits: str) -> bool:
        """Whether these parts may be of two people's cards: all are asked for once more.

        Parts that give the same a second time are one card's, and it is broken.
        """
        broken = certificate is not None and certificate.verified is Verified.BROKEN
        again = digits == self._broken
        self._broken = digits if broken else ""
        return broken and not again

    @staticmethod
    def _part(credential: Credential) -> shc.Part | None:
        if credential.scheme is not Scheme.SMART_HEALTH_CARD:
            return None
        part = shc.part(credential.text)
        return part if part is not None and 1 < part.total <= _MOST_PARTS else None

    def _collected(self, part: shc.Part) -> str | None:
        """The digits of all parts in their order, or None while one is missing."""
        now = self._clock.steady()
        known = next(iter(self._parts.values()), part)
        same_card = known.total == part.total and self._parts.get(part.index, part) == part
        if not same_card or now - self._last_at > _FORGOTTEN_AFTER:
            self._parts = {}
        self._parts[part.index] = part
        self._last_at = now
        if len(self._parts) < part.total:
            return None
        return "".join(self._parts[index].digits for index in sorted(self._parts))
