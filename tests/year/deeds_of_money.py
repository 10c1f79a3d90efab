"""Money: sources and their lines, requests to spend, payments; the yearly estimate put before the authority."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from year.deeds import Deed, number_in, typed
from year.house import House
from year.pages import picture

__all__ = ["deeds"]

Told = dict[str, Any]


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of the script's money."""
    script = house.script
    money = script.table("money")
    for one in money.get("sources") or ():
        yield Deed(script.at(one["entered"]), f"ghi nguồn {one['name']}", lambda one=one: _enter(house, one))
        for more in one.get("allotted") or ():
            told = f"cấp thêm {one['name']}"
            yield Deed(script.at(more["at"]), told, lambda one=one, more=more: _allot(house, one, more))
    for one in money.get("requests") or ():
        yield from _request(house, one)
    if script.table("budget"):
        yield from _budget(house, dict(script.table("budget")))


def _request(house: House, one: Told) -> Iterator[Deed]:
    script = house.script
    yield Deed(script.at(one["asked"]), f"đề nghị chi {one['id']}", lambda: _ask(house, one))
    for word, done in (("approved", _approve), ("refused", _refuse), ("cancelled", _cancel), ("settled", _settle)):
        if one.get(word):
            yield Deed(script.at(one[word]), f"{word} {one['id']}", lambda done=done: done(house, one))
    for payment in one.get("paid") or ():
        yield Deed(script.at(payment["at"]), f"chi {one['id']}", lambda payment=payment: _pay(house, one, payment))


def _manager(house: House):
    return house.person(house.script.table("money")["manager"])


def _enter(house: House, one: Told) -> None:
    person = _manager(house)
    filled: Told = {"nam": str(house.script.year), "loai": one.get("kind", "budget"), "ten": one["name"]}
    filled |= {"cap_boi": one["by"], "so": one["paper"], "ngay": typed(house.script, one["dated"])}
    filled |= {"khoan": list(one["lines"]), "so_tien": [str(amount) for amount in one["lines"].values()]}
    person.press(person.open("kinh-phi/"), "/nguon/ghi/", **filled)


def _allot(house: House, one: Told, more: Told) -> None:
    person = _manager(house)
    amount = more["amount"]
    filled = {"khoan": more["line"], "so_tien": str(abs(amount)), "chieu": "giam" if amount < 0 else "tang"}
    filled |= {"so": more["paper"], "ngay": typed(house.script, more["dated"])}
    person.press(person.open("kinh-phi/"), "/cap/", **filled)


def _ask(house: House, one: Told) -> None:
    person = house.person(one["by"])
    page = person.open("kinh-phi/de-nghi/moi/")
    lines = page.choices("/de-nghi/moi/", "khoan")
    line = next(value for words, value in lines.items() if one["line"] in words)
    filled: Told = {"khoan": line, "ten": one["title"], "can_cu": "kế hoạch năm"}
    filled |= {"noi_dung": [one["title"]], "so_luong": ["1"], "don_vi": ["gói"], "don_gia": [str(one["amount"])]}
    page = person.press(page, "/de-nghi/moi/", **filled)
    one["number"] = number_in(page.address, "de-nghi")


def _own(one: Told) -> str:
    return f"kinh-phi/de-nghi/{one['number']}/"


def _approve(house: House, one: Told) -> None:
    person = house.person(one.get("approved_by", "leader"))
    person.press(person.open(_own(one)), "/duyet/", dung_luat="1")


def _refuse(house: House, one: Told) -> None:
    person = house.person(one.get("approved_by", "leader"))
    person.press(person.open(_own(one)), "/tu-choi/", vi_sao="Chưa cần.")


def _cancel(house: House, one: Told) -> None:
    person = house.person(one["by"])
    person.press(person.open(_own(one)), "/huy/", vi_sao="Không làm nữa.")


def _settle(house: House, one: Told) -> None:
    person = _manager(house)
    person.press(person.open(_own(one)), "/quyet-toan/")


def _pay(house: House, one: Told, payment: Told) -> None:
    person, day = _manager(house), f"{house.script.at(payment['at']):%d/%m/%Y}"
    filled: Told = {
        "so_tien": str(payment["amount"]),
        "ngay_chi": day,
        "noi_dung": "thanh toán",
        "so": payment["paper"],
    }
    person.press(person.open(_own(one)), "/chi/", **filled, ngay=day, tep=picture("hoa-don.png"))


def _budget(house: House, told: Told) -> Iterator[Deed]:
    script = house.script
    for agency, one in told["estimates"].items():
        yield Deed(
            script.at(one["sent"]), f"dự toán {agency}", lambda agency=agency, one=one: _estimate(house, agency, one)
        )
    yield Deed(script.at(told["consolidated"]), "tổng hợp dự toán", lambda: _consolidate(house))
    if told.get("submitted"):
        yield Deed(script.at(told["submitted"]), "trình dự toán", lambda: _submit(house, told))


def _estimate(house: House, agency: str, one: Told) -> None:
    person = house.person(agency)
    page = person.open(f"kinh-phi/du-toan/{house.script.year + 1}/{agency}/")
    filled = {"noi_dung": [one["content"]], "can_cu": ["kế hoạch"], "so_luong": ["1"], "don_vi": ["gói"]}
    page = person.press(page, "/ghi/", **filled, don_gia=[str(one["amount"])], so_thang=["1"], nguon_goc=[""])
    person.press(page, "/gui/")


def _consolidate(house: House) -> None:
    person = house.person("TCKH")
    person.press(person.open(f"kinh-phi/tong-hop/{house.script.year + 1}/"), "/lap/")


def _submit(house: House, told: Told) -> None:
    person, day = house.person("TCKH"), f"{house.script.at(told['submitted']):%d/%m/%Y}"
    person.press(person.open(f"kinh-phi/tong-hop/{house.script.year + 1}/"), "/trinh/", so=told["paper"], ngay=day)
