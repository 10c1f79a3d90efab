"""A list that leaves doubts: people of one name and one year of birth, and rows that give no more than these."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from dean06.demo import service as demo
from dean06.flows import intake, register
from dean06.flows.intake import HandIn
from flows.conftest import Office, at


def load_register_with_namesakes(office: Office, month: str, pairs: int, day: date) -> list[dict[str, str]]:
    """Load a snapshot in which so many people have a namesake of their year and commune; returns those people."""
    path = office.folder / f"so-doi-{month}.csv"
    demo.write_register(office.world, month, path)
    with path.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    living = [one for one in told if one["tinh_trang"] == "song" and len(one["ngay_sinh"]) == 10]
    chosen = living[:: max(1, len(living) // pairs)][:pairs]
    for at_, one in enumerate(chosen):
        year = date.fromisoformat(one["ngay_sinh"]).year
        born = date(year, 1 + at_ % 12, 2 + at_ % 27).isoformat()
        told.append(one | {"so_dinh_danh": f"{97_000_000_000 + at_:012}", "so_cmnd": "", "ngay_sinh": born})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(told[0]))
        writer.writeheader()
        writer.writerows(told)
    with at(day.year, day.month, day.day, 20):
        register.load(office.account("register_keeper"), office.group, path, day)
    return chosen


def write_doubts(office: Office, month: str, people: list[dict[str, str]], path: Path) -> Path:
    """Write the insurance list of the month, with a row for each of these people that gives name and year alone."""
    demo.write_delivery(office.world, "bhyt", month, path, fixed=demo.NOTHING)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = next(row for row in csv.reader(file) if "Họ và tên" in row)  # a title may stand above
    with path.open("a", encoding="utf-8", newline="") as file:
        for at_, one in enumerate(people):
            row = {
                "STT": str(9000 + at_),
                "Mã số BHXH": f"44{70000000 + at_}",
                "Mã thẻ BHYT": f"GD44444{70000000 + at_:08}",
                "Họ và tên": one["ho_ten"],
                "Ngày sinh": one["ngay_sinh"][:4],
                "Giới tính": "1" if one["gioi_tinh"] == "Nam" else "2",
                "Mã xã": one["thuong_tru_xa"],
            }
            csv.writer(file).writerow([row.get(name, "") for name in head])
    return path


def doubted(office: Office, pairs: int, month: str = "2022-06", on: date | None = None) -> int:
    """Load a register with namesakes, hand in a list with doubts, at the month's end or on a day; returns the run."""
    day = on or demo.month_end(month)
    people = load_register_with_namesakes(office, month, pairs, day)
    path = write_doubts(office, month, people, office.folder / f"bhyt_{month}-nghi.csv")
    account = office.account("member", "BHXH")
    given = HandIn(source="bhyt", period=month, agency="BHXH", file=path, file_name=path.name)
    with at(day.year, day.month, day.day, 22):
        run = intake.process(account, intake.hand_in(account, office.group, given).id)
    assert run is not None
    assert run.state == "done", run.problem_vi
    return run.id
