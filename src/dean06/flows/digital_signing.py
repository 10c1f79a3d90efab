"""A paper signed digitally: by its signer, then numbered by the register, then sealed with the agency's key.

Keys and time stamps are reached before anything is recorded: a service that does not answer leaves the paper as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError
from dean06.flows import paper_signing, signing
from dean06.flows.authority import Act, Answer, Known, ask, bind, grant, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents, issuing, keys, proofs, signatures
from dean06.papers.service.keys import KeyInfo, Secret
from dean06.papers.types import PaperInfo, Signature, Signed

__all__ = [
    "Outcome",
    "countersign",
    "lacks_second",
    "number",
    "seal",
    "sealing_answer",
    "second_of",
    "sign",
    "sign_many",
    "unsign",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one paper of many: issued or signed, or why not."""

    paper_id: int
    paper: PaperInfo | None = None
    problem: HouseError | None = None


def sign(
    account: str,
    group: GroupInfo,
    paper_id: int,
    secret: Secret,
    *,
    reason: str | None = None,
    seen: str | None = None,
) -> PaperInfo:
    """Sign a paper with one's own key, under the clause that lets this person sign; numbered too, where they may."""
    paper = paper_signing.of_group(group, paper_id)
    paper_signing.require_seen(paper, seen)
    act, found = paper_signing.granted(account, group, paper, reason)
    by = grant(act, found)
    signature = signing.signature(group, found)
    key = keys.required(group.id, account=account)
    means = keys.means(group.id, secret, account=account)
    agency = found.decision.seal or ""
    now = clock.now()
    prepared = signatures.prepare(
        issuing.final(paper_id, signature),
        clock.now(group),
        _seal_mm(group, agency),
        proofs.address_of(paper_id),
    )
    signed = signatures.sign_person(prepared.pdf, means, keys.picture(key), now)
    issuing.sign(
        by, paper_id, signature, issuing.keep_file(signed), _signed(key, signature.name, signature.title), seal=agency
    )
    return _numbered(account, group, paper)


def _numbered(account: str, group: GroupInfo, paper: PaperInfo) -> PaperInfo:
    """Number a paper that has all its signatures, where the one who signed last may."""
    if lacks_second(paper.id) or not paper_signing.numbering_answer(account, group, paper).allowed:
        return documents.for_work(paper.id)
    return number(account, group, paper.id)


def second_of(paper_id: int) -> Signature | None:
    """Return the block of whom a paper names beside its signer, if it names anybody."""
    return documents.content(paper_id).second


def lacks_second(paper_id: int) -> bool:
    """Say whether a paper waits for the signature of whom it names beside its signer."""
    return second_of(paper_id) is not None and issuing.SECOND not in {one.kind for one in issuing.signatures(paper_id)}


def countersign(account: str, group: GroupInfo, paper_id: int, secret: Secret) -> PaperInfo:
    """Sign one's own part of a signed paper: for the person that it names beside its signer."""
    paper, block = paper_signing.of_group(group, paper_id), second_of(paper_id)
    seats = offices.capacities(account, group.id, clock.today(group))
    if block is None or block.name not in {seat.holder for seat in seats}:
        raise BadInput(
            f"Văn bản nêu {block.name if block else 'một người'} ký cùng: chỉ người ấy ký phần này.",
            "Only the person whom the paper names beside its signer signs this part.",
        )
    obj = bind("paper", str(paper_id), signed=paper.signed_sha256)
    facts: dict[str, Fact] = {"document.is_signed": paper.state == "signed"}
    by = permit(Act(account=account, group=group, action="document.countersign", obj=obj, facts=facts))
    key, means = keys.required(group.id, account=account), keys.means(group.id, secret, account=account)
    before = issuing.kept_file(paper.signed_sha256)
    signed = signatures.sign_person(before, means, keys.picture(key), clock.now(), second=True)
    told = _signed(key, block.name, block.title, issuing.SECOND)
    issuing.countersign(by, paper_id, issuing.keep_file(signed), told)
    return _numbered(account, group, paper)


def _seal_mm(group: GroupInfo, agency: str) -> tuple[float, float]:
    key = keys.in_use(group.id, agency=agency) if agency else None
    return (key.width_mm, key.height_mm) if key and key.width_mm and key.height_mm else signatures.SEAL_MM


def _signed(key: KeyInfo, name: str, title: str, kind: str = "person") -> Signed:
    told = {"holder": key.holder, "issuer": key.issuer, "fingerprint": key.fingerprint, "kind": key.kind}
    return Signed(kind=kind, name=name, title=title, manner="digital", certificate=told)


def sign_many(account: str, group: GroupInfo, paper_ids: Iterable[int], secret: Secret) -> list[Outcome]:
    """Sign several papers one after another; one that cannot be signed is told and keeps none of the others."""
    made = []
    for paper_id in paper_ids:
        try:
            made.append(Outcome(paper_id=paper_id, paper=sign(account, group, paper_id, secret)))
        except HouseError as problem:
            made.append(Outcome(paper_id=paper_id, problem=problem))
    return made


def number(account: str, group: GroupInfo, paper_id: int) -> PaperInfo:
    """Give a signed paper its number and date."""
    paper = paper_signing.of_group(group, paper_id)
    obj = bind("paper", str(paper_id), docx=paper.docx_sha256)
    return issuing.number_signed(permit(paper_signing.numbering(account, group, obj)), paper_id)


def unsign(account: str, group: GroupInfo, paper_id: int) -> PaperInfo:
    """Take a signature off a paper that has no number yet, to change it."""
    paper = paper_signing.of_group(group, paper_id)
    obj = bind("paper", str(paper_id), signed=paper.signed_sha256)
    return issuing.unsign(permit(Act(account=account, group=group, action="document.decline", obj=obj)), paper_id)


def _sealing(account: str, group: GroupInfo, paper: PaperInfo) -> Act:
    facts: dict[str, Fact] = {"document.is_numbered": paper.issued}
    obj = bind("paper", str(paper.id), pdf=paper.pdf_sha256)
    return Act(account=account, group=group, action="document.seal", obj=obj, facts=facts)


def sealing_answer(account: str, group: GroupInfo, paper: PaperInfo, *, known: Known | None = None) -> Answer:
    """Return whether an account may seal a numbered paper."""
    return ask(_sealing(account, group, paper), known)


def seal(account: str, group: GroupInfo, paper_id: int, secret: Secret) -> PaperInfo:
    """Seal a signed and numbered paper with the key of the agency whose seal the charter gives to its signer."""
    paper = paper_signing.of_group(group, paper_id)
    by = permit(_sealing(account, group, paper))
    key = keys.required(group.id, agency=paper.seal)
    means = keys.means(group.id, secret, agency=paper.seal)
    sealed = signatures.seal(issuing.kept_file(paper.pdf_sha256), means, keys.picture(key), clock.now())
    return issuing.seal(by, paper_id, issuing.keep_file(sealed), _signed(key, key.holder, "", issuing.SEALED))
