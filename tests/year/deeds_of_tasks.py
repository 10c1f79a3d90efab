"""Tasks: given, reported on, finished, accepted, sent back, extended, called off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from year.deeds import Deed, number_in, typed
from year.house import House

__all__ = ["after_giving", "deeds"]

Told = dict[str, Any]


def deeds(house: House) -> Iterator[Deed]:
    """The deeds of every task of the script."""
    for task in house.script.list("tasks"):
        yield Deed(house.script.at(task["given"]), f"giao việc {task['id']}", lambda task=task: _give(house, task))
        yield from after_giving(house, task)


def after_giving(house: House, task: Told) -> Iterator[Deed]:
    """What happens to a task once it is there, wherever it came from."""
    script, lead = house.script, task["lead"]
    for at, percent in (task.get("progress") or {}).items():
        said = f"{task['id']} được {percent} %"
        yield Deed(script.at(at), said, lambda task=task, percent=percent: _report(house, task, str(percent)))
    for at in _several(task.get("done")):
        yield Deed(script.at(at), f"{lead} báo xong {task['id']}", lambda task=task: _finish(house, task))
    for at in _several(task.get("returned")):
        yield Deed(script.at(at), f"trả lại {task['id']}", lambda task=task: _answer(house, task, "tra_lai"))
    if task.get("accepted"):
        yield Deed(
            script.at(task["accepted"]), f"nghiệm thu {task['id']}", lambda task=task: _answer(house, task, "nhan")
        )
    if task.get("cancelled"):
        yield Deed(script.at(task["cancelled"]), f"hủy {task['id']}", lambda task=task: _cancel(house, task))
    yield from _time(house, task)


def _time(house: House, task: Told) -> Iterator[Deed]:
    asked = task.get("extension")
    if not asked:
        return
    script = house.script
    yield Deed(script.at(asked["asked"]), f"xin gia hạn {task['id']}", lambda: _ask_time(house, task, asked))
    for word, answer in (("granted", "co"), ("refused", "khong")):
        if asked.get(word):
            said = f"trả lời gia hạn {task['id']}"
            yield Deed(script.at(asked[word]), said, lambda answer=answer: _answer_time(house, task, asked, answer))


def _several(given: Any) -> list[str]:
    return list(given) if isinstance(given, list) else [given] if given else []


def _page(task: Told) -> str:
    return f"nhiem-vu/{task['number']}/"


def _give(house: House, task: Told) -> None:
    giver = house.person(task.get("by", "leader"))
    filled = {
        "viec": task["title"],
        "chu_tri": task["lead"],
        "han": typed(house.script, task["due"]),
        "nguon": task.get("origin", "directive"),
    }
    page = giver.press(giver.open("nhiem-vu/moi/"), "nhiem-vu/moi/", **filled)
    task["number"] = number_in(page.address, "nhiem-vu")


def _speaks(house: House, task: Told):
    return house.person(
        task.get("spoken_by") or next(who for who in house.script.people if _sits(house, who, task["lead"]))
    )


def _sits(house: House, who: str, agency: str) -> bool:
    person = house.script.people[who]
    return person["agency"] == agency and person.get("decides", True)


def _report(house: House, task: Told, percent: str) -> None:
    agency = _speaks(house, task)
    agency.press(agency.open(_page(task)), "/bao-cao/", phan_tram=percent, loi="Đang làm.")


def _finish(house: House, task: Told) -> None:
    agency = _speaks(house, task)
    agency.press(agency.open(_page(task)), "/bao-cao/", phan_tram="100", xong="1", loi="Đã làm xong.")


def _answer(house: House, task: Told, answer: str) -> None:
    giver = house.person(task.get("accepted_by") or task.get("by", "leader"))
    giver.press(giver.open(_page(task)), "/nghiem-thu/", ("tra_loi", answer), loi="Đã xem kết quả.")


def _cancel(house: House, task: Told) -> None:
    giver = house.person(task.get("by", "leader"))
    giver.press(giver.open(_page(task)), "/huy/", loi="Không còn cần.")


def _ask_time(house: House, task: Told, asked: Told) -> None:
    agency = _speaks(house, task)
    agency.press(agency.open(_page(task)), "/gia-han/", den_ngay=typed(house.script, asked["to"]), loi="Chờ số liệu.")


def _answer_time(house: House, task: Told, asked: Told, answer: str) -> None:
    giver = house.person(task.get("by", "leader"))
    filled = {"den_ngay": typed(house.script, asked["to"]), "loi": "Đã xem."}
    giver.press(giver.open(_page(task)), "/gia-han/tra-loi/", ("tra_loi", answer), **filled)
