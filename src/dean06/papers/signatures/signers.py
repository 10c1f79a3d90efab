"""Keys that sign, behind one interface: a PKCS#12 file, a PKCS#11 token; `remote` has the third, a service.

A password or PIN lives as long as the value that was made for one act; none is stored, shown or logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, ObjectClass, Session
from pyhanko.sign import signers
from pyhanko.sign.pkcs11 import PKCS11Signer

from dean06.papers.signatures.errors import ServiceSilent, SigningRefused

__all__ = ["Pkcs11Token", "Pkcs12File", "Signer", "SignerKind"]


class SignerKind(StrEnum):
    """Where a key lives."""

    FILE = "pkcs12"
    TOKEN = "pkcs11"  # noqa: S105  the name of a standard, no password
    REMOTE = "csc"


class Signer(Protocol):
    """A key and its certificate, reachable for one act."""

    @property
    def kind(self) -> SignerKind:
        """Where the key lives."""
        ...

    def opened(self) -> AbstractContextManager[signers.Signer]:
        """Reach the key: for as long as the context lasts, pyHanko may sign with it.

        Raises:
            SigningRefused: the password, PIN or key is not right.
            ServiceSilent: the token or service cannot be reached.
        """
        ...


@dataclass(frozen=True, slots=True)
class Pkcs12File:
    """A key in a .p12 or .pfx file."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)

    @property
    def kind(self) -> SignerKind:
        """Where the key lives."""
        return SignerKind.FILE

    @contextmanager
    def opened(self) -> Iterator[signers.Signer]:
        """Open the file with its password."""
        try:
            signer = signers.SimpleSigner.load_pkcs12_data(self.content, (), self.password.encode())
        except (ValueError, TypeError, AttributeError) as error:
            raise SigningRefused(
                "password",
                "Không mở được tệp khóa ký (.p12, .pfx): sai mật khẩu, hoặc tệp không có khóa và chứng thư số.",
                "The key file (.p12, .pfx) does not open: wrong password, or no key and certificate in it.",
            ) from error
        yield signer


@dataclass(frozen=True, slots=True)
class Pkcs11Token:
    """A key on a token (USB, smart card, HSM), through the library of its maker.

    Args:
        library: the PKCS#11 library.
        token: the label of the token.
        pin: asked of the person for this act.
        label: the label of the certificate, where the token has several.
    """

    library: Path
    token: str
    pin: str = field(repr=False)
    label: str = ""

    @property
    def kind(self) -> SignerKind:
        """Where the key lives."""
        return SignerKind.TOKEN

    @contextmanager
    def opened(self) -> Iterator[signers.Signer]:
        """Open a session on the token."""
        with _told():
            session = self._session()
        try:
            with _told():
                certificate, key_id, others = _key_pair(session, self.label)
            # Many tokens sign a hash with ECDSA but do not hash themselves.
            raw = certificate.public_key.algorithm == "ec"
            yield PKCS11Signer(session, signing_cert=certificate, key_id=key_id, ca_chain=others, use_raw_mechanism=raw)
        except pkcs11.PKCS11Error as error:
            raise _silent() from error
        finally:
            session.close()

    def _session(self) -> Session:
        try:
            library = pkcs11.lib(str(self.library))
        except (RuntimeError, OSError) as error:
            raise ServiceSilent(
                "library",
                f"Không nạp được thư viện PKCS#11 {self.library.name}: cài phần mềm của thiết bị ký.",
                f"The PKCS#11 library {self.library.name} cannot be loaded: install the token's software.",
            ) from error
        return library.get_token(token_label=self.token).open(user_pin=self.pin)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence why a token would not open."""
    try:
        yield
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange, pkcs11.exceptions.PinInvalid) as error:
        raise SigningRefused(
            "pin",
            "Sai mã PIN của thiết bị ký: nhập lại; sai nhiều lần thiết bị sẽ tự khóa.",
            "Wrong PIN of the token: enter it again; the token locks itself after several failures.",
        ) from error
    except pkcs11.exceptions.PinLocked as error:
        raise SigningRefused(
            "pin_locked",
            "Thiết bị ký đã khóa vì sai mã PIN nhiều lần: nhờ nơi cấp mở khóa.",
            "The token is locked after too many wrong PINs: have its issuer unlock it.",
        ) from error
    except pkcs11.exceptions.NoSuchToken as error:
        raise ServiceSilent(
            "token_absent",
            "Không thấy thiết bị ký: cắm thiết bị rồi ký lại.",
            "The token is not there: plug it in and sign again.",
        ) from error
    except pkcs11.PKCS11Error as error:
        raise _silent() from error


def _silent() -> ServiceSilent:
    return ServiceSilent(
        "token",
        "Thiết bị ký không làm việc: rút ra, cắm lại rồi ký lại; chưa ký gì.",
        "The token does not work: unplug it, plug it in and sign again; nothing is signed.",
    )


def _key_pair(session: Session, label: str) -> tuple[x509.Certificate, bytes, list[x509.Certificate]]:
    """Return the certificate that has a private key on the token, the key's id, and the other certificates."""
    asked = {Attribute.CLASS: ObjectClass.CERTIFICATE}
    found = [
        (str(each[Attribute.LABEL]), bytes(each[Attribute.ID]), x509.Certificate.load(each[Attribute.VALUE]))
        for each in session.get_objects(asked)
    ]
    keys = {bytes(key[Attribute.ID]) for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    own = [each for each in found if each[1] in keys and label in ("", each[0])]
    if len(own) != 1:
        raise SigningRefused(
            "no_key" if not own else "many_keys",
            "Thiết bị ký không có đúng một khóa kèm chứng thư số: chọn chứng thư số theo nhãn.",
            "The token has not exactly one key with a certificate: choose the certificate by its label.",
        )
    name, key_id, certificate = own[0]
    return certificate, key_id, [other for at, _, other in found if at != name]
