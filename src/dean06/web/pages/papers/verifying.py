"""Kiểm tra chữ ký số: any PDF, ours or not, looked at for whoever brings it. No sign-in, and nothing is kept."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.papers.service import keys, proofs, signatures
from dean06.papers.service.signatures import CertificateState, Sentence, SignatureReport, TimeSource, Verdict
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.pace import paced
from dean06.web.pages.papers.proof import ANSWERS
from dean06.web.pages.slips import UNUSABLE
from dean06.web.pages.uploads import chosen, file_name, unfit
from dean06.web.parts.page import Link, Notice, PageHead
from dean06.web.parts.work import Check, Checklist, Fact, SummaryList

LIMIT_MB = 50
VERDICTS = {
    Verdict.VALID: ("yes", "ok"),
    Verdict.UNTRUSTED: ("open", "warn"),
    Verdict.INCOMPLETE: ("open", "warn"),
    Verdict.UNSIGNED: ("open", "eye"),
    Verdict.CHANGED: ("bad", "no"),
    Verdict.BROKEN: ("bad", "no"),
}
SIGNS = {"ok": "ok", "warn": "warn", "bad": "no"}
# The fields of a paper of ours, as people call them.
FIELDS = {
    signatures.NUMBER: ("số, ký hiệu", "number"),
    signatures.DATE: ("ngày ban hành", "date"),
    signatures.SECOND: ("chữ ký thứ hai", "the second signer"),
    signatures.PERSON: ("chữ ký của người ký", "the signer"),
    signatures.AGENCY: ("chữ ký số của cơ quan", "the agency"),
}
DOUBTFUL = {CertificateState.UNCHECKED, CertificateState.UNKNOWN_ISSUER}

__all__ = ["verify"]


@require_http_methods(["GET", "HEAD", "POST"])
@paced
def verify(request: HttpRequest) -> HttpResponseBase:
    """Show the form; of a PDF that was brought, who signed it, when, whether it changed since, and what to doubt."""
    if (refusal := unfit(request, LIMIT_MB, request.path)) is not None:
        return refusal
    shown: dict[str, object] = {
        "head": PageHead(
            title=words("Kiểm tra chữ ký số", "Verify digital signatures"),
            meta=(words("Tệp PDF bất kỳ, của tổ hoặc nơi khác", "Any PDF, the group's or another's"),),
        ),
        "limit": LIMIT_MB,
        "status": 200,
    }
    if request.method == "POST":
        try:
            shown |= _looked_at(request)
        except BadInput as problem:
            shown |= {"problem": problem.explain(current_language()), "status": UNUSABLE}
    return render(request, "dean06/pages/verify.html", shown, status=int(str(shown["status"])))


def _looked_at(request: HttpRequest) -> dict[str, object]:
    given, at = chosen(request, "tep", LIMIT_MB), clock.now()
    data = given.read()
    found = signatures.verify(data, keys.trust().trust, at)
    sha256 = hashlib.sha256(data).hexdigest()
    tone, sign = VERDICTS[found.verdict]
    file = SummaryList(
        facts=(
            Fact(term=words("Tệp", "File"), value=file_name(given)),
            Fact(term=words("Kiểm tra lúc", "Verified at"), value=writing.instant(at)),
            Fact(term="SHA-256", value=sha256),
        )
    )
    return {
        "tone": tone,
        "sign": sign,
        "verdict": _said(found.sentence),
        "detail": _detail(found),
        "file": file,
        "signed": tuple(_one(one) for one in found.signatures),
        "warnings": tuple(_said(one) for one in found.warnings),
        "ours": _ours(sha256),
    }


def _said(sentence: Sentence) -> str:
    """Return a sentence, the fields of a paper of ours under the names that people know."""
    text = words(sentence.vi, sentence.en)
    for code, name in FIELDS.items():
        text = text.replace(code, words(*name))
    return text


def _detail(found: signatures.Verification) -> str:
    """Say how many signed, and which fields are empty."""
    people = sum(1 for one in found.signatures if not one.is_timestamp)
    if not people:
        return words(
            "Chữ ký tay, con dấu quét vào tệp không phải là chữ ký số.",
            "A hand or a seal scanned into a file is no digital signature.",
        )
    empty = ", ".join(words(*FIELDS[name]) if name in FIELDS else name for name in found.empty_fields)
    vi, en = f"{people} chữ ký số.", f"Digital signatures: {people}."
    return words(f"{vi} Ô còn trống: {empty}.", f"{en} Empty fields: {empty}.") if empty else words(vi, en)


def _one(one: SignatureReport) -> dict[str, object]:
    """Return a signature: its signer, its sentences with their tones, and the certificate by its numbers."""
    told = one.sentences()[1:]
    checks = (
        Check(text=_said(sentence), tone=tone, sign=SIGNS[tone])
        for sentence, tone in zip(told, _tones(one), strict=True)
    )
    kind = words("Dấu thời gian", "Time stamp") if one.is_timestamp else ""
    return {
        "signer": one.signer,
        "organisation": one.organisation if one.organisation != one.signer else "",
        "kind": kind,
        "sign": "clock" if one.is_timestamp else "pen",
        "checks": Checklist(items=tuple(checks)),
        "issuer": one.issuer,
        "serial": one.serial,
    }


def _tones(one: SignatureReport) -> list[str]:
    """Return the tone of each sentence after the first: time, wholeness, what came since, certificate, its end."""
    trusted = one.certificate is CertificateState.TRUSTED
    tones = ["ok" if one.time_source is TimeSource.TIMESTAMP else "warn", "ok" if one.intact else "bad"]
    if one.time_source is TimeSource.BROKEN_TIMESTAMP:
        tones[0] = "bad"
    if one.intact:
        tones.append("ok" if one.changes.permitted else "bad")
    tones.append("ok" if trusted else "warn" if one.certificate in DOUBTFUL else "bad")
    if one.expired_since and trusted:
        tones.append("ok")
    return tones


def _ours(sha256: str) -> Notice | None:
    """Return the way to the proof of the paper that the file is, where it was issued here."""
    code = proofs.code_of(sha256)
    proof = proofs.proof_of(code) if code else None
    if proof is None:
        return None
    tone, sign, vi, en = ANSWERS[proofs.likeness(proof, sha256)]
    number = words(f"Số {proof.label}.", f"Number {proof.label}.")
    link = Link(label=words("Mở trang xác thực", "Open its proof"), href=reverse("proof", args=[code]))
    return Notice(text=f"{words(vi, en)} {number}", tone=tone, sign=sign, link=link)
