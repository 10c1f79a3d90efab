"""One frozen month as its bytes say it: sources, measures, communes, its hash, and whether it can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.flows import scorecards
from dean06.offices import service as offices
from dean06.places import service as places
from dean06.reconcile.service import month_scores, scores
from dean06.reconcile.service.month_scores import FrozenScores, Unlike, listed
from dean06.reconcile.types import SMALL
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.data.month_scores import by_whom
from dean06.web.pages.titles import source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

Node = Mapping[str, object]
OUTCOMES = {
    "reached": ("ok", "ok", "đạt", "reached"),
    "below": ("bad", "dn", "dưới ngưỡng", "below"),
    "not_measured": ("mute", "dash", "chưa đo", "not measured"),
}
SHORT = 12  # letters of a checksum on a page

__all__ = ["file", "one", "publish"]


def _kept(reader: Reader, month: str) -> FrozenScores:
    found = month_scores.frozen(reader.viewer, reader.group.id, month)
    if found is None:
        raise Http404
    return found


def _outcome(axis: Node) -> SafeString:
    tone, sign, vi, en = OUTCOMES[str(axis["outcome"])]
    measure = f"{axis['measure']} " if axis["measure"] else ""
    return chip(tone, f"{measure}{words(vi, en)}", with_sign=sign)


def _by_source(reader: Reader, kept: FrozenScores) -> Table:
    rows = []
    for node in kept.sources:
        outcomes = {str(axis["axis"]): _outcome(axis) for axis in listed(node, "axes")}
        silent = chip("mute", words("không nộp", "not delivered"), with_sign="dash")
        name = link(
            source_title(str(node["source"]), reader.contracts),
            f"?{urlencode({'nguon': str(node['source'])})}#tung-phep-do",
        )
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


def _counts(cell: Node) -> str:
    good, total = (writing.number(int(str(cell[name]))) for name in ("good", "total"))
    return words(f"{good} trên {total}", f"{good} of {total}")


def _threshold(told: Node) -> str:
    if told["value"] is None:
        return words("chưa đặt", "not set")
    value = writing.percent(float(str(told["value"])), 2)
    note = words("ngưỡng khởi điểm, tổ chưa quyết", "starting threshold, not decided by the group")
    if told["decision"]:
        note = f"{told['decision']}, {writing.day(str(told['decided_on']))}"
    return format_html('{}<small class="cell-note">{}</small>', value, note)


def _measures(reader: Reader, node: Node) -> Table:
    """Return the measures of the whole list, each with its threshold and the decision that set it."""
    limits = {str(told["measure"]): told for told in listed(node, "thresholds")}
    whole = {str(cell["measure"]): cell for cell in listed(node, "cells") if not cell["commune"]}
    rows = []
    for code in dict.fromkeys([*(one for one in scores.measures() if one in whole), *whole]):
        cell, info = whole[code], scores.measures().get(code)
        name = words(info.vi, info.en) if info else ""
        rows.append(Row(cells=(code, name, _counts(cell), _share(cell), _limits(cell), _threshold(limits[code]))))
    title = source_title(str(node["source"]), reader.contracts)
    return Table(
        caption=words(f"Cả danh sách: {title}", f"The whole list: {title}"),
        show_caption=True,
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Phép đo", "Measure"), kind="text"),
            Column(label=words("Đạt trên đo", "Good of measured"), kind="num"),
            Column(label=words("Tỉ lệ", "Share"), nowrap=True),
            Column(label=words("Khoảng 95 %", "95 % interval"), nowrap=True),
            Column(label=words("Ngưỡng", "Threshold")),
        ),
        rows=tuple(rows),
    )


def _communes(node: Node) -> Table | None:
    """Return commune by measure: the share, or that the sample is small; nothing where no commune was counted."""
    on = date.fromisoformat(str(node["register_as_of"]))
    found: dict[str, dict[str, Node]] = {}
    for cell in listed(node, "cells"):
        if cell["commune"]:
            found.setdefault(str(cell["commune"]), {})[str(cell["measure"])] = cell
    if not found:
        return None
    codes = [code for code in scores.measures() if any(code in own for own in found.values())]
    rows = []
    for commune, own in found.items():
        unit = places.unit(commune, on)
        shares = (_short(own[code]) if code in own else writing.NOT_KNOWN for code in codes)
        rows.append(Row(cells=(unit.name if unit else commune, *shares)))
    return Table(
        caption=words("Theo xã", "By commune"),
        show_caption=True,
        columns=(
            Column(label=words("Xã", "Commune"), pin=True),
            *(Column(label=code, nowrap=True) for code in codes),
        ),
        rows=tuple(rows),
    )


def _short(cell: Node) -> str:
    good, total = int(str(cell["good"])), int(str(cell["total"]))
    if not total:
        return words("chưa đo", "not measured")
    if total < SMALL:
        return format_html('<span class="quiet">{}</span>', words("mẫu nhỏ", "small"))
    return writing.percent(good / total)


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


def _facets(reader: Reader, kept: FrozenScores, chosen: Node | None) -> Facets | None:
    if sum(bool(node["run"]) for node in kept.sources) < 2:
        return None
    return Facets(
        label=words("Nguồn", "Source"),
        items=tuple(
            Facet(
                label=source_title(str(node["source"]), reader.contracts),
                count=str(node["run"]),
                href=f"?{urlencode({'nguon': str(node['source'])})}",
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
    names = {
        seat.account: seat.holder for seat in offices.holders(reader.group.id, kept.frozen_at.date()) if seat.account
    }
    by = by_whom(names, kept)
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
        "table": _by_source(reader, kept),
        "facets": _facets(reader, kept, node),
        "origin": _origin(node) if node else "",
        "measures": _measures(reader, node) if node else None,
        "publishing": _publishing(reader, kept),
        "communes": _communes(node) if node else None,
    }
    return render(request, "dean06/pages/month_scores.html", shown)


def _publishing(reader: Reader, kept: FrozenScores) -> Panel | None:
    """Return whether strangers may read it, with the form of whoever decides that; None where nothing is to be said."""
    may = not reader.ending and scorecards.may_publish(reader.account, reader.group, reader.known).allowed
    if not may and kept.public_at is None:
        return None
    form = Form(
        id="cong-bo",
        action=reader.url("scores-month-publish", kept.month),
        button=words("Thôi công bố", "Publish no longer") if kept.public_at else words("Công bố", "Publish"),
        note=words(
            "Ai cũng đọc được danh mục và số đo; không có dòng nào của người dân, ô mẫu nhỏ không nêu.",
            "Anybody may read the catalogue and its figures; no row of a person, and no cell of few, is told.",
        ),
        fields=(Field(name="viec", kind="hidden", value="thoi" if kept.public_at else "cong-bo"),),
    )
    since = writing.instant(kept.public_at)
    page = reverse("published-data", args=[reader.group.slug])
    where = Notice(
        text=words(f"Công bố từ {since}.", f"Public since {since}."),
        tone="ok",
        sign="eye",
        link=Link(label=words("Trang công bố", "The public page"), href=page),
    )
    parts = ((where,) if kept.public_at else ()) + ((form,) if may else ())
    return Panel(id="cong-bo", title=words("Công bố", "Publication"), parts=parts)


@require_POST
@group_page
def publish(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Let strangers read what is safe of a frozen month, or let them no longer."""
    kept, public = _kept(reader, month), request.POST.get("viec") == "cong-bo"
    scorecards.publish(reader.account, reader.group, kept.month, public=public)
    told = words("Đã công bố.", "It is public.") if public else words("Đã thôi công bố.", "It is no longer public.")
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("scores-month", month))


@group_page
def file(_request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Give out the very bytes whose SHA-256 the page shows."""
    response = HttpResponse(_kept(reader, month).text.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bang-diem-{reader.group.slug}-{month}.json"'
    return response
