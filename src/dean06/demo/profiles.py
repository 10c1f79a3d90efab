"""How dirty each sector's list is, as shares of rows; the sums answer to the published campaigns.

Vaccination of March 2022: a quarter of the rows with a number were wrong in some field, one in twenty had no usable
number. Health insurance and education, cleaned for longer, are better; associations' lists are the worst.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dean06.demo.chance import Pool

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of rows by kind of dirt, one group a field; what is left of 1 stays clean."""

    name: Shares
    born: Shares
    number: Shares
    sex: Shares
    home: Shares
    duplicates: float
    strangers: float
    """Rows of people who are not in the register."""
    lookalikes: float
    """Rows of strangers who share the name of someone who is."""
    thin: float
    """Rows with too little to search with."""
    dead_kept: float
    """Share of those registered as dead that the list still holds."""
    gone_kept: float
    fresh: float
    """Share of clean rows that a month of work makes dirty."""
    parents_number: float = 0.0
    """Share of children under 16 carrying a parent's number."""
    pools: Mapping[str, Pool[str]] = field(init=False)

    def __post_init__(self) -> None:
        groups = {"name": self.name, "born": self.born, "number": self.number, "sex": self.sex, "home": self.home}
        crowded = [group for group, shares in groups.items() if sum(shares.values()) > 1]
        if crowded:
            raise ValueError(f"shares above 1: {', '.join(crowded)}")
        made = {group: Pool([*shares.items(), ("", 1 - sum(shares.values()))]) for group, shares in groups.items()}
        object.__setattr__(self, "pools", made)


PROFILES: Mapping[str, Profile] = {
    "bhyt": Profile(
        name={
            "ten_sai_dau": 0.009, "ten_thieu_dau": 0.004, "ten_khong_dau": 0.002, "ten_loi_go": 0.005, "ten_i_y": 0.2,
            "ten_thieu_dem": 0.002, "ten_goi_khac": 0.001, "ten_dao": 0.2, "ten_hoa": 0.01, "ten_cach": 0.012,
            "ten_kieu_dau": 0.15, "ten_chu_d": 0.01,
        },
        born={
            "ngay_chi_nam": 0.018, "ngay_thang_nam": 0.002, "ngay_dao": 0.006, "ngay_0101": 0.006,
            "ngay_lech_nam": 0.006, "ngay_sai_so": 0.005, "ngay_am_lich": 0.001, "ngay_dau_khac": 0.006,
            "ngay_so_excel": 0.004,
        },
        number={
            "so_trong": 0.045, "so_cmnd": 0.11, "so_mat_khong": 0.02, "so_dinh_dang": 0.008, "so_khoa_hoc": 0.0008,
            "so_sai_chu_so": 0.005, "so_dao_chu_so": 0.002, "so_vo_chong_doi": 0.0008, "so_chu_ho": 0.0008,
        },
        sex={"gioi_nguoc": 0.005, "gioi_trong": 0.01},
        home={"noi_o_khac_xa": 0.012, "noi_o_viet_tat": 0.05, "noi_o_don_vi_cu": 0.10},
        duplicates=0.006, strangers=0.012, lookalikes=0.002, thin=0.0005, dead_kept=0.10, gone_kept=0.25, fresh=0.005,
        parents_number=0.012,
    ),
    "tiem-chung": Profile(
        name={
            "ten_sai_dau": 0.016, "ten_thieu_dau": 0.010, "ten_khong_dau": 0.012, "ten_loi_go": 0.014, "ten_i_y": 0.25,
            "ten_thieu_dem": 0.006, "ten_goi_khac": 0.002, "ten_dao": 0.3, "ten_hoa": 0.06, "ten_thuong": 0.01,
            "ten_cach": 0.02, "ten_kieu_dau": 0.12, "ten_chu_d": 0.01, "ten_danh_xung": 0.002, "ten_ghi_chu": 0.002,
        },
        born={
            "ngay_chi_nam": 0.07, "ngay_thang_nam": 0.004, "ngay_dao": 0.022, "ngay_0101": 0.030,
            "ngay_lech_nam": 0.020, "ngay_sai_so": 0.014, "ngay_am_lich": 0.004, "ngay_dau_khac": 0.01,
            "ngay_so_excel": 0.008, "ngay_hai_so": 0.003, "ngay_khong_ro": 0.001, "ngay_trong": 0.002,
        },
        number={
            "so_trong": 0.05, "so_cmnd": 0.20, "so_mat_khong": 0.03, "so_dinh_dang": 0.02, "so_khoa_hoc": 0.003,
            "so_sai_chu_so": 0.022, "so_dao_chu_so": 0.008, "so_vo_chong_doi": 0.003, "so_chu_ho": 0.008,
        },
        sex={"gioi_nguoc": 0.014, "gioi_trong": 0.02},
        home={"noi_o_khac_xa": 0.03, "noi_o_viet_tat": 0.15, "noi_o_don_vi_cu": 0.15},
        duplicates=0.012, strangers=0.02, lookalikes=0.003, thin=0.003, dead_kept=0.15, gone_kept=0.35, fresh=0.007,
        parents_number=0.05,
    ),
    "hoc-sinh": Profile(
        name={
            "ten_sai_dau": 0.007, "ten_thieu_dau": 0.003, "ten_loi_go": 0.005, "ten_i_y": 0.15, "ten_thieu_dem": 0.002,
            "ten_dao": 0.15, "ten_hoa": 0.01, "ten_cach": 0.02, "ten_kieu_dau": 0.2, "ten_chu_d": 0.005,
        },
        born={
            "ngay_dao": 0.005, "ngay_sai_so": 0.007, "ngay_lech_nam": 0.003, "ngay_0101": 0.001, "ngay_dau_khac": 0.01,
            "ngay_so_excel": 0.01,
        },
        number={
            "so_trong": 0.06, "so_mat_khong": 0.05, "so_dinh_dang": 0.01, "so_khoa_hoc": 0.002, "so_sai_chu_so": 0.007,
            "so_dao_chu_so": 0.003, "so_chu_ho": 0.002,
        },
        sex={"gioi_nguoc": 0.004, "gioi_trong": 0.002},
        home={"noi_o_khac_xa": 0.01, "noi_o_don_vi_cu": 0.15},
        duplicates=0.003, strangers=0.015, lookalikes=0.001, thin=0.0, dead_kept=0.05, gone_kept=0.3, fresh=0.004,
        parents_number=0.03,
    ),
    "chung": Profile(
        name={
            "ten_sai_dau": 0.02, "ten_thieu_dau": 0.012, "ten_khong_dau": 0.006, "ten_loi_go": 0.014, "ten_i_y": 0.2,
            "ten_thieu_dem": 0.012, "ten_goi_khac": 0.006, "ten_dao": 0.2, "ten_hoa": 0.03, "ten_thuong": 0.003,
            "ten_cach": 0.03, "ten_kieu_dau": 0.2, "ten_chu_d": 0.02, "ten_danh_xung": 0.02, "ten_ghi_chu": 0.012,
        },
        born={
            "ngay_chi_nam": 0.22, "ngay_thang_nam": 0.01, "ngay_dao": 0.012, "ngay_0101": 0.03, "ngay_lech_nam": 0.04,
            "ngay_sai_so": 0.012, "ngay_am_lich": 0.012, "ngay_dau_khac": 0.02, "ngay_so_excel": 0.012,
            "ngay_hai_so": 0.008, "ngay_khong_ro": 0.002, "ngay_trong": 0.004,
        },
        number={
            "so_trong": 0.10, "so_cmnd": 0.30, "so_mat_khong": 0.03, "so_dinh_dang": 0.03, "so_khoa_hoc": 0.003,
            "so_sai_chu_so": 0.016, "so_dao_chu_so": 0.006, "so_vo_chong_doi": 0.006, "so_chu_ho": 0.003,
        },
        sex={"gioi_nguoc": 0.008, "gioi_trong": 0.02},
        home={"noi_o_khac_xa": 0.01, "noi_o_viet_tat": 0.2, "noi_o_don_vi_cu": 0.2},
        duplicates=0.01, strangers=0.015, lookalikes=0.004, thin=0.003, dead_kept=0.3, gone_kept=0.4, fresh=0.010,
    ),
}  # fmt: skip
