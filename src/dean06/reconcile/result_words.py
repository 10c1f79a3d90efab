"""The words and colours of the result file: one table for the sheet, its legend and its summary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour of results: letters on their soft ground, as on the screens."""

    ink: str
    ground: str


OK = Tone("#145a38", "#e3f1e9")
WARN = Tone("#744500", "#fcefd0")
BAD = Tone("#9c1f1f", "#fae5e2")
ASK = Tone("#57377f", "#efe8f7")
MUTE = Tone("#454c58", "#eae8e1")
WRONG_CELL = "#fbd9a0"
HEAD_GROUND = "#efede6"
HEAD_INK = "#1b1f27"
LINE = "#dcd8ce"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One code of `ket_qua`."""

    vi: str
    meaning: str
    tone: Tone


VERDICTS = {
    "KHOP_HOAN_TOAN": Verdict("Khớp hoàn toàn", "Mọi trường so đều bằng như đã viết", OK),
    "KHOP_CHUAN_HOA": Verdict("Khớp sau chuẩn hóa", "Chỉ bằng sau khi chuẩn hóa dấu, khoảng trắng, bảng mã", OK),
    "KHOP_SAI_LECH": Verdict("Khớp, có sai lệch", "Chắc chắn đúng người, có trường khác sổ dân cư", WARN),
    "NGHI_VAN": Verdict("Nghi vấn", "Có ứng viên, người phải chọn", ASK),
    "KHONG_TIM_THAY": Verdict("Không tìm thấy", "Không có trong sổ dân cư", BAD),
    "TRUNG": Verdict("Trùng dòng", "Dòng thứ hai của cùng một người", WARN),
    "SAI_DINH_DANG": Verdict("Sai định dạng", "Thiếu dữ liệu để tìm", BAD),
    "DA_CHET": Verdict("Đã chết", "Sổ dân cư ghi đã chết", MUTE),
    "DA_CHUYEN_DI": Verdict("Đã chuyển đi", "Sổ dân cư ghi đã chuyển đi", MUTE),
}
COLUMNS = {
    "dong": "Số của dòng trong trang tính, như người đếm",
    "trang_tinh": "Tên trang tính",
    "ket_qua": "Kết quả đối soát, xem giải thích ở trang Tóm tắt",
    "so_dinh_danh": "Số định danh của người tìm được",
    "do_tin_cay": "Độ tin cậy, từ 0 đến 1",
    "sai_truong": "Các trường khác sổ dân cư",
    "goi_y": "Giá trị theo sổ dân cư của từng trường khác (JSON)",
    "ung_vien": "Các ứng viên để người chọn (JSON)",
    "ly_do": "Vì sao có kết quả này",
    "lop": "Bước đối soát đã quyết định",
}
FIELDS = {
    "so_dinh_danh": "Số định danh",
    "ho_ten": "Họ và tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "noi_o": "Nơi ở",
    "ho_ten_cha": "Họ tên cha",
    "ho_ten_me": "Họ tên mẹ",
    "so_cmnd": "Số CMND",
}
FIELD_ROLES = {
    "so_dinh_danh": ("so_cccd", "so_giay_to", "so_cmnd"),
    "noi_o": ("ma_xa", "dia_chi"),
    "so_cmnd": ("so_cmnd", "so_giay_to"),
}
ORIGINAL = "goc_"
