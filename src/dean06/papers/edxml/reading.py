"""A file to a packet. The file is a stranger's: bounded before it is parsed, each refusal names its element."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.elements import Place, ref_of
from dean06.papers.edxml.signature import Seal, check, parser
from dean06.papers.edxml.types import (
    Attachment,
    Edoc,
    Organ,
    Packet,
    PaperRef,
    Replaced,
    Signer,
    Staff,
    StatusMessage,
    Trace,
)
from dean06.papers.edxml.writing import ORGAN, SIGNER, STAFF
from dean06.papers.errors import PaperRefused

UNZIPPING = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet that was read, and what its signature came to."""

    packet: Packet
    seal: Seal


def read(data: bytes) -> Packet:
    """Return the packet in a file, or refuse the file with the element that is wrong and what to do."""
    return open_packet(data).packet


def open_packet(data: bytes) -> Opened:
    """Return the packet in a file with what its signature came to."""
    root = _root(data)
    place = Place(root, "edXML")
    header = place.inside("edXMLEnvelope").inside("edXMLHeader")
    message = header.inside("MessageHeader")
    if message.has("StatusCode"):
        return Opened(_status(message), check(root, ()))
    travelled = _attached(place)
    seal = check(root, ((one.content_id, one.name, one.content) for one in travelled))
    return Opened(_edoc(message, header, tuple(one.unpacked() for one in travelled)), seal)


def _root(data: bytes) -> etree._Element:
    limits = standard().limits
    if len(data) > limits.packet_bytes or data.count(b"<") > 2 * limits.elements:
        raise PaperRefused(
            "gói edXML", "quá lớn; đề nghị bên gửi chia nhỏ tệp đính kèm", "is too large; send it in parts"
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise PaperRefused("gói edXML", "không phải chữ UTF-8; đề nghị bên gửi xuất lại", "is not UTF-8") from problem
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise PaperRefused(
            "gói edXML", "có DOCTYPE, không được dùng trong gói; đề nghị bên gửi xuất lại", "has a DOCTYPE, not allowed"
        )
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise PaperRefused(
            "gói edXML",
            "không phải XML đúng cú pháp; đề nghị bên gửi gửi lại",
            "is not well-formed XML; ask for it again",
        ) from problem
    _check_shape(root)
    return root


def _check_shape(root: etree._Element) -> None:
    name = etree.QName(root)
    if name.localname != "edXML" or name.namespace != standard().namespace:
        raise PaperRefused(
            "edXML",
            f"không phải gói của {standard().standard} (không gian tên phải là {standard().namespace});"
            " đề nghị bên gửi nâng cấp phần mềm",
            f"is no packet of {standard().standard}: the namespace must be {standard().namespace}",
        )
    nodes = [(root, 1)]
    while nodes:
        node, depth = nodes.pop()
        if depth > standard().limits.depth:
            raise PaperRefused("gói edXML", "lồng quá sâu, không đúng chuẩn", "is nested too deep for the standard")
        nodes.extend((child, depth + 1) for child in node)


def _organ(place: Place) -> Organ:
    told = {name: place.text(tag, needed=tag in {"OrganId", "OrganName"}) for tag, name in ORGAN}
    return place.build(lambda: Organ(**told))


def _staff(place: Place | None) -> Staff:
    return Staff(**{name: place.text(tag) for tag, name in STAFF}) if place else Staff()


def _response(place: Place) -> PaperRef | None:
    """Return the earlier paper that is named, or None where the element stands empty."""
    given = place.text("DocumentId")
    if (ref := ref_of(given)) is not None:
        return ref
    if not given and not place.text("Code"):
        return None
    day = place.day("PromulgationDate", needed=True)
    organ, label = place.text("OrganId", needed=True), place.text("Code", needed=True)
    return place.build(lambda: PaperRef(organ=organ, day=day, label=label, given=given))


def _status(message: Place) -> StatusMessage:
    response = message.inside("ResponseFor")
    about = _response(response)
    if about is None:
        raise PaperRefused(
            "MessageHeader/ResponseFor", "chưa nêu văn bản; đề nghị bên gửi bổ sung", "names no paper; ask the sender"
        )
    code = message.text("StatusCode", needed=True)
    row = standard().status(code)
    if row is None:
        raise PaperRefused(
            "MessageHeader/StatusCode",
            "không có trong bảng mã trạng thái; kiểm tra phiên bản chuẩn của bên gửi",
            "is no code of the standard; check which edition the sender uses",
        )
    told = message.text("Description")
    return StatusMessage(
        sender=_organ(message.inside("From")),
        about=about,
        to=response.text("OrganId"),
        code=code,
        description="" if told == row.vi else told,
        at=message.moment("Timestamp"),
        staff=_staff(message.maybe("StaffInfo")),
    )


def _business(header: Place) -> tuple[Place | None, Business, str]:
    traces = header.maybe("TraceHeaderList")
    place = (traces.maybe("Bussiness") or traces.maybe("Business")) if traces else None
    if place is None:
        return None, Business.NEW, ""
    told = place.text("BussinessDocType") or place.text("BusinessDocType")
    code = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else -1
    if code not in set(Business):
        raise PaperRefused(
            "TraceHeaderList/Bussiness/BussinessDocType",
            "không có trong bảng nghiệp vụ (0 mới, 1 thu hồi, 2 cập nhật, 3 thay thế); đề nghị bên gửi sửa",
            "is no code of the standard: 0 new, 1 recall, 2 update, 3 replacement",
        )
    kind = Business(code)
    reason = place.text("BussinessDocReason") or place.text("BusinessDocReason")
    return place, kind, "" if reason == standard().business_row(kind).vi else reason


def _replaced(place: Place) -> Replaced:
    ref = ref_of(place.text("DocumentId", needed=True))
    if ref is None:
        raise _unnamed("ReplacementInfo/DocumentId")
    organs = place.maybe("OrganIdList")
    return Replaced(paper=ref, organs=organs.texts("OrganId") if organs else ())


def _amended(business: Place | None, kind: Business) -> PaperRef | None:
    given = business.text("DocumentId") if business else ""
    ref = ref_of(given)
    if given and ref is None and kind is not Business.NEW:
        raise _unnamed("Bussiness/DocumentId")
    return ref


def _unnamed(where: str) -> PaperRefused:
    return PaperRefused(
        where,
        "phải có dạng mã cơ quan,năm/tháng/ngày,số/ký hiệu; đề nghị bên gửi sửa",
        "must be written organ,yyyy/MM/dd,number/symbol; ask the sender to correct it",
    )


def _edoc(message: Place, header: Place, attachments: tuple[Attachment, ...]) -> Edoc:
    code, issued = message.inside("Code"), message.inside("PromulgationInfo")
    other, places, signer = message.maybe("OtherInfo"), message.maybe("ToPlaces"), message.maybe("SignerInfo")
    business, kind, reason = _business(header)
    traces, amends = header.maybe("TraceHeaderList"), _amended(business, kind)
    replaced = business.maybe("ReplacementInfoList") if business else None
    appendixes = other.maybe("Appendixes") if other else None
    subject, content = message.text("Subject", needed=True), message.text("Content")
    packet = Edoc(
        business=kind,
        reason=reason,
        sender=_organ(message.inside("From")),
        to=tuple(_organ(place) for place in message.every("To")),
        number=code.text("CodeNumber", needed=True),
        symbol=code.text("CodeNotation", needed=True),
        place=issued.text("Place"),
        day=issued.day("PromulgationDate", needed=True),
        type_name=message.inside("DocumentType").text("TypeName", needed=True),
        subject=subject,
        content="" if content == subject else content,
        signer=Signer(**{name: signer.text(tag) for tag, name in SIGNER}) if signer else Signer(),
        due=message.maybe_day("DueDate"),
        priority=other.number("Priority") if other else 0,
        copies=other.number("PromulgationAmount") if other else 1,
        pages=other.number("PageAmount") if other else 0,
        places=places.texts("Place") if places else (),
        appendixes=appendixes.texts("Appendix") if appendixes else (),
        answers=tuple(filter(None, (_response(place) for place in message.every("ResponseFor")))),
        amends=amends,
        replaces=tuple(_replaced(place) for place in replaced.every("ReplacementInfo")) if replaced else (),
        staff=_staff(business.maybe("StaffInfo") if business else None),
        traces=tuple(_trace(place) for place in traces.every("TraceHeader")) if traces else (),
        attachments=attachments,
    )
    return _named(packet, message.text("DocumentId"))


def _named(packet: Edoc, given: str) -> Edoc:
    """Keep the name under which a stranger's software knows the paper, where it is not the one of the standard."""
    if given in {"", packet.paper.document_id}:
        return packet
    object.__setattr__(packet, "document_id", given)
    return packet


def _trace(place: Place) -> Trace:
    return Trace(organ=place.text("OrganId", needed=True), at=place.moment("Timestamp"))


@dataclass(frozen=True, slots=True)
class _Travelled:
    """An attachment with its bytes as they travelled: as they are, or alone in a zip."""

    content_id: str
    name: str
    description: str
    content: bytes
    zipped: bool

    def unpacked(self) -> Attachment:
        content = self._from_zip() if self.zipped and not self.name.lower().endswith(".zip") else self.content
        return Attachment(name=self.name, content=content, description=self.description)

    def _from_zip(self) -> bytes:
        where, bound = f"tệp đính kèm «{self.name}»", standard().limits.attachment_bytes
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                entries = archive.infolist()
                content = archive.open(entries[0]).read(bound + 1) if len(entries) == 1 else None
        except UNZIPPING as problem:
            raise PaperRefused(where, "không giải nén được; đề nghị bên gửi gửi lại", "cannot be unzipped") from problem
        if content is None:
            raise PaperRefused(where, "phải nén riêng từng tệp; đề nghị bên gửi gửi lại", "is not zipped alone")
        if len(content) > bound:
            raise PaperRefused(where, "giải nén ra quá lớn, không nhận", "unzips to more than is taken")
        return content


def _attached(root: Place) -> list[_Travelled]:
    envelope = root.inside("edXMLEnvelope")
    body = envelope.maybe("edXMLBody")
    manifest = body.maybe("edXMLManifest") if body else None
    declared = manifest.every("Reference") if manifest else []
    encoded = root.maybe("AttachmentEncoded")
    found = encoded.every("Attachment") if encoded else []
    if len(found) > standard().limits.attachments:
        raise PaperRefused("AttachmentEncoded", "quá nhiều tệp; đề nghị bên gửi chia gói", "holds too many files")
    travelled = [_one(place) for place in found]
    told = {place.text("ContentId", needed=True).removeprefix("cid:") for place in declared}
    carried = [one.content_id.removeprefix("cid:") for one in travelled]
    if len(set(carried)) != len(carried) or told != set(carried):
        raise PaperRefused(
            "edXMLManifest/Reference",
            "danh mục và tệp trong AttachmentEncoded không khớp nhau; đề nghị bên gửi gửi lại gói",
            "the manifest and the files in AttachmentEncoded differ; ask the sender to send the packet again",
        )
    return travelled


def _one(place: Place) -> _Travelled:
    name = place.text("AttachmentName", needed=True)
    described = place.text("Description")
    raw = "".join(place.raw("ContentTransferEncoded").split())
    if len(raw) > standard().limits.attachment_bytes * 4 // 3 + 4:
        raise PaperRefused(f"tệp đính kèm «{name}»", "quá lớn, không nhận", "is larger than is taken")
    try:
        content = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise PaperRefused(
            f"tệp đính kèm «{name}»",
            "ContentTransferEncoded không phải Base64; đề nghị bên gửi gửi lại",
            "ContentTransferEncoded is not Base64; ask the sender to send it again",
        ) from problem
    return _Travelled(
        content_id=place.text("ContentId", needed=True),
        name=name,
        description="" if described == name else described,
        content=content,
        zipped=place.text("ContentType") == standard().content_types["zip"],
    )
