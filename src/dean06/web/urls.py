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
    funds,
    lookups,
    machines,
    meetings,
    notices,
    offices,
    papers,
    reports,
    settings,
    tracking,
    work,
)

urlpatterns: list[URLPattern] = [
    *everybody.urlpatterns,
    *accounts.urlpatterns,
    *offices.urlpatterns,
    *desk.urlpatterns,
    *notices.urlpatterns,
    *work.urlpatterns,
    *meetings.urlpatterns,
    *tracking.urlpatterns,
    *reports.urlpatterns,
    *data.urlpatterns,
    *papers.urlpatterns,
    *funds.urlpatterns,
    *conduct.urlpatterns,
    *charters.urlpatterns,
    *settings.urlpatterns,
    *machines.urlpatterns,
    *lookups.urlpatterns,
    *compliance.urlpatterns,
]
