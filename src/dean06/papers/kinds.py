"""The kinds of administrative paper and their abbreviations (Decree 30/2020, Appendix III)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper; a letter (công văn) has no abbreviation and no type line."""

    code: str
    name: str
    abbrev: str
    enacting: str = ""


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
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
