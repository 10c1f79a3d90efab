"""The XML signature of a packet: a checksum of the whole, one of each attachment, and a key's signature over them.

Without a key the checksums travel alone. Whether a certificate is to be trusted is not judged here: what it says of
itself is handed on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from dean06.papers.errors import PaperRefused

DSIG = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = f"{DSIG}enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256_URI = "http://www.w3.org/2001/04/xmlenc#sha256"
DIGESTS = {SHA256_URI: "sha256", f"{DSIG}sha1": "sha1"}

State = Literal["none", "checksums", "signed", "foreign"]


@dataclass(frozen=True, slots=True)
class Sealing:
    """The key that seals a packet, and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True, slots=True)
class Seal:
    """What a packet's signature came to: none, checksums alone, a good one and whose, or one of another kind."""

    state: State
    subject: str = ""


def digest(content: bytes, algorithm: str = "sha256") -> str:
    """Return a checksum in Base64."""
    return base64.b64encode(hashlib.new(algorithm, content, usedforsecurity=False).digest()).decode()


def canonical(tree: etree._Element) -> bytes:
    """Return the exclusive canonical form."""
    form: bytes = etree.tostring(tree, method="c14n", exclusive=True, with_comments=False)
    return form


def seal(document: bytes, attached: Iterable[tuple[str, bytes]], sealing: Sealing | None) -> str:
    """Return the `Signature` element of a document that does not hold it yet.

    Args:
        document: the packet without its signature.
        attached: content id and bytes of each attachment.
        sealing: the key, or None for checksums alone.
    """
    whole = digest(canonical(etree.fromstring(document, parser())))
    transforms = "".join(f'<Transform Algorithm="{name}"/>' for name in (ENVELOPED, EXCLUSIVE))
    references = [_reference("", whole, f"<Transforms>{transforms}</Transforms>")]
    references += [_reference(name, digest(content)) for name, content in attached]
    signed_info = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
        f'<SignatureMethod Algorithm="{RSA_SHA256}"/>{"".join(references)}</SignedInfo>'
    )
    value, key_info = "", ""
    if sealing is not None:
        tree = etree.fromstring(f'<Signature xmlns="{DSIG}">{signed_info}</Signature>', parser())
        value = base64.b64encode(sealing.key.sign(canonical(tree[0]), padding.PKCS1v15(), SHA256())).decode()
        key_info = _key_info(sealing.certificate)
    return f'<Signature xmlns="{DSIG}">{signed_info}<SignatureValue>{value}</SignatureValue>{key_info}</Signature>'


def _reference(uri: str, value: str, transforms: str = "") -> str:
    return (
        f"<Reference URI={quoteattr(uri)}>{transforms}"
        f'<DigestMethod Algorithm="{SHA256_URI}"/><DigestValue>{value}</DigestValue></Reference>'
    )


def _key_info(certificate: x509.Certificate) -> str:
    subject = escape(certificate.subject.rfc4514_string())
    body = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return (
        f"<KeyInfo><X509Data><X509SubjectName>{subject}</X509SubjectName>"
        f"<X509Certificate>{body}</X509Certificate></X509Data></KeyInfo>"
    )


def parser() -> etree.XMLParser:
    """Return a parser that follows nothing outside the bytes it is given."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,  # attachments are longer than the parser's own bound; the reader bounds them first
        remove_pis=True,
        encoding="utf-8",
    )


def check(root: etree._Element, attached: Iterable[tuple[str, str, bytes]]) -> Seal:
    """Return what the signature of a packet came to; one that contradicts the packet is refused.

    Args:
        root: the packet as read.
        attached: content id, name and bytes as they travelled, of each attachment.
    """
    found = next((node for node in root.iter() if _local(node) == "Signature"), None)
    info = _child(found, "SignedInfo")
    if found is None or info is None:
        return Seal("none")
    references = [node for node in info if _local(node) == "Reference"]
    _check_attachments(references, attached)
    ours = _attribute(_child(info, "SignatureMethod")) == RSA_SHA256 and found.tag == f"{{{DSIG}}}Signature"
    if not ours or _attribute(_child(info, "CanonicalizationMethod")) != EXCLUSIVE:
        return Seal("foreign")
    if not _whole_agrees(root, found, references):
        return Seal("foreign")
    return _signed(found, info)


def _check_attachments(references: list[etree._Element], attached: Iterable[tuple[str, str, bytes]]) -> None:
    told = {node.get("URI", "").removeprefix("cid:"): node for node in references if node.get("URI")}
    for content_id, name, content in attached:
        node = told.get(content_id.removeprefix("cid:"))
        algorithm = DIGESTS.get(_attribute(_child(node, "DigestMethod")))
        if node is None or algorithm is None:
            continue
        if _text(_child(node, "DigestValue")) != digest(content, algorithm):
            raise PaperRefused(
                f"tệp đính kèm «{name}»",
                "không khớp mã kiểm tra trong Signature/SignedInfo/Reference; đề nghị bên gửi gửi lại gói",
                "does not match its checksum in Signature/SignedInfo/Reference; ask the sender to send it again",
            )


def _whole_agrees(root: etree._Element, found: etree._Element, references: list[etree._Element]) -> bool:
    """Say whether the checksum of the whole is of our kind; refuse the packet where it is and differs."""
    node = next((one for one in references if one.get("URI") == ""), None)
    transforms = [_attribute(one) for one in node.iter() if _local(one) == "Transform"] if node is not None else []
    if _attribute(_child(node, "DigestMethod")) != SHA256_URI or transforms != [ENVELOPED, EXCLUSIVE]:
        return False
    parent = found.getparent()
    at, tail = parent.index(found), found.tail
    parent.remove(found)
    try:
        whole = digest(canonical(root))
    finally:
        found.tail = tail
        parent.insert(at, found)
    if _text(_child(node, "DigestValue")) != whole:
        raise PaperRefused(
            "Signature/SignedInfo/Reference",
            "mã kiểm tra của cả gói không khớp, gói đã bị đổi trên đường; đề nghị bên gửi gửi lại",
            "the checksum of the whole differs, the packet was changed on its way; ask the sender to send it again",
        )
    return True


def _signed(found: etree._Element, info: etree._Element) -> Seal:
    value = _text(_child(found, "SignatureValue"))
    if not value:
        return Seal("checksums")
    try:
        body = next(_text(node) for node in found.iter() if _local(node) == "X509Certificate")
        certificate = x509.load_der_x509_certificate(base64.b64decode(body, validate=False))
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return Seal("foreign")
        key.verify(base64.b64decode(value, validate=False), canonical(info), padding.PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError, StopIteration, binascii.Error) as problem:
        raise PaperRefused(
            "Signature/SignatureValue",
            "chữ ký của gói không đúng với chứng thư đi kèm; đề nghị bên gửi ký và gửi lại",
            "the signature does not fit the certificate that came with it; ask the sender to sign and send it again",
        ) from problem
    return Seal("signed", certificate.subject.rfc4514_string())


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _child(node: etree._Element | None, name: str) -> etree._Element | None:
    return next((one for one in node if _local(one) == name), None) if node is not None else None


def _attribute(node: etree._Element | None) -> str:
    return str(node.get("Algorithm", "")) if node is not None else ""


def _text(node: etree._Element | None) -> str:
    return "".join((node.text or "").split()) if node is not None else ""
