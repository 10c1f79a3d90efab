"""Duties that events bring: a meeting, a paper for the chair, a matter, a task, a conclusion, a written round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from dean06.charter.facts_file import Facts, Row
from dean06.charter.norms import Bearer, Norm
from dean06.charter.periods import Month
from dean06.charter.types import Charter, Citation, Obligation
from dean06.charter.vocabulary import vocabulary

Item = tuple[Obligation, datetime]
BY_EVENT = ("each_event", "before_event", "task_due", "timely")
MEMBER = "member"
LEADERSHIP = ("leader", "standing_deputy", "deputy")
ABSENT = ("absence.report", "meeting.consent_absence", "substitute.send", "substitute.give_opinion")


@dataclass(frozen=True)
class Duty:
    """A duty of a charter on one action: its first norm, and every clause that says so; `text` is told of each item.

    A year holds thousands of tasks of a few bearers: what the norms say of a bearer is worked out once.
    """

    norms: tuple[Norm, ...]
    text: str = ""
    carriers: dict[tuple[str, object], tuple[str, Duty | None]] = field(default_factory=dict, compare=False)

    @property
    def first(self) -> Norm:
        return self.norms[0]

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(one.cite for one in self.norms))

    @cached_property
    def recipients(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for one in self.norms for party in one.recipients))

    @cached_property
    def kind(self) -> str | None:
        return next(iter((*self.first.document_kinds, *self.first.meeting_kinds)), None)

    def under(self, norm: Norm) -> Duty:
        """Return the duty as one of its norms alone says it."""
        return Duty((norm,), self.text)

    def item(self, bearer: str, period: str, bound: datetime | None, status: str, done: str | None) -> Obligation:
        norm = self.first
        return Obligation(
            norm=norm.key,
            action=norm.action or "",
            object_kind=self.kind,
            citations=self.citations,
            bearer=bearer,
            period=period,
            due_before=bound,
            recipients=self.recipients,
            via=norm.via,
            status="dormant" if norm.dormant else status,
            satisfied_by=(done,) if done and status in ("met", "late", "excused") else (),
            gaps=norm.gaps,
            text=self.text,
        )


def duties_by_event(charter: Charter, text: str = "") -> Mapping[str, Duty]:
    """Return the duties whose deadline is an event, by action."""
    found: dict[str, tuple[Norm, ...]] = {}
    for norm in charter.norms:
        if norm.action and norm.deadline and norm.deadline.form in BY_EVENT:
            found[norm.action] = (*found.get(norm.action, ()), norm)
    return {action: Duty(norms, text) for action, norms in found.items()}


def from_events(duties: Mapping[str, Duty], charter: Charter, facts: Facts, month: Month) -> Iterator[Item]:
    """Return the duties by event of a month, each with the instant that judges force.

    A duty lies in the month of the last instant before its bound, and of its event where it has no bound: in one month
    alone. What may still be done on the 31st is owed in that month, though its bound is the first instant of the next.
    """
    view = _View(duties, charter, facts, month)
    for find in (view.meetings, view.submissions, view.matters, view.tasks, view.conclusions, view.rounds, view.issues):
        yield from find()


@dataclass(frozen=True, slots=True)
class _View:
    duties: Mapping[str, Duty]
    charter: Charter
    facts: Facts
    month: Month

    def duty(self, action: str) -> Duty | None:
        """Return the duty on an action; None where the charter asks nothing."""
        return self.duties.get(action)

    def judged(self, bound: datetime | None, done: datetime | None) -> str:
        deed = self.facts.known(done)
        if deed is not None:
            return "met" if bound is None or deed < bound else "late"
        return "pending" if bound is None or self.facts.as_of < bound else "missed"

    def _owed(self, bound: datetime | None, event: datetime | None) -> bool:
        """Say whether a duty lies in this month: its last instant does, or its event where it has no bound."""
        return self.month.holds(bound - timedelta(microseconds=1) if bound is not None else event)

    # ------------------------------------------------------------ meetings
    def meetings(self) -> Iterator[Item]:
        for meeting in self.facts.rows("meetings"):
            opened = self.facts.known(meeting.get("opened_at"))
            if opened is None or not self.month.holds(opened) or meeting.get("kind") == "working_session":
                continue
            for item in (*self._content(meeting, opened), *self._attendance(meeting, opened)):
                yield item, opened

    def _content(self, meeting: Row, opened: datetime) -> Iterator[Obligation]:
        duty = self.duty("meeting_content.prepare")
        if duty is None:
            return
        status = self.judged(opened, meeting.get("content_report_at"))
        for bearer in duty.first.bearers:
            yield duty.item(bearer.party, str(meeting.get("id")), opened, status, str(meeting.get("id")))

    def _attendance(self, meeting: Row, opened: datetime) -> Iterator[Obligation]:
        period = str(meeting.get("id"))
        attend, report = self.duty("meeting.attend"), self.duty("member_report.prepare")
        for row in meeting.get("attendance") or ():
            member = str(row.get("member"))
            others = () if row.get("present") else tuple(self._absence(meeting, row, opened))
            if attend is not None:
                good = bool(row.get("present")) or (bool(others) and all(item.status == "met" for item in others))
                status = ("met" if row.get("present") else "excused") if good else "missed"
                item = attend.item(member, period, opened, status, period)
                yield _with(item, others) if status == "excused" else item
            yield from others
            if report is not None:
                status = self.judged(opened, row.get("report_filed_at"))
                yield report.item(member, period, opened, status, period)

    def _absence(self, meeting: Row, row: Row, opened: datetime) -> Iterator[Obligation]:
        substitute: Row = row.get("substitute") or {}
        sent = bool(substitute.get("name")) and substitute.get("responsible") is not False
        opinion = self.facts.known(substitute.get("written_opinion_at"))
        met = {
            "absence.report": self._reported(meeting, row, opened),
            "meeting.consent_absence": _consented(meeting, row, opened),
            "substitute.send": sent,
            "substitute.give_opinion": opinion is not None and opinion < opened,
        }
        for action in ABSENT:
            duty = self.duty(action)
            if duty is None or (action == "substitute.give_opinion" and not substitute):
                continue
            status, period = "met" if met[action] else "missed", str(meeting.get("id"))
            yield duty.item(str(row.get("member")), period, opened, status, period)

    def _reported(self, meeting: Row, row: Row, opened: datetime) -> bool:
        notice: Row = row.get("absence_reported") or {}
        at = notice.get("at")
        duty = self.duty("absence.report")
        asked = {party for norm in duty.norms for party in norm.recipients} if duty else set()
        named = asked - {"chair_of_meeting"} or {str(meeting.get("presided_by"))}
        return at is not None and at < opened and notice.get("to") in named

    # ------------------------------------------------------------ papers, matters, tasks
    def submissions(self) -> Iterator[Item]:
        duty = self.duty("appraisal.perform")
        for document in self.facts.rows("documents"):
            at = self.facts.known(document.get("submitted_to_chair_at"))
            if duty is None or at is None or not self.month.holds(at):
                continue
            appraised: Row = document.get("appraised") or {}
            for bearer in duty.first.bearers:
                done = appraised.get("at") if self._by(appraised.get("by"), bearer) else None
                period = str(document.get("id"))
                yield duty.item(bearer.party, period, at, self.judged(at, done), period), at

    def _by(self, party: object, bearer: Bearer) -> bool:
        """An agency acts by its name or by the holder of a post in it; a role without an agency acts by itself."""
        role, _, named = str(party).partition(":")
        fixed = self.charter.roles[role].agency if role in self.charter.roles else None
        return _is(role, bearer.role) if bearer.agency is None else bearer.agency in (role, named, fixed)

    def matters(self) -> Iterator[Item]:
        duty = self.duty("matter.escalate")
        for matter in self.facts.rows("matters"):
            at = self.facts.known(matter.get("settled_at"))
            if duty is None or at is None or not self.month.holds(at):
                continue
            grave = matter.get("important") or matter.get("exceeds_competence")
            by = str(matter.get("settled_by"))
            if grave and any(by == bearer.role for bearer in duty.first.bearers):
                status = self.judged(at, matter.get("escalated_at"))
                yield duty.item(by, str(matter.get("id")), at, status, str(matter.get("id"))), at

    def tasks(self) -> Iterator[Item]:
        duty = self.duty("task.carry_out")
        if duty is None:
            return
        for task in self.facts.tasks(str(self.month)):
            bound = task.get("due_at")
            at: datetime = bound or task["assigned_at"]
            told = (str(task.get("bearer")), task.get("assigned_by"))
            if told not in duty.carriers:
                duty.carriers[told] = self._carries_out(duty, *told)
            bearer, owed = duty.carriers[told]
            if owed is None:
                continue
            done = task.get("done_at") if task.get("accepted") is not False else None
            period = str(task.get("id"))
            yield owed.item(bearer, period, bound, self.judged(bound, done), period), at

    def _carries_out(self, duty: Duty, told: str, by: object) -> tuple[str, Duty | None]:
        """Return who owes a task that somebody gave to a bearer, and the duty as the norm for them says it.

        The member of an agency may sit there by an office. Where the charter gives an agency's seat to an office of the
        group, a task of that agency is the office's.
        """
        role, _, agency = told.partition(":")
        offices = self._offices(agency) if role == MEMBER and agency else []
        tried = [(one, self._task_norm(duty, one, "", by)) for one in offices]
        found = [(one, norm) for one, norm in tried if norm is not None and _names(norm, one)]
        bearer, owed = found[0] if found else (told, self._task_norm(duty, role, agency, by))
        return bearer, duty.under(owed) if owed else None

    def _offices(self, agency: str) -> list[str]:
        """Return the offices that sit for an agency in the place of a plain member."""
        plain = agency in self.charter.member_agencies
        return [
            role
            for role, told in self.charter.roles.items()
            if told.agency == agency and role in vocabulary().members and (told.ex_officio or not plain)
        ]

    def _task_norm(self, duty: Duty, role: str, agency: str, by: object) -> Norm | None:
        held = {"task.assigned_by_leader": by == "leader", "task.assigned_by_leadership": by in LEADERSHIP}
        for norm in duty.norms:
            reached = any(_is(role, b.role) and b.agency in (None, agency) for b in norm.bearers)
            if reached and all(any(held.get(name, False) for name in group) for group in norm.when):
                return norm
        return None

    def conclusions(self) -> Iterator[Item]:
        duty = self.duty("conclusion.carry_out")
        for conclusion in self.facts.rows("conclusions"):
            bound, made = conclusion.get("due_at"), conclusion.get("at")
            judged_at = bound or made
            if duty is None or judged_at is None or not self._owed(bound, made):
                continue
            period = str(conclusion.get("id"))
            for agency in conclusion.get("concerns") or ():
                rows = [row.get("at") for row in conclusion.get("done") or () if row.get("agency") == agency]
                done = min((at for at in rows if at is not None), default=None)
                item = duty.item(f"member:{agency}", period, bound, self.judged(bound, done), period)
                yield item, judged_at

    def rounds(self) -> Iterator[Item]:
        duty = self.duty("written_opinion.give")
        for written in self.facts.rows("written_rounds"):
            bound, opened = written.get("closes_at"), written.get("opened_at")
            judged_at = bound or opened
            if duty is None or judged_at is None or not self._owed(bound, opened):
                continue
            period = str(written.get("id"))
            for member in written.get("members") or ():
                rows = [row.get("at") for row in written.get("opinions") or () if row.get("member") == member]
                done = min((at for at in rows if at is not None), default=None)
                yield duty.item(str(member), period, bound, self.judged(bound, done), period), judged_at

    def issues(self) -> Iterator[Item]:
        for action, key in (("issue.report", "raised_by"), ("issue.settle", "")):
            duty = self.duty(action)
            for issue in self.facts.rows("issues"):
                arose = self.facts.known(issue.get("arose_at"))
                if duty is None or arose is None or not self.month.holds(arose):
                    continue
                bearer = str(issue.get(key)) if key else duty.norms[-1].bearers[0].party
                yield duty.under(duty.norms[-1]).item(bearer, str(issue.get("id")), None, "not_testable", None), arose


def _names(norm: Norm, role: str) -> bool:
    """Say whether a norm names an office itself, not only as one of the members."""
    return any(bearer.role == role for bearer in norm.bearers)


def _is(role: str, named: str) -> bool:
    """A norm for members reaches the seats that are also members."""
    return role == named or (named == MEMBER and role in vocabulary().members)


def _with(item: Obligation, others: tuple[Obligation, ...]) -> Obligation:
    """Cite beside an excused duty the clauses that excuse it."""
    cites = dict.fromkeys((*item.citations, *(cite for other in others for cite in other.citations)))
    return replace(item, citations=tuple(cites))


def _consented(meeting: Row, row: Row, opened: datetime) -> bool:
    """Consent is the presiding person's, given before the opening."""
    consent: Row = row.get("consent") or {}
    at, presiding = consent.get("at"), meeting.get("presided_by")
    by_chair = presiding is None or consent.get("by") in (presiding, "chair_of_meeting")
    return consent.get("given") is True and at is not None and at < opened and by_chair
