"""From a draft to a paper in force: signed by hand or digitally, numbered by the register, sealed, its scan kept.

The order is the decree's (Decree 30/2020, Articles 15 and 32): signature first, then number and date, the seal last.
Who may do each is told by a Permit; whatever a signing service does happens before, outside of any transaction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.papers import models
from dean06.papers.docx.file import render_docx
from dean06.papers.keeping import store
from dean06.papers.pdf.file import render_pdf
from dean06.papers.pdf.opening import opened
from dean06.papers.service import documents, proofs
from dean06.papers.service import signatures as digital
from dean06.papers.service.numbers import require_open
from dean06.papers.types import Paper, PaperInfo, Signature, Signed
from dean06.papers.writing.wording import head

__all__ = [
    "SEALED",
    "SECOND",
    "attach_scan",
    "countersign",
    "draft_digest",
    "final",
    "issue",
    "keep_file",
    "keep_scan",
    "kept_file",
    "number_signed",
    "seal",
    "sign",
    "signatures",
    "unsign",
]

SEALED, PERSON, SECOND = "agency", "person", "second"


def draft_digest(info: PaperInfo) -> str:
    """Return what permits to sign and to number a paper are bound to: the very draft that was read."""
    return digest_of(docx=info.docx_sha256)


def final(paper_id: int, signature: Signature) -> Paper:
    """Return a draft as its signer signs it: the signer's block in it, number and date still to come."""
    row = models.Paper.objects.get(pk=paper_id)
    return dataclasses.replace(documents.CONTENT.validate_python(row.content), signature=signature, draft=False)


def keep_file(pdf: bytes) -> str:
    """Keep a PDF that a signature changed, and return its SHA-256 (hex), to which the next permit is bound."""
    return store.keep(pdf, "pdf")


def keep_scan(pdf: bytes) -> str:
    """Keep a scan and return its SHA-256 (hex); a file that is no sound PDF, or carries programs, is refused."""
    opened(pdf)
    return store.keep(pdf, "pdf")


def kept_file(sha256: str) -> bytes:
    """Return a PDF of the archive whose checksum still holds."""
    return store.path_of(sha256, "pdf").read_bytes()


def issue(by: Permit, numbered_by: Permit, paper_id: int, signature: Signature, *, seal: str = "") -> PaperInfo:
    """Give a draft signed by hand its number, date and signature block, and archive its PDF; all of it or nothing.

    The number comes from the group's own series for the symbol and year (Decree 30/2020, Article 15), under a lock,
    so that clerks issuing at once never share a number and a failed issue leaves no hole. Both permits, to sign and to
    number, are for object kind `paper`, id the paper's, and the digest of the very draft that was read.
    """
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "draft", "asked")
        _close_request(row, by.at)
        now, bound = by.at.astimezone(clock.TZ), digest_of(docx=row.docx_sha256)
        content = dataclasses.replace(documents.CONTENT.validate_python(row.content), signature=signature, draft=False)
        proof = proofs.address_on(row)
        made = _number(row, content, now, lambda numbered: render_pdf(numbered, now, proof))
        row.manner, row.seal = "hand", seal
        row.save()
        _keep_signature(by, row, PERSON, Signed(name=signature.name, title=signature.title, manner="hand"))
        for one in (by, numbered_by):
            _record(one, row, row.pdf_sha256, bound, made)
    return documents.info(row)


def sign(
    by: Permit, paper_id: int, signature: Signature, pdf_sha256: str, signed: Signed, *, seal: str = ""
) -> PaperInfo:
    """Keep a person's digital signature: the PDF as they left it, without a number; the draft changes no more."""
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "draft", "asked")
        _close_request(row, by.at)
        bound = digest_of(docx=row.docx_sha256)
        content = dataclasses.replace(documents.CONTENT.validate_python(row.content), signature=signature, draft=False)
        row.content = documents.CONTENT.dump_python(content, mode="json")
        row.state, row.manner, row.signer, row.seal = "signed", "digital", signature.name, seal
        row.signed_sha256 = pdf_sha256
        row.save()
        _keep_signature(by, row, PERSON, signed, pdf_sha256)
        _record(by, row, pdf_sha256, bound, {"symbol": row.symbol})
    return documents.info(row)


def countersign(by: Permit, paper_id: int, pdf_sha256: str, signed: Signed) -> PaperInfo:
    """Keep the digital signature of whom a signed paper names beside its signer, as the secretary of minutes."""
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "signed")
        bound = digest_of(signed=row.signed_sha256)
        row.signed_sha256 = pdf_sha256
        row.save(update_fields=["signed_sha256"])
        _keep_signature(by, row, SECOND, signed, pdf_sha256)
        _record(by, row, pdf_sha256, bound, {"symbol": row.symbol})
    return documents.info(row)


def unsign(by: Permit, paper_id: int) -> PaperInfo:
    """Take a signature off a paper that has no number yet: it is a draft again, and its signer signs anew."""
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "signed")
        dropped = row.signed_sha256
        content = dataclasses.replace(documents.CONTENT.validate_python(row.content), draft=True)
        row.content = documents.CONTENT.dump_python(content, mode="json")
        row.state, row.manner, row.signer, row.signed_sha256, row.seal = "draft", "", "", "", ""
        row.save()
        row.signatures.all().delete()
        _record(by, row, dropped, digest_of(signed=dropped), {"symbol": row.symbol})
    return documents.info(row)


def number_signed(numbered_by: Permit, paper_id: int) -> PaperInfo:
    """Give a digitally signed paper its number and date, which are filled into the places its signer left open.

    The permit is for object kind `paper`, id the paper's, and the digest of the draft that was signed.
    """
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "signed")
        now, bound = numbered_by.at.astimezone(clock.TZ), digest_of(docx=row.docx_sha256)
        signed = kept_file(row.signed_sha256)
        content = documents.CONTENT.validate_python(row.content)
        made = _number(row, content, now, lambda numbered: _filled(signed, numbered))
        row.save()
        _record(numbered_by, row, row.pdf_sha256, bound, made)
    return documents.info(row)


def seal(by: Permit, paper_id: int, pdf_sha256: str, signed: Signed) -> PaperInfo:
    """Keep the agency's digital signature on a numbered paper; nothing may be filled into it afterwards."""
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "issued")
        if row.sealed_at is not None or row.manner != "digital":
            raise BadInput(
                "Văn bản đã đóng dấu, hoặc là bản ký tay đóng dấu trên giấy.",
                "The paper is sealed already, or was signed by hand and is sealed on paper.",
            )
        bound = digest_of(pdf=row.pdf_sha256)
        row.pdf_sha256, row.sealed_at = pdf_sha256, by.at
        row.save()
        _keep_signature(by, row, SEALED, signed, pdf_sha256)
        _record(by, row, pdf_sha256, bound, {"symbol": row.symbol})
    return documents.info(row)


def attach_scan(by: Permit, paper_id: int, scan_sha256: str) -> PaperInfo:
    """Keep the scan of a paper that was signed and sealed by hand, marked as what it is: a picture of the paper."""
    with transaction.atomic():
        row = _locked(paper_id)
        _require_state(row, "issued")
        if row.manner != "hand":
            raise BadInput(
                "Văn bản ký số không cần bản quét: bản PDF ký số là bản gốc.",
                "A paper signed digitally needs no scan: its PDF is the original.",
            )
        row.scan_sha256 = scan_sha256
        row.save()
        _record(by, row, scan_sha256, digest_of(scan=scan_sha256), {"symbol": row.symbol})
    return documents.info(row)


def signatures(paper_id: int) -> list[Signed]:
    """Return the signatures of a paper, in their order."""
    rows = models.Signature.objects.filter(paper_id=paper_id)
    return [
        Signed(
            kind=row.kind,
            name=row.name,
            title=row.title,
            manner=row.manner,
            certificate=row.certificate,
            at=row.at,
            sha256=row.sha256,
        )
        for row in rows
    ]


def _filled(signed: bytes, numbered: Paper) -> bytes:
    lines = head(numbered)
    return digital.fill_number(signed, lines.number, lines.place_date)


def _locked(paper_id: int) -> models.Paper:
    """Return a paper with its group, the paper alone locked."""
    return models.Paper.objects.select_for_update(of=("self",)).select_related("group").get(pk=paper_id)


def _require_state(row: models.Paper, *wanted: str) -> None:
    if row.state in wanted:
        return
    if row.number is not None:
        raise BadInput(
            f"Văn bản đã có số {row.number}: mỗi văn bản chỉ cấp số một lần.",
            f"The paper has number {row.number} already: a paper is numbered once.",
        )
    documents.require_open_draft(row)
    raise BadInput("Văn bản chưa được ký số.", "The paper has no digital signature yet.")


def _number(row: models.Paper, content: Paper, now: datetime, pdf: Callable[[Paper], bytes]) -> Mapping[str, str | int]:
    """Take the next number of the series and make the files that bear it; returns what the ledger is told."""
    numbers, _ = models.Series.objects.select_for_update().get_or_create(
        group_id=row.group_id, symbol=row.symbol, year=now.year
    )
    require_open(numbers)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    numbered = dataclasses.replace(content, number=numbers.last, issued_on=now.date())
    row.number, row.year, row.issued_at, row.state = numbers.last, now.year, now, "issued"
    row.signer = numbered.signature.name
    row.content = documents.CONTENT.dump_python(numbered, mode="json")
    row.docx_sha256 = store.keep(render_docx(numbered), "docx")
    row.pdf_sha256 = store.keep(pdf(numbered), "pdf")
    annex = {"annex": row.annex_sha256} if row.annex_sha256 else {}
    return {"number": numbers.last, "symbol": row.symbol, "docx": row.docx_sha256, **annex}


def _close_request(row: models.Paper, at: datetime) -> None:
    if row.state == "asked":
        row.requests.filter(state="waiting").update(state="signed", decided_at=at)


def _keep_signature(by: Permit, row: models.Paper, kind: str, signed: Signed, sha256: str = "") -> None:
    models.Signature.objects.create(
        group_id=row.group_id,
        paper=row,
        kind=kind,
        manner=signed.manner,
        name=signed.name,
        title=signed.title,
        account=by.actor.account,
        certificate=dict(signed.certificate),
        sha256=sha256 or row.pdf_sha256,
        at=by.at,
    )


def _record(by: Permit, row: models.Paper, digest: str, bound: str, note: Mapping[str, str | int]) -> None:
    ledger.append(
        by,
        scope=row.group.slug,
        kind="paper",
        object_id=str(row.pk),
        digest=digest,
        bound=bound,
        note=note,
    )
