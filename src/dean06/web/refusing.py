"""Every refusal of the house as a page: what is missing, who can, and the next step; bad input as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from dean06.charter import service as charters
from dean06.charter.errors import NeedsReason, Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, RefusedByCharter
from dean06.conduct.errors import ConductNotFound
from dean06.corrections.errors import OrderNotFound
from dean06.funds.errors import FundsNotFound
from dean06.machines.errors import MachineNotFound
from dean06.meetings.errors import MeetingNotFound
from dean06.offices import service as offices
from dean06.reconcile.errors import NotYours
from dean06.web import confirming
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.parts.page import Action
from dean06.web.parts.work import Check, Fact, Person, SignPanel
from dean06.web.reader import Reader
from dean06.web.views_errors import not_there, refused
from dean06.work.errors import EntryNotFound, TaskNotFound

WHO = 6
REASON = "ly_do"  # where every page that takes a reason looks for it
# What is not there and what is not for the reader get one answer.
ABSENT = (
    ConductNotFound,
    EntryNotFound,
    FundsNotFound,
    MachineNotFound,
    MeetingNotFound,
    NotYours,
    OrderNotFound,
    TaskNotFound,
)


NO_TEXT = BadInput(
    "Nội dung gửi lên có ký tự NUL, không phải chữ: xóa đi rồi gửi lại; chưa có gì được ghi.",
    "What was sent holds a NUL character, which is no text: take it out and send again; nothing was written.",
)


class RefusalMiddleware:
    """Turns an error of the house into its page; anything else is left to the server's own page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):  # software is answered in its own form
            return self.get_response(request)
        if "\0" in request.path:
            return not_there(request)
        if not _has_nul(request):
            return self.get_response(request)
        response = refused(request, panel(request, NO_TEXT))
        response.status_code = 400
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the sentence of the error in the reader's language."""
        if not isinstance(exception, HouseError):
            return None
        if isinstance(exception, ABSENT):
            return not_there(request)
        response = refused(request, panel(request, exception))
        if not isinstance(exception, RefusedByCharter):
            response.status_code = 503 if exception.exit_code == 5 else 422
        return response


def _has_nul(request: HttpRequest) -> bool:
    """Say whether a NUL character stands in a question or a form: no text of ours has one, PostgreSQL takes none."""
    form = request.POST.lists() if request.content_type == "application/x-www-form-urlencoded" else ()
    asked = (value for _name, values in (*request.GET.lists(), *form) for value in values)
    return any("\0" in text for text in asked)


def panel(request: HttpRequest, problem: HouseError) -> SignPanel:
    """Return the panel that tells a refusal whole."""
    reader: Reader | None = getattr(request, "reader", None)
    back = Action(label=words("Quay lại", "Go back"), href=request.headers.get("Referer") or "/")
    sentence = problem.explain(current_language())
    if not isinstance(problem, Refused | NeedsReason) or not isinstance(problem.decision, charters.Decision):
        return SignPanel(id="tu-choi", answer="no", sentence=sentence, next_steps=(back,))
    decision = problem.decision
    return SignPanel(
        id="tu-choi",
        answer="open" if decision.outcome == "not_regulated" else "no",
        sentence=sentence,
        facts=tuple(
            Fact(term=words("Căn cứ", "Clause"), value=cite_in(reader, decision.charter, cited))
            for cited in decision.citations[:3]
        ),
        conditions_title=words("Còn thiếu", "Missing"),
        conditions=missing_checks(decision),
        who_title=words("Người làm được ngay", "Who can do it now"),
        who_can=people_who_can(reader, decision) if reader else (),
        foot=_reason_form(request) if isinstance(problem, NeedsReason) else "",
        next_steps=(back,),
    )


def _reason_form(request: HttpRequest) -> str:
    """Offer the same act again with a reason, where the charter is silent and the act goes ahead on record."""
    if request.method != "POST" or request.FILES:
        return ""
    passed = {"csrfmiddlewaretoken", REASON, confirming.PASSWORD, confirming.CODE}
    kept = [(name, value) for name, listed in request.POST.lists() if name not in passed for value in listed]
    return render_to_string("dean06/parts/reason.html", {"href": request.path, "kept": kept, "field": REASON}, request)


def missing_checks(decision: charters.Decision) -> tuple[Check, ...]:
    """Return what a decision lacks, in the words of the vocabulary."""
    facts = charters.vocabulary().facts
    return tuple(
        Check(
            text=charters.missing_text(decision.question, name, current_language()),
            tone="warn",
            sign="bang",
        )
        for name in decision.missing
        if name.lstrip("!") in facts
    )


def people_who_can(reader: Reader, decision: charters.Decision) -> tuple[Person, ...]:
    """Return the people who hold the roles that may do it today, by name."""
    found = []
    for party in decision.who_can:
        role, _, agency = party.partition(":")
        held = offices.holders(reader.group.id, clock.today(reader.group), role=role, agency=agency or None)
        found += [Person(name=seat.holder, note=seat.hat) for seat in held]
    return tuple(dict.fromkeys(found))[:WHO]
