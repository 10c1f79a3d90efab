"""Before somebody acts: whether the charter lets them, in one sentence with its clause, and who can otherwise."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.flows.authority import Answer
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.parts.work import Fact, SignPanel
from dean06.web.reader import Reader
from dean06.web.refusing import REASON, missing_checks, people_who_can

__all__ = ["question", "reason_of", "under"]


def reason_of(request: HttpRequest) -> str | None:
    """Return the reason that came with a form, where one was given."""
    return " ".join(request.POST.get(REASON, "").split())[:500] or None


def question(reader: Reader, found: Answer, panel_id: str = "duoc-khong") -> SignPanel:
    """Return the panel that says whether the reader may do it, under which clause, and who can where not."""
    decision = found.decision
    allowed = found.allowed
    open_ = decision.outcome == "not_regulated"
    return SignPanel(
        id=panel_id,
        answer="yes" if allowed else "open" if open_ else "no",
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


def under(reader: Reader, found: Answer) -> SafeString:
    """Return the clauses under which something is allowed, as chips."""
    chips = [cite_in(reader, found.decision.charter, one) for one in found.decision.citations[:2]]
    return format_html("{}" * len(chips), *chips) if chips else SafeString("")
