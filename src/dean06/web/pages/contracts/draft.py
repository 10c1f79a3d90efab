"""Soạn hợp đồng dữ liệu: the draft of a source's contract, what is wrong in it, what it changes, its trial, its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.flows import contracting
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.live import Fault
from dean06.sources.types import DraftInfo, Trial, TrialCount
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.contracts.rule_forms import KINDS
from dean06.web.pages.contracts.words import differences_table
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Slip
from dean06.web.pages.titles import rule_title, severity_chip, source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

FILE_MB, LIST_MB = 1, 20

__all__ = ["draft_of", "head", "known_source", "page", "shown"]


def known_source(reader: Reader, source: str) -> str:
    """Return a source that the group has or is writing; any other is not there."""
    if reader.contracts.find(source) is None and sources.contract_draft(reader.viewer, reader.group.id, source) is None:
        raise Http404
    return source


def draft_of(reader: Reader, source: str) -> DraftInfo:
    """Return the draft of a source in the reader's group."""
    found = sources.contract_draft(reader.viewer, reader.group.id, source)
    if found is None:
        raise Http404
    return found


def head(reader: Reader, source: str, title: str, *, crumb: Link | None = None, meta: tuple[str, ...] = ()) -> PageHead:
    """Return the head of a page on a source's contract."""
    name = source_title(source, reader.contracts)
    there = reader.contracts.find(source) is not None
    up = Link(label=name, href=reader.url("sources-one", source) if there else reader.url("sources"))
    return PageHead(title=title, crumb=crumb or up, meta=meta)


# ------------------------------------------------------------ the page


@group_page
def page(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Show the draft of a contract, or the way to begin one."""
    return shown(request, reader, known_source(reader, source))


def shown(request: HttpRequest, reader: Reader, source: str, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    """Show the page of a draft, with what went wrong in it."""
    draft = sources.contract_draft(reader.viewer, reader.group.id, source)
    title = words("Soạn hợp đồng dữ liệu", "Write the contract")
    if draft is None:
        told = {"head": head(reader, source, title), "main": _beginning(reader, source), "slips": slips}
        return render(request, "dean06/pages/panels.html", told, status=UNUSABLE if slips else 200)
    _, faults = live.proofed(contracting.next_body(reader.group, draft, reader.today))
    said = draft.body.get("title", {}).get("vi", source)
    when = words(f"sửa lần cuối {writing.instant(draft.changed_at)}", f"changed {writing.instant(draft.changed_at)}")
    told = {
        "head": head(reader, source, title, meta=(said, when)),
        "slips": slips,
        "main": (
            _check(faults),
            *_changes(reader, draft),
            *_trial(reader, draft, ready=not faults),
            *_adoption(reader, source, ready=not faults),
            _fields(reader, draft),
            _rules(reader, draft),
        ),
        "side": (
            _general(reader, draft),
            *_file(reader, source),
            _dropping(reader, source),
        ),
    }
    return render(request, "dean06/pages/panels.html", told, status=UNUSABLE if slips else 200)


def _beginning(reader: Reader, source: str) -> tuple[Part, ...]:
    answer = contracting.may_draft(reader.viewer, reader.group, source)
    if not answer.allowed or reader.ending:
        return (question(reader, answer),)
    text = words(
        "Bản soạn bắt đầu từ hợp đồng đang có hiệu lực. Chưa ban hành thì chưa ràng buộc ai, các lần nộp vẫn đọc theo"
        " hợp đồng hiện nay.",
        "A draft begins from the contract in force. Until it is adopted it binds nobody.",
    )
    form = Form(
        id="bd", action=reader.url("contracts-begin", source), button=words("Bắt đầu soạn", "Begin"), kind="primary"
    )
    return (Panel(id="bat-dau", title=words("Chưa có bản soạn", "No draft yet"), text=text, parts=(form,)),)


def _check(faults: tuple[Fault, ...]) -> Panel:
    title = words("Kiểm tra bản soạn", "Check of the draft")
    if not faults:
        items = [Check(text=words("Không có lỗi: ban hành được", "Nothing is wrong"), tone="ok", sign="ok")]
    else:
        items = [Check(text=words(one.vi, one.en), tone="bad", sign="no") for one in faults]
    aside = words(f"{len(faults)} lỗi", f"{len(faults)} faults") if faults else ""
    return Panel(id="kiem-tra", title=title, aside=aside, parts=(Checklist(items=tuple(items)),))


def _changes(reader: Reader, draft: DraftInfo) -> tuple[Panel, ...]:
    current = reader.contracts.find(draft.source)
    if current is None:
        return ()
    before = contracting.body_of(current)
    found = live.differences(before, contracting.next_body(reader.group, draft, reader.today))
    title = words("Khác bản đang có hiệu lực", "Unlike the contract in force")
    if not found:
        return (Panel(id="khac", title=title, text=words("Chưa có gì khác.", "Nothing yet.")),)
    table = differences_table(found, (before, draft.body), title)
    count = words(f"{len(found)} chỗ", f"{len(found)} places")
    return (Panel(id="khac", title=title, aside=count, flush=True, parts=(table,)),)


def _fields(reader: Reader, draft: DraftInfo) -> Panel:
    href = reader.url("contracts-field", draft.source)
    rows = tuple(
        Row(
            cells=(
                format_html(
                    '<a href="{}?{}">{}</a><small class="cell-note"><code>{}</code></small>',
                    href,
                    urlencode({"ma": one["code"]}),
                    (one.get("title") or {}).get("vi") or one["code"],
                    one["code"],
                ),
                words("bắt buộc", "required") if one.get("required") else "",
                ", ".join(map(str, list(one.get("headers", ()))[:4])),
            )
        )
        for one in draft.body.get("fields", ())
    )
    columns = (
        Column(label=words("Cột", "Field")),
        Column(label=""),
        Column(label=words("Tiêu đề nhận ra", "Headings known"), kind="text"),
    )
    caption = words("Các cột", "Fields")
    more = Form(
        id="them-cot",
        action=href,
        button=words("Thêm cột", "Add a field"),
        fields=(
            Field(name="ma_moi", label=words("Mã cột mới", "Code of a new field"), longest=20, placeholder="chi_hoi"),
        ),
    )
    table = Table(caption=caption, columns=columns, rows=rows)
    return Panel(id="cot", title=caption, aside=str(len(rows)), parts=(table, more))


def _rules(reader: Reader, draft: DraftInfo) -> Panel:
    rows = tuple(
        _rule_row(reader, draft.source, one, on=on)
        for name, on in (("rules", True), ("rules_off", False))
        for one in draft.body.get(name, ())
    )
    caption = words("Luật kiểm tra", "Rules")
    table = Table(
        caption=caption,
        columns=(
            Column(label=words("Lỗi khi", "It is wrong that"), kind="text"),
            Column(label=words("Mức", "Severity")),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=rows,
    )
    more = Form(
        id="them-luat",
        action=reader.url("contracts-rule", draft.source),
        button=words("Thêm luật", "Add a rule"),
        fields=(
            Field(
                name="ma_moi", label=words("Mã luật mới", "Code of a new rule"), longest=20, placeholder="vao_hoi_sinh"
            ),
            Field(
                name="dang",
                label=words("Dạng", "Form"),
                kind="choice",
                choices=tuple((code, words(vi, en)) for code, vi, en in KINDS),
            ),
        ),
    )
    return Panel(id="luat", title=caption, aside=str(len(rows)), parts=(*((table,) if rows else ()), more))


def _rule_row(reader: Reader, source: str, one: Mapping[str, Any], *, on: bool) -> Row:
    href = f"{reader.url('contracts-rule', source)}?{urlencode({'ma': one['code']})}"
    said = (one.get("says") or {}).get("vi") or one["code"]
    severity = one.get("severity")
    state = (
        chip("ok", words("bật", "on"), with_sign="ok") if on else chip("mute", words("tắt", "off"), with_sign="dash")
    )
    return Row(
        cells=(
            format_html('<a href="{}">{}</a><small class="cell-note"><code>{}</code></small>', href, said, one["code"]),
            severity_chip(severity) if severity in (1, 2, 3) else "",
            state,
        )
    )


def _general(reader: Reader, draft: DraftInfo) -> Panel:
    href = reader.url("contracts-general", draft.source)
    label = words("Sửa hợp đồng", "Change it")
    return Panel(
        id="chung",
        title=words("Hợp đồng", "The contract"),
        text=words(
            "Tên, cơ quan trả lời, kỳ nộp, mục đích, căn cứ, lưu giữ, cách ghi ngày.",
            "Title, who answers, cadence, purpose, grounds, retention, dates.",
        ),
        parts=(Action(label=label, href=href, sign="pen"),),
    )


def _file(reader: Reader, source: str) -> tuple[Panel, ...]:
    form = Form(
        id="tep",
        action=reader.url("contracts-file", source),
        button=words("Đưa tệp vào bản soạn", "Take the file in"),
        note=words(
            "YAML của hợp đồng thay cả bản soạn; datapackage.json hay Table Schema thêm vào các cột của nó.",
            "A contract's YAML replaces the draft; a Data Package or Table Schema adds its fields.",
        ),
        fields=(Field(name="tep", label=words("Tệp", "File"), kind="file", accept=".yaml,.yml,.json"),),
    )
    return (Panel(id="tu-tep", title=words("Từ tệp", "From a file"), fold=True, parts=(form,)),)


def _trial(reader: Reader, draft: DraftInfo, *, ready: bool) -> tuple[Part, ...]:
    """Return the trial of a draft: what it showed last, and the form that tries it again."""
    parts: list[Part] = []
    if draft.trial:
        parts += _tried(reader, draft, draft.trial)
    if ready and not reader.ending:
        last = contracting.last_list(reader.viewer, reader.group, draft.source)
        hint = words(f"Để trống: thử trên «{last.file_name}».", f"None: “{last.file_name}” is tried.") if last else ""
        parts.append(
            Form(
                id="thu",
                action=reader.url("contracts-try", draft.source),
                button=words("Thử", "Try"),
                fields=(
                    Field(
                        name="tep", label=words("Tệp để thử", "A file"), kind="file", hint=hint, required=last is None
                    ),
                ),
            )
        )
    text = words(
        "Đọc một danh sách theo hai bản và so: chỉ có số đếm, không lưu dòng nào.",
        "A list is read by both and compared: counts alone, no row is kept.",
    )
    return (
        Panel(id="thu-ban", title=words("Thử trên một danh sách", "Try it on a list"), text=text, parts=tuple(parts)),
    )


def _tried(reader: Reader, draft: DraftInfo, trial: Trial) -> list[Part]:
    counts = (
        (words("Dòng", "Rows"), trial.rows),
        (words("Cột nhận ra", "Fields known"), trial.known),
        (words("Dòng tách riêng", "Rows set aside"), trial.quarantined),
        (words("Dòng trái luật", "Rows breaking a rule"), trial.broken_rows),
    )
    rows = [Row(cells=(label, *map(_number, pair))) for label, pair in counts]
    rows += [_rule_count(reader, draft, one) for one in trial.rules]
    columns = (
        Column(label=trial.file_name, kind="text"),
        Column(label=words("Trước", "Before"), kind="num"),
        Column(label=words("Sau", "After"), kind="num"),
    )
    made: list[Part] = []
    if trial.problem_vi:
        made.append(Notice(text=words(trial.problem_vi, trial.problem_en), tone="warn", sign="bang"))
    if trial.draft != draft.digest:
        text = words("Bản soạn đã đổi từ lần thử này: thử lại.", "The draft changed since: try it again.")
        made.append(Notice(text=text, tone="warn", sign="clock"))
    made.append(Table(caption=words("Kết quả thử", "What the trial showed"), columns=columns, rows=tuple(rows)))
    return made


def _number(count: int | None) -> str:
    return "–" if count is None else writing.number(count)


def _rule_count(reader: Reader, draft: DraftInfo, one: TrialCount) -> Row:
    told = {
        rule.get("code"): (rule.get("says") or {}).get("vi")
        for name in ("rules", "rules_off")
        for rule in draft.body.get(name, ())
    }
    said = told.get(one.rule) or rule_title(draft.source, one.rule, reader.contracts)
    label = format_html('{}<small class="cell-note"><code>{}</code></small>', said, one.field)
    return Row(cells=(label, _number(one.before), _number(one.after)))


def _adoption(reader: Reader, source: str, *, ready: bool) -> tuple[Part, ...]:
    answer = contracting.may_adopt(reader.viewer, reader.group, source)
    if not answer.allowed:
        return (question(reader, answer),)
    title = words("Ban hành", "Put in force")
    if not ready:
        text = words("Sửa hết lỗi rồi ban hành.", "Correct what is wrong first.")
        return (Panel(id="ban-hanh", title=title, law=True, text=text),)
    form = Form(
        id="bh",
        action=reader.url("contracts-adopt", source),
        button=words("Ban hành bản này", "Put this version in force"),
        kind="primary",
        note=words(
            "Các lần nộp từ ngày này đọc theo bản mới; lần nộp trước giữ nguyên.",
            "Lists that come from this day on are read by it; those before stay as they are.",
        ),
        fields=(
            Field(
                name="tu", label=words("Có hiệu lực từ", "In force from"), kind="day", value=writing.day(reader.today)
            ),
            Field(name="ly_do", label=words("Lý do", "Reason"), longest=300),
        ),
    )
    return (Panel(id="ban-hanh", title=title, law=True, parts=(form,)),)


def _dropping(reader: Reader, source: str) -> Panel:
    form = Form(id="bo", action=reader.url("contracts-drop", source), button=words("Bỏ bản soạn", "Drop the draft"))
    return Panel(id="bo-ban", title=words("Bỏ bản soạn", "Drop the draft"), fold=True, parts=(form,))
