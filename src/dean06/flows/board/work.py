"""The group's work on its board: duties, tasks, quality of data, reports, papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dean06.adoption import service as adoption
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import duties
from dean06.flows.board.shapes import Asked, Door, Figure, Panel
from dean06.flows.desk import TASK
from dean06.papers.service import standing as papers
from dean06.reconcile.service import summaries
from dean06.reports.service import months as reports
from dean06.work.service import tasks as work

PERIODS = 6

__all__ = ["duties_of", "of_data", "of_duties", "of_papers", "of_reports", "of_tasks"]


def _counted(items: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """Count duties by how they stand, tasks left out: they have a panel of their own."""
    found = {"met": 0, "late": 0, "missed": 0, "pending": 0}
    for one in items:
        status = str(one["status"])
        if status in found and one["action"] != TASK:
            found[status] += 1
    return found


def duties_of(asked: Asked) -> list[Obligation]:
    """Return this month's duties as they stand on the board's day, those of single tasks left out."""
    return duties.obligations(asked.group, asked.month, asked.at if asked.past else None, tasks=False)


def of_duties(asked: Asked) -> Panel:
    """Count this month's duties, beside the statements frozen for the months before."""
    live = duties_of(asked)
    now = _counted({"status": one.status, "action": one.action} for one in live)
    frozen = adoption.last_months(asked.group.id, asked.month_before, PERIODS)
    before = _counted(frozen[asked.month_before]) if asked.month_before in frozen else {}
    door = Door(route="compliance")
    kept = Door(route="compliance-statement", args=(asked.month,))
    statement = kept if asked.month in frozen else door
    course = tuple((month, share) for month, items in frozen.items() if (share := _share(_counted(items))) is not None)
    return Panel(
        code="duties",
        vi="Nghĩa vụ theo Quy chế",
        en="Duties of the charter",
        figures=(
            _duty("met", "đúng hạn", "on time", now, before, door, less=False),
            _duty("late", "trễ hạn", "late", now, before, statement, less=True),
            _duty("missed", "không thực hiện", "not done", now, before, statement, less=True),
            _duty("pending", "chưa đến hạn", "not due yet", now, {}, door, less=None),
        ),
        course=course,
        course_words=("đúng hạn, theo bản đã chốt", "on time, as frozen"),
    )


def _duty(
    status: str, vi: str, en: str, now: Mapping[str, int], before: Mapping[str, int], door: Door, *, less: bool | None
) -> Figure:
    return Figure(
        code=f"duties.{status}",
        vi=vi,
        en=en,
        now=now[status],
        was=before.get(status),
        door=door,
        less=less,
        bad=less is True and now[status] > 0,
    )


def _share(counted: Mapping[str, int]) -> float | None:
    """Return the share of duties done on time among those that were judged."""
    judged = counted["met"] + counted["late"] + counted["missed"]
    return counted["met"] / judged if judged else None


def of_tasks(asked: Asked) -> Panel:
    month_ago = asked.earlier
    now = work.standing(asked.group.id, month_ago, asked.at)
    was = work.standing(asked.group.id, month_ago - (asked.at - month_ago), month_ago)
    overdue = Door(route="tasks", query={"xem": "qua-han"})
    return Panel(
        code="tasks",
        vi="Nhiệm vụ",
        en="Tasks",
        figures=(
            Figure(
                code="tasks.open", vi="đang mở", en="open", now=now.open, was=was.open,
                door=Door(route="tasks", query={"xem": "mo"}),
            ),
            Figure(
                code="tasks.overdue", vi="quá hạn", en="overdue", now=now.overdue, was=was.overdue, door=overdue,
                less=True, bad=now.overdue > 0,
            ),
            Figure(
                code="tasks.oldest", vi="ngày, việc quá hạn lâu nhất", en="days, the longest overdue",
                now=_days(now.oldest, asked.day), door=overdue, kind="days", bad=_days(now.oldest, asked.day) > 0,
            ),
            Figure(
                code="tasks.done", vi="xong trong một tháng", en="done within a month", now=now.in_time + now.late,
                was=was.in_time + was.late, door=Door(route="tasks", query={"xem": "xong"}), less=False,
                note=(f"{now.late} trễ hạn", f"{now.late} late"),
            ),
        ),
    )  # fmt: skip


def _days(oldest: date | None, today: date) -> int:
    return max(0, (today - oldest).days) if oldest else 0


def of_data(asked: Asked) -> Panel:
    """Show the weakest axis of each source in its newest frozen scores: the worst decides, never an average."""
    figures = []
    for one in summaries.newest_scores(asked.viewer, (asked.group.id,), asked.at):
        weakest = one.weakest
        if weakest is None:
            continue
        axis, worst = weakest
        before = one.before.get(worst.code)
        figures.append(
            Figure(
                code=f"data.{one.source}",
                vi=axis.vi,
                en=axis.en,
                now=worst.share,
                was=before.share if before else None,
                kind="share",
                less=False,
                bad=worst.below,
                door=Door(route="scores", query={"nguon": one.source}),
                note=(one.source, one.source),
            )
        )
    ordered = sorted(figures, key=lambda figure: (not figure.bad, figure.now or 0.0))
    return Panel(code="data", vi="Chất lượng dữ liệu", en="Quality of data", figures=tuple(ordered))


def of_reports(asked: Asked) -> Panel:
    """Say of the last months which reports of the group left by then."""
    sent = {month: [at for _, at in to if at <= asked.at] for month, to in reports.dispatches(asked.group.id).items()}
    months = (asked.month, asked.month_before)
    done = [month for month in months if sent.get(month)]
    return Panel(
        code="reports",
        vi="Báo cáo của tổ",
        en="The group's reports",
        figures=tuple(
            Figure(
                code=f"reports.{month}",
                vi=f"nơi nhận đã gửi, báo cáo tháng {clock.as_read(month)}",
                en=f"recipients reached, report of {clock.as_read(month)}",
                now=len(sent.get(month, ())),
                door=Door(route="reports-one", args=(month,)),
                bad=month == asked.month_before and month not in done,
            )
            for month in months
        ),
    )


def of_papers(asked: Asked) -> Panel:
    """Count papers that wait; how many waited on a past day is not kept."""
    if asked.past:
        return Panel(code="papers", vi="Văn bản đang chờ", en="Papers that wait", told=False)
    found = papers.standing(asked.group.id, asked.day)
    incoming = Door(route="papers-incoming")
    return Panel(
        code="papers",
        vi="Văn bản đang chờ",
        en="Papers that wait",
        figures=(
            Figure(
                code="papers.sign", vi="chờ ký", en="for a signature", now=found.to_sign,
                door=Door(route="papers"), less=True,
            ),
            Figure(
                code="papers.arrived", vi="đến, chưa vào sổ", en="arrived, not registered", now=found.arrived,
                door=incoming, less=True,
            ),
            Figure(
                code="papers.late", vi="đến, quá hạn trả lời", en="arrived, answer overdue", now=found.late,
                door=incoming, less=True, bad=found.late > 0,
            ),
        ),
    )  # fmt: skip
