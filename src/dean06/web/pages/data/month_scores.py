"""Bảng điểm tháng: the months that are frozen or wait to be, and how each source fared over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.flows import scorecards
from dean06.flows.scorecards import Month
from dean06.offices import service as offices
from dean06.reconcile.service import month_trends, scores
from dean06.reconcile.service.month_scores import FrozenScores
from dean06.reconcile.service.month_trends import Course
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.refusals import question
from dean06.web.pages.titles import source_title
from dean06.web.parts.charts import Spark
from dean06.web.parts.forms import Form, Panel
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

SHORT = 12  # letters of a checksum in a table

__all__ = ["by_whom", "freeze", "months"]


# ------------------------------------------------------------ the months


def _state(month: Month, today: date) -> SafeString:
    if month.kept:
        return chip("ok", words("Đã chốt", "Frozen"), with_sign="seal")
    last = scorecards.last_day(month.month)
    bound = writing.day(last)
    if month.over and today > last:
        return chip("bad", words(f"Chưa chốt, quá hạn {bound}", f"Not frozen, was due by {bound}"), with_sign="warn")
    if month.over:
        return chip("warn", words(f"Chưa chốt, hạn hết {bound}", f"Not frozen, due by {bound}"), with_sign="clock")
    return chip("mute", words("Tháng chưa hết", "Not over"), with_sign="dots")


def by_whom(names: Mapping[str, str], kept: FrozenScores) -> str:
    """Return who froze a month; one that nobody did froze by itself."""
    return names.get(kept.frozen_by, "") if kept.frozen_by else words("tự chốt theo nội quy", "frozen by itself")


def _month_row(reader: Reader, names: Mapping[str, str], month: Month) -> Row:
    told, kept = writing.month(month.month), month.kept
    return Row(
        cells=(
            link(told, reader.url("scores-month", month.month)) if kept else told,
            _state(month, reader.today),
            writing.instant(kept.frozen_at) if kept else "",
            by_whom(names, kept) if kept else "",
            format_html("<code>{}</code>", kept.sha256[:SHORT]) if kept else "",
        )
    )


def _names(reader: Reader, on: date) -> dict[str, str]:
    return {seat.account or "": seat.holder for seat in offices.holders(reader.group.id, on)}


def _listed(reader: Reader, found: Sequence[Month]) -> Table:
    names = _names(reader, reader.today)
    return Table(
        caption=words("Bảng điểm theo tháng", "Scores by month"),
        columns=(
            Column(label=words("Tháng", "Month"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Chốt lúc", "Frozen at"), nowrap=True),
            Column(label=words("Người chốt", "By")),
            Column(label="SHA-256", nowrap=True),
        ),
        rows=tuple(_month_row(reader, names, month) for month in found),
    )


def _freezing(reader: Reader, found: Sequence[Month]) -> tuple[Part, ...]:
    """Return the forms of whoever may freeze, or the panel that says who may."""
    waiting = [month for month in found if month.over and not month.kept]
    if not waiting or reader.ending:
        return ()
    answer = scorecards.may_freeze(reader.account, reader.group, reader.known)
    if not answer.allowed:
        return (question(reader, answer),)
    return tuple(
        Panel(
            id=f"chot-{month.month}",
            title=words(f"Chốt tháng {writing.month(month.month)}", f"Freeze {writing.month(month.month)}"),
            parts=(
                Form(
                    id=f"chot-{month.month}",
                    action=reader.url("scores-month-freeze", month.month),
                    button=words("Chốt bảng điểm", "Freeze the scores"),
                    kind="primary",
                    note=words(
                        "Đã chốt thì lượt đối soát, ngưỡng về sau không đổi bảng này.",
                        "Once frozen, later runs and thresholds do not change it.",
                    ),
                ),
            ),
        )
        for month in waiting
    )


@group_page
def months(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the months of which there are scores; those that are over and not frozen can be frozen here."""
    found = scorecards.months(reader.viewer, reader.group)
    count = words(f"{len(found)} tháng", f"{len(found)} months")
    if sheet.asked(request):
        made = sheet.Sheet(
            title=words(f"Bảng điểm theo tháng, {reader.group.name}", f"Scores by month, {reader.group.name}"),
            notes=(count,),
            header=(words("Tháng", "Month"), words("Chốt lúc", "Frozen at"), "SHA-256"),
            rows=(
                (writing.month(each.month), each.kept.frozen_at if each.kept else None, _sha(each)) for each in found
            ),
        )
        return sheet.answer(request, made, f"bang-diem-thang-{reader.group.slug}")
    empty = Empty(
        title=words("Chưa có tháng nào có điểm", "No month has scores yet"),
        text=words("Điểm được tính sau mỗi lượt đối soát.", "Scores follow each run."),
    )
    shown = {
        "head": PageHead(
            title=words("Bảng điểm theo tháng", "Scores by month"),
            crumb=Link(label=words("Bảng điểm", "Scorecard"), href=reader.url("scores")),
            meta=(count, words("chốt trước ngày 12 tháng sau", "frozen before the 12th of the next month")),
            actions=sheet.offers(request) if found else (),
        ),
        "main": (
            _listed(reader, found)
            if found
            else Panel(id="trong", title=words("Các tháng", "Months"), flush=True, parts=(empty,)),
            *_courses(reader, [month.kept for month in found if month.kept]),
        ),
        "side": _freezing(reader, found),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _courses(reader: Reader, kept: Sequence[FrozenScores]) -> Iterator[Part]:
    """Show how each source fared over the frozen months, once there are two."""
    found: dict[str, dict[str, Course]] = {}
    for course in month_trends.courses(kept):
        found.setdefault(course.source, {})[course.axis] = course
    if len(kept) < 2 or not found:
        return
    yield Table(
        caption=words(
            f"Diễn biến {min(len(kept), month_trends.MONTHS)} tháng đã chốt, theo phép đo yếu nhất của tháng cuối",
            f"The last {min(len(kept), month_trends.MONTHS)} frozen months, by the weakest measure of the last",
        ),
        show_caption=True,
        columns=(
            Column(label=words("Nguồn", "Source"), kind="text"),
            *(Column(label=words(axis.vi, axis.en), nowrap=True) for axis in scores.AXES),
        ),
        rows=tuple(
            Row(cells=(source_title(source, reader.contracts), *(_course(own.get(axis.code)) for axis in scores.AXES)))
            for source, own in found.items()
        ),
    )


def _course(course: Course | None) -> str:
    if course is None or not course.points:
        return words("chưa đo", "not measured")
    (first, begun), (last, ended) = course.points[0], course.points[-1]
    now = format_html("{} {}", course.measure, writing.percent(ended))
    if len(course.points) < 2:
        return now
    label = words(
        f"{course.measure}: {writing.percent(begun)} tháng {writing.month(first)}, "
        f"{writing.percent(ended)} tháng {writing.month(last)}",
        f"{course.measure}: {writing.percent(begun)} in {writing.month(first)}, "
        f"{writing.percent(ended)} in {writing.month(last)}",
    )
    spark = Spark(values=tuple(share for _, share in course.points), label=label)
    return format_html("{} {}", spark.drawn, now)


def _sha(month: Month) -> str:
    return month.kept.sha256 if month.kept else ""


@require_POST
@group_page
def freeze(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Freeze the scores of a month."""
    made = scorecards.freeze(reader.account, reader.group, month)
    messages.success(
        request,
        words(f"Đã chốt bảng điểm tháng {writing.month(month)}.", f"The scores of {writing.month(month)} are frozen."),
    )
    return HttpResponseRedirect(reader.url("scores-month", made.month))
