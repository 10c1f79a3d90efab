"""Thirty-five ways to tamper with a signed paper; the names are those of `tamperings.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from dean06.papers.signatures.fields import AGENCY, NUMBER, PERSON, fill
from dean06.papers.signatures.update import Update, fields_of

Tamper = Callable[[bytes], bytes]
WAYS: dict[str, Tamper] = {}


def way(act: Tamper) -> Tamper:
    WAYS[act.__name__] = act
    return act


def update(act: Callable[[IncrementalPdfFileWriter], None]) -> Tamper:
    """A tampering by an incremental update, as a reader would save one."""

    def tamper(pdf: bytes) -> bytes:
        writer = Update(pdf)
        act(writer)
        return writer.done()

    WAYS[act.__name__] = tamper
    return tamper


def flipped(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def page_of(writer: IncrementalPdfFileWriter, at: int = 0) -> generic.DictionaryObject:
    return writer.find_page_for_modification(at)[0].get_object()


def content_ref(pdf: bytes) -> generic.Reference:
    return PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"][0].get_object().raw_get("/Contents").reference


def overriding(writer: IncrementalPdfFileWriter, reference: generic.Reference, data: bytes) -> None:
    writer.objects[reference.generation, reference.idnum] = generic.StreamObject(stream_data=data)


# ---------------------------------------------------------------- bytes


@way
def letter_of_the_text(pdf: bytes) -> bytes:
    at = pdf.index(f"\n{content_ref(pdf).idnum} 0 obj".encode())
    return flipped(pdf, pdf.index(b"stream", at) + 60)


@way
def byte_of_the_description(pdf: bytes) -> bytes:
    return flipped(pdf, pdf.index(b"</dc:title>") - 30)


@way
def byte_of_the_picture(pdf: bytes) -> bytes:
    start = pdf.rindex(b"/Subtype /Image")
    return flipped(pdf, pdf.index(b"stream", start) + 200)


@way
def bytes_appended(pdf: bytes) -> bytes:
    return pdf + b"\n% Nguoi ky dong y tat ca\n"


@way
def cut_before_the_seal(pdf: bytes) -> bytes:
    ends = [found.end() for found in re.finditer(rb"%%EOF\r?\n?", pdf)]
    return pdf[: ends[-2]]


def _ranges(pdf: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", pdf))


def _ranged(pdf: bytes, found: re.Match[bytes], numbers: tuple[int, ...]) -> bytes:
    told = b"/ByteRange [%d %d %d %d]" % numbers
    return pdf[: found.start()] + told.ljust(found.end() - found.start()) + pdf[found.end() :]


@way
def byte_range_widened(pdf: bytes) -> bytes:
    found = _ranges(pdf)[-1]
    start, first, second, length = map(int, found.groups())
    return _ranged(pdf, found, (start, first, second + 10, length - 10))


@way
def signature_wrapped(pdf: bytes) -> bytes:
    found = _ranges(pdf)[-1]
    start, first, second, length = map(int, found.groups())
    slipped = b" " * 40
    moved = _ranged(pdf, found, (start, first, second + len(slipped), length))
    table = PdfFileReader(BytesIO(pdf)).last_startxref
    tail = moved[second:].replace(b"startxref\n%d" % table, b"startxref\n%d" % (table + len(slipped)))
    return moved[:second] + slipped + tail


def contents_of(pdf: bytes, at: int) -> tuple[int, int]:
    """The place of a signature's hexadecimal bytes, between the brackets."""
    _, first, second, _ = map(int, _ranges(pdf)[at].groups())
    return first + 1, second - 1


def _signed_data(pdf: bytes, at: int) -> cms.ContentInfo:
    start, end = contents_of(pdf, at)
    return cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()), strict=False)


def _put(pdf: bytes, at: int, der: bytes) -> bytes:
    start, end = contents_of(pdf, at)
    return pdf[:start] + der.hex().encode().ljust(end - start, b"0") + pdf[end:]


@way
def contents_emptied(pdf: bytes) -> bytes:
    return _put(pdf, -1, b"")


@way
def contents_removed(pdf: bytes) -> bytes:
    start, _ = contents_of(pdf, -1)
    at = pdf.rindex(b"/Contents", 0, start)
    return pdf[:at] + b"/Contentz" + pdf[at + 9 :]


@way
def digest_swapped(pdf: bytes) -> bytes:
    changed = letter_of_the_text(pdf)
    signature = PdfFileReader(BytesIO(changed)).embedded_signatures[-1]
    message = _signed_data(changed, -1)
    (signer,) = message["content"]["signer_infos"]
    for each in signer["signed_attrs"]:
        if each["type"].native == "message_digest":
            each["values"] = [signature.compute_digest()]
    return _put(changed, -1, message.dump(force=True))


@way
def certificate_swapped(pdf: bytes) -> bytes:
    mine, other = _signed_data(pdf, -1), _signed_data(pdf, 0)
    serial = other["content"]["signer_infos"][0]["sid"].chosen
    mine["content"]["certificates"] = other["content"]["certificates"]
    mine["content"]["signer_infos"][0]["sid"] = cms.SignerIdentifier("issuer_and_serial_number", serial)
    return _put(pdf, -1, mine.dump(force=True))


@way
def signature_of_the_other(pdf: bytes) -> bytes:
    return _put(pdf, -1, _signed_data(pdf, 0).dump())


@way
def time_stamp_swapped(pdf: bytes) -> bytes:
    mine, other = _signed_data(pdf, -1), _signed_data(pdf, 0)
    mine["content"]["signer_infos"][0]["unsigned_attrs"] = other["content"]["signer_infos"][0]["unsigned_attrs"]
    return _put(pdf, -1, mine.dump(force=True))


@way
def rewritten_whole(pdf: bytes) -> bytes:
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(pdf))).write(out)
    return out.getvalue()


def _table(pdf: bytes, lines: bytes, added: bytes = b"") -> bytes:
    """A cross-reference table of one entry behind the file, with the trailer of before."""
    reader = PdfFileReader(BytesIO(pdf))
    at = len(pdf) + len(added) + 1
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        reader.trailer["/Size"],
        reader.trailer.raw_get("/Root").idnum,
        reader.trailer.raw_get("/Info").idnum,
        reader.last_startxref,
        at,
    )
    return pdf + b"\n" + added + b"xref\n" + lines + trailer


@way
def table_redirected(pdf: bytes) -> bytes:
    number = content_ref(pdf).idnum
    data = b"BT ET"
    other = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(data), data)
    return _table(pdf, b"%d 1\n%010d 00000 n \n" % (number, len(pdf) + 1), other)


@way
def object_freed(pdf: bytes) -> bytes:
    return _table(pdf, b"%d 1\n0000000000 00001 f \n" % content_ref(pdf).idnum)


# ---------------------------------------------------------------- updates


@update
def number_after_the_seal(writer: IncrementalPdfFileWriter) -> None:
    fill(writer, {NUMBER: ("Số: 999/BC-TCTĐA",)})


@update
def value_alone(writer: IncrementalPdfFileWriter) -> None:
    field = fields_of(writer.root)[NUMBER]
    field["/V"] = pdf_string("Số: 999/BC-TCTĐA")
    writer.update_container(field)


@update
def page_appended(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
                pdf_name("/MediaBox"): generic.ArrayObject(generic.NumberObject(each) for each in (0, 0, 595, 842)),
                pdf_name("/Resources"): generic.DictionaryObject(),
                pdf_name("/Contents"): writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f")),
            }
        )
    )
    pages["/Kids"].append(page)
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


@update
def page_removed(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject([pages["/Kids"].raw_get(0)])
    pages["/Count"] = generic.NumberObject(1)
    writer.update_container(pages)


@update
def pages_swapped(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    kids = pages["/Kids"]
    pages["/Kids"] = generic.ArrayObject([kids.raw_get(1), kids.raw_get(0)])
    writer.update_container(pages)


@update
def content_overridden(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    data = page["/Contents"].data.replace(b"Tj", b"Tj ", 1) + b"\n0 0 200 200 re f"
    overriding(writer, page.raw_get("/Contents").reference, data)


WAYS["content_overridden_before_the_seal"] = WAYS["content_overridden"]


@update
def font_overridden(writer: IncrementalPdfFileWriter) -> None:
    fonts = page_of(writer)["/Resources"]["/Font"]
    described = fonts[next(iter(fonts))]["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    overriding(writer, described.raw_get("/FontFile2").reference, described["/FontFile2"].data[:-4] + b"\0\0\0\0")


@update
def overlay_hidden(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    del page["/Resources"]["/Font"]
    writer.update_container(page["/Resources"])


@update
def form_replaced(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    old = form["/Fields"]
    other = generic.DictionaryObject(dict(fields_of(writer.root)[NUMBER]))
    other[pdf_name("/T")] = pdf_string("so_khac")
    form["/Fields"] = generic.ArrayObject([*(old.raw_get(at) for at in range(len(old))), writer.add_object(other)])
    writer.update_root()


@update
def annotation_over_the_text(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(each) for each in (100, 400, 400, 500)),
            pdf_name("/Contents"): pdf_string("Không đồng ý"),
            pdf_name("/DA"): pdf_string("/Helv 12 Tf 0 g"),
            pdf_name("/F"): generic.NumberObject(4),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))


WAYS["annotation_before_the_seal"] = WAYS["annotation_over_the_text"]


@update
def seal_moved(writer: IncrementalPdfFileWriter) -> None:
    field = fields_of(writer.root)[AGENCY]
    field["/Rect"] = generic.ArrayObject(generic.NumberObject(each) for each in (0, 0, 102, 102))
    writer.update_container(field)


def _stripped(writer: IncrementalPdfFileWriter, name: str) -> None:
    field = fields_of(writer.root)[name]
    del field["/V"]
    writer.update_container(field)


@update
def seal_stripped(writer: IncrementalPdfFileWriter) -> None:
    _stripped(writer, AGENCY)


@update
def person_stripped(writer: IncrementalPdfFileWriter) -> None:
    _stripped(writer, PERSON)


@update
def description_exchanged(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"], info["/Author"] = pdf_string("Quyết định khác"), pdf_string("Cơ quan khác")
    writer.update_container(info)
    reference = writer.root.raw_get("/Metadata").reference
    described = writer.root["/Metadata"].data.replace(b"UBND", b"UBQT")
    overriding(writer, reference, described)
    writer.objects[reference.generation, reference.idnum].update(
        {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}
    )


@update
def script_added(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert('x')")}
    )
    writer.update_root()
