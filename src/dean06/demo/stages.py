"""The three groups of the demonstration: where, under which charter, who delivers what, and how well they correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dean06.clock.errors import UsageError
from dean06.demo.cast import CASTS, Part
from dean06.demo.presets import Setting, setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """One source's deliveries: whose account hands them in, and what becomes of the faults."""

    source: str
    user: str
    share: float
    """Of the faults asked for, how many are corrected by the next list."""
    said: float
    """How many are only said to be."""
    complete: bool = True
    late: tuple[int, ...] = ()
    """Turns in which the list comes `LATE` days after its day."""
    relapses: tuple[int, ...] = ()
    """Turns in which the first list comes once more: an old copy was put back, and its faults with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A group of the demonstration."""

    slug: str
    letters: str
    """What its sign-in names begin with."""
    name: str
    short_name: str
    level: str
    place: Setting
    package: str
    line: str
    founded: date
    instrument: tuple[str, date] | None = None
    """Made-up number and date, for a text that came without them."""
    confirmed_by: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    local_rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    handings: tuple[Handing, ...]
    assigned_late: frozenset[str] = frozenset()
    """Sources that the leader gives away only after their first list, on the eve of an absence."""
    report_days: tuple[int, ...] = (4,)
    """Days of the month on which its report is made, and made again."""
    signed_on: int = 6
    own_day: int = 13
    """Day of the month, after the last deliveries, on which the group lives from then on."""
    fed: Mapping[str, str] = field(default_factory=dict)
    """Sources fed by the stand-ins of services, each with the agency that answers for it."""
    software: str = ""
    """The agency whose own software reads its orders."""
    mistakes: frozenset[str] = frozenset()
    """`taken_back`: a wrong list is taken back; `damaged`: a workbook that nobody can open."""

    @property
    def cast(self) -> tuple[Part, ...]:
        """Return the people of the group."""
        return CASTS[self.letters]

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months with a register and deliveries."""
        return self.place.months[1:]

    def sign_in(self, user: str) -> str:
        """Return the sign-in name of a part."""
        return f"{self.letters}-{user}"


_STAGES = (
    Stage(
        slug="quang-ninh",
        letters="qn",
        name="Tổ công tác triển khai Đề án 06 huyện Quảng Ninh",
        short_name="Tổ Đề án 06 huyện Quảng Ninh",
        level="district",
        place=setting("quang-ninh-2022"),
        package="quang-ninh-2022",
        line="quang-ninh-2022",
        founded=date(2022, 5, 16),
        handings=(
            Handing(source="bhyt", user="bhxh", share=0.85, said=0.05),
            Handing(source="tiem-chung", user="y-te", share=0.5, said=0.15, complete=False, late=(2,)),
            Handing(source="hoc-sinh", user="giao-duc", share=1.0, said=0.0),
            Handing(source="chung", user="lao-dong", share=0.3, said=0.1),
        ),
        mistakes=frozenset({"taken_back"}),
    ),
    Stage(
        slug="xuan-truong",
        letters="xt",
        name="Tổ công tác triển khai Đề án 06 huyện Xuân Trường",
        short_name="Tổ Đề án 06 huyện Xuân Trường",
        level="district",
        place=setting("xuan-truong-2022"),
        package="xuan-truong-2022",
        line="xuan-truong-2022",
        founded=date(2022, 5, 17),
        instrument=("01-TD/QĐ-UBND", date(2022, 5, 12)),
        confirmed_by=("to-truong", "giup-viec"),
        local_rules={"G-12": {"from_day": 15}},
        handings=(
            Handing(source="bhyt", user="bhxh", share=0.7, said=0.1),
            Handing(source="tiem-chung", user="y-te", share=0.45, said=0.1, complete=False),
            Handing(source="hoc-sinh", user="giao-duc", share=0.95, said=0.03, late=(1,)),
            Handing(source="chung", user="lao-dong", share=0.4, said=0.05),
        ),
        assigned_late=frozenset({"tiem-chung"}),
        report_days=(8, 15),
        signed_on=18,
        own_day=17,
    ),
    Stage(
        slug="ninh-chau",
        letters="nc",
        name="Tổ công tác triển khai Đề án 06 xã Ninh Châu",
        short_name="Tổ Đề án 06 xã Ninh Châu",
        level="commune",
        place=setting("ninh-chau-2026"),
        package="cap-xa",
        line="ninh-chau-2026",
        founded=date(2026, 6, 8),
        instrument=("01-TD/QĐ-TCTĐA", date(2026, 6, 5)),
        confirmed_by=("to-truong", "to-pho"),
        predecessors=("quang-ninh",),
        local_rules={"G-20": {"1": 2, "2": 7, "3": 20}},
        handings=(
            Handing(source="bhyt", user="bhxh", share=1.0, said=0.0),
            Handing(source="tiem-chung", user="y-te", share=0.6, said=0.1, complete=False, late=(1,), relapses=(2,)),
            Handing(source="hoc-sinh", user="van-hoa", share=0.95, said=0.03),
            Handing(source="chung", user="van-hoa", share=0.5, said=0.05),
        ),
        fed={
            **dict.fromkeys(("khai-sinh", "khai-tu", "ket-hon"), "COFF"),
            "doanh-nghiep": "KT",
            "ly-lich-tu-phap": "CPOL",
            "bhxh": "BHXHCS",
            "chung": "CPOL",
        },
        software="BHXHCS",
        report_days=(5,),
        signed_on=9,
        own_day=12,
        mistakes=frozenset({"damaged"}),
    ),
)

STAGES: Mapping[str, Stage] = {stage.slug: stage for stage in _STAGES}


def chosen(groups: tuple[str, ...] | None, scale: float, months: int | None) -> list[Stage]:
    """Return the groups to play, with so many people and months."""
    unknown = sorted(set(groups or ()) - STAGES.keys())
    if unknown:
        known = ", ".join(STAGES)
        raise UsageError(
            f"Không có tổ trình diễn «{unknown[0]}»; hãy chọn trong: {known}.",
            f"There is no demonstration group «{unknown[0]}»; choose among: {known}.",
        )
    found = [stage for stage in _STAGES if groups is None or stage.slug in groups]
    return [replace(stage, place=_cut(stage.place.scaled(scale), months)) for stage in found]


def _cut(place: Setting, months: int | None) -> Setting:
    return place if months is None else replace(place, months=place.months[: months + 1])
