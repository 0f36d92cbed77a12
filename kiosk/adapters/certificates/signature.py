"""Whether a key has signed some bytes: ECDSA with its two halves side by side, and RSA-PSS.

Source: RFC 7518 3.4 and RFC 9053 2.1 (ES256), RFC 8230 (PS256). ES256 with a larger curve than
P-256, which libraries for COSE refuse, stands in real Spanish certificates.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ES256, PS256 = "ES256", "PS256"
_PSS = padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size)


def is_signed(
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    algorithm: str,
    signature: bytes,
    content: bytes,
) -> bool:
    """Whether `signature` is that of `key` over `content`, by ES256 or PS256 alone."""
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and algorithm == ES256:
            half = (key.key_size + 7) // 8
            r, s = (int.from_bytes(part) for part in (signature[:half], signature[half:]))
            key.verify(encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
            return len(signature) == 2 * half
        if isinstance(key, rsa.RSAPublicKey) and algorithm == PS256:
            key.verify(signature, content, _PSS, SHA256())
            return True
    except InvalidSignature:
        pass
    return False
