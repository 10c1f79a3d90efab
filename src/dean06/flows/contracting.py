"""Writing a contract of sector data: begin from what is in force, change it, check it, and put it in force from a day.

A list is read by the contract in force on the day it comes; what was read before stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.ledger.types import digest_of
from dean06.offices.types import GroupInfo, Viewer
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.live import Contract
from dean06.sources.types import DraftInfo, NewVersion, VersionInfo, body_digest, contract_draft_ref, contract_ref

DRAFT, ADOPT = "contract.draft", "contract.adopt"
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")

Body = dict[str, Any]

__all__ = ["adopt", "begin", "begin_new", "change", "drop", "may_adopt", "may_draft", "next_body", "replace_body"]


def _agency(viewer: Viewer, group: GroupInfo, source: str) -> str:
    """Return the agency for which somebody writes: the one that answers for the source where it is theirs."""
    standing = sources.assignment(group.id, source)
    return standing.agency if standing and standing.agency in viewer.agencies_in(group.id) else ""


def drafting(viewer: Viewer, group: GroupInfo, source: str, digest: str) -> Act:
    """Return the act of writing on the draft of a source."""
    agency = _agency(viewer, group, source)
    return Act(
        account=viewer.account,
        group=group,
        agency=agency,
        action=DRAFT,
        obj=ObjectRef(kind="contract", id=contract_draft_ref(group.slug, source), digest=digest),
        facts={"delivery.from_own_agency": bool(agency)},
    )


def may_draft(viewer: Viewer, group: GroupInfo, source: str) -> Answer:
    """Say whether somebody may write a source's contract."""
    return ask(drafting(viewer, group, source, digest_of(ask=DRAFT)))


def body_of(contract: Contract) -> Body:
    """Return a contract as a draft holds it."""
    return contract.model_dump(mode="json", exclude_defaults=True)


def begin(viewer: Viewer, group: GroupInfo, source: str) -> DraftInfo:
    """Begin a draft from the contract that is in force today."""
    contract = sources.contracts(group.id, clock.today(group)).contract(source)
    body, base = body_of(contract), live.digest_of_contract(contract)
    return sources.begin_contract(
        permit(drafting(viewer, group, source, body_digest(body))), group.id, source, body, base
    )


def begin_new(viewer: Viewer, group: GroupInfo, source: str, title: str, title_en: str = "") -> DraftInfo:
    """Begin the contract of a list that there is none for, from the general one."""
    known = sources.contracts(group.id, clock.today(group))
    if not CODE.fullmatch(source):
        raise BadInput(
            f"Mã nguồn «{source}» chỉ gồm chữ thường không dấu, số, gạch nối, dài 2 đến 40.",
            f"The code {source!r} holds small letters without marks, digits and hyphens, 2 to 40 of them.",
        )
    if known.find(source) is not None:
        raise BadInput(f"Đã có nguồn «{source}»: sửa hợp đồng của nguồn đó.", f"There is a source {source!r} already.")
    if not title.strip():
        raise BadInput("Ghi tên nguồn.", "Give the source a title.")
    said = {"vi": title.strip(), "en": title_en.strip() or title.strip()}
    general = known.contract(known.ids[0])
    own = {"vi": f"Mẫu do {group.short_name} lập", "en": f"Written by {group.short_name}"}
    body = body_of(general) | {"id": source, "title": said, "layout": {"kind": "documented", "source": own}}
    return sources.begin_contract(
        permit(drafting(viewer, group, source, body_digest(body))), group.id, source, body, ""
    )


def change(viewer: Viewer, group: GroupInfo, draft: DraftInfo, body: Mapping[str, Any]) -> DraftInfo:
    """Save a draft as it is now; refused where somebody else saved it meanwhile."""
    told = dict(body)
    by = permit(drafting(viewer, group, draft.source, body_digest(told)))
    return sources.save_contract(by, group.id, draft.source, told, draft.digest)


def replace_body(draft: DraftInfo, given: Mapping[str, Any]) -> Body:
    """Return what a file says of a contract as the body of a draft: its own id, and what the product has to say."""
    told = {name: value for name, value in given.items() if name not in {"id", "version", "valid_from", "valid_to"}}
    kept = {name: draft.body[name] for name in ("version", "valid_from") if name in draft.body}
    return {**told, **kept, "id": draft.source}


def drop(viewer: Viewer, group: GroupInfo, draft: DraftInfo) -> None:
    """Throw a draft away."""
    sources.drop_contract(permit(drafting(viewer, group, draft.source, draft.digest)), group.id, draft.source)


# ------------------------------------------------------------ adopting


def may_adopt(viewer: Viewer, group: GroupInfo, source: str) -> Answer:
    """Say whether somebody may put a version of a source's contract in force."""
    obj = ObjectRef(kind="contract", id=contract_ref(group.slug, source, 0), digest=digest_of(ask=ADOPT))
    return ask(Act(account=viewer.account, group=group, action=ADOPT, obj=obj))


def next_body(group: GroupInfo, draft: DraftInfo, since: date) -> Body:
    """Return a draft as the version it would become: numbered, in force from a day, no rule of before lost.

    A rule that the draft leaves out is kept turned off: its findings rest and are not lost.
    """
    body = {name: value for name, value in draft.body.items() if name != "valid_to"}
    before = sources.contracts(group.id, clock.today(group)).find(draft.source)
    said = {one.get("code") for name in ("rules", "rules_off") for one in body.get(name, ()) if isinstance(one, dict)}
    lost = [rule for rule in (*before.rules, *before.rules_off) if rule.code not in said] if before else []
    off = [*body.get("rules_off", ()), *(rule.model_dump(mode="json", exclude_defaults=True) for rule in lost)]
    number = sources.next_version(group.id, draft.source)
    return {**body, "version": number, "valid_from": since.isoformat()} | ({"rules_off": off} if off else {})


def adopt(viewer: Viewer, group: GroupInfo, draft: DraftInfo, since: date, reason: str) -> VersionInfo:
    """Put a draft in force from a day; refused while anything in it is wrong."""
    contract, faults = live.proofed(next_body(group, draft, since))
    if contract is None or faults:
        raise BadInput(
            f"Bản soạn còn {len(faults)} lỗi, chưa ban hành được. {faults[0].vi}",
            f"The draft has {len(faults)} faults and cannot be adopted. {faults[0].en}",
        )
    new = NewVersion(
        group_id=group.id,
        source=draft.source,
        version=contract.version,
        sha256=live.digest_of_contract(contract),
        base_sha256=draft.base_sha256,
        in_force_from=since,
        reason=" ".join(reason.split()),
    )
    obj = ObjectRef(kind="contract", id=new.ref(group.slug), digest=new.digest())
    act = Act(account=viewer.account, group=group, action=ADOPT, obj=obj)
    return sources.adopt_version(permit(act), new, contract)
