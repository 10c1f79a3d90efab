"""One element of a packet with the path that a refusal names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from lxml import etree

from dean06.clock import service as clock
from dean06.papers.edxml.codes import standard
from dean06.papers.edxml.types import PaperRef, tidy
from dean06.papers.errors import PaperRefused

T = TypeVar("T")
YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
HOUR = re.compile(r"[ T](\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?")


def day_in(text: str) -> tuple[date, str] | None:
    """Return the day that a text begins with, written year first or day first, and the rest of the text."""
    for form, order in ((YEAR_FIRST, (1, 2, 3)), (DAY_FIRST, (3, 2, 1))):
        if (found := form.match(text)) is None:
            continue
        try:
            return date(*(int(found.group(at)) for at in order)), text[found.end() :]
        except ValueError:
            return None
    return None


def _hour(text: str) -> time | None:
    """Return the hour of Viet Nam that a text says, midnight for an empty one, None for anything else."""
    found = HOUR.fullmatch(text)
    if found is None:
        return None if text else time(tzinfo=clock.TZ)
    try:
        hour, minute, second = (int(part) for part in found.groups())
        return time(hour, minute, second, tzinfo=clock.TZ)
    except ValueError:
        return None


def ref_of(document_id: str) -> PaperRef | None:
    """Return the paper that `OrganId,yyyy/MM/dd,number/symbol` names, or None if it is written otherwise."""
    organ, _, rest = document_id.partition(",")
    day, _, label = rest.partition(",")
    found = day_in(day)
    if found is None or found[1] or not organ.strip() or not label.strip():
        return None
    ref = PaperRef(organ=organ, day=found[0], label=label)
    return (
        ref if ref.document_id == document_id else PaperRef(organ=organ, day=found[0], label=label, given=document_id)
    )


class Place:
    """An element and the way to it."""

    def __init__(self, node: etree._Element, path: str) -> None:
        self._node = node
        self._path = path

    def words(self) -> str:
        """Return what stands in the element, as it stands."""
        return self._node.text or ""

    def every(self, tag: str) -> list[Place]:
        """Return the children of a name, in order."""
        found = self._node.findall(f"{{{standard().namespace}}}{tag}")
        return [Place(node, f"{self._path}/{tag}") for node in found]

    def maybe(self, tag: str) -> Place | None:
        """Return the child of a name, or None; two of them are refused."""
        found = self.every(tag)
        if len(found) > 1:
            raise PaperRefused(f"{self._path}/{tag}", "có hai lần; đề nghị bên gửi sửa", "stands twice")
        return found[0] if found else None

    def has(self, tag: str) -> bool:
        """Say whether there is a child of a name."""
        return bool(self.every(tag))

    def inside(self, tag: str) -> Place:
        """Return the child of a name; a missing one is refused."""
        place = self.maybe(tag)
        if place is None:
            raise self._missing(tag)
        return place

    def _missing(self, tag: str) -> PaperRefused:
        return PaperRefused(
            f"{self._path}/{tag}",
            "không có trong gói; đề nghị bên gửi bổ sung rồi gửi lại",
            "is missing; ask the sender to add it and send the packet again",
        )

    def text(self, tag: str, *, needed: bool = False) -> str:
        """Return the text of a child, tidied; empty where there is none and none is needed."""
        place = self.inside(tag) if needed else self.maybe(tag)
        if place is None:
            return ""
        return tidy(place.words(), f"{self._path}/{tag}", empty=not needed)

    def texts(self, tag: str) -> tuple[str, ...]:
        """Return the texts of all children of a name, without empty ones."""
        found = (tidy(place.words(), f"{self._path}/{tag}") for place in self.every(tag))
        return tuple(text for text in found if text)

    def raw(self, tag: str) -> str:
        """Return the text of a child as it stands."""
        return self.inside(tag).words()

    def number(self, *tags: str) -> int:
        """Return the whole number in a child; tags are spellings of one name, and an empty one counts as nought."""
        text = next(filter(None, (self.text(tag) for tag in tags)), "")
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise PaperRefused(
                f"{self._path}/{tags[0]}", "phải là số nguyên; đề nghị bên gửi sửa", "must be a whole number"
            )
        return int(text)

    def day(self, tag: str, *, needed: bool = False) -> date:
        """Return the day in a child."""
        found = day_in(self.text(tag, needed=needed))
        if found is None:
            raise PaperRefused(
                f"{self._path}/{tag}",
                "phải là ngày dạng năm/tháng/ngày; đề nghị bên gửi sửa",
                "must be a day yyyy/MM/dd",
            )
        return found[0]

    def maybe_day(self, tag: str) -> date | None:
        """Return the day in a child, or None where it stands empty or is absent."""
        return self.day(tag) if self.text(tag) else None

    def moment(self, tag: str) -> datetime:
        """Return the instant in a child, which the axis writes in the time of Viet Nam, to the second."""
        found = day_in(self.text(tag, needed=True))
        hour = _hour(found[1]) if found else None
        if found is None or hour is None:
            raise PaperRefused(
                f"{self._path}/{tag}",
                "phải là thời điểm dạng năm/tháng/ngày giờ:phút:giây; đề nghị bên gửi sửa",
                "must be an instant yyyy/MM/dd HH:mm:ss",
            )
        return datetime.combine(found[0], hour)

    def build(self, make: Callable[[], T]) -> T:
        """Return what is made of this element; a refusal names the way to it."""
        try:
            return make()
        except PaperRefused as problem:
            vi, en = (text.removeprefix(f"{problem.where}: ") for text in (problem.vi, problem.en))
            raise PaperRefused(f"{self._path} ({problem.where})", vi, en) from problem
