"""Quy chế: the articles with their clauses as printed, the norms read out of each, and who holds what power today."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Norm, Provision
from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.reader import Reader, group_page

TYPES = {
    "power": ("info", "Quyền", "Power"),
    "duty": ("warn", "Nhiệm vụ", "Duty"),
    "prohibition": ("bad", "Không được", "Prohibition"),
    "procedure": ("ask", "Thể thức", "Procedure"),
}

__all__ = ["article", "charter_page"]


def _norms(charter: Charter) -> dict[str, list[Norm]]:
    found: dict[str, list[Norm]] = defaultdict(list)
    for norm in charter.norms:
        found[norm.cite.dotted].append(norm)
    return found


def _norm(reader: Reader, charter: Charter, norm: Norm) -> dict[str, object]:
    tone, vi, en = TYPES.get(norm.type, ("mute", "Quy định chung", "General"))
    action = charters.vocabulary().actions.get(norm.action) if norm.action else None
    today = clock.today(reader.group)
    people = [
        seat.holder
        for bearer in norm.bearers
        for seat in offices.holders(reader.group.id, today, role=bearer.role, agency=bearer.agency)
    ]
    return {
        "chip": chip(tone, words(vi, en), with_sign="law"),
        "who": ", ".join(charters.party_name(charter, bearer.party) for bearer in norm.bearers),
        "what": words(action.name.vi, action.name.en) if action else "",
        "reading": words(norm.reading.vi, norm.reading.en) if norm.reading else "",
        "people": ", ".join(dict.fromkeys(people)),
        "untestable": "" if norm.testable else words("không đo được bằng hệ thống", "cannot be measured by the system"),
        "source": norm.source,
    }


def _provision(reader: Reader, charter: Charter, one: Provision, norms: dict[str, list[Norm]]) -> dict[str, object]:
    cited = one.cite
    notes = [words(note.vi, note.en) for note in charter.notes if cited is not None and note.where == cited.dotted]
    return {
        "label": charters.clause_label(cited) if cited else one.label,
        "anchor": cited.dotted.replace(".", "-") if cited else "",
        "heading": one.heading,
        "summary": words(one.summary.vi, one.summary.en),
        "norms": [_norm(reader, charter, norm) for norm in norms.get(cited.dotted, [])] if cited else [],
        "notes": notes,
        "no_norm": one.no_norm,
        "children": [_provision(reader, charter, child, norms) for child in one.children],
    }


def _articles(charter: Charter) -> list[Provision]:
    found: list[Provision] = []

    def walk(nodes: tuple[Provision, ...]) -> None:
        for node in nodes:
            if node.kind == "article":
                found.append(node)
            else:
                walk(node.children)

    walk(charter.provisions)
    return found


def _force(charter: Charter) -> Notice:
    known = adoption.adoption_facts(charter.line)
    if charter.is_unsigned and "charter.confirmed_by_two" not in known:
        text = words(
            "Văn bản chưa có số, ngày hoặc chưa đủ hai người xác nhận: đọc và thử được, chưa áp dụng.",
            "The text has no number or date confirmed by two people: it can be read, not enforced.",
        )
        return Notice(text=text, tone="warn", sign="warn")
    number = charter.instrument.number or str(known.get("charter.number", ""))
    since = writing.day(charter.in_force_from or str(known.get("charter.adopted_on", "")))
    demo = words(" (số và ngày bịa, bản trình diễn)", " (invented number and date)") if charter.is_unsigned else ""
    text = words(
        f"Quyết định số {number}, có hiệu lực từ {since}{demo}.", f"Decision {number}, in force since {since}{demo}."
    )
    return Notice(text=text, tone="law", sign="law")


@group_page
def charter_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the whole charter by article."""
    charter = adoption.charter_of(reader.group.charter_line)
    shown = {
        "head": PageHead(
            title=words("Quy chế", "Charter"),
            meta=(
                charter.title,
                f"SHA-256 {charter.hash[:12]}…",
                words(f"{len(charter.norms)} quy phạm", f"{len(charter.norms)} norms"),
            ),
        ),
        "notice": _force(charter),
        "articles": [
            {
                "href": reader.url("charter-article", one.label),
                "label": charters.clause_label(one.cite) if one.cite else one.label,
                "heading": one.heading,
                "summary": words(one.summary.vi, one.summary.en),
                "norms": sum(1 for norm in charter.norms if norm.cite.article == one.label),
            }
            for one in _articles(charter)
        ],
    }
    return render(request, "dean06/pages/charter.html", shown)


@group_page
def article(request: HttpRequest, reader: Reader, label: str) -> HttpResponse:
    """Show one article: clauses as printed, our words for them, norms, readings, oddities, and who holds them."""
    charter = adoption.charter_of(reader.group.charter_line)
    ordered = _articles(charter)
    found = next((one for one in ordered if one.label == label or (one.cite and one.cite.article == label)), None)
    if found is None:
        return render(request, "404.html", status=404)
    cited = found.cite or Citation(article=label)
    shown = {
        "head": PageHead(
            title=f"{charters.clause_label(cited)}. {found.heading}",
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(
                charter.title,
                words(
                    "tóm lược bằng lời của hệ thống, không phải nguyên văn", "in our own words, not the official text"
                ),
            ),
        ),
        "article": _provision(reader, charter, found, _norms(charter)),
        "others": [(reader.url("charter-article", one.label), one.label, one.heading, one is found) for one in ordered],
        "language": current_language(),
    }
    return render(request, "dean06/pages/charter_article.html", shown)
