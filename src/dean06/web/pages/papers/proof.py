"""Xác thực văn bản: the page that a paper's QR code leads to. No sign-in, no abstract, no name, no recipient."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.offices import service as offices
from dean06.papers.service import documents, proofs
from dean06.papers.service.proofs import Likeness, ProofInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pace import paced
from dean06.web.pages.uploads import chosen, unfit
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.work import Fact, SummaryList

LIMIT_MB = 50
CHECKSUM = re.compile(r"[0-9a-f]{64}")
KINDS = {
    "pdf": ("Bản PDF", "The PDF"),
    "docx": ("Bản .docx", "The .docx"),
    "annex": ("Phụ lục", "Annex"),
    "scan": ("Bản quét", "Scan"),
}
STANDINGS = {
    "in_force": ("ok", "ok", "Đã ban hành", "Issued"),
    "recalled": ("bad", "no", "Đã thu hồi", "Recalled"),
    "replaced": ("bad", "no", "Đã thay thế", "Replaced"),
    "void": ("bad", "no", "Số đã bỏ", "Number void"),
}
ANSWERS: Mapping[Likeness, tuple[str, str, str, str]] = {
    "same": (
        "ok",
        "ok",
        "Đúng: tệp này giống từng byte với văn bản đã ban hành.",
        "The same: this file equals the issued paper byte for byte.",
    ),
    "earlier": (
        "warn",
        "warn",
        "Tệp này là bản đã ký nhưng chưa cấp số hoặc chưa đóng dấu: chưa phải bản ban hành.",
        "This file was signed but not numbered or sealed yet: it is not the issued paper.",
    ),
    "draft": (
        "warn",
        "warn",
        "Tệp này là một bản dự thảo của văn bản: không có giá trị như bản ban hành.",
        "This file is a draft of the paper: it has no effect.",
    ),
    "other": (
        "warn",
        "warn",
        "Tệp này là văn bản khác do hệ thống này ban hành, không phải văn bản của mã này.",
        "This file is another paper issued here, not the one of this code.",
    ),
    "changed": (
        "warn",
        "no",
        "Không khớp: tệp này đã bị đổi, hoặc không phải văn bản của mã này.",
        "No match: this file was changed, or is not the paper of this code.",
    ),
}

__all__ = ["proof_file", "show"]


def _known(code: str) -> ProofInfo:
    proof = proofs.proof_of(code)
    if proof is None:
        raise Http404  # a code that nobody gave and one that is no code look the same
    return proof


def _facts(proof: ProofInfo) -> SummaryList:
    tone, sign, vi, en = STANDINGS[proof.standing]
    state = chip(tone, words(vi, en), with_sign=sign)
    since = writing.day(proof.standing_since) if proof.standing_since else ""
    instead = words(f"bằng văn bản {proof.replaced_by}", f"by {proof.replaced_by}") if proof.replaced_by else ""
    facts = [
        Fact(term=words("Số, ký hiệu", "Number"), value=proof.label),
        Fact(term=words("Loại văn bản", "Kind"), value=proof.kind),
        Fact(term=words("Ngày ban hành", "Issued on"), value=writing.day(proof.issued_on)),
        Fact(term=words("Cơ quan ban hành", "Issued by"), value=proof.issuer),
        Fact(term=words("Tình trạng", "State"), value=format_html("{} {} {}", state, instead, since)),
    ]
    if proof.abstract:
        facts.insert(2, Fact(term=words("Trích yếu", "Abstract"), value=proof.abstract))
    return SummaryList(facts=tuple(facts))


def _ledger(proof: ProofInfo) -> Notice:
    if proof.head is None or not proof.proven:
        return Notice(
            text=words(
                "Mục ghi của văn bản chưa vào cây của sổ ghi: mở lại trang sau vài giây.",
                "The paper's entry is not in the ledger's tree yet: open the page again in a few seconds.",
            ),
            tone="warn",
            sign="clock",
        )
    size, at = writing.number(proof.head.size), writing.instant(proof.head.at)
    return Notice(
        text=words(
            f"Sổ ghi chứng minh: các mã dưới đây nằm trong cây {size} mục, mốc ký {at}.",
            f"Proved by the ledger: the checksums below stand in its tree of {size} entries, signed {at}.",
        ),
        tone="ok",
        sign="chain",
    )


def _files(proof: ProofInfo) -> list[dict[str, object]]:
    return [{"name": words(*KINDS[one.kind]), "sha256": one.sha256, "entry": one.entry} for one in proof.files]


def _for_reader(request: HttpRequest, proof: ProofInfo) -> Link | None:
    """Return the way to the paper itself, to somebody signed in who may see it."""
    if not request.user.is_authenticated:
        return None
    viewer = offices.viewer(str(request.user.public_id), clock.today())
    if documents.paper(viewer, proof.paper_id) is None:
        return None
    groups = [one.slug for one in offices.groups_seen_by(viewer) if one.id == proof.group_id]
    if not groups:
        return None
    href = reverse("papers-file", args=[groups[0], proof.paper_id, "pdf"])
    return Link(label=words("Mở văn bản", "Open the paper"), href=href)


def _given(request: HttpRequest) -> str:
    """Return the checksum of the file that was given: worked out by the browser, else from the upload."""
    told = request.POST.get("sha256", "").lower()
    if CHECKSUM.fullmatch(told):
        return told
    digest = hashlib.sha256()
    for chunk in chosen(request, "tep", LIMIT_MB).chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _answer(request: HttpRequest, proof: ProofInfo) -> Notice:
    try:
        sha256 = _given(request)
    except BadInput as problem:
        return Notice(text=words(problem.vi, problem.en), tone="warn")
    tone, sign, vi, en = ANSWERS[proofs.likeness(proof, sha256)]
    return Notice(text=words(vi, en), tone=tone, sign=sign)


@require_http_methods(["GET", "HEAD", "POST"])
@paced
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the proof of a paper, and compare a file with it."""
    if (refusal := unfit(request, LIMIT_MB, request.path)) is not None:
        return refusal
    proof = _known(code)
    shown = {
        "head": PageHead(
            title=words(f"Xác thực văn bản số {proof.label}", f"Proof of paper {proof.label}"),
            meta=(proof.issuer, writing.day(proof.issued_on)),
        ),
        "facts": _facts(proof),
        "ledger": _ledger(proof),
        "files": _files(proof),
        "proof": proof,
        "entries": sorted(proof.entries.values(), key=lambda one: one.leaf_index),
        "answer": _answer(request, proof) if request.method == "POST" else None,
        "reader_link": _for_reader(request, proof),
        "file_href": reverse("proof-file", args=[code]) if proof.proven else "",
        "limit_mb": LIMIT_MB,
    }
    return render(request, "dean06/pages/proof.html", shown)


@require_GET
@paced
def proof_file(_request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the proof as a file that is checked without us: `dean06 ledger check-proof`."""
    proof = _known(code)
    kept = proofs.as_file(proof)
    if kept is None:
        raise Http404
    response = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="bang-chung-{proof.token.hex[:8]}.json"'
    return response
