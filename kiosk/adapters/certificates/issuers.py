"""The issuers an office trusts: a folder of certificates (DER, PEM, base64) and JWKS key sets."""

import base64
import binascii
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

FOLDER = "issuers"
"""In the data folder; an office may put files of issuers there."""

_KID_BYTES = 8
_MOST_BYTES = 1_000_000
_ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A key that signs certificates.

    Attributes:
        kid: by which a signature names it: of a certificate the first 8 bytes of its SHA-256.
        key: elliptic curve or RSA.
        name: for people: country or name of the subject, or of the key set's file.
        until: how long the key may sign, aware.
        purposes: object identifiers of its extended key usage; empty where it may sign anything.
    """

    kid: bytes
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    name: str
    until: datetime = _ALWAYS
    purposes: frozenset[str] = frozenset()


class Issuers:
    """All of them, by `kid`; two may share one.

    Attributes:
        unused: names of files that hold no issuer.
    """

    def __init__(self, issuers: Iterable[Issuer] = (), unused: Iterable[str] = ()) -> None:
        self.unused = tuple(unused)
        self._by_kid: dict[bytes, list[Issuer]] = defaultdict(list)
        for issuer in issuers:
            self._by_kid[issuer.kid].append(issuer)

    def __len__(self) -> int:
        return sum(map(len, self._by_kid.values()))

    def named(self, kid: bytes) -> tuple[Issuer, ...]:
        """Those that this key id may mean."""
        return tuple(self._by_kid.get(kid, ()))


def load(folder: Path) -> Issuers:
    """What lies in `folder`; nobody where there is none. A file that is none of it is logged."""
    found: list[Issuer] = []
    unused = []
    for path in _listed(folder):
        before = len(found)
        try:
            found += _in_file(path)
        except Exception as error:  # noqa: BLE001 - any of x509's: one odd file stops no desk
            _log.warning("issuers: %s: %s", path.name, type(error).__name__)
        if len(found) == before:
            unused.append(path.name)
    return Issuers(found, unused)


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir())) if folder.is_dir() else ()
    except OSError as error:
        _log.warning("issuers: %s", error)
        return ()


def of_certificate(der: bytes) -> Issuer:
    """The issuer that an X.509 certificate names. Raises ValueError."""
    certificate = x509.load_der_x509_certificate(der)
    return Issuer(
        kid=hashlib.sha256(der).digest()[:_KID_BYTES],
        key=_usable(certificate.public_key()),
        name=_subject(certificate.subject),
        until=certificate.not_valid_after_utc,
        purposes=_purposes(certificate),
    )


def of_key_set(text: str, name: str) -> Iterator[Issuer]:
    """The P-256 keys of a JWKS (RFC 7517). Raises ValueError."""
    read = json.loads(text)
    keys = read.get("keys") if isinstance(read, Mapping) else None
    for jwk in keys if isinstance(keys, list) else ():
        if isinstance(jwk, Mapping) and (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
            x, y = (int.from_bytes(unpadded(str(jwk.get(axis, "")))) for axis in "xy")
            key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
            yield Issuer(str(jwk.get("kid", "")).encode(), key, name)


def unpadded(text: str) -> bytes:
    """The bytes of base64url without its padding. Raises ValueError."""
    if not text.isascii():
        detail = "no base64url"
        raise ValueError(detail)
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _in_file(path: Path) -> Iterator[Issuer]:
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return
    content = path.read_bytes()
    if content.lstrip().startswith(b"{"):
        yield from of_key_set(content.decode("utf-8"), path.stem)
    elif b"-----BEGIN CERTIFICATE-----" in content:
        for certificate in x509.load_pem_x509_certificates(content):
            yield of_certificate(certificate.public_bytes(Encoding.DER))
    else:
        yield of_certificate(_der(content))


def _der(content: bytes) -> bytes:
    """DER as it is, or out of base64."""
    if content.startswith(b"\x30"):
        return content
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(*error.args) from error


def _usable(key: PublicKeyTypes) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    if isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        return key
    detail = "a key of this kind signs no certificate"
    raise ValueError(detail)


def _subject(subject: x509.Name) -> str:
    for kind in (NameOID.COUNTRY_NAME, NameOID.COMMON_NAME):
        if found := subject.get_attributes_for_oid(kind):
            return str(found[0].value)
    return ""


def _purposes(certificate: x509.Certificate) -> frozenset[str]:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError):  # some real ones are not quite DER
        return frozenset()
    return frozenset(purpose.dotted_string for purpose in usage.value)
