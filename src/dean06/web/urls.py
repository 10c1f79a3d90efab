"""Addresses of the pages, one line a page."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web import views_language, views_style

urlpatterns: list[URLPattern] = [
    path("ngon-ngu/", views_language.choose, name="language"),
    path("kieu-mau/", views_style.guide, name="style-guide"),
    path("kieu-mau/<slug:name>/", views_style.sample, name="style-sample"),
]
