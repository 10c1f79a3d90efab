"""Version 0.2 of the Reconciliation API: a form with `queries` or `extend`, answers by key, configurable services."""

from __future__ import annotations

from collections.abc import Mapping

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dean06.flows import looking_up
from dean06.flows.looking_up import Caller
from dean06.reconcile.errors import LookupRefused
from dean06.reconcile.service import lookups
from dean06.reconcile.service.lookups import Candidate, Question
from dean06.web.language import words
from dean06.web.reconciliation import telling
from dean06.web.reconciliation.asking import (
    DEFAULT_LIMIT,
    TYPE,
    Condition,
    canonical,
    count_of,
    question,
    require_batch,
    text_of,
)
from dean06.web.reconciliation.door import answered, bad, body_of, door, read_json
from dean06.web.reconciliation.fetching import fetched, wanted

FORM = "application/x-www-form-urlencoded"
KNOWN = frozenset({"query", "type", "limit", "properties", "type_strict"})

__all__ = ["preview", "propose", "root", "suggest_entity", "suggest_property", "suggest_type"]


def _manifest(request: HttpRequest, who: Caller) -> dict[str, object]:
    base = request.build_absolute_uri(reverse("openrefine-0-2", args=[who.token]).rstrip("/"))
    space = f"urn:uuid:{who.address.public_id}"
    return {
        "versions": ["0.2"],
        "name": words(f"Sổ dân cư · {who.group.short_name}", f"Population register · {who.group.short_name}"),
        "identifierSpace": f"{space}#nguoi/",
        "schemaSpace": f"{space}#truong/",
        "defaultTypes": [telling.type_of()],
        "view": {"url": f"{base}/preview?id={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": telling.WIDTH, "height": telling.HEIGHT},
        "suggest": {
            kind: {"service_url": base, "service_path": f"/suggest/{kind}"} for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
            "property_settings": [],
        },
        "batchSize": lookups.limit("batch"),
    }


@door("GET", "POST")
def root(request: HttpRequest, who: Caller) -> HttpResponse:
    """Answer the endpoint itself: what it is, whom a batch of queries means, or what stands in fields of people.

    Queries are taken by POST alone: what stands in an address is kept by every log on the way.
    """
    if request.method == "GET":
        if {"queries", "query", "extend"} & request.GET.keys():
            raise LookupRefused(
                "method",
                "Gửi câu hỏi bằng POST: tên người không đặt trong địa chỉ.",
                "Send queries by POST: names of people do not stand in an address.",
            )
        return answered(_manifest(request, who))
    if request.content_type != FORM:
        raise LookupRefused("kind", f"Gửi nội dung kiểu {FORM}.", f"Send the body as {FORM}.")
    body_of(request)
    if "queries" in request.POST:
        return answered(_matched(who, read_json(request.POST["queries"])))
    if "extend" in request.POST:
        return answered(_extended(who, read_json(request.POST["extend"])))
    raise bad("Thiếu «queries» hoặc «extend».", "`queries` or `extend` is missing.")


# ------------------------------------------------------------ queries


def _matched(who: Caller, told: object) -> dict[str, object]:
    if not isinstance(told, dict):
        raise bad("«queries» phải là một đối tượng.", "`queries` must be an object.")
    require_batch(len(told))
    if not told:
        return {}
    questions = {key: _question(one) for key, one in told.items()}
    found = looking_up.match(who, list(questions.values()), canonical(told))
    return {
        key: {"result": [_candidate(one) for one in own if _of_type(told[key])]}
        for key, own in zip(questions, found, strict=True)
    }


def _of_type(one: Mapping[str, object]) -> bool:
    """Say whether people are asked for at all."""
    kinds = one.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return not kinds or TYPE in listed


def _question(one: object) -> Question:
    if not isinstance(one, dict) or not one.keys() <= KNOWN:
        raise bad("Câu hỏi có trường lạ: chỉ query, type, limit, properties.", "A query has members that are unknown.")
    name, given = one.get("query"), one.get("properties", [])
    if not isinstance(given, list) or not isinstance(name, str | None):
        raise bad("«query» là chữ, «properties» là mảng.", "`query` is a text, `properties` an array.")
    if not name and not given:
        raise bad("Mỗi câu hỏi cần «query» hoặc «properties».", "Each query needs `query` or `properties`.")
    limit = count_of(one.get("limit") or None, DEFAULT_LIMIT, lookups.limit("candidates"))
    people = _of_type(one)
    return question([text_of(name)] if name and people else [], [], map(_condition, given if people else []), limit)


def _condition(one: object) -> Condition:
    if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
        raise bad("Mỗi thuộc tính cần «pid» và «v».", "Each property needs `pid` and `v`.")
    given = one["v"] if isinstance(one["v"], list) else [one["v"]]
    return Condition(field=one["pid"], values=tuple(filter(None, map(text_of, given))))


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "description": telling.description(one),
        "type": [telling.type_of()],
        "score": one.score,
        "match": one.certain,
        "features": [{"id": key, "value": value} for key, _, value in telling.features(one)],
    }


# ------------------------------------------------------------ the other services


@door("GET")
def suggest_entity(request: HttpRequest, who: Caller) -> HttpResponse:
    """Suggest people."""
    return answered(telling.suggested_people(request, who, "cursor"))


@door("GET")
def suggest_property(request: HttpRequest, who: Caller) -> HttpResponse:
    """Suggest fields."""
    return answered(telling.suggested_properties(request, who, "cursor"))


@door("GET")
def suggest_type(request: HttpRequest, _who: Caller) -> HttpResponse:
    """Suggest types."""
    return answered(telling.suggested_types(request, "cursor"))


@csp(telling.FRAMED)
@door("GET")
def preview(request: HttpRequest, who: Caller) -> HttpResponse:
    """Show one person in a frame."""
    return telling.preview(request, who, request.GET.get("id", ""))


@door("GET")
def propose(request: HttpRequest, who: Caller) -> HttpResponse:
    """Propose fields to fetch."""
    return answered(telling.proposed(request, who))


def _extended(who: Caller, told: object) -> dict[str, object]:
    asked = wanted(told)
    rows = fetched(who, asked, canonical(told))
    meta = [{"id": name, "name": telling.meta_name(who, name)} for name in asked.properties]
    return {"meta": meta, "rows": rows}
