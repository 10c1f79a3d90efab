"""A file as lines: what Word numbers by itself, what a page break or a table does, and what a file is by its bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from dean06.charter.importing import documents
from dean06.charter.importing.lines import Document, Line
from dean06.clock.errors import HouseError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
Level = tuple[str, str, str]  # number format, text, what else


def _word(tmp_path: Path, body: str, numbering: str = "", styles: str = "") -> Document:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return _read(tmp_path, buffer.getvalue(), "a.docx")


def _read(tmp_path: Path, data: bytes, name: str) -> Document:
    (tmp_path / name).write_bytes(data)
    return documents.read_document(tmp_path / name)


def _abstract(number: str, levels: Sequence[Level]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, more) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'


def _num(number: str, abstract: str, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def _p(text: str, number: str = "", level: int = 0, style: str = "") -> str:
    told = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{told}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


# ---------------------------------------------------------------- Word's own numbers


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        ("decimal", 1, ["1", "2", "3"]),
        ("decimal", 9, ["9", "10", "11"]),
        ("decimalZero", 8, ["08", "09", "10"]),
        ("upperRoman", 3, ["III", "IV", "V"]),
        ("upperRoman", 8, ["VIII", "IX", "X"]),
        ("upperRoman", 39, ["XXXIX", "XL", "XLI"]),
        ("upperRoman", 89, ["LXXXIX", "XC", "XCI"]),
        ("upperRoman", 99, ["XCIX", "C", "CI"]),
        ("upperRoman", 49, ["XLIX", "L", "LI"]),
        ("lowerRoman", 4, ["iv", "v", "vi"]),
        ("lowerLetter", 1, ["a", "b", "c"]),
        ("lowerLetter", 25, ["y", "z", "a"]),
        ("upperLetter", 2, ["B", "C", "D"]),
        ("ordinalText", 1, ["1", "2", "3"]),
    ],
)
def test_numbers_are_written_as_word_writes_them(tmp_path: Path, form: str, start: int, shown: list[str]) -> None:
    numbering = _abstract("5", [(form, "%1)", f'<w:start w:val="{start}"/>')]) + _num("7", "5")
    document = _word(tmp_path, "".join(_p(word, "7") for word in ("một", "hai", "ba")), numbering)
    said = [f"{label}) {word}" for label, word in zip(shown, ("một", "hai", "ba"), strict=True)]
    assert _texts(document) == said


def test_levels_count_below_each_other_and_start_again(tmp_path: Path) -> None:
    never, at_top = '<w:lvlRestart w:val="0"/>', '<w:lvlRestart w:val="1"/>'
    levels = [
        ("decimal", "%1.", ""),
        ("decimal", "%1.%2.", ""),
        ("lowerLetter", "%3)", at_top),
        ("decimal", "(%4)", never),
    ]
    numbering = _abstract("5", levels) + _num("7", "5")
    order = (0, 1, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3, 0, 2)
    document = _word(tmp_path, "".join(_p("x", "7", at) for at in order), numbering)
    assert [text.removesuffix(" x") for text in _texts(document)] == [
        *("1.", "1.1.", "1.2.", "a)", "(1)", "1.3.", "b)", "(2)", "2.", "2.1.", "a)", "(3)", "3.", "a)"),
    ]


def test_a_level_met_first_counts_from_the_start_of_those_above(tmp_path: Path) -> None:
    levels = [("decimal", "%1.", '<w:start w:val="4"/>'), ("decimal", "%1.%2.", '<w:start w:val="2"/>')]
    document = _word(
        tmp_path, _p("x", "7", 1) + _p("x", "7", 1) + _p("x", "7"), _abstract("5", levels) + _num("7", "5")
    )
    assert _texts(document) == ["4.2. x", "4.3. x", "5. x"]


def test_two_lists_of_one_kind_count_on_unless_one_starts_anew(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = _abstract("5", [("decimal", "%1.", "")])
    numbering += _num("7", "5") + _num("8", "5") + _num("9", "5", anew.format(1)) + _num("10", "5", anew.format(6))
    order = ("7", "7", "8", "9", "9", "10", "10", "7")
    document = _word(tmp_path, "".join(_p("x", number) for number in order), numbering)
    assert _texts(document) == ["1. x", "2. x", "3. x", "1. x", "2. x", "6. x", "7. x", "8. x"]


def test_numbers_come_from_styles_and_from_those_they_rest_on(tmp_path: Path) -> None:
    at = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:styleId="Khoan">{at}</w:style>'
        '<w:style w:styleId="Con"><w:basedOn w:val="Khoan"/></w:style>'
        '<w:style w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
        '<w:style w:styleId="Tran"><w:pPr><w:numPr/></w:pPr></w:style>'
    )
    levels = [("decimal", "%1.", ""), ("lowerLetter", "%2)", "")]
    body = [_p("x", style="Khoan"), _p("x", style="Con"), _p("x", style="Vong"), _p("x", style="Tran"), _p("x")]
    body += [_p("x", "7", 0, "Khoan"), _p("x", "99"), _p("x", "7", 5), _p("x", "7", 50)]
    document = _word(tmp_path, "".join(body), _abstract("5", levels) + _num("7", "5"), styles)
    assert _texts(document) == ["a) x", "b) x", "x", "x", "x", "2. x", "x", "x", "x"]


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [("bullet", "•", "- x"), ("bullet", "+", "+ x"), ("none", "%1.", "x"), ("decimal", "", "x"), ("", "%1/", "1/ x")],
)
def test_bullets_and_lists_without_a_number(tmp_path: Path, form: str, text: str, shown: str) -> None:
    document = _word(tmp_path, _p("x", "7"), _abstract("5", [(form, text, "")]) + _num("7", "5"))
    assert _texts(document) == [shown]


def test_a_paragraph_below_the_ninth_level_takes_the_ninth(tmp_path: Path) -> None:
    nine = _abstract("5", [("decimal", f"({at})", "") for at in range(1, 10)])
    document = _word(tmp_path, _p("x", "7", 8) + _p("x", "7", 9) + _p("x", "7", 50), nine + _num("7", "5"))
    assert _texts(document) == ["(9) x", "(9) x", "(9) x"]


def test_a_level_that_the_list_does_not_describe_counts_from_one(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2."/></w:lvl>'
    only = f'<w:abstractNum w:abstractNumId="5">{level}</w:abstractNum>'
    document = _word(tmp_path, _p("x", "7", 1) + _p("x", "7", 1), only + _num("7", "5"))
    assert _texts(document) == ["1.1. x", "1.2. x"]


def test_a_list_may_begin_with_nought_and_so_does_one_whose_beginning_is_no_number(tmp_path: Path) -> None:
    for at in ("", ' w:ilvl="không"'):
        for start in ("0", "một"):
            level = f'<w:lvl{at}><w:start w:val="{start}"/><w:lvlText w:val="%1."/></w:lvl>'
            only = f'<w:abstractNum w:abstractNumId="5">{level}</w:abstractNum>'
            document = _word(tmp_path, _p("x", "7") + _p("x", "7"), only + _num("7", "5"))
            assert _texts(document) == ["0. x", "1. x"]


def test_a_list_that_starts_anew_does_so_above_a_lower_level_met_first(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="6"/></w:lvlOverride>'
    numbering = _abstract("5", [("decimal", "%1.", ""), ("decimal", "%1.%2.", "")]) + _num("7", "5")
    body = _p("x", "7") + _p("x", "8", 1) + _p("x", "8", 1) + _p("x", "8")
    assert _texts(_word(tmp_path, body, numbering + _num("8", "5", anew))) == ["1. x", "6.1. x", "6.2. x", "7. x"]


def test_a_label_shows_nought_for_a_level_below_it(tmp_path: Path) -> None:
    numbering = _abstract("5", [("decimal", "%1.%2.", ""), ("decimal", "%2.", "")]) + _num("7", "5")
    document = _word(tmp_path, _p("x", "7") + _p("x", "7", 1) + _p("x", "7"), numbering)
    assert _texts(document) == ["1.0. x", "1. x", "2.0. x"]


@pytest.mark.parametrize(("styles", "shown"), [(1, "1. x"), (8, "1. x"), (9, "x"), (12, "x")])
def test_a_style_s_number_is_sought_in_the_eight_styles_it_rests_on(tmp_path: Path, styles: int, shown: str) -> None:
    made = (
        "".join(f'<w:style w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>' for at in range(styles))
        + f'<w:style w:styleId="s{styles}"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    numbering = _abstract("5", [("decimal", "%1.", ""), ("lowerLetter", "%2)", "")]) + _num("7", "5")
    assert _texts(_word(tmp_path, _p("x", style="s0"), numbering, made)) == [shown]


def test_an_empty_paragraph_takes_no_number(tmp_path: Path) -> None:
    body = _p("x", "7") + _p(" ", "7") + _p("x", "7")
    document = _word(tmp_path, body, _abstract("5", [("decimal", "%1.", "")]) + _num("7", "5"))
    assert [(line.text, line.place, line.gap) for line in document.lines] == [
        ("1. x", "đoạn 1", 1),
        ("2. x", "đoạn 3", 2),
    ]


# ---------------------------------------------------------------- what stands in a paragraph and in a table


def test_signs_breaks_and_what_is_passed_over(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('một')}<w:r><w:tab/></w:r>{run.format('hai')}<w:r><w:br/></w:r>{run.format('ba')}"
        f'<w:r><w:cr/></w:r>{run.format("bốn")}<w:r><w:br w:type="page"/></w:r>{run.format("năm")}'
        f'<w:r><w:br w:type="column"/></w:r>{run.format("sáu")}<w:r><w:noBreakHyphen/></w:r>{run.format("bảy")}</w:p>'
        f"<w:p><w:hyperlink>{run.format('nối')}</w:hyperlink><w:ins>{run.format(' thêm')}</w:ins>"
        f"<w:moveFrom>{run.format('dời')}</w:moveFrom><w:del><w:r><w:t>bỏ</w:t></w:r></w:del>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent><mc:Fallback>{run.format('lặp')}"
        "</mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run.format('trong khung')}</w:p></w:sdtContent></w:sdt>"
        f"<w:del><w:p>{run.format('bỏ cả đoạn')}</w:p></w:del><w:p><w:r><w:t/></w:r></w:p>"
    )
    assert _texts(_word(tmp_path, body)) == ["một hai", "ba", "bốn năm sáu-bảy", "nối thêm", "trong khung"]


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else _p(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_table_of_figures_is_read_row_by_row_and_one_of_layout_cell_by_cell(tmp_path: Path) -> None:
    def told(*rows: tuple[str, ...], articles: bool = True) -> list[tuple[str, bool]]:
        above = _p("Điều 1. Một") if articles else _p("Một")
        return [(line.text, line.whole) for line in _word(tmp_path, above + _table(*rows)).lines][1:]

    figures = (("Quý", "Ngày"), ("I", "05"))
    assert told(*figures) == [("Quý | Ngày", True), ("I | 05", True)]
    assert told(*figures, articles=False) == [(text, False) for text in ("Quý", "Ngày", "I", "05")]
    assert told(("Nơi nhận:", "TỔ TRƯỞNG"), ("x", "y")) == [
        (text, False) for text in ("Nơi nhận:", "TỔ TRƯỞNG", "x", "y")
    ]
    assert told(("a", "TỔ TRƯỞNG"), ("x", "y"))[1] == ("TỔ TRƯỞNG", False)
    assert told(("Nơi nhận:", "b"), ("x", "y"))[1] == ("b", False)
    assert told(("1. Khoản", "b"), ("x", "y"))[1] == ("b", False)
    assert told(("a", "b")) == [("a", False), ("b", False)]
    assert told(("a",), ("b",)) == [("a", False), ("b", False)]
    two = _p("a") + _p("b")
    assert told((two, "c"), ("d", "e")) == [(text, False) for text in "abcde"]
    inner = _table(("x", "y")) + _p("")  # as Word writes a table within a cell
    assert [text for text, _ in told(("a", inner), ("b", "c"))] == ["a", "x", "y", "b", "c"]


def test_lines_after_a_blank_paragraph_stand_apart(tmp_path: Path) -> None:
    document = _word(tmp_path, _p("một") + _p("") + _p("hai") + _p("ba"))
    assert document.lines == (
        Line("một", "đoạn 1", 1, whole=False),
        Line("hai", "đoạn 3", 2, whole=False),
        Line("ba", "đoạn 4", 1, whole=False),
    )


def test_an_empty_line_within_a_paragraph_sets_the_next_apart(tmp_path: Path) -> None:
    document = _word(tmp_path, "<w:p><w:r><w:t>một</w:t><w:br/><w:br/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r></w:p>")
    assert document.lines == (
        Line("một", "đoạn 1", 1, whole=False),
        Line("hai", "đoạn 1", 2, whole=False),
        Line("ba", "đoạn 1", 1, whole=False),
    )


def test_rows_and_cells_may_stand_in_content_controls_and_deleted_ones_are_passed_over(tmp_path: Path) -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def cell(text: str) -> str:
        return f"<w:tc>{_p(text)}</w:tc>"

    row = f"<w:tr>{cell('c')}{cell('d')}</w:tr>"
    rows = f"<w:tr>{control(cell('a'))}{cell('b')}</w:tr>{control(row)}"
    deleted = f"<w:del><w:tr>{cell('e')}{cell('f')}</w:tr></w:del>"
    document = _word(tmp_path, _p("Điều 1. Một") + f"<w:tbl>{rows}{deleted}</w:tbl>")
    assert _texts(document) == ["Điều 1. Một", "a | b", "c | d"]


# ---------------------------------------------------------------- what a file is


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY a "b">]>', '<!ENTITY a "b">'])
def test_a_word_file_declares_no_entities(tmp_path: Path, encoding: str, declared: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<?xml version="1.0"?>{declared}<w:document {W}/>'.encode(encoding))
    with pytest.raises(HouseError, match=r"\.docx bị hỏng"):
        _read(tmp_path, buffer.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("name", "data", "kind", "text"),
    [
        ("a.txt", b"Dieu 1", "txt", "Dieu 1"),
        ("a", b"Dieu 1", "txt", "Dieu 1"),
        ("a.txt", b"\xef\xbb\xbfDieu 1", "txt", "Dieu 1"),
        ("a.txt", "Điều 1".encode("utf-16"), "txt", "Điều 1"),
        ("a.txt", b"\xfe\xff" + "Điều 1".encode("utf-16-be"), "txt", "Điều 1"),
        ("a.txt", "Dieu 1".encode("utf-16-le"), "txt", "Dieu 1"),
        ("a.txt", "Dieu 1".encode("utf-16-be"), "txt", "Dieu 1"),
        ("a.txt", b"caf\xe9", "txt", "café"),
        ("a.txt", b"caf\xe9 \x81", "txt", "café \ufffd"),
        ("a.txt", b"x" * 1020 + b"%PDF-1.7", "txt", "x" * 1020 + "%PDF-1.7"),
        ("a.txt", b"x" * 4096 + b"\x00x", "txt", "x" * 4096 + "\x00x"),
    ],
)
def test_plain_text_by_its_bytes(tmp_path: Path, name: str, data: bytes, kind: str, text: str) -> None:
    document = _read(tmp_path, data, name)
    assert (document.kind, _texts(document), document.name) == (kind, [text], name)


@pytest.mark.parametrize("sign", [b"\xff\xd8\xff\xe0", b"II*\x00", b"MM\x00*", b"\x89PNG"])
def test_pictures_of_every_kind_are_refused(tmp_path: Path, sign: bytes) -> None:
    with pytest.raises(HouseError, match="ảnh"):
        _read(tmp_path, sign + b"x" * 40, "a.txt")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"Dieu 1", r"\.pdf bị hỏng"),
        ("A.DOCX", b"Dieu 1", r"\.docx bị hỏng"),
        ("a.txt", b"PK\x03\x04Dieu 1", r"\.docx bị hỏng"),
        ("a.txt", b"PK\x05\x06Dieu 1", r"\.docx bị hỏng"),
        ("a.txt", b"x" * 1019 + b"%PDF-1.7", r"\.pdf bị hỏng"),
        ("a.txt", b"x" * 4095 + b"\x00x", "không đọc được như văn bản"),
        ("a.txt", b"{\\rtf1 Dieu 1}", r"\.rtf"),
    ],
)
def test_a_file_is_refused_by_its_bytes_or_its_name(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    with pytest.raises(HouseError, match=why):
        _read(tmp_path, data, name)


def test_a_healing_that_loses_a_line_is_a_fault(tmp_path: Path) -> None:
    _word(tmp_path, _p("Mot") + _p("Hai"))
    with pytest.raises(ValueError, match="shorter"):
        documents.read_document(tmp_path / "a.docx", lambda rows: rows[:1])


def test_what_is_healed_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    before = _word(tmp_path, _p("Mot") + _p("") + _p("Hai")).lines
    healed = documents.read_document(path, lambda rows: [row.upper() for row in rows]).lines
    assert healed == tuple(Line(one.text.upper(), one.place, one.gap, one.whole, one.room) for one in before)
    assert documents.read_document(path, list).lines == before
