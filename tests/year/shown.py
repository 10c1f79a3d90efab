"""What the product says at the end: read from its pages, its frozen statements and its workbooks."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from datetime import datetime

import openpyxl

from year.house import House
from year.recount import Owed
from year.recount_of_money import Line
from year.recount_of_votes import Counted
from year.recount_of_work import NAMES
from year.script import TZ

CHOICES = ("Tán thành", "Không tán thành", "Ý kiến khác")
UNMEASURED = ("not_testable", "dormant")

__all__ = [
    "agencies",
    "board",
    "commendations",
    "duties",
    "freeze",
    "letters",
    "money",
    "numbers",
    "receipts",
    "replacements",
    "rounds",
    "violations",
    "votes",
    "workbook",
]


def freeze(house: House, month: str) -> None:
    """Let the standing deputy freeze the statement of a month that is over."""
    deputy = house.person("standing_deputy")
    deputy.press(deputy.open("tuan-thu/"), f"/{month}/chot/")


def duties(house: House, month: str) -> list[Owed]:
    """The duties of a frozen month, from the very file whose checksum its page shows."""
    deputy = house.person("standing_deputy")
    file = deputy.file(f"tuan-thu/{month}/ban.json")
    assert hashlib.sha256(file).hexdigest() in deputy.open(f"tuan-thu/{month}/").text
    return [_owed(house, month, one) for one in json.loads(file)["items"] if one["status"] not in UNMEASURED]


def _owed(house: House, month: str, one: dict[str, object]) -> Owed:
    cites = [".".join(str(part) for part in cited.values() if part) for cited in one["citations"]]
    due = datetime.fromisoformat(str(one["due_before"])).astimezone(TZ).isoformat() if one["due_before"] else ""
    return Owed(
        month,
        str(one["action"]),
        str(one["object"] or ""),
        str(one["bearer"]),
        str(one["period"]),
        due,
        " ".join(cites),
        str(one["status"]),
    )


def workbook(content: bytes) -> list[tuple[object, ...]]:
    """The rows of a list that a page hands out as a workbook, without its title and notes."""
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if sum(cell is not None for cell in row) > 2)
    return rows[top + 1 :]


def board(house: House) -> Counter[tuple[str, ...]]:
    """The rows of the board's workbook: month, event, bound and state, each as often as it stands there."""
    rows = workbook(house.person("leader").file("tuan-thu/", nam=str(house.script.year), dang="xlsx"))
    months = {f"{month[5:]}/{month[:4]}" for month in house.script.months}
    return Counter((str(row[0]), str(row[4]), str(row[5]), str(row[6])) for row in rows if row[0] in months)


# ------------------------------------------------------------------ votes and rounds


def votes(house: House) -> list[Counted]:
    """Every vote as the pages of the meetings show it."""
    person, found = house.person("secretariat"), []
    for meeting in house.script.list("meetings"):
        if not meeting.get("votes"):
            continue
        for panel in person.open(f"hop/{meeting['number']}/").tree.xpath(
            '//section[starts-with(@aria-labelledby, "bq-")]'
        ):
            head = _text(panel.xpath(".//h2")[0]).partition(": ")[2]
            said = " ".join(_text(one) for one in panel.xpath('.//p[contains(@class, "meta")]/span'))
            base = re.search(r"\b(\d+) có mặt trên (\d+) thành viên.*?cần (\d+) phiếu", said)
            assert base is not None, _text(panel)
            tally = {
                _text(row.xpath("dt")[0]): int(_text(row.xpath("dd")[-1]))
                for row in panel.xpath('.//dl[@class="tally"]/div')
            }
            counts = [tally[name] for name in CHOICES]
            outcome = _text(panel.xpath('.//div[@class="panel-head"]/span')[0])
            found.append(Counted(meeting["id"], head, int(base[2]), int(base[1]), int(base[3]), *counts, outcome))
    return found


def rounds(house: House) -> list[Counted]:
    """Every closed round as its page shows it."""
    person, found = house.person("secretariat"), []
    for one in house.script.list("rounds"):
        if not one.get("closed"):
            continue
        tree = person.open(f"hop/lay-y-kien/{one['number']}/").tree
        panel = tree.xpath('//section[@aria-labelledby="ket-qua"]')[0]
        told = re.search(r"tán thành (\d+), không (\d+), khác (\d+); cần (\d+); im lặng (\d+)", _text(panel))
        assert told is not None, _text(panel)
        favour, against, other, needed, silent = map(int, told.groups())
        asked = len(tree.xpath('//section[@aria-labelledby="tung-nguoi"]//tbody/tr'))
        outcome = _text(panel.xpath('.//div[@class="panel-head"]/span')[0])
        found.append(Counted(one["id"], one["matter"], asked, asked - silent, needed, favour, against, other, outcome))
    return found


def _text(node: object) -> str:
    return " ".join(node.text_content().split())


# ------------------------------------------------------------------ reports, numbers, money


def receipts(house: House, period: str) -> dict[str, str]:
    """To whom a report went and when, as its page says."""
    tree = house.person("secretariat").open(f"bao-cao/{period}/").tree
    found = {}
    for row in tree.xpath('//section[@aria-labelledby="noi-nhan"]//ul[@class="checklist"]/li/span'):
        when = _text(row.xpath("small")[0])
        found[_text(row)[: -len(when)].strip()] = re.sub(r"^đã gửi ", "", when)
    return found


def agencies(house: House, month: str) -> dict[str, tuple[str, str]]:
    """How each agency's report of a month stands against its bound, and when it came."""
    rows = workbook(house.person("secretariat").file("bao-cao/co-quan/", thang=month, dang="xlsx"))
    return {str(row[0]): (str(row[1]), _instant(row[4])) for row in rows if row[0]}


def _instant(cell: object) -> str:
    return f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, datetime) else str(cell or "")


def numbers(house: House) -> list[tuple[str, str]]:
    """Number and day of every paper of the year's register of outgoing papers."""
    rows = workbook(house.person("clerk").file("van-ban/so/di/", nam=str(house.script.year), dang="xlsx"))
    return [(str(row[0]), str(row[1])) for row in rows if row[0]]


def money(house: House) -> list[Line]:
    """The lines of the funds as their workbook has them."""
    rows = workbook(house.person("leader").file("kinh-phi/", nam=str(house.script.year), dang="xlsx"))
    return [Line(str(row[2]), *(int(str(cell or 0)) for cell in row[6:10])) for row in rows if row[2]]


def figures(house: House, period: str) -> dict[str, int]:
    """The figures on tasks that a month's report tells, each by its name."""
    tree = house.person("secretariat").open(f"bao-cao/{period}/", xem="so-lieu").tree
    rows = [[_text(cell) for cell in row.xpath("th|td")] for row in tree.xpath("//tbody/tr")]
    return {row[1]: int(row[2].replace(".", "")) for row in rows if len(row) > 2 and row[1] in NAMES}


def results(house: House) -> dict[str, tuple[int, int, int]]:
    """What each agency did in the year, by name, as the form of a commendation shows it."""
    year = house.script.year
    tree = house.person("secretariat").open("khen-thuong/moi/", tu=f"01/01/{year}", den=f"31/12/{year}").tree
    rows = [[_text(cell) for cell in row.xpath("th|td")] for row in tree.xpath("//table//tbody/tr")]
    return {row[0]: (int(row[1]), int(row[2]), int(row[4])) for row in rows if len(row) > 5}


# ------------------------------------------------------------------ conduct


def letters(house: House) -> dict[str, dict[str, list[str]]]:
    """To whom each urging wrote, and of which tasks, as the letters' own tables have them."""
    person, found = house.person("secretariat"), {}
    for one in house.script.list("urged"):
        found[one["id"]] = told = {}
        for number in one["letters"].values():
            tree = person.open(f"van-ban/{number}/").tree
            rows = tree.xpath('//article[contains(@class, "paper")]//table//tr[td]')
            cells = [[_text(cell) for cell in row.xpath("th|td")] for row in rows]
            for row in cells:
                if len(row) == 5:
                    told.setdefault(row[1], []).append(row[2].partition(": ")[2])
    return found


def commendations(house: House) -> list[tuple[str, str, str, str, str]]:
    """The lines of the year's commendations."""
    asked = {"nam": str(house.script.year), "dang": "xlsx"}
    rows = workbook(house.person("leader").file("khen-thuong/", **asked)) if house.script.list("commendations") else []
    shown = [(str(row[0]), str(row[2]), str(row[5] or row[7]), str(row[9]), str(row[10] or "")) for row in rows]
    return sorted(shown)


def violations(house: House) -> list[tuple[str, str, str]]:
    """The lines of the violation files as the leader sees them; to a member the page is not there."""
    member = house.person("secretariat")
    assert member.browser.get(member.address("vi-pham/")).status_code == 404
    rows = house.person("leader").open("vi-pham/").tree.xpath("//tbody/tr")
    return [tuple(_text(cell) for cell in row.xpath("th|td")) for row in rows]


def replacements(house: House) -> list[tuple[str, str, str, str]]:
    """The lines of the list of replacements."""
    if not house.script.list("replacements"):
        return []
    rows = workbook(house.person("leader").file("nhan-su/thay/", dang="xlsx"))
    return sorted((str(row[1]), str(row[2]), str(row[3]), str(row[5])) for row in rows if row[0])
