"""What an agency's monthly report asks for: its parts, and the figures it may correct. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

__all__ = ["AgencyForm", "Part", "agency_form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part that the agency writes; `joins` is the section of the group's report to which it goes."""

    key: str
    joins: str
    vi: str
    en: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyForm:
    """The parts in their order, and the codes of the figures."""

    parts: tuple[Part, ...]
    figures: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the parts."""
        return frozenset(part.key for part in self.parts)


@lru_cache(maxsize=1)
def agency_form() -> AgencyForm:
    """Return the form as its file has it."""
    text = resources.files("dean06.reports").joinpath("agency.yaml").read_text(encoding="utf-8")
    read = YAML(typ="safe", pure=True).load(text)
    return AgencyForm(
        parts=tuple(
            Part(key=one["key"], joins=one["joins"], vi=one["vi"], en=one["en"], needed=bool(one.get("needed")))
            for one in read["parts"]
        ),
        figures=tuple(read["figures"]),
    )
