"""What a group owed month by month, judged from its own records; the frozen statement, and what changed since.

Nothing recorded means nothing was done, where a room keeps such records; else the duty stands as not recordable yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dean06.adoption import service as adoption
from dean06.adoption.service import StatementInfo
from dean06.charter import service as charters
from dean06.charter.types import ObjectRef, Obligation
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import inheritance
from dean06.flows.authority import Act, permit
from dean06.flows.records import months_of_year, records
from dean06.flows.standing import standing
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.reports.service.replies import Duty

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

__all__ = [
    "Change",
    "bears",
    "changes",
    "duty_of",
    "freeze",
    "obligations",
    "of_months",
    "owed",
    "since_when",
    "unfrozen",
    "year",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A duty that stands otherwise now than in the frozen statement; either side may be absent."""

    frozen: Mapping[str, object] | None
    live: Obligation | None


def year(group: GroupInfo, number: int, at: datetime | None = None) -> dict[str, list[Obligation]]:
    """Return the duties of each month of a year, as the group's records stood at an instant (now when none given)."""
    return _by_month(group, months_of_year(number), at)


@clock.once_a_moment
def obligations(group: GroupInfo, month: str, at: datetime | None = None, *, tasks: bool = True) -> list[Obligation]:
    """Return the duties of a month, as the group's records stood at an instant (now when none is given).

    Without `tasks` those of single tasks are left out, which a page that counts tasks by itself need not read.
    """
    return _by_month(group, (month,), at, tasks=tasks)[month]


def of_months(group: GroupInfo, months: Sequence[str]) -> dict[str, list[Obligation]]:
    """Return the duties of these months but those of single tasks, as the group's records stand now."""
    return _by_month(group, months, None, tasks=False) if months else {}


def owed(group: GroupInfo, month: str, at: datetime | None = None) -> list[Obligation]:
    """Return the duties of a month, those taken over from ended groups after the group's own."""
    taken = [one.obligation for one in inheritance.inherited(group, at) if one.month == month]
    return [*obligations(group, month, at), *taken]


def _by_month(
    group: GroupInfo, months: Iterable[str], at: datetime | None, *, tasks: bool = True
) -> dict[str, list[Obligation]]:
    texts, now = adoption.charters_of(group.charter_line, offices.ending(group.id)), at or clock.now(group)
    wanted = tuple(months)
    facts = charters.facts_from_plain(records(group, now, tasks=tasks, due=_span(wanted)), texts[-1])
    days = adoption.calendar(now.date())
    seen: set[tuple[str, str, str]] = set()
    found: dict[str, list[Obligation]] = {}
    for month in wanted:
        # A period that straddles a change is judged by the text in force at its bound: each text knows its last day.
        listed = [
            one
            for text in texts
            for one in charters.obligations(text, facts, month=month, calendar=days, text=text.hash)
        ]
        fresh = [one for one in listed if (one.norm, one.bearer, one.period) not in seen]
        seen.update((one.norm, one.bearer, one.period) for one in fresh)
        found[month] = fresh
    return standing(group, found, at)


def _span(months: Sequence[str]) -> tuple[datetime, datetime]:
    """Return the first instant of the first of these months, and the first after the last of them."""
    first, last = (date.fromisoformat(f"{month}-01") for month in (min(months), max(months)))
    return clock.at_start_of(first), clock.at_start_of((last + timedelta(days=31)).replace(day=1))


def bears(obligation: Obligation, held: Iterable[Capacity]) -> bool:
    """Say whether a duty is one of these seats' own, or one of the whole group."""
    parties = {"group"}
    for seat in held:
        parties.add(seat.role)
        if seat.agency:
            parties |= {f"{seat.role}:{seat.agency}", f"agency:{seat.agency}", f"member:{seat.agency}"}
    return obligation.bearer in parties


def duty_of(month: str, one: Obligation) -> Duty:
    """Name a duty as replies do."""
    return Duty(month=month, norm=one.norm, bearer=one.bearer, period=one.period)


def unfrozen(group: GroupInfo) -> list[str]:
    """Return the months that are over, in which the charter bound, and whose statement is not frozen; newest first."""
    known = adoption.statements(group.id)
    return [month for month in _months_of_life(group) if month not in known]


def _months_of_life(group: GroupInfo) -> list[str]:
    """Return the months that are over in which the group's charter was in force, the newest first."""
    since, ending = since_when(group), offices.ending(group.id)
    today = clock.today(group)
    last = min(today.replace(day=1) - date.resolution, ending.last_day if ending else date.max)
    if since is None:
        return []
    begun, ended = since.year * 12 + since.month - 1, last.year * 12 + last.month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(ended, begun - 1, -1)]


def since_when(group: GroupInfo) -> date | None:
    """Return the first day of the first text of the group's charter; None where none has ever been in force."""
    days = [one.in_force_from for one in adoption.versions(group.charter_line) if one.in_force_from]
    return min(days, default=None)


def freeze(account: str, group: GroupInfo, month: str) -> StatementInfo:
    """Freeze the statement of a month that is over: its duties as the records show them now."""
    now, life = clock.now(group), _months_of_life(group)
    if not MONTH.fullmatch(month):
        raise BadInput(f"Tháng «{month}» phải viết như 2022-09.", f"Write the month {month!r} like 2022-09.")
    if f"{now:%Y-%m}" <= month:
        raise BadInput(
            f"Tháng {clock.as_read(month)} chưa hết: chốt bản tuân thủ từ ngày đầu tháng sau.",
            f"{clock.as_read(month)} is not over: its statement is frozen from the first day of the next month.",
        )
    if month not in life:
        raise BadInput(
            f"Tháng {clock.as_read(month)} quy chế của tổ không có hiệu lực: không có nghĩa vụ nào để chốt.",
            f"The group's charter was not in force in {clock.as_read(month)}: there is nothing to freeze.",
        )
    last = (date.fromisoformat(f"{month}-28") + 4 * date.resolution).replace(day=1) - date.resolution
    charter = adoption.charter_of(group.charter_line, last)
    content = adoption.statement_content(month, charter.hash, now, owed(group, month, now))
    obj = ObjectRef(kind="statement", id=f"{group.slug}:{month}", digest=adoption.statement_digest(content))
    by = permit(Act(account=account, group=group, action="compliance.state", obj=obj))
    return adoption.freeze(by, group.id, month, content)


def changes(group: GroupInfo, frozen: StatementInfo) -> list[Change]:
    """Return what stands otherwise now than when a statement was frozen."""
    live = {_key(one.as_json()): one for one in owed(group, frozen.month)}
    before = {_key(one): one for one in frozen.items}
    found = []
    for key in dict.fromkeys([*before, *live]):
        was, now = before.get(key), live.get(key)
        if was is None or now is None or was["status"] != now.status:
            found.append(Change(frozen=was, live=now))
    return found


def _key(item: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(item.get(name, "")) for name in ("norm", "action", "bearer", "period", "charter"))
