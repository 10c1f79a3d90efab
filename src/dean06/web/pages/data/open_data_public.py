"""Dữ liệu công bố: the catalogue of a group's lists and how good they are, for everybody, without sign-in."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import open_data
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.reconcile.service import month_scores
from dean06.reconcile.service.month_scores import FrozenScores
from dean06.reconcile.service.open_data import Catalogue, Dataset
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pace import paced
from dean06.web.pages.data.open_data import answered, downloads, links, table
from dean06.web.parts.page import PageHead

__all__ = ["file", "page"]


def _published(slug: str) -> tuple[GroupInfo, FrozenScores]:
    """Return a group and the month it published; whoever published nothing is not found."""
    try:
        group = offices.group(slug)
    except HouseError as problem:
        raise Http404 from problem
    frozen = month_scores.published(group.id)
    if frozen is None:
        raise Http404
    return group, frozen


def _catalogue(request: HttpRequest, group: GroupInfo, frozen: FrozenScores, only: str = "") -> Catalogue:
    base = request.build_absolute_uri(reverse("published-data", args=[group.slug]))
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    return open_data.catalogue(group, charter, frozen, base, lambda source: f"{base}#cau-truc-{source}", only)


@require_safe
@paced
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what a group published of its lists."""
    group, frozen = _published(slug)
    told = _catalogue(request, group, frozen)
    address = partial(_file, group.slug)

    def named(one: Dataset) -> SafeString:
        return format_html("{}", words(one.contract.title.vi, one.contract.title.en))

    def files(one: Dataset) -> SafeString:
        return links(address, {"nguon": one.contract.id})

    month = writing.month(frozen.month)
    shown = {
        "head": PageHead(
            title=words(f"Dữ liệu mở của {group.name}", f"Open data of {group.name}"),
            meta=(
                words(f"bảng điểm tháng {month} đã chốt", f"frozen scores of {month}"),
                words("không có dòng nào của người dân", "no row of a person"),
                "DCAT-AP 3.0, DQV",
                format_html("SHA-256 <code>{}</code>", frozen.sha256),
            ),
            actions=downloads(address, {}),
        ),
        "found": True,
        "table": table(told.datasets, frozen, named, files),
    }
    return render(request, "dean06/pages/table_page.html", shown)


def _file(slug: str, kind: str) -> str:
    return reverse("published-data-file", args=[slug, kind])


@require_safe
@paced
def file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Hand out the published catalogue: whole lists, or one list with its communes."""
    group, frozen = _published(slug)
    only = request.GET.get("nguon", "")
    told = _catalogue(request, group, frozen, only)
    return answered(told, frozen, f"{told.base}#bang-diem-{frozen.month}", kind, by_commune=bool(only))
