"""Bảng điểm tháng: the months that are frozen or wait to be, and one frozen month as its bytes say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.flows import scoring
from dean06.flows.scoring import Month
from dean06.offices import service as offices
from dean06.places import service as places
from dean06.reconcile.service import month_scores, scores
from dean06.reconcile.service.month_scores import FrozenScores, Unlike
from dean06.reconcile.types import SMALL
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.refusals import question
from dean06.web.pages.titles import source_title
from dean06.web.parts.forms import Form, Panel
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

Node = Mapping[str, object]
OUTCOMES = {
    "reached": ("ok", "ok", "đạt", "reached"),
    "below": ("bad", "dn", "dưới ngưỡng", "below"),
    "not_measured": ("mute", "dash", "chưa đo", "not measured"),
}
SHORT = 12  # letters of a checksum in a table

__all__ = ["file", "freeze", "months", "one"]


# ------------------------------------------------------------ the months


def _state(month: Month) -> SafeString:
    if month.kept:
        return chip("ok", words("Đã chốt", "Frozen"), with_sign="seal")
    if month.over:
        bound = writing.day(scoring.last_day(month.month))
        return chip("warn", words(f"Chưa chốt, hạn hết {bound}", f"Not frozen, due by {bound}"), with_sign="clock")
    return chip("mute", words("Tháng chưa hết", "Not over"), with_sign="dots")


def _month_row(reader: Reader, names: Mapping[str, str], month: Month) -> Row:
    told, kept = writing.month(month.month), month.kept
    return Row(
        cells=(
            link(told, reader.url("scores-month", month.month)) if kept else told,
            _state(month),
            writing.instant(kept.frozen_at) if kept else "",
            names.get(kept.frozen_by, "") if kept else "",
            format_html("<code>{}</code>", kept.sha256[:SHORT]) if kept else "",
        )
    )


def _names(reader: Reader, on: date) -> dict[str, str]:
    return {seat.account: seat.holder for seat in offices.holders(reader.group.id, on)}


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
    answer = scoring.may_freeze(reader.account, reader.group, reader.known)
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
    found = scoring.months(reader.viewer, reader.group)
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
        ),
        "side": _freezing(reader, found),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _sha(month: Month) -> str:
    return month.kept.sha256 if month.kept else ""


@require_POST
@group_page
def freeze(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Freeze the scores of a month."""
    made = scoring.freeze(reader.account, reader.group, month)
    messages.success(
        request,
        words(f"Đã chốt bảng điểm tháng {writing.month(month)}.", f"The scores of {writing.month(month)} are frozen."),
    )
    return HttpResponseRedirect(reader.url("scores-month", made.month))


# ------------------------------------------------------------ one


def _kept(reader: Reader, month: str) -> FrozenScores:
    found = month_scores.frozen(reader.viewer, reader.group.id, month)
    if found is None:
        raise Http404
    return found


def _rows(node: Node, name: str) -> list[Mapping[str, object]]:
    found = node.get(name)
    return list(found) if isinstance(found, list) else []


def _outcome(axis: Node) -> SafeString:
    tone, sign, vi, en = OUTCOMES[str(axis["outcome"])]
    measure = f"{axis['measure']} " if axis["measure"] else ""
    return chip(tone, f"{measure}{words(vi, en)}", with_sign=sign)


def _by_source(kept: FrozenScores) -> Table:
    rows = []
    for node in kept.sources:
        outcomes = {str(axis["axis"]): _outcome(axis) for axis in _rows(node, "axes")}
        silent = chip("mute", words("không nộp", "not delivered"), with_sign="dash")
        name = link(source_title(str(node["source"])), f"?{urlencode({'nguon': node['source']})}#tung-phep-do")
        run = str(node["run"]) if node["run"] else ""
        rows.append(Row(cells=(name, run, *(outcomes.get(axis.code, silent) for axis in scores.AXES))))
    return Table(
        caption=words("Các nguồn, theo phép đo yếu nhất của mỗi tiêu chí", "Sources, by the weakest measure"),
        columns=(
            Column(label=words("Nguồn", "Source"), kind="text"),
            Column(label=words("Lượt", "Run"), nowrap=True),
            *(Column(label=words(axis.vi, axis.en), nowrap=True) for axis in scores.AXES),
        ),
        rows=tuple(rows),
    )


def _share(cell: Node) -> str:
    good, total = int(str(cell["good"])), int(str(cell["total"]))
    if not total:
        return words("chưa đo", "not measured")
    text = writing.percent(good / total)
    return words(f"{text}, mẫu nhỏ", f"{text}, small sample") if total < SMALL else text


def _limits(cell: Node) -> str:
    if not cell["total"]:
        return ""
    return f"{writing.percent(float(str(cell['low'])))} – {writing.percent(float(str(cell['high'])))}"


def _threshold(told: Node) -> SafeString:
    value = words("chưa đặt", "not set") if told["value"] is None else writing.percent(float(str(told["value"])), 2)
    note = words("ngưỡng khởi điểm, tổ chưa quyết", "starting threshold, not decided by the group")
    if told["decision"]:
        note = f"{told['decision']}, {writing.day(str(told['decided_on']))}"
    return format_html('{}<small class="cell-note">{}</small>', value, note)


def _cells(node: Node) -> Table:
    limits = {str(told["measure"]): told for told in _rows(node, "thresholds")}
    on = date.fromisoformat(str(node["register_as_of"]))
    rows = []
    for cell in _rows(node, "cells"):
        code, unit = str(cell["measure"]), places.unit(str(cell["commune"]), on) if cell["commune"] else None
        where = words("Cả danh sách", "The whole list") if not cell["commune"] else str(cell["commune"])
        info = scores.measures().get(code)
        rows.append(
            Row(
                cells=(
                    unit.name if unit else where,
                    f"{code} {words(info.vi, info.en)}" if info else code,
                    words(f"{cell['good']} trên {cell['total']}", f"{cell['good']} of {cell['total']}"),
                    _share(cell),
                    _limits(cell),
                    _threshold(limits[code]),
                )
            )
        )
    title = source_title(str(node["source"]))
    return Table(
        caption=words(f"Từng phép đo: {title}", f"Each measure: {title}"),
        show_caption=True,
        columns=(
            Column(label=words("Nơi", "Place")),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label=words("Đạt trên đo", "Good of measured"), kind="num"),
            Column(label=words("Tỉ lệ", "Share"), nowrap=True),
            Column(label=words("Khoảng 95 %", "95 % interval"), nowrap=True),
            Column(label=words("Ngưỡng", "Threshold")),
        ),
        rows=tuple(rows),
    )


def _origin(node: Node) -> str:
    return words(
        f"Lượt {node['run']}, tệp {str(node['file_sha256'])[:SHORT]}, sổ dân cư {node['register']} "
        f"ngày {writing.day(str(node['register_as_of']))} ({str(node['register_sha256'])[:SHORT]})",
        f"Run {node['run']}, file {str(node['file_sha256'])[:SHORT]}, register {node['register']} "
        f"of {writing.day(str(node['register_as_of']))} ({str(node['register_sha256'])[:SHORT]})",
    )


def _checked(kept: FrozenScores) -> Iterator[Part]:
    """Say whether stored runs and files still give the very bytes, or name each figure that they do not."""
    told = month_scores.unlike(kept)
    if not told:
        text = words(
            "Tính lại từ các lượt đã lưu: giống từng byte. Tệp trong kho còn nguyên.",
            "Made again from the stored runs: the same bytes. The files in the vault are whole.",
        )
        yield Notice(text=text, tone="ok", sign="ok")
        return
    yield Table(
        caption=words("Khác với khi chốt", "Unlike when it was frozen"),
        show_caption=True,
        columns=(
            Column(label=words("Ở đâu", "Where"), kind="text"),
            Column(label=words("Khi chốt", "When frozen")),
            Column(label=words("Bây giờ", "Now")),
        ),
        rows=tuple(_unlike(one) for one in told),
    )


def _unlike(one: Unlike) -> Row:
    gone = words("không còn", "gone")
    return Row(cells=(one.where, one.frozen or words("chưa có", "absent"), one.now or gone))


def _chosen(kept: FrozenScores, asked: str) -> Node | None:
    delivered = [node for node in kept.sources if node["run"]]
    return next((node for node in delivered if node["source"] == asked), next(iter(delivered), None))


def _facets(kept: FrozenScores, chosen: Node) -> Facets:
    return Facets(
        label=words("Nguồn", "Source"),
        items=tuple(
            Facet(
                label=source_title(str(node["source"])),
                count=str(node["run"]),
                href=f"?{urlencode({'nguon': node['source']})}",
                current=node is chosen,
            )
            for node in kept.sources
            if node["run"]
        ),
    )


@group_page
def one(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Show a frozen month; asked to, make it again from what is stored and say what differs."""
    kept = _kept(reader, month)
    node = _chosen(kept, request.GET.get("nguon", ""))
    by = _names(reader, kept.frozen_at.date()).get(kept.frozen_by, "")
    shown = {
        "head": PageHead(
            title=words(f"Bảng điểm tháng {writing.month(month)}", f"Scores of {writing.month(month)}"),
            crumb=Link(label=words("Bảng điểm theo tháng", "Scores by month"), href=reader.url("scores-months")),
            meta=(
                words(
                    f"chốt {writing.instant(kept.frozen_at)}, {by}", f"frozen {writing.instant(kept.frozen_at)}, {by}"
                ),
                format_html("SHA-256 <code>{}</code>", kept.sha256),
            ),
            actions=(
                Action(label=words("Tính lại, so", "Make again, compare"), href="?kiem=1", sign="eye"),
                Action(
                    label=words("Tải .json", "Download .json"), href=reader.url("scores-month-file", month), sign="save"
                ),
            ),
        ),
        "checked": tuple(_checked(kept)) if request.GET.get("kiem") == "1" else (),
        "table": _by_source(kept),
        "facets": _facets(kept, node) if node else None,
        "origin": _origin(node) if node else "",
        "cells": _cells(node) if node else None,
    }
    return render(request, "dean06/pages/month_scores.html", shown)


@group_page
def file(_request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Give out the very bytes whose SHA-256 the page shows."""
    response = HttpResponse(_kept(reader, month).text.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bang-diem-{reader.group.slug}-{month}.json"'
    return response
