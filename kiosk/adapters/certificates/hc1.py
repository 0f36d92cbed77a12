"""Reads a certificate in the EU's form: base45, zlib, COSE, CWT.

Source: domain.md 1.9; ehn-dcc-development/eu-dcc-hcert-spec (claims 1 issuer, 4 expiry, 6 issued,
-260 certificate; key usage 1.3.6.1.4.1.1847.2021.1: 1 tests, 2 vaccinations, 3 recoveries).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import base45
import cbor2

from kiosk.adapters.certificates.claims import moment
from kiosk.adapters.certificates.inflate import ZLIB, inflate
from kiosk.adapters.certificates.issuers import Issuer, Issuers
from kiosk.adapters.certificates.people import named
from kiosk.adapters.certificates.signature import ES256, PS256, is_signed
from kiosk.domain.credential import Verified
from kiosk.ports.certificates import Certificate

_ZLIB_HEADER = b"\x78"
_SIGN1_TAG, _CWT_TAG = 18, 61
_ALG, _KID = 1, 4
_ISSUER, _EXPIRES, _ISSUED, _HCERT = 1, 4, 6, -260
_ALGORITHMS = {"-7": ES256, "-37": PS256}
_USAGE = {
    "t": {"1.3.6.1.4.1.1847.2021.1.1", "1.3.6.1.4.1.0.1847.2021.1.1"},
    "v": {"1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.0.1847.2021.1.2"},
    "r": {"1.3.6.1.4.1.1847.2021.1.3", "1.3.6.1.4.1.0.1847.2021.1.3"},
}
"""Object identifiers by kind of proof; the second form stands in many real certificates."""
_ALL_USAGES = frozenset[str]().union(*_USAGE.values())


@dataclass(frozen=True, slots=True)
class _Signed:
    """A COSE_Sign1 message.

    Attributes:
        headers: protected and unprotected ones; a protected one hides the other.
        claims: of the token.
        content: the bytes that are signed (RFC 9052 4.4).
        signature: over them.
    """

    headers: Mapping[object, object]
    claims: Mapping[object, object]
    content: bytes
    signature: bytes


def judge(body: str, issuers: Issuers, at: datetime) -> Certificate:
    """What the certificate proves at `at`. Raises whatever its bytes make the libraries raise.

    Args:
        body: what follows the prefix.
        issuers: whose signatures count.
        at: aware.
    """
    signed = _open(base45.b45decode(body))
    proof = _table(_table(signed.claims.get(_HCERT)).get(1))
    names = _table(proof.get("nam"))
    person = named(_text(names.get("fn")), _text(names.get("gn")), _text(proof.get("dob")))
    kind = _kind(proof)
    found = [issuer for issuer in issuers.named(_kid(signed)) if _may_sign(issuer, kind)]
    signers = [issuer for issuer in found if _is_signed_by(issuer, signed)]
    whole = person is not None and kind != "" and "ver" in proof
    if (found and not signers) or not whole:
        verified = Verified.BROKEN
    elif not signers:
        verified = Verified.UNKNOWN_ISSUER
    elif _is_in_force(signed.claims, signers[0], at):
        verified = Verified.VALID
    else:
        verified = Verified.EXPIRED
    return Certificate(
        verified=verified,
        person=person,
        stable=f"HC1{hashlib.sha256(signed.content).hexdigest()}",
        issuer=signers[0].name if signers else "",
    )


def _open(data: bytes) -> _Signed:
    plain = inflate(data, ZLIB) if data.startswith(_ZLIB_HEADER) else data
    message = cbor2.loads(plain)
    while isinstance(message, cbor2.CBORTag) and message.tag in (_SIGN1_TAG, _CWT_TAG):
        message = message.value
    protected, unprotected, payload, signature = message
    inner = _table(cbor2.loads(protected) if protected else {})
    return _Signed(
        headers={**_table(unprotected), **inner},
        claims=_table(cbor2.loads(payload)),
        content=cbor2.dumps(["Signature1", protected, b"", payload]),
        signature=signature,
    )


def _kid(signed: _Signed) -> bytes:
    kid = signed.headers.get(_KID)
    return kid if isinstance(kid, bytes) else b""


def _is_signed_by(issuer: Issuer, signed: _Signed) -> bool:
    algorithm = _ALGORITHMS.get(str(signed.headers.get(_ALG)), "")
    return is_signed(issuer.key, algorithm, signed.signature, signed.content)


def _may_sign(issuer: Issuer, kind: str) -> bool:
    """A key that names usages of this kind signs those alone; others sign everything."""
    limits = issuer.purposes & _ALL_USAGES
    return not limits or bool(limits & _USAGE.get(kind, set()))


def _kind(proof: Mapping[object, object]) -> str:
    """Which proof it holds, exactly one: t, v or r; "" where that is not so."""
    kinds = [kind for kind in _USAGE if proof.get(kind)]
    return kinds[0] if len(kinds) == 1 else ""


def _is_in_force(claims: Mapping[object, object], signer: Issuer, at: datetime) -> bool:
    """Not yet expired, and signed while the signer's own certificate was not."""
    issued, expires = moment(claims.get(_ISSUED)), moment(claims.get(_EXPIRES))
    return (expires is None or at <= expires) and (issued or at) <= signer.until


def _table(value: object) -> Mapping[object, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
