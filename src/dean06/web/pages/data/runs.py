"""One run: what came out, filters, a row beside the register with the differing letters marked, and its file."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.flows import looking
from dean06.population import service as population
from dean06.reconcile.service import desks, scores
from dean06.reconcile.types import RowFilter, RunInfo
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.clauses import assignment_of, cite_assignment
from dean06.web.pages.data import run_files, run_rows, run_search
from dean06.web.pages.data.run_files import own_run, purpose_key
from dean06.web.pages.data.same_file import same_file
from dean06.web.pages.listing import page_number
from dean06.web.pages.titles import source_title
from dean06.web.parts.charts import RunBar
from dean06.web.parts.page import Action, Keys, Link, Notice, PageHead, Shortcut
from dean06.web.parts.tables import Facet, Facets, Pager, Table
from dean06.web.reader import Reader, group_page

CODES = tuple(marks.VERDICTS)
PURPOSES = (
    ("Xử lý sai lệch của lượt đối soát", "Handle discrepancies of this run"),
    ("Kiểm tra kết quả đối soát", "Check the result"),
    ("Trả lời đề nghị của công dân", "Answer a citizen"),
)
ASIDE = 50

__all__ = ["one", "purpose", "row", "search"]


def _legend(run: RunInfo, delivery: DeliveryInfo) -> run_rows.Legend:
    verified = corrections.pending_rows(run.group_id, run.label)
    sex = sources.contract_of_delivery(delivery.id).sex_codes
    return run_rows.legend(sex, population.register(run.register_id).as_of, delivery.sheets, verified)


def _ways(reader: Reader, run: RunInfo, delivery: DeliveryInfo) -> Iterator[Action]:
    """Give the ways on from a run: its rules, its diagnosis, its doubtful rows, who looked."""
    yield Action(
        label=words("Kiểm tra theo luật", "Rules and columns"),
        href=reader.url("deliveries-rules", delivery.id),
        kind="quiet",
        sign="ok",
    )
    diagnosis = reader.url("runs-diagnosis", run.id)
    yield Action(label=words("Chẩn đoán", "Diagnosis"), href=diagnosis, kind="quiet", sign="find")
    if doubts := run.counts.get(desks.DOUBTFUL, 0):
        said = words(f"Duyệt {doubts} dòng nghi vấn", f"Review {doubts} doubtful rows")
        yield Action(label=said, href=reader.url("runs-desk", run.id), sign="ask")
    if reader.oversees:
        looks = reader.url("runs-looks", run.id)
        yield Action(label=words("Ai đã xem", "Who looked"), href=looks, kind="quiet", sign="eye")


def _head(reader: Reader, run: RunInfo, delivery: DeliveryInfo, told: run_rows.Legend) -> PageHead:
    standing = assignment_of(reader, run.source)
    day = writing.day(told.on)
    seconds = writing.number(run.seconds, 1)
    findings = f"{reader.url('findings')}?{urlencode({'nguon': run.source})}"
    meta = [
        format_html(
            "{} {}, {} {}", marks.sign("doc"), delivery.file_name, writing.number(run.rows), words("dòng", "rows")
        ),
        format_html("SHA-256 <code>{} … {}</code>", delivery.file_sha256[:8], delivery.file_sha256[-4:]),
        words(f"Hỏi dịch vụ dân cư {day}", f"Population service asked {day}")
        if population.register(run.register_id).answers
        else words(f"Sổ dân cư {day}", f"Register {day}"),
        words(f"lượt {run.label}, hết {seconds} giây", f"run {run.label}, {seconds} s"),
        *same_file(reader, delivery),
    ]
    if standing:
        meta.insert(0, cite_assignment(reader, standing))
    period = words("kỳ tháng", "period")
    return PageHead(
        title=f"{source_title(run.source, reader.contracts)}, {period} {writing.month(run.period)}",
        crumb=Link(label=words("Các lần nộp", "Deliveries"), href=reader.url("deliveries")),
        meta=tuple(meta),
        actions=(
            *run_files.actions(reader, run),
            *_ways(reader, run, delivery),
            Action(label=words("Xem sai lệch", "Discrepancies"), href=findings, kind="primary"),
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


def _sorting(query: dict[str, str]) -> tuple[str, str]:
    """Return where the confidence column leads, and how it is sorted now."""
    falling = query.get("xep") == "tin_cay_giam"
    href = f"?{urlencode(query | {'xep': 'tin_cay' if falling else 'tin_cay_giam'})}"
    return href, "descending" if falling else "ascending" if query.get("xep") == "tin_cay" else ""


def _opened(reader: Reader, run: RunInfo, stt: int) -> str:
    return reader.url("runs-row", run.id, stt)


def _table(request: HttpRequest, reader: Reader, run: RunInfo, told: run_rows.Legend, why: str) -> Table:
    query = run_search.asked(request)
    number = page_number(request)
    wanted = RowFilter(
        result=query.get("ket_qua", ""),
        field=query.get("truong", ""),
        sheet=query.get("trang_tinh", ""),
        text=run_search.text_of(request, run.id),
        sort=query.get("xep", "dong"),
        measure=query.get("phep_do", ""),
        commune=query.get("xa", ""),
    )
    found = looking.page(reader.viewer, run.id, wanted, number, purpose=why)
    open_one = query.pop("dong", "")
    kept = f"{urlencode(query)}&" if query else ""
    text = words(f"{writing.number(found.total)} dòng", f"{writing.number(found.total)} rows")
    rows = (
        run_rows.table_row(
            told,
            each,
            href=f"?{kept}dong={each.stt}#dong-{each.stt}",
            opens=_opened(reader, run, each.stt),
            shown=run_rows.detail(request, told, each) if open_one == str(each.stt) else "",
        )
        for each in found.rows
    )
    return Table(
        caption=text,
        label=words("Các dòng của lượt đối soát", "Rows of the run"),
        keys=True,
        columns=run_rows.columns(told, *_sorting(query)),
        rows=tuple(rows),
        pager=Pager(
            text=text,
            page=number,
            pages=max(1, -(-found.total // found.size)),
            query=urlencode({key: value for key, value in query.items() if key != "trang"}),
        ),
    )


def _named(run: RunInfo) -> str:
    rest = run.rows - run.named
    share = writing.percent(run.named / run.rows if run.rows else None)
    return words(
        f"{writing.number(run.named)} trên {writing.number(run.rows)} dòng tìm được một người ({share})"
        + (f"; {writing.number(rest)} dòng chưa" if rest else ""),
        f"{writing.number(run.named)} of {writing.number(run.rows)} rows name one person ({share})",
    )


def _outcome(reader: Reader, run: RunInfo, delivery: DeliveryInfo) -> Notice | None:
    """Return what the run changed among the discrepancies: found, proved, come back; or that this was cut off."""
    told = corrections.outcome_of(reader.group.id, run.label)
    if told is None:
        return _not_recorded(reader, delivery) if delivery.state == "read" else None
    new, proved, back = (writing.number(count) for count in (told.whole.new, told.whole.proved, told.whole.reopened))
    left = writing.number(told.whole.open_after)
    text = words(
        f"Lượt này phát hiện mới {new} sai lệch, chứng minh {proved} sai lệch đã sửa, {back} xuất hiện lại; "
        f"còn {left} chưa sửa.",
        f"This run found {new} new discrepancies, proved {proved} corrected, {back} came back; {left} are open.",
    )
    tasks = Link(label=words("Các nhiệm vụ", "Tasks"), href=reader.url("tasks"))
    return Notice(text=text, tone="info", sign="chain", link=tasks)


def _not_recorded(reader: Reader, delivery: DeliveryInfo) -> Notice:
    return Notice(
        text=words("Sai lệch của lượt này chưa được ghi.", "The discrepancies of this run are not recorded yet."),
        tone="warn",
        sign="bang",
        link=Link(label=words("Xem và chạy lại", "See and run again"), href=reader.url("deliveries-one", delivery.id)),
    )


def _narrowed(told: run_rows.Legend, query: dict[str, str]) -> Notice | None:
    """Say that the rows are those which fall short of a measure, or of one commune, and lead back to all."""
    measure = scores.measures().get(query.get("phep_do", ""))
    place = told.place(query["xa"]) if query.get("xa") else ""
    if measure is None and not place:
        return None
    parts = [words("Chỉ các dòng", "Only the rows")]
    if measure:
        parts.append(words(f"chưa đạt «{measure.vi}» ({measure.code})", f"short of {measure.en} ({measure.code})"))
    if place:
        parts.append(words(f"của {place}", f"of {place}"))
    said = " ".join(parts)
    return Notice(text=f"{said}.", sign="find", link=Link(label=words("Xem mọi dòng", "All rows"), href="?"))


def _shortcuts() -> Keys:
    return Keys(
        items=(
            Shortcut(keys=("J", "K"), does=words("dòng sau, dòng trước", "next, previous row")),
            Shortcut(keys=("Enter",), does=words("mở, đóng dòng", "open, close")),
            Shortcut(keys=("/",), does=words("tìm", "search")),
        )
    )


@group_page
def one(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show a run; rows of people appear once the reader has said what for."""
    run, delivery = own_run(reader, run_id)
    told = _legend(run, delivery)
    query = run_search.asked(request)
    why = "" if reader.ending else request.session.get(purpose_key(run.id), "")
    shown = {
        "head": _head(reader, run, delivery, told),
        "named": _named(run),
        "outcome": _outcome(reader, run, delivery),
        "run_bar": RunBar(counts=tuple((code, run.counts[code]) for code in CODES if run.counts.get(code))),
        "facets": _facets(run, {key: value for key, value in query.items() if key != "dong"}),
        "query": query,
        "narrowed": _narrowed(told, query),
        "kept": urlencode(query),
        "typed": run_search.text_of(request, run.id),
        "search_href": reader.url("runs-search", run.id),
        "fields": [(code, words(vi, en), run.fields_wrong.get(code, 0)) for code, _, vi, en in run_rows.FIELDS],
        "sheets": delivery.sheets if told.sheets else (),
        "table": _table(request, reader, run, told, why) if why else None,
        "why": why,
        "purposes": [words(vi, en) for vi, en in PURPOSES],
        "purpose_href": reader.url("runs-purpose", run.id),
        "undo_href": reader.url("deliveries-undo", delivery.id)
        if delivery.state == "read" and delivery.beside is None
        else "",
        "set_aside": sources.set_aside(reader.viewer, delivery.id)[:ASIDE] if delivery.quarantined else [],
        "set_aside_count": delivery.quarantined,
        "keys": _shortcuts(),
    }
    return render(request, "dean06/pages/run.html", shown)


@group_page
def row(request: HttpRequest, reader: Reader, run_id: int, stt: int) -> HttpResponse:
    """Open one row in its place in the table; without script, on the run's page."""
    run, delivery = own_run(reader, run_id)
    if stt >= run.rows:
        raise Http404
    why = request.session.get(purpose_key(run.id), "")
    page = f"{reader.url('runs-one', run.id)}?{urlencode({'dong': stt})}"
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(page)
    if not why:
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    told = _legend(run, delivery)
    found = looking.row(reader.viewer, run.id, stt, purpose=why)
    shown = run_rows.table_row(
        told, found, href=page, opens=_opened(reader, run, stt), shown=run_rows.detail(request, told, found)
    )
    table = Table(caption="", keys=True, columns=run_rows.columns(told, "", ""), rows=(shown,))
    return render(request, "dean06/pages/run_row_opened.html", {"it": table})


@require_POST
@group_page
def purpose(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Keep the reader's purpose for this run; every look from now on is recorded under it."""
    own_run(reader, run_id)
    said = " ".join((request.POST.get("muc_dich", ""), request.POST.get("ho_so", ""))).strip()
    if not request.POST.get("muc_dich", "").strip():
        raise BadInput("Chọn mục đích xem trước khi mở dòng dữ liệu.", "Choose a purpose before the rows open.")
    request.session[purpose_key(run_id)] = said[:200]
    return HttpResponseRedirect(_page(reader, run_id, urlencode(run_search.asked(request))))


@require_POST
@group_page
def search(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Take the filters and words of the form: the words stay with the session, the address has only their place."""
    own_run(reader, run_id)
    return HttpResponseRedirect(_page(reader, run_id, run_search.address(request, run_id)))


def _page(reader: Reader, run_id: int, query: str) -> str:
    page = reader.url("runs-one", run_id)
    return f"{page}?{query}" if query else page
