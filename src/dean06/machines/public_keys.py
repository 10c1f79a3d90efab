"""Public keys of software: which kinds are taken, and how one is known (RFC 7517, RFC 7638)."""

from __future__ import annotations

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from dean06.machines.errors import MachineInvalid

Key = ECKey | OKPKey | RSAKey
SMALLEST_RSA = 2048
# By which a signature is taken, for each kind of key: none with a shared secret, none weaker than 112 bits.
ALGORITHMS = {"EC": ("ES256",), "OKP": ("EdDSA", "Ed25519"), "RSA": ("RS256", "PS256")}
CURVES = {"EC": "P-256", "OKP": "Ed25519"}
PUBLIC = {"EC": ("kty", "crv", "x", "y"), "OKP": ("kty", "crv", "x"), "RSA": ("kty", "n", "e")}
MEMBER_CHARS = 1100  # of an RSA modulus of 6,000 bits; whatever is longer is no key

__all__ = ["ALGORITHMS", "Key", "loaded", "public_jwk", "thumbprint"]


def _refused() -> MachineInvalid:
    return MachineInvalid(
        "Khóa công khai không dùng được: gửi JWK công khai loại EC P-256, OKP Ed25519 hoặc RSA từ 2048 bit.",
        "The public key cannot be used: send a public JWK, EC P-256, OKP Ed25519, or RSA of 2048 bits or more.",
    )


def public_jwk(given: object) -> dict[str, str]:
    """Return the public part of a key that is given as a JWK, checked; one that shows its private part is refused."""
    if not isinstance(given, dict) or not isinstance(kind := given.get("kty"), str) or kind not in PUBLIC:
        raise _refused()
    if "d" in given:
        raise MachineInvalid(
            "JWK chứa khóa riêng: giữ khóa riêng lại, chỉ gửi phần công khai; cặp khóa này coi như đã lộ.",
            "The JWK holds the private key: keep that, send the public part alone; take this pair as disclosed.",
        )
    found = {name: given.get(name) for name in PUBLIC[kind]}
    kept = {name: value for name, value in found.items() if isinstance(value, str) and len(value) <= MEMBER_CHARS}
    if len(kept) != len(found) or kept.get("crv") != CURVES.get(kind):
        raise _refused()
    loaded(kept)
    return kept


def loaded(jwk: dict[str, str]) -> Key:
    """Return a public key that software signs with."""
    given: dict[str, str | list[str]] = dict(jwk)
    try:
        key: Key
        match jwk.get("kty"):
            case "EC":
                key = ECKey.import_key(given)
            case "OKP":
                key = OKPKey.import_key(given)
            case _:
                key = RSAKey.import_key(given)
                if key.public_key.key_size < SMALLEST_RSA:
                    raise _refused()
        key.public_key  # noqa: B018  an import looks at the form alone; this one reads the numbers
    except (JoseError, ValueError) as problem:
        raise _refused() from problem
    return key


def thumbprint(jwk: dict[str, str]) -> str:
    """Return the SHA-256 thumbprint of a key."""
    return loaded(jwk).thumbprint()
