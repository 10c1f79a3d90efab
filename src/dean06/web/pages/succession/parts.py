"""A plan of the end as parts: its figures, what goes where with the choices beside it, and the same as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.adoption.service import SuccessionInfo
from dean06.charter import service as charters
from dean06.flows.succession import DutyLine, Handover, TaskLine
from dean06.flows.territory import TERRITORY, Heir, Part
from dean06.papers.types import SeriesInfo
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite, cite_task
from dean06.web.pages.compliance.parts import duty_title, party
from dean06.web.parts.page import Figure, Figures
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader
from dean06.web.sheet import Sheet

STATES = {
    "open": ("mute", "pen", "Đang soạn", "Being prepared"),
    "done": ("ok", "ok", "Đã bàn giao", "Handed over"),
    "dropped": ("mute", "end", "Đã bỏ", "Dropped"),
}
BREAK = SafeString("<br>")
ENDS = "ket-thuc"

__all__ = [
    "dropped",
    "duties",
    "figures",
    "seen",
    "sees_all",
    "series",
    "series_rows",
    "state",
    "stays",
    "tasks",
    "workbook",
]


def state(code: str) -> str:
    """Show where a plan stands."""
    tone, sign, vi, en = STATES[code]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def sees_all(reader: Reader) -> bool:
    """Say whether a reader sees the hand-over whole: who answers for the whole group, and who may prepare it."""
    preparing = adoption.installation_charter().index.tables["succession.prepare"].doors
    held = {seat.role for seat in reader.viewer.capacities if seat.group_id == reader.group.id}
    return bool(held & {*reader.see_all, *preparing})


def seen(reader: Reader, lines: Iterable[TaskLine]) -> list[TaskLine]:
    """Return the lines of the tasks that a reader may see: all, or those of the reader's agencies."""
    if sees_all(reader):
        return list(lines)
    own = set(reader.own_agencies)
    return [one for one in lines if own & {one.task.lead, *one.task.coordinating}]


def figures(handover: Handover) -> Figures:
    """Count what goes, what ends, and what a person still has to place."""
    going = sum(bool(line.parts) for line in handover.tasks)
    counted = (
        (going, "nhiệm vụ bàn giao", "tasks handed over", "", "out"),
        (sum(bool(line.to) for line in handover.duties), "nghĩa vụ bàn giao", "duties handed over", "", "law"),
        (len(handover.series), "dãy số khóa lại", "number series closed", "", "lock"),
        (handover.unplaced, "chưa có nơi nhận", "without a place", "warn" if handover.unplaced else "ok", "bang"),
    )
    return Figures(
        items=tuple(
            Figure(value=writing.number(count), label=words(vi, en), tone=tone, sign=sign)
            for count, vi, en, tone, sign in counted
        )
    )


def _place(handover: Handover, part: Part) -> str:
    heir = next(one for one in handover.heirs if one.group.slug == part.to)
    said = f"{heir.group.short_name}, {heir.agencies.get(part.agency, part.agency)}"
    return f"{said}: {words(f'{part.findings} dòng', f'{part.findings} rows')}" if part.findings else said


def _remark(part: Part) -> Iterator[str]:
    if part.held:
        yield words(f"{part.held} dòng tổ ấy đã tự giao sửa", f"{part.held} rows are ordered there already")
    if part.outside:
        yield words(f"{part.outside} dòng ngoài địa bàn", f"{part.outside} rows outside its territory")


def _options(handover: Handover, line: TaskLine) -> SafeString:
    """Return the places a task can go to: by territory, to an agency of a successor, or to its end."""
    choice = handover.plan.choices.get(line.key, {})
    chosen = ENDS if line.reason else "/".join(part for part in (choice.get("to"), choice.get("agency")) if part)
    offered = [
        ("", words("theo đề xuất", "as proposed") if line.parts and not line.chosen else words("chọn", "choose"))
    ]
    if line.order_id and len(handover.heirs) > 1:
        offered.append((TERRITORY, words("chia theo địa bàn", "split by territory")))
    offered.append((ENDS, words("kết thúc cùng tổ, ghi lý do", "ends with the group, for a reason")))
    return format_html(
        "{}{}",
        _option_list(offered, chosen),
        format_html_join("", "{}", ((_group(h, chosen),) for h in handover.heirs)),
    )


def _option_list(offered: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    made = ((code, SafeString(" selected") if code == chosen else "", label) for code, label in offered)
    return format_html_join("", '<option value="{}"{}>{}</option>', made)


def _group(heir: Heir, chosen: str) -> SafeString:
    offered = [(f"{heir.group.slug}/{code}", name) for code, name in heir.agencies.items()]
    return format_html('<optgroup label="{}">{}</optgroup>', heir.group.short_name, _option_list(offered, chosen))


def _choosing(key: str, what: str, options: SafeString, reason: str, *, wanted: bool) -> SafeString:
    """Return the choice of a line, folded away unless a person must make it or has made it."""
    where, why = words(f"Nơi nhận: {what}", f"To: {what}"), words(f"Lý do kết thúc: {what}", f"Reason: {what}")
    return format_html(
        '<details class="fold mt-1"{6}><summary>{7}<span class="visually-hidden">: {8}</span></summary>'
        '<select class="form-select mt-1" name="noi|{0}" aria-label="{1}" form="phuong-an">{2}</select>'
        '<input class="form-control mt-1" name="ly_do|{0}" aria-label="{3}" value="{4}" maxlength="300" '
        'placeholder="{5}" form="phuong-an"></details>',
        key,
        where,
        options,
        why,
        reason,
        words("lý do, nếu kết thúc", "reason, if it ends"),
        SafeString(" open") if wanted else "",
        words("Chọn khác", "Choose otherwise"),
        what,
    )


def _task_places(handover: Handover, line: TaskLine) -> SafeString:
    if line.reason:
        return marks.chip("mute", words("Kết thúc", "Ends"), with_sign="end")
    if not line.parts:
        return marks.chip("warn", words("Chưa có nơi nhận", "No place yet"), with_sign="bang")
    told = [_place(handover, part) for part in line.parts]
    remarks = [text for part in line.parts for text in _remark(part)]
    lines = format_html_join(BREAK, "{}", ((text,) for text in told))
    if not remarks:
        return lines
    return format_html('{}<br><span class="small-text quiet">{}</span>', lines, "; ".join(remarks))


def tasks(reader: Reader, handover: Handover) -> Table | None:
    """Return every open task with where it goes, and the choice."""
    lines = seen(reader, handover.tasks)
    if not lines:
        return None
    return Table(
        caption=words("Từng nhiệm vụ và nơi nhận", "Each task and where it goes"),
        columns=(
            Column(label=words("Nhiệm vụ", "Task"), kind="text"),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
            Column(label=words("Hạn", "Last day"), nowrap=True),
            Column(label=words("Về đâu", "Goes to"), kind="text"),
        ),
        rows=tuple(_task_row(reader, handover, line) for line in lines),
    )


def _task_row(reader: Reader, handover: Handover, line: TaskLine) -> Row:
    task = line.task
    title = format_html(
        '<a href="{}">{}. {}</a><br><span class="small-text quiet">{}</span>',
        reader.url("tasks-one", task.id),
        task.number,
        task.title,
        reader.agency(task.lead),
    )
    what = words(f"nhiệm vụ {task.number}", f"task {task.number}")
    wanted = bool(line.chosen) or not line.is_placed
    choice = _choosing(line.key, what, _options(handover, line), line.reason, wanted=wanted)
    return Row(
        cells=(
            title,
            cite_task(reader, task),
            writing.day(task.due),
            format_html("{}{}", _task_places(handover, line), choice),
        )
    )


def duties(reader: Reader, handover: Handover) -> Table | None:
    """Return every pending duty with who takes it over; a duty about a task follows the task."""
    if not handover.duties or not sees_all(reader):
        return None
    return Table(
        caption=words("Từng nghĩa vụ và nơi nhận", "Each duty and where it goes"),
        columns=(
            Column(label=words("Nghĩa vụ", "Duty"), kind="text"),
            Column(label=words("Điều khoản", "Clause"), nowrap=True),
            Column(label=words("Kỳ, việc", "Period, event"), nowrap=True),
            Column(label=words("Hạn, trước", "Due before"), nowrap=True),
            Column(label=words("Về đâu", "Goes to"), kind="text"),
        ),
        rows=tuple(_duty_row(reader, handover, line) for line in handover.duties),
    )


def _duty_row(reader: Reader, handover: Handover, line: DutyLine) -> Row:
    one = line.pending.obligation
    names = {heir.group.slug: heir.group.short_name for heir in handover.heirs}
    if line.reason:
        where: str = marks.chip("mute", words("Kết thúc", "Ends"), with_sign="end")
    elif line.to:
        where = ", ".join(names[slug] for slug in line.to)
    else:
        where = marks.chip("warn", words("Chưa có nơi nhận", "No place yet"), with_sign="bang")
    title = format_html(
        '{}<br><span class="small-text quiet">{}</span>',
        duty_title(one.action, one.object_kind),
        party(reader, one.bearer),
    )
    return Row(
        cells=(
            title,
            cite(reader, one.citations[0]) if one.citations else "",
            writing.period(one.period),
            writing.instant(one.due_before) if one.due_before else "",
            format_html("{}{}", where, _duty_choice(handover, line)),
        )
    )


def _duty_choice(handover: Handover, line: DutyLine) -> SafeString:
    if line.pending.task is not None:
        said = words("theo nhiệm vụ", "follows its task")
        return format_html('<br><span class="small-text quiet">{}</span>', said)
    first = words("theo đề xuất", "as proposed") if line.to and not line.chosen else words("chọn", "choose")
    offered = [("", first), *((heir.group.slug, heir.group.short_name) for heir in handover.heirs)]
    offered.append((ENDS, words("kết thúc cùng tổ, ghi căn cứ", "ends with the group, on a ground")))
    chosen = ENDS if line.reason else line.chosen
    one = line.pending.obligation
    what = f"{duty_title(one.action, one.object_kind)} {writing.period(one.period)}"
    wanted = bool(line.chosen) or not line.is_placed
    return _choosing(f"duty:{line.pending.key}", what, _option_list(offered, chosen), line.reason, wanted=wanted)


def series(listed: Iterable[SeriesInfo]) -> Table | None:
    """Return the number series with the last number of each."""
    rows = tuple(Row(cells=(one.symbol, str(one.year), str(one.last))) for one in listed)
    if not rows:
        return None
    return Table(
        caption=words("Từng dãy số và số cuối cùng", "Each series and its last number"),
        columns=(
            Column(label=words("Ký hiệu", "Symbol")),
            Column(label=words("Năm", "Year"), kind="num"),
            Column(label=words("Số cuối cùng", "Last number"), kind="num"),
        ),
        rows=rows,
    )


def stays(drafts: int, unordered: int) -> Checklist:
    """Say what is not handed over: it stays readable in the group's history."""
    lines = []
    if drafts:
        said = words(
            f"{drafts} dự thảo chưa cấp số ở lại, chỉ đọc.", f"{drafts} drafts without a number stay, to read."
        )
        lines.append(Check(text=said, sign="doc"))
    if unordered:
        said = words(
            f"{unordered} sai lệch chưa giao sửa ở lại: lần đối soát đầu tiên của tổ kế thừa tự tìm thấy lại.",
            f"{unordered} findings without an order stay: the successors' first matching finds them again.",
        )
        lines.append(Check(text=said, sign="find"))
    return Checklist(items=tuple(lines))


def dropped(reader: Reader, listed: Iterable[SuccessionInfo]) -> Table:
    """Return the plans that were set aside."""
    return Table(
        caption=words("Phương án đã bỏ", "Dropped plans"),
        columns=(
            Column(label=words("Phương án", "Plan"), nowrap=True),
            Column(label=words("Ngày cuối", "Last day"), nowrap=True),
            Column(label=words("Lập lúc", "Made"), nowrap=True),
            Column(label=words("Trạng thái", "State"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    marks.link(f"{kept.id}", reader.url("succession-one", kept.id)),
                    writing.day(kept.plan.last_day),
                    writing.instant(kept.made_at),
                    state(kept.state),
                )
            )
            for kept in listed
        ),
    )


def workbook(reader: Reader, handover: Handover) -> Sheet:
    """Return what goes where as a workbook: a row a task, series or duty."""
    plan = handover.plan
    named = plan.instrument or "…"
    return Sheet(
        title=words(f"Bàn giao, {reader.group.name}", f"Hand-over, {reader.group.name}"),
        notes=(
            words(f"Ngày cuối {writing.day(plan.last_day)}, theo {named}", f"Last day {plan.last_day}, by {named}"),
            f"SHA-256 {handover.digest}",
        ),
        header=(
            words("Loại", "Kind"),
            words("Nội dung", "What"),
            words("Hạn", "Due"),
            words("Về đâu", "Goes to"),
        ),
        rows=[*_task_rows(reader, handover), *_duty_rows(reader, handover), *series_rows(handover.series)],
    )


Line = tuple[str, str, str, str]


def _going(reason: str, where: str) -> str:
    return words(f"kết thúc: {reason}", f"ends: {reason}") if reason else where or words("chưa rõ", "no place yet")


def _task_rows(reader: Reader, handover: Handover) -> Iterator[Line]:
    for line in seen(reader, handover.tasks):
        where = "; ".join(_place(handover, part) for part in line.parts)
        what = f"{line.task.number}. {line.task.title}"
        yield words("Nhiệm vụ", "Task"), what, writing.day(line.task.due), _going(line.reason, where)


def _duty_rows(reader: Reader, handover: Handover) -> Iterator[Line]:
    names = {heir.group.slug: heir.group.name for heir in handover.heirs}
    for line in handover.duties if sees_all(reader) else ():
        one = line.pending.obligation
        clause = "; ".join(charters.clause_label(cited, current_language()) for cited in one.citations)
        what = f"{duty_title(one.action, one.object_kind)}, {clause}, {writing.period(one.period)}"
        where = ", ".join(names[slug] for slug in line.to)
        yield words("Nghĩa vụ", "Duty"), what, writing.instant(one.due_before), _going(line.reason, where)


def series_rows(listed: Iterable[SeriesInfo]) -> Iterator[Line]:
    """Give the number series as rows of a workbook."""
    for one in listed:
        closed = words(f"khóa ở số {one.last}", f"closed at {one.last}")
        yield words("Dãy số", "Series"), f"{one.symbol}, {one.year}", "", closed
