"""What was filled in wrongly: the form again with everything typed, and a summary on top that leads to each field."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.clock.errors import BadInput
from dean06.web.language import current_language

UNUSABLE = 422

__all__ = ["UNUSABLE", "Misfilled", "Slip", "slips_of"]


class Misfilled(BadInput):
    """One field of a form cannot be taken; `field` is its id on the page."""

    def __init__(self, field: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One line of the summary: what to do, and the id of the field it is about; empty where it is about none."""

    text: str
    field: str = ""


def slips_of(problem: BadInput, field: str = "") -> tuple[Slip, ...]:
    """Return the lines of a refusal, each leading to the field it names, else to the one given."""
    where = problem.field if isinstance(problem, Misfilled) else field
    return tuple(Slip(text=line, field=where) for line in problem.explain(current_language()).split("\n") if line)
