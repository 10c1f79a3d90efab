"""What a group owed month by month, judged from its own records; the frozen statement, and what changed since.

Nothing recorded means nothing was done, where a room keeps such records; else the duty stands as not recordable yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
from dean06.reports.service import Duty

__all__ = [
    "Change",
    "bears",
    "changes",
    "duty_of",
    "freeze",
    "obligations",
    "owed",
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


def obligations(group: GroupInfo, month: str, at: datetime | None = None) -> list[Obligation]:
    """Return the duties of a month, as the group's records stood at an instant (now when none is given)."""
    return _by_month(group, (month,), at)[month]


def owed(group: GroupInfo, month: str, at: datetime | None = None) -> list[Obligation]:
    """Return the duties of a month, those taken over from ended groups after the group's own."""
    taken = [one.obligation for one in inheritance.inherited(group, at) if one.month == month]
    return [*obligations(group, month, at), *taken]


def _by_month(group: GroupInfo, months: Iterable[str], at: datetime | None) -> dict[str, list[Obligation]]:
    texts = adoption.charters_of(group.charter_line, offices.ending(group.id))
    facts = charters.facts_from_plain(records(group, at or clock.now(group)), texts[-1])
    days = adoption.calendar((at or clock.now(group)).date())
    seen: set[tuple[str, str, str]] = set()
    found: dict[str, list[Obligation]] = {}
    for month in months:
        # A period that straddles a change is judged by the text in force at its bound: each text knows its last day.
        listed = [one for text in texts for one in charters.obligations(text, facts, month=month, calendar=days)]
        # A task lies in the month it was given and in the month of its bound: it is judged once.
        fresh = [one for one in listed if (one.norm, one.bearer, one.period) not in seen]
        seen.update((one.norm, one.bearer, one.period) for one in fresh)
        found[month] = fresh
    return standing(group, found, at)


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


def freeze(account: str, group: GroupInfo, month: str) -> StatementInfo:
    """Freeze the statement of a month that is over: its duties as the records show them now."""
    now = clock.now(group)
    if f"{now:%Y-%m}" <= month:
        raise BadInput(
            f"Tháng {clock.as_read(month)} chưa hết: chốt bản tuân thủ từ ngày đầu tháng sau.",
            f"{clock.as_read(month)} is not over: its statement is frozen from the first day of the next month.",
        )
    charter = adoption.charter_of(group.charter_line, clock.today(group))
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
