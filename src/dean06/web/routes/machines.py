"""Addresses of agencies' software: its accounts, its calls, and where it is told."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.machines import listing, one

HOME = "t/<slug:to>/ung-dung/"

urlpatterns: list[URLPattern] = [
    path(HOME, listing.machines, name="machines"),
    path(f"{HOME}lap/", listing.make, name="machines-make"),
    path(f"{HOME}dia-chi/lap/", listing.make_hook, name="machines-hook-make"),
    path(f"{HOME}dia-chi/<uuid:hook_id>/", one.hook, name="machines-hook"),
    path(f"{HOME}dia-chi/<uuid:hook_id>/gui-lai/", one.resend, name="machines-hook-resend"),
    path(f"{HOME}dia-chi/<uuid:hook_id>/hoi-lai/", one.ask_again, name="machines-hook-ask"),
    path(f"{HOME}dia-chi/<uuid:hook_id>/dung/", one.end, name="machines-hook-end"),
    path(f"{HOME}<uuid:machine_id>/", one.machine, name="machines-one"),
    path(f"{HOME}<uuid:machine_id>/ma/", one.renew, name="machines-renew"),
    path(f"{HOME}<uuid:machine_id>/thu-hoi/", one.revoke, name="machines-revoke"),
]
