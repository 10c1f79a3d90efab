"""Moving a draft to the newest adopted text: what the draft changed is laid over it, clause by clause.

A draft that replaces the whole text stays as it is; its writers then know that another text was adopted meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo, NewDraft
from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from dean06.offices.types import GroupInfo

__all__ = ["move"]


def move(account: str, group: GroupInfo, draft: DraftInfo, *, seen: int, again: bool = False) -> DraftInfo:
    """Move an open draft to the newest adopted text, as a revision of its own.

    Args:
        account: whose act it is.
        group: whose charter it is.
        draft: the draft as it is now.
        seen: the revision on the page; one that changed since is not moved.
        again: whoever moves a draft that others have before them knows that it must be submitted again.

    Returns:
        The draft; `to_check` names the places where draft and newest text changed the same thing: there the
        draft's side is kept.
    """
    if not chartering.is_stale(group, draft):
        raise BadInput("Bản thảo đã theo bản mới nhất.", "The draft follows the newest version already.")
    text = chartering.newest(group)
    merged = _laid_over(draft, charters.sources_of(text)) if draft.base_hash else charters.Merged(draft.files, ())
    head = merged.files.get(chartering.HEAD)
    numbered = {"line": group.charter_line, "version": adoption.next_number(group.charter_line)}
    files = merged.files | ({chartering.HEAD: head | numbered} if isinstance(head, dict) else {})
    new = NewDraft(
        title=draft.title,
        files=files,
        base_hash=text.hash if draft.base_hash else "",
        follows=text.hash,
        to_check=merged.to_check,
        clause=draft.clause,
        reason=draft.reason,
    )
    by = chartering.changing(account, group, draft, new, again=again)
    return adoption.save_draft(by, draft.id, new, seen=seen)


def _laid_over(draft: DraftInfo, theirs: Mapping[str, object]) -> charters.Merged:
    base = adoption.text(draft.base_hash)
    if base is None:
        raise BadInput(
            "Không còn bản gốc của bản thảo: soạn lại từ bản đang hiệu lực.",
            "The text that the draft amends is not kept: begin again from the text in force.",
        )
    files = charters.sources_of(base)
    unlike = ("line", "version")  # set by the adoption, not by people
    sides = [_without(one, unlike) for one in (files, draft.files, theirs)]
    return charters.merge_sources(*sides)


def _without(files: Mapping[str, object], names: tuple[str, ...]) -> dict[str, object]:
    head = files.get(chartering.HEAD)
    if not isinstance(head, dict):
        return dict(files)
    return {**files, chartering.HEAD: {key: value for key, value in head.items() if key not in names}}
