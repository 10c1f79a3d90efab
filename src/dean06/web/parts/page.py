"""Head of a page, its figures, notices, an empty place, its shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the reader can do: a link, or with `post` a form of one button.

    `kind` is `primary` (one a work area), `second` or `quiet`.
    """

    template: ClassVar[str] = "dean06/parts/action.html"
    label: str
    href: str
    kind: str = "second"
    sign: str = ""
    post: bool = False
    key: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """Title, where it comes from, the clause and facts under it, and what can be done on the page."""

    template: ClassVar[str] = "dean06/parts/pagehead.html"
    title: str
    crumb: Link | None = None
    meta: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a page; with an address it leads to its rows."""

    value: str
    label: str
    href: str = ""
    tone: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """At most four numbers."""

    template: ClassVar[str] = "dean06/parts/figures.html"
    items: tuple[Figure, ...]
    small: bool = False

    def __post_init__(self) -> None:
        if len(self.items) > 4:
            raise ValueError("a page has at most four figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence in its place; `tone` is `info`, `ok`, `warn` or `law`."""

    template: ClassVar[str] = "dean06/parts/notice.html"
    text: str
    tone: str = "info"
    sign: str = "eye"
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Nothing here yet: who owes it, by when, and the way to fill it."""

    template: ClassVar[str] = "dean06/parts/empty.html"
    title: str
    text: str = ""
    sign: str = "doc"
    clause: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """Keys and what they do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The shortcuts of a page, with the switch that turns single letters off."""

    template: ClassVar[str] = "dean06/parts/keys.html"
    items: tuple[Shortcut, ...]
