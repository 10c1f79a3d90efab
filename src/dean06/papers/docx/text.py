"""Reading the paragraphs and cells of an edited .docx as words; what a paper cannot hold is named, not dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docx.oxml.xmlchemy import BaseOxmlElement

from dean06.papers.docx.package import Opened, W, local, on, value
from dean06.papers.docx.styles import COUNTED, SOURCE
from dean06.papers.errors import Misfit, PaperRefused
from dean06.papers.writing.sections import Inline, Ref, Run, Words, joined

_SILENT = {
    "pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak",
    "softHyphen", "annotationRef", "",
}  # fmt: skip
_THROUGH = {"hyperlink", "smartTag", "dir", "bdo"}
_NAMED = {
    "ins": ("sua_doi_theo_doi", "còn sửa đổi đang theo dõi; hãy chấp nhận hoặc bỏ hết", "has tracked changes left"),
    "drawing": ("hinh_anh", "có hình ảnh hoặc hình vẽ", "has a picture"),
    "commentReference": ("binh_luan", "còn bình luận; hãy xử lý và xóa bình luận", "has a comment left"),
    "fldChar": ("truong", "có trường tự động; hãy chuyển thành chữ thường", "has an automatic field"),
    "footnoteReference": ("chu_thich", "có chú thích cuối trang", "has a footnote"),
    "sdt": ("khoi_noi_dung", "có khối điều khiển nội dung", "has a content control"),
    "sym": ("ky_hieu", "có ký hiệu chèn bằng phông riêng", "has a symbol of a private font"),
    "oMath": ("cong_thuc", "có công thức", "has a formula"),
}
_SAME = {
    "del": "ins", "moveFrom": "ins", "moveTo": "ins", "delText": "ins", "pict": "drawing", "object": "drawing",
    "AlternateContent": "drawing", "commentRangeStart": "commentReference", "commentRangeEnd": "commentReference",
    "fldSimple": "fldChar", "instrText": "fldChar", "endnoteReference": "footnoteReference", "oMathPara": "oMath",
}  # fmt: skip
_UNKNOWN = ("thanh_phan_la", "có thành phần mà văn bản không chứa được", "has something a paper cannot hold")
_LOST_CODE = ("ma_nguon", "mã nguồn không đứng ngay sau số liệu của nó", "a code has lost its number")
_NUMBER = re.compile(r"[0-9][0-9.,]*\Z")
_CODE = re.compile(r"\s*\[([^\[\]]+)\]\s*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters of one look; a word processor cuts them as it likes."""

    text: str
    bold: bool
    italic: bool
    style: str

    def like(self, other: _Piece) -> bool:
        return (self.bold, self.italic, self.style) == (other.bold, other.italic, other.style)


@dataclass(slots=True)
class Reader:
    """Reads words and gathers what does not fit."""

    opened: Opened
    misfits: list[Misfit] = field(default_factory=list)

    def style(self, paragraph: BaseOxmlElement) -> str:
        """Return the name of a paragraph's style."""
        return self.opened.style_names.get(value(paragraph.find(f"{W}pPr/{W}pStyle")), "")

    def list_of(self, paragraph: BaseOxmlElement) -> str:
        """Return the id of the automatic list that a paragraph stands in."""
        number = value(paragraph.find(f"{W}pPr/{W}numPr/{W}numId"))
        return "" if number == "0" else number

    def misfit(self, where: str, reason: tuple[str, str, str]) -> None:
        """Keep one reason against the file, once."""
        found = Misfit(reason[0], where, reason[1], reason[2])
        if found not in self.misfits:
            self.misfits.append(found)

    def words(self, paragraph: BaseOxmlElement, where: str) -> Words:
        """Return a paragraph's words; a raised [code] joins the number before it."""
        pieces: list[_Piece] = []
        for piece in self._runs(paragraph, where):
            if pieces and pieces[-1].like(piece):
                pieces.append(replace(piece, text=pieces.pop().text + piece.text))
            else:
                pieces.append(piece)
        try:
            return joined(tuple(self._referred(pieces, where)))
        except PaperRefused as refused:
            self.misfit(where, ("ky_tu", refused.vi.partition(": ")[2], refused.en.partition(": ")[2]))
            return ()

    def text(self, paragraph: BaseOxmlElement) -> str:
        """Return a paragraph's letters alone, to compare what must not change."""
        return "".join(piece.text for piece in self._runs(paragraph, "")).strip()

    def _referred(self, pieces: list[_Piece], where: str) -> list[Inline]:
        found: list[Inline] = []
        for at, piece in enumerate(pieces):
            if piece.style != SOURCE:
                found.append(Run(piece.text, piece.bold, piece.italic))
                continue
            code = _CODE.fullmatch(piece.text)
            number = self._number(pieces[at - 1]) if at and found else ""
            if code is None or not number:
                self.misfit(where, _LOST_CODE)
                continue
            last = pieces[at - 1]
            found[-1:] = [Run(last.text.rstrip()[: -len(number)], last.bold, last.italic)]
            found.append(Ref(number, code.group(1), last.bold))
        return found

    def _number(self, piece: _Piece) -> str:
        """Return the counted number at the end of a piece: all of it where the style says so, else its digits."""
        text = piece.text.rstrip()
        if piece.style == COUNTED:
            return text.lstrip()
        digits = _NUMBER.search(text)
        return digits.group() if digits and piece.style != SOURCE else ""

    def _runs(self, parent: BaseOxmlElement, where: str) -> Iterator[_Piece]:
        for child in parent:
            name = local(child)
            if name == "r":
                yield self._run(child, where)
            elif name in _THROUGH:
                yield from self._runs(child, where)
            elif name not in _SILENT:
                self.unfit(name, where)

    def _run(self, run: BaseOxmlElement, where: str) -> _Piece:
        properties = run.find(f"{W}rPr")
        style = self.opened.style_names.get(value(run.find(f"{W}rPr/{W}rStyle")), "")
        style = style if style in (COUNTED, SOURCE) else ""
        raised = value(run.find(f"{W}rPr/{W}vertAlign"))
        text = re.sub(r"[\t\n\r]", " ", "".join(self._letters(run, where)))
        if raised in ("superscript", "subscript") and style != SOURCE and text.strip():
            if _CODE.fullmatch(text):
                style = SOURCE
            else:
                self.misfit(where, ("chu_nang", "có chữ nâng hoặc hạ", "has raised or lowered letters"))
        if on(properties, "strike") or on(properties, "dstrike") or on(properties, "vanish"):
            self.misfit(where, ("chu_gach_an", "có chữ gạch bỏ hoặc chữ ẩn", "has struck or hidden letters"))
        return _Piece(text, on(properties, "b"), on(properties, "i"), style)

    def _letters(self, run: BaseOxmlElement, where: str) -> Iterator[str]:
        for child in run:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "br", "cr"):
                if value(child, "type") in ("page", "column"):
                    self.misfit(where, ("ngat_trang", "có ngắt trang", "has a page break"))
                yield " "
            elif name == "noBreakHyphen":
                yield "-"
            elif name not in _SILENT:
                self.unfit(name, where)

    def unfit(self, name: str, where: str) -> None:
        """Name an element that a paper cannot hold."""
        self.misfit(where, _NAMED.get(_SAME.get(name, name), _UNKNOWN))
