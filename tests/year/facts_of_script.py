"""The same script as a file of facts, for whoever asks the regulation at a terminal: `dean06 charter due`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from year.recount import Recount

Told = Mapping[str, Any]
KINDS = {"month": "group_monthly_report", "half": "review_report", "year": "year_end_report"}

__all__ = ["facts"]


def facts(recount: Recount) -> dict[str, Any]:
    """Everything of a script that a regulation judges by, as known at the recount's instant."""
    script = recount.script
    group = script.told["group"]
    return {
        "format": "dean06-charter-facts/1",
        "as_of": recount.now.isoformat(),
        "adoption": {
            "number": group.get("number", "1/QĐ"),
            "signed_on": group["since"],
            "confirmed_by": ["một người", "người kia"],
        },
        "meetings": [_meeting(recount, one) for one in script.list("meetings") if recount.held(one)],
        "reports": [*_reports(recount), *_agency_reports(recount)],
        "documents": [*_plans(recount), *_budget(recount)],
        "tasks": list(_tasks(recount)),
        "conclusions": list(_conclusions(recount)),
        "written_rounds": [
            _round(recount, place, one)
            for place, one in enumerate(script.list("rounds"), 1)
            if recount.at(one["asked"])
        ],
        "matters": [
            _matter(recount, place, one)
            for place, one in enumerate(script.list("matters"), 1)
            if recount.at(one["put"])
        ],
        "local_rules": [_rule(recount, one) for one in script.list("local_rules")],
    }


def _at(recount: Recount, written: str | None) -> str | None:
    moment = recount.at(written)
    return moment.isoformat() if moment else None


def _known(**told: object) -> dict[str, object]:
    return {name.rstrip("_"): value for name, value in told.items() if value is not None}


def _meeting(recount: Recount, one: Told) -> dict[str, object]:
    script = recount.script
    return _known(
        id=recount.number(one),
        kind=one["kind"],
        opened_at=_at(recount, one["opens"]),
        presided_by=script.people[one.get("chair", "leader")].get("seat", one.get("chair", "leader")),
        roll=True,
        minutes=recount.at((one.get("minutes") or {}).get("at")) is not None,
        content_report_at=_at(recount, (one.get("content") or {}).get("at")),
        attendance=[_attended(recount, one, who) for who in script.members if who != "leader"],
    )


def _attended(recount: Recount, meeting: Told, who: str) -> dict[str, object]:
    away = (meeting.get("absent") or {}).get(who)
    filed = _at(recount, (meeting.get("reports") or {}).get(who))
    row = _known(member=recount.script.party(who), present=away is None, report_filed_at=filed)
    if away is None:
        return row
    reported = _at(recount, away.get("reported"))
    if reported:
        row["absence_reported"] = {"to": away.get("to", "leader"), "at": reported}
    for word, given in (("consent", True), ("refused", False)):
        if away.get(word):
            row["consent"] = {"by": meeting.get("chair", "leader"), "at": _at(recount, away[word]), "given": given}
    if away.get("substitute"):
        opinion = reported if away.get("opinion") else None
        row["substitute"] = _known(name=away["substitute"], responsible=True, written_opinion_at=opinion)
    return row


def _reports(recount: Recount) -> Iterator[dict[str, object]]:
    for period, told in recount.script.table("group_reports").items():
        kind = "half" if "-H" in str(period) else "month" if "-" in str(period) else "year"
        sent = [{"to": to, "at": _at(recount, at)} for to, at in (told.get("sent") or {}).items() if recount.at(at)]
        yield {"id": f"BC-{period}", "kind": KINDS[kind], "period": str(period), "from": "group", "dispatched": sent}


def _agency_reports(recount: Recount) -> Iterator[dict[str, object]]:
    for month, told in recount.script.table("agency_reports").items():
        for agency in told:
            came = recount.arrival(month, agency)
            got = [{"by": "POL", "at": came.isoformat()}] if came else []
            row = {"id": f"BCCQ-{month}-{agency}", "kind": "agency_monthly_report", "period": month}
            yield {**row, "from": f"agency:{agency}", "received": got}


def _plans(recount: Recount) -> Iterator[dict[str, object]]:
    for place, one in enumerate(recount.script.list("plans"), 1):
        row = {"id": f"KH-{place}", "kind": one["kind"], "year": recount.script.year}
        if recount.at(one.get("issued")):
            yield {**row, "issued_at": _at(recount, one["issued"]), "issued_by": "leader"}
        if recount.at(one.get("filed")):
            yield {**row, "agency": one["agency"], "submitted_at": _at(recount, one["filed"])}


def _budget(recount: Recount) -> Iterator[dict[str, object]]:
    submitted = _at(recount, recount.script.table("budget").get("submitted"))
    if submitted:
        yield {"id": "DT", "kind": "budget_proposal", "agency": "TCKH", "submitted_at": submitted}


def _tasks(recount: Recount) -> Iterator[dict[str, object]]:
    for number, one in recount.tasks():
        if recount.at(one["given"]) and not recount.at(one.get("cancelled")):
            done: datetime | None = recount.finished(one)
            yield _known(
                id=f"NV-{number}",
                bearer=f"member:{one['lead']}",
                assigned_by=one["by"],
                assigned_at=_at(recount, one["given"]),
                due_at=recount.script.after(recount.last_day(one)).isoformat(),
                done_at=done.isoformat() if done else None,
            )


def _conclusions(recount: Recount) -> Iterator[dict[str, object]]:
    for meeting in filter(recount.held, recount.script.list("meetings")):
        for place, one in enumerate(meeting.get("conclusions") or (), 1):
            if recount.at(one.get("cancelled")):
                continue
            done = recount.finished(one) if one.get("assigned") else None
            row = {
                "id": recount.point(meeting, place),
                "concerns": [one["lead"]],
                "at": _at(recount, meeting["closes"]),
            }
            row["due_at"] = recount.script.after(one["due"]).isoformat()
            yield row | ({"done": [{"agency": one["lead"], "at": done.isoformat()}]} if done else {})


def _round(recount: Recount, place: int, one: Told) -> dict[str, object]:
    script = recount.script
    whom = one.get("whom") or [who for who in script.members if who != "leader"]
    said = [{"member": script.party(who), "at": _at(recount, told["at"])} for who, told in one["answers"].items()]
    said = [row for row in said if row["at"]]
    return {
        "id": f"PYK-{place:02d}-{script.year}",
        "opened_at": _at(recount, one["asked"]),
        "closes_at": script.at(one["closes"]).isoformat(),
        "members": [script.party(who) for who in whom],
        "opinions": said,
    }


def _matter(recount: Recount, place: int, one: Told) -> dict[str, object]:
    return _known(
        id=f"VV-{place}",
        important=bool(one.get("important")),
        exceeds_competence=bool(one.get("exceeds")),
        settled_by=one["by"] if one.get("settled") else None,
        settled_at=_at(recount, one.get("settled")),
        escalated_at=_at(recount, one.get("escalated")),
    )


def _rule(recount: Recount, one: Told) -> dict[str, object]:
    value = _known(choice=one.get("choice"), day=one.get("before_day"), text=one.get("text"))
    value |= {"move_to": "next_working_day"} if one.get("next_working_day") else {}
    day = recount.script.at(one["at"]).date().isoformat()
    return {"gap": one["gap"], "value": value, "adopted_by": "leader", "adopted_on": day}
