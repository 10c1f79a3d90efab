"""What Decree 30/2020/NĐ-CP, Appendix I, part I asks of each part of a paper: ranges, not our own choice in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dean06.papers.docx_measure import Measured

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
FONT = "Times New Roman"
PAGE_MM = (210.0, 297.0)
MARGINS_MM = {"lề trên": (20.0, 25.0), "lề dưới": (20.0, 25.0), "lề trái": (30.0, 35.0), "lề phải": (15.0, 20.0)}
FIRST_LINE_MM = (10.0, 12.7)
PARAGRAPH_GAP_PT = 6.0
LINES = (1.0, 1.5)
BODY_PT = (13.0, 14.0)


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure: the rule's address, the part of the paper, what is there and what the rule asks."""

    rule: str
    part: str
    found: str
    asked: str

    def sentence(self) -> str:
        """Return the departure as a sentence for a clerk."""
        return (
            f"{self.part[0].upper()}{self.part[1:]}: {self.found}; phải là {self.asked} "
            f"(Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, {self.rule})."
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a part is set: sizes in points from and to, weight, slope, capitals, alignment."""

    rule: str
    part: str
    sizes: tuple[float, float]
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "center"

    def departs(self, found: str, asked: str) -> Departure:
        """Return a departure from this part's rule."""
        return Departure(self.rule, self.part, found, asked)

    def check(self, line: Measured) -> Iterator[Departure]:
        """Compare a paragraph with the setting."""
        least, most = self.sizes
        for run in line.shown:
            if not least <= run.size <= most:
                yield self.departs(f"cỡ chữ {run.size:g}", f"cỡ chữ {least:g}" + (f"-{most:g}" if most > least else ""))
            if run.bold != self.bold:
                yield self.departs(*_said(run.bold, "chữ đậm", "chữ không đậm"))
            if run.italic != self.italic:
                yield self.departs(*_said(run.italic, "chữ nghiêng", "chữ đứng"))
        if self.caps and line.text != line.text.upper():
            yield self.departs("chữ in thường", "chữ in hoa")
        if self.align and line.align != self.align:
            yield self.departs("không canh giữa", "canh giữa")


def _said(is_so: bool, so: str, otherwise: str) -> tuple[str, str]:  # noqa: FBT001  the fact is the argument
    return (so, otherwise) if is_so else (otherwise, so)


NATION_SET = Setting("mục II.1", "Quốc hiệu", (12, 13), bold=True, caps=True)
MOTTO_SET = Setting("mục II.1", "Tiêu ngữ", (13, 14), bold=True)
PARENT_SET = Setting("mục II.2", "tên cơ quan chủ quản", (12, 13), caps=True)
ISSUER_SET = Setting("mục II.2", "tên cơ quan ban hành", (12, 13), bold=True, caps=True)
NUMBER_SET = Setting("mục II.3", "số, ký hiệu", (13, 13))
DATE_SET = Setting("mục II.4", "địa danh và thời gian", (13, 14), italic=True)
TYPE_SET = Setting("mục II.5", "tên loại", (13, 14), bold=True, caps=True)
ABSTRACT_SET = Setting("mục II.5", "trích yếu", (13, 14), bold=True)
LETTER_SET = Setting("mục II.5", "trích yếu công văn", (12, 13))
BODY_SET = Setting("mục II.6", "nội dung", BODY_PT)
GROUND_SET = Setting("mục II.6", "căn cứ", (13, 14), italic=True, align="")
AUTHORITY_SET = Setting("mục II.7", "quyền hạn, chức vụ của người ký", (13, 14), bold=True, caps=True)
NAME_SET = Setting("mục II.7", "họ tên người ký", (13, 14), bold=True)
ADDRESSEE_SET = Setting("mục II.9", "kính gửi", (13, 14), align="")
LABEL_SET = Setting("mục II.9", "từ Nơi nhận", (12, 12), bold=True, italic=True, align="")
RECIPIENT_SET = Setting("mục II.9", "danh sách nơi nhận", (11, 11), align="")
FONT_SET = Setting("mục I.4", "phông chữ", (0, 0))
NUMBERING_SET = Setting("mục I.7", "số trang", (13, 14))
