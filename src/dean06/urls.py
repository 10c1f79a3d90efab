"""Addresses: the door for people has all of them but those under /api/, which are for agencies' software."""

from __future__ import annotations

from django.urls import include, path

from dean06.web.api.rest import api

urlpatterns = [path("api/v1/", api.urls), path("", include("dean06.web.urls"))]
