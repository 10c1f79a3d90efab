"""Addresses of looking people up: the pages of whoever opens one, and what answers under a secret."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.data import lookups
from dean06.web.reconciliation import v0_2, v1_0

HOME = "t/<slug:to>/openrefine/"
OLD, NEW = "openrefine/<str:token>/0.2", "openrefine/<str:token>/1.0"

urlpatterns: list[URLPattern] = [
    path(HOME, lookups.page, name="lookups"),
    path(f"{HOME}lap/", lookups.make, name="lookups-make"),
    path(f"{HOME}<uuid:address_id>/", lookups.one, name="lookups-one"),
    path(f"{HOME}<uuid:address_id>/thu-hoi/", lookups.revoke, name="lookups-revoke"),
    path(f"{OLD}/", v0_2.root, name="openrefine-0-2"),
    path(OLD, v0_2.root, name="openrefine-0-2-bare"),
    path(f"{OLD}/suggest/entity", v0_2.suggest_entity, name="openrefine-0-2-entity"),
    path(f"{OLD}/suggest/property", v0_2.suggest_property, name="openrefine-0-2-property"),
    path(f"{OLD}/suggest/type", v0_2.suggest_type, name="openrefine-0-2-type"),
    path(f"{OLD}/preview", v0_2.preview, name="openrefine-0-2-preview"),
    path(f"{OLD}/extend/propose", v0_2.propose, name="openrefine-0-2-propose"),
    path(f"{NEW}/", v1_0.manifest, name="openrefine-1-0"),
    path(NEW, v1_0.manifest, name="openrefine-1-0-bare"),
    path(f"{NEW}/match", v1_0.match, name="openrefine-1-0-match"),
    path(f"{NEW}/suggest/entity", v1_0.suggest_entity, name="openrefine-1-0-entity"),
    path(f"{NEW}/suggest/property", v1_0.suggest_property, name="openrefine-1-0-property"),
    path(f"{NEW}/suggest/type", v1_0.suggest_type, name="openrefine-1-0-type"),
    path(f"{NEW}/preview", v1_0.preview, name="openrefine-1-0-preview"),
    path(f"{NEW}/extend", v1_0.extend, name="openrefine-1-0-extend"),
    path(f"{NEW}/extend/propose", v1_0.propose, name="openrefine-1-0-propose"),
]
