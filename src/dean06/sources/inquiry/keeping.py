"""How long an answer may be kept: a dated rule with its source."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.clock import service as clock
from dean06.sources.rule import Words

__all__ = ["Keeping", "KeepingRule", "rule_on"]


class KeepingRule(BaseModel):
    """What binds answers that come from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: date = Field(alias="from")
    days: Annotated[int, Field(ge=1, le=366)]
    source: Words


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-keeping/1"]
    rules: Annotated[tuple[KeepingRule, ...], Field(min_length=1)]


@lru_cache(maxsize=1)
def _shipped() -> tuple[KeepingRule, ...]:
    text = resources.files("dean06.sources.inquiry").joinpath("keeping.yaml").read_text(encoding="utf-8")
    return tuple(sorted(_Table.model_validate(YAML(typ="safe", pure=True).load(text)).rules, key=lambda one: one.since))


def rule_on(day: date) -> KeepingRule:
    """Return the rule of a day; the first one binds what came before it too."""
    rules = _shipped()
    return next((one for one in reversed(rules) if one.since <= day), rules[0])


class Keeping:
    """The rule as one service is asked under it: `own_days` shortens it."""

    def __init__(self, own_days: int | None = None) -> None:
        self.own_days = own_days

    def until(self, answered_at: datetime) -> datetime:
        """Return the moment from which an answer that came then may not be kept."""
        rule = rule_on(answered_at.astimezone(clock.TZ).date())
        return answered_at + timedelta(days=min(rule.days, self.own_days or rule.days))

    def told(self, on: date) -> dict[str, object]:
        """Return the rule of a day for a record: its days, since when, and where it comes from."""
        rule = rule_on(on)
        days = min(rule.days, self.own_days or rule.days)
        return {"days": days, "rule_from": rule.since.isoformat(), "rule_days": rule.days, "source": rule.source.vi}
