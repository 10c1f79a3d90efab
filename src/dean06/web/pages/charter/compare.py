"""Two charters side by side: what people have declared, what the comparison finds, and what it means for each role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Norm
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages import clauses
from dean06.web.pages.charter.versions import shown_text, version_meta
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.parts.work import Check, Checklist
from dean06.web.reader import Reader, group_page

CHANGES = {"gained": ("ok", "up"), "lost": ("bad", "dn")}
KINDS = {"only_a": ("bad", "dash"), "only_b": ("ok", "up"), "changed": ("warn", "neq"), "moved": ("mute", "right")}

__all__ = ["compare"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A charter that the group's own may be compared with."""

    value: str
    label: str
    charter: Charter


def _choices(reader: Reader, mine: Charter) -> list[Choice]:
    """Offer the other versions of the group's line, then the shipped charters."""
    versions = [
        Choice(f"v{one.version}", words(f"phiên bản {one.version}", f"version {one.version}"), one)
        for one in reader.texts
        if one.hash != mine.hash
    ]
    shipped = [(name, charters.load(name)) for name in charters.packages()]
    return [*versions, *(Choice(name, one.title, one) for name, one in shipped if one.kind != "installation")]


def _sides(found: charters.Comparison) -> tuple[str, str]:
    a, b = found.a, found.b
    if a.line == b.line:
        return words(f"bản {a.version}", f"version {a.version}"), words(f"bản {b.version}", f"version {b.version}")
    return a.body.place or a.title, b.body.place or b.title


def _cited(reader: Reader, charter: Charter, cites: Iterable[Citation]) -> list[SafeString]:
    """Show clauses as chips; those of the group's own texts lead to their pages."""
    if charter.line == reader.charter.line and any(one.hash == charter.hash for one in reader.texts):
        return [clauses.cite(reader, cite, text=charter.hash) for cite in cites]
    return [marks.clause(charters.clause_label(cite, current_language())) for cite in cites]


def _side(reader: Reader, charter: Charter, side: charters.Side | None) -> SafeString | str:
    if side is None:
        return marks.chip("mute", words("không có", "absent"), with_sign="dash")
    text = words(side.words.vi, side.words.en)
    chips = _cited(reader, charter, side.cites)
    return format_html("{}<br>" + " ".join("{}" for _ in chips), text, *chips) if chips else text


def _declared(reader: Reader, found: charters.Comparison, known: charters.Differences) -> Table:
    sides = _sides(found)
    return Table(
        caption=words("Các khác biệt đã nêu", "Declared differences"),
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Về việc", "Matter"), kind="text"),
            Column(label=sides[0], kind="text"),
            Column(label=sides[1], kind="text"),
        ),
        rows=tuple(
            Row(
                id=item.code.lower(),
                cells=(
                    item.code,
                    _matter(found, item),
                    _side(reader, found.a, item.a),
                    _side(reader, found.b, item.b),
                ),
            )
            for item in known.items
        ),
    )


def _matter(found: charters.Comparison, item: charters.Difference) -> SafeString | str:
    text = words(item.matter.vi, item.matter.en)
    if charters.borne_out(found, item):
        return text
    gone = marks.chip("warn", words("không còn đúng", "no longer so"), with_sign="warn")
    return format_html("{} {}", text, gone)


def _effects(reader: Reader, found: charters.Comparison) -> list[tuple[str, Checklist]]:
    language = current_language()
    told = []
    for kind, effects in charters.effects_by_kind(found):
        items = []
        for one in effects:
            tone, sign = CHANGES.get(one.change, ("warn", "neq"))
            chips = [*_cited(reader, found.a, one.cites_a), *_cited(reader, found.b, one.cites_b)]
            text = charters.effect_text(found.a, found.b, one, language)
            items.append(Check(text=text, tone=tone, sign=sign, aside=chips[0] if chips else ""))
        told.append((charters.effect_kind(kind, language), Checklist(items=tuple(items))))
    roles = [Check(text=words(one.vi, one.en), tone="bad", sign="dn") for one in charters.absent_roles(found)]
    if roles:
        told.append((words("Vai chỉ có ở một bên", "Roles of one side alone"), Checklist(items=tuple(roles))))
    return told


def _norms(found: charters.Comparison) -> Checklist:
    language = current_language()
    sides = _sides(found)
    items = []
    for one in found.norms:
        norm = one.a or one.b
        if norm is None:
            continue
        tone, sign = KINDS[one.kind]
        only = {
            "only_a": words(f"chỉ có ở {sides[0]}", f"only in {sides[0]}"),
            "only_b": words(f"chỉ có ở {sides[1]}", f"only in {sides[1]}"),
        }
        fields = "; ".join(charters.field_text(found.a, found.b, change, language) for change in one.fields)
        note = only.get(one.kind) or fields
        items.append(Check(text=_norm(one, norm, found), tone=tone, sign=sign, note=note))
    return Checklist(items=tuple(items))


def _norm(change: charters.NormChange, norm: Norm, found: charters.Comparison) -> str:
    language = current_language()
    side = found.a if change.a else found.b
    who = ", ".join(charters.party_name(side, bearer.party, language) for bearer in norm.bearers)
    act = charters.norm_act(norm, language) or charters.type_name(norm.type, language)
    return f"{charters.clause_label(norm.cite, language)}. {f'{who}: ' if who else ''}{act}"


def _clauses(found: charters.Comparison) -> Checklist:
    language = current_language()
    items = []
    for one in found.text:
        tone, sign = KINDS[one.kind]
        said = [node for node in (one.a, one.b) if node is not None and node.cite is not None]
        labels = dict.fromkeys(charters.clause_label(node.cite, language) for node in said if node.cite)
        texts = dict.fromkeys(words(node.summary.vi, node.summary.en) or node.heading for node in said)
        text = f"{' → '.join(labels)}, {charters.text_change(one, language)}"
        items.append(Check(text=text, tone=tone, sign=sign, note=" → ".join(texts)))
    return Checklist(items=tuple(items))


@group_page
def compare(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Compare the group's charter with another version of it or with a shipped one."""
    mine = shown_text(request, reader)
    choices = _choices(reader, mine)
    asked = request.GET.get("voi", "")
    chosen = next((one for one in choices if one.value == asked), None)
    if asked and chosen is None:
        raise Http404
    shown: dict[str, object] = {
        "head": PageHead(
            title=words("So sánh quy chế", "Compare charters"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(mine.title, *version_meta(reader, mine)),
        ),
        "own": mine.version if mine.hash != reader.charter.hash else "",
        "choices": choices,
        "asked": asked,
    }
    if chosen is not None:
        shown |= _compared(reader, mine, chosen, request.GET.get("phan", ""))
    return render(request, "dean06/pages/charter_compare.html", shown)


def _compared(reader: Reader, mine: Charter, chosen: Choice, asked: str) -> dict[str, object]:
    """Show one part of the comparison: the declared differences, the effect, the norms or the clauses."""
    earlier = chosen.charter.line == mine.line and chosen.charter.version < mine.version
    pair = (chosen.charter, mine) if earlier else (mine, chosen.charter)
    found = charters.compare(*pair)
    known = charters.declared(found.a.line, found.b.line)
    parts = _parts(found, known)
    part = asked if asked in parts else next(iter(parts), "")
    shown: dict[str, object] = {
        "same": found.same,
        "between": f"{found.a.title} → {found.b.title}",
        "part": part,
        "parts": _facets(parts, _asked(reader, mine, chosen), part),
    }
    if part == "da-neu" and known:
        asides = [words(one.reason.vi, one.reason.en) for one in known.asides]
        return shown | {"declared": _declared(reader, found, known), "asides": asides}
    if part == "anh-huong":
        return shown | {"effects": _effects(reader, found)}
    if part == "quy-pham":
        return shown | {"norms": _norms(found)}
    return shown | {"clauses": _clauses(found)}


def _parts(found: charters.Comparison, known: charters.Differences | None) -> dict[str, tuple[int, str]]:
    """Count what each part of the page holds; an empty part is left out."""
    counts = {
        "da-neu": (len(known.items) if known else 0, words("khác biệt đã nêu", "declared differences")),
        "anh-huong": (len(found.effects), words("thay đổi về quyền, nghĩa vụ", "changes of powers and duties")),
        "quy-pham": (len(found.norms), words("quy phạm khác nhau", "norms differ")),
        "dieu-khoan": (len(found.text), words("điều khoản khác nhau", "clauses differ")),
    }
    return {code: told for code, told in counts.items() if told[0]}


def _asked(reader: Reader, mine: Charter, chosen: Choice) -> dict[str, str]:
    return reader.version_query(mine.hash) | {"voi": chosen.value}


def _facets(parts: Mapping[str, tuple[int, str]], asked: Mapping[str, str], part: str) -> Facets:
    items = tuple(
        Facet(
            label=label,
            count=writing.number(count),
            href=f"?{urlencode({**asked, 'phan': code})}",
            current=code == part,
        )
        for code, (count, label) in parts.items()
    )
    return Facets(label=words("Phần đang xem", "Part shown"), items=items)
