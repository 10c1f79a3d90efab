"""Addresses of deliveries, runs, findings and scores."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.data import (
    contracts,
    deliveries,
    feed_form,
    feeding,
    findings,
    hand_in,
    proposals,
    rules,
    run_files,
    run_looks,
    runs,
    scores,
)

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/doi-soat/", deliveries.deliveries, name="deliveries"),
    path("t/<slug:to>/doi-soat/nop/", hand_in.hand_in, name="deliveries-new"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/", deliveries.one, name="deliveries-one"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/rut/", deliveries.undo, name="deliveries-undo"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/chay-lai/", deliveries.again, name="deliveries-again"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/kiem-tra/", rules.rules, name="deliveries-rules"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/kiem-tra/chay-lai/", rules.examine, name="deliveries-examine"),
    path("t/<slug:to>/nguon-du-lieu/", contracts.listing, name="sources"),
    path("t/<slug:to>/nguon-du-lieu/<slug:source>/", contracts.one, name="sources-one"),
    path("t/<slug:to>/nguon-du-lieu/<slug:source>/datapackage.json", contracts.package, name="sources-package"),
    path("t/<slug:to>/ket-noi/", feeding.listing, name="source-feeds"),
    path("t/<slug:to>/ket-noi/dat/", feed_form.make, name="source-feeds-new"),
    path("t/<slug:to>/ket-noi/<int:feed_id>/", feeding.one, name="source-feeds-one"),
    path("t/<slug:to>/ket-noi/<int:feed_id>/sua/", feed_form.change, name="source-feeds-change"),
    path("t/<slug:to>/ket-noi/<int:feed_id>/thu/", feeding.test, name="source-feeds-test"),
    path("t/<slug:to>/ket-noi/<int:feed_id>/lay/", feeding.pull, name="source-feeds-pull"),
    path("t/<slug:to>/ket-noi/<int:feed_id>/bat-tat/", feeding.switch, name="source-feeds-switch"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/", runs.one, name="runs-one"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/dong/<int:stt>/", runs.row, name="runs-row"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/muc-dich/", runs.purpose, name="runs-purpose"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tim/", runs.search, name="runs-search"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/ket-qua.<slug:kind>", run_files.download, name="runs-file"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tep-ket-qua/", run_files.wait, name="runs-wait"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tep-ket-qua/lap/", run_files.ask, name="runs-ask"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/lan-xem/", run_looks.who, name="runs-looks"),
    path("t/<slug:to>/sai-lech/", findings.findings, name="findings"),
    path("t/<slug:to>/sai-lech/giao/", findings.order, name="findings-order"),
    path("t/<slug:to>/sai-lech/<int:finding_id>/so-sai/", proposals.make, name="proposals-make"),
    path("t/<slug:to>/de-nghi-so/", proposals.proposals, name="proposals"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/", proposals.one, name="proposals-one"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/quyet/", proposals.consider, name="proposals-consider"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/rut/", proposals.take_back, name="proposals-back"),
    path("t/<slug:to>/bang-diem/", scores.scorecard, name="scores"),
]
