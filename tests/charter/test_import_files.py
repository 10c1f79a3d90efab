"""The kinds of files a regulation comes in, and those that cannot be read: one sentence each, with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dean06.charter import service
from dean06.charter.importing import documents
from dean06.charter.importing.nodes import addressed, walk
from dean06.clock.errors import HouseError
from dean06.orthography import service as orthography

SAMPLE = (Path(__file__).with_name("texts") / "song-may.txt").read_text("utf-8")
PLAIN = service.import_regulation(Path(__file__).with_name("texts") / "song-may.txt")
ADDRESSES = list(addressed(PLAIN.provisions))

NEVER = '<w:lvlRestart w:val="0"/>'  # articles count on through the chapters
LEVELS = (("upperRoman", "Chương %1"), ("decimal", "Điều %2."), ("decimal", "%3."), ("lowerLetter", "%4)"))


def _addresses(path: Path) -> list[str]:
    return list(addressed(service.import_regulation(path, orthography.heal_lines).provisions))


def _rows() -> list[str]:
    """The sample as one paragraph a row, its broken sentences whole."""
    rows = [row.replace("**", "").strip() for row in SAMPLE.replace("tại\n\nĐiều 4", "tại Điều 4").splitlines()]
    return [row for row in rows if row]


# ---------------------------------------------------------------- Word


def test_a_word_file_gives_the_same_addresses(tmp_path: Path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Điều 99. Đầu trang không phải văn bản"
    for row in _rows():
        document.add_paragraph(row)
    document.save(str(tmp_path / "a.docx"))
    assert _addresses(tmp_path / "a.docx") == ADDRESSES


def _numbering(document: docx.document.Document) -> None:
    """Add one list of four levels, as Word makes them, and a list of bullets."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{NEVER if at == 1 else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    for number, inner in (("70", levels), ("71", bullet)):
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _listed(document: docx.document.Document, text: str, level: int, number: str = "70") -> None:
    paragraph = document.add_paragraph(text)
    numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(numbered))


def test_labels_that_word_counts_by_itself_are_read(tmp_path: Path):
    document = docx.Document()
    _numbering(document)
    document.add_paragraph("QUY CHẾ")
    _listed(document, "QUY ĐỊNH CHUNG", 0)
    _listed(document, "Phạm vi", 1)
    _listed(document, "Khoản đầu.", 2)
    _listed(document, "Khoản có điểm:", 2)
    _listed(document, "điểm đầu;", 3)
    _listed(document, "điểm sau.", 3)
    _listed(document, "VIỆC", 0)
    _listed(document, "Việc của tổ", 1)
    _listed(document, "Một việc", 0, "71")
    _listed(document, "Hai việc.", 0, "71")
    document.save(str(tmp_path / "a.docx"))
    imported = service.import_regulation(tmp_path / "a.docx")
    chapters = [node.label for node in walk(imported.provisions) if node.kind == "chapter"]
    assert chapters == ["I", "II"]
    assert list(addressed(imported.provisions)) == ["1", "1.1", "1.2", "1.2.a", "1.2.b", "2", "2.-1", "2.-2"]


def test_breaks_deleted_text_and_tables_of_a_word_file(tmp_path: Path):
    document = docx.Document()
    layout = document.add_table(rows=1, cols=2)
    layout.cell(0, 0).text = "UBND HUYỆN SÔNG MÂY"
    layout.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    document.add_paragraph("QUY CHẾ")
    document.add_paragraph("Chương I").add_run().add_break()
    document.paragraphs[-1].add_run("QUY ĐỊNH CHUNG")
    document.add_paragraph("Điều 1. Lịch")
    document.add_paragraph("1. Lịch họp")
    deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>'
    inserted = (
        f'<w:ins {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t xml:space="preserve"> như bảng:</w:t></w:r></w:ins>'
    )
    for piece in (deleted, inserted):
        document.paragraphs[-1]._p.append(parse_xml(piece))
    figures = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("Quý", "Ngày", "I", "05")):
        figures.cell(at // 2, at % 2).text = text
    document.add_paragraph("2. Lịch gửi báo cáo.")
    document.save(str(tmp_path / "a.docx"))
    found = addressed(service.import_regulation(tmp_path / "a.docx").provisions)
    assert list(found) == ["1", "1.1", "1.2"]
    assert found["1.1"].text == "Lịch họp như bảng:"
    assert [row.text for row in found["1.1"].children] == ["Quý | Ngày", "I | 05"]


# ---------------------------------------------------------------- PDF


def _pdf(rows: list[str], header: str = "") -> bytes:
    body = "\n\n".join("\\" + row if row[:1] in "-+=" else row.replace("#", "") for row in rows)
    quoted = body.replace("1. ", "1\\. ").replace("*", "\\*").replace("_", "\\_")
    page = f'#set page(width: 15cm, height: 14cm, numbering: "1", header: [{header}])\n#set par(justify: true)\n'
    return bytes(typst.compile((page + quoted).encode()))


def _typst_rows() -> list[str]:
    """Labels as plain words: a mark-up language would count them by itself."""
    return [row.replace(". ", ".~", 1) if row[:1].isdigit() else row for row in _rows()]


def test_a_pdf_gives_the_same_addresses_without_what_its_pages_repeat(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf(_typst_rows()[:-2], "Bản in của huyện"))
    imported = service.import_regulation(path)
    assert list(addressed(imported.provisions)) == ADDRESSES
    told = [(warned.where, warned.code) for warned in imported.warnings]
    assert told == [(warned.where, warned.code) for warned in PLAIN.warnings if warned.code != "stray_text"]
    assert not any("Bản in của huyện" in node.text for node in walk(imported.provisions))
    assert addressed(imported.provisions)["2.3"].text == addressed(PLAIN.provisions)["2.3"].text


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_any_unicode(tmp_path: Path, encoding: str):
    (tmp_path / "a.txt").write_bytes(SAMPLE.encode(encoding))
    assert _addresses(tmp_path / "a.txt") == ADDRESSES


def test_letters_and_marks_apart_are_put_together(tmp_path: Path):
    (tmp_path / "a.txt").write_text(orthography.encode(SAMPLE, orthography.Encoding.DECOMPOSED), "utf-8")
    assert service.import_regulation(tmp_path / "a.txt").provisions == PLAIN.provisions


def test_text_typed_in_tcvn3(tmp_path: Path):
    rows = [orthography.encode(row, orthography.Encoding.TCVN3) for row in SAMPLE.splitlines()]
    (tmp_path / "a.txt").write_bytes("\n".join(rows).encode("cp1252", errors="replace"))
    found = addressed(service.import_regulation(tmp_path / "a.txt", orthography.heal_lines).provisions)
    assert {"1.1", "4.1.a", "7.2"} <= found.keys()


@pytest.mark.parametrize("encoding", [orthography.Encoding.TCVN3, orthography.Encoding.VNI])
def test_a_word_file_typed_in_a_legacy_font(tmp_path: Path, encoding: orthography.Encoding):
    document = docx.Document()
    for row in _rows():
        document.add_paragraph(orthography.encode(row, encoding))
    document.save(str(tmp_path / "a.docx"))
    found = addressed(service.import_regulation(tmp_path / "a.docx", orthography.heal_lines).provisions)
    assert list(found) == ADDRESSES
    assert found["2.3"].text == addressed(PLAIN.provisions)["2.3"].text


# ---------------------------------------------------------------- what cannot be read


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def _locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf(["Điều 1. Một", "Nội dung của điều này đủ dài để đọc."])))
    writer.encrypt("mat-khau", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _blank_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


TWICE = "Điều 1. Một\n\nViệc thứ nhất.\n\nĐiều 2. Hai\n\nViệc thứ hai.\n\nĐiều 2. Hai lần\n\nViệc thứ ba.\n"
BAD = {
    "old-word.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
    "rich.rtf": (b"{\\rtf1 x}", ".docx"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "ảnh"),
    "empty.txt": (b"", "rỗng"),
    "blank.txt": (b" \n\n", "rỗng"),
    "broken.docx": (b"PK\x03\x04" + b"\0" * 80, "hỏng"),
    "other.docx": (_zip(other=b"<x/>"), "hỏng"),
    "entities.docx": (_zip(document=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "hỏng"),
    "unclosed.docx": (_zip(document=b"<x>"), "hỏng"),
    "text.docx": (b"Dieu 1. Mot", "hỏng"),
    "broken.pdf": (b"%PDF-1.7\n" + b"x" * 300, "hỏng"),
    "scanned.pdf": (_blank_pdf(), "OCR"),
    "locked.pdf": (_locked(), "mật khẩu"),
    "letter.txt": ("Kính gửi các đồng chí,\nmai họp.\n".encode(), "Điều"),
    "twice.txt": (TWICE.encode(), "dòng 9: Điều 2 đã có ở dòng 5"),
    "odd.txt": (b"\xff\xfe\x00\xd8", "không đọc được"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_for_each_file_that_cannot_be_read(tmp_path: Path, name: str):
    data, said = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(HouseError) as refused:
        service.import_regulation(tmp_path / name, orthography.heal_lines)
    assert refused.value.exit_code == 3
    for sentence in (refused.value.vi, refused.value.en):
        assert sentence.startswith(f"{name}: ")
        assert "\n" not in sentence
    assert said in refused.value.vi


def test_a_text_longer_than_any_regulation(tmp_path: Path):
    (tmp_path / "dai.txt").write_text("Điều 1. Một\n" + "x " * 2_100_000, "utf-8")
    with pytest.raises(HouseError, match="ký tự, quá"):
        service.import_regulation(tmp_path / "dai.txt")


def test_a_missing_file_and_a_file_of_fifty_megabytes(tmp_path: Path):
    with pytest.raises(HouseError, match="không có tệp"):
        service.import_regulation(tmp_path / "khong-co.txt")
    large = tmp_path / "nang.docx"
    with large.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)
    with pytest.raises(HouseError, match=f"50 MB, quá {documents.MAX_MEGABYTES} MB"):
        service.import_regulation(large)
