"""Biên bản bàn giao: what was handed over when the group ended, with the hash of its bytes; or a plan set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from dean06.adoption.service import SuccessionInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.offices import service as offices
from dean06.papers.types import SeriesInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite
from dean06.web.pages.compliance.parts import duty_title, party
from dean06.web.pages.succession import parts
from dean06.web.pages.succession.handed import listed
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader
from dean06.work.service import tasks as work

Line = Mapping[str, object]

__all__ = ["shown"]


def shown(request: HttpRequest, reader: Reader, kept: SuccessionInfo) -> HttpResponse:
    """Show the record of a hand-over, or that a plan was set aside."""
    if sheet.asked(request) and kept.is_done:
        return sheet.answer(request, _workbook(reader, kept), f"ban-giao-{reader.group.slug}")
    content = kept.content
    page = {
        "head": _head(request, reader, kept),
        "kept": kept,
        "tasks": _tasks(reader, kept) if kept.is_done else None,
        "duties": _duties(reader, kept) if kept.is_done and parts.sees_all(reader) else None,
        "series": parts.series(_series(content)) if kept.is_done else None,
        "stays": parts.stays(*_stays(content)) if kept.is_done else None,
        "heirs": [(one["name"], _href(reader, str(one["slug"]))) for one in listed(content.get("successors"))],
        "dropped": Notice(
            text=words("Phương án này đã bỏ, chưa đổi gì.", "This plan was set aside; it changed nothing."),
            sign="end",
            link=Link(label=words("Lập phương án khác", "Make another"), href=reader.url("succession")),
        ),
    }
    return render(request, "dean06/pages/succession_record.html", page)


def _href(reader: Reader, slug: str) -> str:
    """Return the tasks of a successor, if the reader sits there."""
    return reverse("tasks", args=[slug]) if any(one.slug == slug for one in reader.groups) else ""


def _series(content: Line) -> list[SeriesInfo]:
    rows = listed(content.get("series"))
    return [
        SeriesInfo(symbol=str(row["symbol"]), year=int(str(row["year"])), last=int(str(row["last"])), closed_on=None)
        for row in rows
    ]


def _stays(content: Line) -> tuple[int, int]:
    left = content["stays"]
    return (int(left["drafts"]), int(left["findings_without_order"])) if isinstance(left, dict) else (0, 0)


def _head(request: HttpRequest, reader: Reader, kept: SuccessionInfo) -> PageHead:
    plan = kept.plan
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, plan.last_day)}
    who = ", ".join(names.get(account, words("người vận hành", "the operator")) for account in kept.confirmed_by)
    meta: tuple[str, ...] = (parts.state(kept.state),)
    actions: tuple[Action, ...] = ()
    if kept.is_done:
        day, signed = writing.day(plan.last_day), writing.day(plan.signed_on)
        meta = (
            *meta,
            words(f"ngày cuối {day}, theo {plan.instrument} ngày {signed}", f"last day {day}, by {plan.instrument}"),
            words(f"{writing.instant(kept.done_at)}, xác nhận: {who}", f"{writing.instant(kept.done_at)} by {who}"),
            format_html("SHA-256 <code>{}</code>", kept.sha256),
        )
        json = Action(
            label=words("Tải .json", "Download .json"), href=reader.url("succession-file", kept.id), sign="save"
        )
        actions = (*sheet.offers(request), json) if parts.sees_all(reader) else sheet.offers(request)
    return PageHead(
        title=words("Biên bản bàn giao", "Record of the hand-over")
        if kept.is_done
        else words("Phương án đã bỏ", "Dropped plan"),
        crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
        meta=meta,
        actions=actions,
    )


def _names(kept: SuccessionInfo) -> dict[str, str]:
    return {str(one["slug"]): str(one["name"]) for one in listed(kept.content["successors"])}


def _agency(kept: SuccessionInfo, part: Line) -> str:
    heir = next(one for one in listed(kept.content["successors"]) if one["slug"] == part["group"])
    known, code = heir["agencies"], str(part["agency"])
    return str(known.get(code, code)) if isinstance(known, dict) else code


def _where(kept: SuccessionInfo, row: Line) -> str:
    if row.get("reason"):
        return words(f"kết thúc: {row['reason']}", f"ended: {row['reason']}")
    names, said = _names(kept), []
    for part in listed(row["to"]):
        if isinstance(part, str):
            said.append(names[part])
            continue
        rows = words(f", {part['findings']} dòng", f", {part['findings']} rows") if part.get("findings") else ""
        said.append(f"{names[str(part['group'])]} ({_agency(kept, part)}{rows})")
    return "; ".join(said)


def _visible(reader: Reader, kept: SuccessionInfo) -> list[tuple[Line, int]]:
    """Return the lines of tasks that a reader may see, each with the task's number here."""
    known = {one.ref: one for one in work.tasks_of_group(reader.group.id)}
    own, whole = set(reader.own_agencies), parts.sees_all(reader)
    found = []
    for row in listed(kept.content["tasks"]):
        task = known.get(str(row["task"]))
        if task is not None and (whole or own & {task.lead, *task.coordinating}):
            found.append((row, task.id))
    return found


def _tasks(reader: Reader, kept: SuccessionInfo) -> Table | None:
    lines = _visible(reader, kept)
    if not lines:
        return None
    return Table(
        caption=words("Từng nhiệm vụ và nơi nhận", "Each task and where it went"),
        columns=(
            Column(label=words("Nhiệm vụ", "Task"), kind="text"),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
            Column(label=words("Hạn", "Last day"), nowrap=True),
            Column(label=words("Về đâu", "Went to"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    marks.link(f"{row['task']}: {row['title']}", reader.url("tasks-one", task_id)),
                    _clause(reader, row),
                    writing.day(str(row["due"])),
                    _where(kept, row),
                )
            )
            for row, task_id in lines
        ),
    )


def _clause(reader: Reader, row: Line) -> str:
    if not row["clause"]:
        return ""
    return cite(reader, Citation.parse(str(row["clause"])), text=str(row.get("charter", "")))


def _duties(reader: Reader, kept: SuccessionInfo) -> Table | None:
    rows = listed(kept.content["duties"])
    if not rows:
        return None
    return Table(
        caption=words("Từng nghĩa vụ và nơi nhận", "Each duty and where it went"),
        columns=(
            Column(label=words("Nghĩa vụ", "Duty"), kind="text"),
            Column(label=words("Điều khoản", "Clause"), nowrap=True),
            Column(label=words("Bên chịu trách nhiệm", "Bearer"), kind="text"),
            Column(label=words("Kỳ, việc", "Period, event"), nowrap=True),
            Column(label=words("Hạn, trước", "Due before"), nowrap=True),
            Column(label=words("Về đâu", "Went to"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    _duty(row),
                    cite(reader, Citation.parse(str(listed(row["clauses"])[0]))) if row["clauses"] else "",
                    party(reader, str(row["bearer"])),
                    writing.period(str(row["period"])),
                    _due(row),
                    _where(kept, row),
                )
            )
            for row in rows
        ),
    )


def _duty(row: Line) -> str:
    return duty_title(str(row["action"]), str(row["object"]) if row["object"] else None)


def _due(row: Line) -> str:
    return writing.instant(datetime.fromisoformat(str(row["due_before"]))) if row["due_before"] else ""


def _workbook(reader: Reader, kept: SuccessionInfo) -> sheet.Sheet:
    rows: list[tuple[str, str, str, str]] = [
        (words("Nhiệm vụ", "Task"), f"{row['task']}: {row['title']}", writing.day(str(row["due"])), _where(kept, row))
        for row, _ in _visible(reader, kept)
    ]
    for row in listed(kept.content["duties"]) if parts.sees_all(reader) else ():
        clause = "; ".join(charters.clause_label(Citation.parse(str(one))) for one in listed(row["clauses"]))
        what = f"{_duty(row)}, {clause}, {writing.period(str(row['period']))}"
        rows.append((words("Nghĩa vụ", "Duty"), what, _due(row), _where(kept, row)))
    rows += parts.series_rows(_series(kept.content))
    return sheet.Sheet(
        title=words(f"Biên bản bàn giao, {reader.group.name}", f"Hand-over of {reader.group.name}"),
        notes=(f"SHA-256 {kept.sha256}",),
        header=(words("Loại", "Kind"), words("Nội dung", "What"), words("Hạn", "Due"), words("Về đâu", "Went to")),
        rows=rows,
    )
