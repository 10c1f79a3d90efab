"""Mẫu văn bản: each form in the group's own words or the shipped ones, with its sample; edited, and given back."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import paper_house, templates
from dean06.identity import service as identity
from dean06.papers.errors import FormRefused
from dean06.papers.service import forms
from dean06.papers.service.forms import TemplateInfo
from dean06.papers.types import Form, IssuingHouse, Template
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.papers import template_words
from dean06.web.pages.papers.preview import preview
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.reader import Reader, group_page

TRY = "xem-thu"

__all__ = ["forms_page", "go_back", "one"]


def _state(info: TemplateInfo) -> str:
    """Show whose words a form is in."""
    if info.faults:
        return chip("warn", words("lời riêng đang để ngoài", "own words set aside"), with_sign="warn")
    if info.own:
        return chip(
            "info", words(f"lời của tổ, bản {info.version}", f"own words, version {info.version}"), with_sign="pen"
        )
    return chip("mute", words("mẫu gốc", "as shipped"), with_sign="doc")


@group_page
def forms_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every form by kind, with whose words it is in."""
    held = {info.form: info for info in forms.templates_of(reader.group.id)}
    grouped: dict[str, list[tuple[str, str, str]]] = {}
    for form in forms.forms():
        info = held[form.code]
        state = _state(info) if info.own or info.faults else ""
        row = (words(form.name.vi, form.name.en), state, reader.url("papers-form", form.code))
        grouped.setdefault(form.type.name, []).append(row)
    own = sum(1 for info in held.values() if info.own)
    shown = {
        "head": PageHead(
            title=words("Mẫu văn bản", "Forms of papers"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(
                words(f"{len(held)} mẫu", f"{len(held)} forms"),
                words(f"{own} mẫu dùng lời của tổ", f"{own} in the group's own words"),
            ),
        ),
        "grouped": list(grouped.items()),
    }
    return render(request, "dean06/pages/paper_forms.html", shown)


def _form(code: str) -> Form:
    found = next((one for one in forms.forms() if one.code == code), None)
    if found is None:
        raise Http404
    return found


@group_page
def one(request: HttpRequest, reader: Reader, form: str) -> HttpResponse:
    """Show a form with its sample and its words; keep what was typed, or show the sample in it first."""
    asked, info = _form(form), forms.template_of(reader.group.id, form)
    basis = _basis(request, reader, asked, info)
    if request.method != "POST":
        return _page(request, reader, asked, info, basis)
    post = {name: str(value) for name, value in request.POST.items()}
    basis = template_words.ordered(basis, post.get(template_words.ORDER, ""))
    if way := post.get(template_words.MOVE):
        return _page(request, reader, asked, info, template_words.moved(basis, way), post=post)
    try:
        typed = template_words.read(basis, post)
        faults = forms.check_template(asked, typed)
        if faults:
            raise FormRefused(faults)
        if post.get(TRY):
            return _page(request, reader, asked, info, basis, post=post, tried=typed)
        made = templates.set_words(reader.account, reader.group, form, typed)
    except BadInput as problem:
        return _page(request, reader, asked, info, basis, post=post, problem=problem)
    told = words(f"Đã lưu lời của tổ, bản {made.version}.", f"The group's words are kept, version {made.version}.")
    messages.success(request, told)
    return HttpResponseRedirect(reader.url("papers-form", form))


def _basis(request: HttpRequest, reader: Reader, form: Form, info: TemplateInfo) -> Template:
    """Return the words that stand in the editor: those in use, or an earlier version that was asked for."""
    wanted = request.POST.get("ban") or request.GET.get("ban", "")
    if wanted == "goc":
        return form.template
    known = {str(one.version): one.template for one in forms.template_versions(reader.group.id, form.code)}
    return known.get(wanted) or info.template


def _page(
    request: HttpRequest,
    reader: Reader,
    form: Form,
    info: TemplateInfo,
    basis: Template,
    *,
    post: Mapping[str, str] | None = None,
    tried: Template | None = None,
    problem: BadInput | None = None,
) -> HttpResponse:
    shown = post if post is not None else template_words.typed(basis)
    drawn = template_words.boxes(form, basis, shown)
    house, why = _house(reader, form)
    way, _, key = (post or {}).get(template_words.MOVE, "").partition(":")
    may = reader.ending is None and templates.set_answer(reader.account, reader.group, form.code).allowed
    page = {
        "head": _head(reader, form, info),
        "boxes": drawn if may else (),
        "texts": [box for box in drawn if box.value],
        "usable": template_words.usable(form, house),
        "slips": _slips(problem, drawn),
        "aside": tuple(slip.text for slip in template_words.slips(info.faults, drawn)),
        "paper": preview(forms.sample(form.code, house, tried or basis), "#") if house else None,
        "no_sample": why,
        "tried": tried is not None,
        "version": request.POST.get("ban") or request.GET.get("ban", ""),
        "own": info.own or bool(info.faults),
        "versions": _versions(reader, form),
        "href": reader.url("papers-form", form.code),
        "back_href": reader.url("papers-form-back", form.code),
        "try_name": TRY,
        "order": template_words.order(basis),
        "moved_way": way,
        "moved_key": key,
    }
    return render(request, "dean06/pages/paper_form.html", page, status=UNUSABLE if problem else 200)


def _head(reader: Reader, form: Form, info: TemplateInfo) -> PageHead:
    begin = Action(label=words("Soạn theo mẫu này", "Draft one"), href=reader.url("papers-begin", form.code))
    return PageHead(
        title=words(f"Mẫu: {form.name.vi}", f"Form: {form.name.en}"),
        crumb=Link(label=words("Mẫu văn bản", "Forms of papers"), href=reader.url("papers-forms")),
        meta=(_state(info), form.source.partition(";")[0]),
        actions=(begin,) if reader.viewer.sits_in(reader.group.id) and reader.ending is None else (),
    )


def _house(reader: Reader, form: Form) -> tuple[IssuingHouse | None, str]:
    """Return what stands around the words in the sample; a form of an agency has none for who sits for no agency."""
    try:
        return paper_house.house(reader.account, reader.group, form), ""
    except BadInput:
        return None, words(
            "Mẫu này là văn bản của cơ quan thành viên: người của cơ quan thấy bản xem trước ở đây.",
            "A paper of a member agency: somebody of an agency sees its sample here.",
        )


def _slips(problem: BadInput | None, drawn: tuple[template_words.Box, ...]) -> tuple[Slip, ...]:
    if isinstance(problem, FormRefused):
        return template_words.slips(problem.faults, drawn)
    return slips_of(problem) if problem else ()


def _versions(reader: Reader, form: Form) -> list[dict[str, object]]:
    """Return the group's versions, newest first, with who made each."""
    return [
        {
            "number": one.version,
            "when": writing.instant(one.at),
            "who": _name(one.account),
            "shipped": one.template is None,
            "href": f"?ban={one.version}" if one.template is not None else "",
        }
        for one in reversed(forms.template_versions(reader.group.id, form.code))
    ]


def _name(account: str) -> str:
    known = identity.account_by_public_id(account)
    return known.full_name if known else ""


@require_POST
@group_page
def go_back(request: HttpRequest, reader: Reader, form: str) -> HttpResponse:
    """Use the shipped words again."""
    _form(form)
    templates.go_back(reader.account, reader.group, form)
    messages.success(request, words("Đã về mẫu gốc; lời của tổ còn trong các bản.", "As shipped again."))
    return HttpResponseRedirect(reader.url("papers-form", form))
