"""Written rounds, plans, powers, the group's own rules, matters to be decided, replies to the board of duties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from year.deeds import Deed, number_in, refused, typed
from year.house import House

__all__ = ["deeds"]

Told = dict[str, Any]


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of the script that are neither tasks nor meetings, reports or money."""
    yield from _rounds(house)
    yield from _plans(house)
    yield from _powers(house)
    yield from _rules(house)
    yield from _matters(house)
    yield from _replies(house)


# ------------------------------------------------------------------ written rounds


def _rounds(house: House) -> Iterator[Deed]:
    script = house.script
    for one in script.list("rounds"):
        yield Deed(script.at(one["asked"]), f"hỏi bằng văn bản {one['id']}", lambda one=one: _ask(house, one))
        for who, answer in (one.get("answers") or {}).items():
            told = f"{who} trả lời {one['id']}"
            yield Deed(
                script.at(answer["at"]), told, lambda one=one, who=who, to=answer["says"]: _answer(house, one, who, to)
            )
        if one.get("closed"):
            yield Deed(script.at(one["closed"]), f"chốt {one['id']}", lambda one=one: _close_round(house, one))


def _ask(house: House, one: Told) -> None:
    script, leader = house.script, house.person(one.get("by", "leader"))
    page, closes = leader.open("hop/lay-y-kien/moi/"), script.at(one["closes"])
    filled: Told = {"viec_hoi": one["matter"], "vi_sao": one.get("why", "việc gấp, không kịp họp")}
    filled |= {"ngay": f"{closes:%d/%m/%Y}", "gio": f"{closes:%H:%M}"}
    if one.get("whom"):
        boxes = page.boxes("lay-y-kien/moi/", "ghe")
        filled["ghe"] = [
            next(value for words, value in boxes.items() if script.name(who) in words) for who in one["whom"]
        ]
    page = leader.press(page, "lay-y-kien/moi/", **filled)
    one["number"] = number_in(page.address, "lay-y-kien")


def _answer(house: House, one: Told, who: str, choice: str) -> None:
    person = house.person(who)
    page = person.open(f"hop/lay-y-kien/{one['number']}/")
    person.press(page, "/tra-loi/", phieu=choice, noi_dung="đã xem hồ sơ")


def _close_round(house: House, one: Told) -> None:
    person = house.person("secretariat")
    person.press(person.open(f"hop/lay-y-kien/{one['number']}/"), "/chot/")


# ------------------------------------------------------------------ plans


def _plans(house: House) -> Iterator[Deed]:
    script = house.script
    for one in script.list("plans"):
        said = f"{one['kind']} {one.get('agency', '')}"
        yield Deed(script.at(one["begun"]), f"soạn {said}", lambda one=one: _begin(house, one))
        if one.get("approved"):
            yield Deed(script.at(one["approved"]), f"duyệt {said}", lambda one=one: _approve(house, one))
        if one.get("issued"):
            yield Deed(script.at(one["issued"]), f"ban hành {said}", lambda one=one: _issue(house, one))
        if one.get("filed"):
            yield Deed(script.at(one["filed"]), f"nộp {said}", lambda one=one: _file(house, one))


def _begin(house: House, one: Told) -> None:
    person, script = house.person(one.get("by", "secretariat")), house.script
    filled = {"loai": one["kind"], "nam": str(script.year), "ten": one["title"], "co_quan": one.get("agency", "")}
    page = person.press(person.open("ke-hoach/"), "ke-hoach/", **filled)
    one["number"] = number_in(page.address, "ke-hoach")
    for line in one["lines"]:
        page = person.press(
            page,
            "/dong/",
            noi_dung=line["content"],
            chu_tri=line["lead"],
            han=typed(script, line["due"]),
            san_pham="báo cáo",
        )
    if one["kind"] != "subplan":
        person.press(page, "/trinh/")


def _plan(one: Told) -> str:
    return f"ke-hoach/{one['number']}/"


def _approve(house: House, one: Told) -> None:
    leader = house.person("leader")
    leader.press(leader.open(_plan(one)), "/duyet/")


def _issue(house: House, one: Told) -> None:
    leader = house.person("leader")
    leader.press(leader.open(_plan(one)), "/so/", so=one["label"])


def _file(house: House, one: Told) -> None:
    person = house.person(one["by"])
    person.press(person.open(_plan(one)), "/nop/")


# ------------------------------------------------------------------ absences and delegations of the leader


def _powers(house: House) -> Iterator[Deed]:
    script = house.script
    for one in script.list("leader_away"):
        yield Deed(script.at(one["said"]), "Tổ trưởng vắng", lambda one=one: _go_away(house, one))
    for one in script.list("delegations"):
        yield Deed(script.at(one["said"]), "ủy quyền", lambda one=one: _delegate(house, one))
        if one.get("revoked"):
            yield Deed(script.at(one["revoked"]), "thu hồi ủy quyền", lambda one=one: _revoke(house, one))


def _span(house: House, one: Told) -> dict[str, str]:
    since, until = house.script.at(one["from"]), house.script.at(one["to"])
    return {
        "tu": f"{since:%d/%m/%Y}",
        "gio_tu": f"{since:%H:%M}",
        "den": f"{until:%d/%m/%Y}",
        "gio_den": f"{until:%H:%M}",
        "ly_do": one.get("why", "đi công tác"),
    }


def _go_away(house: House, one: Told) -> None:
    leader = house.person("leader")
    page = leader.open("nhan-su/dieu-hanh/")
    seat = next(link for link in page.tree.xpath("//a/@href") if "#vang-moi" in link)
    leader.press(leader.open(seat.split("#")[0]), "/vang/", **_span(house, one))


def _delegate(house: House, one: Told) -> None:
    leader = house.person("leader")
    page = leader.open("nhan-su/dieu-hanh/")
    takers = page.choices("/uy-quyen/", "cho")
    to = next(value for words, value in takers.items() if house.script.name("standing_deputy") in words)
    leader.press(page, "/uy-quyen/", cho=to, **_span(house, one))


def _revoke(house: House, one: Told) -> None:
    leader = house.person("leader")
    leader.press(leader.open("nhan-su/dieu-hanh/"), "/thu-hoi/", ly_do="Tổ trưởng đã về.")


# ------------------------------------------------------------------ the group's own rules


def _rules(house: House) -> Iterator[Deed]:
    for one in house.script.list("local_rules"):
        yield Deed(house.script.at(one["at"]), f"quy ước {one['gap']}", lambda one=one: _set(house, one))


def _set(house: House, one: Told) -> None:
    leader = house.person("leader")
    filled = {"gap": one["gap"], "chon": f"{one['gap']}:{one['choice']}" if one.get("choice") else ""}
    filled |= {"quy_uoc": one.get("text", ""), "ngay": str(one.get("before_day", ""))}
    if one.get("next_working_day"):
        filled["chuyen"] = "1"
    leader.press(leader.open("quy-che/de-ngo/"), "/dat/", **filled)


# ------------------------------------------------------------------ matters


def _matters(house: House) -> Iterator[Deed]:
    script = house.script
    for one in script.list("matters"):
        yield Deed(script.at(one["put"]), f"việc cần quyết {one['id']}", lambda one=one: _put(house, one))
        if one.get("escalated"):
            yield Deed(
                script.at(one["escalated"]), f"trình Tổ trưởng {one['id']}", lambda one=one: _escalate(house, one)
            )
        if one.get("settled"):
            yield Deed(script.at(one["settled"]), f"quyết {one['id']}", lambda one=one: _settle(house, one))
        if one.get("refused"):
            told = f"không được quyết {one['id']}"
            yield Deed(script.at(one["refused"]), told, refused(lambda one=one: _settle(house, one)))


def _put(house: House, one: Told) -> None:
    person = house.person(one.get("put_by", "standing_deputy"))
    filled = {"viec": one["title"], "noi_dung": "Xin ý kiến."}
    filled |= {"quan_trong": "1"} if one.get("important") else {}
    filled |= {"vuot": "1"} if one.get("exceeds") else {}
    page = person.press(person.open("nhiem-vu/can-quyet/"), "/can-quyet/", **filled)
    one["number"] = number_in(page.address, "can-quyet")


def _matter(one: Told) -> str:
    return f"nhiem-vu/can-quyet/{one['number']}/"


def _escalate(house: House, one: Told) -> None:
    person = house.person("standing_deputy")
    person.press(person.open(_matter(one)), "/bao-cao/", loi="Báo cáo Tổ trưởng.")


def _settle(house: House, one: Told) -> None:
    person = house.person(one["by"])
    person.press(person.open(_matter(one)), "/quyet/", loi="Làm theo phương án một.")


# ------------------------------------------------------------------ replies


def _replies(house: House) -> Iterator[Deed]:
    script = house.script
    for one in script.list("explained"):
        yield Deed(script.at(one["at"]), f"giải trình {one['action']}", lambda one=one: _explain(house, one))
        for word, takes in (("accepted", "1"), ("refused", "0")):
            if one.get(word):
                told = f"xem giải trình {one['action']}"
                yield Deed(script.at(one[word]), told, lambda one=one, takes=takes: _weigh(house, one, takes))


def _cell(house: House, one: Told) -> dict[str, str]:
    return {"nam": str(house.script.year), "o": one["norm"], "thang": one["month"]}


def _explain(house: House, one: Told) -> None:
    person = house.person(one["by"])
    page = person.open("tuan-thu/", **_cell(house, one))
    boxes = [name for name, value in page.form("/giai-trinh/").fields if name == "ben"]
    assert boxes or page.text, "the cell offers its duties"
    bearer = next(
        box.get("value")
        for box in page.tree.xpath('//input[@name="ben"]')
        if box.get("value").startswith(one["bearer"] + "|")
    )
    person.press(page, "/giai-trinh/", ben=bearer, loi=one["why"])


def _weigh(house: House, one: Told, takes: str) -> None:
    person = house.person("standing_deputy")
    page = person.open("tuan-thu/", **_cell(house, one))
    found = [
        form
        for form in page.tree.forms
        if "/giai-trinh/" in (form.action or "") and form.xpath('.//button[@name="nhan"]')
    ]
    ending = found[0].action.split("giai-trinh")[1]
    person.press(page, f"giai-trinh{ending}", ("nhan", takes), ly_do="Đã xem xét.")
