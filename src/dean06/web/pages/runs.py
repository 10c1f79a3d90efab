"""One run: what came out, filters, a row beside the register with the differing letters marked, and its file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import looking
from dean06.population import service as population
from dean06.reconcile import live as matching
from dean06.reconcile.service import runs
from dean06.reconcile.types import Page, ResultRow, RowFilter, RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.parts.charts import RunBar
from dean06.web.parts.page import Action, Keys, Link, PageHead, Shortcut
from dean06.web.parts.tables import Column, Compare, Compared, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page

CODES = tuple(marks.VERDICTS)
NUMBER_ROLES = ("so_cccd", "so_giay_to", "so_cmnd")
FIELDS = (
    ("so_dinh_danh", NUMBER_ROLES, "Số định danh", "Personal number"),
    ("ho_ten", ("ho_ten",), "Họ và tên", "Name"),
    ("ngay_sinh", ("ngay_sinh",), "Ngày sinh", "Birth date"),
    ("gioi_tinh", ("gioi_tinh",), "Giới tính", "Sex"),
    ("noi_o", ("ma_xa", "dia_chi"), "Nơi ở", "Residence"),
)
PURPOSES = (
    ("Xử lý sai lệch của lượt đối soát", "Handle discrepancies of this run"),
    ("Kiểm tra kết quả đối soát", "Check the result"),
    ("Trả lời đề nghị của công dân", "Answer a citizen"),
)
FORMATS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}

__all__ = ["download", "one", "purpose"]


def _own(reader: Reader, run_id: int) -> tuple[RunInfo, DeliveryInfo] | None:
    run = runs.run(reader.viewer, run_id)
    if run is None or run.group_id != reader.group.id:
        return None
    return run, sources.delivery_for_work(run.delivery_id)


def _purpose_key(run_id: int) -> str:
    return f"muc_dich_{run_id}"


def _delivered(row: ResultRow, roles: tuple[str, ...]) -> str:
    return next((row.values[role] for role in roles if row.values.get(role)), "")


def _shown(text: str) -> str:
    """Return a register's date as offices write it; other texts as they are."""
    return writing.day(text) if len(text) == 10 and text[4] == "-" == text[7] else text


def _pair(row: ResultRow, field: str, roles: tuple[str, ...]) -> str:
    mine = _delivered(row, roles)
    theirs = _shown(row.suggested.get(field, "")) if field in row.wrong else ""
    return marks.pair(mine, theirs)


def _table_row(row: ResultRow, query: str, opened: ResultRow | None, detail: str) -> Row:
    is_open = opened is not None and opened.stt == row.stt
    href = f"?{query}&dong={row.stt}#dong-{row.stt}"
    number = _delivered(row, NUMBER_ROLES)
    return Row(
        id=f"dong-{row.stt}",
        open=is_open,
        detail=detail if is_open else "",
        cells=(
            format_html('<a href="{}" aria-expanded="{}">{}</a>', href, "true" if is_open else "false", row.dong),
            row.sheet,
            marks.verdict(row.result),
            _pair(row, "so_dinh_danh", NUMBER_ROLES)
            if "so_dinh_danh" in row.wrong
            else marks.idno(number or row.number),
            _pair(row, "ho_ten", ("ho_ten",)),
            _pair(row, "ngay_sinh", ("ngay_sinh",)),
            _pair(row, "gioi_tinh", ("gioi_tinh",)),
            _pair(row, "noi_o", ("ma_xa", "dia_chi")),
            writing.number(row.confidence, 3),
        ),
    )


def _columns(query: dict[str, str]) -> tuple[Column, ...]:
    def sort(code: str) -> str:
        return f"?{urlencode(query | {'xep': code})}"

    falling = query.get("xep") == "tin_cay_giam"
    return (
        Column(label=words("Dòng", "Row"), kind="num"),
        Column(label=words("Trang tính", "Sheet")),
        Column(label=words("Kết quả", "Result")),
        Column(label=words("Số định danh", "Personal number"), nowrap=True),
        Column(label=words("Họ và tên", "Name")),
        Column(label=words("Ngày sinh", "Birth date"), nowrap=True),
        Column(label=words("Giới tính", "Sex")),
        Column(label=words("Nơi ở", "Residence")),
        Column(
            label=words("Tin cậy", "Confidence"),
            kind="num",
            sort_href=sort("tin_cay" if falling else "tin_cay_giam"),
            sorted_by="descending" if falling else "ascending" if query.get("xep") == "tin_cay" else "",
        ),
    )


def _detail(request: HttpRequest, run: RunInfo, row: ResultRow) -> str:
    register = population.register(run.register_id)
    fields = []
    for field, roles, vi, en in FIELDS:
        mine = _delivered(row, roles)
        if not mine and field not in row.wrong:
            continue
        if field in row.wrong:
            left, right = marks.pair_of(mine, _shown(row.suggested.get(field, "")))
            state = marks.chip("different")
        else:
            left, right = (
                format_html("{}", mine),
                format_html('<span class="quiet">{}</span>', words("như tệp", "as delivered")),
            )
            state = (
                marks.chip("equal")
                if row.number
                else marks.chip("mute", words("không so", "not compared"), with_sign="dash")
            )
        fields.append(Compared(label=words(vi, en), mine=left, theirs=right, state=state))
    compare = Compare(
        caption=words(f"Dòng {row.dong}: tệp và sổ dân cư", f"Row {row.dong}: file and register"),
        mine_head=words(f"Tệp nộp, dòng {row.dong}", f"File, row {row.dong}"),
        theirs_head=words(f"Sổ dân cư {register.as_of:%d/%m/%Y}", f"Register {register.as_of:%d/%m/%Y}"),
        fields=tuple(fields),
    )
    shown = {"compare": compare, "row": row, "candidates": row.candidates}
    return render_to_string("dean06/pages/run_row.html", shown, request)


def _head(reader: Reader, run: RunInfo, delivery: DeliveryInfo) -> PageHead:
    title = contracts.contract(run.source).title
    standing = sources.assignment(reader.group.id, run.source)
    register = population.register(run.register_id)
    meta = [
        format_html(
            "{} {}, {} {}", marks.sign("doc"), delivery.file_name, writing.number(run.rows), words("dòng", "rows")
        ),
        format_html("SHA-256 <code>{} … {}</code>", delivery.file_sha256[:8], delivery.file_sha256[-4:]),
        words(f"Sổ dân cư {register.as_of:%d/%m/%Y}", f"Register {register.as_of:%d/%m/%Y}"),
        words(f"lượt {run.label}, hết {writing.number(run.seconds, 1)} giây", f"run {run.label}, {run.seconds} s"),
    ]
    if standing:
        meta.insert(0, marks.clause(standing.citation_label, kind="reading" if standing.reading else ""))
    return PageHead(
        title=f"{words(title.vi, title.en)}, {words('kỳ', 'period')} {run.period}",
        crumb=Link(label=words("Các lần nộp", "Deliveries"), href=reader.url("deliveries")),
        meta=tuple(meta),
        actions=(
            Action(
                label=words("Tải kết quả .xlsx", "Result .xlsx"),
                href=reader.url("runs-file", run.id, "xlsx"),
                sign="save",
            ),
            Action(label=".csv", href=reader.url("runs-file", run.id, "csv"), kind="quiet"),
            Action(label=words("Xem sai lệch", "Discrepancies"), href=reader.url("findings"), kind="primary"),
        ),
    )


def _facets(run: RunInfo, query: dict[str, str]) -> Facets:
    chosen = query.get("ket_qua", "")
    rest = {key: value for key, value in query.items() if key not in {"ket_qua", "trang"}}
    everything = Facet(
        label=words("Tất cả", "All"), count=writing.number(run.rows), href=f"?{urlencode(rest)}", current=not chosen
    )
    return Facets(
        label=words("Lọc theo kết quả", "Filter by result"),
        items=(
            everything,
            *(
                Facet(
                    label=marks.verdict(code),
                    count=writing.number(run.counts[code]),
                    href=f"?{urlencode(rest | {'ket_qua': code})}",
                    current=code == chosen,
                )
                for code in CODES
                if run.counts.get(code)
            ),
        ),
    )


def _rows(request: HttpRequest, reader: Reader, run: RunInfo, query: dict[str, str], why: str) -> Table:
    number = int(query["trang"]) if query.get("trang", "").isdigit() else 1
    wanted = RowFilter(
        result=query.get("ket_qua", ""),
        field=query.get("truong", ""),
        text=query.get("q", ""),
        sort=query.get("xep", "dong"),
    )
    found: Page = looking.page(reader.viewer, run.id, wanted, number, purpose=why)
    asked = query.get("dong", "")
    opened = next((row for row in found.rows if asked.isdigit() and row.stt == int(asked)), None)
    detail = _detail(request, run, opened) if opened else ""
    kept = {key: value for key, value in query.items() if key != "dong"}
    pages = max(1, -(-found.total // found.size))
    return Table(
        caption=words(f"{writing.number(found.total)} dòng", f"{writing.number(found.total)} rows"),
        label=words("Các dòng của lượt đối soát", "Rows of the run"),
        keys=True,
        columns=_columns(kept),
        rows=tuple(_table_row(row, urlencode(kept), opened, detail) for row in found.rows),
        pager=Pager(
            text=words(f"{writing.number(found.total)} dòng", f"{writing.number(found.total)} rows"),
            page=number,
            pages=pages,
            query=urlencode({key: value for key, value in kept.items() if key != "trang"}),
        ),
    )


@group_page
def one(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show a run; rows of people appear once the reader has said what for."""
    held = _own(reader, run_id)
    if held is None or held[0].state != "done":
        return render(request, "404.html", status=404)
    run, delivery = held
    query = {key: value for key, value in request.GET.dict().items() if value}
    why = request.session.get(_purpose_key(run.id), "")
    named = words(
        f"{writing.number(run.named)} trên {writing.number(run.rows)} dòng tìm được một người "
        f"({writing.percent(run.named / run.rows if run.rows else None)})",
        f"{writing.number(run.named)} of {writing.number(run.rows)} rows name one person",
    )
    shown = {
        "head": _head(reader, run, delivery),
        "named": named,
        "run_bar": RunBar(counts=tuple((code, run.counts[code]) for code in CODES if run.counts.get(code))),
        "facets": _facets(run, query),
        "query": query,
        "fields": [(code, words(vi, en), run.fields_wrong.get(code, 0)) for code, _, vi, en in FIELDS],
        "table": _rows(request, reader, run, query, why) if why else None,
        "why": why,
        "purposes": [words(vi, en) for vi, en in PURPOSES],
        "purpose_href": reader.url("runs-purpose", run.id),
        "undo_href": reader.url("deliveries-undo", delivery.id),
        "set_aside": sources.set_aside(reader.viewer, delivery.id)[:50],
        "keys": Keys(
            items=(
                Shortcut(keys=("J", "K"), does=words("dòng sau, dòng trước", "next, previous row")),
                Shortcut(keys=("Enter",), does=words("mở dòng", "open")),
                Shortcut(keys=("/",), does=words("tìm", "search")),
            )
        ),
    }
    return render(request, "dean06/pages/run.html", shown)


@require_POST
@group_page
def purpose(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Keep the reader's purpose for this run; every look from now on is recorded under it."""
    if _own(reader, run_id) is None:
        return render(request, "404.html", status=404)
    said = " ".join((request.POST.get("muc_dich", ""), request.POST.get("ho_so", ""))).strip()
    if not request.POST.get("muc_dich", "").strip():
        raise BadInput("Chọn mục đích xem trước khi mở dòng dữ liệu.", "Choose a purpose before the rows open.")
    request.session[_purpose_key(run_id)] = said[:200]
    return HttpResponseRedirect(reader.url("runs-one", run_id))


@group_page
def download(request: HttpRequest, reader: Reader, run_id: int, kind: str) -> HttpResponseBase:
    """Hand out the result file; taking it out counts as a look at every row, and is recorded."""
    held = _own(reader, run_id)
    if held is None or kind not in FORMATS:
        return render(request, "404.html", status=404)
    run, delivery = held
    why = request.session.get(_purpose_key(run_id), "")
    if not why:
        raise BadInput(
            "Nêu mục đích xem ở trang lượt đối soát trước khi tải kết quả.",
            "State your purpose on the run's page first.",
        )
    result = looking.export(reader.viewer, run_id, purpose=why)
    out = Path(tempfile.mkstemp(prefix="dean06-", suffix=f".{kind}")[1])
    try:
        matching.write_result(result, out, looking.summary_of(run, delivery))
        handle = out.open("rb")
    finally:
        out.unlink(missing_ok=True)
    name = f"ket-qua-{run.source}-{run.period}-{run.label}.{kind}"
    response = FileResponse(handle, as_attachment=True, filename=name, content_type=FORMATS[kind])
    response["Cache-Control"] = "no-store"
    return response
