"""The independent recount: from the script and the regulation's own words alone, what was owed and how it stands.

Nothing here knows the product; a duty is named by what it is, who owes it and for which period or event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ruamel.yaml import YAML

from year.script import FOLDER, Script, start_of

Told = Mapping[str, Any]
HELD = ("regular", "six_month_review", "year_end_summary", "ad_hoc")
REVIEW, YEAR_END = "six_month_review", "year_end_summary"

__all__ = ["Owed", "Recount", "regulation"]


def regulation(name: str) -> Told:
    """What a regulation asks, as a jurist wrote it down."""
    return YAML(typ="safe").load((FOLDER / "regulations.yaml").read_text(encoding="utf-8"))[name]


@dataclass(frozen=True, order=True)
class Owed:
    """One duty: in which month it stands, what it is, who owes it, for which period, by when, and how it stands."""

    month: str
    action: str
    object: str
    bearer: str
    period: str
    due: str
    clauses: str
    status: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.month, self.action, self.object, self.bearer, self.period


def month_of(moment: datetime) -> str:
    return f"{moment:%Y-%m}"


def next_month(month: str) -> datetime:
    year, number = int(month[:4]), int(month[5:])
    return start_of(date(year + number // 12, number % 12 + 1, 1))


def judged(done: datetime | None, bound: datetime, now: datetime) -> str:
    """«Trước» is strict: done before the bound is met, at it or after it is late."""
    if done is not None:
        return "met" if done < bound else "late"
    return "pending" if now < bound else "missed"


def _reported_as(half: str, year: int) -> list[str]:
    """By which reports a half-year is reviewed: its own, and the second one by the year's."""
    return [f"{year}-{half}", *([str(year)] if half == "H2" else [])]


class Recount:
    """What a script's group owed, as things stood at an instant."""

    def __init__(self, script: Script, now: datetime) -> None:
        self.script, self.now = script, now
        self.law = regulation(script.told.get("judged_by", script.told["regulation"]))

    def at(self, written: str | None) -> datetime | None:
        """When something happened, if it has by now."""
        moment = self.script.at(written) if written else None
        return moment if moment is not None and moment <= self.now else None

    def owed(self) -> list[Owed]:
        """Every duty of the script's months that has a bound."""
        found = [*self._monthly(), *self._of_periods(), *self._of_meetings(), *self._of_tasks(), *self._of_rounds()]
        found += [*self._of_matters()]
        return sorted(self._explained(one) for one in found)

    def _owed(
        self, month: str, what: str, who: str, period: str, due: datetime, clauses: list[str], status: str, of: str = ""
    ) -> Owed:
        return Owed(month, what, of, who, period, due.isoformat(), " ".join(clauses), status)

    def _explained(self, one: Owed) -> Owed:
        """A reply that was accepted excuses what was missed or late."""
        for told in self.script.list("explained"):
            same = (told["action"], told["bearer"], told["month"]) == (one.action, one.bearer, one.month)
            if same and one.status in ("missed", "late") and self.at(told.get("accepted")):
                return Owed(**{**one.__dict__, "status": "excused"})
        return one

    # ------------------------------------------------------------ every month

    def _monthly(self) -> Iterator[Owed]:
        for month in self.script.months:
            end = next_month(month)
            held = self._held_in(month, ("regular",))
            clauses = self.law["monthly_meeting"]
            yield self._owed(
                month, "meeting.hold", "group", month, end, clauses, judged(held, end, self.now), "regular"
            )
            for action, told in self.law["reports_up"].items():
                bound = self._moved(self._day(month, told)) if "before_day" in told else self._own_day(month, end)
                sent = self._sent_to_all(month, told["to"])
                status = judged(sent, bound, self.now)
                yield self._owed(month, action, told["by"], month, bound, told["clause"], status, told["object"])
            yield from self._of_agencies(month)

    def _own_day(self, month: str, end: datetime) -> datetime:
        """Where the regulation names no day it is the end of the month, until the group sets a day of its own."""
        for rule in self.script.list("local_rules"):
            if rule["gap"] == "G-08" and rule.get("before_day") and self.at(rule["at"]):
                own = self._day(month, rule)
                if self.script.at(rule["at"]).date() <= (own - timedelta(days=1)).date():
                    return own
        return end

    def _day(self, month: str, told: Told) -> datetime:
        return start_of(date(int(month[:4]), int(month[5:]), told["before_day"]))

    def _of_agencies(self, month: str) -> Iterator[Owed]:
        told = self.law["agency_reports"]
        if told is None:
            return
        bound = self._moved(self._day(month, told))
        for agency in self.law["members"]:
            came = self.arrival(month, agency)
            status = judged(came, bound, self.now)
            yield self._owed(
                month,
                "report.submit",
                f"agency:{agency}",
                month,
                bound,
                told["clause"],
                status,
                "agency_monthly_report",
            )

    def _moved(self, bound: datetime) -> datetime:
        """Where the group's own rule says so, a last lawful day that is a day off gives way to the next working day."""
        rule = next((one for one in self.script.list("local_rules") if one["gap"] == "G-13"), None)
        last = (bound - timedelta(days=1)).date()
        if rule is None or not self.at(rule["at"]) or self.script.at(rule["at"]).date() > last:
            return bound
        days_off = {self.script.day(one) for one in self.script.list("days_off")}
        while last.weekday() >= 5 or last in days_off:
            last += timedelta(days=1)
        return start_of(last + timedelta(days=1))

    def arrival(self, month: str, agency: str) -> datetime | None:
        """When the report that stands came: one that was returned or taken back has not come."""
        told = (self.script.table("agency_reports").get(month) or {}).get(agency)
        if told is None:
            return None
        if isinstance(told, str):
            return self.at(told)
        if told.get("on_paper"):
            return self.at(told["on_paper"]) if self.at(told["entered"]) else None
        if self.at(told.get("returned")) or self.at(told.get("taken_back")):
            return self.at(told.get("sent_again"))
        return self.at(told.get("sent"))

    def _sent_to_all(self, period: str, to: list[str]) -> datetime | None:
        told = self.script.table("group_reports").get(period) or {}
        sent = [self.at((told.get("sent") or {}).get(one)) for one in to]
        return max(sent) if all(sent) else None

    def _held_in(self, month: str, kinds: tuple[str, ...]) -> datetime | None:
        """When the first meeting of a kind opened in a month; without signed minutes it is none."""
        opened = [
            self.script.at(one["opens"])
            for one in self._meetings()
            if one["kind"] in kinds and self.at((one.get("minutes") or {}).get("at"))
        ]
        return min((one for one in opened if month_of(one) == month), default=None)

    def _meetings(self) -> list[Told]:
        return [one for one in self.script.list("meetings") if self.held(one)]

    def held(self, meeting: Told) -> bool:
        """Whether something was a meeting of the group that has opened: a working session is none."""
        return meeting["kind"] in HELD and self.at(meeting.get("opens")) is not None

    # ------------------------------------------------------------ half-years and the year

    def _of_periods(self) -> Iterator[Owed]:
        year, months = self.script.year, self.script.months
        for half, last in (("H1", f"{year}-06"), ("H2", f"{year}-12")):
            if last not in months:
                continue
            span = months[:6] if half == "H1" else months[6:]
            bound, period = next_month(last), f"{year}-{half}"
            held = self._first(span, (REVIEW, YEAR_END) if half == "H2" else (REVIEW,))
            clauses = self.law["review_meeting"]
            yield self._owed(
                last, "meeting.hold", "group", period, bound, clauses, judged(held, bound, self.now), REVIEW
            )
            review = self.law["review"]
            if review:
                done = min((one for one in (held, self._any_sent(_reported_as(half, year))) if one), default=None)
                status = judged(done, bound, self.now)
                yield self._owed(
                    last, "review.conduct", review["by"], period, bound, review["clause"], status, "review_report"
                )
        if f"{year}-12" in months:
            yield from self._of_the_year()

    def _first(self, months: list[str], kinds: tuple[str, ...]) -> datetime | None:
        found = [self._held_in(month, kinds) for month in months]
        return min((one for one in found if one), default=None)

    def _any_sent(self, periods: list[str]) -> datetime | None:
        reports = self.script.table("group_reports")
        found = [self.at(at) for period in periods for at in ((reports.get(period) or {}).get("sent") or {}).values()]
        return min((one for one in found if one), default=None)

    def _of_the_year(self) -> Iterator[Owed]:
        year = str(self.script.year)
        last, bound = f"{year}-12", next_month(f"{year}-12")
        held = self._first(self.script.months, (YEAR_END,))
        clauses = self.law["year_end_meeting"]
        yield self._owed(last, "meeting.hold", "group", year, bound, clauses, judged(held, bound, self.now), YEAR_END)
        for action, told in self.law["yearly"].items():
            done = self._issued(told["object"])
            yield self._owed(
                last, action, told["by"], year, bound, told["clause"], judged(done, bound, self.now), told["object"]
            )
        if self.law["subplans"] and self._issued("plan"):
            for agency in self.law["members"]:
                status = judged(self._filed(agency), bound, self.now)
                who = f"member:{agency}"
                yield self._owed(
                    last, "subplan.build", who, year, bound, self.law["subplans"]["clause"], status, "subplan"
                )
        budget = self.law["budget"]
        if budget:
            done = self.at((self.script.table("budget")).get("submitted"))
            status = judged(done, bound, self.now)
            yield self._owed(
                last, budget["action"], budget["by"], year, bound, budget["clause"], status, "budget_proposal"
            )

    def _issued(self, kind: str) -> datetime | None:
        found = [self.at(one.get("issued")) for one in self.script.list("plans") if one["kind"] == kind]
        return min((one for one in found if one), default=None)

    def _filed(self, agency: str) -> datetime | None:
        found = [self.at(one.get("filed")) for one in self.script.list("plans") if one.get("agency") == agency]
        return min((one for one in found if one), default=None)

    # ------------------------------------------------------------ meetings

    def number(self, meeting: Told) -> str:
        """Meetings are numbered in the order in which they were prepared, one series a year."""
        listed = sorted(self.script.list("meetings"), key=lambda one: self.script.at(one["prepared"]))
        return f"HOP-{listed.index(meeting) + 1:02d}-{self.script.year}"

    def point(self, meeting: Told, place: int) -> str:
        """A point of a conclusion is numbered behind its meeting."""
        return f"{self.number(meeting).replace('HOP', 'KL')}-{place}"

    def _of_meetings(self) -> Iterator[Owed]:
        for meeting in self._meetings():
            opened = self.script.at(meeting["opens"])
            month, period = month_of(opened), self.number(meeting)
            content = self.law["content"]
            if content:
                status = judged(self.at((meeting.get("content") or {}).get("at")), opened, self.now)
                yield self._owed(
                    month, "meeting_content.prepare", content["by"], period, opened, [content["clause"]], status
                )
            for who in self.script.members:
                if who != "leader":
                    yield from self._of_member(meeting, who, opened, period)

    def _of_member(self, meeting: Told, who: str, opened: datetime, period: str) -> Iterator[Owed]:
        party, month = self.script.party(who), month_of(opened)
        reported = self.at((meeting.get("reports") or {}).get(who))
        status = judged(reported, opened, self.now)
        yield self._owed(month, "member_report.prepare", party, period, opened, self.law["member_report"], status)
        away = (meeting.get("absent") or {}).get(who)
        attend = self.law["attend"]
        if away is None:
            yield self._owed(month, "meeting.attend", party, period, opened, attend, "met")
            return
        asked = list(self._of_absence(meeting, away, opened))
        for action, clauses, good in asked:
            yield self._owed(month, action, party, period, opened, clauses, "met" if good else "missed")
        in_order = all(good for _, _, good in asked)
        clauses = list(dict.fromkeys([*attend, *(one for _, told, _ in asked for one in told)])) if in_order else attend
        yield self._owed(month, "meeting.attend", party, period, opened, clauses, "excused" if in_order else "missed")

    def _of_absence(self, meeting: Told, away: Told, opened: datetime) -> Iterator[tuple[str, list[str], bool]]:
        substitute = bool(away.get("substitute"))
        reported = self.at(away.get("reported"))
        consent = self.at(away.get("consent"))
        for action, told in self.law["absence"].items():
            if told.get("only_with_substitute") and not substitute:
                continue
            good = {
                "absence.report": reported is not None
                and reported < opened
                and away.get("to", "leader") in told.get("to", ()),
                "meeting.consent_absence": consent is not None and consent < opened,
                "substitute.send": substitute,
                "substitute.give_opinion": bool(away.get("opinion")),
            }[action]
            yield action, told["clause"], good

    # ------------------------------------------------------------ tasks, conclusions, rounds, matters

    def tasks(self) -> list[tuple[int, Told]]:
        """Every task with its number: in the order of their giving, those from conclusions among them."""
        points = [
            {**one, "given": one["assigned"], "by": one.get("by", "leader")}
            for meeting in self.script.list("meetings")
            for one in meeting.get("conclusions") or ()
            if one.get("assigned")
        ]
        listed = sorted([*self.script.list("tasks"), *points], key=lambda one: self.script.at(one["given"]))
        return list(enumerate(listed, 1))

    def last_day(self, task: Told) -> str:
        """Until when a task may be done: the day it was given for, or the one that was granted."""
        asked = task.get("extension") or {}
        return asked["to"] if self.at(asked.get("granted")) else task["due"]

    def finished(self, task: Told) -> datetime | None:
        """When the work was done: the last result that came before it was accepted; unaccepted it is not done."""
        accepted = self.at(task.get("accepted"))
        if accepted is None:
            return None
        done = task["done"] if isinstance(task["done"], list) else [task["done"]]
        return max(moment for moment in map(self.script.at, done) if moment <= accepted)

    def _of_tasks(self) -> Iterator[Owed]:
        for number, task in self.tasks():
            if not self.at(task["given"]) or self.at(task.get("cancelled")):
                continue
            bound = self.script.after(self.last_day(task))
            month, status = month_of(bound - timedelta(seconds=1)), judged(self.finished(task), bound, self.now)
            bearer, clauses = self._who_carries_out(task)
            if bearer and month in self.script.months:
                yield self._owed(month, "task.carry_out", bearer, f"NV-{number}", bound, clauses, status)
        if self.law["conclusions"]:
            yield from self._of_conclusions()

    def _who_carries_out(self, task: Told) -> tuple[str, list[str]]:
        """Who owes a task under the regulation, and by which clause; nobody where no clause reaches them."""
        lead, law = task["lead"], self.law["tasks"]
        for office in (law.get("offices") or {}).get(lead, ()):
            if task["by"] in office["from"]:
                return office["who"], office["clause"]
        return (f"member:{lead}", law["clause"]) if task["by"] in law["from"] and law["clause"] else ("", [])

    def _of_conclusions(self) -> Iterator[Owed]:
        for meeting in self._meetings():
            for place, point in enumerate(meeting.get("conclusions") or (), 1):
                if not point.get("lead") or self.at(point.get("cancelled")):
                    continue
                if not point.get("due"):
                    continue
                bound = self.script.after(point["due"])
                month = month_of(bound - timedelta(seconds=1))
                if month not in self.script.months:
                    continue
                done = self.finished(point) if point.get("assigned") else None
                period, status = self.point(meeting, place), judged(done, bound, self.now)
                who = f"member:{point['lead']}"
                yield self._owed(
                    month, "conclusion.carry_out", who, period, bound, self.law["conclusions"]["clause"], status
                )

    def _of_rounds(self) -> Iterator[Owed]:
        for place, one in enumerate(self.script.list("rounds"), 1):
            if not self.at(one["asked"]):
                continue
            bound = self.script.at(one["closes"])
            month = month_of(bound - timedelta(seconds=1))
            for who in one.get("whom") or [one for one in self.script.members if one != "leader"]:
                answer = (one.get("answers") or {}).get(who)
                status = judged(self.at(answer["at"]) if answer else None, bound, self.now)
                period = f"PYK-{place:02d}-{self.script.year}"
                clauses = self.law["written_opinion"]["clause"]
                yield self._owed(month, "written_opinion.give", self.script.party(who), period, bound, clauses, status)

    def _of_matters(self) -> Iterator[Owed]:
        """Who settles a grave matter in the leader's place owes to have brought it before the leader first."""
        told = self.law["escalation"]
        for place, one in enumerate(self.script.list("matters"), 1):
            settled = self.at(one.get("settled"))
            if settled is None or one["by"] != told["by"] or not (one.get("important") or one.get("exceeds")):
                continue
            status = judged(self.at(one.get("escalated")), settled, self.now)
            yield self._owed(
                month_of(settled), "matter.escalate", one["by"], f"VV-{place}", settled, told["clause"], status
            )
