"""Urging letters, commendations, violations, the replacement of a member: what a secretariat's year has beside work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from year.deeds import Deed, number_in, typed
from year.house import House
from year.recount import Recount

__all__ = ["deeds"]

Told = dict[str, Any]
Step = Callable[[House, Told], None]


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of the script's urging letters and of conduct."""
    script = house.script
    for one in script.list("urged"):
        yield Deed(script.at(one["at"]), f"đôn đốc {one['id']}", lambda one=one: _urge(house, one))
        for agency, signed in (one.get("signed") or {}).items():
            if one.get("appraised"):
                told = f"thẩm định công văn đôn đốc {agency}"
                at = script.at(one["appraised"])
                yield Deed(at, told, lambda one=one, agency=agency: _appraise_letter(house, one, agency))
            told = f"ký công văn đôn đốc {agency}"
            yield Deed(script.at(signed), told, lambda one=one, agency=agency: _sign_letter(house, one, agency))
    for name, begin, steps in (
        ("commendations", ("proposed", _propose), (("granted", _grant), ("submitted", _submit), ("answered", _answer))),
        ("violations", ("recorded", _record), (("heard", _hear), ("handled", _handle), ("passed", _pass_on))),
        ("replacements", ("put", _put_forward), (("letter", _letter), ("answered", _named), ("done", _seat))),
    ):
        for one in script.list(name):
            yield from _through(house, one, begin, steps)


def _through(house: House, one: Told, begin: tuple[str, Step], steps: tuple[tuple[str, Step], ...]) -> Iterator[Deed]:
    script = house.script
    for word, done in (begin, *steps):
        if one.get(word):
            yield Deed(script.at(one[word]), f"{word} {one['id']}", lambda done=done: done(house, one))
    for word, step in (("withdrawn", _withdraw), ("dropped", _drop)):
        if one.get(word):
            yield Deed(script.at(one[word]), f"{word} {one['id']}", lambda step=step: step(house, one))


# ------------------------------------------------------------------ urging letters


def _urge(house: House, one: Told) -> None:
    """Tick tasks in their list and let one letter be drafted to each agency that is late."""
    person, known = (
        house.person(one.get("by", "secretariat")),
        Recount(house.script, house.script.at(one["at"])).tasks(),
    )
    page = person.open("nhiem-vu/", xem="")
    chosen = {str(task["number"]) for _, task in known if task["id"] in one["ticked"]}
    assert len(chosen) == len(one["ticked"])
    assert chosen <= set(page.boxes("/cung-luc/", "chon").values()), "what is ticked stands in the list"
    page = person.press(page, "/cung-luc/", viec="don_doc", chon=sorted(chosen))
    one["letters"] = _letters(page)


def _letters(page: Any) -> dict[str, int]:
    """Which draft goes to which agency: the only one opens by itself, several are listed."""
    if "/van-ban/" in page.address:
        return {"": number_in(page.address, "van-ban")}
    rows = page.tree.xpath("//tbody/tr")
    return {
        " ".join(row.xpath("th|td")[0].text_content().split()): number_in(row.xpath(".//a/@href")[0], "van-ban")
        for row in rows
    }


def _letter_to(house: House, one: Told, agency: str) -> str:
    name = Recount(house.script, house.script.at(one["at"])).law["names"][agency]
    return f"van-ban/{one['letters'].get(name) or one['letters']['']}/"


def _appraise_letter(house: House, one: Told, agency: str) -> None:
    office = house.person("deputy")
    office.press(office.open(_letter_to(house, one, agency)), "/tham-dinh/", dong_y="1", y_kien="Đúng thẩm quyền.")


def _sign_letter(house: House, one: Told, agency: str) -> None:
    house.person(one.get("signed_by", "leader")).sign(_letter_to(house, one, agency), "/ky/")


# ------------------------------------------------------------------ commendations


def _day(house: House, one: Told, word: str) -> str:
    return f"{house.script.at(one[word]):%d/%m/%Y}"


def _own(where: str, one: Told) -> str:
    return f"{where}/{one['number']}/"


def _propose(house: House, one: Told) -> None:
    person, year = house.person(one.get("by", "secretariat")), house.script.year
    page = person.open("khen-thuong/moi/", tu=f"01/01/{year}", den=_day(house, one, "proposed"))
    filled: Told = {"ten": one["title"], "hinh_thuc": one["form"], "can_cu": one["ground"]}
    rows = one["parties"]
    filled |= {"co_quan": [each["agency"] for each in rows], "ho_ten": [each.get("name", "") for each in rows]}
    filled |= {
        "chuc_vu": [each.get("post", "") for each in rows],
        "thanh_tich": [each.get("deeds", "") for each in rows],
    }
    page = person.press(page, "khen-thuong/moi/", **filled)
    one["number"] = number_in(page.address, "khen-thuong")


def _grant(house: House, one: Told) -> None:
    leader = house.person("leader")
    filled = {"so": one["paper"], "ngay": _day(house, one, "granted"), "trong_tham_quyen": "1"}
    leader.press(leader.open(_own("khen-thuong", one)), "/khen/", **filled)


def _submit(house: House, one: Told) -> None:
    leader = house.person(one.get("submitted_by", "leader"))
    filled = {"so": one["letter"], "ngay": _day(house, one, "submitted")}
    leader.press(leader.open(_own("khen-thuong", one)), "/trinh/", **filled)


def _answer(house: House, one: Told) -> None:
    person = house.person("secretariat")
    filled = {"ket_qua": one["result"], "so": one["paper"], "ngay": _day(house, one, "answered")}
    person.press(person.open(_own("khen-thuong", one)), "/ket-qua/", **filled)


def _withdraw(house: House, one: Told) -> None:
    person = house.person(one.get("by", "secretariat"))
    person.press(person.open(_own("khen-thuong", one)), "/rut/", vi_sao="Chưa đủ căn cứ.")


# ------------------------------------------------------------------ violations


def _record(house: House, one: Told) -> None:
    person = house.person(one.get("by", "leader"))
    filled = {"ho_ten": one["name"], "chuc_vu": one["post"], "co_quan": one["agency"]}
    filled |= {"hanh_vi": one["acts"], "quy_dinh": one["rules"], "ngay": typed(house.script, one["happened"])}
    page = person.press(person.open("vi-pham/moi/"), "vi-pham/moi/", **filled)
    one["number"] = number_in(page.address, "vi-pham")


def _opened(house: House, one: Told) -> Any:
    """Open a file, which wants a purpose once in a session."""
    leader = house.person("leader")
    page = leader.open(_own("vi-pham", one))
    if page.forms("/muc-dich/"):
        page = leader.press(page, "/muc-dich/", muc_dich="xem xét, xử lý vi phạm")
    return page


def _hear(house: House, one: Told) -> None:
    house.person("leader").press(_opened(house, one), "/trinh-bay/", loi="Xin nhận khuyết điểm.")


def _handle(house: House, one: Told) -> None:
    filled = {"hinh_thuc": "phê bình trước tổ", "so": one["paper"], "trong_tham_quyen": "1"}
    house.person("leader").press(_opened(house, one), "/xu-ly/", **filled)


def _pass_on(house: House, one: Told) -> None:
    filled = {"noi_nhan": one["passed_to"], "so": one["paper"]}
    house.person("leader").press(_opened(house, one), "/chuyen/", **filled)


def _drop(house: House, one: Told) -> None:
    house.person("leader").press(_opened(house, one), "/ket-thuc/", vi_sao="Xem lại thì không vi phạm.")


# ------------------------------------------------------------------ the replacement of a member


def _put_forward(house: House, one: Told) -> None:
    person = house.person(one.get("by", "leader"))
    page = person.open("nhan-su/thay/")
    name = house.script.name(one["member"])
    rows = page.tree.xpath('//section[contains(@aria-labelledby, "chon")]//a/@href')
    href = next(each for each in rows if name in person.open(each).words)
    page = person.press(person.open(href), "/neu/", can_cu=one["ground"])
    one["number"] = number_in(page.address, "thay")


def _letter(house: House, one: Told) -> None:
    person = house.person("secretariat")
    person.press(person.open(_own("nhan-su/thay", one)), "/cong-van/")


def _named(house: House, one: Told) -> None:
    person = house.person("secretariat")
    filled = {"so": one["paper"], "dong_y": "1" if one.get("nominee") else "0", "nguoi": one.get("nominee", "")}
    filled |= {"chuc_vu": one.get("post", ""), "y_kien": "Đã xem đề nghị."}
    person.press(person.open(_own("nhan-su/thay", one)), "/tra-loi/", **filled)


def _seat(house: House, one: Told) -> None:
    leader = house.person("leader")
    leader.press(leader.open(_own("nhan-su/thay", one)), "/xong/")
