"""Forms of a register: a new entry, a correction, a move, each with the charter's answer beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.charter.types import ObjectRef
from dean06.clock.errors import BadInput
from dean06.flows import tracking
from dean06.flows.tracking import Said
from dean06.flows.tracking.offers import Book, Case, Offer, chosen, move_of, openings, standing
from dean06.ledger.types import digest_of
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.tracking.boxes import (
    PAPER,
    SEEN,
    Box,
    boxes,
    given,
    level_given,
    levels,
    slips_of_fields,
)
from dean06.web.pages.tracking.room import seen_book, seen_entry, title_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.work import Fact, SignPanel
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON, missing_checks, people_who_can
from dean06.work.errors import EntryRefused, FieldRefused
from dean06.work.service import registers
from dean06.work.service.registers import Change, EntryInfo, FieldRule, Level, Move, Value

__all__ = ["edit", "move", "new", "panel_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What stands on a form: its boxes, what was wrong, the answer, and what it asks besides."""

    title: str
    button: str
    boxes: list[Box]
    slips: tuple[Slip, ...] = ()
    panel: SignPanel | None = None
    wants_reason: bool = False
    offers_paper: bool = False
    level: Level | None = None
    revision: int = 0
    opening: str = ""
    openings: tuple[tuple[str, str, bool], ...] = ()


def panel_of(reader: Reader, offer: Offer) -> SignPanel:
    """Return the panel that says whether the reader may do it, under which clause, and who can otherwise."""
    decision = offer.answer.decision
    allowed = offer.answer.allowed
    return SignPanel(
        id="duoc-khong",
        answer="yes" if allowed else "open" if offer.outcome == "not_regulated" else "no",
        sentence=decision.sentence(current_language()),
        facts=tuple(
            Fact(term=words("Căn cứ", "Clause"), value=cite_in(reader, decision.charter, one))
            for one in decision.citations[:2]
        ),
        conditions_title="" if allowed else words("Còn thiếu", "Missing"),
        conditions=() if allowed else missing_checks(decision),
        who_title="" if allowed else words("Người làm được ngay", "Who can do it now"),
        who_can=() if allowed else people_who_can(reader, decision),
    )


def _said(request: HttpRequest) -> Said:
    """Return what a form says besides values."""
    return Said(
        level=level_given(request.POST),
        paper=" ".join(request.POST.get(PAPER, "").split())[:120],
        reason=" ".join(request.POST.get(REASON, "").split())[:400] or None,
    )


def _page(request: HttpRequest, kept: Book, form: Form, back: Link, href: str) -> HttpResponse:
    shown = {
        "head": PageHead(title=form.title, crumb=back, meta=(title_of(kept.definition),)),
        "form": form,
        "href": href,
        "seen_name": SEEN,
        "paper_name": PAPER,
        "paper": request.POST.get(PAPER, ""),
        "reason_name": REASON,
        "reason": request.POST.get(REASON, ""),
        "levels": levels(form.level) if form.level else (),
    }
    return render(request, "dean06/pages/tracking_form.html", shown, status=UNUSABLE if form.slips else 200)


def _slips(problem: BadInput) -> tuple[Slip, ...]:
    if isinstance(problem, FieldRefused):
        return slips_of_fields([problem])
    return slips_of(problem)


def _again(form_boxes: list[Box], request: HttpRequest) -> list[Box]:
    """Return boxes with what was typed in them."""
    made = []
    for box in form_boxes:
        listed = tuple(request.POST.getlist(box.id))
        made.append(
            Box(
                id=box.id,
                label=box.label,
                kind=box.kind,
                required=box.required,
                hint=box.hint,
                value=request.POST.get(box.id, ""),
                chosen=listed,
                choices=box.choices,
                questions=tuple(
                    type(one)(name=one.name, text=one.text, value=request.POST.get(one.name, ""))
                    for one in box.questions
                ),
                numeric=box.numeric,
            )
        )
    return made


# ------------------------------------------------------------ a new entry


@group_page
def new(request: HttpRequest, reader: Reader, register: str) -> HttpResponse:
    """Show the form of a new entry, and open it from what was typed."""
    kept = seen_book(reader, register)
    if request.method != "POST":
        return _new_page(request, reader, kept, {}, ())
    rules = _asked_first(kept)
    values, _, faults = given(kept, rules, request.POST)
    if faults:
        return _new_page(request, reader, kept, values, slips_of_fields(faults))
    try:
        made = tracking.open_entry(
            reader.account, reader.group, register, values, _said(request), opening=request.POST.get("mo_bang", "")
        )
    except (EntryRefused, BadInput) as problem:
        return _new_page(request, reader, kept, values, _slips(problem))
    messages.success(request, words(f"Đã vào sổ: {made.label}.", f"Entered: {made.label}."))
    return HttpResponseRedirect(reader.url("tracking-one", register, made.id))


def _asked_first(kept: Book) -> list[FieldRule]:
    return [rule for rule in registers.fields(kept.shown) if rule.once]


def _new_page(
    request: HttpRequest, reader: Reader, kept: Book, values: Mapping[str, Value], slips: tuple[Slip, ...]
) -> HttpResponse:
    definition = kept.definition
    by = standing(reader.account, reader.group, reader.known)
    offered = openings(by, definition)
    picked = request.POST.get("mo_bang") or request.GET.get("mo_bang", "")
    opening = next((one for one in offered if one.code == picked), offered[0])
    obj = ObjectRef(kind="entry", id=f"{reader.group.slug}:{definition.code}", digest=digest_of(new=definition.code))
    agency = str(values.get(definition.agency or "", "")) or next(iter(reader.own_agencies), "")
    offer = chosen(by, opening, Case(obj=obj, agency=agency, values=values))
    rules = _asked_first(kept)
    required = {rule.code for rule in rules if rule.required} | set(opening.required)
    shown = boxes(kept, rules, _to_begin_with(reader, kept), required)
    form = Form(
        title=title_of(opening),
        button=words("Ghi vào sổ", "Enter it"),
        boxes=_again(shown, request) if request.method == "POST" else shown,
        slips=slips,
        panel=panel_of(reader, offer),
        wants_reason=offer.open_with_reason,
        offers_paper=not offer.answer.allowed,
        level=level_given(request.POST) or Level.ORDINARY,
        opening=opening.code,
        openings=tuple((one.code, title_of(one), one.code == opening.code) for one in offered)
        if len(offered) > 1
        else (),
    )
    back = Link(label=title_of(definition), href=reader.url("tracking-list", definition.code))
    return _page(request, kept, form, back, reader.url("tracking-new", definition.code))


def _to_begin_with(reader: Reader, kept: Book) -> dict[str, Value]:
    """Return what a new form is filled with: the reader's own agency where they sit for one."""
    own, field = next(iter(reader.own_agencies), ""), kept.definition.agency
    return {field: own} if own and field and not reader.oversees else {}


# ------------------------------------------------------------ a correction


@group_page
def edit(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Show what an entry says as a form, and write down what was corrected."""
    entry = seen_entry(reader, register, entry_id)
    kept = seen_book(reader, register)
    rules = [rule for rule in registers.fields(kept.shown) if rule.once or rule.code in entry.values]
    if request.method != "POST":
        return _edit_page(request, reader, kept, entry, rules, ())
    values, empty, faults = given(kept, rules, request.POST)
    if faults:
        return _edit_page(request, reader, kept, entry, rules, slips_of_fields(faults))
    changed = {code: value for code, value in values.items() if entry.values.get(code) != value}
    changed |= {code: "" for code in empty if code in entry.values}
    asked = Change(revision=_seen(request), values=changed)
    said = _said(request)
    if said.level is entry.level:
        said = Said(paper=said.paper, reason=said.reason)
    try:
        tracking.correct(reader.account, reader.group, entry.id, asked, said)
    except (EntryRefused, BadInput) as problem:
        return _edit_page(request, reader, kept, entry, rules, _slips(problem))
    messages.success(request, words("Đã ghi chỗ sửa.", "The correction is written down."))
    return HttpResponseRedirect(reader.url("tracking-one", register, entry.id))


def _seen(request: HttpRequest) -> int:
    given_ = request.POST.get(SEEN, "")
    return int(given_) if given_.isdecimal() and len(given_) < 10 else 0


def _edit_page(
    request: HttpRequest,
    reader: Reader,
    kept: Book,
    entry: EntryInfo,
    rules: Sequence[FieldRule],
    slips: tuple[Slip, ...],
) -> HttpResponse:
    shown = boxes(kept, rules, entry.values, [rule.code for rule in rules if rule.required])
    form = Form(
        title=words(f"Sửa {entry.label}", f"Correct {entry.label}"),
        button=words("Ghi chỗ sửa", "Write it down"),
        boxes=_again(shown, request) if request.method == "POST" else shown,
        slips=slips,
        level=level_given(request.POST) or entry.level,
        revision=entry.revision,
    )
    return _of_entry(request, reader, kept, entry, form, "tracking-edit")


def _of_entry(
    request: HttpRequest, reader: Reader, kept: Book, entry: EntryInfo, form: Form, name: str, *more: str
) -> HttpResponse:
    where = (entry.register, entry.id)
    back = Link(label=f"{entry.label}: {entry.title}", href=reader.url("tracking-one", *where))
    return _page(request, kept, form, back, reader.url(name, *where, *more))


# ------------------------------------------------------------ a move


@group_page
def move(request: HttpRequest, reader: Reader, register: str, entry_id: int, move: str) -> HttpResponse:
    """Show what a move asks and whether it may be done, and do it."""
    entry = seen_entry(reader, register, entry_id)
    kept = seen_book(reader, register)
    found = move_of(kept.definition, entry, move)
    if found is None:
        if not any(one.code == move for one in kept.definition.moves):
            raise Http404
        state = kept.definition.state(entry.state)
        messages.info(
            request, words(f"Mục đang ở «{title_of(state)}».", f"The entry stands at “{title_of(state)}” now.")
        )
        return HttpResponseRedirect(reader.url("tracking-one", register, entry.id))
    rules = [kept.definition.field(code) for code in found.fields if code not in kept.shown.hidden]
    if request.method != "POST":
        return _move_page(request, reader, kept, entry, found, rules, ())
    values, empty, faults = given(kept, rules, request.POST)
    if faults:
        return _move_page(request, reader, kept, entry, found, rules, slips_of_fields(faults))
    values |= {code: "" for code in empty if code in entry.values}
    try:
        asked = Change(revision=_seen(request), values=values)
        said = _said(request)
        made = tracking.move(
            reader.account, reader.group, entry.id, move, asked, Said(paper=said.paper, reason=said.reason)
        )
    except (EntryRefused, BadInput) as problem:
        return _move_page(request, reader, kept, entry, found, rules, _slips(problem))
    state = kept.definition.state(made.state)
    messages.success(request, words(f"{made.label}: {title_of(state)}.", f"{made.label}: {title_of(state)}."))
    return HttpResponseRedirect(reader.url("tracking-one", register, entry.id))


def _move_page(
    request: HttpRequest,
    reader: Reader,
    kept: Book,
    entry: EntryInfo,
    found: Move,
    rules: Sequence[FieldRule],
    slips: tuple[Slip, ...],
) -> HttpResponse:
    by = standing(reader.account, reader.group, reader.known)
    obj = ObjectRef(kind="entry", id=entry.ref, digest=digest_of(ref=entry.ref))
    offer = chosen(by, found, Case(obj=obj, agency=entry.agency, values=entry.values))
    shown = boxes(kept, rules, entry.values, found.required)
    form = Form(
        title=f"{title_of(found)}: {entry.title}",
        button=title_of(found),
        boxes=_again(shown, request) if request.method == "POST" else shown,
        slips=slips,
        panel=panel_of(reader, offer),
        wants_reason=offer.open_with_reason,
        offers_paper=not offer.answer.allowed,
        revision=entry.revision,
    )
    return _of_entry(request, reader, kept, entry, form, "tracking-move", found.code)
