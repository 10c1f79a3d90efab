"""Quy chế: the articles with their clauses as printed, the norms read out of each, and who holds what power today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Norm, Provision
from dean06.clock.errors import BadInput
from dean06.flows import setup
from dean06.web import confirming
from dean06.web.language import current_language, words
from dean06.web.pages.charter.norms import applied, carried, counts
from dean06.web.pages.charter.versions import (
    covering_words,
    pending,
    shown_text,
    standing,
    version_meta,
    version_of,
    version_table,
)
from dean06.web.pages.clauses import anchor, short_label
from dean06.web.pages.days import day_given
from dean06.web.parts import law
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

COVERING = "QĐ-"  # articles of the decision that issues the text

__all__ = ["article", "charter_page", "confirm"]


def _articles(nodes: Sequence[Provision]) -> Iterator[Provision]:
    for node in nodes:
        if node.kind == "article":
            yield node
        else:
            yield from _articles(node.children)


def _clauses(node: Provision) -> Iterator[Provision]:
    """Give an article and everything under it that has an address, in the order of the text."""
    if node.cite is not None:
        yield node
    for child in node.children:
        yield from _clauses(child)


def _by_clause(charter: Charter) -> dict[str, list[Norm]]:
    found: dict[str, list[Norm]] = defaultdict(list)
    for norm in charter.norms:
        found[norm.cite.dotted].append(norm)
    return found


def _at(reader: Reader, shown: Charter, **more: str) -> str:
    """Return what an address of the version shown says besides."""
    query = reader.version_query(shown.hash) | more
    return f"?{urlencode(query)}" if query else ""


def _toc(reader: Reader, shown: Charter, current: Provision) -> law.Toc:
    entries: list[law.TocEntry] = []

    def walk(nodes: Sequence[Provision]) -> None:
        for node in nodes:
            if node.kind == "article":
                number = node.cite.article.removeprefix("QĐ-") if node.cite else node.label
                entries.append(
                    law.TocEntry(
                        label=words(f"Điều {number}", f"Art. {number}") if number.isdecimal() else "",
                        title=node.heading,
                        href=reader.url("charter-article", node.cite.article if node.cite else node.label)
                        + _at(reader, shown),
                        current=node is current,
                    )
                )
                continue
            label = words(f"Chương {node.label}", f"Chapter {node.label}") if node.kind == "chapter" else ""
            entries.append(law.TocEntry(label=label or node.heading, title=node.heading if label else ""))
            walk(node.children)

    walk(shown.provisions)
    return law.Toc(label=words("Các điều", "Articles"), entries=tuple(entries))


def _listed(reader: Reader, charter: Charter, issued: str) -> list[dict[str, str]]:
    """Return the articles of a text; those of its issuing decision say which decision that is."""
    by_article: dict[str, list[Norm]] = defaultdict(list)
    for norm in charter.norms:
        by_article[norm.cite.article].append(norm)
    return [
        {
            "href": reader.url("charter-article", one.cite.article) + _at(reader, charter),
            "under": issued if one.cite.article.startswith(COVERING) else "",
            "label": charters.clause_label(one.cite, current_language()),
            "heading": one.heading,
            "summary": words(one.summary.vi, one.summary.en),
            "norms": counts(by_article[one.cite.article]),
        }
        for one in _articles(charter.provisions)
        if one.cite is not None
    ]


@group_page
def charter_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the whole charter by article: the version in force, or the one that is asked for."""
    charter = shown_text(request, reader)
    version = version_of(reader, charter)
    wanting = version.info.printed_blank and not version.info.is_confirmed
    shown = {
        "head": PageHead(
            title=words("Quy chế", "Charter"),
            meta=(
                charter.title,
                *version_meta(reader, charter),
                counts(charter.norms),
                format_html("SHA-256 <code>{} … {}</code>", charter.hash[:8], charter.hash[-4:]),
            ),
            actions=(
                Action(label=words("Điểm để ngỏ", "What it leaves open"), href=reader.url("charter-gaps"), sign="ask"),
                Action(label=words("Soạn, sửa đổi", "Write, amend"), href=reader.url("charter-drafts"), sign="pen"),
            ),
        ),
        "notice": standing(reader, version),
        "pending": pending(reader, version),
        "versions": version_table(reader),
        "asked": _at(reader, charter),
        "confirm_href": reader.url("charter-confirm") if wanting and charter.hash == reader.charter.hash else "",
        "confirming": confirming.asked(request, reader) if wanting and charter.hash == reader.charter.hash else None,
        "typed": request.POST,
        "confirmed_once": version.info.confirmed_by > 0,
        "articles": _listed(reader, charter, covering_words(version)),
    }
    return render(request, "dean06/pages/charter.html", shown)


def _shown(reader: Reader, charter: Charter, node: Provision, norms: Sequence[Norm], picked: Citation) -> law.Provision:
    cited = node.cite or picked
    notes = sum(note.where == cited.dotted for note in charter.notes)
    return law.Provision(
        id=anchor(cited),
        label=short_label(cited),
        text=words(node.summary.vi, node.summary.en) or node.heading,
        carries=counts(norms)
        or (words("lời dẫn", "introduction") if node.children else words("không có quy phạm", "no norm")),
        marks=carried(norms, notes),
        href=f"{_at(reader, charter, khoan=cited.dotted)}#{anchor(cited)}",
        picked=cited == picked,
    )


def _issued(reader: Reader, charter: Charter, label: str) -> tuple[str, ...]:
    """Say whose decision an article of the covering part belongs to."""
    if not label.startswith(COVERING):
        return ()
    named = covering_words(version_of(reader, charter))
    return (named,) if named else ()


def _picked(clauses: Sequence[Provision], norms: dict[str, list[Norm]], asked: str) -> Citation:
    addresses = [node.cite for node in clauses if node.cite is not None]
    wanted = next((cited for cited in addresses if cited.dotted == asked), None)
    return wanted or next((cited for cited in addresses if norms.get(cited.dotted)), addresses[0])


@group_page
def article(request: HttpRequest, reader: Reader, label: str) -> HttpResponse:
    """Show one article: clauses as printed with our words for them, and how the picked clause is applied."""
    charter = shown_text(request, reader)
    found = next((one for one in _articles(charter.provisions) if one.cite and one.cite.article == label), None)
    if found is None:
        raise Http404
    norms = _by_clause(charter)
    clauses = [node for node in _clauses(found) if node.cite != found.cite or not found.children or norms.get(label)]
    clauses = clauses or [found]
    picked = _picked(clauses, norms, request.GET.get("khoan", ""))
    notes = [note for note in charter.notes if note.where == picked.dotted]
    summary = words(found.summary.vi, found.summary.en)
    shown = {
        "head": PageHead(
            title=f"{charters.clause_label(Citation(article=label), current_language())}. {found.heading}",
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter") + _at(reader, charter)),
            meta=(
                charter.title,
                *version_meta(reader, charter),
                *_issued(reader, charter, label),
            ),
        ),
        "notice": standing(reader, version_of(reader, charter)) if charter.hash != reader.charter.hash else None,
        "toc": _toc(reader, charter, found),
        "summary": summary,
        "provisions": [
            _shown(reader, charter, node, norms.get(node.cite.dotted, []), picked) for node in clauses if node.cite
        ],
        "picked_id": anchor(picked),
        "picked": charters.clause_label(picked, current_language()),
        "norms": applied(reader, charter, picked),
        "notes": Checklist(items=tuple(Check(text=words(n.vi, n.en), tone="warn", sign="warn") for n in notes)),
    }
    return render(request, "dean06/pages/charter_article.html", shown)


@confirming.signs(charter_page)
def confirm(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter or confirm number and date of a text that came without them; two different people must."""
    number = " ".join(request.POST.get("so", "").split())
    if not number:
        raise BadInput("Ghi số của quyết định ban hành.", "Give the number of the issuing decision.")
    adopted_on = day_given(request.POST.get("ngay", ""), "Ngày ban hành")
    count = setup.confirm_instrument(reader.account, reader.group, number, adopted_on)
    text = (
        words("Đã đủ hai người xác nhận: quy chế có hiệu lực.", "Two people have confirmed: the text is in force.")
        if count >= 2
        else words("Đã ghi. Cần thêm một người nữa xác nhận.", "Noted. One more person must confirm.")
    )
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("charter"))
