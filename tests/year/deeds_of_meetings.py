"""Meetings from the thought to the signed minutes: convened, reported for, stayed away from, voted in, concluded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from year.deeds import Deed, number_in, typed
from year.deeds_of_tasks import after_giving
from year.house import House
from year.pages import Page, Person

__all__ = ["deeds"]

Told = dict[str, Any]
CHOICES = ("favour", "against", "other")
MINUTE = timedelta(minutes=1)


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of every meeting of the script."""
    for meeting in house.script.list("meetings"):
        yield from _before(house, meeting)
        yield from _sitting(house, meeting)
        yield from _after(house, meeting)


def _before(house: House, meeting: Told) -> Iterator[Deed]:
    script, said = house.script, meeting["id"]
    yield Deed(script.at(meeting["prepared"]), f"chuẩn bị {said}", lambda: _prepare(house, meeting))
    yield Deed(script.at(meeting["convened"]), f"triệu tập {said}", lambda: _convene(house, meeting))
    content = meeting.get("content")
    if content:
        yield Deed(script.at(content["at"]), f"nội dung {said}", lambda: _ready(house, meeting, content["by"]))
    for who, at in (meeting.get("reports") or {}).items():
        yield Deed(script.at(at), f"{who} nộp báo cáo cho {said}", lambda who=who: _file(house, meeting, who))
    for who, away in (meeting.get("absent") or {}).items():
        if away.get("reported"):
            told = f"{who} báo vắng {said}"
            yield Deed(
                script.at(away["reported"]), told, lambda who=who, away=away: _stay_away(house, meeting, who, away)
            )
        for word in ("consent", "refused"):
            if away.get(word):
                answer = "dong-y" if word == "consent" else "khong"
                told = f"trả lời báo vắng của {who}"
                yield Deed(
                    script.at(away[word]), told, lambda who=who, answer=answer: _consent(house, meeting, who, answer)
                )


def _sitting(house: House, meeting: Told) -> Iterator[Deed]:
    script, said = house.script, meeting["id"]
    if not meeting.get("opens"):
        return
    opens = script.at(meeting["opens"])
    yield Deed(opens, f"khai mạc {said}", lambda: _open(house, meeting))
    yield Deed(opens, f"điểm danh {said}", lambda: _call_the_roll(house, meeting))
    for who, span in (meeting.get("comes_and_goes") or {}).items():
        for word in ("in", "out"):
            if span.get(word):
                told = f"{who} {word} {said}"
                yield Deed(script.at(span[word]), told, lambda who=who, word=word: _roll(house, meeting, who, word))
    for vote in meeting.get("votes") or ():
        yield Deed(
            script.at(vote["at"]),
            f"biểu quyết mục {vote['item']} {said}",
            lambda vote=vote: _vote(house, meeting, vote),
        )
    for decision in meeting.get("decided_by_leader") or ():
        told = f"Tổ trưởng quyết mục {decision['item']} {said}"
        yield Deed(script.at(decision["at"]), told, lambda one=decision: _decide(house, meeting, one))
    closes = script.at(meeting["closes"])
    for point in meeting.get("conclusions") or ():
        yield Deed(closes - MINUTE, f"kết luận {point['id']}", lambda point=point: _conclude(house, meeting, point))
    yield Deed(closes, f"bế mạc {said}", lambda: _close(house, meeting))


def _after(house: House, meeting: Told) -> Iterator[Deed]:
    script = house.script
    for point in meeting.get("conclusions") or ():
        if point.get("assigned"):
            told = f"giao kết luận {point['id']}"
            yield Deed(script.at(point["assigned"]), told, lambda point=point: _assign(house, meeting, point))
            yield from after_giving(house, point)
    minutes = meeting.get("minutes")
    if minutes:
        told = f"ký biên bản {meeting['id']}"
        yield Deed(script.at(minutes["at"]), told, lambda: _sign_minutes(house, meeting, minutes["by"]))


# ------------------------------------------------------------------ before


def _own(house: House, meeting: Told, who: str) -> tuple[Person, Page]:
    person = house.person(who)
    return person, person.open(f"hop/{meeting['number']}/")


def _live(house: House, meeting: Told, who: str = "secretariat") -> tuple[Person, Page]:
    person = house.person(who)
    return person, person.open(f"hop/{meeting['number']}/dieu-hanh/")


def _prepare(house: House, meeting: Told) -> None:
    person, script = house.person("secretariat"), house.script
    page = person.open("hop/moi/")
    opens = script.at(meeting.get("opens") or meeting["planned"])
    closes = script.at(meeting.get("closes") or meeting["planned"]) + timedelta(
        minutes=0 if meeting.get("closes") else 120
    )
    chairs = page.choices("hop/moi/", "chu_tri")
    keepers = page.choices("hop/moi/", "thu_ky")
    page = person.press(
        page,
        "hop/moi/",
        loai=meeting["kind"],
        ten=meeting["title"],
        ngay=f"{opens:%d/%m/%Y}",
        tu_gio=f"{opens:%H:%M}",
        den_gio=f"{closes:%H:%M}",
        dia_diem="Phòng họp số 1",
        chu_tri=_value(chairs, script.name(meeting.get("chair", "leader"))),
        thu_ky=_value(keepers, script.name("secretariat")),
        phien_truoc="",
        moi="ca-to",
    )
    meeting["number"] = number_in(page.address, "hop")
    for title in meeting["items"]:
        page = person.press(page, "/noi-dung/", ("viec", "them"), ten=title, loai="decide")


def _value(choices: dict[str, str], name: str) -> str:
    return next(value for words, value in choices.items() if words.startswith(name))


def _convene(house: House, meeting: Told) -> None:
    person, page = _own(house, meeting, meeting.get("convened_by", meeting.get("chair", "leader")))
    person.press(page, "/trieu-tap/")


def _ready(house: House, meeting: Told, who: str) -> None:
    person, page = _own(house, meeting, who)
    person.press(page, "/san-sang/")


def _file(house: House, meeting: Told, who: str) -> None:
    person, page = _own(house, meeting, who)
    person.press(page, f"hop/{meeting['number']}/bao-cao/", noi_dung=f"Báo cáo phần việc của {house.script.name(who)}.")


def _stay_away(house: House, meeting: Told, who: str, away: Told) -> None:
    person, page = _own(house, meeting, who)
    filled = {"vi_sao": away.get("why", "bận"), "bao_cho": away.get("to", "leader")}
    if away.get("substitute"):
        filled |= {"ten": away["substitute"], "chuc_vu": "Phó phòng"}
    if away.get("opinion"):
        filled |= {"y_kien": away["opinion"]}
    person.press(page, "/bao-vang/", **filled)


def _consent(house: House, meeting: Told, who: str, answer: str) -> None:
    person, page = _own(house, meeting, meeting.get("chair", "leader"))
    person.press(page, "/dong-y-vang/", ("tra_loi", answer), near=house.script.name(who))


# ------------------------------------------------------------------ while it sits


def _open(house: House, meeting: Told) -> None:
    person, page = _live(house, meeting)
    person.press(page, "/khai-mac/")


def _call_the_roll(house: House, meeting: Told) -> None:
    """Who is there from the opening on; who sits in for somebody comes in as such."""
    script, away, later = house.script, meeting.get("absent") or {}, meeting.get("comes_and_goes") or {}
    here = [who for who in script.members if who not in away and not (later.get(who) or {}).get("in")]
    person, page = _live(house, meeting)
    page = person.press(page, "/diem-danh/", ("viec", "dan"), danh_sach="\n".join(script.name(who) for who in here))
    for who, told in away.items():
        if told.get("substitute") and not told.get("substitute_stays_away"):
            page = person.press(page, "/diem-danh/", ("viec", "thay"), near=script.name(who))


def _roll(house: House, meeting: Told, who: str, word: str) -> None:
    person, page = _live(house, meeting)
    person.press(page, "/diem-danh/", ("viec", {"in": "vao", "out": "ra"}[word]), near=house.script.name(who))


def _to_item(house: House, meeting: Told, place: int) -> tuple[Person, Page]:
    person, page = _live(house, meeting)
    title = meeting["items"][place - 1]
    if meeting.get("current") != place:
        page = person.press(page, "/muc/", ("viec", "sang"), near=title)
        meeting["current"] = place
    return person, page


def _vote(house: House, meeting: Told, vote: Told) -> None:
    script = house.script
    person, page = _to_item(house, meeting, vote["item"])
    filled: Told = {"hinh_thuc": {True: "kin", False: "cong-khai", None: ""}[vote.get("secret")]}
    if vote.get("question"):
        filled["noi_dung"] = vote["question"]
    if vote.get("interest"):
        boxes = page.boxes("/bieu-quyet/", "lien_quan")
        filled["lien_quan"] = [boxes[script.name(who)] for who in vote["interest"]]
    page = person.press(page, "/bieu-quyet/", **filled)
    for choice in CHOICES:
        for who in vote.get(choice) or ():
            voter, ballot = _live(house, meeting, who)
            voter.press(ballot, "/phieu/", ("phieu", choice))
    person, page = _live(house, meeting)
    person.press(page, "/bieu-quyet/", ("viec", "chot"))


def _decide(house: House, meeting: Told, decision: Told) -> None:
    person, page = _to_item(house, meeting, decision["item"])
    people = page.choices("/quyet-dinh/", "nguoi")
    for who, choice in (decision.get("positions") or {}).items():
        filled = {"nguoi": people[house.script.name(who)], "phieu": choice, "noi_dung": "đã trao đổi"}
        page = person.press(page, "/quyet-dinh/", **filled)
    leader, page = _live(house, meeting, "leader")
    leader.press(page, "/quyet-dinh/", ("viec", "quyet"), noi_dung=decision["text"])


def _conclude(house: House, meeting: Told, point: Told) -> None:
    person, page = _own(house, meeting, "secretariat")
    filled = {"noi_dung": point["text"], "chu_tri": point.get("lead", "")}
    if point.get("due"):
        filled["han"] = typed(house.script, point["due"])
    person.press(page, f"hop/{meeting['number']}/ket-luan/", near="Ghi", **filled)


def _close(house: House, meeting: Told) -> None:
    person, page = _live(house, meeting)
    person.press(page, "/be-mac/")


# ------------------------------------------------------------------ after


def _assign(house: House, meeting: Told, point: Told) -> None:
    person, page = _own(house, meeting, point.get("by", "leader"))
    page = person.press(page, "/giao-viec/", near=point["text"])
    row = next(one for one in page.tree.xpath("//tr") if point["text"] in one.text_content())
    (link,) = row.xpath('.//a[contains(@href, "/nhiem-vu/")]/@href')
    point["number"] = number_in(link, "nhiem-vu")


def _sign_minutes(house: House, meeting: Told, who: str) -> None:
    person, page = _own(house, meeting, "secretariat")
    page = person.press(page, f"hop/{meeting['number']}/van-ban/", ("mau", "minutes"))
    signers = page.boxes("/trinh-ky/", "nguoi_ky")
    name = house.script.name(who)
    person.press(page, "/trinh-ky/", nguoi_ky=next(value for words, value in signers.items() if words.startswith(name)))
    house.person(who).sign(page.address.split("?")[0], "/ky/", cach="tay")
