"""Làm giàu dữ liệu: which sources may speak of people beside the register, granting a feed, and taking one back.

No value of a person stands here: what a source says is read one person at a time (`enrichment_look`).
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import enriching
from dean06.offices import service as offices
from dean06.reconcile.service import feeds
from dean06.reconcile.service.feeds import FeedInfo, FillingInfo, NewFeed
from dean06.sources import live as contracts
from dean06.sources.live import Contract
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite
from dean06.web.pages.days import day_given
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

__all__ = ["fill", "listing", "new", "one", "purposes_said", "withdraw"]


def purposes_said(codes: tuple[str, ...]) -> SafeString:
    """Return purposes in words, one a line."""
    known = contracts.purposes()
    said = [words(known[code].vi, known[code].en) if code in known else code for code in codes]
    return format_html_join(SafeString("<br>"), "{}", ((one,) for one in said))


def _state(told: FeedInfo) -> SafeString:
    if not told.active:
        return chip("mute", words("Đã thu hồi", "Withdrawn"), with_sign="no")
    if not told.standing:
        return chip("warn", words("Chưa có thông tin", "Nothing yet"), with_sign="clock")
    return chip("ok", words("Đang hiệu lực", "In force"), with_sign="ok")


def _last(told: FeedInfo) -> str:
    newest = told.standing[0] if told.standing else None
    if newest is None:
        return ""
    return f"L{newest.run_id}, {words('kỳ', 'period')} {writing.month(newest.period)}"


# ------------------------------------------------------------ the list


def _row(reader: Reader, told: FeedInfo) -> Row:
    until = f" – {writing.day(told.withdrawn_at)}" if told.withdrawn_at else ""
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                reader.url("enrichment-one", told.id),
                source_title(told.source, reader.contracts),
                told.basis,
            ),
            _state(told),
            purposes_said(told.purposes),
            f"{writing.day(told.since)}{until}",
            writing.number(told.statements if told.active else told.removed),
            _last(told),
        )
    )


def _table(reader: Reader, found: list[FeedInfo]) -> Table:
    return Table(
        caption=words("Các luồng làm giàu", "Feeds"),
        columns=(
            Column(label=words("Nguồn, căn cứ", "Source, basis"), kind="text"),
            Column(label=words("Trạng thái", "State"), nowrap=True),
            Column(label=words("Mục đích được đọc", "Readable for"), kind="text"),
            Column(label=words("Hiệu lực", "In force"), nowrap=True),
            Column(label=words("Số thông tin", "Statements"), kind="num"),
            Column(label=words("Lượt gần nhất", "Last run"), nowrap=True),
        ),
        rows=tuple(_row(reader, told) for told in found),
    )


def _free(reader: Reader, found: list[FeedInfo]) -> list[Contract]:
    """Return the contracts that may speak and have no feed in force."""
    held = {one.source for one in found if one.active}
    return [one for one in reader.contracts.all().values() if one.statements and one.id not in held]


def _head(reader: Reader, live: list[FeedInfo]) -> PageHead:
    count = sum(one.statements for one in live)
    ask = Action(
        label=words("Tra một người", "Look a person up"),
        href=reader.url("enrichment-look"),
        kind="primary",
        sign="eye",
    )
    return PageHead(
        title=words("Làm giàu dữ liệu", "Enrichment"),
        crumb=Link(label=words("Nguồn dữ liệu", "Sources"), href=reader.url("sources")),
        meta=(
            words(f"{len(live)} luồng đang hiệu lực", f"{len(live)} feeds in force"),
            words(f"{writing.number(count)} thông tin bên cạnh sổ dân cư", f"{writing.number(count)} statements"),
        ),
        actions=(ask,) if live and not reader.ending else (),
    )


def _grant_action(reader: Reader, contract: Contract) -> Action:
    title = source_title(contract.id, reader.contracts)
    href = f"{reader.url('enrichment-new')}?{urlencode({'nguon': contract.id})}"
    return Action(label=words(f"Cấp luồng: {title}", f"Grant: {title}"), href=href)


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the feeds of the group, those withdrawn last, and the sources that may have one."""
    found = feeds.feeds(reader.viewer, reader.group.id)
    shown = {
        "head": _head(reader, [one for one in found if one.active]),
        "table": _table(reader, found) if found else None,
        "free": [] if reader.ending else [_grant_action(reader, one) for one in _free(reader, found)],
        "empty": Empty(
            title=words("Chưa nguồn nào được nói thêm về người dân", "No source may speak of people yet"),
            text=words(
                "Cấp luồng khi có căn cứ và mục đích; thông tin đứng bên cạnh sổ, không sửa sổ, thu hồi được bất cứ lúc"
                " nào.",
                "Grant a feed under a basis for named purposes; it stands beside the register and can be withdrawn.",
            ),
        ),
    }
    return render(request, "dean06/pages/enrichment.html", shown)


# ------------------------------------------------------------ granting


def _contract(request: HttpRequest, reader: Reader) -> Contract:
    found = reader.contracts.find(request.POST.get("nguon") or request.GET.get("nguon", ""))
    if found is None or not found.statements:
        raise Http404
    return found


def _usual_basis(reader: Reader, contract: Contract) -> str:
    """Return what a basis usually says: the clause of the group's charter, and the contract's first ground."""
    answer = charters.answerable(reader.charter, contract.system) if contract.system else None
    clause = charters.clause_label(answer.citation, current_language()) if answer else ""
    return "; ".join(part for part in (clause, contract.legal.basis[0].vi) if part)[: feeds.LONGEST_BASIS]


def _given(request: HttpRequest, reader: Reader, contract: Contract) -> NewFeed:
    post = request.POST
    if not post.get("can_cu", "").strip():
        raise Misfilled("can_cu", "Nêu căn cứ của luồng.", "Name the basis of the feed.")
    purposes = tuple(post.getlist("muc_dich"))
    if not purposes:
        raise Misfilled("md-0", "Chọn ít nhất một mục đích.", "Choose one purpose at least.")
    return NewFeed(
        group_id=reader.group.id,
        source=contract.id,
        basis=" ".join(post["can_cu"].split()),
        purposes=purposes,
        since=day_given(post.get("tu_ngay", ""), words("Từ ngày", "From")),
    )


def _says(contract: Contract) -> Table:
    known = contracts.predicates()
    return Table(
        caption=words("Hợp đồng dữ liệu cho nguồn này nói gì về một người", "What the contract lets this source say"),
        show_caption=True,
        columns=(
            Column(label=words("Thông tin", "Statement")),
            Column(label=words("Từ cột", "From the column")),
            Column(label=words("Căn cứ", "Ground"), kind="text"),
            Column(label=words("Chỉ đọc để", "Readable for"), kind="text"),
            Column(label=words("Hết hạn sau", "Ends after"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    words(known[one.predicate].title.vi, known[one.predicate].title.en),
                    words(contract.field(one.field).title.vi, contract.field(one.field).title.en),
                    words(contract.legal.basis[one.basis - 1].vi, contract.legal.basis[one.basis - 1].en),
                    purposes_said(one.purposes),
                    words(f"{one.months} tháng", f"{one.months} months"),
                )
            )
            for one in contract.statements
        ),
    )


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Grant a source its feed."""
    contract = _contract(request, reader)
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            made = enriching.grant(reader.viewer, reader.group, _given(request, reader, contract))
        except BadInput as problem:
            slips = slips_of(problem, "tu_ngay")
        else:
            messages.success(request, words("Đã cấp luồng làm giàu.", "The feed is granted."))
            return HttpResponseRedirect(reader.url("enrichment-one", made.id))
    answer = enriching.may_grant(reader.viewer, reader.group)
    picked = request.POST.getlist("muc_dich") if request.method == "POST" else feeds.granted_purposes(contract)
    known = contracts.purposes()
    shown = {
        "head": PageHead(
            title=words(
                f"Cấp luồng: {source_title(contract.id, reader.contracts)}",
                f"Grant a feed: {source_title(contract.id, reader.contracts)}",
            ),
            crumb=Link(label=words("Làm giàu dữ liệu", "Enrichment"), href=reader.url("enrichment")),
        ),
        "slips": slips,
        "source": contract.id,
        "basis": request.POST.get("can_cu", _usual_basis(reader, contract)),
        "since": request.POST.get("tu_ngay", writing.day(reader.today)),
        "purposes": [
            (f"md-{place}", code, words(known[code].vi, known[code].en), code in picked)
            for place, code in enumerate(feeds.granted_purposes(contract))
        ],
        "says": _says(contract),
        "answer": question(reader, answer),
        "may": answer.allowed and not reader.ending,
        "longest": feeds.LONGEST_BASIS,
    }
    return render(request, "dean06/pages/enrichment_new.html", shown, status=UNUSABLE if slips else 200)


# ------------------------------------------------------------ one feed


def _own(reader: Reader, grant_id: int) -> FeedInfo:
    found = feeds.feed(reader.viewer, reader.group.id, grant_id)
    if found is None:
        raise Http404
    return found


def _facts(reader: Reader, told: FeedInfo) -> SummaryList:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    granted = (names.get(told.granted_by, ""), writing.instant(told.granted_at))
    system = reader.contracts.contract(told.source).system
    answer = charters.answerable(reader.charter, system) if system else None
    facts = [
        Fact(
            term=words("Căn cứ", "Basis"),
            value=format_html("{}<br>{}", told.basis, cite(reader, answer.citation)) if answer else told.basis,
        ),
        Fact(term=words("Mục đích được đọc", "Readable for"), value=purposes_said(told.purposes)),
        Fact(term=words("Từ ngày", "From"), value=writing.day(told.since)),
        Fact(term=words("Cấp", "Granted"), value=", ".join(part for part in granted if part)),
    ]
    if told.withdrawn_at is not None:
        who = names.get(told.withdrawn_by, "")
        facts += [
            Fact(
                term=words("Thu hồi", "Withdrawn"),
                value=", ".join(part for part in (who, writing.instant(told.withdrawn_at)) if part),
            ),
            Fact(term=words("Lý do", "Reason"), value=told.reason),
            Fact(term=words("Thông tin đã hủy", "Statements destroyed"), value=writing.number(told.removed)),
        ]
    return SummaryList(facts=tuple(facts))


def _filling_row(reader: Reader, one: FillingInfo) -> Row:
    gone = one.destroyed_at
    return Row(
        cells=(
            format_html('<a href="{}">L{}</a>', reader.url("runs-one", one.run_id), one.run_id),
            writing.month(one.period),
            writing.number(one.statements),
            writing.number(one.people),
            writing.instant(one.made_at),
            format_html("<code>{} … {}</code>", one.sha256[:8], one.sha256[-4:]),
            writing.instant(gone) if gone else "",
        )
    )


def _fillings(reader: Reader, told: FeedInfo) -> Table:
    return Table(
        caption=words("Ghi từ lượt đối soát nào", "From which runs"),
        columns=(
            Column(label=words("Lượt", "Run")),
            Column(label=words("Kỳ", "Period"), nowrap=True),
            Column(label=words("Thông tin", "Statements"), kind="num"),
            Column(label=words("Số người", "People"), kind="num"),
            Column(label=words("Ghi lúc", "Made"), nowrap=True),
            Column(label="SHA-256", nowrap=True),
            Column(label=words("Đã hủy", "Destroyed")),
        ),
        rows=tuple(_filling_row(reader, one) for one in told.fillings),
    )


@group_page
def one(request: HttpRequest, reader: Reader, grant_id: int) -> HttpResponse:
    """Show one feed: its basis and purposes, what each run said in numbers, and how to take it back."""
    told = _own(reader, grant_id)
    live = told.active and not reader.ending
    answer = enriching.may_withdraw(reader.viewer, reader.group, told) if live else None
    shown = {
        "head": PageHead(
            title=source_title(told.source, reader.contracts),
            crumb=Link(label=words("Làm giàu dữ liệu", "Enrichment"), href=reader.url("enrichment")),
            meta=(_state(told), words(f"{writing.number(told.statements)} thông tin", f"{told.statements} statements")),
            actions=(
                Action(
                    label=words("Ghi từ lượt gần nhất", "Fill from the last run"),
                    href=reader.url("enrichment-fill", told.id),
                    post=True,
                ),
            )
            if live and not told.standing
            else (),
        ),
        "facts": _facts(reader, told),
        "fillings": _fillings(reader, told) if told.fillings else None,
        "empty": Notice(
            text=words(
                "Luồng bắt đầu từ số không: thông tin được ghi từ lần nộp sau, hoặc bấm «Ghi từ lượt gần nhất».",
                "A feed starts empty: it fills with the next delivery, or from the last run on asking.",
            ),
            sign="clock",
        ),
        "answer": question(reader, answer) if answer and not answer.allowed else None,
        "withdraw_href": reader.url("enrichment-withdraw", told.id) if answer and answer.allowed else "",
        "longest": feeds.LONGEST_REASON,
        "count": writing.number(told.statements),
    }
    return render(request, "dean06/pages/enrichment_one.html", shown)


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, grant_id: int) -> HttpResponse:
    """Take a feed back, with all that it said."""
    gone = enriching.withdraw(reader.viewer, reader.group, _own(reader, grant_id), request.POST.get("ly_do", ""))
    count = writing.number(gone.removed)
    messages.success(request, words(f"Đã thu hồi luồng, hủy {count} thông tin.", f"Withdrawn: {count} destroyed."))
    return HttpResponseRedirect(reader.url("enrichment-one", gone.id))


@require_POST
@group_page
def fill(request: HttpRequest, reader: Reader, grant_id: int) -> HttpResponse:
    """Let the newest run of the source speak now."""
    made = enriching.fill_from_last(reader.viewer, reader.group, _own(reader, grant_id))
    count = writing.number(made.statements)
    messages.success(request, words(f"Đã ghi {count} thông tin.", f"{count} statements made."))
    return HttpResponseRedirect(reader.url("enrichment-one", grant_id))
