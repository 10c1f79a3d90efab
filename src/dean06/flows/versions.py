"""The versions of a group's charter: which decision each stands under, what it amends, which draft made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo, VersionInfo
from dean06.charter.types import Charter, Provision
from dean06.offices.types import GroupInfo

__all__ = ["Version", "covering_part", "versions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of a group's charter.

    Attributes:
        charter: the text, bounded by the next one.
        info: number, decision and days.
        before: the version it amends or replaces; None for the first.
        amends: it changes that version; otherwise it is a whole text of its own.
        covering: the version whose decision the covering part of the text is, which an amendment carries along.
        draft: the draft it was adopted from, where the group's own.
    """

    charter: Charter
    info: VersionInfo
    before: VersionInfo | None
    amends: bool
    covering: VersionInfo
    draft: DraftInfo | None

    @property
    def number(self) -> int:
        """The number under which it was adopted."""
        return self.info.number


def versions(group: GroupInfo, texts: Sequence[Charter] = ()) -> list[Version]:
    """Return the versions of a group's charter in their order, also one that is adopted and not in force yet.

    `texts` are the charters of the line, where the caller has them already.
    """
    listed = adoption.versions(group.charter_line)
    made = adoption.adopting_drafts(listed)
    found: list[Version] = []
    for charter, info in zip(texts or adoption.charters_of(group.charter_line), listed, strict=True):
        last = found[-1] if found else None
        draft = made.get(info.hash)
        carried = last is not None and covering_part(charter) == covering_part(last.charter)
        found.append(
            Version(
                charter=charter,
                info=info,
                before=last.info if last else None,
                amends=last is not None and (draft is None or bool(draft.base_hash)),
                covering=last.covering if last and carried else info,
                draft=draft if draft and draft.group_id == group.id else None,
            )
        )
    return found


def covering_part(charter: Charter) -> Provision | None:
    """Return the decision that issues a text, where the text holds it beside the regulation."""
    return charter.provisions[0] if len(charter.provisions) > 1 else None
