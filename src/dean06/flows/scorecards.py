"""The scorecard that a group stands behind: thresholds it decided, and months that are frozen and can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, Known, ask, bind, permit, system_permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import month_scores, threshold_setting
from dean06.reconcile.service.month_scores import FrozenScores, Unlike
from dean06.reconcile.types import NewThreshold, ThresholdInfo
from dean06.reports.service.periods import MONTH, is_period, parse
from dean06.sources import service as sources

DECIDE, FREEZE, PUBLISH = "threshold.decide", "scorecard.freeze", "scorecard.publish"
LAST_DAY = 11  # a month's scores are frozen before the 12th of the next, when its report is due

__all__ = [
    "Answer",
    "Month",
    "decide",
    "freeze",
    "freeze_for_report",
    "freezers",
    "keep",
    "kept",
    "last_day",
    "may_decide",
    "may_freeze",
    "months",
    "unfrozen",
    "verify",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of which there are scores: frozen, or still to be frozen once it is over."""

    month: str
    over: bool
    kept: FrozenScores | None


def may_decide(account: str, group: GroupInfo, known: Known | None = None) -> Answer:
    """Say whether somebody may enter what the group decided of a threshold."""
    obj = bind(threshold_setting.KIND, group.slug, ask=DECIDE)
    return ask(Act(account=account, group=group, action=DECIDE, obj=obj), known)


def decide(account: str, group: GroupInfo, new: NewThreshold) -> ThresholdInfo:
    """Enter what a decision of the group says of a threshold."""
    told = replace(new, decision=" ".join(new.decision.split())[:80])
    obj = ObjectRef(kind=threshold_setting.KIND, id=threshold_setting.ref(group.slug, told), digest=told.digest())
    return threshold_setting.decide(permit(Act(account=account, group=group, action=DECIDE, obj=obj)), group.id, told)


def may_freeze(account: str, group: GroupInfo, known: Known | None = None) -> Answer:
    """Say whether somebody may freeze a month's scores."""
    obj = bind(month_scores.KIND, group.slug, ask=FREEZE)
    return ask(Act(account=account, group=group, action=FREEZE, obj=obj), known)


def last_day(month: str) -> date:
    """Return the last day on which a month's scores are frozen in time."""
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, LAST_DAY)


def months(viewer: Viewer, group: GroupInfo) -> list[Month]:
    """Return the months of which there are scores, the newest first."""
    kept = {one.month: one for one in month_scores.months(viewer, group.id)}
    present = f"{clock.today(group):%Y-%m}"
    listed = sorted({*kept, *month_scores.periods(group.id)}, reverse=True) if viewer.sits_in(group.id) else []
    return [Month(month=month, over=month < present, kept=kept.get(month)) for month in listed]


def freeze(account: str, group: GroupInfo, month: str) -> FrozenScores:
    """Freeze the scores of a month that is over: what the newest run of each source says now."""
    if not is_period(month) or parse(month).kind != MONTH:
        raise BadInput(f"Tháng «{month}» phải viết như 2022-09.", f"Write the month {month!r} like 2022-09.")
    if f"{clock.today(group):%Y-%m}" <= month:
        raise BadInput(
            f"Tháng {clock.as_read(month)} chưa hết: chốt bảng điểm từ ngày đầu tháng sau.",
            f"{clock.as_read(month)} is not over: its scores are frozen from the first day of the next month.",
        )
    of = month_scores.chosen(group.id, month)
    if not any(of.values()):
        raise BadInput(
            f"Tháng {clock.as_read(month)} không có lượt đối soát nào: không có điểm để chốt.",
            f"There is no run of {clock.as_read(month)}: there is nothing to freeze.",
        )
    text = month_scores.content(group.id, month, of)
    obj = ObjectRef(kind=month_scores.KIND, id=month_scores.ref(group.slug, month), digest=month_scores.digest(text))
    by = permit(Act(account=account, group=group, action=FREEZE, obj=obj))
    return month_scores.freeze(by, group.id, month, text)


# ------------------------------------------------------------ by themselves


def kept(group: GroupInfo, month: str) -> FrozenScores | None:
    """Return the frozen scores of a month, for work; None where nobody froze it."""
    return month_scores.for_work(group.id, month)


def unfrozen(group: GroupInfo) -> str:
    """Return the month before the group's present one where it has scores that nobody froze; empty where it has not."""
    month = f"{clock.today(group).replace(day=1) - timedelta(days=1):%Y-%m}"
    if group.ending is not None or month_scores.for_work(group.id, month) is not None:
        return ""
    return month if any(month_scores.chosen(group.id, month).values()) else ""


def freeze_for_report(group: GroupInfo, month: str, standing: str) -> FrozenScores | None:
    """Freeze the month that a report tells of, once it is signed; nothing where that was done or there are no scores.

    `standing` is the digest of the permit under which the report was signed.
    """
    over = f"{clock.today(group):%Y-%m}" > month
    if not over or month_scores.for_work(group.id, month) or not any(month_scores.chosen(group.id, month).values()):
        return None
    return _by_itself(group, month, standing)


def keep(group: GroupInfo) -> FrozenScores | None:
    """Freeze the month before by itself from its last day in time on, where nobody did.

    It leans on the leader's standing assignment of a source, the newest one; where there is none it stays with people.
    """
    month = unfrozen(group)
    set_up = [one.permit_digest for one in sources.assignments(group.id).values()]
    if not month or not set_up or clock.today(group) < last_day(month):
        return None
    return _by_itself(group, month, set_up[-1])


def _by_itself(group: GroupInfo, month: str, standing: str) -> FrozenScores:
    text = month_scores.content(group.id, month, month_scores.chosen(group.id, month))
    obj = ObjectRef(kind=month_scores.KIND, id=month_scores.ref(group.slug, month), digest=month_scores.digest(text))
    return month_scores.freeze(system_permit(group, FREEZE, obj, standing=standing), group.id, month, text)


def freezers() -> frozenset[str]:
    """Return the roles that may freeze a month, for those who are reminded to."""
    norms = adoption.installation_charter().norms
    return frozenset(bearer.role for norm in norms if norm.action == FREEZE for bearer in norm.bearers) - {"system"}


def may_publish(account: str, group: GroupInfo, known: Known | None = None) -> Answer:
    """Say whether somebody may publish a frozen month, or take it back."""
    obj = bind(month_scores.KIND, group.slug, ask=PUBLISH)
    return ask(Act(account=account, group=group, action=PUBLISH, obj=obj), known)


def publish(account: str, group: GroupInfo, month: str, *, public: bool) -> FrozenScores:
    """Let strangers read what is safe of a frozen month, or let them no longer."""
    kept = month_scores.for_work(group.id, month)
    if kept is None:
        raise BadInput(
            f"Bảng điểm tháng {clock.as_read(month)} chưa chốt: chốt rồi mới công bố.",
            f"The scores of {clock.as_read(month)} are not frozen: freeze them first.",
        )
    digest = month_scores.publishing_digest(kept.sha256, public=public)
    obj = ObjectRef(kind=month_scores.KIND, id=month_scores.ref(group.slug, month), digest=digest)
    by = permit(Act(account=account, group=group, action=PUBLISH, obj=obj))
    return month_scores.publish(by, group.id, month, public=public)


def verify(slug: str = "", month: str = "") -> Iterator[tuple[GroupInfo, FrozenScores, list[Unlike]]]:
    """Make frozen months again: of every group or one, all or one; each with the figures that differ."""
    groups = [offices.group(slug)] if slug else offices.all_groups()
    for group in groups:
        for one in month_scores.of_group(group.id):
            if month in {"", one.month}:
                yield group, one, month_scores.unlike(one)
