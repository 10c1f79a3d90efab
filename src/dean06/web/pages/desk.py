"""Việc của tôi: what I owe this month, under which clause, and what state my agency's data are in.

Who answers for the whole group sees first what waits for a decision and how the agencies stand.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.flows import desk as journey
from dean06.flows import home as rest
from dean06.flows import reporting
from dean06.flows import spending as money
from dean06.funds.service import spending
from dean06.funds.types import Filters as Spending
from dean06.funds.types import State as Request
from dean06.papers.service import drafts
from dean06.reconcile.service import scores
from dean06.reconcile.types import RunInfo
from dean06.reports.service import months as reports
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages import day
from dean06.web.pages.board import home
from dean06.web.pages.clauses import cite
from dean06.web.pages.meetings.awaited import notices
from dean06.web.pages.offices import waiting
from dean06.web.pages.task_parts import task_part
from dean06.web.pages.tasking import awaited
from dean06.web.pages.titles import inherited_from, source_title
from dean06.web.parts.charts import Axes, Axis
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist, TaskGroup
from dean06.web.reader import Reader, group_page
from dean06.work.types import TaskInfo

SIGNS = {
    "met": ("ok", "ok"),
    "late": ("warn", "bang"),
    "missed": ("bad", "no"),
    "pending": ("warn", "clock"),
    "excused": ("mute", "none"),
    "not_regulated": ("ask", "law"),
}
CHARTER_WAITS = {
    "signature": (
        ("Tờ trình bản thảo «{}» đã lập, chờ ký.", "The submission of the draft “{}” is made and waits to be signed."),
        ("Soát và ký", "Check and sign"),
    ),
    "authority": (
        (
            "Bản thảo «{}» đã trình: có quyết định ban hành thì nhập số và ngày.",
            "The draft “{}” is submitted: enter number and day once it is issued.",
        ),
        ("Nhập số quyết định", "Enter the decision"),
    ),
    "adoption": (
        (
            "Bản thảo «{}» đã được Tổ trưởng đồng ý: hai người nhập số và ngày hiệu lực.",
            "The leader agreed to the draft “{}”: two people enter its number and days.",
        ),
        ("Xác nhận", "Confirm"),
    ),
    "second_person": (
        ("Bản thảo «{}» chờ người thứ hai xác nhận.", "The draft “{}” waits for a second person's word."),
        ("Đối chiếu và xác nhận", "Compare and confirm"),
    ),
    "second_person_of_end": (
        (
            "Phương án kết thúc, bàn giao của tổ chờ người thứ hai xác nhận.",
            "The plan of the group's end and hand-over waits for a second person's word.",
        ),
        ("Đối chiếu và xác nhận", "Compare and confirm"),
    ),
}
SHOWN = 5

__all__ = ["desk"]


def _when(obligation: Obligation) -> str:
    bound = obligation.due_before
    if obligation.status == "met":
        return words("Xong", "Done")
    if not isinstance(bound, datetime):
        return words("Không ghi hạn", "No bound given")
    local = bound.astimezone(clock.TZ)
    return words(f"trước 0 giờ {local:%d/%m}", f"before 00:00 on {local:%d/%m}")


def _title(reader: Reader, duty: journey.Duty, month: str) -> str:
    action = charters.vocabulary().actions.get(duty.obligation.action)
    title = words(action.name.vi, action.name.en) if action else duty.title
    if duty.obligation.action in reporting.DUTIES and duty.before is None:
        return format_html('<a href="{}">{}</a>', reader.url("reports-one", month), title)
    return title


def _duties(reader: Reader, found: journey.Desk, *, mine: bool) -> Checklist:
    return Checklist(
        items=tuple(
            Check(
                text=_title(reader, duty, found.month),
                tone=SIGNS.get(duty.obligation.status, ("mute", "dots"))[0],
                sign=SIGNS.get(duty.obligation.status, ("mute", "dots"))[1],
                note=_note(duty),
                aside=_clause(reader, duty),
            )
            for duty in found.duties
            if duty.mine is mine
        )
    )


def _note(duty: journey.Duty) -> str:
    when = _when(duty.obligation)
    return f"{when}, {inherited_from(duty.before)}" if duty.before else when


def _clause(reader: Reader, duty: journey.Duty) -> SafeString:
    cited = duty.obligation.citations[0]
    if duty.before is not None:
        return cite(reader, cited, group_id=duty.before.id)
    return cite(reader, cited, text=duty.obligation.text)


def _axis_rows(reader: Reader, newest: RunInfo, before: RunInfo | None) -> tuple[Axis, ...]:
    now = scores.of_run(reader.viewer, newest.id)
    then = scores.of_run(reader.viewer, before.id) if before else {}
    rows = []
    for axis in scores.AXES:
        worst = scores.measure_of_axis(now, axis)
        last = then.get(worst.code) if worst else None
        rows.append(
            Axis(
                name=words(axis.vi, axis.en),
                now=worst.share if worst else None,
                was=last.share if last else None,
                target=worst.target if worst else None,
            )
        )
    return tuple(rows)


def _axes(reader: Reader, done: list[RunInfo]) -> tuple[str, Axes, str] | None:
    """Return the four axes of the newest run of the reader's own agency, beside the run before."""
    own = set(reader.own_agencies)
    mine = {held.source for held in reader.standing.values() if held.agency in own}
    listed = [run for run in done if run.source in mine]
    if not listed:
        return None
    newest = listed[0]
    before = next((run for run in listed[1:] if run.source == newest.source and run.period < newest.period), None)
    month = writing.month(newest.period)
    title = source_title(newest.source, reader.contracts)
    href = f"{reader.url('scores')}?{urlencode({'nguon': newest.source})}"
    return words(f"{title}, kỳ {month}", f"{title}, {month}"), Axes(items=_axis_rows(reader, newest, before)), href


def _quality(reader: Reader, done: list[RunInfo]) -> Checklist:
    """Return the weakest axis of the newest run of each source, for readers who answer for the whole group."""
    newest: dict[str, RunInfo] = {}
    for run in done:
        newest.setdefault(run.source, run)
    return Checklist(items=tuple(_weakest(reader, run) for run in newest.values()))


def _weakest(reader: Reader, run: RunInfo) -> Check:
    axes = Axes(items=_axis_rows(reader, run, None))
    worst = axes.worst
    href = f"{reader.url('scores')}?{urlencode({'nguon': run.source})}"
    return Check(
        text=format_html('<a href="{}">{}</a>', href, source_title(run.source, reader.contracts)),
        tone="bad" if worst else "ok",
        sign="bang" if worst else "ok",
        note=words(f"kỳ {writing.month(run.period)}", f"period {writing.month(run.period)}"),
        aside=chip("bad", f"{worst.name} {worst.value}", with_sign="dn")
        if worst
        else chip("ok", words("đạt cả bốn tiêu chí", "all four axes met"), with_sign="ok"),
    )


def _groups(reader: Reader, found: journey.Desk) -> list[tuple[TaskGroup, Link | None]]:
    lists = (
        (words("Quá hạn", "Overdue"), found.overdue, "qua-han"),
        (words("Trong 5 ngày", "Within 5 days"), found.soon, "mo"),
        (words("Sau đó", "Later"), found.later, "mo"),
    )
    made = []
    for title, listed, view in lists:
        if not listed:
            continue
        group = TaskGroup(
            title=title, tasks=tuple(task_part(reader, task) for task in listed[:SHOWN]), total=len(listed)
        )
        rest = len(listed) - SHOWN
        more = Link(
            label=words(f"Xem tất cả, còn {rest} việc nữa", f"See all, {rest} more"),
            href=f"{reader.url('tasks')}?{urlencode({'xem': view})}",
        )
        made.append((group, more if rest > 0 else None))
    return made


def _entries(reader: Reader, found: journey.Desk) -> Checklist:
    """Return the entries of registers that the reader's agency answers for, or that are late where they oversee."""
    return Checklist(
        items=tuple(
            Check(
                text=format_html('<a href="{}">{}</a>', reader.url("tracking-one", one.register, one.id), one.title),
                tone="bad" if one.is_overdue(reader.today) else "warn",
                sign="warn" if one.is_overdue(reader.today) else "clock",
                note=f"{one.label}, {reader.agency(one.agency)}" if one.agency else one.label,
                aside=writing.day(one.due),
            )
            for one in found.entries
        )
    )


def _by_agency(reader: Reader, found: journey.Desk) -> Table:
    """Return how each agency stands: open tasks, overdue ones, rows proved."""
    listed: tuple[TaskInfo, ...] = (*found.overdue, *found.soon, *found.later)
    late = Counter(task.lead for task in found.overdue)
    rows = []
    for code in sorted({task.lead for task in listed}, key=lambda code: (-late[code], reader.agency(code))):
        own = [task for task in listed if task.lead == code]
        done, total = sum(task.done for task in own), sum(task.total for task in own)
        href = f"{reader.url('tasks')}?{urlencode({'xem': 'qua-han' if late[code] else 'mo', 'co_quan': code})}"
        overdue = chip("bad", writing.number(late[code]), with_sign="warn") if late[code] else "0"
        proved = format_html('{} <span class="nowrap">{}</span>', bar(done, total), _share(done, total))
        rows.append(
            Row(
                cells=(
                    format_html('<a href="{}">{}</a>', href, reader.agency(code)),
                    str(len(own)),
                    overdue,
                    proved,
                )
            )
        )
    return Table(
        caption=words("Nhiệm vụ đang mở theo cơ quan", "Open tasks by agency"),
        columns=(
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Đang mở", "Open"), kind="num"),
            Column(label=words("Quá hạn", "Overdue"), kind="num"),
            Column(label=words("Dòng đã chứng minh", "Rows proved")),
        ),
        rows=tuple(rows),
    )


def _share(done: int, total: int) -> str:
    return words(
        f"{writing.number(done)} trên {writing.number(total)}", f"{writing.number(done)} of {writing.number(total)}"
    )


def _to_sign(reader: Reader) -> list[Notice]:
    """Return what lies before the reader to be signed, whatever their seat."""
    count = len(drafts.queue(reader.viewer, reader.group.id))
    if not count:
        return []
    text = words(f"{count} văn bản trình bạn ký.", f"{count} papers wait for your signature.")
    return [_waits(text, words("Đọc và ký", "Read and sign"), reader.url("papers-queue"))]


def _to_approve(reader: Reader) -> list[Notice]:
    """Return the requests to spend of others that the reader may approve."""
    wanted = Spending(states=frozenset({Request.REQUESTED}))
    found, _ = spending.requests(reader.viewer, reader.group.id, wanted, size=SHOWN)
    others = [one for one in found if one.asked_by != reader.account]
    if reader.ending or not others or not money.approving_answer(reader.account, reader.group, others[0]).allowed:
        return []
    text = words(f"{len(others)} đề nghị chi chờ bạn duyệt.", f"{len(others)} requests to spend wait for you.")
    return [_waits(text, words("Xem và duyệt", "Look and approve"), f"{reader.url('funds-requests')}?xem=cho-duyet")]


def _decisions(reader: Reader, month: str) -> list[Notice]:
    """Return what waits for those who answer for the whole group."""
    made = []
    unassigned = [
        code
        for code, contract in reader.contracts.lists().items()
        if contract.system and code not in reader.standing and charters.answerable(reader.charter, contract.system)
    ]
    if unassigned:
        titles = ", ".join(source_title(code, reader.contracts) for code in unassigned)
        text = words(f"Chưa giao nguồn dữ liệu: {titles}.", f"Sources not given yet: {titles}.")
        made.append(_waits(text, words("Giao theo Quy chế", "Give under the charter"), reader.url("settings")))
    waiting = corrections.waiting(reader.viewer, reader.group.id, see_all=reader.see_all, paused=reader.paused)
    if waiting:
        count = sum(one.count for one in waiting)
        text = words(
            f"{writing.number(count)} sai lệch của {len(waiting)} nguyên nhân chờ giao sửa.",
            f"{writing.number(count)} discrepancies of {len(waiting)} causes wait to be ordered.",
        )
        made.append(_waits(text, words("Giao sửa", "Order"), reader.url("findings")))
    report = reports.report(reader.viewer, reader.group.id, month)
    if report and not report.issued:
        text = words(
            f"Báo cáo tháng {writing.month(month)} đã có dự thảo lần {report.version}.",
            f"The report of {writing.month(month)} is drafted (version {report.version}).",
        )
        made.append(_waits(text, words("Soát và ký", "Check and sign"), reader.url("reports-one", month)))
    return [*made, *(_charter_waits(reader, one) for one in adoption.waiting(reader.group.id))]


def _charter_waits(reader: Reader, one: adoption.Waiting) -> Notice:
    """Say what of the charter, or of the group's end, has been begun and waits, and lead there."""
    said, label = CHARTER_WAITS[one.stage]
    href = reader.url("succession-one" if one.stage == "second_person_of_end" else "charter-draft", one.id)
    return _waits(words(*(text.format(one.title) for text in said)), words(*label), href)


def _waits(text: str, label: str, href: str) -> Notice:
    return Notice(text=text, tone="warn", sign="pen", link=Link(label=label, href=href))


def _head(reader: Reader, found: journey.Desk) -> PageHead:
    open_ones = words(f"{found.open_count} việc đang mở", f"{found.open_count} tasks open")
    if found.overdue:
        open_ones += words(f", {len(found.overdue)} quá hạn", f", {len(found.overdue)} overdue")
    return PageHead(
        title=words("Việc của tôi", "My work"),
        meta=(
            writing.weekday(reader.today),
            *(reader.agency(code) for code in reader.own_agencies[:1]),
            open_ones,
        ),
        actions=(Action(label=words("Nộp dữ liệu", "Hand in data"), href=reader.url("deliveries-new")),),
    )


def _awaited(reader: Reader, found: journey.Desk) -> list[Notice]:
    """Return what waits for the reader: who runs the group, what is to be read, signed, approved, decided."""
    of_all = _decisions(reader, found.month) if reader.oversees else []
    return [
        *waiting.notices(reader),
        *_to_sign(reader),
        *_to_approve(reader),
        *notices(reader),
        *awaited.notices(reader),
        *of_all,
    ]


@group_page
def desk(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the desk, or the day of one of the reader's seats."""
    if chosen := day.asked(request, reader):
        return day.page(request, reader, chosen)
    found = journey.desk(reader.viewer, reader.group)
    done = reader.finished_runs
    month, since = f"{reader.today:%m}", home.last_visit(request)
    shown = {
        "head": _head(reader, found),
        "tabs": day.tabs(reader),
        "decisions": _awaited(reader, found),
        "agencies": _by_agency(reader, found) if reader.oversees and found.open_count else None,
        "groups": _groups(reader, found),
        "empty": Empty(
            title=words("Không có việc nào đang chờ bạn", "Nothing waits for you"),
            text=words(
                "Nhiệm vụ được giao sẽ hiện ở đây kèm điều khoản và hạn.", "Tasks appear here with clause and bound."
            ),
            sign="ok",
        ),
        "entries": _entries(reader, found),
        "mine": _duties(reader, found, mine=True),
        "others": _duties(reader, found, mine=False),
        "duties_title": words(f"Tháng {month} phải làm, theo khoản nào", f"Due in month {month}, under which clause"),
        "axes": _axes(reader, done),
        "quality": _quality(reader, done) if reader.oversees else None,
        "all_href": f"{reader.url('tasks')}?{urlencode({'xem': 'xong'})}",
        "asked": home.items(reader, rest.asked(reader.viewer, reader.group)),
        "coming": home.items(reader, rest.coming(reader.viewer, reader.group)),
        "changed": home.changed(reader, since),
        "since": writing.day(reader.now - (clock.now() - since)),  # as the group's own day has it
        "elsewhere": home.elsewhere(reader),
    }
    return render(request, "dean06/pages/desk.html", shown)
