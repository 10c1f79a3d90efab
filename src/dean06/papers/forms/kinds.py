"""The kinds of administrative paper and their abbreviations (Decree 30/2020, Appendix III), and a group's own lists.

A roll, an opinion sheet or a hand-over list is no kind of the Appendix: a group numbers them in series of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper; a letter (công văn) has no abbreviation and no type line."""

    code: str
    name: str
    abbrev: str
    enacting: str = ""
    of_decree: bool = True

    @property
    def letter(self) -> bool:
        """Say whether the paper is a letter: what it is about stands under its number."""
        return not self.abbrev


_KINDS = (
    Kind("NQ", "Nghị quyết", "NQ", "QUYẾT NGHỊ:"),
    Kind("QD", "Quyết định", "QĐ", "QUYẾT ĐỊNH:"),
    Kind("CT", "Chỉ thị", "CT"),
    Kind("QC", "Quy chế", "QC"),
    Kind("QYD", "Quy định", "QyĐ"),
    Kind("TC", "Thông cáo", "TC"),
    Kind("TB", "Thông báo", "TB"),
    Kind("HD", "Hướng dẫn", "HD"),
    Kind("CTR", "Chương trình", "CTr"),
    Kind("KH", "Kế hoạch", "KH"),
    Kind("PA", "Phương án", "PA"),
    Kind("DAN", "Đề án", "ĐA"),
    Kind("DA", "Dự án", "DA"),
    Kind("BC", "Báo cáo", "BC"),
    Kind("BB", "Biên bản", "BB"),
    Kind("TTR", "Tờ trình", "TTr"),
    Kind("HDG", "Hợp đồng", "HĐ"),
    Kind("CD", "Công điện", "CĐ"),
    Kind("BGN", "Bản ghi nhớ", "BGN"),
    Kind("BTT", "Bản thỏa thuận", "BTT"),
    Kind("GUQ", "Giấy ủy quyền", "GUQ"),
    Kind("GM", "Giấy mời", "GM"),
    Kind("GGT", "Giấy giới thiệu", "GGT"),
    Kind("GNP", "Giấy nghỉ phép", "GNP"),
    Kind("PG", "Phiếu gửi", "PG"),
    Kind("PC", "Phiếu chuyển", "PC"),
    Kind("PB", "Phiếu báo", "PB"),
    Kind("CV", "Công văn", ""),
    Kind("DS", "Danh sách", "DS", of_decree=False),
    Kind("PYK", "Phiếu lấy ý kiến", "PYK", of_decree=False),
    Kind("BTH", "Bảng tổng hợp", "BTH", of_decree=False),
    Kind("PTD", "Phiếu thẩm định", "PTĐ", of_decree=False),
    Kind("BBG", "Bảng bàn giao", "BBG", of_decree=False),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
