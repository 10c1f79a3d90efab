"""The kinds of dirt a truth file names, and what each does to the row.

`sai` a field is then really wrong; `chuan_hoa` normalising heals it without loss; `trung_tinh` nothing to compare, or
no other value.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of dirt."""

    code: str
    field: str
    effect: str
    vi: str


_TABLE = (
    ("ten_khong_dau", "ho_ten", "sai", "tên viết không dấu"),
    ("ten_thieu_dau", "ho_ten", "sai", "một chữ trong tên mất dấu"),
    ("ten_sai_dau", "ho_ten", "sai", "sai dấu thanh (hỏi/ngã …)"),
    ("ten_loi_go", "ho_ten", "sai", "lỗi gõ một chữ cái"),
    ("ten_i_y", "ho_ten", "sai", "viết i thay y"),
    ("ten_thieu_dem", "ho_ten", "sai", "thiếu chữ đệm"),
    ("ten_goi_khac", "ho_ten", "sai", "tên thường gọi thay tên khai sinh"),
    ("ten_dao", "ho_ten", "sai", "đảo thứ tự họ tên dân tộc thiểu số"),
    ("ten_cu", "ho_ten", "sai", "tên đã được cải chính trong sổ dân cư"),
    ("ten_hoa", "ho_ten", "chuan_hoa", "tên viết toàn chữ hoa"),
    ("ten_thuong", "ho_ten", "chuan_hoa", "tên viết toàn chữ thường"),
    ("ten_cach", "ho_ten", "chuan_hoa", "thừa dấu cách, dấu cách không ngắt"),
    ("ten_kieu_dau", "ho_ten", "chuan_hoa", "đặt dấu kiểu khác (hoà/hòa)"),
    ("ten_chu_d", "ho_ten", "chuan_hoa", "chữ Đ bị thay bằng chữ giống nó"),
    ("ten_danh_xung", "ho_ten", "chuan_hoa", "có danh xưng trước tên"),
    ("ten_ghi_chu", "ho_ten", "chuan_hoa", "có ghi chú sau tên"),
    ("ngay_chi_nam", "ngay_sinh", "chuan_hoa", "chỉ có năm sinh"),
    ("ngay_thang_nam", "ngay_sinh", "chuan_hoa", "chỉ có tháng và năm sinh"),
    ("ngay_dao", "ngay_sinh", "sai", "đảo ngày và tháng"),
    ("ngay_0101", "ngay_sinh", "sai", "ghi 01/01 thay ngày thật"),
    ("ngay_lech_nam", "ngay_sinh", "sai", "lệch một năm"),
    ("ngay_sai_so", "ngay_sinh", "sai", "sai một chữ số của ngày, tháng"),
    ("ngay_am_lich", "ngay_sinh", "sai", "ghi ngày âm lịch"),
    ("ngay_hai_so", "ngay_sinh", "chuan_hoa", "năm viết hai chữ số"),
    ("ngay_dau_khac", "ngay_sinh", "chuan_hoa", "dùng dấu chấm, gạch ngang trong ngày"),
    ("ngay_so_excel", "ngay_sinh", "chuan_hoa", "ngày thành số thứ tự của bảng tính"),
    ("ngay_khong_ro", "ngay_sinh", "sai", "ghi là không nhớ"),
    ("ngay_trong", "ngay_sinh", "trung_tinh", "để trống ngày sinh"),
    ("so_trong", "so_dinh_danh", "trung_tinh", "không có số giấy tờ"),
    ("so_cmnd", "so_dinh_danh", "trung_tinh", "ghi số CMND 9 số"),
    ("so_mat_khong", "so_dinh_danh", "chuan_hoa", "mất số 0 ở đầu"),
    ("so_dinh_dang", "so_dinh_danh", "chuan_hoa", "có dấu cách, dấu chấm, dấu nháy trong số"),
    ("so_khoa_hoc", "so_dinh_danh", "sai", "số thành dạng luỹ thừa, mất chữ số cuối"),
    ("so_sai_chu_so", "so_dinh_danh", "sai", "sai một chữ số"),
    ("so_dao_chu_so", "so_dinh_danh", "sai", "đảo hai chữ số"),
    ("so_cua_cha_me", "so_dinh_danh", "sai", "dùng số của cha hoặc mẹ cho con"),
    ("so_vo_chong_doi", "so_dinh_danh", "sai", "đổi số giữa vợ và chồng"),
    ("so_chu_ho", "so_dinh_danh", "sai", "dùng số của người khác trong hộ"),
    ("so_da_huy", "so_dinh_danh", "sai", "số định danh đã hủy, đã được thay"),
    ("gioi_nguoc", "gioi_tinh", "sai", "ghi ngược giới tính"),
    ("gioi_trong", "gioi_tinh", "trung_tinh", "để trống giới tính"),
    ("noi_o_khac_xa", "noi_o", "sai", "ghi nhầm sang xã khác"),
    ("noi_o_cu", "noi_o", "sai", "chưa cập nhật nơi ở mới"),
    ("noi_o_don_vi_cu", "noi_o", "chuan_hoa", "ghi xã, huyện trước khi sắp xếp"),
    ("noi_o_viet_tat", "noi_o", "trung_tinh", "viết tắt thôn, xã, huyện"),
    ("trung", "dong", "dong", "một người có hai dòng"),
    ("khong_co_trong_so", "dong", "dong", "không có trong sổ dân cư"),
    ("gan_giong", "dong", "dong", "người ngoài sổ giống tên một người trong sổ"),
    ("thieu_thong_tin", "dong", "dong", "quá ít thông tin để tìm"),
    ("bang_ma_tcvn3", "tep", "chuan_hoa", "phông TCVN3 (.VnTime)"),
    ("bang_ma_vni", "tep", "chuan_hoa", "phông VNI"),
    ("bang_ma_mojibake", "tep", "chuan_hoa", "UTF-8 bị đọc như cp1252"),
    ("bang_ma_nfd", "tep", "chuan_hoa", "Unicode tổ hợp"),
)

KINDS = {row[0]: Kind(*row) for row in _TABLE}
HEALED = frozenset(kind.code for kind in KINDS.values() if kind.effect == "chuan_hoa")
WRONG_FIELD = {kind.code: kind.field for kind in KINDS.values() if kind.effect == "sai"}
FIELD_ORDER = ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o")
