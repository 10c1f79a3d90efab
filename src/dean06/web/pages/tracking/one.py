"""One entry of a register: what it says, what can be done with it under which clause, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.catalogue.types import Asked
from dean06.charter.types import Citation
from dean06.flows import finding, tracking
from dean06.flows.tracking.offers import Book, Offer, moves, standing
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite, cite_house_rules, cite_in
from dean06.web.pages.tracking.boxes import levels
from dean06.web.pages.tracking.room import (
    aged,
    labels,
    link_to,
    seen_book,
    seen_entry,
    shown_value,
    state_chip,
    title_of,
)
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page
from dean06.work.service import registers
from dean06.work.service.registers import (
    WITHDRAWN,
    EntryInfo,
    HappenedInfo,
    Happening,
    Level,
    LinkKind,
    Value,
)

HAPPENED = {
    Happening.OPENED: ("pen", "", "Ghi vào sổ", "Entered"),
    Happening.MOVED: ("right", "now", "Chuyển", "Moved"),
    Happening.EDITED: ("pen", "", "Sửa", "Corrected"),
    Happening.UNDONE: ("left", "warn", "Hoàn tác", "Taken back"),
    Happening.LINKED: ("chain", "", "Liên kết", "Linked"),
    Happening.UNLINKED: ("none", "", "Gỡ liên kết", "Link taken away"),
    Happening.PUT: ("doc", "", "Thêm tệp minh chứng", "Evidence added"),
    Happening.TAKEN_OUT: ("none", "", "Rút tệp minh chứng", "Evidence taken away"),
}
LOOK = "tim_noi"  # what an entry is to be linked to
UNDOABLE = (Happening.OPENED, Happening.MOVED, Happening.EDITED)

__all__ = ["one", "page_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A move as the page offers it: whether it may be done, under which clause, and who can otherwise."""

    label: str
    href: str
    tone: str
    sign: str
    word: str
    clauses: SafeString
    primary: bool


@group_page
def one(request: HttpRequest, reader: Reader, register: str, entry_id: int) -> HttpResponse:
    """Show one entry."""
    return page_of(request, reader, seen_entry(reader, register, entry_id))


def page_of(request: HttpRequest, reader: Reader, entry: EntryInfo, status: int = 200) -> HttpResponse:
    """Return the page of an entry."""
    kept = seen_book(reader, entry.register)
    text = " ".join(request.GET.get(LOOK, "").split())[:120]
    by = standing(reader.account, reader.group, reader.known)
    happened = registers.history(reader.viewer, entry.id, see_all=reader.see_all)
    people = {seat.account: seat.holder for seat in by.known.seats if seat.account}
    offers = moves(by, kept.definition, entry)
    last = next((one for one in reversed(happened) if one.kind in UNDOABLE and not one.undone), None)
    told = registers.referring(entry.group_id, entry.register, entry.id)
    living = entry.state != WITHDRAWN and reader.ending is None
    shown = {
        "head": _head(reader, kept, entry, living=living),
        "facts": _facts(reader, kept, entry),
        "ways": [_way(reader, entry, offer) for offer in offers],
        "living": living,
        "timeline": Timeline(events=tuple(_event(reader, kept, one, people) for one in reversed(happened))),
        "undo": _undo(reader, kept, entry, last) if living else None,
        "links": _links(reader, kept, entry),
        "referring": _referring(reader, told),
        "files": registers.evidence(reader.viewer, entry.id, see_all=reader.see_all),
        "uptime": _uptime(reader, kept, entry, told),
        "hrefs": _hrefs(reader, entry),
        "entry": entry,
        "agencies": sorted(kept.known.agencies.items(), key=lambda one: one[1]),
        "task_title": entry.title,
        "task_lead": entry.agency,
        "levels": levels(Level.ORDINARY),
        "looked_for": text,
        "linkable": _linkable(reader, text),
        "today": writing.day(reader.today),
    }
    return render(request, "dean06/pages/tracking_entry.html", shown, status=status)


def _head(reader: Reader, kept: Book, entry: EntryInfo, *, living: bool) -> PageHead:
    code = entry.register
    edit = Action(label=words("Sửa", "Correct"), href=reader.url("tracking-edit", code, entry.id), sign="pen")
    lock = marks.chip("line", words("Hạn chế người đọc", "Restricted"), with_sign="lock")
    return PageHead(
        title=entry.title,
        crumb=Link(label=title_of(kept.definition), href=reader.url("tracking-list", code)),
        meta=(
            entry.label,
            state_chip(kept.definition, entry),
            words(f"tuổi {aged(reader, entry)}", f"age {aged(reader, entry)}"),
            *([lock] if entry.level is Level.RESTRICTED else []),
        ),
        actions=(edit,) if living else (),
    )


def _facts(reader: Reader, kept: Book, entry: EntryInfo) -> SummaryList:
    facts = [
        Fact(term=title_of(rule), value=shown_value(reader, kept, rule, entry.values[rule.code]))
        for rule in registers.fields(kept.shown)
        if rule.code in entry.values and rule.code != kept.definition.heading
    ]
    worked = registers.computed(kept.definition, entry.values)
    facts += [
        Fact(term=title_of(one), value=writing.number(worked[one.code]), aside=words("tính ra", "computed"))
        for one in kept.definition.computed
    ]
    facts.append(Fact(term=words("Vào sổ", "Entered"), value=writing.instant(entry.opened_at)))
    if entry.closed_at:
        facts.append(Fact(term=words("Kết thúc", "Closed"), value=writing.instant(entry.closed_at)))
    return SummaryList(facts=tuple(facts))


def _way(reader: Reader, entry: EntryInfo, offer: Offer) -> Way:
    decision = offer.answer.decision
    tone, sign, vi, en = {
        "allowed": ("ok", "ok", "Được", "Allowed"),
        "not_regulated": ("mute", "ask", "Quy chế không quy định: làm kèm lý do", "Not regulated: with a reason"),
    }.get(offer.outcome, ("warn", "bang", "Chưa được", "Not allowed"))
    if offer.outcome == "not_allowed" and offer.open_with_reason:
        vi, en = "Giao vai khác: làm kèm lý do", "Given to another: with a reason"
    chips = format_html_join(" ", "{}", ((cite_in(reader, decision.charter, one),) for one in decision.citations[:2]))
    return Way(
        label=title_of(offer.move),
        href=reader.url("tracking-move", entry.register, entry.id, offer.move.code),
        tone=tone,
        sign=sign,
        word=words(vi, en),
        clauses=chips,
        primary=offer.answer.allowed,
    )


def _undo(reader: Reader, kept: Book, entry: EntryInfo, last: HappenedInfo | None) -> dict[str, object] | None:
    """Return what the button of taking back says, where this reader may and there is something to take back."""
    if last is None or not tracking.undo_answer(reader.account, reader.group, entry, last.id).allowed:
        return None
    return {
        "event": last.id,
        "href": reader.url("tracking-undo", entry.register, entry.id),
        "label": words(f"Hoàn tác: {_named_move(kept, last)}", f"Take back: {_named_move(kept, last)}"),
    }


def _named_move(kept: Book, one: HappenedInfo) -> str:
    known = {move.code: move for move in (*kept.definition.openings, *kept.definition.moves)}
    return title_of(known[one.move]) if one.move in known else words(*HAPPENED[one.kind][2:])


def _event(reader: Reader, kept: Book, one: HappenedInfo, people: Mapping[str, str]) -> Event:
    sign, tone, vi, en = HAPPENED[one.kind]
    text = _named_move(kept, one) if one.kind in (Happening.OPENED, Happening.MOVED) else words(vi, en)
    states = _states(kept, one)
    parts = (_who(reader, one, people), _under(reader, one), states)
    note = format_html_join("", "<span>{}</span> ", ((part,) for part in parts if part))
    return Event(
        text=text,
        when=writing.instant(one.at),
        iso=one.at.isoformat(),
        sign=sign,
        tone="" if one.undone else tone,
        note=format_html("{}{}", note, _changes(kept, one)),
    )


def _states(kept: Book, one: HappenedInfo) -> str:
    after = title_of(kept.definition.state(one.after))
    if not one.before or one.before == one.after:
        return words("(đã hoàn tác)", "(taken back)") if one.undone else ""
    told = f"{title_of(kept.definition.state(one.before))} → {after}"
    return f"{told} {words('(đã hoàn tác)', '(taken back)')}" if one.undone else told


def _who(reader: Reader, one: HappenedInfo, people: Mapping[str, str]) -> str:
    name = people.get(one.actor, "")
    role = reader.charter.roles.get(one.role)
    hat = role.title if role else words("Tổ công tác", "The group") if one.role == "group" else one.role
    paper = words(f"ghi thay theo {one.paper}", f"recorded on {one.paper}") if one.paper else ""
    return ", ".join(part for part in (name, hat, paper) if part)


def _of_a_group(reader: Reader, text: str) -> bool:
    """Say whether a text is the group's own, or of a group before; the house rules change with the product."""
    if any(one.hash == text for one in reader.texts):
        return True
    before = (adoption.charters_of(one.charter_line) for one in reader.predecessors.values())
    return any(one.hash == text for texts in before for one in texts)


def _under(reader: Reader, one: HappenedInfo) -> SafeString | str:
    """Show the clauses under which something was done; where the charter was silent, that."""
    if one.outcome == "not_regulated":
        return marks.chip("not_regulated")
    cites = [Citation.parse(dotted) for dotted in one.citations[:2]]
    if not cites:
        return ""
    if not _of_a_group(reader, one.charter):
        return cite_house_rules(reader, cites)
    return format_html_join(" ", "{}", ((cite(reader, cited, text=one.charter),) for cited in cites))


def _changes(kept: Book, one: HappenedInfo) -> SafeString:
    """Show each value that was changed, the old one struck out."""
    rules = {rule.code: rule for rule in kept.definition.fields}
    if one.kind is Happening.OPENED:
        return SafeString("")
    rows = []
    for code, (old, new) in one.changed.items():
        rule = rules.get(code)
        if rule is None:
            continue
        before = registers.written(rule, old, kept.known, current_language())
        after = registers.written(rule, new, kept.known, current_language())
        struck = format_html("<del>{}</del> ", _short(before)) if before else SafeString("")
        rows.append((title_of(rule), struck, _short(after) or words("để trống", "left empty")))
    return format_html_join("", '<span class="d-block">{}: {}{}</span>', rows)


def _short(text: str) -> str:
    return f"{text[:160]}…" if len(text) > 160 else text


def _links(reader: Reader, kept: Book, entry: EntryInfo) -> list[tuple[int, str, str | SafeString]]:
    """Return (id, kind, what it leads to) of every link."""
    kinds = {
        LinkKind.TASK: words("Nhiệm vụ", "Task"),
        LinkKind.PAPER: words("Văn bản", "Paper"),
        LinkKind.MEETING: words("Phiên họp", "Meeting"),
        LinkKind.ENTRY: words("Mục", "Entry"),
    }
    found = registers.links(reader.viewer, entry.id, see_all=reader.see_all)
    if not found:
        return []
    led: dict[str, list[int]] = {}
    for one in found:
        led.setdefault(one.kind.value, []).append(int(one.target))
    known = {**kept.known.labels, **labels(reader, led, led)}
    named = replace(kept, known=replace(kept.known, labels=known))
    return [(one.id, kinds[one.kind], link_to(reader, one.kind.value, int(one.target), named)) for one in found]


def _referring(reader: Reader, found: list[EntryInfo]) -> Table | None:
    """Return the entries of other registers whose fields lead here, as far as the reader may see."""
    seen = registers.seen_labels(
        reader.viewer, reader.group.id, {one.register for one in found}, see_all=reader.see_all
    )
    rows = []
    for one_ in found:
        if (one_.register, one_.id) not in seen:
            continue
        definition = registers.definition(one_.register)
        rows.append(
            Row(
                cells=(
                    marks.link(one_.label, reader.url("tracking-one", one_.register, one_.id)),
                    one_.title,
                    title_of(definition),
                    state_chip(definition, one_),
                )
            )
        )
    if not rows:
        return None
    return Table(
        caption=words("Mục dẫn tới đây", "Entries that lead here"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Mục", "Entry"), kind="text"),
            Column(label=words("Sổ", "Register")),
            Column(label=words("Trạng thái", "State"), nowrap=True),
        ),
        rows=tuple(rows),
    )


def _uptime(reader: Reader, kept: Book, entry: EntryInfo, told: Iterable[EntryInfo]) -> Table | None:
    """Return the uptime of a component, month by month, from the incidents that name it."""
    panel = kept.definition.panel
    if panel is None:
        return None
    promised = entry.values.get(panel.promised)
    return Table(
        caption=words("Thời gian hoạt động theo tháng, tính từ sổ sự cố", "Uptime by month, from the incidents"),
        columns=(
            Column(label=words("Tháng", "Month"), nowrap=True),
            Column(label=words("Hoạt động", "Up"), kind="num"),
            Column(label=words("Giờ gián đoạn", "Hours down"), kind="num"),
            Column(label=words("Giờ bảo trì", "Hours planned"), kind="num"),
            Column(label=words("Sự cố", "Incidents"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.month(month.month),
                    _share(month.share, promised),
                    writing.number(month.down, 1),
                    writing.number(month.planned, 1),
                    writing.number(month.incidents),
                )
            )
            for month in registers.uptime(panel, entry, told, reader.now)
        ),
    )


def _share(share: float | None, promised: Value | None) -> str | SafeString:
    shown = writing.percent(share, 2)
    if share is not None and isinstance(promised, int | float) and share * 100 < promised:
        return marks.below(shown, f"{writing.number(promised, 2)} %")
    return shown


def _linkable(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    """Return what an entry may be linked to by hand and fits some words: (link, kind, label)."""
    if not text:
        return []
    kinds = {"task": words("Nhiệm vụ", "Task"), "paper": words("Văn bản", "Paper"), "meeting": words("Họp", "Meeting")}
    here = frozenset({reader.group.id})
    asked = Asked(text=text, groups=here, kinds=frozenset(kinds), see_all={reader.group.id: reader.see_all})
    found = finding.search(reader.viewer, [reader.group], asked).items
    return [(f"{one.kind}:{one.args[0]}", kinds[one.kind], f"{one.label} {one.title}".strip()) for one in found]


def _hrefs(reader: Reader, entry: EntryInfo) -> dict[str, str]:
    where = (entry.register, entry.id)
    names = ("link", "unlink", "task", "put", "take-out")
    return {name.replace("-", "_"): reader.url(f"tracking-{name}", *where) for name in names}
