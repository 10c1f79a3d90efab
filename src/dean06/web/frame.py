"""What stands around every page: group and hat switches, sections, search, the reader, the ledger's checkpoint.

A view (or a context processor) gives a `Frame` to the base template under the name `frame`. What is None or empty is
not drawn, so a section that does not exist here, or that this reader has no business with, is simply absent; sign-in
and error pages have no frame at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a switch. With a `name` it is sent as a form (name=value), else it is a link."""

    label: str
    note: str = ""
    href: str = ""
    name: str = ""
    value: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """The group or the hat in force, and the others the reader may take."""

    label: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the main navigation, with the number of things waiting there."""

    label: str
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The last signed checkpoint of the ledger and whether it was checked whole; None where no page has asked."""

    number: int
    href: str
    whole: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDay:
    """A demonstration group's own day, and where it is moved."""

    today: date
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """That the group has ended, by which paper, who succeeds it, and where the record of the hand-over stands."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything around the page."""

    home: str = "/"
    group: Switch | None = None
    hat: Switch | None = None
    sections: tuple[Section, ...] = ()
    search_href: str = ""
    notices_href: str = ""
    notices: int = 0
    person: str = ""
    account_href: str = ""
    factor_href: str = ""
    sign_out_href: str = ""
    as_of: datetime | None = None
    checkpoint: Checkpoint | None = None
    demo_day: DemoDay | None = None
    ended: Ended | None = None
