"""Files that nobody should open without care, each made here from a sound one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from dean06.papers.docx.file import render_docx
from dean06.papers.pdf.file import render_pdf
from papers.reading import rewritten
from papers.samples import CREATED, monthly_report

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"


@cache
def docx() -> bytes:
    return render_docx(monthly_report())


@cache
def pdf() -> bytes:
    return render_pdf(monthly_report(), CREATED)


def with_parts(**parts: bytes) -> bytes:
    """A sound .docx with parts added; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        for name, data in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def swapped(old: str, new: str, part: str = MAIN) -> bytes:
    def change(text: str) -> str:
        assert old in text, "the place is gone"
        return text.replace(old, new, 1)

    return rewritten(docx(), part, change)


def png(width: int, height: int) -> bytes:
    """A picture that says it is so large; its pixels are not there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04AB\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + bytes(12)


def linked(kind: str, target: str) -> bytes:
    old = "</Relationships>"
    new = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>{old}'
    return swapped(old, new, "word/_rels/document.xml.rels")


INSERTED = '<w:ins w:id="1" w:author="A"><w:r><w:t>thêm</w:t></w:r></w:ins>'
TEXT = '<w:r><w:t xml:space="preserve">Dữ liệu học sinh'


def tracked() -> bytes:
    return swapped(TEXT, INSERTED + TEXT)


def tracked_in_a_table() -> bytes:
    return swapped("<w:trPr><w:cantSplit/><w:tblHeader/>", '<w:trPr><w:cantSplit/><w:ins w:id="1" w:author="A"/>')


def commented() -> bytes:
    return swapped(TEXT, '<w:r><w:commentReference w:id="0"/></w:r>' + TEXT)


def font_nobody_has(table: str = "") -> bytes:
    data = swapped('w:ascii="Times New Roman"', 'w:ascii="Chữ Nhà Làm"', "word/styles.xml")
    if not table:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("word/fontTable.xml", table)
    return out.getvalue()


# ---------------------------------------------------------------- PDFs


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _copy() -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))


def with_javascript() -> bytes:
    writer = _copy()
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x();")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return _written(writer)


def with_launch() -> bytes:
    writer = _copy()
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    writer.root_object[NameObject("/OpenAction")] = action
    return _written(writer)


def with_file() -> bytes:
    writer = _copy()
    writer.add_attachment("so-lieu.xlsx", b"PK...")
    return _written(writer)


def encrypted(password: str) -> bytes:
    writer = _copy()
    writer.encrypt(user_password=password, owner_password="chu", algorithm="AES-256")  # noqa: S106  a made-up file
    return _written(writer)


def with_broken_table() -> bytes:
    """The table of objects points nowhere."""
    data = pdf()
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF\n"


def scanned() -> bytes:
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(595, 842)
    return _written(writer)


def with_hidden_letters() -> bytes:
    """A scan with the letters that a machine recognised laid over it, unseen."""
    writer = _copy()
    for page in writer.pages:
        content = page.get_contents()
        assert content is not None
        content.set_data(content.get_data().replace(b"0 Tr", b"3 Tr"))
        page.replace_contents(content)
    return _written(writer)


def many_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    return _written(writer)


def drawing(content: bytes, pages: int = 1) -> bytes:
    """Pages that draw this and nothing else."""
    writer = PdfWriter()
    stream = StreamObject()
    stream.set_data(content)
    shared = writer._add_object(stream.flate_encode())
    for _ in range(pages):
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = shared
    return _written(writer)


def content_bomb() -> bytes:
    """A page whose content unpacks without end."""
    return drawing(b"0 0 m 1 1 l S\n" * 4_000_000)
