"""The panel beside a paper that wants a signature: who may, under which clause and in what form, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.flows.authority import Answer
from dean06.papers.service.keys import KeyInfo
from dean06.papers.types import PaperInfo
from dean06.web import confirming, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import quoted
from dean06.web.parts.page import Action
from dean06.web.parts.work import Check, Fact, SignPanel
from dean06.web.reader import Reader
from dean06.web.refusing import missing_checks, people_who_can

__all__ = ["Asked", "issued_panel", "sign_panel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader is asked to sign: where the form goes, the draft it was read in, its name in both languages.

    `checks` is what was looked at before; `facts` stand below the clause of signing; `after` says what signing brings,
    where that is not what it brings to every paper. With `key_href` it may be signed digitally, with `key` where one is
    entered.
    """

    href: str
    token: str
    version: str
    named: tuple[str, str]
    checks: tuple[Check, ...] = ()
    facts: tuple[Fact, ...] = ()
    after: str = ""
    key: KeyInfo | None = None
    key_href: str = ""


def _told(reader: Reader, asked: Asked, answer: Answer) -> tuple[Fact, ...]:
    decision = answer.decision
    told = list(quoted(reader, decision))
    if answer.allowed:
        lines = charters.sign_lines(decision.charter, answer.role, decision.sign_form or "own", decision.on_behalf_of)
        stacked = format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))
        block = format_html('<div class="sign-block">{}</div>', stacked)
        told.append(Fact(term=words("Thể thức ký", "Sign form"), value=block))
    if decision.seal:
        seal = charters.agency_name(decision.charter, decision.seal, current_language())
        told.append(Fact(term=words("Con dấu", "Seal"), value=seal))
    return (*told, *asked.facts)


def _goes_on(decision: charters.Decision) -> bool:
    """Say whether the act may go on from here, with a reason where one is asked for."""
    return decision.outcome in {"allowed", "not_regulated"} or decision.enforcement in {"warn", "record"}


def _asks_reason(decision: charters.Decision) -> bool:
    if decision.outcome == "not_regulated":
        return decision.local_rule is None
    return decision.outcome != "allowed" and decision.enforcement == "warn"


def _sentence(decision: charters.Decision, named: tuple[str, str]) -> str:
    vi, en = named
    match decision.outcome:
        case "allowed":
            return words(f"Bạn được ký {vi}", f"You may sign {en}")
        case "not_regulated":
            return words(f"Quy chế không quy định ai ký {vi}", f"The charter does not say who signs {en}")
        case _:
            return words(f"Bạn chưa thể ký {vi}", f"You cannot sign {en} yet")


def _detail(answer: Answer) -> str:
    """Say under which hat the answer holds; what is missing and who can stand below it as lists."""
    if answer.allowed and answer.capacity is not None:
        seat = answer.capacity
        return words(f"Với vai {seat.hat}.", f"As {seat.hat}.")
    sentence = answer.decision.sentence(current_language())
    return f"{sentence.split('. ')[0].rstrip('.')}." if answer.decision.missing else sentence


def _sign_form(request: HttpRequest, reader: Reader, asked: Asked, answer: Answer) -> str:
    """Draw the form; shown again, it keeps what was typed, and that the draft was read if it is still the same one."""
    form = {
        "href": asked.href,
        "token": asked.token,
        "version": asked.version,
        "after": asked.after,
        "reason": _asks_reason(answer.decision),
        "typed_reason": request.POST.get("ly_do", ""),
        "was_read": request.POST.get("da_doc") == "1" and request.POST.get("ban") == asked.token,
        "asked": confirming.asked(request, reader),
        "key": asked.key,
        "key_href": asked.key_href,
        "digital": request.POST.get("cach") != "tay",
    }
    return render_to_string("dean06/pages/sign_form.html", form, request)


def sign_panel(request: HttpRequest, reader: Reader, asked: Asked, answer: Answer) -> SignPanel:
    """Return whether the reader may sign this draft, under which clause, and if not, what is missing and who can."""
    decision = answer.decision
    goes_on = _goes_on(decision)
    absence = Action(
        label=words("Ghi Tổ trưởng vắng mặt", "Record that the leader is away"),
        href=f"{reader.url('settings')}#vang-mat",
        wide=True,
    )
    return SignPanel(
        id="quyen-ky",
        answer="yes" if answer.allowed else "open" if decision.outcome == "not_regulated" else "no",
        sentence=_sentence(decision, asked.named),
        detail=_detail(answer),
        facts=_told(reader, asked, answer),
        conditions_title=words("Đã kiểm trước khi ký", "Checked before signing")
        if goes_on
        else words("Còn thiếu", "Missing"),
        conditions=asked.checks if goes_on else missing_checks(decision),
        who_title=words("Người ký được ngay", "Who can sign now"),
        who_can=() if answer.allowed else people_who_can(reader, decision),
        foot=_sign_form(request, reader, asked, answer) if goes_on else "",
        next_title="" if goes_on else words("Làm tiếp", "Next"),
        next_steps=() if goes_on else (absence,),
    )


def issued_panel(paper: PaperInfo, detail: str, pdf: str, proof: str = "") -> SignPanel:
    """Return what stands beside an issued paper: its number, day and signer, its PDF, and the page of its proof."""
    steps = [Action(label=words("Mở bản PDF", "Open the PDF"), href=pdf, kind="primary", wide=True)]
    if proof:
        steps.append(Action(label=words("Trang xác thực", "The page of its proof"), href=proof, wide=True))
    return SignPanel(
        id="da-phat-hanh",
        answer="yes",
        sentence=words(f"Đã phát hành số {paper.label}", f"Issued as {paper.label}"),
        detail=detail,
        facts=(
            Fact(term=words("Ngày", "Date"), value=writing.day(paper.issued_on)),
            Fact(term=words("Người ký", "Signer"), value=paper.signer),
            Fact(
                term="SHA-256",
                value=format_html("<code>{} … {}</code> {}", paper.pdf_sha256[:8], paper.pdf_sha256[-4:], "(PDF)"),
            ),
        ),
        next_steps=tuple(steps),
    )
