"""The business register `apiCSDLDKDN`: dossiers of at most five days at once, page by page; enterprises one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person

LONGEST = 5
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
STATES = {"1": "Đang hoạt động", "2": "Tạm ngừng kinh doanh", "4": "Đang làm thủ tục giải thể"}

__all__ = ["Enterprises"]


@dataclass(frozen=True, slots=True)
class _Dossier:
    journal: int
    code: str
    day: date
    filer: Person


class Enterprises:
    """The service, and what a contract should read of it; `tell_all` counts all dossiers, not those of the page."""

    name = "apiCSDLDKDN"

    def __init__(self, registry: Registry, *, most: int = 30, tell_all: bool = False) -> None:
        self.registry = registry
        self.most = most
        self.tell_all = tell_all

    def answer(self, operation: str, asked: Mapping[str, Any]) -> Any:
        """Return what an operation answers."""
        match operation:
            case "danhSachHoSo":
                return self._list(asked)
            case "chiTietDoanhNghiep" if asked["msdn"] in self._companies:
                return _good(1, **self._company(asked["msdn"]))
            case "tinhTrangHoSo":
                found = [one for one in self._dossiers if str(one.journal) == asked["in_journal_no"]]
                return _good(1, MainInformation=self._state(found[0])) if found else self.refused("0")
            case _:
                return self.refused("0")

    def refused(self, code: str) -> Any:
        """Return how the service tells an error."""
        return {"MainInformation": None, "DataCount": 0, "Status": code, "Message": "Yêu cầu không hợp lệ"}

    def spoiled(self, told: Any, fault: Fault) -> Any:
        """Return an answer with fewer rows than it says, or with an odd code in it."""
        main = told["MainInformation"]
        if fault is Fault.ODD_CODE:
            odd = isinstance(main, dict) and "ENTERPRISE_STATUS" in main
            return told | {"MainInformation": main | {"ENTERPRISE_STATUS": "9"}} if odd else told
        return told | {"MainInformation": main[:-1]} if isinstance(main, list) and main else told

    def truth(self) -> list[dict[str, str]]:
        """Return what a contract should read: each enterprise once, in the first five days in which it filed."""
        windows: dict[str, tuple[int, _Dossier]] = {}
        for one in sorted(self._dossiers, key=lambda told: (told.day, told.journal)):
            at = (one.day - self.registry.first).days // LONGEST
            if one.code not in windows or windows[one.code][0] == at:
                windows[one.code] = (at, one)
        told = sorted(windows.items(), key=lambda pair: (pair[1][0], pair[1][1].day, pair[1][1].journal))
        return [self._true(code, dossier) for code, (_at, dossier) in told]

    def _list(self, asked: Mapping[str, Any]) -> Any:
        begin, end = (
            datetime.strptime(asked[name], "%d/%m/%Y").date()  # noqa: DTZ007  a day, no instant
            for name in ("from_date", "to_date")
        )
        if (end - begin).days >= LONGEST:
            return self.refused("0")
        found = [one for one in self._dossiers if begin <= one.day <= end]
        found.sort(key=lambda one: (one.day, one.journal))
        at, size = int(asked["offset"]), int(asked["limit"])
        page = [
            {
                "IN_JOURNAL_NO": one.journal, "DOCUMENT_TYPE": "Đăng ký thay đổi", "ENTERPRISE_CODE": f"N{one.code}",
                "ENTERPRISE_GDT_CODE": one.code, "NAME": self._companies[one.code][1], "SITE_ID": 29,
                "RECEIPT_DATE": f"{one.day:%d/%m/%Y}", "PLAN_DATE": f"{one.day + timedelta(days=3):%d/%m/%Y}",
                "PROCESS_STATUS": "Đã chấp thuận",
            }
            for one in found[at : at + size]
        ]  # fmt: skip
        return _good(len(found) if self.tell_all else len(page), MainInformation=page)

    @cached_property
    def _companies(self) -> dict[str, tuple[int, str, list[Person]]]:
        adults = [one for one in self.registry.living if 25 < self.registry.first.year - one.year < 70]
        made: dict[str, tuple[int, str, list[Person]]] = {}
        for at in range(min(self.most, len(adults) // 2)):
            heads = [adults[at * 2], adults[at * 2 + 1]] if at % 6 == 0 else [adults[at * 2]]
            made[_tax_code(at)] = (at, f"CÔNG TY TNHH MỘT THÀNH VIÊN SỐ {at + 1}", heads)
        return made

    @cached_property
    def _dossiers(self) -> list[_Dossier]:
        told = []
        for code, (at, _name, heads) in self._companies.items():
            told.append(_Dossier(900_000 + at, code, self.registry.touched(at), heads[-1]))
            if at % 4 == 0:
                told.append(_Dossier(950_000 + at, code, self.registry.touched(at + 1), heads[0]))
        return told

    def _state(self, one: _Dossier) -> Any:
        return {
            "IN_JOURNAL_NO": one.journal, "ENTERPRISE_GDT_CODE": one.code, "CONTACT_FULL_NAME": one.filer.name,
            "CONTACT_ID_NO": one.filer.number, "CONTACT_ADDRESS": self.registry.address(one.filer),
            "CONTACT_PHONE": None, "CONTACT_EMAIL": None, "PROCESS_STATUS": "Đã chấp thuận",
        }  # fmt: skip

    def _company(self, code: str) -> Any:
        at, name, heads = self._companies[code]
        ward = self.registry.commune(heads[0])
        main = {
            "ENTERPRISE_ID": 70_000 + at, "ENTERPRISE_GDT_CODE": code, "IMP_BUSINESS_CODE": None,
            "ENTERPRISE_TYPE_ID": "TNHH1TV", "ENTERPRISE_TYPE_NAME": "Công ty TNHH một thành viên", "NAME": name,
            "SHORT_NAME": None, "NAME_F": None, "FOUNDING_DATE": f"{1 + at % 28:02d}/03/2015",
            "LAST_AMEND_DATE": f"{self.registry.touched(at):%d/%m/%Y}", "NUMBER_CHANGES": at % 5,
            "ENTERPRISE_STATUS": "124"[at % 3], "LEGAL_NAMES": ";".join(one.name for one in heads),
            "CAPITAL_AMOUNT": 1_000_000_000 + at,
        }  # fmt: skip
        home = {
            "CityID": 44, "CityName": "Tỉnh Quảng Bình", "DistrictID": 456, "DistrictName": "Huyện Quảng Ninh",
            "WardID": int(ward), "WardName": self.registry.commune_name(ward), "StreetNumber": "Số 1",
            "AddressFullText": f"Số 1, {self.registry.commune_name(ward)}",
        }  # fmt: skip
        business = [{"CODE": "4711", "NAME": "Bán lẻ", "IS_MAIN": "Y"}]
        return {"MainInformation": main, "HOAdress": home, "BusinessActivity": business, "Member": []}

    def _true(self, code: str, dossier: _Dossier) -> dict[str, str]:
        at, name, heads = self._companies[code]
        ward = self.registry.commune(heads[0])
        return {
            "ma_so_dn": code, "so_gcn_cu": "", "ten_dn": name, "ten_viet_tat": "", "ten_nuoc_ngoai": "",
            "loai_hinh": "Công ty TNHH một thành viên", "ngay_thanh_lap": f"{1 + at % 28:02d}/03/2015",
            "ngay_thay_doi": f"{self.registry.touched(at):%d/%m/%Y}", "so_lan_thay_doi": str(at % 5),
            "trang_thai": STATES["124"[at % 3]], "von_dieu_le": str(1_000_000_000 + at),
            "tru_so": f"Số 1, {self.registry.commune_name(ward)}", "xa_tru_so": self.registry.commune_name(ward),
            "tinh_tru_so": "Tỉnh Quảng Bình", "ma_xa_tru_so": ward, "ho_ten": ";".join(one.name for one in heads),
            "ho_ten_nguoi_nop": dossier.filer.name, "so_gt_nguoi_nop": dossier.filer.number,
        }  # fmt: skip


def _tax_code(at: int) -> str:
    """Return the nth enterprise code whose check digit can be written."""
    made = 0
    for serial in range(10_000):
        nine = f"31009{serial:04d}"
        check = 10 - sum(int(sign) * weight for sign, weight in zip(nine, WEIGHTS, strict=True)) % 11
        if check < 10:
            if made == at:
                return f"{nine}{check}"
            made += 1
    raise ValueError(at)


def _good(count: int, **told: Any) -> Any:
    return told | {"DataCount": count, "Status": "1", "Message": "success"}
