"""Addresses of the pages. Pages of a group stand under its slug; a stranger finds nothing there."""

from __future__ import annotations

from django.urls import URLPattern

from dean06.web.routes import charters, compliance, data, desk, everybody, papers, reports, settings, work

urlpatterns: list[URLPattern] = [
    *everybody.urlpatterns,
    *desk.urlpatterns,
    *work.urlpatterns,
    *reports.urlpatterns,
    *data.urlpatterns,
    *papers.urlpatterns,
    *charters.urlpatterns,
    *settings.urlpatterns,
    *compliance.urlpatterns,
]
