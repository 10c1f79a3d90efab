"""The one Vietnamese sentence of a verdict, from its codes alone: no value of a person enters it."""

from __future__ import annotations

from collections.abc import Mapping

SAME, HEALED, DIFFERENT = 1, 2, 3
WORDS = {
    "so_dinh_danh": "số định danh",
    "ho_ten": "họ tên",
    "ngay_sinh": "ngày sinh",
    "gioi_tinh": "giới tính",
    "noi_o": "nơi ở",
    "khac": "thông tin khác",
}
PASSES = {
    1: "tìm thấy theo số định danh",
    2: "tìm thấy theo họ tên và ngày sinh",
    3: "tìm thấy theo họ tên không dấu và ngày sinh",
    4: "tìm thấy khi cân nhắc mọi người gần giống",
}


def sentence(verdict: str, lop: int, state: int, fields: Mapping[str, int]) -> str:
    """Return the sentence for a verdict reached in a pass, with the register's state and each field's comparison."""
    missing = " Sổ ghi người này mất tích." if state == 3 else ""
    match verdict:
        case "SAI_DINH_DANG":
            return "Không đủ dữ liệu để tìm: cần số định danh, hoặc họ tên kèm ngày sinh."
        case "KHONG_TIM_THAY":
            return "Không có người nào trong sổ dân cư giống dòng này."
        case "NGHI_VAN":
            return "Có người gần giống trong sổ nhưng chưa đủ chắc chắn; cần người chọn trong danh sách ứng viên."
        case "DA_CHET":
            return f"Sổ ghi người này đã chết; {_found(lop)}{_but(fields)}."
        case "DA_CHUYEN_DI":
            return f"Sổ ghi người này đã chuyển đi; {_found(lop)}{_but(fields)}."
        case "TRUNG":
            return f"Dòng này trùng một dòng trước của cùng một người; {_found(lop)}{_but(fields)}." + missing
        case "KHOP_SAI_LECH":
            return f"{_capital(_found(lop))}{_but(fields)}." + missing
        case "KHOP_CHUAN_HOA":
            return f"{_capital(_found(lop))}; chỉ khác cách viết ở {_listed(fields, HEALED)}." + missing
        case _:
            return f"{_capital(_found(lop))}; {_listed(fields, SAME)} đều khớp nguyên văn." + missing


def _found(lop: int) -> str:
    return PASSES[lop]


def _but(fields: Mapping[str, int]) -> str:
    wrong = _listed(fields, DIFFERENT)
    return f"; khác sổ ở {wrong}" if wrong else ""


def _listed(fields: Mapping[str, int], state: int) -> str:
    found = [WORDS[name] for name, value in fields.items() if value == state]
    return " và ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
