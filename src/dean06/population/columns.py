"""The register file: its columns, and what each may hold (the file contract, version 1)."""

from __future__ import annotations

from dataclasses import dataclass

REQUIRED = ("so_dinh_danh", "ho_ten", "ngay_sinh")
STATES = ("song", "chet", "chuyen_di", "mat_tich")
_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_NUMBERS = "([0-9]{9}|[0-9]{12})( *; *([0-9]{9}|[0-9]{12}))*"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the pattern of its values, and what is asked for in the two languages."""

    name: str
    pattern: str
    vi: str
    en: str


COLUMNS = (
    Column("so_dinh_danh", "[0-9]{12}", "phải đủ 12 chữ số", "must have 12 digits"),
    Column("so_cmnd", "[0-9]{9}", "phải có 9 chữ số hoặc để trống", "must have 9 digits or be empty"),
    Column("ho_ten", ".*[^0-9 ].*", "phải là một họ tên", "must be a name"),
    Column("ngay_sinh", _DATE, "phải có dạng yyyy-mm-dd, yyyy-mm hoặc yyyy", "must be yyyy-mm-dd, yyyy-mm or yyyy"),
    Column("gioi_tinh", "Nam|Nữ", "phải là Nam, Nữ hoặc để trống", "must be Nam, Nữ or empty"),
    Column("dan_toc", "[0-9]{2}", "phải là mã 2 chữ số", "must be a code of 2 digits"),
    Column("thuong_tru_xa", "[0-9]{5}", "phải là mã xã 5 chữ số", "must be a unit code of 5 digits"),
    Column("thuong_tru_chi_tiet", ".*", "", ""),
    Column("ho_ten_cha", ".*", "", ""),
    Column("ho_ten_me", ".*", "", ""),
    Column("tinh_trang", "|".join(STATES), f"phải là {', '.join(STATES)}", f"must be one of {', '.join(STATES)}"),
    Column("ngay_chet", _DATE, "phải có dạng yyyy-mm-dd, yyyy-mm hoặc yyyy", "must be yyyy-mm-dd, yyyy-mm or yyyy"),
    Column("so_dinh_danh_cu", _NUMBERS, "phải là các số cách nhau bằng «;»", "must be numbers joined by `;`"),
)
NAMES = tuple(column.name for column in COLUMNS)
DATES = ("ngay_sinh", "ngay_chet")
