"""Reports: the agencies' of each month to whoever collects them, and the group's up to each recipient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from year.deeds import Deed
from year.house import House
from year.pages import picture

__all__ = ["deeds"]

Told = dict[str, Any]


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of every report of the script."""
    for period, told in house.script.table("group_reports").items():
        yield from _of_group(house, period, told)
    for month, agencies in house.script.table("agency_reports").items():
        for agency, told in agencies.items():
            yield from _of_agency(house, month, agency, {"sent": told} if isinstance(told, str) else told)


def _of_group(house: House, period: str, told: Told) -> Iterator[Deed]:
    script = house.script
    yield Deed(script.at(told["made"]), f"lập báo cáo {period}", lambda: _make(house, period, told))
    if told.get("signed"):
        yield Deed(script.at(told["signed"]), f"ký báo cáo {period}", lambda: _sign(house, period, told))
    for to, at in (told.get("sent") or {}).items():
        yield Deed(script.at(at), f"gửi báo cáo {period} tới {to}", lambda to=to: _send(house, period, to))


def _make(house: House, period: str, told: Told) -> None:
    person = house.person(told.get("made_by", "secretariat"))
    person.press(person.open(f"bao-cao/{period}/"), "/lap/")


def _sign(house: House, period: str, told: Told) -> None:
    house.person(told.get("by", "leader")).sign(f"bao-cao/{period}/", "/ky/")


def _send(house: House, period: str, to: str) -> None:
    clerk = house.person("clerk")
    clerk.press(clerk.open(f"bao-cao/{period}/"), "/gui/", noi_nhan=to)


def _of_agency(house: House, month: str, agency: str, told: Told) -> Iterator[Deed]:
    script, said = house.script, f"báo cáo {month} của {agency}"
    if told.get("sent"):
        yield Deed(script.at(told["sent"]), f"gửi {said}", lambda: _write_and_send(house, month, agency))
    if told.get("returned"):
        yield Deed(script.at(told["returned"]), f"trả lại {said}", lambda: _return(house, month, agency))
    if told.get("taken_back"):
        yield Deed(script.at(told["taken_back"]), f"rút {said}", lambda: _take_back(house, month, agency))
    if told.get("sent_again"):
        yield Deed(script.at(told["sent_again"]), f"gửi lại {said}", lambda: _write_and_send(house, month, agency))
    if told.get("received"):
        yield Deed(script.at(told["received"]), f"nhận {said}", lambda: _receive(house, month, agency))
    if told.get("on_paper"):
        yield Deed(script.at(told["entered"]), f"nhập giấy {said}", lambda: _enter(house, month, agency, told))


def _speaks(house: House, agency: str):
    people = house.script.people
    return house.person(
        next(who for who in people if people[who]["agency"] == agency and people[who].get("decides", True))
    )


def _collector(house: House):
    return house.person(house.script.told["collector"])


def _where(month: str, agency: str) -> str:
    return f"bao-cao/co-quan/{month}/{agency}/"


def _write_and_send(house: House, month: str, agency: str) -> None:
    person = _speaks(house, agency)
    page = person.open(_where(month, agency))
    if not page.forms("/ghi/"):
        page = person.press(page, "/lap/")
    said = {name: "Đã làm theo kế hoạch." for name, _ in page.form("/ghi/").fields if name.startswith("phan-")}
    person.press(page, "/ghi/", ("gui", "1"), **said)


def _take_back(house: House, month: str, agency: str) -> None:
    person = _speaks(house, agency)
    person.press(person.open(_where(month, agency)), "/rut/")


def _return(house: House, month: str, agency: str) -> None:
    person = _collector(house)
    person.press(person.open(_where(month, agency)), "/tra-lai/", ly_do="Thiếu số liệu.")


def _receive(house: House, month: str, agency: str) -> None:
    person = _collector(house)
    person.press(person.open(_where(month, agency)), "/nhan/")


def _enter(house: House, month: str, agency: str, told: Told) -> None:

    person, arrived = _collector(house), house.script.at(told["on_paper"])
    page = person.open(_where(month, agency))
    said = {name: "Theo bản giấy." for name, _ in page.form("/ban-giay/").fields if name.startswith("phan-")}
    filled = {"ngay": f"{arrived:%d/%m/%Y}", "gio": f"{arrived:%H:%M}", "ban_quet": picture()}
    person.press(page, "/ban-giay/", **said, **filled)
