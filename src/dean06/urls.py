"""Addresses: the door for people has them all."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("dean06.web.urls"))]
