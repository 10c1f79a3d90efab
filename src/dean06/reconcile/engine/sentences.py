"""The one Vietnamese sentence of a verdict, from its codes alone: no value of a person enters it."""

from __future__ import annotations

from collections.abc import Mapping

SAME, HEALED, DIFFERENT = 1, 2, 3
SOMEBODY_ELSES, CANCELLED = 1, 2
MISSING = 3
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
    5: "tìm thấy khi ghép mỗi dòng với một người, mỗi người một dòng",
}
OPENINGS = {
    "DA_CHET": "sổ ghi người này đã chết; ",
    "DA_CHUYEN_DI": "sổ ghi người này đã chuyển đi; ",
    "TRUNG": "trùng người với một dòng ở trên; ",
}
UNNAMED = {
    "SAI_DINH_DANG": "không đủ dữ liệu để tìm: cần số định danh, hoặc họ tên kèm ngày sinh",
    "KHONG_TIM_THAY": "không có người nào trong sổ dân cư giống dòng này",
    "NGHI_VAN": "có người gần giống nhưng chưa đủ chắc chắn, cần chọn trong danh sách ứng viên",
}
NUMBERS = {SOMEBODY_ELSES: "số trong dòng là của người khác trong sổ", CANCELLED: "số trong dòng là số cũ đã huỷ"}


def sentence(verdict: str, lop: int, state: int, number: int, fields: Mapping[str, int]) -> str:
    """Return the sentence of a verdict reached in a pass.

    Args:
        verdict: code of the verdict.
        lop: the pass that decided.
        state: the register's state of the person; 3 is missing, which counts as living.
        number: what is known of the row's number.
        fields: how each compared field stands.
    """
    said = UNNAMED.get(verdict) or OPENINGS.get(verdict, "") + PASSES[lop] + _compared(verdict, fields)
    if number:
        said += f"; {NUMBERS[number]}"
    if state == MISSING and verdict not in UNNAMED:
        said += "; sổ ghi người này mất tích"
    return f"{said[:1].upper()}{said[1:]}."


def _compared(verdict: str, fields: Mapping[str, int]) -> str:
    wrong = _listed(fields, DIFFERENT)
    if wrong:
        return f"; khác sổ ở {wrong}"
    if verdict == "KHOP_CHUAN_HOA":
        return f"; chỉ khác cách viết ở {_listed(fields, HEALED)}"
    if verdict == "KHOP_HOAN_TOAN":
        return f"; khớp nguyên văn {_listed(fields, SAME)}"
    return ""


def _listed(fields: Mapping[str, int], state: int) -> str:
    found = [WORDS[name] for name, value in fields.items() if value == state]
    return " và ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
