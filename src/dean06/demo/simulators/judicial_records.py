"""The criminal-record service `apiLyLichTuPhap`: applications that wait to be fetched, then are marked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from dean06.demo.simulators.people import FOLKS, Registry, birth, vietnamese
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person

ONLINE, COUNTER = "1", "2"
MARKED_AS = {"3": ONLINE, "1": COUNTER}
STATES = {3: "Sở Tư pháp đã tiếp nhận", 4: "Đang xử lý", 5: "Đã có phiếu"}
HOME_COUNTRY = 1234
FOLK_IDS = {code: 500 + at for at, code in enumerate(FOLKS)}

__all__ = ["COUNTER", "ONLINE", "JudicialRecords"]


class JudicialRecords:
    """The service, what was marked as taken, and what a contract should read of it."""

    name = "apiLyLichTuPhap"

    def __init__(self, registry: Registry, *, most: int = 40) -> None:
        self.registry = registry
        self.most = most
        self.taken: list[str] = []

    def answer(self, operation: str, asked: Mapping[str, Any]) -> Any:
        """Return what an operation answers."""
        match operation.removeprefix("LLTP-API-"):
            case "traHoSo":
                waiting = [one for key, one in self._records[asked["infoType"]].items() if key not in self.taken]
                return {"STATUS": 1, "DESCRIPTION": "", "LISTCONTENT": waiting}
            case "danhDauHsThanhCong":
                known = self._records[MARKED_AS[asked["infoType"]]]
                keys = asked["declarationId"].split(";")
                if not all(key in known for key in keys):
                    return self.refused("0")
                self.taken += [key for key in keys if key not in self.taken]
                return {"STATUS": 1, "DESCRIPTION": ""}
            case "traDanhMuc":
                listed = {"2": {HOME_COUNTRY: "Việt Nam"}, "3": {FOLK_IDS[code]: name for code, name in FOLKS.items()}}
                told = [{"ID": key, "NAME": name} for key, name in listed[asked["infoType"]].items()]
                return {"STATUS": 1, "DESCRIPTION": "", "LISTCONTENT": told}
            case _:
                return self.refused("0")

    def refused(self, code: str) -> Any:
        """Return how the service tells an error code of its own."""
        return {"STATUS": int(code), "DESCRIPTION": "Yêu cầu không hợp lệ"}

    def spoiled(self, told: Any, fault: Fault) -> Any:
        """Return an answer with a record that has lost its id, or with an odd code in it."""
        listed = told.get("LISTCONTENT") or []
        if not listed or "declarationTraHoSoForm" not in listed[0]:
            return told
        form = dict(listed[0]["declarationTraHoSoForm"])
        form |= {"declarationId": None} if fault is Fault.FEWER else {"genderId": 2}
        return told | {"LISTCONTENT": [listed[0] | {"declarationTraHoSoForm": form}, *listed[1:]]}

    def truth(self) -> list[dict[str, str]]:
        """Return what a contract should read: those who applied online, then those who came to the counter."""
        return [self._true(at, one, queue) for queue in (ONLINE, COUNTER) for at, one in self._people[queue]]

    @cached_property
    def _people(self) -> dict[str, list[tuple[int, Person]]]:
        adults = [one for one in self.registry.living if one.year < self.registry.first.year - 18][: self.most]
        told = list(enumerate(adults))
        return {ONLINE: [one for one in told if one[0] % 3 == 0], COUNTER: [one for one in told if one[0] % 3]}

    @cached_property
    def _records(self) -> dict[str, dict[str, Any]]:
        return {
            queue: {f"enc{at:05d}==": self._record(at, one, queue) for at, one in people}
            for queue, people in self._people.items()
        }

    def _record(self, at: int, one: Person, queue: str) -> Any:
        spouse = self.registry.person(one.spouse)
        form: dict[str, Any] = {
            "declarationId": f"enc{at:05d}==", "fullName": one.name, "genderId": 1 if one.male else 0,
            "birthDateStr": vietnamese(*birth(one)), "nationalityId": HOME_COUNTRY,
            "ethnicId": FOLK_IDS.get(one.people, 500), "residence": self.registry.address(one),
            "idTypeId": 3 if at % 4 else 1, "identifyNo": one.number if at % 4 else one.old_card or one.number,
            "idIssueDate": "15/03/2021", "idIssuePlace": "Cục Cảnh sát QLHC về TTXH", "dadName": one.father_name,
            "dadDob": "1950", "momName": one.mother_name, "momDob": "03/1952",
            "partnerName": spouse.name if spouse else None,
            "partnerDob": vietnamese(*birth(spouse)) if spouse else None, "formType": 1 + at % 2,
        }  # fmt: skip
        if queue == ONLINE:
            form["declarationCode"] = f"{at:05d}"
        else:
            form |= {
                "appointmentNo": f"PH{at:05d}", "receiveDate": f"{self.registry.touched(at):%d/%m/%Y}",
                "decStatusId": 3 + at % 3, "decStatusName": STATES[3 + at % 3],
            }  # fmt: skip
        return {"declarationTraHoSoForm": form, "residenceWSForm": [], "mandatorWSForm": None}

    def _true(self, at: int, one: Person, queue: str) -> dict[str, str]:
        spouse, counter = self.registry.person(one.spouse), queue == COUNTER
        return {
            "so_tiep_nhan": f"PH{at:05d}" if counter else f"{at:05d}", "ho_ten": one.name,
            "ngay_sinh": vietnamese(*birth(one)), "gioi_tinh": "Nam" if one.male else "Nữ",
            "so_giay_to": one.number if at % 4 else one.old_card or one.number,
            "loai_giay_to": "3" if at % 4 else "1", "ngay_cap_gt": "15/03/2021",
            "noi_cap_gt": "Cục Cảnh sát QLHC về TTXH", "dia_chi": self.registry.address(one), "noi_tam_tru": "",
            "quoc_tich": "Việt Nam", "dan_toc": FOLKS.get(one.people, "Kinh"), "ho_ten_cha": one.father_name,
            "ngay_sinh_cha": "1950", "ho_ten_me": one.mother_name, "ngay_sinh_me": "03/1952",
            "ho_ten_vc": spouse.name if spouse else "", "ngay_sinh_vc": vietnamese(*birth(spouse)) if spouse else "",
            "loai_phieu": str(1 + at % 2), "ngay_hen_tra": "", "ngay_cap_phieu": "", "dien_thoai": "",
            "ngay_tiep_nhan": f"{self.registry.touched(at):%d/%m/%Y}" if counter else "",
            "trang_thai": STATES[3 + at % 3] if counter else "",
        }  # fmt: skip
