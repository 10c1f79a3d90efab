"""`obligations`: what was owed in a month or year, and whether it was met, computed from charter, facts and date.

There are no timers: the same charter, facts and `as_of` always give the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from dean06.charter.deciding import Decision, decide, not_in_force
from dean06.charter.events import Duty, duties_by_event, from_events
from dean06.charter.facts_file import Facts, Row
from dean06.charter.fulfilment import Deed, answered
from dean06.charter.local_bounds import day_of, moved
from dean06.charter.norms import Bearer, Norm
from dean06.charter.periods import Month, half_span, last_day_before, months_of, year_span
from dean06.charter.types import Charter, Obligation, Question
from dean06.clock.service import at_start_of

MONTHLY = ("every_month", "every_month_before_day", "as_regulated")
OWED = ("duty", "status")
HOLIDAY, MOVED = "G-13", "next_working_day"


@dataclass(frozen=True, slots=True)
class _Span:
    """One period with its bound."""

    name: str
    start: datetime
    bound: datetime


class WorkingDays(Protocol):
    """The office's calendar: holidays and swapped working days."""

    def is_working_day(self, day: date) -> bool: ...


class Weekdays:
    """Monday to Friday: what is left where nobody gives a calendar."""

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is no Saturday and no Sunday."""
        return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is worked out once for all the months asked for."""

    charter: Charter
    facts: Facts
    entered: Mapping[str, str | bool]
    periodic: tuple[Norm, ...]
    by_event: Mapping[str, Duty]
    days: WorkingDays
    text: str = ""
    in_force: dict[date, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, charter: Charter, facts: Facts, days: WorkingDays, text: str) -> _Ground:
        periodic = tuple(norm for norm in charter.norms if norm.type in OWED and norm.deadline is not None)
        return cls(charter, facts, adoption_facts(facts), periodic, duties_by_event(charter, text), days, text)

    def binds(self, bound: datetime) -> bool:
        """Say whether the text was in force at the last instant before a bound."""
        day = last_day_before(bound)
        if day not in self.in_force:
            self.in_force[day] = not_in_force(self.charter, day, self.entered) is None
        return self.in_force[day]


def obligations(
    charter: Charter,
    facts: Facts,
    *,
    month: str | None = None,
    year: int | str | None = None,
    calendar: WorkingDays | None = None,
    text: str = "",
) -> list[Obligation]:
    """List every duty owed in a month (`YYYY-MM`) or a year, judged as of the facts' own instant.

    The calendar matters only where a local rule on gap G-13 moves a due day off a holiday. Each duty tells `text`, by
    which a caller who keeps several versions knows the one that judged it.
    """
    months = months_of(month, year)
    ground = _Ground.of(charter, facts, calendar or Weekdays(), text)
    listed = [item for one in months for item in _of_month(ground, one)]
    seen: set[tuple[str, str, str, str]] = set()
    result = []
    for item in listed:
        key = (item.norm, item.action, item.bearer, item.period)
        if key not in seen:
            seen.add(key)
            result.append(item)
    return result


def not_binding(
    charter: Charter, facts: Facts, *, month: str | None = None, year: int | str | None = None
) -> Decision | None:
    """Return the answer `not_in_force` where a text binds nobody in a whole month or year, else None."""
    months, entered = months_of(month, year), adoption_facts(facts)
    days = [months[0].start().date(), *(last_day_before(one.end()) for one in months)]
    if any(not_in_force(charter, day, entered) is None for day in days):
        return None
    return decide(charter, Question(role="group", action="charter.carry_out", on=days[-1], facts=entered))


def adoption_facts(facts: Facts) -> dict[str, str | bool]:
    """State number, date and confirmations that the group entered for an unsigned text."""
    adoption: Mapping[str, object] = facts.values.get("adoption") or {}
    given: dict[str, str | bool] = {}
    if adoption.get("number"):
        given["charter.number"] = str(adoption["number"])
    signed_on = adoption.get("signed_on")
    if signed_on is not None:
        given["charter.adopted_on"] = str(signed_on)
    confirmed = adoption.get("confirmed_by")
    if isinstance(confirmed, list) and len(set(confirmed)) >= 2:
        given["charter.confirmed_by_two"] = True
    return given


def coverage(charter: Charter) -> tuple[int, int]:
    """Return how many duties the system can test, and how many there are."""
    duties = [norm for norm in charter.norms if norm.type in OWED and norm.action]
    timed = ("none", "continuing", "timely")
    testable = [n for n in duties if n.testable and n.deadline is not None and n.deadline.form not in timed]
    return len(testable), len(duties)


def _of_month(ground: _Ground, month: Month) -> Iterator[Obligation]:
    for norm in ground.periodic:
        for span in _spans(ground, norm, month):
            if ground.binds(span.bound):
                yield from _periodic(ground, norm, span)
    yield from _local_reports(ground, month)
    for item, at in from_events(ground.by_event, ground.charter, ground.facts, month):
        if ground.binds(at):
            yield item


def _spans(ground: _Ground, norm: Norm, month: Month) -> Iterator[_Span]:
    form = norm.deadline.form if norm.deadline else None
    if form in MONTHLY:
        yield _Span(str(month), month.start(), _bound(ground, norm, month))
    elif form == "continuing":
        yield _Span(str(month), month.start(), month.end())
    elif form == "every_half_year" and month.number in (6, 12):
        start, bound = half_span(month.half)
        yield _Span(month.half, start, bound)
    elif form == "every_year" and month.number == 12:
        start, bound = year_span(month.year)
        yield _Span(f"{month.year:04d}", start, bound)


def _bound(ground: _Ground, norm: Norm, month: Month) -> datetime:
    day = norm.deadline.day if norm.deadline else None
    bound = month.before_day(day) if day is not None else _by_local_day(ground.facts, norm.gaps, month)
    return _off_holidays(ground, bound) if HOLIDAY in norm.gaps else bound


def _by_local_day(facts: Facts, gaps: tuple[str, ...], month: Month) -> datetime:
    """Return the bound that a local rule sets where the charter names no day: else the end of the month."""
    end = month.end()
    found = (moved(facts, gap, end, lambda rule: _before(month, rule) or end) for gap in gaps)
    return next((bound for bound in found if bound is not None and bound != end), end)


def _before(month: Month, rule: Row) -> datetime | None:
    day = day_of(rule)
    return month.before_day(day) if day is not None else None


def _off_holidays(ground: _Ground, bound: datetime) -> datetime:
    """Where a local rule says so, a last lawful day that is a day off gives way to the next working day."""

    def move(rule: Row) -> datetime:
        value = rule.get("value")
        says_so = isinstance(value, Mapping) and value.get("move_to") == MOVED
        return _next_working(ground.days, bound) if says_so else bound

    return moved(ground.facts, HOLIDAY, bound, move) or bound


def _next_working(days: WorkingDays, bound: datetime) -> datetime:
    last = last_day_before(bound)
    while not days.is_working_day(last):
        last += timedelta(days=1)
        bound = at_start_of(last + timedelta(days=1))
    return bound


def _periodic(ground: _Ground, norm: Norm, span: _Span) -> Iterator[Obligation]:
    charter, facts = ground.charter, ground.facts
    if norm.document_kinds == ("subplan",) and not _plan_issued(charter, facts, norm, span):
        return
    continuing = norm.deadline is not None and norm.deadline.form == "continuing"
    for party in _bearers(charter, facts, norm):
        deed = None if continuing else answered(charter, facts, norm, party, span.name, span.start)
        yield Obligation(
            norm=norm.key,
            action=norm.action or "",
            object_kind=_object(norm),
            citations=(norm.cite,),
            bearer=party,
            period=span.name,
            due_before=None if continuing else span.bound,
            recipients=norm.recipients,
            via=norm.via,
            status=_status(norm, facts, span.bound, deed, continuing=continuing),
            satisfied_by=deed.papers if deed else (),
            gaps=norm.gaps,
            text=ground.text,
        )


def _object(norm: Norm) -> str | None:
    return next(iter((*norm.document_kinds, *norm.meeting_kinds)), None)


def _status(norm: Norm, facts: Facts, bound: datetime, deed: Deed | None, *, continuing: bool) -> str:
    if norm.dormant is not None:
        return "dormant"
    if continuing or not norm.testable:
        return "not_testable"
    return judge(facts, bound, deed)


def judge(facts: Facts, bound: datetime, deed: Deed | None) -> str:
    """Judge a duty with a bound: before it is met, at or after it late; else pending until the bound, then missed."""
    if deed is not None:
        return "met" if deed.at < bound else "late"
    return "pending" if facts.as_of < bound else "missed"


def _plan_issued(charter: Charter, facts: Facts, norm: Norm, span: _Span) -> bool:
    plans = [other for other in charter.norms if other.key in norm.after]
    return all(
        answered(charter, facts, plan, plan.bearers[0].party, span.name, span.start) is not None for plan in plans
    )


def _bearers(charter: Charter, facts: Facts, norm: Norm) -> list[str]:
    """Spread a duty over those who owe it: every reporting agency, every agency with a member."""
    if norm.action == "report.submit":
        return [f"agency:{code}" for code in _reporting(charter, facts)]
    if norm.document_kinds == ("subplan",):
        return [f"member:{code}" for code in charter.member_agencies]
    posts = {charter.roles[b.role].agency for b in norm.bearers if b.agency is None and b.role in charter.roles}
    return [b.party for b in norm.bearers if not _same_person(b, posts)]


def _same_person(bearer: Bearer, posts: set[str | None]) -> bool:
    """A charter that names a member by post and by role together means one person."""
    return bearer.role == "member" and bearer.agency is not None and bearer.agency in posts


def _reporting(charter: Charter, facts: Facts) -> tuple[str, ...]:
    given = facts.values.get("reporting_agencies")
    return tuple(given) if given is not None else charter.member_agencies


def _local_reports(ground: _Ground, month: Month) -> Iterator[Obligation]:
    """Where the charter asks no agency for a report, a local rule may; such a duty is shown as local only."""
    charter, facts = ground.charter, ground.facts
    if "report.submit" in charter.index.tables:
        return
    gap = charter.index.gaps.get("report.submit", "")
    bound = moved(facts, gap, None, lambda rule: _before(month, rule))
    if bound is None or not ground.binds(bound):
        return
    for code in _reporting(charter, facts):
        papers = [
            str(report.get("id"))
            for report in facts.reports("agency_monthly_report", str(month))
            if str(report.get("from")).rpartition(":")[2] == code
        ]
        yield Obligation(
            norm=gap,
            action="report.submit",
            object_kind="agency_monthly_report",
            citations=(),
            bearer=f"agency:{code}",
            period=str(month),
            due_before=bound,
            recipients=("group",),
            via=None,
            status="not_regulated",
            satisfied_by=tuple(papers[:1]),
            gaps=(gap,),
            text=ground.text,
        )
