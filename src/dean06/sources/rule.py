"""Rules that the rows of a delivery must keep: the few forms in which a contract may say what contradicts itself.

A rule names fields of its contract and nothing else: no expression, no code. A stranger's contract is safe to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

# The day that a delivery's data speak of: a rule compares with it as with a field.
DATA_DAY = "ngay_du_lieu"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Severity = Annotated[int, Field(ge=1, le=3)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """A text in Vietnamese and English."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class When(_Strict):
    """A condition on one field of the row: filled, empty, or one of these values (compared without case and marks)."""

    field: Code
    filled: bool | None = None
    among: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> When:
        if (self.filled is None) == (not self.among):
            raise ValueError("say either `filled` or `among`")
        return self


class _Rule(_Strict):
    """What every rule says of itself: its code, the sentence that tells a clerk what is wrong, and where it is from."""

    code: Code
    says: Words
    severity: Severity
    source: Words

    reads: ClassVar[tuple[str, ...]] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the fields the rule reads, in the order of its form; the last of them is blamed."""
        found: list[str] = []
        for part in self.reads:
            told = getattr(self, part)
            if isinstance(told, When):
                found.append(told.field)
            elif told is not None:
                found += [told] if isinstance(told, str) else told
        return tuple(found)

    @property
    def blamed(self) -> str:
        """Return the field a fault is shown at."""
        return next(name for name in reversed(self.names) if name != DATA_DAY)


class Order(_Rule):
    """One date must not be after another; parts that are not known on either side are not compared."""

    reads: ClassVar[tuple[str, ...]] = ("earlier", "later")

    kind: Literal["order"]
    earlier: Code
    later: Code


class Apart(_Rule):
    """Between two dates there are at least, or at most, so many whole years."""

    reads: ClassVar[tuple[str, ...]] = ("when", "earlier", "later")

    kind: Literal["apart"]
    earlier: Code
    later: Code
    least: int | None = Field(default=None, ge=0, le=130)
    most: int | None = Field(default=None, ge=0, le=130)
    when: When | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Apart:
        if self.least is None and self.most is None:
            raise ValueError("say `least` or `most`")
        return self


class Needs(_Rule):
    """Where a condition holds, another field must be filled."""

    reads: ClassVar[tuple[str, ...]] = ("when", "field")

    kind: Literal["needs"]
    when: When
    field: Code


class Bans(_Rule):
    """Where a condition holds, another field must be empty."""

    reads: ClassVar[tuple[str, ...]] = ("when", "field")

    kind: Literal["bans"]
    when: When
    field: Code


class Differ(_Rule):
    """Two fields of a row must not hold the same: a child's number and its mother's."""

    reads: ClassVar[tuple[str, ...]] = ("fields",)

    kind: Literal["differ"]
    fields: tuple[Code, Code]


class Alike(_Rule):
    """Rows that agree in one field agree in another: one household, one householder."""

    reads: ClassVar[tuple[str, ...]] = ("by", "field")

    kind: Literal["alike"]
    by: Code
    field: Code


class Once(_Rule):
    """No two rows hold the same in all of these fields: a certificate's number is given once."""

    reads: ClassVar[tuple[str, ...]] = ("fields",)

    kind: Literal["once"]
    fields: tuple[Code, ...] = Field(min_length=1, max_length=4)


class Between(_Rule):
    """A number lies within bounds, both included."""

    reads: ClassVar[tuple[str, ...]] = ("field",)

    kind: Literal["between"]
    field: Code
    least: float | None = Field(default=None, allow_inf_nan=False)
    most: float | None = Field(default=None, allow_inf_nan=False)

    @model_validator(mode="after")
    def _bounded(self) -> Between:
        if self.least is None and self.most is None:
            raise ValueError("say `least` or `most`")
        return self


# What each form of rule says beside its code and words, in the order a form asks for it.
RULE_FORMS: Mapping[str, tuple[str, ...]] = {
    "order": ("earlier", "later"),
    "apart": ("earlier", "later", "least", "most", "when"),
    "needs": ("when", "field"),
    "bans": ("when", "field"),
    "differ": ("fields",),
    "alike": ("by", "field"),
    "once": ("fields",),
    "between": ("field", "least", "most"),
}
Rule = Annotated[Order | Apart | Needs | Bans | Differ | Alike | Once | Between, Field(discriminator="kind")]
DATES = (Order, Apart)
