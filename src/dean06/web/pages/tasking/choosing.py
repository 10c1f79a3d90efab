"""What a reader narrows the list of tasks to, as it stands in the address; the same for list, board and calendar."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from dean06.clock.errors import BadInput
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.parts.tables import Facet
from dean06.web.reader import Reader
from dean06.web.writing import number
from dean06.work.types import OPEN_STATES, Filters, Origin, Role, Status, Tally

VIEWS = (
    ("mo", "Đang mở", "Open"),
    ("qua-han", "Quá hạn", "Overdue"),
    ("cho", "Chờ nghiệm thu", "To accept"),
    ("xong", "Đã xong", "Done"),
    ("", "Tất cả", "All"),
)
ORIGINS = {
    Origin.FINDING: ("Sai lệch dữ liệu", "Findings"),
    Origin.PLAN: ("Kế hoạch", "Plan"),
    Origin.CONCLUSION: ("Kết luận họp", "Conclusion"),
    Origin.DIRECTIVE: ("Ý kiến chỉ đạo", "Directive"),
    Origin.OWN: ("Tự nhận", "Own initiative"),
    Origin.REPORT: ("Báo cáo", "Report"),
    Origin.REQUEST: ("Đề nghị ngoài tổ", "Request outside"),
}
ROLES = {
    Role.LEADS: ("Chủ trì", "Leads"),
    Role.COORDINATES: ("Phối hợp", "Coordinates"),
    Role.FOLLOWS: ("Theo dõi", "Follows"),
}

__all__ = ["ORIGINS", "ROLES", "VIEWS", "Chosen", "chosen", "facets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the reader narrowed the list to, each as typed."""

    xem: str = "mo"
    q: str = ""
    co_quan: str = ""
    vai: str = ""
    nguon: str = ""
    tu: str = ""
    den: str = ""
    quan_trong: str = ""

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {one.name: str(getattr(self, one.name)) for one in fields(self)} | changed
        return urlencode({key: value for key, value in given.items() if value or key == "xem"})

    @property
    def narrows(self) -> bool:
        """Whether anything but the state is narrowed."""
        return replace(self, xem="mo") != Chosen()

    def filters(self, reader: Reader, view: str | None = None) -> Filters:
        """Return what a list is asked for under a view; with no view, whatever the state."""
        plain = Filters(
            text=self.q,
            agency=self.co_quan,
            role=Role(self.vai),
            origin=Origin(self.nguon) if self.nguon else None,
            important=True if self.quan_trong else None,
            due_from=_day(self.tu),
            due_to=_day(self.den),
        )
        match view:
            case "mo":
                return replace(plain, statuses=OPEN_STATES)
            case "qua-han":
                return replace(plain, statuses=OPEN_STATES, overdue_at=reader.now)
            case "cho":
                return replace(plain, statuses=frozenset({Status.REPORTED}))
            case "xong":
                return replace(plain, statuses=frozenset({Status.DONE}))
            case _:
                return plain


def _day(text: str) -> date | None:
    return day_given(text, words("Ngày", "Day")) if text else None


def _readable(text: str) -> str:
    """Return a day as typed where it is one; what is none narrows nothing."""
    try:
        return text.strip() if _day(text.strip()) else ""
    except BadInput:
        return ""


def chosen(request: HttpRequest, reader: Reader) -> Chosen:
    """Return what the address narrows to; words that nobody knows narrow nothing."""
    return of_query(request.GET, reader)


def of_query(given: QueryDict, reader: Reader) -> Chosen:
    """Return what a query narrows to."""
    agency, origin, role = given.get("co_quan", ""), given.get("nguon", ""), given.get("vai", "")
    view = given.get("xem", "mo")
    return Chosen(
        xem=view if view in {code for code, _, _ in VIEWS} else "mo",
        q=" ".join(given.get("q", "").split())[:200],
        co_quan=agency if agency in reader.agencies else "",
        vai=role if agency and role in {one.value for one in ROLES} else "",
        nguon=origin if origin in {one.value for one in ORIGINS} else "",
        tu=_readable(given.get("tu", "")),
        den=_readable(given.get("den", "")),
        quan_trong="1" if given.get("quan_trong") else "",
    )


def facets(picked: Chosen, tally: Tally) -> tuple[Facet, ...]:
    """Return the states as filters, each with how many tasks it keeps."""
    counts = {
        "mo": tally.of(*OPEN_STATES),
        "qua-han": tally.overdue,
        "cho": tally.of(Status.REPORTED),
        "xong": tally.of(Status.DONE),
        "": tally.of(),
    }
    return tuple(
        Facet(
            label=words(vi, en),
            count=number(counts[code]),
            href=f"?{picked.query(xem=code)}",
            current=code == picked.xem,
        )
        for code, vi, en in VIEWS
    )
