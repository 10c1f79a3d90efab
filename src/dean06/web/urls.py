"""Addresses of the pages, one line a page."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
