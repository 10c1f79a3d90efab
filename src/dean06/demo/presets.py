"""The three settings of the demonstration: real units, made-up people.

Everything that differs between places stands here as data: numbers, surnames, hamlets, months.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dean06.clock.errors import UsageError


@dataclass(frozen=True, slots=True)
class HamletStyle:
    """How a commune calls its hamlets: names after a word, or numbers after a word."""

    word: str
    short: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A place and time to people."""

    code: str
    title: str
    unit: str
    persons: int
    months: tuple[str, ...]
    """Months with a register; the first is the base, each later one also has deliveries."""
    region: str
    number_province: str
    old_series: tuple[str, ...]
    weights: Mapping[str, float]
    """Commune code to relative size; communes not named get 1."""
    village: HamletStyle
    town: HamletStyle
    upland: HamletStyle
    upland_units: frozenset[str] = frozenset()
    peoples: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Commune code to (ethnic code to share)."""
    scattered: float = 0.004
    """Share of people of any other group, everywhere."""
    hamlet_size: int = 560
    units: tuple[str, ...] = ()
    """Only these communes of the unit; empty means all."""
    agencies: Mapping[str, str] = field(default_factory=dict)
    """Source to the agency above its lists, where it is not the sector's usual name followed by the place."""

    @property
    def day(self) -> date:
        """Return the day whose catalogue of units holds: the end of the base month."""
        return month_end(self.months[0])

    def scaled(self, scale: float) -> Setting:
        """Return the same place with fewer or more people."""
        return self.with_persons(max(1, round(self.persons * scale)))

    def with_persons(self, persons: int) -> Setting:
        """Return the same place with another number of people."""
        return replace(self, persons=persons)


def month_end(month: str) -> date:
    """Return the last day of `yyyy-mm`."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, monthrange(year, number)[1])


_PLAIN_NAMES = (
    "Trung", "Thượng", "Hạ", "Đông", "Tây", "Nam", "Bắc", "Tiền", "Hậu", "Phú Lộc", "Phú Bình", "Lộc Long", "Tân Hải",
    "Hòa Bình", "Xuân Dục", "Thống Nhất", "Quyết Tiến", "Đồng Tư", "Bình Minh", "Phúc Mỹ", "Đại Hữu", "Trường Niên",
    "Kim Nại", "Hoành Vinh", "Thạch Bồng", "Nguyệt Áng", "Quảng Xá", "Tả Phan", "Hữu Phan", "Vĩnh Tuy", "Lệ Kỳ",
    "Thế Lộc", "Hà Thiệp", "Dinh Mười", "Tân Định", "Cừa Thôn", "Xuân Lai", "Phúc Duệ", "Nam Hải", "Hiển Trung",
)  # fmt: skip
_UPLAND_NAMES = (
    "Khe Cát", "Khe Dây", "Cổ Tràng", "Rìn Rìn", "Đá Chát", "Dốc Mây", "Thượng Sơn", "Trung Sơn", "Bến Đường",
    "Lâm Ninh", "Khe Ngang", "Hang Chuồn", "Nà Lâm", "Tân Sơn", "Liên Xuân", "Rào Trù", "Nước Đắng", "Sắt",
)  # fmt: skip

_TOWN = HamletStyle("Tổ dân phố", "TDP")
_QB_VILLAGE = HamletStyle("Thôn", "T.", _PLAIN_NAMES)
_QB_UPLAND = HamletStyle("Bản", "B.", _UPLAND_NAMES)
_ND_VILLAGE = HamletStyle("Xóm", "X.")

SETTINGS: Mapping[str, Setting] = {
    setting.code: setting
    for setting in (
        Setting(
            code="quang-ninh-2022",
            title="huyện Quảng Ninh, tỉnh Quảng Bình (2022)",
            unit="456",
            persons=95_000,
            months=("2022-05", "2022-06", "2022-07", "2022-08", "2022-09"),
            region="trung",
            number_province="044",
            old_series=("194",),
            weights={
                "19201": 4.7, "19204": 5.0, "19207": 5.9, "19210": 7.5, "19213": 9.4, "19216": 5.7, "19219": 6.0,
                "19222": 6.1, "19225": 9.0, "19228": 3.0, "19231": 7.0, "19234": 6.0, "19237": 8.0, "19240": 9.0,
                "19243": 8.5,
            },
            village=_QB_VILLAGE,
            town=_TOWN,
            upland=_QB_UPLAND,
            upland_units=frozenset({"19204", "19228"}),
            peoples={"19204": {"23": 0.58, "44": 0.01}, "19228": {"23": 0.27}},
        ),
        Setting(
            code="xuan-truong-2022",
            title="huyện Xuân Trường, tỉnh Nam Định (2022)",
            unit="364",
            persons=185_000,
            months=("2022-05", "2022-06", "2022-07", "2022-08", "2022-09"),
            region="bac",
            number_province="036",
            old_series=("161", "162", "163"),
            weights={
                "14089": 8.2, "14092": 8.0, "14095": 15.6, "14098": 6.5, "14101": 7.6, "14104": 7.4, "14107": 5.8,
                "14110": 9.6, "14113": 5.2, "14116": 8.2, "14119": 7.4, "14122": 6.0, "14125": 12.6, "14128": 11.5,
                "14131": 7.2, "14134": 12.2, "14137": 9.4, "14140": 10.4, "14143": 14.6, "14146": 7.8,
            },
            village=_ND_VILLAGE,
            town=_TOWN,
            upland=_ND_VILLAGE,
        ),
        Setting(
            code="ninh-chau-2026",
            title="xã Ninh Châu, tỉnh Quảng Trị (2026)",
            unit="19225",
            persons=30_000,
            months=("2026-06", "2026-07", "2026-08", "2026-09", "2026-10"),
            region="trung",
            number_province="044",
            old_series=("194",),
            weights={},
            village=_QB_VILLAGE,
            town=_TOWN,
            upland=_QB_UPLAND,
            scattered=0.006,
            agencies={
                "bhyt": "BẢO HIỂM XÃ HỘI CƠ SỞ",
                "tiem-chung": "TRẠM Y TẾ XÃ NINH CHÂU",
                "hoc-sinh": "PHÒNG VĂN HÓA - XÃ HỘI XÃ NINH CHÂU",
            },
        ),
    )
}  # fmt: skip


def setting(code: str) -> Setting:
    """Return the setting of that name, or say which there are."""
    if code not in SETTINGS:
        known = ", ".join(SETTINGS)
        raise UsageError(
            f"Không có bối cảnh trình diễn «{code}»; hãy chọn một trong: {known}.",
            f"There is no demonstration setting «{code}»; choose one of: {known}.",
        )
    return SETTINGS[code]
