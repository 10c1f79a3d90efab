"""The four sectors' lists: who is on them, what they write, how the page looks.

Codes and headings answer to the contracts of the sources (`chung`, `bhyt`, `tiem-chung`, `hoc-sinh`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from dean06.clock.errors import UsageError
from dean06.demo.entries import Cell
from dean06.demo.life import View
from dean06.demo.names import KINH, folks
from dean06.demo.types import NOBODY, Hamlet, Person

_SPREAD = 48_271
_KEY_ROOM = 99_999_989
_VACCINES = ("AstraZeneca", "Vero Cell", "Pfizer", "Moderna", "Abdala")
_PEOPLE_NAMES = {
    KINH: "Kinh", "02": "Tày", "03": "Thái", "05": "Khmer", "06": "Mường", "07": "Nùng", "08": "Mông", "09": "Dao",
    "10": "Gia Rai", "12": "Ê Đê", "13": "Ba Na", "17": "Chăm", "23": "Bru-Vân Kiều", "24": "Thổ", "44": "Chứt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the page: its headings from the top, the role it shows, its width."""

    heads: tuple[str, ...]
    role: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Asking:
    """What the extras of a row may be made from."""

    view: View
    today: date
    province: str
    """Two digits of the home province."""
    home: Hamlet
    commune: str
    """The commune's name."""
    rng: Random


@dataclass(frozen=True, slots=True)
class Dataset:
    """One sector's list."""

    code: str
    agency: str
    title: str
    person_word: str
    """What a row is called in the totals."""
    listed: tuple[tuple[int, float], ...]
    """(below this age, share on the list)."""
    sex: Mapping[bool, str]
    key: Callable[[str, int], str] | None
    extras: Callable[[Asking, Person, str], tuple[Cell, ...]]
    layouts: tuple[tuple[Column, ...], ...]
    """One a month, the last for all later months."""
    encodings: tuple[str, ...]
    """File encoding of a CSV, by month."""
    damages: tuple[tuple[str, ...], ...]
    """Legacy encodings of the text, by month; several are dealt out to the sheets in turn."""
    sheet: str
    """`one`, `commune` or `hamlet`."""
    exported: bool
    """Written out by a system (a bare CSV, whatever its size), not typed into a workbook."""
    signer: str

    def layout(self, month: int) -> tuple[Column, ...]:
        """Return the columns of the n-th delivery."""
        return self.layouts[min(month, len(self.layouts) - 1)]

    def share(self, age: int) -> float:
        """Return the share of an age that is on the list."""
        return next((share for below, share in self.listed if age < below), 0.0)


def _mixed(index: int) -> int:
    return (index * _SPREAD + 12_345_678) % _KEY_ROOM


def _insurance_number(province: str, index: int) -> str:
    return f"{province}{_mixed(index):08d}"


def _vaccinee_code(province: str, index: int) -> str:
    return f"TC{province}{_mixed(index):08d}"


def _pupil_code(province: str, index: int) -> str:
    return f"{province}{_mixed(index + 7):08d}"


def _insurance(asking: Asking, p: Person, key: str) -> tuple[Cell, ...]:
    age = asking.today.year - p.year
    group = "TE1" if age < 6 else "HS4" if age < 18 else "HT3" if age > 62 and p.index % 5 == 0 else "GD4"
    if p.index % 17 == 0:
        group = "HN2"
    year = asking.today.year
    return (
        f"{group}{asking.province}{key}",
        f"{asking.province}{p.household:08d}",
        f"01/01/{year}",
        f"31/12/{year}",
        f"Trạm y tế {asking.commune}",
    )


def _vaccination(asking: Asking, p: Person, _key: str) -> tuple[Cell, ...]:
    rng = asking.rng
    dose = 1 + int(rng.random() * 3)
    day = date(2021, 9, 1).toordinal() + dose * 70 + int(rng.random() * 60)
    when = date.fromordinal(day)
    return (
        f"09000{int(rng.random() * 100_000):05d}" if p.year < 2008 else "",
        dose,
        f"{when.day:02d}/{when.month:02d}/{when.year}",
        _VACCINES[int(rng.random() * len(_VACCINES))],
        f"L{1000 + int(rng.random() * 9000)}",
        f"Trạm y tế {asking.commune}",
    )


def _pupil(asking: Asking, p: Person, _key: str) -> tuple[Cell, ...]:
    school_year = asking.today.year - (asking.today.month < 9)
    grade = min(max(school_year - p.year - 5, 0), 12)
    if grade == 0:
        school, room = "Mầm non", "Lớp 5 tuổi" if school_year - p.year == 5 else "Lớp 3-4 tuổi"
    else:
        school = "Tiểu học" if grade <= 5 else "THCS" if grade <= 9 else "THPT"
        room = f"{grade}{'ABCD'[p.index % 4]}"
    people = asking.view.people
    father = people[p.father].year if p.father != NOBODY else p.year - 24 - p.index % 9
    mother = people[p.mother].year if p.mother != NOBODY else p.year - 22 - p.index % 9
    folk = _PEOPLE_NAMES[p.people if p.people in folks() else KINH]
    return (room, f"Trường {school} {asking.commune}", folk, "Việt Nam", p.father_name, father, p.mother_name, mother)


def _member(asking: Asking, p: Person, _key: str) -> tuple[Cell, ...]:
    joined = min(p.year + 60 + p.index % 3, asking.today.year)
    post = "Chi hội trưởng" if p.index % 97 == 0 else "Hội viên"
    return (f"Chi hội {asking.home.name}", f"{1 + p.index % 12:02d}/{joined}", post)


_C = Column
_INSURANCE_COLUMNS = (
    _C(("STT",), "stt", 6), _C(("Mã số BHXH",), "khoa", 13), _C(("Mã thẻ BHYT",), "e0", 18),
    _C(("Họ và tên",), "ho_ten", 26), _C(("Ngày sinh",), "ngay_sinh", 12), _C(("Giới tính",), "gioi_tinh", 9),
    _C(("Số CCCD/CMND",), "so", 15), _C(("Địa chỉ",), "dia_chi", 44), _C(("Mã xã",), "ma_xa", 8),
    _C(("Mã hộ",), "e1", 13), _C(("Hạn thẻ từ",), "e2", 12), _C(("Hạn thẻ đến",), "e3", 12),
    _C(("Nơi ĐK KCB",), "e4", 24), _C(("Ghi chú",), "ghi_chu", 16),
)  # fmt: skip
_VACCINATION_COLUMNS = (
    _C(("STT",), "stt", 6), _C(("Mã đối tượng",), "khoa", 15), _C(("Họ và tên",), "ho_ten", 26),
    _C(("Ngày tháng năm sinh",), "ngay_sinh", 12), _C(("Giới tính",), "gioi_tinh", 9),
    _C(("Số CMND/CCCD/ĐDCN",), "so", 15), _C(("Số điện thoại",), "e0", 12), _C(("Thôn/xóm",), "thon", 18),
    _C(("Xã/phường",), "xa", 18), _C(("Mã xã",), "ma_xa", 8), _C(("Mũi tiêm",), "e1", 7), _C(("Ngày tiêm",), "e2", 12),
    _C(("Loại vắc xin",), "e3", 14), _C(("Số lô",), "e4", 9), _C(("Cơ sở tiêm",), "e5", 24),
    _C(("Ghi chú",), "ghi_chu", 16),
)  # fmt: skip
_PUPIL_COLUMNS = (
    _C(("STT",), "stt", 6), _C(("Mã lớp",), "e0", 12), _C(("Trường",), "e1", 26),
    _C(("Mã định danh Bộ GD&ĐT",), "khoa", 14), _C(("Họ và tên",), "ho_ten", 26), _C(("Ngày sinh",), "ngay_sinh", 12),
    _C(("Giới tính",), "gioi_tinh", 9), _C(("Dân tộc",), "e2", 12), _C(("Quốc tịch",), "e3", 10),
    _C(("Nơi thường trú", "Tỉnh"), "tinh", 18), _C(("Nơi thường trú", "Huyện"), "huyen", 18),
    _C(("Nơi thường trú", "Xã"), "xa", 18), _C(("Nơi thường trú", "Thôn/xóm"), "thon", 18),
    _C(("Cha", "Họ tên cha"), "e4", 24), _C(("Cha", "Năm sinh cha"), "e5", 8), _C(("Mẹ", "Họ tên mẹ"), "e6", 24),
    _C(("Mẹ", "Năm sinh mẹ"), "e7", 8), _C(("Số ĐDCN",), "so", 15), _C(("Ghi chú",), "ghi_chu", 16),
)  # fmt: skip
_MEMBER_COLUMNS = (
    _C(("STT",), "stt", 6), _C(("Họ và tên",), "ho_ten", 26), _C(("Ngày sinh",), "ngay_sinh", 12),
    _C(("Giới tính",), "gioi_tinh", 9), _C(("Số CCCD/CMND",), "so", 15), _C(("Nơi thường trú",), "dia_chi", 44),
    _C(("Chi hội",), "e0", 22), _C(("Ngày vào hội",), "e1", 12), _C(("Chức vụ",), "e2", 16),
    _C(("Ghi chú",), "ghi_chu", 16),
)  # fmt: skip
_MEMBER_COLUMNS_SPLIT = (
    _C(("TT",), "stt", 6), _C(("Họ và tên đệm",), "ho_dem", 20), _C(("Tên",), "ten", 10),
    _C(("Ngày, tháng, năm sinh",), "ngay_sinh", 12), _C(("Giới tính", "Nam"), "gioi_nam", 6),
    _C(("Giới tính", "Nữ"), "gioi_nu", 6), _C(("Số CMND/CCCD",), "so", 15),
    _C(("Nơi thường trú", "Thôn/xóm"), "thon", 20), _C(("Nơi thường trú", "Xã"), "xa", 20),
    _C(("Chi hội",), "e0", 22), _C(("Ngày vào hội",), "e1", 12),
    _C(("Chức vụ",), "e2", 16), _C(("Ghi chú",), "ghi_chu", 16),
)  # fmt: skip

DATASETS: Mapping[str, Dataset] = {
    dataset.code: dataset
    for dataset in (
        Dataset(
            code="bhyt",
            agency="BẢO HIỂM XÃ HỘI",
            title="DANH SÁCH NGƯỜI THAM GIA BẢO HIỂM Y TẾ",
            person_word="người",
            listed=((200, 0.93),),
            sex={True: "1", False: "2"},
            key=_insurance_number,
            extras=_insurance,
            layouts=(_INSURANCE_COLUMNS,),
            encodings=("utf-8-sig", "utf-8", "utf-16", "utf-8-sig"),
            damages=(("",), ("bang_ma_nfd",), ("",), ("",)),
            sheet="one",
            exported=True,
            signer="GIÁM ĐỐC",
        ),
        Dataset(
            code="tiem-chung",
            agency="TRUNG TÂM Y TẾ",
            title="DANH SÁCH ĐỐI TƯỢNG TIÊM CHỦNG VẮC XIN COVID-19 (MŨI GẦN NHẤT)",
            person_word="đối tượng",
            listed=((5, 0.0), (12, 0.55), (200, 0.93)),
            sex={True: "1", False: "0"},
            key=_vaccinee_code,
            extras=_vaccination,
            layouts=(_VACCINATION_COLUMNS,),
            encodings=("utf-16", "utf-8-sig", "cp1258", "utf-8-sig"),
            damages=(("",), ("bang_ma_mojibake",), ("",), ("",)),
            sheet="one",
            exported=True,
            signer="GIÁM ĐỐC",
        ),
        Dataset(
            code="hoc-sinh",
            agency="PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
            title="DANH SÁCH HỌC SINH",
            person_word="học sinh",
            listed=((3, 0.0), (6, 0.8), (18, 0.96), (19, 0.3), (200, 0.0)),
            sex={True: "Nam", False: "Nữ"},
            key=_pupil_code,
            extras=_pupil,
            layouts=(_PUPIL_COLUMNS,),
            encodings=("utf-8-sig", "utf-16", "utf-8-sig", "utf-8-sig"),
            damages=(("", "bang_ma_nfd"), ("",), ("",), ("",)),
            sheet="commune",
            exported=False,
            signer="HIỆU TRƯỞNG",
        ),
        Dataset(
            code="chung",
            agency="HỘI NGƯỜI CAO TUỔI",
            title="DANH SÁCH HỘI VIÊN HỘI NGƯỜI CAO TUỔI",
            person_word="hội viên",
            listed=((60, 0.0), (200, 0.9)),
            sex={True: "Nam", False: "Nữ"},
            key=None,
            extras=_member,
            layouts=(_MEMBER_COLUMNS, _MEMBER_COLUMNS_SPLIT, _MEMBER_COLUMNS),
            encodings=("utf-8-sig", "cp1258", "utf-8-sig", "utf-8-sig"),
            damages=(
                ("", "bang_ma_tcvn3", "", "bang_ma_vni", "", "bang_ma_nfd"),
                ("", "", "bang_ma_tcvn3"),
                ("",),
                ("",),
            ),
            sheet="hamlet",
            exported=False,
            signer="TM. BAN CHẤP HÀNH HỘI",
        ),
    )
}  # fmt: skip


def dataset(code: str) -> Dataset:
    """Return the dataset of that source code, or say which there are."""
    if code not in DATASETS:
        known = ", ".join(DATASETS)
        raise UsageError(
            f"Không có nguồn trình diễn «{code}»; hãy chọn một trong: {known}.",
            f"There is no demonstration source «{code}»; choose one of: {known}.",
        )
    return DATASETS[code]
