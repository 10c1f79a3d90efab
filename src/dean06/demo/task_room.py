"""Tasks and plans of a demonstration's group: each method is one act of one person, through the product's flows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo.office import Office
from dean06.demo.timetable import Event, at, office_day, own_day
from dean06.flows import matters, planning, task_work, tasking
from dean06.flows.tasking import Wanted
from dean06.work.service import plans
from dean06.work.service import tasks as work
from dean06.work.types import NewDirective, NewLine, NewMatter, NewPlan, Origin, PlanKind, Said

SILENT = "Quy chế không giao riêng việc này; làm theo phân công của Tổ trưởng."
HIGHER = "Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2022 của Thủ tướng Chính phủ"
PROGRAMME_NUMBER = "01/CTr-TCTĐA"  # made up, like every number here
OFFICE_WORK = (
    ("Công khai bảng điểm dữ liệu của các cơ quan hằng tháng", "Bảng điểm"),
    ("Tập huấn sửa dữ liệu tại nguồn cho cán bộ các cơ quan", "Lớp tập huấn"),
)
SHARES = ("Rà soát danh sách, phân công cán bộ sửa dữ liệu", "Kế hoạch sửa dữ liệu của cơ quan")

__all__ = ["TaskRoom", "events"]


@dataclass(slots=True)
class TaskRoom:
    """What a group plans and gives out by hand, by the names used in this history."""

    office: Office
    tasks: dict[str, int] = field(default_factory=dict)
    matter: int = 0
    plan: int = 0

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    @property
    def members(self) -> list[tuple[str, str]]:
        """Return the sign-in names and agencies of the members who hand lists in, each once."""
        users = dict.fromkeys(one.user for one in self.office.stage.handings)
        return [(user, self.office.agency(user)) for user in users]

    # ------------------------------------------------------------ the year's programme

    def programme(self) -> None:
        """Let the support apparatus draft the year's programme and put it before the leader."""
        group, year = self.office.group, clock.today(self.office.group).year
        new = NewPlan(kind=PlanKind.PROGRAMME, year=year, title=f"Chương trình công tác năm {year}", higher=HIGHER)
        plan = planning.begin(self._by("giup-viec"), group, new, reason=SILENT)
        plan = planning.put_lines(self._by("giup-viec"), group, plan, self._lines())
        self.plan = planning.submit(self._by("giup-viec"), group, plan).id

    def _lines(self) -> list[NewLine]:
        today = clock.today(self.office.group)
        due = date(today.year, 12, 15)
        lines = [
            NewLine(
                key=f"co-quan-{user}",
                label=str(place),
                content=SHARES[0],
                lead=agency,
                due=today + timedelta(days=45),
                product=SHARES[1],
            )
            for place, (user, agency) in enumerate(self.members, start=1)
        ]
        lead = self.office.agency("to-pho")
        return lines + [
            NewLine(
                key=f"van-phong-{place}", label=str(len(lines) + place), content=said, lead=lead, due=due, product=what
            )
            for place, (said, what) in enumerate(OFFICE_WORK, start=1)
        ]

    def approve(self) -> None:
        """Let the leader approve the programme and enter the number under which it was issued."""
        group, leader = self.office.group, self._by("to-truong")
        plan = planning.approve(leader, group, plans.plan_of(self.plan))
        planning.issued_elsewhere(leader, group, plan, PROGRAMME_NUMBER)

    def give(self) -> None:
        """Let the leader give every line out."""
        group = self.office.group
        for line, outcome in planning.lines_to_tasks(self._by("to-truong"), group, plans.plan_of(self.plan)):
            if outcome.task is not None:
                self.tasks[line.key] = outcome.task.id

    # ------------------------------------------------------------ the work

    def progress(self, user: str, percent: int, words: str) -> None:
        """Let an agency say how far its line is."""
        said = Said(percent=percent, words=words)
        task_work.report(self._by(user), self.office.group, self.tasks[f"co-quan-{user}"], said)

    def result(self, user: str, words: str) -> None:
        """Let an agency report its result with a file."""
        files = task_work.keep([(f"Biên bản họp phân công, {user}".encode(), "bien-ban-phan-cong.png")])
        said = Said(percent=100, words=words, finished=True, files=files)
        task_work.report(self._by(user), self.office.group, self.tasks[f"co-quan-{user}"], said)

    def accept(self, user: str) -> None:
        """Let the leader accept a result."""
        task_work.accept(self._by("to-truong"), self.office.group, self.tasks[f"co-quan-{user}"], "Đạt yêu cầu.")

    def more_time(self, user: str) -> None:
        """Let an agency ask for more time, and the leader grant it."""
        group, task = self.office.group, self.tasks[f"co-quan-{user}"]
        wanted = work.task_for_flow(task).due + timedelta(days=14)
        task_work.ask_extension(self._by(user), group, task, wanted, "Cán bộ phụ trách đi tập huấn, chậm hai tuần.")

    def grant(self, user: str) -> None:
        """Let the leader grant the time that was asked for."""
        group, task = self.office.group, self.tasks[f"co-quan-{user}"]
        asked = next(iter(work.extensions_waiting(group.id, [task])))
        task_work.answer_extension(
            self._by("to-truong"), group, task, asked.wanted, "Đồng ý, không gia hạn thêm.", granted=True
        )

    # ------------------------------------------------------------ directives, matters

    def directive(self) -> None:
        """Let the office record what the leader directed, and the leader give it as a task."""
        group = self.office.group
        said = NewDirective(
            words="Các cơ quan cử một người chịu trách nhiệm về dữ liệu, báo về bộ máy giúp việc trong tuần.",
            given_by=next(part.holder for part in self.office.stage.cast if part.user == "to-truong"),
            given_on=clock.today(group),
            source="Giao ban tuần",
        )
        made = matters.record_directive(self._by("giup-viec"), group, said)
        wanted = Wanted(
            title="Lập danh sách người chịu trách nhiệm về dữ liệu của từng cơ quan",
            lead=self.office.agency("to-pho"),
            due=tasking.due_after(group, 10),
            origin=Origin.DIRECTIVE,
            origin_ref=made.ref,
            source="Giao ban tuần",
            expected="Danh sách có họ tên, số điện thoại",
            coordinating=tuple(agency for _, agency in self.members if agency != self.office.agency("to-pho")),
        )
        tasking.assign(self._by("to-truong"), group, wanted)

    def raise_matter(self) -> None:
        """Let the standing deputy raise an important matter and bring it before the leader."""
        group, deputy = self.office.group, self._by("pho-thuong-truc")
        new = NewMatter(
            title="Chọn đơn vị cung cấp máy quét cho bộ phận một cửa",
            words="Hai phương án: thuê hoặc mua; chênh lệch nêu trong tờ so sánh.",
            important=True,
        )
        raised = matters.raise_matter(deputy, group, new)
        told = matters.escalate(deputy, group, raised, "Xin ý kiến Tổ trưởng về phương án thuê.")
        self.matter = told.id


def events(office: Office) -> list[Event]:
    """Return what a group plans and gives out by hand, by the hour; what would fall after its own day is left out."""
    room, end = TaskRoom(office), own_day(office.stage)
    return [one for one in _history(room) if one.at < at(end, 0)]


def _history(room: TaskRoom) -> Iterator[Event]:
    founded, end = room.office.stage.founded, own_day(room.office.stage)
    day = office_day(founded + timedelta(days=9))
    yield Event(at(day, 9), room.programme)
    yield Event(at(day, 15), room.approve)
    yield Event(at(day, 16), room.give)
    said = office_day(day + timedelta(days=12))
    for place, (user, _) in enumerate(room.members):
        yield Event(at(said, 10, place), partial(room.progress, user, 40 + 10 * (place % 3), "Đã rà soát một phần."))
    first = room.members[0][0]
    done = office_day(day + timedelta(days=20))
    yield Event(at(done, 10, 30), partial(room.result, first, "Đã phân công, có biên bản."))
    yield Event(at(done, 16, 30), partial(room.accept, first))
    if len(room.members) > 1:
        second = room.members[1][0]
        yield Event(at(done, 11), partial(room.more_time, second))
        yield Event(at(done, 17), partial(room.grant, second))
    late = office_day(end - timedelta(days=6))
    if late > done:
        yield Event(at(late, 9), room.directive)
        yield Event(at(late, 10), room.raise_matter)
