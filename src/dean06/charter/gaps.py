"""What a charter leaves open: each gap by its code, closed by a clause or not, with the group's own rule beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dean06.charter.addresses import clause_label
from dean06.charter.norms import Citation, Words
from dean06.charter.types import Charter, LocalRule
from dean06.charter.vocabulary import demand, vocabulary

GAP = ("Điểm còn trống", "gap")
_LOCAL_VI, _LOCAL_EN = " Áp dụng quy ước số {} ngày {} của tổ.", " The group's local rule no. {} of {} applies."


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswer:
    """One gap in one charter: open until a clause speaks, whatever the group's own rule says.

    Attributes:
        closed_by: the clauses that settle it in this charter; empty while it is open.
        beside: the clauses whose working it shapes.
    """

    gap: str
    name: Words
    outcome: Literal["not_regulated", "regulated"]
    closed_by: tuple[Citation, ...]
    beside: tuple[Citation, ...]
    local_rule: LocalRule | None

    def sentence(self, language: str = "vi") -> str:
        """Return the answer as sentences for a person."""
        english, rule = language == "en", self.local_rule
        name = self.name.en if english else self.name.vi
        if self.closed_by:
            clauses = "; ".join(clause_label(citation, language) for citation in self.closed_by)
            said = f"The charter settles this: {name}: {clauses}." if english else f"Đã có quy định: {name}: {clauses}."
        else:
            said = f"The charter does not regulate this: {name}." if english else f"Quy chế không quy định: {name}."
        if rule is not None:
            day = rule.adopted_on.isoformat() if english else f"{rule.adopted_on:%d/%m/%Y}"
            return said + (_LOCAL_EN if english else _LOCAL_VI).format(rule.number, day)
        if self.closed_by:
            return said
        return said + (" The group has set no rule." if english else " Tổ chưa đặt quy ước.")


def gap_answer(charter: Charter, gap: str, rules: Mapping[str, LocalRule] | None = None) -> GapAnswer:
    """Answer for one gap of the vocabulary under one charter."""
    words = vocabulary()
    demand(GAP, gap, words.gaps)
    actions = {action for action, code in words.gap_of_action.items() if code == gap}
    closing = [norm.cite for norm in charter.norms if norm.action in actions]
    return GapAnswer(
        gap=gap,
        name=words.gaps[gap],
        outcome="regulated" if closing else "not_regulated",
        closed_by=tuple(dict.fromkeys(closing)),
        beside=tuple(dict.fromkeys(norm.cite for norm in charter.norms if gap in norm.gaps)),
        local_rule=(rules or {}).get(gap),
    )
