"""Packets of the axis: writing and reading undo each other, and a stranger's packet is taken or refused by name."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import zipfile
from datetime import UTC, datetime
from xml.etree.ElementTree import canonicalize

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.reading import open_packet, read
from dean06.papers.edxml.signature import DSIG, Sealing
from dean06.papers.edxml.types import Attachment, Organ, PaperRef, Replaced
from dean06.papers.edxml.writing import write
from dean06.papers.errors import PaperRefused
from papers.packets import EARLIER, EDOCS, PDF, STATUSES, edoc, status

WRITTEN = write(edoc())
NS = standard().namespace
# As another office's software writes it: laid out over lines, a zipped attachment, a signature of an older kind, the
# elements in another order, and some that only the sender needs.
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{ns}">
  <edXML:edXMLEnvelope xmlns:edXML="{ns}">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From>
          <edXML:OrganId>000.00.07.H99</edXML:OrganId>
          <edXML:OrganName>Sở Việc Làng
             tỉnh Bến Lạ</edXML:OrganName>
        </edXML:From>
        <edXML:To><edXML:OrganId>H99.12.5</edXML:OrganId><edXML:OrganName>UBND xã Cồn Xanh</edXML:OrganName></edXML:To>
        <edXML:DocumentId>a1b2-khac-chuan</edXML:DocumentId>
        <edXML:Code><edXML:CodeNumber>31</edXML:CodeNumber><edXML:CodeNotation>SVL-VP</edXML:CodeNotation></edXML:Code>
        <edXML:PromulgationInfo><edXML:PromulgationDate>09/06/2026</edXML:PromulgationDate></edXML:PromulgationInfo>
        <edXML:DocumentType><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
        <edXML:Subject>V/v rà soát số liệu</edXML:Subject>
        <edXML:OtherInfo><edXML:Priority>3</edXML:Priority><edXML:Direction>false</edXML:Direction></edXML:OtherInfo>
        <edXML:ResponseFor><edXML:OrganId/><edXML:Code/><edXML:PromulgationDate/><edXML:DocumentId/></edXML:ResponseFor>
      </edXML:MessageHeader>
      <edXML:TraceHeaderList>
        <edXML:Business><edXML:BusinessDocType>0</edXML:BusinessDocType></edXML:Business>
      </edXML:TraceHeaderList>
      <Signature><SignedInfo><Reference URI=""><DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>
        <DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>AAAA</SignatureValue></Signature>
    </edXML:edXMLHeader>
    <edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference><edXML:ContentId>cid:7</edXML:ContentId>
    </edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody>
  </edXML:edXMLEnvelope>
  <AttachmentEncoded><Attachment><ContentId>7</ContentId><AttachmentName>cv31.doc</AttachmentName>
    <ContentType>application/zip</ContentType>
    <ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment></AttachmentEncoded>
</edXML>"""


def zipped(*contents: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, content in enumerate(contents):
            archive.writestr(f"{at}.doc", content)
    return held.getvalue()


def foreign(content: bytes = zipped(b"mot hai ba")) -> bytes:
    return FOREIGN.format(ns=NS, content=base64.encodebytes(content).decode()).encode()


@given(EDOCS | STATUSES)
@example(edoc(business=Business.RECALL, answers=(EARLIER,), reason="sai số liệu"))
@example(edoc(business=Business.REPLACEMENT, replaces=(Replaced(paper=EARLIER, organs=("H99.12.5",)),)))
@settings(max_examples=60)
def test_reading_undoes_writing(packet):
    opened = open_packet(write(packet))
    assert opened.packet == packet
    assert write(opened.packet) == write(packet)


def damage(data: st.DataObject) -> None:
    """Cut a packet somewhere, put junk there, and see that it is read or refused."""
    whole = data.draw(st.sampled_from([WRITTEN, write(status("15")), foreign()]))
    at = data.draw(st.integers(0, len(whole)))
    junk = st.binary(max_size=8) | st.sampled_from([b"<!DOCTYPE x>", b"<a>", b"</edXML>", b"&x;", b"]]>", b"\xff"])
    cut = data.draw(st.integers(0, 60))
    damaged = whole[:at] + data.draw(junk) + whole[at + cut :]
    try:
        packet = read(damaged)
    except BadInput:
        return
    assert read(write(packet)) == packet


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_packet_is_a_value_or_a_refusal(data):
    damage(data)


@pytest.mark.proof
@given(st.data())
@settings(max_examples=20_000)
def test_many_damaged_packets_are_values_or_refusals(data):
    damage(data)


def test_another_offices_packet_is_read():
    opened = open_packet(foreign())
    packet = opened.packet
    assert opened.seal.state == "foreign"
    assert packet.sender.name == "Sở Việc Làng tỉnh Bến Lạ"
    assert (packet.day.isoformat(), packet.priority, packet.business) == ("2026-06-09", 3, Business.NEW)
    assert packet.paper.document_id == "a1b2-khac-chuan"
    assert packet.paper.label == "31/SVL-VP"
    assert packet.answers == ()
    assert [(one.name, one.content) for one in packet.attachments] == [("cv31.doc", b"mot hai ba")]


def test_the_names_and_order_are_those_of_the_samples():
    text = WRITTEN.decode()
    assert text.startswith(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NS}"><edXML:edXMLEnvelope xmlns:edXML="{NS}">'
    )
    header = text[text.index("<edXML:MessageHeader>") : text.index("</edXML:MessageHeader>")]
    flat = re.sub(r"<(edXML:\w+)>[^<]*</\1>", "", header)
    assert "<edXML:From>" in flat
    for tag in ("OrganId", "Code", "PromulgationDate", "Subject", "SteeringType", "Priority", "Place"):
        assert f"<edXML:{tag}>" in header
    assert "<edXML:DocumentId>H99.1,2026/06/09,05/BC-TCTĐA</edXML:DocumentId>" in header
    assert "<edXML:BussinessDocType>0</edXML:BussinessDocType>" in text
    assert "<AttachmentEncoded><Attachment><ContentId>cid:1-" in text
    assert "<edXML:StatusCode>03</edXML:StatusCode>" in write(status("03")).decode()


def key() -> Sealing:
    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tổ công tác <thử> & nghiệm")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    made = made.serial_number(7).not_valid_before(start).not_valid_after(start.replace(year=2036))
    return Sealing(private, made.sign(private, SHA256()))


def test_a_signed_packet_says_whose_it_is_and_a_changed_one_is_refused():
    signed = write(edoc(), key())
    opened = open_packet(signed)
    assert (opened.packet, opened.seal.state) == (edoc(), "signed")
    assert "nghiệm" in opened.seal.subject
    value = re.search(rb"<SignatureValue>(.{40})", signed).group(1)
    with pytest.raises(PaperRefused, match="SignatureValue"):
        read(signed.replace(value, value[::-1]))
    with pytest.raises(PaperRefused, match="đã bị đổi trên đường"):
        read(signed.replace(b">05<", b">06<"))
    other = write(edoc(), key())
    certificate = re.compile(rb"<X509Certificate>.*</X509Certificate>")
    with pytest.raises(PaperRefused, match="chứng thư đi kèm"):
        read(certificate.sub(certificate.search(other).group(0), signed))


def test_another_canonicaliser_and_openssl_agree(tmp_path):
    sealing = key()
    text = write(edoc(), sealing).decode()
    signature = re.search(r"<Signature.*</Signature>", text).group(0)
    # What is written is in canonical form already, but for the declaration before it and the signature itself.
    bare = text.replace(signature, "").partition("?>\n")[2].strip()
    whole = hashlib.sha256(bare.encode()).digest()
    assert re.search(r"<DigestValue>([^<]*)", signature).group(1) == base64.b64encode(whole).decode()
    info = re.search(r"<SignedInfo>.*</SignedInfo>", signature).group(0)
    (tmp_path / "info").write_text(canonicalize(info.replace("<SignedInfo>", f'<SignedInfo xmlns="{DSIG}">')))
    (tmp_path / "value").write_bytes(base64.b64decode(re.search("<SignatureValue>([^<]*)", signature).group(1)))
    public = sealing.certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key").write_bytes(public)
    said = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "value", "info"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert b"Verified OK" in said.stdout


def test_checksums_travel_without_a_key():
    assert open_packet(WRITTEN).seal.state == "checksums"
    body = base64.b64encode(PDF.content)
    changed = base64.b64encode(PDF.content[:-1] + b"#")
    with pytest.raises(PaperRefused, match=r"tệp đính kèm «05_BC-TCTĐA.pdf»: không khớp mã kiểm tra"):
        read(WRITTEN.replace(body, changed))


WRONG = {
    "a wrong namespace": (NS, "http://www.e-doc.vn/Schema/", "edXML: không phải gói của QCVN 102:2016"),
    "no organ code": ("<edXML:From><edXML:OrganId>H99.1</edXML:OrganId>", "<edXML:From>", "From/OrganId: không có"),
    "a bad organ code": (">H99.1<", ">H 99!<", "mã định danh cơ quan"),
    "no code": ("<edXML:CodeNumber>05</edXML:CodeNumber>", "", "MessageHeader/Code/CodeNumber: không có"),
    "an empty subject": (">kết quả thực hiện Đề án 06 tháng 5 năm 2026</edXML:Subject>", "></edXML:Subject>",
                         "MessageHeader/Subject: đang để trống"),
    "an impossible day": (">2026/06/09</edXML:PromulgationDate>", ">2026/02/30</edXML:PromulgationDate>",
                          "PromulgationInfo/PromulgationDate: phải là ngày"),
    "an unknown business": (">0</edXML:BussinessDocType>", ">9</edXML:BussinessDocType>", "BussinessDocType: không có"),
    "no business": ("<edXML:BussinessDocType>0</edXML:BussinessDocType>", "", "BussinessDocType: không có"),
    "an unknown priority": (">0</edXML:Priority>", ">8</edXML:Priority>", "Priority: không có trong bảng mã"),
    "a recall of nothing": (">0</edXML:BussinessDocType>", ">1</edXML:BussinessDocType>", "ResponseFor: chưa nêu"),
    "two bodies": ("</edXML:edXMLBody>", "</edXML:edXMLBody><edXML:edXMLBody/>", "edXMLBody: có hai lần"),
    "a file not in the manifest": ("<edXML:ContentId>cid:1-", "<edXML:ContentId>cid:2-", "danh mục và tệp"),
    "a path for a name": (">05_BC-TCTĐA.pdf</AttachmentName>", ">../5.pdf</AttachmentName>", "được có đường dẫn"),
    "no Base64": ("</edXML:ContentTransferEncoded>", "*</edXML:ContentTransferEncoded>", "không phải Base64"),
    "a document type": ("<edXML xmlns", "<!DOCTYPE edXML [<!ENTITY a 'b'>]><edXML xmlns", "DOCTYPE"),
    "text without an end": ("</edXML>", "", "không phải XML đúng cú pháp"),
    "deep nesting": ("<edXML:Place>", "<edXML:Place>" + "<a>" * 20 + "</a>" * 20, "lồng quá sâu"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_named(wrong):
    before, after, told = WRONG[wrong]
    text = re.sub("<Signature.*</Signature>", "", WRITTEN.decode())
    assert before in text
    with pytest.raises(PaperRefused) as raised:
        read(text.replace(before, after, -1 if before == NS else 1).encode())
    assert told in raised.value.vi
    assert raised.value.en


def test_a_status_of_an_unknown_code_is_refused():
    with pytest.raises(PaperRefused, match="StatusCode: không có trong bảng mã trạng thái"):
        read(write(status("03")).replace(b">03</edXML:StatusCode>", b">77</edXML:StatusCode>"))


def test_bombs_and_outside_files_are_not_followed(tmp_path):
    with pytest.raises(PaperRefused, match="giải nén ra quá lớn"):
        read(foreign(zipped(b"\0" * (standard().limits.attachment_bytes + 1))))
    with pytest.raises(PaperRefused, match="nén riêng từng tệp"):
        read(foreign(zipped(b"a", b"b")))
    with pytest.raises(PaperRefused, match="không giải nén được"):
        read(foreign(b"PK khong phai zip"))
    with pytest.raises(PaperRefused, match="quá lớn"):
        read(b"<a>" + b"<b/>" * 50_000 + b"</a>")
    with pytest.raises(PaperRefused, match="UTF-8"):
        read(WRITTEN.decode().encode("utf-16"))


def test_a_value_cannot_be_made_wrong():
    with pytest.raises(PaperRefused, match="ký tự điều khiển"):
        Organ(code="H99.1", name="a\x01b")
    with pytest.raises(PaperRefused, match="To: chưa có đơn vị nhận"):
        edoc(to=())
    with pytest.raises(PaperRefused, match="bị thay thế"):
        edoc(business=Business.REPLACEMENT)
    with pytest.raises(PaperRefused, match="đường dẫn"):
        Attachment(name="a/b.pdf", content=b"")
    assert PaperRef(organ=" H99.1 ", day=EARLIER.day, label="04/BC-TCTĐA") == EARLIER
