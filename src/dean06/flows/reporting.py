"""The month's report, from facts to a signed, numbered paper sent to each recipient of the group's charter."""

from __future__ import annotations

from collections.abc import Container, Mapping

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Fact, ObjectRef, ReportRule
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import consolidating, drafting, facts, measuring, period_facts, scorecards, sending, signing
from dean06.flows.authority import Act, Answer, ask, bind, grant, permit
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents, issuing
from dean06.papers.types import PaperInfo
from dean06.reports.service import months as reports
from dean06.reports.service.periods import HALF_YEAR, MONTH, YEAR, parse
from dean06.reports.types import FactSheet, ReportInfo

# The duties under which a month's report leaves the group; a charter may have one, both or neither.
DUTIES = ("report.send_monthly", "report.consolidate_and_send")
REVIEW = "review.conduct"
KINDS = {MONTH: "group_monthly_report", HALF_YEAR: "review_report", YEAR: "year_end_report"}
_NUMBERED: Mapping[str, Fact] = {"document.is_numbered": True}

__all__ = [
    "acknowledge",
    "edit",
    "issue",
    "make",
    "recipients",
    "reopen",
    "rules",
    "send",
    "signing_answer",
]


def rules(group: GroupInfo, period: str = "") -> tuple[ReportRule, ...]:
    """Return the rules of the group's charter under which its report goes out: a month's, or another period's.

    A half-year's goes to whom the clause on the review names; where no clause does, it goes the way of the month's.
    """
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    kind = parse(period).kind if period else MONTH
    own = charters.report_rules(charter, REVIEW) if kind == HALF_YEAR else ()
    return own or tuple(rule for action in DUTIES for rule in charters.report_rules(charter, action))


def _first_rule(group: GroupInfo, period: str) -> ReportRule:
    known = rules(group, period)
    if not known:
        raise BadInput(
            "Quy chế của tổ không có điều khoản nào về báo cáo tháng: đặt quy ước của tổ trước.",
            "The group's charter has no clause on a monthly report: set a local rule first.",
        )
    return known[0]


def recipients(group: GroupInfo, period: str = "") -> dict[str, str]:
    """Return every recipient, by code and name, of the duties that the report answers."""
    return {code: name for rule in rules(group, period) for code, name in rule.recipients}


def _gathered(group: GroupInfo, period: str) -> FactSheet:
    if parse(period).kind != MONTH:
        return period_facts.gather(group, period)
    return measuring.with_indicators(group, consolidating.with_agencies(group, facts.gather(group, period)))


def make(account: str, group: GroupInfo, month: str, *, reason: str | None = None) -> ReportInfo:
    """Gather the facts, make or remake the report, and keep its draft paper and annex.

    To make the half-year's is to conduct the review: who does that is for the charter's clause.
    """
    _first_rule(group, month)
    sheet = _gathered(group, month)
    obj = ObjectRef(kind="report", id=f"{group.slug}:{month}", digest=sheet.digest())
    action = REVIEW if parse(month).kind == HALF_YEAR else "report.draft"
    by = permit(Act(account=account, group=group, action=action, obj=obj, reason=reason))
    return _with_paper(account, group, reports.make(by, sheet))


def edit(account: str, group: GroupInfo, month: str, words: Mapping[str, str]) -> ReportInfo:
    """Take the clerk's words, and draft the paper anew from them."""
    report = _known(group, month)
    obj = ObjectRef(kind="report", id=f"{group.slug}:{month}", digest=reports.words_digest(words))
    by = permit(Act(account=account, group=group, action="report.draft", obj=obj))
    return _with_paper(account, group, reports.edit(by, report.id, words))


def _known(group: GroupInfo, month: str) -> ReportInfo:
    report = reports.for_work(group.id, month)
    if report is None:
        raise BadInput(
            f"Chưa lập báo cáo {parse(month).read}: bấm «Lập báo cáo» trước.",
            f"The report of {parse(month).en} is not made yet: make it first.",
        )
    return report


def _with_paper(account: str, group: GroupInfo, report: ReportInfo) -> ReportInfo:
    annex_sha256 = documents.keep_annex(drafting.annex(group, report))
    kept_by = signing.kept_by(adoption.charter_of(group.charter_line, clock.today(group)))
    document = drafting.document(
        report,
        rules(group, report.month),
        signing.unsigned(group),
        annex_sha256,
        kept_by=kept_by,
        replaces=_replaced(report),
    )
    rendered = documents.render(document, clock.now(group), annex_sha256)
    name = f"{group.slug}:bao-cao:{report.month}:v{report.version}"
    obj = ObjectRef(kind="paper", id=name, digest=rendered.digest())
    by = permit(Act(account=account, group=group, action="document.draft", obj=obj))
    with transaction.atomic():
        kept = documents.draft(by, group.id, rendered, paper_id=report.paper_id)
        reports.attach_paper(report.id, kept.id, report.content)
    return _known(group, report.month)


def _replaced(report: ReportInfo) -> str:
    """Return number and date of the paper that an earlier issue of the report went out as; empty for the first."""
    earlier = [issue.paper_id for issue in reports.issues(report.id) if issue.paper_id]
    if not earlier:
        return ""
    paper = documents.for_work(earlier[-1])
    return f"{paper.label} ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else paper.label


def reopen(account: str, group: GroupInfo, month: str, reason: str) -> ReportInfo:
    """Open an issued report again for a reason; what is issued next cites the paper whose place it takes."""
    if not reason.strip():
        raise BadInput("Lập lại báo cáo đã gửi thì ghi lý do.", "An issued report is opened again for a reason.")
    report = _known(group, month)
    obj = bind("report", f"{group.slug}:{month}", reopen=report.id)
    by = permit(Act(account=account, group=group, action="document.recall", obj=obj, facts=_NUMBERED, reason=reason))
    with transaction.atomic():
        reports.reopen(by, report.id)
        return _with_paper(account, group, _known(group, month))


def acknowledge(account: str, group: GroupInfo, month: str, recipient: str, by_whom: str) -> None:
    """Record that a recipient's office has received the report: an act of its own, never the leader's."""
    report = _known(group, month)
    obj = bind("report", f"{group.slug}:{month}", received=recipient, by=by_whom)
    act = Act(account=account, group=group, action="document.dispatch", obj=obj, facts=_NUMBERED)
    reports.acknowledge(permit(act), report.id, recipient, by_whom)


def signing_answer(account: str, group: GroupInfo, month: str) -> Answer:
    """Return whether this account may sign the month's report now; the signing screen shows it either way."""
    report = _known(group, month)
    return ask(_signing_act(account, group, report))


def _signing_act(account: str, group: GroupInfo, report: ReportInfo, reason: str | None = None) -> Act:
    """Return the act of signing the very draft that lies in the archive now: changed words want another permit."""
    if report.paper_id is None:
        raise BadInput("Báo cáo chưa có bản dự thảo.", "The report has no draft paper yet.")
    obj = bind("paper", str(report.paper_id), docx=documents.for_work(report.paper_id).docx_sha256)
    kind = KINDS[parse(report.month).kind]
    facts_: dict[str, Fact] = {"document.kind": kind, "document.serves_group_task": True}
    return Act(account=account, group=group, action="document.sign", obj=obj, facts=facts_, reason=reason)


def issue(
    account: str, group: GroupInfo, month: str, *, reason: str | None = None, seen: str | None = None
) -> PaperInfo:
    """Sign, number and archive the month's report: under the clause that lets this person sign, or not at all.

    Args:
        account: who signs.
        group: whose report.
        month: the month it is due in.
        reason: where the charter wants one.
        seen: `content` of the report that the signer had before them; one that changed since is not signed.
    """
    report = _known(group, month)
    if seen is not None and seen != report.content:
        raise BadInput(
            "Báo cáo vừa đổi sau khi bạn mở trang: đọc lại rồi ký.",
            "The report changed after you opened the page: read it again, then sign.",
        )
    act = _signing_act(account, group, report, reason)
    answer = ask(act)
    by = grant(act, answer)
    numbering = Act(
        account=account, group=group, action="document.number", obj=act.obj, facts={"document.is_signed": True}
    )
    numbered_by, signature = permit(numbering), signing.signature(group, answer)
    with transaction.atomic():
        issued = issuing.issue(by, numbered_by, int(act.obj.id), signature)
        reports.mark_issued(report.id, by.at)
        if parse(month).kind == MONTH:
            scorecards.freeze_for_report(group, f"{facts.span_of(group, month).since:%Y-%m}", by.digest())
    return issued


def send(account: str, group: GroupInfo, month: str, only: Container[str] | None = None) -> list[dict[str, object]]:
    """Record the dispatch of the issued report to the recipients of the charter, or to some; returns the receipts.

    Its paper is queued with it for those whom the address book reaches.
    """
    report = _known(group, month)
    to = {code: name for code, name in recipients(group, month).items() if only is None or code in only}
    if not to:
        raise BadInput("Chọn ít nhất một nơi nhận.", "Choose at least one recipient.")
    obj = bind("report", f"{group.slug}:{month}", to=",".join(sorted(to)))
    facts_ = {"document.is_numbered": report.issued}
    by = permit(Act(account=account, group=group, action="document.dispatch", obj=obj, facts=facts_))
    with transaction.atomic():
        reports.sent(by, report.id, to)
        if report.paper_id is not None:
            sending.queue_reached(account, group, report.paper_id, to.values())
    return reports.receipts(report.id)
