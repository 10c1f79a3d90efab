"""Understanding what a service said: the envelope opened, its rows told and counted, its errors given their sentence.

Whatever is not of its form is refused whole. Nothing that was said is ever quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources.connectors.description import Envelope, Fault
from dean06.sources.connectors.types import AccessRefused
from dean06.sources.rule import Words

Row: TypeAlias = Mapping[str, object]

__all__ = ["Row", "Rows", "cut_short", "dig", "malformed", "opened", "parsed", "text_at", "tree"]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one answer; `total` where the service says how many there are in all."""

    rows: tuple[Row, ...] = field(repr=False)
    total: int | None = None


def malformed(title: Words, vi: str, en: str) -> BadInput:
    """Return the error of an answer that does not keep its form."""
    return BadInput(
        f"{title.vi} trả lời không đúng dạng đã mô tả: {vi}. Không nhận phần này; báo nơi cung cấp dịch vụ.",
        f"{title.en} does not answer in the form described: {en}. The part is not taken; tell the service's provider.",
    )


def cut_short(title: Words) -> BadInput:
    """Return the error of an answer with fewer or more rows than it says."""
    return malformed(title, "số dòng nhận được khác số dòng dịch vụ báo", "it holds other rows than it says")


def parsed(title: Words, body: bytes) -> object:
    """Return the JSON of an answer; numbers stay as they were written."""
    try:
        return _json(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise malformed(title, "không phải JSON", "it is no JSON") from None  # the text may hold a person's data


def _json(text: str) -> object:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_number)


def _no_number(name: str) -> object:
    raise ValueError(name)


def tree(title: Words, body: bytes) -> etree._Element:
    """Return the XML of an answer; it may hold no document type, and so no entity of its own."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise malformed(title, "không phải XML", "it is no XML") from None  # the text may hold a person's data
    if root.getroottree().docinfo.doctype:
        raise malformed(title, "XML có phần khai báo kiểu tài liệu", "its XML has a document type")
    return root


def dig(data: object, place: str | None) -> object:
    """Return what stands at a place of an answer, None where nothing does; a list of one is what it holds."""
    for step in place.split(".") if place else ():
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def text_at(title: Words, data: object, place: str) -> str:
    """Return the text at a place, empty where nothing stands; a list or an object there is out of form."""
    found = dig(data, place)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "1" if found else "0"
    if not isinstance(found, str):
        raise malformed(title, f"«{place}» không phải một giá trị", f"{place!r} is not one value")
    return found


def opened(title: Words, envelope: Envelope, faults: Mapping[str, Fault], data: object) -> Rows:
    """Open the envelope of an answer; an error it tells is raised as one of the house's."""
    if not isinstance(data, Mapping):
        if envelope.state or envelope.code:
            raise malformed(title, "thiếu phần trạng thái", "its state is missing")
        return Rows(_rows(title, data))
    if fault := _fault(title, envelope, faults, data):
        if fault.means == "nothing":
            return Rows(())
        raise _error(title, fault)
    rows = _rows(title, dig(data, envelope.rows))
    total = _count(title, envelope, data)
    if total is not None and envelope.counts == "page" and total != len(rows):
        raise cut_short(title)
    return Rows(rows, total if envelope.counts == "all" else None)


UNKNOWN = Fault(
    means="form",
    says=Words(vi="dịch vụ báo lỗi không có trong mô tả", en="it tells an error that the description does not know"),
)


def _fault(title: Words, envelope: Envelope, faults: Mapping[str, Fault], data: object) -> Fault | None:
    code = text_at(title, data, envelope.code).strip() if envelope.code else ""
    if envelope.state:
        if text_at(title, data, envelope.state).strip() in envelope.good:
            return None
        return faults.get(code, UNKNOWN)
    return faults.get(code, UNKNOWN) if code and code not in envelope.good else None


def _error(title: Words, fault: Fault) -> HouseError:
    kinds = {"access": AccessRefused, "later": Unavailable, "form": BadInput}
    return kinds[fault.means](f"{title.vi}: {fault.says.vi}.", f"{title.en}: {fault.says.en}.")


def _count(title: Words, envelope: Envelope, data: object) -> int | None:
    if envelope.count is None:
        return None
    said = text_at(title, data, envelope.count).strip()
    if not said.isdigit() or len(said) > 9:
        raise malformed(title, "số bản ghi không phải con số", "its number of rows is no number")
    return int(said)


def _rows(title: Words, value: object) -> tuple[Row, ...]:
    if isinstance(value, str):
        value = _from_text(title, value)
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(row, Mapping) for row in listed):
        raise malformed(title, "danh sách có phần không phải dòng dữ liệu", "its list holds what is no row")
    return tuple(listed)


def _from_text(title: Words, text: str) -> object:
    """Return the rows that are written inside a text, as JSON or as XML."""
    inside = text.strip().lstrip("\ufeff")
    if not inside:
        return None
    if inside.startswith("<"):
        return [_row_of(element) for element in tree(title, inside.encode())]
    try:
        return _json(inside)
    except (ValueError, RecursionError):
        raise malformed(title, "phần dữ liệu không đọc được", "its data cannot be read") from None  # a person's data


def _row_of(element: etree._Element) -> object:
    """Return an XML element as a row: its children by their names, without namespaces."""
    if len(element) == 0:
        return element.text or ""
    row: dict[str, object] = {}
    for child in element:
        name, value = etree.QName(child).localname, _row_of(child)
        if name in row:
            kept = row[name]
            row[name] = [*kept, value] if isinstance(kept, list) else [kept, value]
        else:
            row[name] = value
    return row
