"""The pages of a draft's parts: the contract as a whole, one field, one rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.flows import contracting
from dean06.sources.live import RULE_FORMS
from dean06.sources.types import DraftInfo
from dean06.web.language import words
from dean06.web.pages.contracts.draft import draft_of, head
from dean06.web.pages.contracts.forms import field_form, general_form, read_field, read_general
from dean06.web.pages.contracts.rule_forms import KINDS, read_rule, rule_form
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")

__all__ = ["field", "general", "rule"]


def _head(reader: Reader, draft: DraftInfo, title: str, meta: tuple[str, ...] = ()) -> PageHead:
    crumb = Link(label=words("Soạn hợp đồng", "The draft"), href=reader.url("contracts-edit", draft.source))
    return head(reader, draft.source, title, crumb=crumb, meta=meta)


def _form_page(
    request: HttpRequest,
    shown_head: PageHead,
    fields: tuple[Field, ...],
    extra: tuple[Panel, ...],
    slips: tuple[Slip, ...],
) -> HttpResponse:
    form = Form(
        id="sua", action="", button=words("Lưu vào bản soạn", "Save into the draft"), fields=fields, kind="primary"
    )
    told = {
        "head": shown_head,
        "slips": slips,
        "main": (Panel(id="phan", title=shown_head.title, parts=(form,)), *extra),
    }
    return render(request, "dean06/pages/panels.html", told, status=UNUSABLE if slips else 200)


def _seen(draft: DraftInfo) -> Field:
    """Return the digest of the draft that the writer has before them, so that nobody overwrites another."""
    return Field(name="ban", kind="hidden", value=draft.digest)


def _save(request: HttpRequest, reader: Reader, draft: DraftInfo, body: Mapping[str, Any]) -> HttpResponse:
    if request.POST.get("ban") != draft.digest:
        raise BadInput(
            "Bản soạn vừa được người khác sửa: mở lại trang, xem thay đổi rồi sửa tiếp.",
            "The draft was just changed by somebody else: open it again, look, and go on.",
        )
    contracting.change(reader.viewer, reader.group, draft, body)
    messages.success(request, words("Đã lưu vào bản soạn.", "Saved into the draft."))
    return HttpResponseRedirect(reader.url("contracts-edit", draft.source))


@group_page
def general(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Change what a contract says of itself."""
    draft = draft_of(reader, source)
    slips: tuple[Slip, ...] = ()
    body: Mapping[str, Any] = draft.body
    if request.method == "POST":
        body = read_general(draft.body, request.POST)
        try:
            return _save(request, reader, draft, body)
        except BadInput as problem:
            slips = slips_of(problem)
    shown_head = _head(reader, draft, words("Sửa hợp đồng", "Change the contract"))
    return _form_page(request, shown_head, (_seen(draft), *general_form(reader, body)), (), slips)


def _code(request: HttpRequest, known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the code of what is changed: one there is, or a new one that is fit to be one."""
    code = request.GET.get("ma", "") or request.POST.get("ma", "")
    if code in known:
        return code
    new = request.POST.get("ma_moi", "").strip()
    if not new:
        raise Http404
    if not CODE.fullmatch(new):
        raise Misfilled(
            "ma_moi",
            f"Mã «{new}» chỉ gồm chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ, tối đa 20 chữ.",
            f"The code {new!r} holds small letters without marks, digits and underscores, at most 20.",
        )
    if new in known:
        raise Misfilled("ma_moi", f"Đã có mã «{new}»: chọn mã khác.", f"There is {new!r} already: choose another code.")
    return new


@group_page
def field(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Change one field, or add one."""
    draft = draft_of(reader, source)
    slips: tuple[Slip, ...] = ()
    fields = {one["code"]: one for one in draft.body.get("fields", ())}
    code = _code(request, fields)
    body: Mapping[str, Any] = draft.body
    if "ban" in request.POST:
        gone = bool(request.POST.get("bo"))
        body = _without(draft.body, code) if gone else read_field(draft.body, code, request.POST)
        try:
            return _save(request, reader, draft, body)
        except BadInput as problem:
            slips = slips_of(problem)
    one = next((one for one in body["fields"] if one["code"] == code), {"code": code})
    held = Field(name="ma_moi" if code not in fields else "ma", kind="hidden", value=code)
    shown_head = _head(reader, draft, words(f"Cột {code}", f"Field {code}"))
    extra = (_removal(draft, code),) if code in fields else ()
    return _form_page(request, shown_head, (_seen(draft), held, *field_form(body, one)), extra, slips)


def _without(body: Mapping[str, Any], code: str) -> dict[str, Any]:
    fields = [one for one in body["fields"] if one["code"] != code]
    kept = {**body, "fields": fields}
    if body.get("key") == code:
        kept.pop("key")
    return kept


def _removal(draft: DraftInfo, code: str) -> Panel:
    form = Form(
        id="bo",
        action="",
        button=words("Bỏ cột khỏi hợp đồng", "Take the field out"),
        note=words(
            "Cột này trong tệp sẽ không được đọc. Luật đọc cột này phải tắt trước.",
            "The column will not be read. Rules that read it must be turned off.",
        ),
        fields=(_seen(draft), Field(name="ma", kind="hidden", value=code), Field(name="bo", kind="hidden", value="1")),
    )
    return Panel(id="bo-cot", title=words("Bỏ cột", "Take it out"), fold=True, parts=(form,))


@group_page
def rule(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Change one rule, turn it on or off, or add one."""
    draft = draft_of(reader, source)
    slips: tuple[Slip, ...] = ()
    rules = {one["code"]: one for name in ("rules", "rules_off") for one in draft.body.get(name, ())}
    code = _code(request, rules)
    one: Mapping[str, Any] = rules.get(code, {})
    kind = one.get("kind") or request.POST.get("dang", "")
    if kind not in RULE_FORMS:
        raise Http404
    if "ban" in request.POST:
        body = read_rule(draft.body, code, kind, request.POST)
        try:
            return _save(request, reader, draft, body)
        except BadInput as problem:
            slips = slips_of(problem)
        one = next(one for name in ("rules", "rules_off") for one in body.get(name, ()) if one["code"] == code)
    held = (
        Field(name="ma_moi" if code not in rules else "ma", kind="hidden", value=code),
        Field(name="dang", kind="hidden", value=kind),
    )
    said = next(words(vi, en) for told, vi, en in KINDS if told == kind)
    shown_head = _head(reader, draft, words(f"Luật {code}", f"Rule {code}"), meta=(said,))
    extra = (_switching(reader, draft, code),) if code in rules else ()
    return _form_page(request, shown_head, (_seen(draft), *held, *rule_form(draft.body, kind, one)), extra, slips)


def _switching(reader: Reader, draft: DraftInfo, code: str) -> Panel:
    on = any(one["code"] == code for one in draft.body.get("rules", ()))
    label = words("Tắt luật này", "Turn it off") if on else words("Bật luật này", "Turn it on")
    note = words(
        "Luật tắt vẫn được ghi trong hợp đồng; sai lệch đang mở vì luật này tạm dừng.",
        "A rule that is off stays written; findings that it opened rest.",
    )
    form = Form(
        id="doi",
        action=reader.url("contracts-switch", draft.source),
        button=label,
        note=note,
        fields=(Field(name="ma", kind="hidden", value=code),),
    )
    return Panel(id="bat-tat", title=words("Bật, tắt", "On and off"), parts=(form,))
