"""Soạn văn bản: the choice of a form, its facts to fill in, and the draft that comes of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.flows import paperwork
from dean06.papers.service import forms
from dean06.papers.types import Form
from dean06.web.language import words
from dean06.web.pages.papers.facts import Field, fields, given
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.reader import Reader, group_page

__all__ = ["begin", "choose"]


ISSUERS = {
    "group": ("văn bản của tổ", "a paper of the group"),
    "agency": ("văn bản của cơ quan thành viên", "a paper of a member agency"),
    "superior": ("dự thảo trình cơ quan cấp trên ký", "a draft for the authority above to sign"),
}


def _about(form: Form) -> str:
    return words(*ISSUERS[form.issued_by])


@group_page
def choose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the forms by kind of work, with what each is for."""
    grouped: dict[str, list[Form]] = {}
    for form in forms.forms():
        grouped.setdefault(form.type.name, []).append(form)
    shown = {
        "head": PageHead(
            title=words("Soạn văn bản", "Draft a paper"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(words("Chọn loại văn bản", "Choose the kind of paper"),),
            actions=(Action(label=words("Sửa mẫu của tổ", "Change the forms"), href=reader.url("papers-forms")),),
        ),
        "grouped": [
            (
                title,
                [
                    (
                        words(form.name.vi, form.name.en),
                        _about(form) if form.issued_by != "group" else "",
                        reader.url("papers-begin", form.code),
                    )
                    for form in listed
                ],
            )
            for title, listed in grouped.items()
        ],
    }
    return render(request, "dean06/pages/paper_choose.html", shown)


@group_page
def begin(request: HttpRequest, reader: Reader, form: str) -> HttpResponse:
    """Show the facts of a form, and make the draft of what was filled in."""
    found = next((one for one in forms.forms() if one.code == form), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, reader, found, {}, ())
    try:
        made = paperwork.begin(reader.account, reader.group, form, given(found, request.POST))
    except BadInput as problem:
        return _page(request, reader, found, request.POST, slips_of(problem))
    messages.success(request, words("Đã lập dự thảo: soát lại rồi trình ký.", "The draft is made: check it."))
    return HttpResponseRedirect(reader.url("papers-one", made.id))


def _page(
    request: HttpRequest, reader: Reader, form: Form, typed: Mapping[str, object], slips: tuple[Slip, ...]
) -> HttpResponse:
    shown: tuple[Field, ...] = fields(form, {key: str(value) for key, value in typed.items()})
    page = {
        "head": PageHead(
            title=words(form.name.vi, form.name.en),
            crumb=Link(label=words("Soạn văn bản", "Draft a paper"), href=reader.url("papers-new")),
            meta=(_about(form),),
        ),
        "fields": shown,
        "slips": slips,
        "href": reader.url("papers-begin", form.code),
        "button": words("Lập dự thảo", "Make the draft"),
    }
    return render(request, "dean06/pages/paper_begin.html", page, status=UNUSABLE if slips else 200)
