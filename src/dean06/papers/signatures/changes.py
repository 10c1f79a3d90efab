"""What became of a file after a signature: nothing, what the signer permitted, or something else, by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from dean06.papers.signatures.filling import filled_only
from dean06.papers.signatures.objects import items, value
from dean06.papers.signatures.statement import same_statement

__all__ = ["Change", "Changes", "changes_after"]


class Change(StrEnum):
    """The gravest thing that happened after a signature."""

    NONE = "none"
    PROOF = "proof"
    FORM = "form"
    ANNOTATION = "annotation"
    PAGES = "pages"
    CONTENT = "content"
    OTHER = "other"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a signature, whether its signer permitted it, and the fields that were filled."""

    change: Change
    permitted: bool
    fields: tuple[str, ...] = ()


def changes_after(signature: EmbeddedPdfSignature) -> Changes:
    """Return what became of the file after a signature."""
    signature.compute_integrity_info(skip_diff=True)
    if signature.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Changes(Change.NONE, permitted=True)
    if signature.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return Changes(Change.COVERAGE, permitted=False)
    if signature.signed_revision == signature.reader.xrefs.total_revisions - 1:
        blank = not _after(signature).strip()
        return Changes(Change.NONE if blank else Change.OTHER, permitted=blank)
    filled = filled_only(signature)
    if filled is not None:
        return Changes(Change.FORM if filled.fields else Change.PROOF, permitted=True, fields=filled.fields)
    if not same_statement(signature.reader.get_historical_resolver(signature.signed_revision), signature.reader):
        return Changes(Change.OTHER, permitted=False)
    return _compared(signature)


def _compared(signature: EmbeddedPdfSignature) -> Changes:
    """Compare the signed revision with the file as it is, object by object."""
    for policy in (NEW_LOOKS_ALONE, DEFAULT_DIFF_POLICY):
        signature.compute_integrity_info(diff_policy=policy)
        found, permitted = signature.diff_result, signature.summarise_integrity_info()["docmdp_ok"] is True
        if isinstance(found, DiffResult) and permitted:
            change = _LEVELS[found.modification_level]
            fields = tuple(sorted(found.changed_form_fields)) if change is Change.FORM else ()
            return Changes(change, permitted=True, fields=fields)
    return Changes(_named(signature.reader, signature.signed_revision), permitted=False)


# pyHanko's own policy, but for one rule: looking for appearances that were changed in place, it takes those of locked
# fields for changed even when they were not, and so refuses proof that is added to a file with such fields.
NEW_LOOKS_ALONE = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ],
    ),
)

_LEVELS = {
    ModificationLevel.NONE: Change.NONE,
    ModificationLevel.LTA_UPDATES: Change.PROOF,
    ModificationLevel.FORM_FILLING: Change.FORM,
    ModificationLevel.ANNOTATIONS: Change.ANNOTATION,
    ModificationLevel.OTHER: Change.OTHER,
}


def _after(signature: EmbeddedPdfSignature) -> bytes:
    """Return what stands in the file behind all that was signed."""
    stream = signature.reader.stream
    stream.seek(signature.byte_range[2] + signature.byte_range[3])
    return bytes(stream.read())


def _named(reader: PdfFileReader, revision: int) -> Change:
    """Name a change that no rule permits, by comparing the pages then with the pages now."""
    then = _pages(reader.get_historical_resolver(revision))
    now = _pages(reader)
    if then is None or now is None:
        return Change.OTHER
    if len(then) != len(now):
        return Change.PAGES
    pairs = list(zip(then, now, strict=True))
    if any(_drawn(old) != _drawn(new) for old, new in pairs):
        return Change.CONTENT
    if any(_notes(old) != _notes(new) for old, new in pairs):
        return Change.ANNOTATION
    if _filled(reader.get_historical_resolver(revision)) != _filled(reader):
        return Change.FORM
    return Change.OTHER


def _pages(source: PdfFileReader | HistoricalResolver) -> list[object] | None:
    found: list[object] = []
    queue: list[object] = [value(source.root, "/Pages")]
    for _ in range(10_000):
        if not queue:
            return found
        node = queue.pop(0)
        kids = items(node, "/Kids")
        queue[:0] = kids
        if not kids:
            found.append(node)
    return None


def _drawn(page: object) -> list[bytes]:
    streams = [value(page, "/Contents"), *items(page, "/Contents")]
    return [stream.encoded_data for stream in streams if isinstance(stream, generic.StreamObject)]


def _notes(page: object) -> list[str]:
    return [repr(each) for each in items(page, "/Annots") if value(each, "/Subtype") != "/Widget"]


def _filled(source: PdfFileReader | HistoricalResolver) -> list[tuple[str, str]]:
    fields = items(value(source.root, "/AcroForm"), "/Fields")
    return [(repr(value(each, "/V")), repr(value(each, "/AP"))) for each in fields]
