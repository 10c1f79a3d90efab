"""Đề nghị điều chỉnh sổ dân cư: proposing on a finding, the list its owner works through, and one with its decision.

No value of a person stands on these pages: each leads to the row of the run, which opens for a stated purpose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import DECISIONS, FindingInfo, ProposalInfo, ProposalState
from dean06.flows import doubting
from dean06.flows.doubting import Said
from dean06.offices import service as offices
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.refusals import question, reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import cause_title, compared_title, source_title
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page

SIZE = 25
STATES = {
    ProposalState.WAITING: ("warn", "clock", "Chờ xem xét", "Waits"),
    ProposalState.ACCEPTED: ("info", "ok", "Chấp nhận, chờ bản sổ sau", "Accepted, awaits a snapshot"),
    ProposalState.REFUSED: ("bad", "no", "Từ chối: danh sách phải sửa", "Refused: the list is to be corrected"),
    ProposalState.CITIZEN: ("ask", "clock", "Cần công dân", "Needs the citizen"),
    ProposalState.CIVIL_STATUS: ("ask", "clock", "Cần hộ tịch trước", "Needs civil status first"),
    ProposalState.BORNE_OUT: ("ok", "ok", "Sổ đã thể hiện", "Borne out by the register"),
    ProposalState.CORRECTED: ("mute", "end", "Cơ quan đã sửa theo sổ", "The agency corrected its list"),
    ProposalState.TAKEN_BACK: ("mute", "left", "Đã rút", "Taken back"),
}
CHOICES = {
    ProposalState.ACCEPTED: (
        "Chấp nhận: sổ sẽ được điều chỉnh trong hệ thống quốc gia",
        "Accept: the register will be corrected in the national system",
    ),
    ProposalState.REFUSED: (
        "Từ chối: sổ đúng, danh sách của cơ quan phải sửa",
        "Refuse: the register is right, the list is to be corrected",
    ),
    ProposalState.CITIZEN: (
        "Cần công dân làm thủ tục: qua cổng dịch vụ công, ứng dụng định danh hoặc Công an xã",
        "The citizen must apply: by the portal, the application or the commune police",
    ),
    ProposalState.CIVIL_STATUS: ("Cần đăng ký, cải chính hộ tịch trước", "Civil status must be registered first"),
}

__all__ = ["consider", "make", "one", "proposals", "take_back"]


def _chip(state: ProposalState) -> str:
    tone, sign, vi, en = STATES[state]
    return chip(tone, words(vi, en), with_sign=sign)


def _said(table: Mapping[str, tuple[str, str]], code: str) -> str:
    return words(*table[code]) if code in table else code


def _row_href(reader: Reader, found: FindingInfo) -> str:
    """Return where the row lies that a finding speaks of; it opens for a stated purpose."""
    run = int(found.last_run.removeprefix("L"))
    return f"{reader.url('runs-one', run)}?{urlencode({'dong_so': found.dong})}"


def _place(found: FindingInfo) -> str:
    sheet_name = f"{found.sheet}, " if found.sheet else ""
    return f"{sheet_name}{words('dòng', 'row')} {found.dong}, {words('lượt', 'run')} {found.last_run}"


# ------------------------------------------------------------ making one


def _finding(reader: Reader, finding_id: int) -> FindingInfo:
    found = corrections.doubtful(reader.viewer, reader.group.id, finding_id)
    if found is None:
        raise Http404
    return found


@group_page
def make(request: HttpRequest, reader: Reader, finding_id: int) -> HttpResponse:
    """Propose that the register be corrected where a finding doubts it."""
    found = _finding(reader, finding_id)
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            made = doubting.propose(reader.viewer, reader.group, finding_id, _read(request), reason=reason_of(request))
        except BadInput as problem:
            slips = slips_of(problem)
        else:
            text = words(f"Đã lập đề nghị {made.label}.", f"Proposal {made.label} is made.")
            messages.success(request, text)
            return HttpResponseRedirect(reader.url("proposals-one", made.id))
    answer = doubting.may_propose(reader.viewer, reader.group, finding_id)
    shown = {
        "head": PageHead(
            title=words("Đề nghị điều chỉnh sổ dân cư", "Propose a correction of the register"),
            crumb=Link(label=words("Sai lệch", "Discrepancies"), href=reader.url("findings")),
            meta=(source_title(found.source, reader.contracts), _place(found)),
        ),
        "facts": _finding_facts(reader, found),
        "slips": slips,
        "typed": request.POST,
        "grounds": [(code, words(vi, en)) for code, (vi, en) in corrections.grounds().items()],
        "papers": [(code, words(vi, en)) for code, (vi, en) in corrections.papers().items()],
        "answer": None if answer.allowed else question(reader, answer),
    }
    return render(request, "dean06/pages/proposal_make.html", shown, status=UNUSABLE if slips else 200)


def _read(request: HttpRequest) -> Said:
    post = request.POST
    if not post.get("can_cu"):
        raise Misfilled("can_cu", "Chọn căn cứ của đề nghị.", "Choose the ground.")
    return Said(ground=post["can_cu"], paper=post.get("giay_to", ""), kept_at=post.get("noi_giu", ""))


def _finding_facts(reader: Reader, found: FindingInfo) -> SummaryList:
    href = _row_href(reader, found)
    row = format_html('<a href="{}">{}</a>', href, _place(found))
    return SummaryList(
        facts=(
            Fact(term=words("Nguồn", "Source"), value=source_title(found.source, reader.contracts)),
            Fact(term=words("Sai lệch", "Finding"), value=cause_title(found.cause)),
            Fact(term=words("Trường", "Field"), value=compared_title(found.source, found.field, reader.contracts)),
            Fact(
                term=words("Hai giá trị cạnh nhau", "Both values"),
                value=row,
                aside=words("mở dòng phải nêu mục đích", "opens for a stated purpose"),
            ),
        )
    )


# ------------------------------------------------------------ the list


@group_page
def proposals(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the proposals of the group: those that wait, or all."""
    found = corrections.proposals(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"de-nghi-so-{reader.group.slug}-{reader.today}")
    waiting = [one for one in found if one.pending]
    everything = request.GET.get("xem") == "tat-ca"
    shown_ones = found if everything else waiting
    count = words(f"{len(shown_ones)} đề nghị", f"{len(shown_ones)} proposals")
    query = "xem=tat-ca" if everything else ""
    items, pager = sliced(shown_ones, page_number(request), SIZE, text=count, query=query)
    shown = {
        "head": PageHead(
            title=words("Đề nghị điều chỉnh sổ dân cư", "Proposals to correct the register"),
            crumb=Link(label=words("Sai lệch", "Discrepancies"), href=reader.url("findings")),
            meta=(count, *_measured(found)),
            actions=sheet.offers(request) if found else (),
        ),
        "facets": Facets(
            label=words("Xem", "View"),
            items=(
                Facet(label=words("Đang chờ", "Pending"), count=str(len(waiting)), href="?", current=not everything),
                Facet(label=words("Tất cả", "All"), count=str(len(found)), href="?xem=tat-ca", current=everything),
            ),
        ),
        "table": _table(reader, items, count, pager) if items else None,
        "empty": Empty(
            title=words("Không có đề nghị nào đang chờ", "No proposal waits"),
            text=words(
                "Khi có căn cứ cho rằng sổ dân cư sai, mở sai lệch rồi chọn «Sổ sai?»; đề nghị không sửa sổ.",
                "Where there are grounds that the register is wrong, open the finding and choose “Register wrong?”.",
            ),
            sign="ok",
        ),
    }
    return render(request, "dean06/pages/proposals.html", shown)


def _measured(found: Sequence[ProposalInfo]) -> tuple[str, ...]:
    """Say how proposals ended: how many the register bore out, and after how many days."""
    ended = [
        one for one in found if one.state in {ProposalState.BORNE_OUT, ProposalState.CORRECTED, ProposalState.REFUSED}
    ]
    if not ended:
        return ()
    right = sum(one.state is ProposalState.BORNE_OUT for one in ended)
    days = sorted((one.ended_at - one.made_at).days for one in ended if one.ended_at)
    middle = days[len(days) // 2] if days else 0
    return (
        words(
            f"sổ phải đổi {right} trên {len(ended)} đề nghị đã xong", f"the register changed in {right} of {len(ended)}"
        ),
        words(f"giữa {middle} ngày", f"median {middle} days"),
    )


def _table(reader: Reader, items: Sequence[ProposalInfo], count: str, pager: Pager) -> Table:
    return Table(
        caption=count,
        columns=(
            Column(label=words("Đề nghị", "Proposal"), nowrap=True),
            Column(label=words("Nguồn, dòng", "Source, row"), kind="text"),
            Column(label=words("Trường", "Field")),
            Column(label=words("Căn cứ", "Ground"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Lập ngày", "Made"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(_list_row(reader, one) for one in items),
        pager=pager if pager.pages > 1 else None,
    )


def _list_row(reader: Reader, one: ProposalInfo) -> Row:
    return Row(
        cells=(
            format_html('<a href="{}">{}</a>', reader.url("proposals-one", one.id), one.label),
            format_html(
                '{}<small class="cell-note">{}</small>',
                source_title(one.finding.source, reader.contracts),
                _place(one.finding),
            ),
            compared_title(one.finding.source, one.finding.field, reader.contracts),
            _said(corrections.grounds(), one.ground),
            reader.agency(one.agency) if one.agency else "",
            writing.day(one.made_at),
            _chip(one.state),
        )
    )


def _sheet(reader: Reader, found: Sequence[ProposalInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Đề nghị điều chỉnh sổ dân cư, {reader.group.name}", f"Proposals, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Đề nghị", "Proposal"),
            words("Nguồn", "Source"),
            words("Trang tính", "Sheet"),
            words("Dòng", "Row"),
            words("Lượt", "Run"),
            words("Trường", "Field"),
            words("Căn cứ", "Ground"),
            words("Giấy tờ", "Paper"),
            words("Lập ngày", "Made"),
            words("Tình trạng", "State"),
            words("Kết thúc", "Ended"),
        ),
        rows=(
            (
                one.label,
                source_title(one.finding.source, reader.contracts),
                one.finding.sheet,
                one.finding.dong,
                one.finding.last_run,
                compared_title(one.finding.source, one.finding.field, reader.contracts),
                _said(corrections.grounds(), one.ground),
                _said(corrections.papers(), one.paper),
                one.made_at,
                words(*STATES[one.state][2:]),
                one.ended_at,
            )
            for one in found
        ),
    )


# ------------------------------------------------------------ one


def _own(reader: Reader, proposal_id: int) -> ProposalInfo:
    found = corrections.proposal(reader.viewer, reader.group.id, proposal_id)
    if found is None:
        raise Http404
    return found


def _timeline(reader: Reader, told: ProposalInfo) -> Timeline:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    return Timeline(
        events=tuple(
            Event(
                text=words("Lập đề nghị", "Made") if place == 0 else words(*STATES[act.state][2:]),
                when=writing.instant(act.at),
                sign=STATES[act.state][1],
                note=": ".join(part for part in (names.get(act.by, ""), act.reason) if part),
            )
            for place, act in reversed(list(enumerate(told.acts)))
        )
    )


@group_page
def one(request: HttpRequest, reader: Reader, proposal_id: int) -> HttpResponse:
    """Show one proposal: what is doubted, on what ground, what was decided, and the form of whoever may decide."""
    told = _own(reader, proposal_id)
    live = told.pending and not reader.ending
    answer = doubting.may_consider(reader.viewer, reader.group, told) if live else None
    facts = _finding_facts(reader, told.finding).facts
    more = [
        Fact(term=words("Căn cứ", "Ground"), value=_said(corrections.grounds(), told.ground)),
        Fact(term=words("Giấy tờ", "Paper"), value=_said(corrections.papers(), told.paper) or "–"),
        Fact(term=words("Giấy tờ giữ tại", "Kept at"), value=told.kept_at or "–"),
    ]
    if told.agency:
        more.append(Fact(term=words("Cơ quan đề nghị", "Proposed by"), value=reader.agency(told.agency)))
    shown = {
        "head": PageHead(
            title=words(f"Đề nghị điều chỉnh sổ, {told.label}", f"Proposal on the register, {told.label}"),
            crumb=Link(label=words("Đề nghị điều chỉnh sổ", "Proposals"), href=reader.url("proposals")),
            meta=(
                source_title(told.finding.source, reader.contracts),
                words(f"lập {writing.day(told.made_at)}", f"{told.made_at:%d/%m/%Y}"),
            ),
        ),
        "state": _chip(told.state),
        "facts": SummaryList(facts=(*facts, *more)),
        "timeline": _timeline(reader, told),
        "answer": question(reader, answer) if answer and not answer.allowed else None,
        "choices": [(one.value, words(*CHOICES[one])) for one in DECISIONS] if answer and answer.allowed else [],
        "consider_href": reader.url("proposals-consider", told.id),
        "back_href": reader.url("proposals-back", told.id) if live and told.made_by == reader.account else "",
    }
    return render(request, "dean06/pages/proposal.html", shown)


@require_POST
@group_page
def consider(request: HttpRequest, reader: Reader, proposal_id: int) -> HttpResponse:
    """Record what the register's owner decides."""
    told, post = _own(reader, proposal_id), request.POST
    doubting.consider(
        reader.viewer,
        reader.group,
        told,
        post.get("quyet_dinh", ""),
        post.get("ly_do", ""),
        declared=bool(post.get("khong_lien_quan")),
    )
    messages.success(request, words("Đã ghi quyết định.", "The decision is recorded."))
    return HttpResponseRedirect(reader.url("proposals-one", told.id))


@require_POST
@group_page
def take_back(request: HttpRequest, reader: Reader, proposal_id: int) -> HttpResponse:
    """Take one's own proposal back."""
    told = _own(reader, proposal_id)
    doubting.take_back(reader.viewer, reader.group, told)
    messages.success(request, words(f"Đã rút đề nghị {told.label}.", f"Proposal {told.label} is taken back."))
    return HttpResponseRedirect(reader.url("proposals-one", told.id))
