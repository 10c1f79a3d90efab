"""What Decree 30/2020/NĐ-CP, Appendix I, part I asks of each part of a paper: ranges, not our own choice in them.

The one table of rules that both layout checkers read. Source: Nghị định 30/2020/NĐ-CP ngày 05/3/2020, Phụ lục I, phần I
(mục I: khổ giấy, lề, phông, số trang; mục II: các thành phần chính; mục III: các thành phần khác).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dean06.papers.checks.measured import BOTTOM, LEFT, RIGHT, TOP, Letters, Line

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
FONT = "Times New Roman"
# The decree asks for Times New Roman. A PDF holds its letters within itself and is no longer edited: a family drawn
# with the very widths of Times New Roman, with all Vietnamese letters of TCVN 6909:2001, prints the same lines.
METRIC_TWINS = {
    "Tinos": "cùng bề rộng chữ với Times New Roman (bộ Croscore, giấy phép OFL)",
    "Liberation Serif": "cùng bề rộng chữ với Times New Roman (phông thay thế của LibreOffice)",
}
LEGACY_FONTS = (".Vn", "VNI-", "VNtimes", "SVN-")  # fonts of TCVN3 and VNI: letters that are no Unicode
BLACK = "000000"
PAGE_MM = (210.0, 297.0)
MARGINS_MM = {TOP: (20.0, 25.0), BOTTOM: (20.0, 25.0), LEFT: (30.0, 35.0), RIGHT: (15.0, 20.0)}
FIRST_LINE_MM = (10.0, 12.7)
PARAGRAPH_GAP_PT = 6.0
LINES = (1.0, 1.5)
BODY_PT = (13.0, 14.0)
MOTTO_RULE = (0.95, 1.05)  # equal to the line; the twentieth is the hand that draws it
SHORT_RULE = (1 / 3, 1 / 2)
STAMPS_MM = {
    "HỎA TỐC": (30.0, 8.0),
    "THƯỢNG KHẨN": (40.0, 8.0),
    "KHẨN": (20.0, 8.0),
    "TUYỆT MẬT": (40.0, 8.0),
    "TỐI MẬT": (30.0, 8.0),
    "MẬT": (20.0, 8.0),
}
CIRCULATION = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")
STAMP_RED = {"C00000", "FF0000", "ED1C24", "EE0000"}


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure: the rule's address, the part of the paper, what is there, what the rule asks, and where."""

    rule: str
    part: str
    found: str
    asked: str
    where: str = ""

    def sentence(self) -> str:
        """Return the departure as a sentence for a clerk."""
        place = f" [{self.where}]" if self.where else ""
        return (
            f"{self.part[0].upper()}{self.part[1:]}: {self.found}; phải là {self.asked} "
            f"(Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, {self.rule}).{place}"
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

    def departs(self, found: str, asked: str, where: str = "") -> Departure:
        """Return a departure from this part's rule."""
        return Departure(self.rule, self.part, found, asked, where)

    def check(self, line: Line) -> Iterator[Departure]:
        """Compare a line with the setting."""
        for run in line.shown:
            for found, asked in self._run(run):
                yield self.departs(found, asked, line.where)
        if self.caps and line.text != line.text.upper():
            yield self.departs("chữ in thường", "chữ in hoa", line.where)
        if self.align and line.align and line.align != self.align:
            yield self.departs("không canh giữa", "canh giữa", line.where)

    def _run(self, run: Letters) -> Iterator[tuple[str, str]]:
        if not self.holds(run.size):
            least, most = self.sizes
            yield f"cỡ chữ {run.size:g}", f"cỡ chữ {least:g}" + (f"-{most:g}" if most > least else "")
        if run.bold != self.bold:
            yield _said(run.bold, "chữ đậm", "chữ không đậm")
        if run.italic != self.italic:
            yield _said(run.italic, "chữ nghiêng", "chữ đứng")

    def holds(self, size: float) -> bool:
        """Say whether a size lies in the range; a converter rounds by a twentieth of a point."""
        return self.sizes[0] - 0.06 <= size <= self.sizes[1] + 0.06


def _said(is_so: bool, so: str, otherwise: str) -> tuple[str, str]:  # noqa: FBT001  the fact is the argument
    return (so, otherwise) if is_so else (otherwise, so)


PAPER = Setting("mục I.1", "khổ giấy", (0, 0))
MARGIN_RULE = "mục I.3"
FONT_SET = Setting("mục I.4", "phông chữ", (0, 0))
NUMBERING_SET = Setting("mục I.7", "số trang", (13, 14))
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
ARTICLE_SET = Setting("mục II.6", "điều", BODY_PT, bold=True, align="")
AUTHORITY_SET = Setting("mục II.7", "quyền hạn, chức vụ của người ký", (13, 14), bold=True, caps=True)
NAME_SET = Setting("mục II.7", "họ tên người ký", (13, 14), bold=True)
ADDRESSEE_SET = Setting("mục II.9", "kính gửi", (13, 14), align="")
LABEL_SET = Setting("mục II.9", "từ Nơi nhận", (12, 12), bold=True, italic=True, align="")
RECIPIENT_SET = Setting("mục II.9", "danh sách nơi nhận", (11, 11), align="")
ANNEX_SET = Setting("mục III.1", "từ Phụ lục", (14, 14), bold=True)
DRAFTER_SET = Setting("mục III.4", "ký hiệu người soạn thảo", (11, 11), caps=True, align="")
STAMP_SET = Setting("mục III.2", "dấu chỉ độ mật, mức độ khẩn", (13, 14), bold=True, caps=True, align="")
CIRCULATION_SET = Setting("mục III.3", "chỉ dẫn phạm vi lưu hành", (13, 14), bold=True, caps=True, align="")
