"""What stands beside a paper: before whom to put it, who may sign, number, seal; what was said of it; what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dean06.charter import service as charters
from dean06.flows import digital_signing, paper_signing, paperwork
from dean06.flows.authority import Answer
from dean06.papers.service import drafts, editing, keys, proofs
from dean06.papers.service.dispatching import DispatchInfo
from dean06.papers.service.drafts import CommentInfo
from dean06.papers.types import Paper, PaperInfo
from dean06.web import confirming, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.pages.papers import circulation, sending, signing
from dean06.web.reader import Reader
from dean06.web.refusing import missing_checks

__all__ = ["panels", "said", "statable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One seat that could sign: whether it may now, what is missing, what the charter wants before it lies there."""

    seat: int
    name: str
    allowed: bool
    open: bool
    missing: tuple[str, ...]
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statable:
    """Something that a drafter may say of a paper, in the words of the vocabulary."""

    code: str
    text: str
    stated: bool


def statable(reader: Reader, paper: PaperInfo) -> tuple[Statable, ...]:
    """Return what the charter's clauses on signing ask of the paper and only its drafter can tell."""
    facts = charters.vocabulary().facts
    known = paperwork.statable(reader.charter, paper_signing.signing_action(paper))
    return tuple(
        Statable(code=code, text=_fact(facts[code]), stated=code in paper.stated) for code in known if code in facts
    )


def _fact(fact: Any) -> str:
    return words(fact.if_true, fact.en)


def panels(
    request: HttpRequest, reader: Reader, paper: PaperInfo, versions: int, posted: tuple[DispatchInfo, ...]
) -> tuple[dict[str, object], ...]:
    """Return the panels of a paper in its state, each a template with what it shows."""
    if not reader.viewer.sits_in(reader.group.id) or reader.ending is not None:
        return ()
    made: tuple[dict[str, object], ...] = ()
    match paper.state:
        case "draft" if paper.form:
            made = _of_draft(request, reader, paper, versions)
        case "asked":
            made = _of_asked(request, reader, paper, versions)
        case "signed":
            made = (_countersigning(request, reader, paper) or _numbering(reader, paper),)
        case "issued":
            made = _of_issued(request, reader, paper, posted)
        case _:
            pass
    readers = circulation.panel(reader, paper)
    return (*made, readers) if readers else made


def _of_draft(request: HttpRequest, reader: Reader, paper: PaperInfo, versions: int) -> tuple[dict[str, object], ...]:
    made = [_asking(reader, paper)]
    if _appraises(reader):
        made.append(_appraisal(reader, paper))
    answer = paper_signing.answer(reader.account, reader.group, paper, known=reader.known)
    if answer.allowed:
        made.append({"part": _sign_panel(request, reader, paper, answer, versions)})
    made.append({"template": "dean06/pages/paper_drop.html", "href": reader.url("papers-drop", paper.id)})
    return tuple(made)


def _asking(reader: Reader, paper: PaperInfo) -> dict[str, object]:
    listed = [
        _choice(reader, one)
        for one in paper_signing.candidates(reader.account, reader.group, paper, known=reader.known)
        if one.answer.decision.outcome != "forbidden"
    ]
    able = tuple(one for one in listed if one.allowed or one.open)
    return {
        "template": "dean06/pages/paper_ask.html",
        "href": reader.url("papers-ask", paper.id),
        "choices": able,
        "others": tuple(one for one in listed if one not in able),
        "declined": next((one for one in reversed(drafts.requests(paper.id)) if one.state == "declined"), None),
    }


def _choice(reader: Reader, one: paper_signing.Candidate) -> Choice:
    seat, decision = one.seat, one.answer.decision
    gate = one.gate if one.gate is not None and not one.gate.allowed else None
    return Choice(
        seat=seat.seat_id,
        name=", ".join(part for part in (seat.holder, seat.title, seat.post) if part),
        allowed=one.answer.allowed,
        open=decision.outcome == "not_regulated",
        missing=tuple(check.text for check in missing_checks(decision)),
        gate=cite(reader, gate.decision.citations[0]) if gate and gate.decision.citations else "",
    )


def _appraises(reader: Reader) -> bool:
    return paper_signing.GATE in reader.charter.index.tables


def _appraisal(reader: Reader, paper: PaperInfo) -> dict[str, object]:
    return {
        "template": "dean06/pages/paper_appraise.html",
        "href": reader.url("papers-appraise", paper.id),
        "opinions": drafts.appraisals(paper.id),
    }


def _sign_panel(request: HttpRequest, reader: Reader, paper: PaperInfo, answer: Answer, versions: int) -> object:
    asked = signing.Asked(
        href=reader.url("papers-sign", paper.id),
        token=paper.docx_sha256,
        version=words(f"bản {versions}", f"version {versions}"),
        named=("văn bản này", "this paper"),
        key=keys.in_use(reader.group.id, account=reader.account),
        key_href=reader.url("papers-keys"),
    )
    return signing.sign_panel(request, reader, asked, answer)


def _of_asked(request: HttpRequest, reader: Reader, paper: PaperInfo, versions: int) -> tuple[dict[str, object], ...]:
    lies = drafts.request(paper.id)
    mine = lies is not None and lies.seat in {seat.seat_id for seat in reader.seats}
    made: list[dict[str, object]] = [
        {
            "template": "dean06/pages/paper_lies.html",
            "lies": lies,
            "mine": mine,
            "back_href": reader.url("papers-take-back", paper.id),
            "decline_href": reader.url("papers-decline", paper.id),
        }
    ]
    if mine:
        answer = paper_signing.answer(reader.account, reader.group, paper, known=reader.known)
        made.insert(0, {"part": _sign_panel(request, reader, paper, answer, versions)})
    return tuple(made)


def _countersigning(request: HttpRequest, reader: Reader, paper: PaperInfo) -> dict[str, object] | None:
    if not digital_signing.lacks_second(paper.id):
        return None
    block = digital_signing.second_of(paper.id)
    return {
        "template": "dean06/pages/paper_countersign.html",
        "block": block,
        "mine": block is not None and block.name in {seat.holder for seat in reader.seats},
        "key": keys.in_use(reader.group.id, account=reader.account),
        "key_href": reader.url("papers-keys"),
        "href": reader.url("papers-countersign", paper.id),
        "unsign_href": reader.url("papers-unsign", paper.id),
        "asked": confirming.asked(request, reader),
    }


def _numbering(reader: Reader, paper: PaperInfo) -> dict[str, object]:
    answer = paper_signing.numbering_answer(reader.account, reader.group, paper, known=reader.known)
    return {
        "template": "dean06/pages/paper_number.html",
        "allowed": answer.allowed,
        "href": reader.url("papers-number", paper.id),
        "unsign_href": reader.url("papers-unsign", paper.id),
        "signer": paper.signer,
    }


def _of_issued(
    request: HttpRequest, reader: Reader, paper: PaperInfo, posted: tuple[DispatchInfo, ...]
) -> tuple[dict[str, object], ...]:
    detail = words(
        "Số và ngày không đổi được; sai thì ra văn bản thay thế hoặc thu hồi.",
        "Number and date are fixed; an error takes a replacing paper or a recall.",
    )
    code = proofs.code_of(paper.pdf_sha256)
    proof = reverse("proof", args=[code]) if code else ""
    pdf = reader.url("papers-file", paper.id, "pdf")
    made: list[dict[str, object]] = [{"part": signing.issued_panel(paper, detail, pdf, proof)}]
    if paper.manner == "digital" and paper.sealed_at is None and paper.seal:
        made.append(_sealing(request, reader, paper))
    if paper.manner == "hand" and paper.form:
        made.append(
            {
                "template": "dean06/pages/paper_scan.html",
                "href": reader.url("papers-scan", paper.id),
                "scan": reader.url("papers-file", paper.id, "scan") if paper.scan_sha256 else "",
            }
        )
    return (*made, *sending.panels(reader, paper, posted))


def _sealing(request: HttpRequest, reader: Reader, paper: PaperInfo) -> dict[str, object]:
    key = keys.in_use(reader.group.id, agency=paper.seal)
    return {
        "template": "dean06/pages/paper_seal.html",
        "allowed": digital_signing.sealing_answer(reader.account, reader.group, paper, known=reader.known).allowed,
        "agency": charters.agency_name(reader.charter, paper.seal, current_language()),
        "key": key,
        "key_href": reader.url("papers-keys"),
        "href": reader.url("papers-seal", paper.id),
        "asked": confirming.asked(request, reader),
    }


def said(reader: Reader, paper: PaperInfo, content: Paper, comments: Sequence[CommentInfo]) -> dict[str, object]:
    """Return what was said of a draft, and where something can be said."""
    titles = {one.key: one.title or one.text.partition("\n")[0][:80] for one in editing.passages(content)}
    listed = [
        {
            "comment": one,
            "where": titles.get(one.section, ""),
            "when": writing.instant(one.at),
            "settle_href": reader.url("papers-settle", paper.id, one.id) if one.settled_at is None else "",
        }
        for one in comments
    ]
    open_ = paper.state in {"draft", "asked"}
    return {
        "comments": listed,
        "sections": tuple(titles.items()),
        "comment_href": reader.url("papers-comment", paper.id) if open_ else "",
    }
