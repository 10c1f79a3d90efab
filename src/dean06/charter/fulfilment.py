"""What answers a periodic duty: a meeting held, a report received or dispatched, a document issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from dean06.charter.facts_file import Facts, Row
from dean06.charter.local_bounds import in_force_at
from dean06.charter.norms import Norm
from dean06.charter.periods import Month, half_span, year_span
from dean06.charter.types import Charter
from dean06.clock.service import TZ

UPWARD = ("group_monthly_report", "consolidated_report")


@dataclass(frozen=True, slots=True)
class Deed:
    """When a duty was fulfilled, and by which records."""

    at: datetime
    papers: tuple[str, ...]


def answered_by(action: str) -> frozenset[str]:
    """Return the records that can answer a periodic duty on an action: lists of the facts file, some by their kind.

    An action that events bring (a task, a meeting's attendance) has none: the event's own record answers it.
    """
    return _RECORDS.get(action, frozenset())


def answered(charter: Charter, facts: Facts, norm: Norm, party: str, period: str, start: datetime) -> Deed | None:
    """Return the earliest deed that fulfils a duty of a party in a period, or None."""
    find = _FINDERS.get(norm.action or "")
    if find is None:
        return None
    return min(find(_Asked(charter, facts, norm, party, period, start)), key=lambda deed: deed.at, default=None)


@dataclass(frozen=True, slots=True)
class _Asked:
    charter: Charter
    facts: Facts
    norm: Norm
    party: str
    period: str
    start: datetime

    @property
    def year(self) -> int:
        return int(self.period[:4])


def _span(period: str) -> tuple[datetime, datetime]:
    if "H" in period:
        return half_span(period)
    if len(period) == 4:
        return year_span(int(period))
    month = Month.parse(period)
    return month.start(), month.end()


def _meetings(asked: _Asked) -> Iterator[Deed]:
    yield from _held(asked, asked.norm.meeting_kinds)


def _held(asked: _Asked, kinds: tuple[str, ...]) -> Iterator[Deed]:
    """A meeting counts for the period in which it opened; roll and minutes must not be recorded as wanting."""
    start, end = _span(asked.period)
    if asked.period.endswith("H2") and _year_end_answers_second_half(asked.facts, end):
        kinds = (*kinds, "year_end_summary")
    for meeting in asked.facts.rows("meetings"):
        opened = asked.facts.known(meeting.get("opened_at"))
        whole = meeting.get("roll") is not False and meeting.get("minutes") is not False
        if opened is not None and start <= opened < end and meeting.get("kind") in kinds and whole:
            yield Deed(opened, (str(meeting.get("id")),))


def _year_end_answers_second_half(facts: Facts, end: datetime) -> bool:
    rule = in_force_at(facts, "G-08", end)
    value = rule.get("value") if rule is not None else None
    return not (isinstance(value, Mapping) and value.get("year_end_answers_h2") is False)


def _reviews(asked: _Asked) -> Iterator[Deed]:
    yield from _held(asked, ("six_month_review",))
    periods = {asked.period}
    kinds = {"review_report"}
    if asked.period.endswith("H2") and _year_end_answers_second_half(asked.facts, _span(asked.period)[1]):
        periods.add(asked.period[:4])
        kinds.add("year_end_report")
    for report in asked.facts.rows("reports"):
        if report.get("kind") in kinds and report.get("period") in periods:
            for row in (*(report.get("received") or ()), *(report.get("dispatched") or ())):
                at = asked.facts.known(row.get("at"))
                if at is not None:
                    yield Deed(at, (str(report.get("id")),))


def _agency_report(asked: _Asked) -> Iterator[Deed]:
    """Where the norm names a channel, only receipt by that channel fulfils it."""
    agency = asked.party.rpartition(":")[2]
    for report in asked.facts.reports("agency_monthly_report", asked.period):
        if str(report.get("from")).rpartition(":")[2] != agency:
            continue
        for row in report.get("received") or ():
            at = asked.facts.known(row.get("at"))
            if at is not None and _through(asked, str(row.get("by"))):
                yield Deed(at, (str(report.get("id")),))


def _through(asked: _Asked, by: str) -> bool:
    via = asked.norm.via
    if via is None:
        return True
    role, _, agency = by.partition(":")
    fixed = asked.charter.roles[role].agency if role in asked.charter.roles else None
    return via in (by, agency, fixed)


def _sent_up(asked: _Asked) -> Iterator[Deed]:
    """A report up is done when its last recipient has been served; either kind of paper counts."""
    served: dict[str, Deed] = {}
    for report in (paper for kind in UPWARD for paper in asked.facts.reports(kind, asked.period)):
        for row in report.get("dispatched") or ():
            at, to = asked.facts.known(row.get("at")), str(row.get("to"))
            if at is not None and (to not in served or at < served[to].at):
                served[to] = Deed(at, (str(report.get("id")),))
    wanted = [served.get(party) for party in asked.norm.recipients]
    deeds = [deed for deed in wanted if deed is not None]
    if deeds and len(deeds) == len(wanted):
        papers = dict.fromkeys(paper for deed in deeds for paper in deed.papers)
        yield Deed(max(deed.at for deed in deeds), tuple(papers))


def _documents(asked: _Asked) -> Iterator[tuple[Row, datetime]]:
    for document in asked.facts.rows("documents"):
        at = asked.facts.known(document.get("submitted_at") or document.get("issued_at"))
        if at is None or document.get("kind") not in asked.norm.document_kinds:
            continue
        if (document.get("year") or at.astimezone(TZ).year) == asked.year:
            yield document, at


def _issued(asked: _Asked) -> Iterator[Deed]:
    """A yearly plan counts when the leader issued it, or another for the leader under a delegation in force."""
    principal = asked.norm.bearers[0].role
    for document, _ in _documents(asked):
        at = asked.facts.known(document.get("issued_at"))
        by = str(document.get("issued_by")).partition(":")[0]
        if at is None:
            continue
        if by == principal or (document.get("on_behalf_of") == principal and _delegated(asked, document, by, at)):
            yield Deed(at, (str(document.get("id")),))


def _delegated(asked: _Asked, document: Row, by: str, at: datetime) -> bool:
    under = document.get("under")
    grants = (grant for grant in asked.facts.rows("delegations") if under is not None and grant.get("id") == under)
    return any(grant.get("to_role") == by and _covers(grant, at) for grant in grants)


def _covers(grant: Row, at: datetime) -> bool:
    begins, ends, revoked = grant.get("from"), grant.get("to"), grant.get("revoked_at")
    return (begins is None or begins <= at) and (ends is None or at <= ends) and (revoked is None or at < revoked)


def _of_agency(asked: _Asked) -> Iterator[Deed]:
    agency = asked.party.rpartition(":")[2]
    for document, at in _documents(asked):
        if document.get("agency") in (agency, None):
            yield Deed(at, (str(document.get("id")),))


def _subplan(asked: _Asked) -> Iterator[Deed]:
    agency = asked.party.rpartition(":")[2]
    for document, at in _documents(asked):
        if document.get("agency") == agency:
            yield Deed(at, (str(document.get("id")),))


_FINDERS: Mapping[str, Callable[[_Asked], Iterator[Deed]]] = {
    "meeting.hold": _meetings,
    "review.conduct": _reviews,
    "report.submit": _agency_report,
    "report.send_monthly": _sent_up,
    "report.consolidate_and_send": _sent_up,
    "programme.issue": _issued,
    "plan.issue": _issued,
    "inspection_plan.issue": _issued,
    "subplan.build": _subplan,
    "budget.consolidate_and_submit": _of_agency,
    "budget.advise": _of_agency,
}

_MEETINGS = frozenset({"meetings"})
_RECORDS: Mapping[str, frozenset[str]] = {
    "meeting.hold": _MEETINGS,
    "review.conduct": _MEETINGS | {"reports:review_report", "reports:year_end_report"},
    "report.submit": frozenset({"reports:agency_monthly_report"}),
    "report.send_monthly": frozenset(f"reports:{kind}" for kind in UPWARD),
    "report.consolidate_and_send": frozenset(f"reports:{kind}" for kind in UPWARD),
    "programme.issue": frozenset({"documents:programme"}),
    "plan.issue": frozenset({"documents:plan"}),
    "inspection_plan.issue": frozenset({"documents:inspection_plan"}),
    "subplan.build": frozenset({"documents:subplan"}),
    "budget.consolidate_and_submit": frozenset({"documents:budget_proposal"}),
    "budget.advise": frozenset({"documents:budget_proposal"}),
}
