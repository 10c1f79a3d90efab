"""What a register is narrowed to, from its address, and the page of it that comes of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest
from django.utils.http import urlencode

from dean06.flows.tracking.offers import Book
from dean06.web.reader import Reader
from dean06.work.service import registers
from dean06.work.service.registers import Definition, EntryFilters, FieldRule

SIZE = 25
LATE, BOARD = "qua_han", "bang"

__all__ = ["BOARD", "LATE", "SIZE", "Chosen", "chosen_of", "columns_of", "filtering", "linking", "page_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the reader narrowed a register to."""

    state: str = ""
    text: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    board: bool = False

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {"trang_thai": self.state, "q": self.text, "xem": BOARD if self.board else ""} | self.choices | changed
        return urlencode({key: value for key, value in given.items() if value})

    def filters(self, definition: Definition, today: date, *, state: str | None = None) -> EntryFilters:
        """Return what the list is asked for, under another state where one is given."""
        chosen = self.state if state is None else state
        agency = self.choices.get(definition.agency or "", "")
        fields = {code: value for code, value in self.choices.items() if code != definition.agency}
        return EntryFilters(
            states=frozenset({chosen}) if chosen and chosen != LATE else frozenset(),
            agency=agency,
            choices=fields,
            text=self.text,
            overdue_on=today if chosen == LATE else None,
        )


def chosen_of(request: HttpRequest, kept: Book) -> Chosen:
    states = {one.code for one in kept.definition.states} | {LATE}
    state = request.GET.get("trang_thai", "")
    given = {rule.code: request.GET.get(rule.code, "") for rule in filtering(kept)}
    return Chosen(
        state=state if state in states else "",
        text=" ".join(request.GET.get("q", "").split())[:200],
        choices={code: value for code, value in given.items() if value},
        board=request.GET.get("xem") == BOARD,
    )


def filtering(kept: Book) -> list[FieldRule]:
    return [rule for rule in registers.fields(kept.shown) if rule.filter]


def columns_of(kept: Book) -> list[FieldRule]:
    return [rule for rule in registers.fields(kept.shown) if rule.column]


def linking(register: str) -> list[FieldRule] | None:
    """Return the columns whose links are named in the list; None where there is no such register."""
    definition = registers.definitions().get(register)
    return [rule for rule in definition.fields if rule.column] if definition else None


def page_of(reader: Reader, kept: Book, chosen: Chosen, *, number: int = 1, size: int = SIZE) -> registers.EntryPage:
    return registers.entries(
        reader.viewer,
        reader.group.id,
        kept.definition.code,
        chosen.filters(kept.definition, reader.today),
        see_all=reader.see_all,
        number=number,
        size=size,
    )
