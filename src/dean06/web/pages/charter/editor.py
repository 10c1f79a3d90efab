"""The editor of a draft: roles, agencies and seals; an article's clauses; a file as YAML.

A form that cannot be saved is shown again with everything typed, and says on top what to do.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.errors import CharterInvalid
from dean06.clock.errors import BadInput
from dean06.flows import chartering, proposing
from dean06.flows.draft_values import listed, mapping, rows
from dean06.web.language import words
from dean06.web.pages.charter import forms, picks
from dean06.web.pages.charter.drafts import page, state
from dean06.web.pages.charter.words import TYPES, clause_words, norm_words
from dean06.web.pages.revision import again_wanted, found, said_again, seen
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

FRESH = "moi"

__all__ = ["FRESH", "add", "article", "article_of", "head", "head_of", "saved", "take", "text", "title_of"]


def title_of(reader: Reader, draft: DraftInfo, title: str) -> PageHead:
    """Return the head of a page of the editor."""
    return PageHead(
        title=title,
        crumb=Link(label=draft.title, href=reader.url("charter-draft", draft.id)),
        meta=(state(draft), words(f"lần sửa {draft.revision}", f"revision {draft.revision}")),
    )


def head_of(draft: DraftInfo) -> forms.Plain:
    """Return the head of a draft's package."""
    return mapping(draft.files.get(chartering.HEAD))


def article_of(draft: DraftInfo, file: str) -> forms.Plain:
    """Return an article of a draft by its file."""
    if file not in chartering.package(draft) or file == chartering.HEAD:
        raise Http404
    return mapping(draft.files[file])


def saved(request: HttpRequest, reader: Reader, draft: DraftInfo, file: str, value: object) -> DraftInfo:
    """Save one file of a draft as the form says."""
    again = said_again(request, draft)
    kept = chartering.save(reader.account, reader.group, draft, file, value, seen=seen(request), again=again)
    messages.success(request, words("Đã lưu.", "Saved."))
    return kept


# ---------------------------------------------------------------- the head


@group_page
def head(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Edit title, roles with their posts, agencies, seals and chapters of a draft."""
    draft = found(reader, draft_id)
    kept = head_of(draft)
    if request.method != "POST":
        return _head_page(request, reader, draft, kept)
    made = forms.head_from(request.POST.dict(), kept)
    try:
        _complete(request.POST.dict())
        saved(request, reader, draft, chartering.HEAD, made)
    except BadInput as problem:
        return _head_page(request, reader, draft, made, slips=slips_of(problem, "title"))
    return HttpResponseRedirect(reader.url("charter-draft-head", draft.id))


def _complete(given: Mapping[str, str]) -> None:
    """Refuse a new role that has words but no choice of what it is."""
    for number in range(forms.EMPTY_ROWS):
        name = f"vai-moi-{number}"
        if not given.get(f"{name}-code") and (given.get(f"{name}-title") or given.get(f"{name}-post")):
            raise Misfilled(f"{name}-code", "Chọn vai mới trong danh sách.", "Choose the new role from the list.")


def _head_page(
    request: HttpRequest,
    reader: Reader,
    draft: DraftInfo,
    kept: forms.Plain,
    *,
    slips: tuple[Slip, ...] = (),
    yaml: str | None = None,
) -> HttpResponse:
    seals = mapping(kept.get("seals"))
    known = charters.vocabulary()
    typed = request.POST if slips else {}
    shown = {
        "head": title_of(reader, draft, words("Vai, cơ quan, con dấu, chương", "Roles, agencies, seals, chapters")),
        "draft": draft,
        "slips": slips,
        "again": again_wanted(draft),
        "title": kept.get("title", ""),
        "roles": [
            (code, _word(known.roles, code, mapping(role).get("title")), role)
            for code, role in mapping(kept.get("roles")).items()
        ],
        "agencies": [
            (code, _word(known.agencies, code, mapping(agency).get("name")), agency, seals.get(code, ""))
            for code, agency in mapping(kept.get("agencies")).items()
        ],
        "chapters": [*enumerate(rows(kept.get("chapters")))],
        "own_agencies": picks.agencies(kept),
        "role_words": _unused(known.roles, kept.get("roles")),
        "agency_words": _unused(known.agencies, kept.get("agencies")),
        "blank_roles": [(n, _typed(typed, f"vai-moi-{n}")) for n in range(forms.EMPTY_ROWS)],
        "blank": range(forms.EMPTY_ROWS),
        "yaml": charters.to_yaml(kept) if yaml is None else yaml,
        "yaml_open": yaml is not None,
        "yaml_href": reader.url("charter-draft-text", draft.id, chartering.HEAD),
    }
    return render(request, "dean06/pages/charter_draft_head.html", shown, status=UNUSABLE if slips else 200)


def _typed(given: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what was typed into a blank row that could not be taken; a row that was is shown among the others."""
    if given.get(f"{name}-code"):
        return {}
    return {key: given.get(f"{name}-{key}", "") for key in ("title", "post", "agency")}


def _word(known: Mapping[str, object], code: str, own: object) -> str:
    word = known.get(code)
    return words(str(getattr(word, "vi", "")), str(getattr(word, "en", ""))) if word else str(own or code)


def _unused(known: Mapping[str, object], used: object) -> list[tuple[str, str]]:
    taken = mapping(used)
    return [(code, name) for code, name in picks.named(known) if code not in taken]


# ---------------------------------------------------------------- an article


@group_page
def article(request: HttpRequest, reader: Reader, draft_id: int, file: str) -> HttpResponse:
    """Edit the heading, clauses and points of an article, and see its norms."""
    draft = found(reader, draft_id)
    kept = article_of(draft, file)
    if request.method != "POST":
        return _article_page(request, reader, draft, file, kept)
    made = forms.article_from(request.POST.dict(), kept, reader.today)
    try:
        _labelled(made)
        saved(request, reader, draft, file, made)
    except BadInput as problem:
        return _article_page(request, reader, draft, file, made, slips=slips_of(problem, "heading"))
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))


def _labelled(made: forms.Plain) -> None:
    """Refuse a clause or point without a label, without words, or with a label that stands already."""
    if not made.get("heading"):
        raise Misfilled("heading", "Ghi tên điều.", "Give the article its heading.")
    seen_here: dict[str, set[str]] = {}
    for name, row in forms.said_rows(made):
        label, among = str(row.get("label") or ""), seen_here.setdefault(name.partition("-")[0] * ("-" in name), set())
        if not label or "." in label or " " in label or label in among:
            raise Misfilled(
                f"{name}-label",
                f"Nhãn «{label}» để trống, viết hai lần hoặc có dấu cách: ghi như bản in, ví dụ 1 hoặc a.",
                f"The label {label!r} is empty, stands twice or has a space: write it as printed, such as 1 or a.",
            )
        if not row.get("vi"):
            raise Misfilled(f"{name}-vi", f"Khoản, điểm «{label}» chưa có nội dung.", f"{label!r} has no words yet.")
        among.add(label)


def _article_page(
    request: HttpRequest,
    reader: Reader,
    draft: DraftInfo,
    file: str,
    kept: forms.Plain,
    *,
    slips: tuple[Slip, ...] = (),
    yaml: str | None = None,
) -> HttpResponse:
    label = str(kept.get("article"))
    shown = {
        "head": title_of(reader, draft, words(f"Điều {label}", f"Article {label}")),
        "draft": draft,
        "slips": slips,
        "again": again_wanted(draft),
        "file": file,
        "heading": kept.get("heading", ""),
        "said": _said(kept),
        "blank": [f"moi-{number}" for number in range(forms.EMPTY_ROWS)],
        "norms": _norms(reader, draft, file, kept),
        "new_href": reader.url("charter-draft-norm", draft.id, file, FRESH),
        "proposals": _proposals(reader, draft, label) if draft.is_open else [],
        "take_href": reader.url("charter-draft-take", draft.id, file),
        "yaml": charters.to_yaml(kept) if yaml is None else yaml,
        "yaml_open": yaml is not None,
        "yaml_href": reader.url("charter-draft-text", draft.id, file),
    }
    return render(request, "dean06/pages/charter_draft_article.html", shown, status=UNUSABLE if slips else 200)


def _norms(reader: Reader, draft: DraftInfo, file: str, kept: forms.Plain) -> list[dict[str, object]]:
    return [
        {
            "clause": clause_words(str(norm.get("cite") or "")),
            "type": words(*TYPES.get(str(norm.get("type")), ("", ""))),
            "words": norm_words(head_of(draft), norm),
            "href": reader.url("charter-draft-norm", draft.id, file, number),
        }
        for number, norm in enumerate(rows(kept.get("norms")))
    ]


def _proposals(reader: Reader, draft: DraftInfo, label: str) -> list[dict[str, object]]:
    """Return the proposals of an article, each in words with what comes along when it is taken."""
    packaged = head_of(draft)
    made = []
    for one in proposing.proposals(reader.group, draft, label):
        norm = dict(one.norm)
        along = [
            (
                words("nơi nhận", "to"),
                [picks.party_words(packaged, str(p)) for p in listed(norm.get("recipients"))],
            ),
            (words("qua", "via"), [picks.party_words(packaged, str(p)) for p in listed(norm.get("via"))]),
            (
                words("xong khi", "done when"),
                [picks.fact_words(str(f)) for f in listed(norm.get("fulfilled_by"))],
            ),
        ]
        made.append(
            {
                "number": one.number,
                "clause": clause_words(str(norm["cite"])),
                "type": words(*TYPES.get(str(norm["type"]), ("", ""))),
                "words": norm_words(packaged, norm),
                "along": "; ".join(f"{name}: {', '.join(said)}" for name, said in along if said),
                "why": norm.get("source", ""),
                "ready": one.ready,
            }
        )
    return made


def _said(kept: forms.Plain) -> list[dict[str, object]]:
    """Return the rows of the form; after the points of a clause stands a blank one."""
    made: list[dict[str, object]] = []
    for at, clause in enumerate(rows(kept.get("clauses"))):
        made.append({"name": f"k{at}", "row": _shown(clause), "point": False})
        made += [
            {"name": f"k{at}-d{n}", "row": _shown(point), "point": True}
            for n, point in enumerate(rows(clause.get("points")))
        ]
        made.append({"name": f"k{at}-moi", "row": {}, "point": True})
    return made


def _shown(row: forms.Plain) -> forms.Plain:
    return row | {"en": "" if forms.untranslated(row.get("en")) else row["en"]}


@require_POST
@group_page
def take(request: HttpRequest, reader: Reader, draft_id: int, file: str) -> HttpResponse:
    """Take the chosen proposals of an article as its norms."""
    draft = found(reader, draft_id)
    kept = article_of(draft, file)
    numbers = {int(one) for one in request.POST.getlist("nhan") if one.isdecimal()}
    try:
        again = said_again(request, draft)
        label = str(kept.get("article"))
        _, count = proposing.take(reader.account, reader.group, draft, label, numbers, seen=seen(request), again=again)
    except BadInput as problem:
        return _article_page(request, reader, draft, file, kept, slips=slips_of(problem, "de-xuat"))
    messages.success(request, words(f"Đã nhận {count} quy phạm.", f"{count} norms taken."))
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))


@require_POST
@group_page
def text(request: HttpRequest, reader: Reader, draft_id: int, file: str) -> HttpResponse:
    """Take a file of a draft as YAML; what cannot be read comes back as it was typed, with the line to mend."""
    draft = found(reader, draft_id)
    if file not in chartering.package(draft):
        raise Http404
    typed, is_head = request.POST.get("yaml", ""), file == chartering.HEAD
    try:
        saved(request, reader, draft, file, charters.from_yaml(typed, file))
    except BadInput as problem:
        slips = _yaml_slips(problem)
        if is_head:
            return _head_page(request, reader, draft, head_of(draft), slips=slips, yaml=typed)
        return _article_page(request, reader, draft, file, article_of(draft, file), slips=slips, yaml=typed)
    back = "charter-draft-head" if is_head else "charter-draft-article"
    return HttpResponseRedirect(reader.url(back, draft.id, *([] if is_head else [file])))


def _yaml_slips(problem: BadInput) -> tuple[Slip, ...]:
    if isinstance(problem, CharterInvalid):
        return tuple(Slip(text=f"{one.path}: {words(one.vi, one.en)}", field="yaml") for one in problem.faults[:3])
    return slips_of(problem, "yaml")


@require_POST
@group_page
def add(request: HttpRequest, reader: Reader, draft_id: int) -> HttpResponse:
    """Add an article to a chapter of a draft."""
    draft = found(reader, draft_id)
    label = request.POST.get("dieu", "").strip()
    chapter, heading = request.POST.get("chuong", ""), request.POST.get("ten", "")
    try:
        again = said_again(request, draft)
        chartering.add_article(reader.account, reader.group, draft, label, chapter, heading, again=again)
    except BadInput as problem:
        return page(request, reader, draft, slips_of(problem, "dieu"))
    messages.success(request, words(f"Đã thêm Điều {label}.", f"Article {label} is added."))
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, charters.file_of(label)))
