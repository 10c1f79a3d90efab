"""Clauses as chips: the label as printed, and the page of its article with the clause picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation
from dean06.sources.types import AssignmentInfo
from dean06.web import marks
from dean06.web.language import current_language, words
from dean06.web.parts.work import Fact
from dean06.web.reader import Reader
from dean06.work.types import TaskInfo

INSTALLATION = "installation"


class HasAddress(Protocol):
    """Anything that rests on a clause."""

    @property
    def article(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def point(self) -> str: ...


def citation_of(basis: HasAddress) -> Citation:
    """Return the address of a clause."""
    return Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)


def label_of(basis: HasAddress) -> str:
    """Return `Điều 7 khoản 2 điểm k`."""
    return charters.clause_label(citation_of(basis), current_language()) if basis.article else ""


def short_label(cited: Citation) -> str:
    """Return `Khoản 2 điểm k`: the address inside its article."""
    language = current_language()
    whole = charters.clause_label(cited, language)
    inside = whole.removeprefix(charters.clause_label(Citation(article=cited.article), language)).strip()
    return inside[:1].upper() + inside[1:] if inside else whole


def anchor(cited: Citation) -> str:
    """Return the id under which a clause stands on the page of its article."""
    return f"d-{cited.dotted.replace('.', '-')}"


def address(reader: Reader, cited: Citation, group_id: int | None = None, text: str = "") -> str:
    """Return the page of a clause's article, that clause picked.

    Args:
        reader: who reads.
        cited: the clause.
        group_id: a group before, whose charter it is.
        text: hash of the version that is meant; empty for the one in force.
    """
    page = (
        reader.url_at(group_id, "charter-article", cited.article)
        if group_id
        else reader.url("charter-article", cited.article)
    )
    query = reader.version_query(text, group_id) | ({"khoan": cited.dotted} if cited.clause else {})
    asked = f"?{urlencode(query)}" if query else ""
    return f"{page}{asked}#{anchor(cited)}" if cited.clause else f"{page}{asked}"


def cite(reader: Reader, cited: Citation, *, kind: str = "", group_id: int | None = None, text: str = "") -> SafeString:
    """Show a clause as a chip that leads to its page: in the charter of a group before, in the version named."""
    label = charters.clause_label(cited, current_language())
    return marks.clause(label, address(reader, cited, group_id, text), kind=kind)


def cite_in(reader: Reader | None, charter: Charter, cited: Citation) -> SafeString:
    """Show a clause of the charter that decided; the installation's own is named, and its page linked."""
    if charter.kind != INSTALLATION:
        return cite(reader, cited) if reader else marks.clause(charters.clause_label(cited, current_language()))
    return cite_house_rules(reader, (cited,))


def cite_house_rules(reader: Reader | None, cites: Sequence[Citation]) -> SafeString:
    """Show clauses of the installation's own charter: `Nội quy hệ thống, Điều 2 khoản 2`."""
    labels = "; ".join(charters.clause_label(one, current_language()) for one in cites)
    href = f"{reader.url('charter-house-rules')}#{anchor(cites[0])}" if reader else ""
    return marks.clause(f"{words('Nội quy hệ thống', 'House rules')}, {labels}", href)


def quoted(reader: Reader, decision: charters.Decision) -> tuple[Fact, ...]:
    """Show the clauses a decision rests on, each with its summary below."""
    told = []
    for cited in decision.citations[:2]:
        summary = charters.summary_of(decision.charter, cited)
        text = words(summary.vi, summary.en)
        quote = format_html('<p class="quote mt-2">{}</p>', text) if text else ""
        told.append(
            Fact(
                term=words("Căn cứ", "Clause"),
                value=format_html("{}{}", cite_in(reader, decision.charter, cited), quote),
            )
        )
    return tuple(told)


def cite_basis(
    reader: Reader, basis: HasAddress, reading: str = "", group_id: int | None = None, *, text: str = ""
) -> SafeString:
    """Show the clause something rests on; where that is a reading, or of a group before, the chip says and leads so.

    `text` is the hash of the version that it was done under.
    """
    if not basis.article:
        return SafeString("")
    kind = "reading" if reading and not group_id else ""
    return cite(reader, citation_of(basis), kind=kind, group_id=group_id, text=text)


def cite_task(reader: Reader, task: TaskInfo) -> SafeString:
    """Show the clause a task rests on, in the version under which it was given."""
    basis = task.basis
    return cite_basis(reader, basis, basis.reading, task.came_from_group, text=basis.charter_hash)


def assignment_of(reader: Reader, source: str) -> AssignmentInfo | None:
    """Return the assignment a source is given by: its own, or that of the list whose file it is read from."""
    contract = reader.contracts.find(source)
    return reader.standing.get(source) or reader.standing.get((contract.beside if contract else None) or "")


def cite_assignment(reader: Reader, held: AssignmentInfo) -> SafeString:
    """Show the clause under which a source is given to its agency; where a contract alone names it, that."""
    if not held.citation["article"]:
        return marks.clause(words("hợp đồng dữ liệu", "contract"), reader.url("sources-one", held.source), kind="local")
    cited = Citation(
        article=str(held.citation["article"]), clause=held.citation.get("clause"), point=held.citation.get("point")
    )
    return cite(reader, cited, kind="reading" if held.reading else "", text=reader.hash_on(held.since))
