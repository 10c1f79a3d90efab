"""The chair's board: how the group stands on a day, each number with the door to what it was counted from.

One provider a matter, in the order of the board; a room that keeps another matter (connections, dossiers, funds,
obstacles) joins by one line in `PROVIDERS`. A provider that cannot tell a past day says so, and no number is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.flows import duties
from dean06.flows.desk import TASK
from dean06.offices.types import GroupInfo, Viewer
from dean06.papers.service import standing as papers
from dean06.reconcile.service import summaries
from dean06.reports.service import months as reports
from dean06.work.service import tasks as work

PERIODS = 6
Number = int | float

__all__ = ["PROVIDERS", "Board", "Door", "Figure", "Panel", "board"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where a number leads: the page of what it was counted from."""

    route: str
    args: tuple[str | int, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: now, a month before, whether less is better, and its door.

    Attributes:
        kind: `count`, `share` (a ratio of 0 to 1) or `days`.
        less: less of it is better; None where neither is.
        note: what stands beside it, in both languages.
    """

    code: str
    vi: str
    en: str
    now: Number | None
    door: Door
    was: Number | None = None
    kind: str = "count"
    less: bool | None = None
    bad: bool = False
    note: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One matter of the board: its figures, and how its first figure went over the last months, oldest first.

    `told` is false where the rooms cannot tell how it stood on that day.
    """

    code: str
    vi: str
    en: str
    figures: tuple[Figure, ...] = ()
    course: tuple[tuple[str, float], ...] = ()
    course_words: tuple[str, str] = ("", "")
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose board, for which reader, as of which instant; `past` where that is not now."""

    viewer: Viewer
    group: GroupInfo
    at: datetime
    past: bool

    @property
    def month(self) -> str:
        """The month of the board."""
        return f"{self.at.astimezone(clock.TZ):%Y-%m}"

    @property
    def month_before(self) -> str:
        """The month before it."""
        first = self.at.astimezone(clock.TZ).date().replace(day=1)
        return f"{first - timedelta(days=1):%Y-%m}"

    @property
    def earlier(self) -> datetime:
        """The same hour of the same day a month before, or of that month's last day."""
        local = self.at.astimezone(clock.TZ)
        last = local.replace(day=1) - timedelta(days=1)
        return last.replace(day=min(local.day, last.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of a group as of an instant."""

    at: datetime
    past: bool
    panels: tuple[Panel, ...]


Provider = Callable[[Asked], Panel]


def _counted(items: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """Count duties by how they stand, tasks left out: they have a panel of their own."""
    found = {"met": 0, "late": 0, "missed": 0, "pending": 0}
    for one in items:
        status = str(one["status"])
        if status in found and one["action"] != TASK:
            found[status] += 1
    return found


def _duties(asked: Asked) -> Panel:
    """Count this month's duties, beside the statements frozen for the months before."""
    live = duties.obligations(asked.group, asked.month, asked.at if asked.past else None, tasks=False)
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


def _tasks(asked: Asked) -> Panel:
    month_ago = asked.earlier
    now = work.standing(asked.group.id, month_ago, asked.at)
    was = work.standing(asked.group.id, month_ago - (asked.at - month_ago), month_ago)
    today = asked.at.astimezone(clock.TZ).date()
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
                now=_days(now.oldest, today), door=overdue, kind="days", bad=_days(now.oldest, today) > 0,
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


def _data(asked: Asked) -> Panel:
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
                bad=(worst.share or 0.0) < worst.target,
                door=Door(route="scores", query={"nguon": one.source}),
                note=(one.source, one.source),
            )
        )
    ordered = sorted(figures, key=lambda figure: (not figure.bad, figure.now or 0.0))
    return Panel(code="data", vi="Chất lượng dữ liệu", en="Quality of data", figures=tuple(ordered))


def _reports(asked: Asked) -> Panel:
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


def _papers(asked: Asked) -> Panel:
    """Count papers that wait; how many waited on a past day is not kept."""
    if asked.past:
        return Panel(code="papers", vi="Văn bản đang chờ", en="Papers that wait", told=False)
    today = asked.at.astimezone(clock.TZ).date()
    found = papers.standing(asked.group.id, today)
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


# Connections (the integration register), dossiers, funds and obstacles join here when their rooms count them.
PROVIDERS: tuple[Provider, ...] = (_duties, _tasks, _data, _reports, _papers)


def board(viewer: Viewer, group: GroupInfo, day: date | None = None) -> Board:
    """Return the board of a group now, or as it stood at the end of a past day."""
    now = clock.now(group)
    past = day is not None and day < now.date()
    at = clock.at_start_of(day + timedelta(days=1)) - timedelta(seconds=1) if past and day is not None else now
    asked = Asked(viewer=viewer, group=group, at=at, past=past)
    return Board(at=at, past=past, panels=tuple(provider(asked) for provider in PROVIDERS))
