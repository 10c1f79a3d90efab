"""Urging letters: from chosen tasks that are overdue, the draft of one letter to each agency, in one gesture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paperwork
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.types import PaperInfo
from dean06.work.types import Addressed, TaskInfo

FORM = "urging_letter"
ANSWER_IN = 5  # working days that a letter gives, until its drafter writes another day

__all__ = ["letters"]


def letters(account: str, group: GroupInfo, tasks: Iterable[TaskInfo]) -> list[PaperInfo]:
    """Make the draft of an urging letter to each agency that leads an overdue task; other tasks are passed over."""
    now, by_agency = clock.now(group), dict[str, list[TaskInfo]]()
    for task in tasks:
        if task.is_overdue(now) and task.addressed is Addressed.MEMBER:
            by_agency.setdefault(task.lead, []).append(task)
    if not by_agency:
        raise BadInput("Không có nhiệm vụ quá hạn nào trong các việc đã chọn.", "None of the chosen tasks is overdue.")
    return [
        paperwork.begin(account, group, FORM, _facts(group, code, listed)) for code, listed in sorted(by_agency.items())
    ]


def _facts(group: GroupInfo, code: str, tasks: list[TaskInfo]) -> dict[str, object]:
    name = offices.agency_name(group.id, code)
    due = adoption.calendar(clock.today(group)).add_working_days(clock.today(group), ANSWER_IN)
    sources = list(dict.fromkeys(one.source for one in tasks if one.source))
    return {
        "addressees": [name],
        "subject": f"thực hiện {len(tasks)} nhiệm vụ quá hạn",
        "basis": "; ".join(sources[:3]) or "các nhiệm vụ Tổ công tác đã giao",
        "situation": f"Đến ngày {_written(clock.today(group))}, {name} còn {len(tasks)} nhiệm vụ quá hạn "
        "chưa hoàn thành, nêu trong bảng dưới đây.",
        "overdue": [
            {"agency": name, "task": f"Số {one.number}: {one.title}", "due": _written(one.due), "left": _left(one)}
            for one in sorted(tasks, key=lambda one: (one.due, one.number))
        ],
        "demands": [
            f"Khẩn trương hoàn thành các nhiệm vụ nêu trên trước ngày {_written(due)}.",
            "Báo cáo nguyên nhân chậm và kết quả trên hệ thống; cần thêm thời gian thì đề nghị gia hạn, nêu lý do.",
        ],
        "due": due.isoformat(),
    }


def _left(task: TaskInfo) -> int:
    """Return the rows that are still to be proved; of a task without rows, the one task itself."""
    return task.total - task.done if task.total else 1


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
