"""Whether a task is clear in the usual points (5 rõ): what each asks and whether the task answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.work.types import TaskInfo

TABLE = Path(__file__).with_name("clarity.yaml")

__all__ = ["Clear", "clarity", "clarity_source"]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Closed):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _Point(_Closed):
    key: Literal["person", "work", "duty", "time", "result", "power"]
    vi: str
    en: str
    five: bool
    missing: _Words


class _Table(_Closed):
    format: Literal["dean06-clarity/1"]
    source: str
    dated: str
    points: tuple[_Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """One point: its name, whether the task answers it, and what to say where it does not."""

    key: str
    vi: str
    en: str
    met: bool
    missing_vi: str
    missing_en: str
    five: bool


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table.model_validate(YAML(typ="safe").load(TABLE))


def clarity_source() -> str:
    """Return where the points come from."""
    return _table().source


def clarity(task: TaskInfo) -> tuple[Clear, ...]:
    """Return the points in their order, each with the task's answer."""
    met = {
        "person": bool(task.accountable),
        "work": len(task.title.split()) > 1,
        "duty": bool(task.lead),
        "time": True,
        "result": bool(task.expected) or task.total > 0,
        "power": bool(task.basis.article),
    }
    return tuple(
        Clear(
            key=one.key,
            vi=one.vi,
            en=one.en,
            met=met[one.key],
            missing_vi=one.missing.vi,
            missing_en=one.missing.en,
            five=one.five,
        )
        for one in _table().points
    )
