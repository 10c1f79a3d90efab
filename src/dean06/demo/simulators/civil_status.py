"""The civil-status service `apiHoTichTuPhap`: births, deaths and marriages, listed by the day of their last change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

from dean06.demo.simulators.people import Registry, birth, folk, vietnamese
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person

BIRTHS, DEATHS, MARRIAGES = "KS", "KT", "KH"
PROVINCE = "44"
MESSAGES = {
    "100": "AUTHEN_ERROR", "101": "IP_DISALLOWED", "106": "AGENCY_ID_INCORRECT", "108": "PROVINCE_ID_INCORRECT",
    "200": "RECORD_UNCOMPLETE", "201": "RECORD_NOT_FOUND", "302": "DATA_TYPE_INVALID", "500": "DATA_INCORRECT",
}  # fmt: skip
SEX = {True: 1, False: 2}
DETAILS = "traDanhSachHoSo"

__all__ = ["BIRTHS", "DEATHS", "MARRIAGES", "CivilStatus"]

Record = dict[str, str | int]


class CivilStatus:
    """The service, and what a contract should read of it; `xml` has it hand out its records as XML in a text."""

    name = "apiHoTichTuPhap"

    def __init__(self, registry: Registry, *, xml: bool = False, most: int = 60) -> None:
        self.registry = registry
        self.xml = xml
        self.most = most

    def answer(self, operation: str, asked: Mapping[str, Any]) -> Any:
        """Return what an operation answers."""
        module = asked.get("module", "")
        if module not in (BIRTHS, DEATHS, MARRIAGES):
            return self.refused("302")
        records = self._records[module]
        if operation == "dsHoSoDangKy":
            day = datetime.strptime(asked["ngayCapNhat"], "%d/%m/%Y").date()  # noqa: DTZ007  a day, no instant
            return _good([{"id": key, "maDonVi": told[1]} for key, told in records.items() if told[0] == day])
        if operation == DETAILS:
            if asked.get("maTinh") != PROVINCE:
                return self.refused("108")
            if lost := [key for key in asked["dsMaHoSo"] if key not in records]:
                return self.refused("201" if lost else "")
            return self._handed_out([records[key][2] for key in asked["dsMaHoSo"]])
        return self.refused("500")

    def refused(self, code: str) -> Any:
        """Return how the service tells an error code of its own."""
        return {"status": 0, "errorCode": code, "errorDescription": MESSAGES.get(code, ""), "data": None}

    def spoiled(self, told: Any, fault: Fault) -> Any:
        """Return an answer with fewer rows than were asked for, or with an odd code in it."""
        data = told.get("data")
        if not isinstance(data, list) or not data or "so" not in data[0]:
            return told
        if fault is Fault.FEWER:
            return told | {"data": data[:-1]}
        key = next((name for name in data[0] if name.endswith("GioiTinh")), "")
        return told | {"data": [data[0] | {key: 7}, *data[1:]]} if key else told

    def truth(self, module: str) -> list[dict[str, str]]:
        """Return what a contract should read: the records of a module in the order of the days they were touched."""
        told = sorted(self._people[module], key=lambda one: (one[1], one[0]))
        makers = {BIRTHS: self._true_birth, DEATHS: self._true_death, MARRIAGES: self._true_marriage}
        return [makers[module](at, person) for at, _day, person in told]

    @cached_property
    def _people(self) -> dict[str, list[tuple[int, date, Person]]]:
        registry = self.registry
        young = sorted(registry.living, key=lambda one: (-one.year, one.index))
        chosen: dict[str, Sequence[Person]] = {BIRTHS: young, DEATHS: registry.dead, MARRIAGES: registry.husbands}
        return {
            module: [(at, registry.touched(at), one) for at, one in enumerate(people[: self.most])]
            for module, people in chosen.items()
        }

    @cached_property
    def _records(self) -> dict[str, dict[str, tuple[date, str, Record]]]:
        makers = {BIRTHS: self._birth, DEATHS: self._death, MARRIAGES: self._marriage}
        return {
            module: {
                f"{module}{at:06d}": (day, self.registry.commune(one), makers[module](at, one)) for at, day, one in told
            }
            for module, told in self._people.items()
        }

    def _entry(self, module: str, at: int) -> Record:
        day = self.registry.first - timedelta(days=at % 9)
        return {
            "id": f"{module}{at:06d}", "so": at + 1, "quyenSo": f"01/{day.year}", "trangSo": at // 4 + 1,
            "ngayDangKy": f"{day:%d/%m/%Y}", "nguoiKy": "Nguyễn Thị Ký", "loaiDangKy": 1,
        }  # fmt: skip

    def _true_entry(self, at: int, place: str) -> dict[str, str]:
        day = self.registry.first - timedelta(days=at % 9)
        return {
            "so_dang_ky": str(at + 1), "quyen_so": f"01/{day.year}", "trang_so": str(at // 4 + 1),
            "ngay_dang_ky": f"{day:%d/%m/%Y}", "nguoi_ky": "Nguyễn Thị Ký", "noi_dang_ky": place,
        }  # fmt: skip

    def _place(self, person: Person) -> str:
        return f"UBND {self.registry.commune_name(self.registry.commune(person))}"

    def _birth(self, at: int, one: Person) -> Record:
        father, mother = self.registry.person(one.father), self.registry.person(one.mother)
        return self._entry(BIRTHS, at) | {
            "noiDangKy": self._place(one), "nksHoTen": one.name, "nksGioiTinh": SEX[one.male] if at % 13 else 3,
            "nksNgaySinh": vietnamese(*birth(one)), "nksSoDDCN": one.number if at % 5 else "",
            "soDinhDanh": one.number, "nksDanToc": folk(one), "nksQuocTich": "Việt Nam",
            "nksQueQuan": self.registry.address(one), "chaHoTen": one.father_name,
            "chaNgaySinh": vietnamese(*birth(father)) if father else "", "meHoTen": one.mother_name,
            "chaSoGiayToTuyThan": father.number if father else "", "meSoDDCN": mother.number if mother else "",
            "meNgaySinh": vietnamese(*birth(mother)) if mother else "", "nycHoTen": one.mother_name, "nycQuanHe": "Mẹ",
        }  # fmt: skip

    def _true_birth(self, at: int, one: Person) -> dict[str, str]:
        father, mother = self.registry.person(one.father), self.registry.person(one.mother)
        return self._true_entry(at, self._place(one)) | {
            "ho_ten": one.name, "ngay_sinh": vietnamese(*birth(one)),
            "gioi_tinh": ("Nam" if one.male else "Nữ") if at % 13 else "", "so_giay_to": one.number, "noi_sinh": "",
            "que_quan": self.registry.address(one), "dan_toc": folk(one), "quoc_tich": "Việt Nam",
            "ho_ten_cha": one.father_name, "ngay_sinh_cha": vietnamese(*birth(father)) if father else "",
            "so_gt_cha": father.number if father else "", "noi_cu_tru_cha": "", "ho_ten_me": one.mother_name,
            "ngay_sinh_me": vietnamese(*birth(mother)) if mother else "", "so_gt_me": mother.number if mother else "",
            "noi_cu_tru_me": "", "ho_ten_nyc": one.mother_name, "quan_he_nyc": "Mẹ",
        }  # fmt: skip

    def _death_day(self, one: Person) -> str:
        year, month, day = self.registry.view.dead[one.index].split("-")
        return f"{day}/{month}/{year}"

    def _death(self, at: int, one: Person) -> Record:
        return self._entry(DEATHS, at) | {
            "noiDangKy": self._place(one), "nktHoTen": one.name, "nktGioiTinh": SEX[one.male],
            "nktNgaySinh": vietnamese(*birth(one)), "nktSoGiayToTuyThan": one.number, "nktDanToc": folk(one),
            "nktQuocTich": "Việt Nam", "nktNoiCuTru": self.registry.address(one),
            "nktNgayChet": self._death_day(one), "nktNoiChet": "Tại nhà", "nycHoTen": "Trần Văn Khai",
            "nycQuanHe": "Con",
        }  # fmt: skip

    def _true_death(self, at: int, one: Person) -> dict[str, str]:
        return self._true_entry(at, self._place(one)) | {
            "ho_ten": one.name, "ngay_sinh": vietnamese(*birth(one)), "gioi_tinh": "Nam" if one.male else "Nữ",
            "so_giay_to": one.number, "dia_chi": self.registry.address(one), "dan_toc": folk(one),
            "quoc_tich": "Việt Nam", "ngay_chet": self._death_day(one), "noi_chet": "Tại nhà", "nguyen_nhan": "",
            "ho_ten_nyc": "Trần Văn Khai", "quan_he_nyc": "Con",
        }  # fmt: skip

    def _marriage(self, at: int, man: Person) -> Record:
        wife = self.registry.view.people[man.spouse]
        told = self._entry(MARRIAGES, at) | {"noiDangKy": self._place(man), "tinhTrangKetHon": 1}
        for who, one in (("chong", man), ("vo", wife)):
            told |= {
                f"{who}HoTen": one.name, f"{who}NgaySinh": vietnamese(*birth(one)), f"{who}DanToc": folk(one),
                f"{who}QuocTich": "Việt Nam", f"{who}SoGiayToTuyThan": one.number,
                f"{who}NoiCuTru": self.registry.address(one),
            }  # fmt: skip
        return told

    def _true_marriage(self, at: int, man: Person) -> dict[str, str]:
        wife = self.registry.view.people[man.spouse]
        return self._true_entry(at, self._place(man)) | {
            "ho_ten": man.name, "ngay_sinh": vietnamese(*birth(man)), "so_giay_to": man.number,
            "dia_chi": self.registry.address(man), "dan_toc": folk(man), "quoc_tich": "Việt Nam",
            "ho_ten_vo": wife.name, "ngay_sinh_vo": vietnamese(*birth(wife)), "so_gt_vo": wife.number,
            "dan_toc_vo": folk(wife), "quoc_tich_vo": "Việt Nam", "noi_cu_tru_vo": self.registry.address(wife),
        }  # fmt: skip

    def _handed_out(self, records: Sequence[Record]) -> Any:
        if not self.xml:
            return _good([dict(one) for one in records])
        inside = "".join(
            f"<hoSo>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in one.items())}</hoSo>"
            for one in records
        )
        return _good(f'<?xml version="1.0" encoding="UTF-8"?><danhSach>{inside}</danhSach>')


def _good(data: Any) -> Any:
    return {"status": 1, "errorCode": None, "errorDescription": None, "data": data}
