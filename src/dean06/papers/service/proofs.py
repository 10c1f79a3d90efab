"""The proof of an issued paper, for a stranger who holds its code: that it exists, unchanged, and where it stands now.

It shows number, date, issuer, checksums and the ledger's proof of them; never a name or a recipient, and the abstract
only of a paper that was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.ledger.types import Inclusion, LogHead, digest_of
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.forms.kinds import KINDS
from dean06.papers.printing.proof_mark import address

Standing = Literal["in_force", "recalled", "replaced", "void"]
Likeness = Literal["same", "earlier", "draft", "other", "changed"]

VOIDED = "document.void"  # the act after which a number counts no more
NOBODY = UUID(int=0)

__all__ = [
    "Likeness",
    "ProofInfo",
    "ProvenFile",
    "Standing",
    "address_of",
    "address_on",
    "as_file",
    "choose_qr",
    "code_of",
    "likeness",
    "proof_of",
    "qr_digest",
    "qr_shown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenFile:
    """A file of the paper: its kind and checksum, and the entry that names it; None where no entry does yet."""

    kind: str
    sha256: str
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofInfo:
    """What a stranger may know of an issued paper, and the proof of it."""

    token: UUID
    paper_id: int
    group_id: int
    label: str
    kind: str
    issued_on: date
    issuer: str
    standing: Standing
    standing_since: date | None
    replaced_by: str
    abstract: str
    files: tuple[ProvenFile, ...]
    head: LogHead | None
    entries: Mapping[int, Inclusion]

    @property
    def proven(self) -> bool:
        """Say whether each file is named by an entry that stands in the signed tree."""
        return bool(self.files) and all(one.entry in self.entries for one in self.files)


def qr_shown(group_id: int) -> bool:
    """Say whether a group's papers bear the code; they do unless the group chose otherwise."""
    row = models.QrChoice.objects.filter(group_id=group_id).first()
    return row is None or row.shown


def qr_digest(*, shown: bool) -> str:
    """Return what the permit of the choice is bound to."""
    return digest_of(qr=shown)


def choose_qr(by: Permit, group_id: int, *, shown: bool) -> None:
    """Let a group choose whether its papers bear the code from now on; issued papers stay as they are."""
    group = offices.group_by_id(group_id)
    with transaction.atomic():
        models.QrChoice.objects.update_or_create(group_id=group_id, defaults={"shown": shown})
        digest = qr_digest(shown=shown)
        ledger.append(by, scope=group.slug, kind="template", object_id=f"{group.slug}:qr", digest=digest, bound=digest)


def address_of(paper_id: int) -> str:
    """Return the address that a paper's code leads to; empty where it bears none."""
    return address_on(models.Paper.objects.only("token", "group_id").get(pk=paper_id)) if settings.PUBLIC_URL else ""


def address_on(row: models.Paper) -> str:
    """Return the address that the code of a paper in hand leads to; empty where it bears none."""
    return address(settings.PUBLIC_URL, row.token) if settings.PUBLIC_URL and qr_shown(row.group_id) else ""


def proof_of(code: str) -> ProofInfo | None:
    """Return the proof of the issued paper with a code; an unknown code and one that is none are alike."""
    row = models.Paper.objects.filter(token=_token(code)).exclude(number=None).select_related("group").first()
    if row is None or row.issued_at is None:
        return None
    told = ledger.entries_for("paper", str(row.pk))
    files = tuple(ProvenFile(kind=kind, sha256=sha, entry=_naming(told, sha)) for kind, sha in _files(row))
    numbered = next((int(str(one["entry"])) for one in told if _note(one).get("number") == row.number), None)
    head = ledger.newest_head()
    wanted = {one.entry for one in files if one.entry is not None} | ({numbered} if numbered else set())
    standing, since, replaced_by = _standing(row, told)
    return ProofInfo(
        token=row.token,
        paper_id=row.pk,
        group_id=row.group_id,
        label=f"{row.number:02d}/{row.symbol}",
        kind=KINDS[row.kind].name,
        issued_on=row.issued_at.astimezone(clock.TZ).date(),
        issuer=row.group.name,
        standing=standing,
        standing_since=since,
        replaced_by=replaced_by,
        abstract=row.abstract if standing != "recalled" and _is_published(row) else "",
        files=files,
        head=head,
        entries=ledger.inclusions(wanted, head) if head else {},
    )


def _token(code: str) -> UUID:
    """Return the token of a code; what is no code is asked for all the same, so that nobody tells the two apart."""
    try:
        return UUID(hex=code) if len(code) == 32 else NOBODY
    except ValueError:
        return NOBODY


def _files(row: models.Paper) -> Iterable[tuple[str, str]]:
    held = (("pdf", row.pdf_sha256), ("docx", row.docx_sha256), ("annex", row.annex_sha256), ("scan", row.scan_sha256))
    return ((kind, sha256) for kind, sha256 in held if sha256)


def _naming(told: list[dict[str, object]], sha256: str) -> int | None:
    """Return the first entry on the paper that names a checksum."""
    return next((int(str(one["entry"])) for one in told if sha256 in ledger.checksums_of(one)), None)


def _note(told: Mapping[str, object]) -> Mapping[str, object]:
    note = told.get("note")
    return note if isinstance(note, Mapping) else {}


def _standing(row: models.Paper, told: list[dict[str, object]]) -> tuple[Standing, date | None, str]:
    """Return how a paper stands, since when, and the number of the paper in its place."""
    voided = next((one for one in told if one["action"] == VOIDED), None)
    if voided is not None:
        return "void", _day(datetime.fromisoformat(str(voided["at"]))), ""
    taken = models.Withdrawal.objects.filter(paper=row).select_related("by_paper").first()
    if taken is None:
        return "in_force", None, ""
    if taken.kind == models.Withdrawal.Kind.RECALL:
        return "recalled", _day(taken.at), ""
    heir = taken.by_paper
    return "replaced", _day(taken.at), f"{heir.number:02d}/{heir.symbol}" if heir and heir.number else ""


def _day(at: datetime) -> date:
    return at.astimezone(clock.TZ).date()


def _is_published(row: models.Paper) -> bool:
    """Say whether the paper stands on the page of published papers, for anybody to read."""
    return row.dispatches.filter(channel=models.Channel.PORTAL).exclude(state=models.State.FAILED).exists()


def code_of(sha256: str) -> str:
    """Return the code of the issued paper that a file is or was, by its checksum; empty where it is none of ours."""
    files = Q(docx_sha256=sha256) | Q(pdf_sha256=sha256) | Q(annex_sha256=sha256) | Q(scan_sha256=sha256)
    earlier = Q(signed_sha256=sha256) | Q(pk__in=models.Signature.objects.filter(sha256=sha256).values("paper_id"))
    row = models.Paper.objects.filter(files | earlier).exclude(number=None).only("token").first()
    return row.token.hex if row else ""


def likeness(proof: ProofInfo, sha256: str) -> Likeness:
    """Say what a file is to a paper, by its checksum: one of its files, an earlier state, a draft, another, changed."""
    if any(one.sha256 == sha256 for one in proof.files):
        return "same"
    own = models.Signature.objects.filter(paper_id=proof.paper_id, sha256=sha256)
    if own.exists() or models.Paper.objects.filter(pk=proof.paper_id, signed_sha256=sha256).exists():
        return "earlier"
    named = Q(docx_sha256=sha256) | Q(pdf_sha256=sha256)
    if models.Version.objects.filter(named, paper_id=proof.paper_id).exists():
        return "draft"
    further = named | Q(annex_sha256=sha256) | Q(scan_sha256=sha256) | Q(signed_sha256=sha256)
    issued = models.Paper.objects.filter(further).exclude(number=None)
    return "other" if issued.exists() else "changed"


def as_file(proof: ProofInfo) -> dict[str, object] | None:
    """Return the proof as it travels, for `dean06 ledger check-proof`; None until the tree holds its entries."""
    if proof.head is None or not proof.proven:
        return None
    return {
        "format": ledger.PROOF_FORMAT,
        "paper": {
            "number": proof.label,
            "issued_on": proof.issued_on.isoformat(),
            "issuer": proof.issuer,
            "state": proof.standing,
        },
        "files": [{"kind": one.kind, "sha256": one.sha256, "entry": one.entry} for one in proof.files],
        "origin": proof.head.origin,
        "key": proof.head.key,
        "checkpoint": proof.head.note,
        "entries": [
            {"entry": one.entry, "body": one.body, "leaf_index": one.leaf_index, "path": list(one.path)}
            for one in sorted(proof.entries.values(), key=lambda one: one.leaf_index)
        ],
    }
