"""The result of a run as a file: small ones at once, a large workbook made by a job first; both recorded when taken."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import handing_out, looking
from dean06.jobs import service as jobs
from dean06.jobs.service import JobInfo
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.work import Job
from dean06.web.reader import Reader, group_page

FORMATS = {"xlsx": sheet.TYPE, "csv": "text/csv"}

__all__ = ["actions", "ask", "download", "own_run", "purpose_key", "wait"]


def own_run(reader: Reader, run_id: int) -> tuple[RunInfo, DeliveryInfo]:
    """Return a finished run of this group and its delivery; any other is not there."""
    run = runs.run(reader.viewer, run_id)
    if run is None or run.group_id != reader.group.id or run.state != "done":
        raise Http404
    return run, sources.delivery_for_work(run.delivery_id)


def purpose_key(run_id: int) -> str:
    """Name the place in the session where a reader's purpose for a run is kept."""
    return f"muc_dich_{run_id}"


def _purpose(request: HttpRequest, run_id: int) -> str:
    why = str(request.session.get(purpose_key(run_id), ""))
    if not why:
        raise BadInput(
            "Nêu mục đích xem ở trang lượt đối soát trước khi tải kết quả.",
            "State your purpose on the run's page first.",
        )
    return why


def _must_be_made(run: RunInfo) -> bool:
    return handing_out.is_large(run) and handing_out.ready(run) is None


def actions(reader: Reader, run: RunInfo) -> tuple[Action, Action]:
    """Return what takes the result of a run out; a large workbook is made first, on a page of its own."""
    page = reader.url("runs-wait", run.id) if _must_be_made(run) else reader.url("runs-file", run.id, "xlsx")
    return (
        Action(label=words("Tải kết quả .xlsx", "Result .xlsx"), href=page, sign="save"),
        Action(label=".csv", href=reader.url("runs-file", run.id, "csv"), kind="quiet"),
    )


@group_page
def download(request: HttpRequest, reader: Reader, run_id: int, kind: str) -> HttpResponseBase:
    """Hand out the result file; taking it out counts as a look at every row, and is recorded."""
    run, delivery = own_run(reader, run_id)
    if kind not in FORMATS:
        raise Http404
    why = _purpose(request, run_id)
    made = handing_out.ready(run) if kind == "xlsx" and handing_out.is_large(run) else None
    if made is None and kind == "xlsx" and handing_out.is_large(run):
        return HttpResponseRedirect(reader.url("runs-wait", run.id))
    result = looking.export(reader.viewer, run_id, purpose=why)
    if made is not None:
        return _handed(run, kind, made)
    with handing_out.written(result, kind, looking.summary_of(run, delivery)) as out:
        return _handed(run, kind, out)


def _handed(run: RunInfo, kind: str, path: Path) -> FileResponse:
    name = f"ket-qua-{run.source}-{run.period}-{run.label}.{kind}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=FORMATS[kind])
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@group_page
def ask(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Ask for the workbook of a large run; the purpose is stated before."""
    run, _ = own_run(reader, run_id)
    _purpose(request, run_id)
    if _must_be_made(run):
        jobs.ask_result(reader.group.id, reader.account, run.id)
    return HttpResponseRedirect(reader.url("runs-wait", run.id))


@group_page
def wait(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Wait for the workbook of a large run, then offer it."""
    run, _ = own_run(reader, run_id)
    job = jobs.for_object(reader.viewer, "result", str(run.id))
    waiting = job is not None and job.waiting
    part = _job_part(reader, run, job)
    if request.headers.get("HX-Request"):
        if waiting:
            return render(request, "dean06/parts/job.html", {"it": part})
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    title = f"{source_title(run.source, reader.contracts)}, {words('kỳ tháng', 'period')} {writing.month(run.period)}"
    ready = not _must_be_made(run)
    failed = job is not None and job.state == "failed" and not ready
    shown = {
        "head": PageHead(
            title=words("Tệp kết quả .xlsx", "Result .xlsx"),
            crumb=Link(label=title, href=reader.url("runs-one", run.id)),
            meta=(
                f"{writing.number(run.rows)} {words('dòng', 'rows')}",
                words(f"lượt {run.label}", f"run {run.label}"),
            ),
        ),
        "job": part if waiting and not ready else None,
        "ready": ready,
        "held": handing_out.is_large(run),
        "problem": words(job.problem_vi, job.problem_en) if job and failed else "",
        "action": _next(reader, run, ready=ready, stated=bool(request.session.get(purpose_key(run.id)))),
    }
    return render(request, "dean06/pages/result_file.html", shown)


def _next(reader: Reader, run: RunInfo, *, ready: bool, stated: bool) -> Action:
    """Return the one step that leads on: state the purpose, let the file be made, take it."""
    if not stated:
        label = words("Nêu mục đích xem", "State your purpose")
        return Action(label=label, href=reader.url("runs-one", run.id), kind="primary", wide=True)
    if ready:
        href = reader.url("runs-file", run.id, "xlsx")
        return Action(label=words("Tải tệp .xlsx", "Download .xlsx"), href=href, kind="primary", sign="save", wide=True)
    href = reader.url("runs-ask", run.id)
    return Action(label=words("Lập tệp .xlsx", "Make the .xlsx"), href=href, kind="primary", post=True, wide=True)


def _job_part(reader: Reader, run: RunInfo, job: JobInfo | None) -> Job:
    started = job is not None and bool(job.step)
    return Job(
        id="lap-tep",
        title=words("Đang lập tệp .xlsx", "Making the .xlsx"),
        done=round(100 * (job.share if job else 0)),
        total=100,
        line=words("Đang ghi các dòng", "Writing the rows")
        if started
        else words("Đang chờ đến lượt", "Waiting for its turn"),
        poll_href=reader.url("runs-wait", run.id),
    )
