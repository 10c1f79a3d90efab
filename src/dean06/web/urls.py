"""Addresses of the pages. Pages of a group stand under its slug; a stranger finds nothing there."""

from __future__ import annotations

from django.urls import URLPattern

from dean06.web.routes import (
    accounts,
    charters,
    compliance,
    conduct,
    data,
    desk,
    everybody,
    offices,
    papers,
    settings,
    work,
)

urlpatterns: list[URLPattern] = [
    *everybody.urlpatterns,
    *accounts.urlpatterns,
    *offices.urlpatterns,
    *conduct.urlpatterns,
    *desk.urlpatterns,
    *work.urlpatterns,
    *data.urlpatterns,
    *papers.urlpatterns,
    *charters.urlpatterns,
    *settings.urlpatterns,
    *compliance.urlpatterns,
]
