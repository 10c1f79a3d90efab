"""Kết thúc tổ, bàn giao: prepare the end of the group, look at what goes where, confirm by two, read the record."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.adoption.service import Plan, SuccessionInfo
from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import handing_over
from dean06.flows import succession as journey
from dean06.flows.authority import local_rules_of
from dean06.flows.succession import Handover
from dean06.flows.territory import TERRITORY
from dean06.offices import service as offices
from dean06.web import confirming, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.days import day_given
from dean06.web.pages.revision import seen
from dean06.web.pages.succession import parts, record
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

ENDS = "ket-thuc"

__all__ = ["begin", "confirm", "drop", "file", "one", "save", "successions"]


def _found(reader: Reader, succession_id: int) -> SuccessionInfo:
    kept = adoption.succession(reader.group.id, succession_id)
    if kept is None:
        raise Http404
    return kept


@group_page
def successions(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Lead to the plan or record of the group's end; where there is none, begin one."""
    listed = adoption.successions(reader.group.id)
    live = next((kept for kept in listed if kept.is_open or kept.is_done), None)
    if live is not None:
        return HttpResponseRedirect(reader.url("succession-one", live.id))
    shown = {
        "head": PageHead(
            title=words("Kết thúc tổ, bàn giao", "End the group, hand over"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(reader.group.name,),
        ),
        "empty": Empty(
            title=words("Chưa có phương án kết thúc nào", "No plan of an end"),
            text=words(
                "Khi cơ quan bị sáp nhập, giải thể: lập phương án, xem việc gì về đâu, rồi hai người xác nhận.",
                "When an authority is merged or abolished: make a plan, see what goes where, two people confirm.",
            ),
            sign="doc",
        ),
        "fields": _fields(reader, None),
        "begin_href": reader.url("succession-begin"),
        "dropped": parts.dropped(reader, listed) if listed else None,
        "gap": _gap(reader),
    }
    return render(request, "dean06/pages/successions.html", shown)


def _gap(reader: Reader) -> str:
    """Say what the group's charter, or its own rule, says of its end."""
    answer = charters.gap_answer(reader.charter, journey.GAP, local_rules_of(reader.group))
    rule = answer.local_rule
    said = (
        f" «{rule.value.get('text', '')}»" if rule and isinstance(rule.value, dict) and rule.value.get("text") else ""
    )
    if answer.closed_by:
        return f"{answer.sentence(current_language())}{said}"
    own = adoption.installation_charter().index.norms["group.hand_over"].cite
    label = charters.clause_label(own, current_language())
    rest = words(f"Làm theo nội quy của hệ thống, {label}.", f"It is done under the installation's charter, {label}.")
    return f"{answer.sentence(current_language())}{said} {rest}"


def _fields(reader: Reader, plan: Plan | None) -> dict[str, object]:
    """Return what the head of a plan's form shows."""
    chosen = plan.successors if plan else ()
    near = [one for one in journey.near(reader.group) if one.slug not in chosen]
    known = [(slug, offices.group(slug).name, True) for slug in chosen]
    return {
        "last_day": writing.day(plan.last_day) if plan else "",
        "number": plan.instrument if plan else "",
        "signed_on": writing.day(plan.signed_on) if plan and plan.signed_on else "",
        "groups": [*known, *((one.slug, one.name, False) for one in near)],
    }


def _plan(request: HttpRequest, before: Plan | None) -> Plan:
    given = request.POST
    named = [*given.getlist("ke_thua"), *given.get("ke_thua_khac", "").replace(",", " ").split()]
    heirs = tuple(dict.fromkeys(named))
    signed = given.get("ngay", "").strip()
    return Plan(
        last_day=day_given(given.get("cuoi", ""), words("Ngày hoạt động cuối cùng", "Last day")),
        instrument=" ".join(given.get("so", "").split())[:80],
        signed_on=day_given(signed, words("Ngày ký văn bản", "Signed on")) if signed else None,
        successors=heirs,
        choices=_choices(given, before, heirs),
    )


def _choices(given: Mapping[str, str], before: Plan | None, heirs: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Read what a person chose for single tasks and duties; what the page did not show stays as it was."""
    made = {key: dict(value) for key, value in (before.choices if before else {}).items()}
    for name, value in given.items():
        if not name.startswith("noi|"):
            continue
        key = name.removeprefix("noi|")
        made.pop(key, None)
        reason = " ".join(given.get(f"ly_do|{key}", "").split())
        if value == ENDS and not reason:
            raise BadInput(
                f"«{key.partition(':')[2]}» kết thúc cùng tổ thì phải ghi lý do.",
                f"{key.partition(':')[2]!r} ends with the group only for a reason: write it.",
            )
        if value == ENDS:
            made[key] = {"reason": reason}
        elif value:
            to, _, agency = value.partition("/")
            made[key] = {"to": to, **({"agency": agency} if agency else {})}
    places = {*heirs, TERRITORY}
    return {key: choice for key, choice in made.items() if choice.get("reason") or choice.get("to") in places}


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin the plan of the group's end."""
    kept = journey.begin(reader.account, reader.group, _plan(request, None))
    messages.success(request, words("Đã lập phương án; chưa có gì đổi.", "The plan is made; nothing has changed."))
    return HttpResponseRedirect(reader.url("succession-one", kept.id))


@group_page
def one(request: HttpRequest, reader: Reader, succession_id: int) -> HttpResponse:
    """Show a plan with everything it would hand over, or the record of what was handed over."""
    kept = _found(reader, succession_id)
    if not kept.is_open:
        return record.shown(request, reader, kept)
    handover = journey.draw_up(reader.group, kept.plan)
    if sheet.asked(request):
        return sheet.answer(request, parts.workbook(reader, handover), f"ban-giao-{reader.group.slug}")
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    same = kept.confirmed_hash == handover.digest
    wanting = handing_over.obstacles(handover)
    shown = {
        "head": _head(request, kept),
        "kept": kept,
        "fields": _fields(reader, kept.plan),
        "figures": parts.figures(handover),
        "tasks": parts.tasks(reader, handover),
        "duties": parts.duties(reader, handover),
        "series": parts.series(handover.series),
        "stays": parts.stays(handover.drafts, handover.unordered),
        "files": handover.files,
        "entries": handover.entries,
        "keeper": handover.heirs[0].group.short_name if handover.heirs else "",
        "checks": _checks(handover, wanting),
        "ready": not wanting,
        "digest": handover.digest,
        "asked": confirming.asked(request, reader),
        "was_read": request.POST.get("da_doc") == "1" and request.POST.get("ban") == handover.digest,
        "confirmed": [names.get(account, "") for account in kept.confirmed_by] if same else [],
        "lapsed": bool(kept.confirmed_by) and not same,
        "gap": _gap(reader),
        "hrefs": {act: reader.url(f"succession-{act}", kept.id) for act in ("save", "drop", "confirm")},
    }
    return render(request, "dean06/pages/succession.html", shown)


def _head(request: HttpRequest, kept: SuccessionInfo) -> PageHead:
    return PageHead(
        title=words("Phương án kết thúc, bàn giao", "Plan of the end and hand-over"),
        meta=(
            parts.state(kept.state),
            words(f"lần sửa {kept.revision}, {writing.instant(kept.changed_at)}", f"revision {kept.revision}"),
        ),
        actions=sheet.offers(request) if request.method == "GET" else (),
    )


def _checks(handover: Handover, wanting: list[tuple[str, str]]) -> Checklist:
    lines = [Check(text=words(vi, en), tone="warn", sign="bang") for vi, en in wanting]
    outside = sum(part.outside for line in handover.tasks for part in line.parts)
    if outside:
        said = words(
            f"{outside} dòng sai lệch ngoài địa bàn tổ nhận: chỉ chứng minh được khi danh sách nộp ở đó vẫn có.",
            f"{outside} rows lie outside the taking group's territory: proved only while a list there holds them.",
        )
        lines.append(Check(text=said, tone="mute", sign="eye"))
    return Checklist(items=tuple(lines))


@require_POST
@group_page
def save(request: HttpRequest, reader: Reader, succession_id: int) -> HttpResponse:
    """Save a plan."""
    kept = _found(reader, succession_id)
    journey.save(reader.account, reader.group, kept, _plan(request, kept.plan), seen=seen(request))
    messages.success(request, words("Đã lưu phương án.", "The plan is saved."))
    return HttpResponseRedirect(reader.url("succession-one", kept.id))


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, succession_id: int) -> HttpResponse:
    """Set a plan aside."""
    journey.drop(reader.account, reader.group, _found(reader, succession_id))
    messages.success(request, words("Đã bỏ phương án; tổ hoạt động như cũ.", "The plan is dropped; nothing changes."))
    return HttpResponseRedirect(reader.url("succession"))


@confirming.signs(one)
def confirm(request: HttpRequest, reader: Reader, succession_id: int) -> HttpResponse:
    """Confirm a hand-over; the second of two people ends the group."""
    kept = _found(reader, succession_id)
    if not request.POST.get("da_doc"):
        raise BadInput(
            "Đánh dấu đã đọc bảng bàn giao trước khi xác nhận.", "Say that you have read the hand-over, then confirm."
        )
    done = handing_over.confirm(reader.account, reader.group, kept, seen=request.POST.get("ban", ""))
    said = (
        words("Đã bàn giao trọn vẹn; tổ kết thúc.", "Everything is handed over; the group has ended.")
        if done.is_done
        else words("Đã ghi. Cần thêm một người nữa xác nhận.", "Noted. One more person must confirm.")
    )
    messages.success(request, said)
    return HttpResponseRedirect(reader.url("succession-one", kept.id))


@group_page
def file(_request: HttpRequest, reader: Reader, succession_id: int) -> HttpResponse:
    """Give out the very bytes whose SHA-256 the record shows, to those who see the whole group."""
    content = adoption.handover_bytes(reader.group.id, succession_id) if parts.sees_all(reader) else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="ban-giao-{reader.group.slug}.json"'
    return response
