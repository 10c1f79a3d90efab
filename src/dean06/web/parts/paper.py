"""A paper as it will be printed, in the layout of Decree 30/2020: a preview, never the paper itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table of the paper: its heads, and its cells; `aligns` says of each column `left`, `centre` or `right`."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows, each cell with where it stands."""
        return tuple(tuple(zip_longest(row, self.aligns[: len(row)], fillvalue="right")) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the body, or a table in its place.

    Words may carry `<a class="trace">` links from a number to its source. `keeps` is a heading, which stays with the
    line below it.
    """

    text: str = ""
    centred: bool = False
    keeps: bool = False
    table: PaperTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A text or an annex behind the paper; a text has the names of its issuer above."""

    kind: tuple[str, ...]
    lines: tuple[Line, ...]
    above: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The parts of a paper, each a line or lines as they will stand."""

    template: ClassVar[str] = "dean06/parts/paper.html"
    above: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    place_and_day: str
    kind: str
    subject: str
    lines: tuple[Line, ...]
    recipients: tuple[str, ...]
    sign_form: tuple[str, ...]
    slot: str
    signer: tuple[str, ...]
    about: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    second_form: tuple[str, ...] = ()
    second_signer: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()
    note: str = ""
