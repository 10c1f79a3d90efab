"""One norm of a draft: every word of it chosen by name; what is wrong in it is said before it is saved."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import chartering, proposing
from dean06.flows.draft_values import listed, mapping, rows
from dean06.web.language import current_language, words
from dean06.web.pages.charter import forms, picks
from dean06.web.pages.charter import norm_values as values
from dean06.web.pages.charter.editor import FRESH, article_of, head_of, saved, title_of
from dean06.web.pages.charter.words import FIELDS, TYPES, clause_words, norm_words
from dean06.web.pages.revision import again_wanted, found
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.reader import Reader, group_page

ENFORCEMENTS = (
    ("warn", "cảnh báo, hỏi lý do", "warn and ask why"),
    ("block", "chặn", "block"),
    ("record", "chỉ ghi lại", "only record"),
)
GENERAL = ("constitutive", "status", "entitlement")  # may speak of nobody, or of no act
HOW = ((values.NEED, "phải có", "needed"), (values.EITHER, "một trong các điều này", "one of these"))

__all__ = ["norm", "take_out"]


@group_page
def norm(request: HttpRequest, reader: Reader, draft_id: int, file: str, number: str) -> HttpResponse:
    """Edit one norm of an article, or add one."""
    draft = found(reader, draft_id)
    kept = article_of(draft, file)
    held = rows(kept.get("norms"))
    fresh = number == FRESH
    if not fresh and (not number.isdecimal() or int(number) >= len(held)):
        raise Http404
    old = _proposed(request, reader, draft, kept) if fresh else held[int(number)]
    if request.method != "POST":
        return _page(request, reader, draft, file, kept, old, number)
    used = proposing.keys_of(draft) - ({str(old.get("key"))} if not fresh else set())
    made = values.norm_from(request.POST, old, used)
    if "xem" in request.POST:
        return _page(request, reader, draft, file, kept, made, number)
    norms = [*held, made] if fresh else [made if n == int(number) else one for n, one in enumerate(held)]
    place = len(held) if fresh else int(number)
    slips = _missing(made) or _wrong(draft, file, kept | {"norms": norms}, place)
    try:
        if not slips:
            saved(request, reader, draft, file, kept | {"norms": norms})
            return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))
    except BadInput as problem:
        slips = slips_of(problem)
    return _page(request, reader, draft, file, kept, made, number, slips)


def _missing(made: forms.Plain) -> tuple[Slip, ...]:
    """Return what a norm of this type cannot be without: who it speaks of, and what they do."""
    if made.get("type") in GENERAL:
        return ()
    told = (
        ("bearer", words("Chọn ai mang quy phạm này.", "Choose who bears this norm.")),
        ("action", words("Chọn làm việc gì.", "Choose the act.")),
    )
    return tuple(Slip(text=text, field=field) for field, text in told if not made.get(field))


def _wrong(draft: DraftInfo, file: str, article: forms.Plain, place: int) -> tuple[Slip, ...]:
    """Return what the compiler finds wrong in this one norm, each leading to its field."""
    found = []
    for fault in chartering.faults_in(draft, file, article):
        field = fault.path.removeprefix(f"norms[{place}].").partition(".")[0].partition("[")[0]
        if fault.file == file and fault.path.startswith(f"norms[{place}]"):
            name = words(*FIELDS[field]) if field in FIELDS else ""
            text = f"{name[:1].upper()}{name[1:]}: {words(fault.vi, fault.en)}" if name else words(fault.vi, fault.en)
            found.append(Slip(text=text, field=field if field in FIELDS else ""))
    return tuple(dict.fromkeys(found))


def _proposed(request: HttpRequest, reader: Reader, draft: DraftInfo, kept: forms.Plain) -> forms.Plain:
    """Return the proposal that the reader looks at, as the beginning of a new norm."""
    given = request.GET.get("de_xuat", "")
    offered = proposing.proposals(reader.group, draft, str(kept.get("article"))) if given.isdecimal() else []
    return next((dict(one.norm) for one in offered if str(one.number) == given), {})


def _page(
    request: HttpRequest,
    reader: Reader,
    draft: DraftInfo,
    file: str,
    kept: forms.Plain,
    norm: forms.Plain,
    number: str,
    slips: tuple[Slip, ...] = (),
) -> HttpResponse:
    title = words("Thêm quy phạm", "Add a norm") if number == FRESH else words("Quy phạm", "Norm")
    shown = _fields(draft, kept, norm) | {
        "head": title_of(reader, draft, title),
        "draft": draft,
        "slips": slips,
        "again": again_wanted(draft),
        "says": norm_words(head_of(draft), norm) if norm else "",
        "back_href": reader.url("charter-draft-article", draft.id, file),
        "out_href": "" if number == FRESH else reader.url("charter-draft-norm-out", draft.id, file, number),
    }
    return render(request, "dean06/pages/charter_draft_norm.html", shown, status=UNUSABLE if slips else 200)


def _one(named: Iterable[picks.Named], value: object) -> tuple[picks.Choice, ...]:
    """Return a list to choose one from; a value that the draft no longer knows stays in it."""
    choices, kept = list(named), str(value or "")
    if kept and kept not in {code for code, _ in choices}:
        choices.append((kept, f"{picks.party_words({}, kept)} ({words('không còn', 'no longer there')})"))
    return tuple(picks.Choice(value=code, name=name, chosen=code == kept) for code, name in choices)


def _fields(draft: DraftInfo, kept: forms.Plain, norm: forms.Plain) -> dict[str, object]:
    known, packaged = charters.vocabulary(), head_of(draft)
    deadline = norm.get("deadline")
    due = {"form": deadline} if isinstance(deadline, str) else mapping(deadline)
    everyone = [one for _, parties in picks.parties(packaged) for one in parties]
    return {
        "norm": norm,
        "due": due,
        "addresses": _one(_addresses(kept), norm.get("cite")),
        "types": _one([(code, words(*said)) for code, said in TYPES.items()], norm.get("type") or "duty"),
        "enforcements": _one([(c, words(vi, en)) for c, vi, en in ENFORCEMENTS], norm.get("enforcement") or "warn"),
        "actions": _one(picks.acts(), norm.get("action")),
        "deadlines": _one(_deadlines(), due.get("form")),
        "days": range(1, 29),
        "events": _one([(code, words(*said)) for code, said in picks.EVENTS.items()], due.get("event")),
        "via": _one(everyone, norm.get("via")),
        "sign_forms": _one(picks.named(known.sign_forms), norm.get("sign_form")),
        "behalf": _one(everyone, norm.get("on_behalf_of")),
        "delegates": _one(picks.roles(packaged), norm.get("delegate")),
        "seals": _one(picks.seals(packaged), norm.get("seal")),
        "sealing": _one(_sealing(draft), norm.get("seal_by")),
        "fulfilled": _grouped(picks.fact_groups(str(norm.get("action") or "")), norm.get("fulfilled_by"), held=True),
        "conditions": _conditions(norm),
        "bearer": picks.pick("bearer", words("Ai", "Who"), picks.bearers(packaged), listed(norm.get("bearer"))),
        "recipients": picks.pick(
            "recipients",
            words("Nơi nhận", "Recipients"),
            picks.parties(packaged),
            listed(norm.get("recipients")),
        ),
        "more": _more(packaged, norm),
        "added": [
            (
                field,
                words(*FIELDS[field]),
                [_one(picks.acts(), one) for one in (*listed(norm.get(field)), "")],
            )
            for field in values.ADDED
        ],
    }


def _more(packaged: forms.Plain, norm: forms.Plain) -> list[picks.Pick]:
    known = charters.vocabulary()
    lists = (
        ("documents", picks.named(known.document_kinds)),
        ("meetings", picks.named(known.meeting_kinds)),
        ("evidence", picks.named(known.evidence)),
        ("coordinators", picks.agencies(packaged)),
        ("systems", picks.named(known.systems)),
        ("gaps", picks.named(known.gaps)),
    )
    made = []
    for field, named in lists:
        name = words(*FIELDS[field])
        made.append(picks.pick(field, name[:1].upper() + name[1:], [("", named)], listed(norm.get(field))))
    return made


def _addresses(kept: forms.Plain) -> list[picks.Named]:
    label = str(kept.get("article"))
    found = [label]
    for clause in rows(kept.get("clauses")):
        found.append(f"{label}.{clause.get('label')}")
        found += [f"{label}.{clause.get('label')}.{one.get('label')}" for one in rows(clause.get("points"))]
    return [(one, clause_words(one)) for one in found]


def _deadlines() -> list[picks.Named]:
    language = current_language()
    made = []
    for code, fields in charters.vocabulary().deadline_forms.items():
        said = charters.deadline_text(code, None, language).replace("None", "…")
        named = {"none": words("không có hạn", "no deadline")}.get(code, said)
        made.append((code, named if "day" not in fields or "…" in named else f"{named} …"))
    return made


def _sealing(draft: DraftInfo) -> list[picks.Named]:
    """Return the norms of a draft that name a seal, by what they say."""
    packaged = head_of(draft)
    norms = [one for value in chartering.package(draft).values() for one in rows(mapping(value).get("norms"))]
    return [
        (str(one.get("key")), f"{clause_words(str(one.get('cite') or ''))}: {norm_words(packaged, one)}")
        for one in norms
        if one.get("seal")
    ]


def _grouped(
    groups: list[tuple[str, list[picks.Named]]], value: object, *, held: bool = False
) -> list[tuple[str, tuple[picks.Choice, ...]]]:
    kept = str(value or "")
    return [
        (
            name,
            tuple(
                picks.Choice(value=code, name=said, chosen=code == kept)
                for code, said in told
                if not (held and code.startswith("!"))
            ),
        )
        for name, told in groups
    ]


def _conditions(norm: forms.Plain) -> list[dict[str, object]]:
    """Return the rows of conditions: those that stand, then blank ones."""
    groups = picks.fact_groups(str(norm.get("action") or ""))
    standing = values.conditions(norm)
    blank = [("", values.NEED)] * values.CONDITIONS
    return [
        {
            "number": number,
            "facts": _grouped(groups, name),
            "how": tuple(picks.Choice(value=code, name=words(vi, en), chosen=code == how) for code, vi, en in HOW),
        }
        for number, (name, how) in enumerate((*standing, *blank))
    ]


@require_POST
@group_page
def take_out(request: HttpRequest, reader: Reader, draft_id: int, file: str, number: str) -> HttpResponse:
    """Take a norm out of an article."""
    draft = found(reader, draft_id)
    kept = article_of(draft, file)
    norms = [one for n, one in enumerate(rows(kept.get("norms"))) if str(n) != number]
    try:
        saved(request, reader, draft, file, kept | {"norms": norms})
    except BadInput as problem:
        old = dict(enumerate(rows(kept.get("norms")))).get(int(number) if number.isdecimal() else -1, {})
        return _page(request, reader, draft, file, kept, old, number, slips_of(problem))
    return HttpResponseRedirect(reader.url("charter-draft-article", draft.id, file))
