"""Writing a contract of sector data: begin from what is in force, change it, check it, and put it in force from a day.

A list is read by the contract in force on the day it comes; what was read before stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
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
from dean06.sources.types import (
    DeliveryInfo,
    DraftInfo,
    NewVersion,
    Trial,
    VersionInfo,
    body_digest,
    contract_draft_ref,
    contract_ref,
    draft_act_digest,
)

DRAFT, ADOPT = "contract.draft", "contract.adopt"
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")

Body = dict[str, Any]

__all__ = [
    "adopt",
    "again",
    "begin",
    "begin_new",
    "body_of",
    "change",
    "drop",
    "last_list",
    "may_adopt",
    "may_draft",
    "next_body",
    "take_file",
    "try_out",
]


def _agency(viewer: Viewer, group: GroupInfo, source: str) -> str:
    """Return the agency for which somebody writes: the one that answers for the source where it is theirs."""
    standing = sources.assignment(group.id, source)
    return standing.agency if standing and standing.agency in viewer.agencies_in(group.id) else ""


def _writing(viewer: Viewer, group: GroupInfo, source: str, act: str, body: Mapping[str, Any]) -> Act:
    """Return an act on the draft of a source."""
    return _drafting(viewer, group, source, draft_act_digest(act, body))


def _drafting(viewer: Viewer, group: GroupInfo, source: str, digest: str) -> Act:
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
    return ask(_drafting(viewer, group, source, digest_of(ask=DRAFT)))


def body_of(contract: Contract) -> Body:
    """Return a contract as a draft holds it."""
    return contract.model_dump(mode="json", exclude_defaults=True)


def begin(viewer: Viewer, group: GroupInfo, source: str) -> DraftInfo:
    """Begin a draft from the contract that is in force today."""
    contract = sources.contracts(group.id, clock.today(group)).contract(source)
    body, base = body_of(contract), live.digest_of_contract(contract)
    return sources.begin_contract(permit(_writing(viewer, group, source, "begun", body)), group.id, source, body, base)


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
    return sources.begin_contract(permit(_writing(viewer, group, source, "begun", body)), group.id, source, body, "")


def change(viewer: Viewer, group: GroupInfo, draft: DraftInfo, body: Mapping[str, Any]) -> DraftInfo:
    """Save a draft as it is now; refused where somebody else saved it meanwhile, and no act where nothing changed."""
    contract, _ = live.proofed(body)
    told = body_of(contract) if contract else dict(body)  # said in one way, so that only what differs is a difference
    if body_digest(told) == draft.digest:
        return draft
    by = permit(_writing(viewer, group, draft.source, "saved", told))
    return sources.save_contract(by, group.id, draft.source, told, draft.digest)


def take_file(viewer: Viewer, group: GroupInfo, draft: DraftInfo, content: bytes) -> DraftInfo:
    """Put what a file says into a draft: a contract's YAML in its place, a Data Package or Table Schema over it."""
    known = sources.contracts(group.id, clock.today(group))
    return change(viewer, group, draft, of_source(draft.body, live.body_of_file(content, draft.body, known.find)))


def again(viewer: Viewer, group: GroupInfo, source: str, number: int) -> DraftInfo:
    """Begin a draft, or put into the one there is, what an earlier version said; 0 is the product's own."""
    found = sources.contract_version(viewer, group.id, source, number)
    if number and found is None:
        raise BadInput(f"Không có bản {number} của nguồn này.", f"There is no version {number} of this source.")
    contract = found[1] if found else live.contract(source)
    draft = sources.contract_draft(viewer, group.id, source) or begin(viewer, group, source)
    return change(viewer, group, draft, of_source(draft.body, body_of(contract)))


def of_source(body: Mapping[str, Any], given: Mapping[str, Any]) -> Body:
    """Return what is given as the body of a source's draft: under its own id, numbered when it is adopted."""
    told = {name: value for name, value in given.items() if name not in {"id", "version", "valid_from", "valid_to"}}
    return {**told, **{name: body[name] for name in ("id", "version", "valid_from") if name in body}}


def drop(viewer: Viewer, group: GroupInfo, draft: DraftInfo) -> None:
    """Throw a draft away."""
    by = permit(_writing(viewer, group, draft.source, "dropped", draft.body))
    sources.drop_contract(by, group.id, draft.source)


# ------------------------------------------------------------ trying


def last_list(viewer: Viewer, group: GroupInfo, source: str) -> DeliveryInfo | None:
    """Return the newest list of a source that was read: what a draft is tried on where no file is given."""
    found = sources.deliveries(viewer, group.id, source=source)
    return next((one for one in found if one.state == "read"), None)


def try_out(viewer: Viewer, group: GroupInfo, draft: DraftInfo, file: Path | None = None, name: str = "") -> Trial:
    """Read a list by what is in force and by the draft, and keep beside the draft what would differ: counts alone."""
    today = clock.today(group)
    contract, faults = live.proofed(next_body(group, draft, today))
    if contract is None or faults:
        raise BadInput(
            f"Bản soạn còn {len(faults)} lỗi: sửa xong rồi thử. {faults[0].vi}",
            f"The draft has {len(faults)} faults: correct them first. {faults[0].en}",
        )
    by = permit(_writing(viewer, group, draft.source, "tried", draft.body))
    if file is None:
        last = last_list(viewer, group, draft.source)
        if last is None:
            raise BadInput(
                "Nguồn này chưa có lần nộp nào: chọn một tệp để thử.", "There is no list yet: choose a file."
            )
        file, name = sources.original_of_delivery(last.id)
    before = sources.contracts(group.id, today).find(draft.source)
    trial = sources.try_contracts(file, name, before, contract, draft.digest, today)
    sources.note_contract_trial(by, group.id, draft.source, trial)
    return trial


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
