"""Norms proposed by a text: completed so that they can be taken as they are, and taken into their article.

A proposal becomes a norm only by somebody's word. What the file does not say, but the text in force says of the same
party and act (by what a duty is fulfilled, in which documents), is carried over and shown before it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dean06.adoption.service import DraftInfo
from dean06.charter.types import Charter, Norm
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from dean06.flows.draft_values import listed
from dean06.offices.types import GroupInfo

KEY = re.compile(r"[^a-z0-9_]+")

__all__ = ["Proposal", "free_key", "keys_of", "proposals", "take"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A norm that may be taken: its number on the page, the plain norm, and whether nothing is wanting in it."""

    number: int
    norm: Mapping[str, object]
    ready: bool


def free_key(norm: Mapping[str, object], used: Collection[str]) -> str:
    """Return a key nobody uses: the first bearer's role and the act, `leader.meeting_convene`, numbered if need be."""
    bearer = _first(norm.get("bearer")).partition(":")[0]
    act = str(norm.get("action") or norm.get("type") or "norm").replace(".", "_")
    base = ".".join(part for part in (KEY.sub("_", bearer.lower()), KEY.sub("_", act.lower())) if part)[:74]
    return next(name for n in range(1, len(used) + 2) if (name := base if n == 1 else f"{base}_{n}") not in used)


def _first(value: object) -> str:
    listed = value if isinstance(value, list | tuple) else [value]
    return str(listed[0]) if listed and listed[0] else ""


def keys_of(draft: DraftInfo) -> set[str]:
    """Return the keys of every norm of a draft."""
    return {
        str(norm.get("key"))
        for value in draft.files.values()
        if isinstance(value, Mapping)
        for norm in _mappings(value.get("norms"))
    }


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def proposals(group: GroupInfo, draft: DraftInfo, article: str) -> list[Proposal]:
    """Return the proposals of an article that no norm of it has taken, each as the norm it would be."""
    text, used = chartering.current(group), keys_of(draft)
    head = draft.files.get(chartering.HEAD)
    parties = _declared(head if isinstance(head, Mapping) else {})
    made = []
    for number, found in enumerate(chartering.proposals(draft, article)):
        norm = _completed(found, text, parties, used)
        used.add(str(norm["key"]))
        ready = bool(norm.get("bearer")) and (bool(norm.get("action")) or norm["type"] in ("status", "constitutive"))
        made.append(Proposal(number=number, norm=norm, ready=ready and norm["type"] != "prohibition"))
    return made


def _declared(head: Mapping[str, object]) -> set[str]:
    tables = (head.get(key) for key in ("roles", "agencies"))
    return {str(code) for table in tables if isinstance(table, Mapping) for code in table}


def _known(party: object, parties: set[str]) -> bool:
    return all(part in parties for part in str(party).split(":"))


def _completed(
    found: Mapping[str, object], text: Charter, parties: set[str], used: Collection[str]
) -> dict[str, object]:
    made = dict(found)
    for key in ("bearer", "recipients"):
        kept = [party for party in listed(found.get(key)) if _known(party, parties)]
        made.pop(key, None)
        made |= {key: kept} if kept else {}
    if made.get("via") and not _known(made["via"], parties):
        del made["via"]
    made["source"] = f"{found['cite']}: «{found.get('source', '')}»"[:1200]
    like = _like(made, text.norms)
    if like is not None:
        made |= {"fulfilled_by": like.fulfilled_by} if like.fulfilled_by and made["type"] == "duty" else {}
        made |= {"documents": list(like.document_kinds)} if like.document_kinds else {}
    return {"key": free_key(made, used), **made}


def _like(norm: Mapping[str, object], norms: Iterable[Norm]) -> Norm | None:
    """Return the norm in force that gives the same party the same act in the same way."""
    bearer = _first(norm.get("bearer")).partition(":")[0]
    return next(
        (
            one
            for one in norms
            if one.action
            and one.action == norm.get("action")
            and one.type == norm.get("type")
            and bearer in {party.role for party in one.bearers}
        ),
        None,
    )


def take(
    account: str,
    group: GroupInfo,
    draft: DraftInfo,
    article: str,
    numbers: Collection[int],
    *,
    seen: int,
    again: bool = False,
) -> tuple[DraftInfo, int]:
    """Take proposals of an article as its norms, by their numbers; return the draft and how many were taken."""
    chosen = [one for one in proposals(group, draft, article) if one.number in numbers and one.ready]
    if not chosen:
        raise BadInput(
            "Chọn ít nhất một đề xuất đủ chủ thể và việc; đề xuất còn thiếu thì mở ra bổ sung.",
            "Choose at least one proposal that names who and what; open the others and complete them.",
        )
    file, kept = next(
        (name, value)
        for name, value in draft.files.items()
        if isinstance(value, Mapping) and value.get("article") == article
    )
    norms = [*_mappings(kept.get("norms")), *(dict(one.norm) for one in chosen)]
    return chartering.save(account, group, draft, file, dict(kept) | {"norms": norms}, seen=seen, again=again), len(
        chosen
    )
