"""Reads a SMART Health Card: digits, JWS, raw DEFLATE, JSON.

Source: domain.md 1.9; spec.smarthealth.cards: ES256, claims iss, nbf, exp, vc.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from kiosk.adapters.certificates.claims import moment
from kiosk.adapters.certificates.inflate import RAW, inflate
from kiosk.adapters.certificates.issuers import Issuers, unpadded
from kiosk.adapters.certificates.people import named
from kiosk.adapters.certificates.signature import is_signed
from kiosk.domain.credential import Verified
from kiosk.domain.person import Person
from kiosk.ports.certificates import Certificate

_LOWEST, _HIGHEST = 45, 122


def judge(digits: str, issuers: Issuers, at: datetime) -> Certificate:
    """What the card proves at `at`. Raises whatever its bytes make the libraries raise.

    Args:
        digits: of all its parts in their order, pairs of digits.
        issuers: whose signatures count.
        at: aware.
    """
    token = _characters(digits)
    head, body, signature = token.split(".")
    header = _table(json.loads(unpadded(head)))
    claims = _table(json.loads(inflate(unpadded(body), RAW)))
    person = _patient(claims)
    found = issuers.named(str(header.get("kid", "")).encode())
    signed = f"{head}.{body}".encode("ascii")
    algorithm, proof = str(header.get("alg")), unpadded(signature)
    signers = [issuer for issuer in found if is_signed(issuer.key, algorithm, proof, signed)]
    if (found and not signers) or "vc" not in claims:
        verified = Verified.BROKEN
    elif not signers:
        verified = Verified.UNKNOWN_ISSUER
    else:
        verified = Verified.VALID if _is_in_force(claims, at) else Verified.EXPIRED
    return Certificate(
        verified=verified,
        person=person,
        stable=f"SHC{hashlib.sha256(signed).hexdigest()}",
        issuer=signers[0].name if signers else "",
    )


def _characters(digits: str) -> str:
    """The token that pairs of digits spell. Raises ValueError."""
    if not digits or len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        detail = "no pairs of digits"
        raise ValueError(detail)
    codes = [int(digits[at : at + 2]) + _LOWEST for at in range(0, len(digits), 2)]
    if max(codes) > _HIGHEST:
        detail = "no character of a token"
        raise ValueError(detail)
    return "".join(map(chr, codes))


def _is_in_force(claims: Mapping[str, object], at: datetime) -> bool:
    since, until = moment(claims.get("nbf")), moment(claims.get("exp"))
    return since is not None and since <= at and (until is None or at < until)


def _patient(claims: Mapping[str, object]) -> Person | None:
    """Name and birth date of the one patient in the bundle."""
    subject = _table(_table(claims.get("vc")).get("credentialSubject"))
    entries = _table(subject.get("fhirBundle")).get("entry")
    for entry in entries if isinstance(entries, list) else ():
        resource = _table(_table(entry).get("resource"))
        names = resource.get("name")
        if resource.get("resourceType") == "Patient" and isinstance(names, list) and names:
            name, born = _table(names[0]), resource.get("birthDate")
            given = name.get("given")
            said = " ".join(map(str, given)) if isinstance(given, list) else ""
            return named(str(name.get("family", "")), said, str(born or ""))
    return None


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
