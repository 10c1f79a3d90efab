"""Panels and the plain forms in them: a page that is made of these needs no template of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dean06.web.parts.shape import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form.

    `kind` is `text`, `day`, `hour`, `number`, `email`, `password`, `area`, `file`, `choice`, `checks` (several of the
    choices, `value` holding those ticked, joined by commas), `check` or `hidden`; `choices` are (value, words).
    """

    name: str
    label: str = ""
    kind: str = "text"
    value: str = ""
    hint: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 300
    placeholder: str = ""
    accept: str = ""

    @property
    def ticked(self) -> tuple[str, ...]:
        """The values that are ticked."""
        return tuple(self.value.split(",")) if self.value else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that is sent by one button; `id` keeps the ids of two forms on a page apart."""

    template: ClassVar[str] = "dean06/parts/form.html"
    id: str
    action: str
    button: str
    fields: tuple[Field, ...] = ()
    kind: str = "second"
    note: str = ""
    of_account: bool = False

    @property
    def uploads(self) -> bool:
        """Whether a file goes with it."""
        return any(field.kind == "file" for field in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A titled panel over other parts; folded, only its title stands until it is opened."""

    template: ClassVar[str] = "dean06/parts/panel.html"
    id: str
    title: str
    parts: tuple[Part, ...] = ()
    text: str = ""
    aside: str = ""
    law: bool = False
    fold: bool = False
    flush: bool = False
