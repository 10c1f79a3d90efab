"""A packet to a file. The prefix is written out by hand: receivers of the axis look for `edXML:` in the names."""

from __future__ import annotations

import base64
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from dean06.clock import service as clock
from dean06.papers.edxml.codes import standard
from dean06.papers.edxml.signature import Sealing, seal
from dean06.papers.edxml.types import Attachment, Edoc, Organ, Packet, PaperRef, Staff, StatusMessage, written

ORGAN = (
    ("OrganId", "code"),
    ("OrganizationInCharge", "in_charge"),
    ("OrganName", "name"),
    ("OrganAdd", "address"),
    ("Email", "email"),
    ("Telephone", "telephone"),
    ("Fax", "fax"),
    ("Website", "website"),
)
STAFF = (("Department", "department"), ("Staff", "name"), ("Email", "email"), ("Mobile", "mobile"))
SIGNER = (("Competence", "competence"), ("Position", "position"), ("FullName", "name"))


def write(packet: Packet, sealing: Sealing | None = None) -> bytes:
    """Return the file of a packet; with a key it is signed, without one it carries checksums."""
    if isinstance(packet, StatusMessage):
        return _file(_element("MessageHeader", _status(packet)), "", "")
    names = [(content_id(at, one), one) for at, one in enumerate(packet.attachments, start=1)]
    header = _element("MessageHeader", _header(packet)) + _element("TraceHeaderList", _traces(packet))
    body = _element(
        "edXMLBody",
        f"<{_name('edXMLManifest')} version={quoteattr(standard().manifest_version)}>"
        + "".join(_element("Reference", _declared(name, one)) for name, one in names)
        + f"</{_name('edXMLManifest')}>",
    )
    encoded = "".join(_encoded(name, one) for name, one in names)
    tail = f"<AttachmentEncoded>{encoded}</AttachmentEncoded>" if encoded else ""
    bare = _file(header, body, tail)
    signature = seal(bare, [(name, one.content) for name, one in names], sealing)
    return _file(header + signature, body, tail)


def content_id(at: int, attachment: Attachment) -> str:
    """Return the id by which a packet names an attachment: its place and the beginning of its checksum."""
    return f"cid:{at}-{attachment.sha256[:16]}"


def _file(header: str, body: str, tail: str) -> bytes:
    table = standard()
    envelope = f"{_name('edXMLEnvelope')} xmlns:{table.prefix}={quoteattr(table.namespace)}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns={quoteattr(table.namespace)}>'
        f"<{envelope}>{_element('edXMLHeader', header)}{body}</{_name('edXMLEnvelope')}>{tail}</edXML>\n"
    ).encode()


def _name(tag: str) -> str:
    return f"{standard().prefix}:{tag}"


def _element(tag: str, inside: str) -> str:
    return f"<{_name(tag)}>{inside}</{_name(tag)}>"


def _text(tag: str, text: str | int) -> str:
    return _element(tag, escape(str(text)))


def _texts(value: object, names: tuple[tuple[str, str], ...]) -> str:
    return "".join(_text(tag, getattr(value, name)) for tag, name in names if getattr(value, name))


def _organ(tag: str, organ: Organ) -> str:
    return _element(tag, _texts(organ, ORGAN))


def _staff(staff: Staff) -> str:
    return _element("StaffInfo", _texts(staff, STAFF))


def _moment(at: datetime) -> str:
    local = at.astimezone(clock.TZ)
    return f"{written(local.date())} {local:%H:%M:%S}"


def _day(tag: str, day: date | None) -> str:
    return _text(tag, written(day)) if day else ""


def _response(ref: PaperRef, to: str = "") -> str:
    inside = _text("OrganId", to or ref.organ) + _text("Code", ref.label)
    return _element(
        "ResponseFor", inside + _text("DocumentId", ref.document_id) + _text("PromulgationDate", written(ref.day))
    )


def _header(packet: Edoc) -> str:
    table = standard()
    kind = _text("Type", table.document_type) + _text("TypeDetail", table.type_detail)
    return "".join(
        (
            _organ("From", packet.sender),
            *(_organ("To", organ) for organ in packet.to),
            _text("DocumentId", packet.paper.document_id),
            _element("Code", _text("CodeNumber", packet.number) + _text("CodeNotation", packet.symbol)),
            _element("PromulgationInfo", _text("Place", packet.place) + _day("PromulgationDate", packet.day)),
            _element("DocumentType", kind + _text("TypeName", packet.type_name)),
            _text("Subject", packet.subject),
            _text("Content", packet.content or packet.subject),
            _element("SignerInfo", _texts(packet.signer, SIGNER)),
            _day("DueDate", packet.due),
            _element("OtherInfo", _other(packet)),
            *(_response(ref) for ref in packet.answers),
            _text("SteeringType", table.steering_type),
            _element("ToPlaces", "".join(_text("Place", place) for place in packet.places)),
        )
    )


def _other(packet: Edoc) -> str:
    appendixes = "".join(_text("Appendix", line) for line in packet.appendixes)
    return "".join(
        (
            _text("Priority", packet.priority),
            _text("SphereOfPromulgation", standard().sphere),
            _text("PromulgationAmount", packet.copies),
            _text("PageAmount", packet.pages),
            _text("Direction", "false"),
            _element("Appendixes", appendixes),
        )
    )


def _traces(packet: Edoc) -> str:
    traces = "".join(
        _element("TraceHeader", _text("OrganId", trace.organ) + _text("Timestamp", _moment(trace.at)))
        for trace in packet.traces
    )
    row = standard().business_row(packet.business)
    replaced = "".join(
        _element(
            "ReplacementInfo",
            _text("DocumentId", one.paper.document_id)
            + _element("OrganIdList", "".join(_text("OrganId", organ) for organ in one.organs)),
        )
        for one in packet.replaces
    )
    business = "".join(
        (
            _text("DocumentId", packet.amends.document_id) if packet.amends else "",
            _text("BussinessDocType", int(packet.business)),
            _text("BussinessDocReason", packet.reason or row.vi),
            _text("Paper", 0),
            _element("ReplacementInfoList", replaced) if replaced else "",
            _staff(packet.staff),
        )
    )
    return traces + _element("Bussiness", business)


def _declared(name: str, attachment: Attachment) -> str:
    return "".join(
        (
            _text("ContentId", name),
            _text("ContentType", attachment.content_type),
            _text("Description", attachment.description or attachment.name),
            _text("AttachmentName", attachment.name),
        )
    )


def _encoded(name: str, attachment: Attachment) -> str:
    table = standard()
    tag = _name("ContentTransferEncoded")
    body = base64.b64encode(attachment.content).decode()
    return (
        f"<Attachment><ContentId>{escape(name)}</ContentId><AttachmentName>{escape(attachment.name)}</AttachmentName>"
        f"<Description>{escape(attachment.description or attachment.name)}</Description>"
        f"<ContentType>{escape(attachment.content_type)}</ContentType>"
        f"<{tag} xmlns:{table.prefix}={quoteattr(table.namespace)}>{body}</{tag}></Attachment>"
    )


def _status(message: StatusMessage) -> str:
    row = standard().status(message.code)
    told = message.description or (row.vi if row else "")
    return "".join(
        (
            _organ("From", message.sender),
            _response(message.about, message.to),
            _staff(message.staff),
            _text("StatusCode", message.code),
            _text("Description", told),
            _text("Timestamp", _moment(message.at)),
        )
    )
