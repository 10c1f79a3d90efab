"""Addresses of the desk, the ledger and search."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import desk, searching
from dean06.web.pages.board import board
from dean06.web.pages.group import ledger

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/", desk.desk, name="desk"),
    path("t/<slug:to>/dieu-hanh/", board.board, name="board"),
    path("t/<slug:to>/so-ghi/", ledger.ledger_page, name="ledger"),
    path("t/<slug:to>/tim/", searching.search, name="search"),
    path("t/<slug:to>/tim/goi-y/", searching.suggest, name="search-suggest"),
]
