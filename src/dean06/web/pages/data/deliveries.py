"""Đối soát: the deliveries with what came of each, the page that waits for a result, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.corrections import service as corrections
from dean06.flows import intake as journey
from dean06.jobs import service as jobs
from dean06.jobs.service import JobInfo
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.clauses import assignment_of, cite_assignment
from dean06.web.pages.data.same_file import same_file
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.parts.work import Job
from dean06.web.reader import Reader, group_page

SIZE = 25
STEPS = {
    "": ("Đang chờ đến lượt", "Waiting for its turn"),
    "doc-tep": ("Đang đọc tệp", "Reading the file"),
    "chuan-bi": ("Đang chuẩn bị sổ dân cư", "Preparing the register"),
    "hoi-dich-vu": ("Đang hỏi dịch vụ dân cư từng dòng", "Asking the population service row by row"),
    "doi-soat": ("Đang đối soát với sổ dân cư", "Matching with the register"),
    "ghi-ket-qua": ("Đang ghi kết quả", "Writing the result"),
    "ghi-sai-lech": ("Đang ghi sai lệch", "Recording discrepancies"),
    "giao-sua": ("Đang giao sửa", "Opening tasks"),
    "xong": ("Xong", "Done"),
}

__all__ = ["again", "deliveries", "one", "undo"]


def _share(run: RunInfo) -> float | None:
    return run.named / run.rows if run.rows else None


def _state(delivery: DeliveryInfo, run: RunInfo | None) -> tuple[str, str, str]:
    """Return tone, sign and words of what came of a delivery."""
    if delivery.state == "refused" and delivery.beside:
        return "mute", "dash", words("Không đối soát thêm", "Nobody more to match")
    if delivery.state == "refused":
        return "bad", "no", words("Không đọc được", "Unreadable")
    if delivery.state == "undone":
        return "mute", "left", words("Đã rút", "Taken back")
    if run is None or run.state in {"queued", "running"}:
        return "info", "clock", words("Đang xử lý", "In progress")
    if run.state == "failed":
        return "bad", "no", words("Đối soát hỏng", "Failed")
    share = writing.percent(_share(run))
    return "ok", "ok", words(f"Khớp {share}", f"{share} named")


def _row(reader: Reader, delivery: DeliveryInfo, run: RunInfo | None) -> Row:
    finished = run is not None and run.state == "done" and delivery.state == "read"
    href = reader.url("runs-one", run.id) if run and finished else reader.url("deliveries-one", delivery.id)
    standing = assignment_of(reader, delivery.source)
    tone, sign, said = _state(delivery, run)
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                href,
                source_title(delivery.source, reader.contracts),
                delivery.file_name,
            ),
            writing.month(delivery.period),
            reader.agency(delivery.agency),
            writing.number(delivery.rows) if delivery.rows else "",
            writing.number(delivery.quarantined) if delivery.rows else "",
            writing.number(run.counts.get("KHOP_SAI_LECH", 0)) if run and finished else "",
            chip(tone, said, with_sign=sign),
            writing.instant(delivery.received_at),
            cite_assignment(reader, standing) if standing else "",
        )
    )


def _table(reader: Reader, shown: Sequence[DeliveryInfo], newest: Mapping[int, RunInfo], pager: Pager) -> Table:
    return Table(
        caption=words("Các lần nộp dữ liệu", "Deliveries"),
        columns=(
            Column(label=words("Nguồn, tệp", "Source, file"), kind="text"),
            Column(label=words("Kỳ", "Period"), nowrap=True),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Dòng", "Rows"), kind="num"),
            Column(label=words("Tách riêng", "Set aside"), kind="num"),
            Column(label=words("Sai lệch", "Differing"), kind="num"),
            Column(label=words("Kết quả", "Result"), nowrap=True),
            Column(label=words("Nhận lúc", "Received"), nowrap=True),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
        ),
        rows=tuple(_row(reader, one, newest.get(one.id)) for one in shown),
        pager=pager if pager.pages > 1 else None,
    )


def _sheet(reader: Reader, found: Sequence[DeliveryInfo], newest: Mapping[int, RunInfo]) -> sheet.Sheet:
    def row(one: DeliveryInfo) -> tuple[sheet.Cell, ...]:
        run = newest.get(one.id)
        return (
            one.id,
            source_title(one.source, reader.contracts),
            writing.month(one.period),
            reader.agency(one.agency),
            one.file_name,
            one.file_sha256,
            one.received_at,
            one.rows,
            one.quarantined,
            run.named if run else None,
            run.counts.get("KHOP_SAI_LECH", 0) if run else None,
            run.label if run else "",
            _state(one, run)[2],
        )

    return sheet.Sheet(
        title=words(f"Các lần nộp dữ liệu, {reader.group.name}", f"Deliveries, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Lần nộp", "Delivery"),
            words("Nguồn", "Source"),
            words("Kỳ", "Period"),
            words("Cơ quan", "Agency"),
            words("Tệp", "File"),
            "SHA-256",
            words("Nhận lúc", "Received"),
            words("Số dòng", "Rows"),
            words("Tách riêng", "Set aside"),
            words("Khớp người", "Named"),
            words("Có sai lệch", "Differing"),
            words("Lượt đối soát", "Run"),
            words("Kết quả", "Result"),
        ),
        rows=(row(one) for one in found),
    )


def _facets(reader: Reader, found: Sequence[DeliveryInfo], chosen: str) -> Facets:
    codes = list(dict.fromkeys(one.source for one in found))
    everything = Facet(
        label=words("Tất cả", "All"), count=writing.number(len(found)), href="?", current=chosen not in codes
    )
    return Facets(
        label=words("Lọc theo nguồn", "Filter by source"),
        items=(
            everything,
            *(
                Facet(
                    label=source_title(code, reader.contracts),
                    count=writing.number(sum(one.source == code for one in found)),
                    href=f"?{urlencode({'nguon': code})}",
                    current=code == chosen,
                )
                for code in codes
            ),
        ),
    )


@group_page
def deliveries(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's deliveries, newest first."""
    found = sources.deliveries(reader.viewer, reader.group.id)
    newest = {run.delivery_id: run for run in reversed(runs.runs(reader.viewer, reader.group.id))}
    chosen = request.GET.get("nguon", "")
    narrowed = [one for one in found if one.source == chosen] or found
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, narrowed, newest), f"lan-nop-{reader.group.slug}-{reader.today}")
    text = words(f"{len(narrowed)} lần nộp", f"{len(narrowed)} deliveries")
    query = urlencode({"nguon": chosen}) if chosen else ""
    shown_ones, pager = sliced(narrowed, page_number(request), SIZE, text=text, query=query)
    new = Action(label=words("Nộp dữ liệu", "Hand in data"), href=reader.url("deliveries-new"), kind="primary")
    shown = {
        "head": PageHead(
            title=words("Đối soát", "Matching"),
            meta=(text,),
            actions=(
                Action(label=words("Nguồn dữ liệu", "Sources"), href=reader.url("sources"), kind="quiet", sign="doc"),
                Action(label=words("Kết nối", "Feeds"), href=reader.url("source-feeds"), kind="quiet", sign="down"),
                Action(label="OpenRefine", href=reader.url("lookups"), kind="quiet", sign="chain"),
                Action(label=words("Bàn duyệt", "Review"), href=reader.url("runs-desks"), kind="quiet", sign="ask"),
                *(sheet.offers(request) if found else ()),
                new,
            ),
        ),
        "facets": _facets(reader, found, chosen),
        "found": found,
        "table": _table(reader, shown_ones, newest, pager),
        "empty": Empty(
            title=words("Chưa có lần nộp nào", "No delivery yet"),
            text=words(
                "Cơ quan nộp danh sách Excel của ngành; hệ thống đối chiếu từng dòng với sổ dân cư.",
                "An agency hands in its Excel list; each row is matched with the register.",
            ),
            action=new,
        ),
    }
    return render(request, "dean06/pages/deliveries.html", shown)


def _job_part(reader: Reader, delivery: DeliveryInfo, job: JobInfo | None) -> Job:
    vi, en = STEPS.get(job.step if job else "", STEPS[""])
    return Job(
        id="xu-ly",
        title=words("Đang xử lý", "In progress") + f" {delivery.file_name}",
        done=round(100 * (job.share if job else 0)),
        total=100,
        line=words(vi, en),
        poll_href=reader.url("deliveries-one", delivery.id),
    )


def _own(reader: Reader, delivery_id: int) -> DeliveryInfo:
    delivery = sources.delivery(reader.viewer, delivery_id)
    if delivery is None or delivery.group_id != reader.group.id:
        raise Http404
    return delivery


def _led_on(request: HttpRequest, target: str) -> HttpResponse:
    """Lead a page that waited to where its work ended."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _problem(delivery: DeliveryInfo, run: RunInfo | None, job: JobInfo | None) -> str:
    if delivery.problem_vi:
        return words(delivery.problem_vi, delivery.problem_en)
    if run is not None and run.state == "failed":
        return words(run.problem_vi, run.problem_en)
    return words(job.problem_vi, job.problem_en) if job else ""


def _meta(reader: Reader, delivery: DeliveryInfo) -> tuple[str, ...]:
    return (
        source_title(delivery.source, reader.contracts),
        words(f"kỳ {writing.month(delivery.period)}", f"period {writing.month(delivery.period)}"),
        reader.agency(delivery.agency),
        words(f"nhận {writing.instant(delivery.received_at)}", f"received {delivery.received_at:%d/%m/%Y}"),
        format_html("SHA-256 <code>{} … {}</code>", delivery.file_sha256[:8], delivery.file_sha256[-4:]),
        *same_file(reader, delivery),
    )


@group_page
def one(request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Wait for a delivery's result, or say why it could not be read; done, lead to the run."""
    delivery = _own(reader, delivery_id)
    job = jobs.for_object(reader.viewer, "intake", str(delivery_id)) or _carried_by(reader, delivery)
    run = runs.latest_of_delivery(delivery_id)
    waiting = job is not None and job.waiting
    unfinished = _can_go_on(delivery, run)
    if run is not None and not waiting and not unfinished and delivery.state == "read":
        return _led_on(request, reader.url("runs-one", run.id))
    part = _job_part(reader, delivery, job)
    if request.headers.get("HX-Request"):
        if waiting:
            return render(request, "dean06/parts/job.html", {"it": part})
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    problem = _problem(delivery, run, job)
    shown = {
        "head": PageHead(
            title=delivery.file_name,
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
            meta=_meta(reader, delivery),
        ),
        "job": part if waiting else None,
        "problem": problem,
        "undone": delivery.state == "undone",
        "matched": run is not None and run.state == "done",
        "again_href": reader.url("deliveries-again", delivery.id) if unfinished else "",
        "new": Action(
            label=words("Nộp tệp khác", "Hand in another file"),
            href=_handed_in(reader, delivery),
            kind="second" if unfinished else "primary",
            wide=True,
        ),
    }
    return render(request, "dean06/pages/delivery.html", shown)


def _carried_by(reader: Reader, delivery: DeliveryInfo) -> JobInfo | None:
    """Return the job that carries a delivery which came with another of the same file."""
    return jobs.for_object(reader.viewer, "intake", str(delivery.beside)) if delivery.beside else None


def _handed_in(reader: Reader, delivery: DeliveryInfo) -> str:
    said = urlencode({"nguon": delivery.source, "ky": delivery.period, "co_quan": delivery.agency})
    return f"{reader.url('deliveries-new')}?{said}"


def _can_go_on(delivery: DeliveryInfo, run: RunInfo | None) -> bool:
    """Say whether the work on a delivery may be taken up again: the file is kept, its run not done or not recorded."""
    if delivery.state not in {"received", "read"}:
        return False
    return run is None or run.state != "done" or corrections.outcome_of(delivery.group_id, run.label) is None


@require_POST
@group_page
def again(_request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Take up again the work on a delivery that stopped on the way; every step of it may be repeated."""
    delivery = _own(reader, delivery_id)
    job = jobs.for_object(reader.viewer, "intake", str(delivery_id))
    if _can_go_on(delivery, runs.latest_of_delivery(delivery_id)) and not (job and job.waiting):
        jobs.ask_intake(reader.group.id, reader.account, delivery.id)
    return HttpResponseRedirect(reader.url("deliveries-one", delivery.id))


@require_POST
@group_page
def undo(request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Take back a delivery that was a mistake."""
    _own(reader, delivery_id)
    journey.take_back(reader.account, delivery_id)
    messages.success(request, words("Đã rút lần nộp; sai lệch trở về như trước.", "The delivery is taken back."))
    return HttpResponseRedirect(reader.url("deliveries"))
