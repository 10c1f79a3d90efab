"""The editor of a draft: roles, agencies and seals; an article's clauses; one norm; or a file as YAML."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.errors import CharterInvalid
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from dean06.web.language import words
from dean06.web.pages import charter_forms as forms
from dean06.web.pages.charter_drafts import found, state
from dean06.web.pages.charter_norms import DEADLINES
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

TYPES = ("duty", "power", "prohibition", "procedure", "entitlement", "status", "constitutive")
ENFORCEMENTS = ("warn", "block", "record")
FRESH = "moi"

__all__ = ["add", "article", "head", "norm", "take_out", "text"]


def _page(reader: Reader, draft: DraftInfo, title: str) -> PageHead:
    return PageHead(
        title=title,
        crumb=Link(label=draft.title, href=reader.url("charter-draft", draft.id)),
        meta=(state(draft), words(f"lần sửa {draft.revision}", f"revision {draft.revision}")),
    )


def _seen(request: HttpRequest) -> int:
    given = request.POST.get("lan", "")
    return int(given) if given.isdecimal() else 0


def _article(draft: DraftInfo, file: str) -> forms.Plain:
    if file not in draft.files or file == chartering.HEAD:
        raise Http404
    return forms.mapping(draft.files[file])


def _saved(request: HttpRequest, reader: Reader, draft: DraftInfo, file: str, value: object) -> DraftInfo:
    kept = chartering.save(reader.account, reader.group, draft, file, value, seen=_seen(request))
    messages.success(request, words("Đã lưu.", "Saved."))
    return kept


@group_page
def head(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Edit title, roles with their posts, agencies and seals of a draft."""
    draft = found(reader, draft_id)
    kept = forms.mapping(draft.files.get(chartering.HEAD))
    if request.method == "POST":
        _saved(request, reader, draft, chartering.HEAD, forms.head_from(request.POST.dict(), kept))
        return HttpResponseRedirect(reader.url("charter-draft-head", draft.id))
    seals = forms.mapping(kept.get("seals"))
    shown = {
        "head": _page(reader, draft, words("Vai, cơ quan, con dấu", "Roles, agencies, seals")),
        "draft": draft,
        "title": kept.get("title", ""),
        "roles": list(forms.mapping(kept.get("roles")).items()),
        "agencies": [
            (code, agency, seals.get(code, "")) for code, agency in forms.mapping(kept.get("agencies")).items()
        ],
        "role_words": _unused(charters.vocabulary().roles, kept.get("roles")),
        "agency_words": _unused(charters.vocabulary().agencies, kept.get("agencies")),
        "blank": range(forms.EMPTY_ROWS),
        "yaml": charters.to_yaml(kept),
        "yaml_href": reader.url("charter-draft-text", draft.id, chartering.HEAD),
    }
    return render(request, "dean06/pages/charter_draft_head.html", shown)


def _unused(known: object, used: object) -> list[tuple[str, str]]:
    taken = forms.mapping(used)
    listed = known.items() if isinstance(known, dict) else ()
    return [(code, words(name.vi, name.en)) for code, name in listed if code not in taken]


@group_page
def article(request: HttpRequest, reader: Reader, draft_id: int, file: str) -> HttpResponse:
    """Edit the heading, clauses and points of an article, and see its norms."""
    draft = found(reader, draft_id)
    kept = _article(draft, file)
    if request.method == "POST":
        _saved(request, reader, draft, file, forms.article_from(request.POST.dict(), kept, reader.today))
        return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))
    shown = {
        "head": _page(reader, draft, words(f"Điều {kept.get('article')}", f"Article {kept.get('article')}")),
        "draft": draft,
        "file": file,
        "heading": kept.get("heading", ""),
        "said": _said(kept),
        "blank": [f"moi-{number}" for number in range(forms.EMPTY_ROWS)],
        "norms": _norms(reader, draft, file, kept),
        "new_href": reader.url("charter-draft-norm", draft.id, file, FRESH),
        "proposals": _proposals(draft, kept),
        "yaml": charters.to_yaml(kept),
        "yaml_href": reader.url("charter-draft-text", draft.id, file),
    }
    return render(request, "dean06/pages/charter_draft_article.html", shown)


def _norms(reader: Reader, draft: DraftInfo, file: str, kept: forms.Plain) -> list[dict[str, object]]:
    return [
        {
            "cite": norm.get("cite", ""),
            "type": norm.get("type", ""),
            "bearer": forms.norm_shown(norm)["bearer"],
            "action": _action(str(norm.get("action") or "")),
            "href": reader.url("charter-draft-norm", draft.id, file, number),
        }
        for number, norm in enumerate(forms.rows(kept.get("norms")))
    ]


def _proposals(draft: DraftInfo, kept: forms.Plain) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "cite": one["cite"],
            "action": _action(str(one.get("action") or "")),
            "why": one.get("source", ""),
            "bearer": forms.norm_shown(one)["bearer"],
        }
        for number, one in enumerate(chartering.proposals(draft, str(kept.get("article"))))
    ]


def _action(code: str) -> str:
    known = charters.vocabulary().actions.get(code)
    return words(known.name.vi, known.name.en) if known else code


def _said(kept: forms.Plain) -> list[dict[str, object]]:
    """Return the rows of the form; after the points of a clause stands a blank one."""
    made: list[dict[str, object]] = []
    for at, clause in enumerate(forms.rows(kept.get("clauses"))):
        made.append({"name": f"k{at}", "row": clause, "point": False})
        made += [
            {"name": f"k{at}-d{n}", "row": point, "point": True}
            for n, point in enumerate(forms.rows(clause.get("points")))
        ]
        made.append({"name": f"k{at}-moi", "row": {}, "point": True})
    return made


@group_page
def norm(request: HttpRequest, reader: Reader, draft_id: int, file: str, number: str) -> HttpResponse:
    """Edit one norm of an article, or add one."""
    draft = found(reader, draft_id)
    kept = _article(draft, file)
    listed = forms.rows(kept.get("norms"))
    fresh = number == FRESH
    if not fresh and (not number.isdecimal() or int(number) >= len(listed)):
        raise Http404
    old = _proposed(request, draft, kept) if fresh else listed[int(number)]
    if request.method == "POST":
        made = forms.norm_from(request.POST.dict(), old)
        norms = [*listed, made] if fresh else [made if n == int(number) else one for n, one in enumerate(listed)]
        _saved(request, reader, draft, file, kept | {"norms": norms})
        return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))
    return render(request, "dean06/pages/charter_draft_norm.html", _norm_shown(reader, draft, file, kept, old, number))


def _proposed(request: HttpRequest, draft: DraftInfo, kept: forms.Plain) -> forms.Plain:
    """Return the proposal that the reader looks at, as the beginning of a new norm."""
    found = chartering.proposals(draft, str(kept.get("article")))
    given = request.GET.get("de_xuat", "")
    return dict(found[int(given)]) if given.isdecimal() and int(given) < len(found) else {}


def _norm_shown(
    reader: Reader, draft: DraftInfo, file: str, kept: forms.Plain, old: forms.Plain, number: str
) -> dict[str, object]:
    known = charters.vocabulary()
    packaged = forms.mapping(draft.files.get(chartering.HEAD))
    label = str(kept.get("article"))
    addresses = [label]
    for clause in forms.rows(kept.get("clauses")):
        addresses.append(f"{label}.{clause.get('label')}")
        addresses += [f"{label}.{clause.get('label')}.{one.get('label')}" for one in forms.rows(clause.get("points"))]
    return {
        "head": _page(
            reader, draft, words("Thêm quy phạm", "Add a norm") if number == FRESH else words("Quy phạm", "Norm")
        ),
        "draft": draft,
        "norm": forms.norm_shown(old),
        "addresses": addresses,
        "types": TYPES,
        "enforcements": ENFORCEMENTS,
        "actions": sorted(
            ((code, words(one.name.vi, one.name.en)) for code, one in known.actions.items()), key=lambda pair: pair[1]
        ),
        "forms": [
            (code, words(*DEADLINES[code]).format(day="…") if code in DEADLINES else code)
            for code in known.deadline_forms
        ],
        "sign_forms": list(known.sign_forms.items()),
        "facts": list(known.facts),
        "parties": [*forms.mapping(packaged.get("roles")), *forms.mapping(packaged.get("agencies"))],
        "back_href": reader.url("charter-draft-article", draft.id, file),
        "out_href": "" if number == FRESH else reader.url("charter-draft-norm-out", draft.id, file, number),
    }


@require_POST
@group_page
def take_out(request: HttpRequest, reader: Reader, draft_id: int, file: str, number: str) -> HttpResponse:
    """Take a norm out of an article."""
    draft = found(reader, draft_id)
    kept = _article(draft, file)
    norms = [one for n, one in enumerate(forms.rows(kept.get("norms"))) if str(n) != number]
    _saved(request, reader, draft, file, kept | {"norms": norms})
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))


@require_POST
@group_page
def text(request: HttpRequest, reader: Reader, draft_id: int, file: str) -> HttpResponse:
    """Take a file of a draft as YAML; nothing of it is kept when it cannot be read."""
    draft = found(reader, draft_id)
    if file not in draft.files:
        raise Http404
    try:
        value = charters.from_yaml(request.POST.get("yaml", ""), file)
    except CharterInvalid as refused:
        said = "; ".join(fault.line("vi") for fault in refused.faults[:3])
        raise BadInput(f"Chưa lưu: {said}", "; ".join(fault.line("en") for fault in refused.faults[:3])) from refused
    _saved(request, reader, draft, file, value)
    back = "charter-draft-head" if file == chartering.HEAD else "charter-draft-article"
    return HttpResponseRedirect(reader.url(back, draft.id, *([] if file == chartering.HEAD else [file])))


@require_POST
@group_page
def add(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Add an article to a chapter of a draft."""
    draft = found(reader, draft_id)
    label = request.POST.get("dieu", "").strip()
    chartering.add_article(
        reader.account, reader.group, draft, label, request.POST.get("chuong", ""), request.POST.get("ten", "")
    )
    messages.success(request, words(f"Đã thêm Điều {label}.", f"Article {label} is added."))
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, charters.file_of(label)))
