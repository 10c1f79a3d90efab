"""Đối soát: deliveries and their runs, handing a file in, and the page that waits for its result."""

from __future__ import annotations

import re
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import intake as journey
from dean06.flows.intake import HandIn
from dean06.jobs import service as jobs
from dean06.jobs.service import JobInfo
from dean06.offices import service as offices
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, clause
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Job
from dean06.web.reader import Reader, group_page
from dean06.web.views_errors import too_large

LIMIT_MB = 200
PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
STEPS = {
    "": ("Đang chờ đến lượt", "Waiting for its turn"),
    "doc-tep": ("Đang đọc tệp", "Reading the file"),
    "chuan-bi": ("Đang chuẩn bị sổ dân cư", "Preparing the register"),
    "doi-soat": ("Đang đối soát với sổ dân cư", "Matching with the register"),
    "ghi-ket-qua": ("Đang ghi kết quả", "Writing the result"),
    "ghi-sai-lech": ("Đang ghi sai lệch", "Recording discrepancies"),
    "giao-sua": ("Đang giao sửa", "Opening tasks"),
    "xong": ("Xong", "Done"),
}

__all__ = ["deliveries", "hand_in", "one", "undo"]


class HandInForm(forms.Form):
    """A file and what is said of it."""

    nguon = forms.ChoiceField()
    ky = forms.CharField(max_length=7)
    co_quan = forms.ChoiceField()
    tep = forms.FileField()
    du_ca = forms.BooleanField(required=False)

    def __init__(self, reader: Reader, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what a request gives
        own = [seat.agency for seat in reader.seats if seat.agency]
        names = offices.agencies(reader.group.id)
        ordered = [*dict.fromkeys(own), *(code for code in names if code not in own)]
        known = contracts.contracts().items()
        nguon, ky, co_quan, tep, du_ca = (self.fields[name] for name in ("nguon", "ky", "co_quan", "tep", "du_ca"))
        nguon.label = words("Nguồn dữ liệu", "Source")
        nguon.choices = [(code, words(one.title.vi, one.title.en)) for code, one in known]  # type: ignore[attr-defined]  # a ChoiceField
        ky.label = words("Kỳ", "Period")
        ky.help_text = words("năm-tháng, ví dụ 2022-09", "year-month, for example 2022-09")
        ky.initial = f"{clock.today(reader.group):%Y-%m}"
        co_quan.label = words("Cơ quan nộp", "Delivering agency")
        co_quan.choices = [(code, names[code]) for code in ordered if code in names]  # type: ignore[attr-defined]  # a ChoiceField
        tep.label = words("Tệp", "File")
        tep.help_text = words(
            f"Excel (.xlsx, .xls), .csv hoặc .parquet, tối đa {LIMIT_MB} MB",
            f".xlsx, .xls, .csv, .parquet, up to {LIMIT_MB} MB",
        )
        du_ca.label = words("Danh sách đầy đủ: ai không có tên nghĩa là đã được đưa ra", "The list is complete")
        for field in (nguon, co_quan):
            field.widget.attrs["class"] = "form-select"
        for field in (ky, tep):
            field.widget.attrs["class"] = "form-control"
        du_ca.widget.attrs["class"] = "form-check-input"

    def clean_ky(self) -> str:
        """Take a period only as year and month."""
        period = str(self.cleaned_data["ky"]).strip()
        if not PERIOD.fullmatch(period):
            raise forms.ValidationError(words("Kỳ phải viết như 2022-09.", "Write the period like 2022-09."))
        return period


def _state(delivery: DeliveryInfo, run: RunInfo | None) -> str:
    if delivery.state == "refused":
        return chip("bad", words("Không đọc được", "Unreadable"), with_sign="no")
    if delivery.state == "undone":
        return chip("mute", words("Đã rút", "Taken back"), with_sign="left")
    if run is None or run.state in {"queued", "running"}:
        return chip("info", words("Đang xử lý", "In progress"), with_sign="clock")
    if run.state == "failed":
        return chip("bad", words("Đối soát hỏng", "Failed"), with_sign="no")
    share = run.named / run.rows if run.rows else 0.0
    return chip("ok", words(f"Khớp {writing.percent(share)}", f"{writing.percent(share)} named"), with_sign="ok")


def _row(reader: Reader, delivery: DeliveryInfo, run: RunInfo | None, names: dict[str, str]) -> Row:
    title = contracts.contract(delivery.source).title
    href = reader.url("runs-one", run.id) if run and run.state == "done" else reader.url("deliveries-one", delivery.id)
    standing = sources.assignment(reader.group.id, delivery.source)
    return Row(
        cells=(
            format_html('<a href="{}">{}</a>', href, words(title.vi, title.en)),
            delivery.period,
            names.get(delivery.agency, delivery.agency),
            delivery.file_name,
            writing.number(delivery.rows) if delivery.rows else "",
            writing.number(run.counts.get("KHOP_SAI_LECH", 0)) if run and run.counts else "",
            _state(delivery, run),
            writing.instant(delivery.received_at),
            clause(standing.citation_label, kind="reading" if standing.reading else "") if standing else "",
        )
    )


@group_page
def deliveries(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's deliveries, newest first."""
    found = sources.deliveries(reader.viewer, reader.group.id)
    newest = {run.delivery_id: run for run in reversed(runs.runs(reader.viewer, reader.group.id))}
    names = offices.agencies(reader.group.id)
    new = Action(label=words("Nộp dữ liệu", "Hand in data"), href=reader.url("deliveries-new"), kind="primary")
    shown = {
        "head": PageHead(
            title=words("Đối soát", "Matching"),
            meta=(words(f"{len(found)} lần nộp", f"{len(found)} deliveries"),),
            actions=(new,),
        ),
        "found": found,
        "table": Table(
            caption=words("Các lần nộp dữ liệu", "Deliveries"),
            columns=(
                Column(label=words("Nguồn", "Source")),
                Column(label=words("Kỳ", "Period"), nowrap=True),
                Column(label=words("Cơ quan", "Agency")),
                Column(label=words("Tệp", "File")),
                Column(label=words("Dòng", "Rows"), kind="num"),
                Column(label=words("Sai lệch", "Differing"), kind="num"),
                Column(label=words("Kết quả", "Result"), nowrap=True),
                Column(label=words("Nhận lúc", "Received"), nowrap=True),
                Column(label=words("Căn cứ", "Clause"), nowrap=True),
            ),
            rows=tuple(_row(reader, one, newest.get(one.id), names) for one in found),
        ),
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


def _on_disk(upload: object) -> Path:
    """Return the temporary file of an upload; every upload is on disk, none in memory."""
    if not isinstance(upload, TemporaryUploadedFile):
        raise TypeError("an upload lies on disk")
    return Path(upload.temporary_file_path())


@group_page
def hand_in(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a file: receive it at once, read and match it in the background."""
    if request.method == "POST" and int(request.headers.get("Content-Length") or 0) > LIMIT_MB * 1024 * 1024:
        return too_large(request, LIMIT_MB, reader.url("deliveries-new"))
    form = HandInForm(reader, request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        upload = given["tep"]
        path = _on_disk(upload)
        named = path.with_suffix(Path(upload.name).suffix.lower() or ".bin")
        path.rename(named)
        try:
            said = HandIn(
                source=given["nguon"],
                period=given["ky"],
                agency=given["co_quan"],
                file=named,
                file_name=Path(upload.name).name[:200],
                complete=given["du_ca"],
            )
            received = journey.hand_in(reader.account, reader.group, said)
        except HouseError as problem:
            form.add_error("tep" if problem.exit_code == 3 else None, words(problem.vi, problem.en))
        else:
            jobs.ask_intake(reader.group.id, reader.account, received.id)
            return HttpResponseRedirect(reader.url("deliveries-one", received.id))
        finally:
            named.rename(path)
    shown = {
        "head": PageHead(
            title=words("Nộp dữ liệu", "Hand in data"),
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
        ),
        "form": form,
    }
    return render(request, "dean06/pages/hand_in.html", shown, status=422 if form.errors else 200)


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


@group_page
def one(request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Wait for a delivery's result, or say why it could not be read; done, lead to the run."""
    delivery = sources.delivery(reader.viewer, delivery_id)
    if delivery is None or delivery.group_id != reader.group.id:
        return render(request, "404.html", status=404)
    job = jobs.for_object(reader.viewer, "intake", str(delivery_id))
    run = runs.latest_of_delivery(delivery_id)
    if run is not None and run.state == "done" and not (job and job.waiting) and delivery.state == "read":
        target = reader.url("runs-one", run.id)
        response = HttpResponse(status=204) if request.headers.get("HX-Request") else HttpResponseRedirect(target)
        response["HX-Redirect"] = target
        return response
    waiting = job is not None and job.waiting
    part = _job_part(reader, delivery, job)
    if request.headers.get("HX-Request") and waiting:
        return render(request, "dean06/parts/job.html", {"it": part})
    problem = words(delivery.problem_vi, delivery.problem_en) or (words(job.problem_vi, job.problem_en) if job else "")
    if run is not None and run.state == "failed":
        problem = words(run.problem_vi, run.problem_en)
    shown = {
        "head": PageHead(
            title=delivery.file_name,
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
            meta=(
                words(contracts.contract(delivery.source).title.vi, contracts.contract(delivery.source).title.en),
                delivery.period,
                format_html("SHA-256 <code>{} … {}</code>", delivery.file_sha256[:8], delivery.file_sha256[-4:]),
            ),
        ),
        "job": part if waiting else None,
        "problem": problem,
        "again": Action(
            label=words("Nộp tệp khác", "Hand in another file"), href=reader.url("deliveries-new"), kind="primary"
        ),
    }
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "dean06/pages/delivery.html", shown)


@require_POST
@group_page
def undo(request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Take back a delivery that was a mistake."""
    delivery = sources.delivery(reader.viewer, delivery_id)
    if delivery is None or delivery.group_id != reader.group.id:
        return render(request, "404.html", status=404)
    journey.take_back(reader.account, delivery_id)
    messages.success(request, words("Đã rút lần nộp; sai lệch trở về như trước.", "The delivery is taken back."))
    return HttpResponseRedirect(reader.url("deliveries"))
