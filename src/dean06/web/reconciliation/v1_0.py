"""Version 1.0 (draft) of the Reconciliation API: JSON bodies, lists in order, fixed routes under one address."""

from __future__ import annotations

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dean06.flows import looking_up
from dean06.flows.looking_up import Caller
from dean06.reconcile.errors import LookupRefused
from dean06.reconcile.service import lookups
from dean06.reconcile.service.lookups import Candidate, Question
from dean06.web.language import current_language, words
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

VERSION = "1.0-draft"
JSON = "application/json"
KNOWN = frozenset({"type", "limit", "lang", "dir", "conditions"})
KINDS = ("name", "id", "property")

__all__ = ["extend", "manifest", "match", "preview", "propose", "suggest_entity", "suggest_property", "suggest_type"]


@door("GET")
def manifest(request: HttpRequest, who: Caller) -> HttpResponse:
    """Say what this service is."""
    base = request.build_absolute_uri(reverse("openrefine-1-0", args=[who.token]).rstrip("/"))
    return answered(
        {
            "versions": [VERSION],
            "name": words(f"Sổ dân cư · {who.group.short_name}", f"Population register · {who.group.short_name}"),
            "lang": current_language(),
            "view": {"url": f"{base}/preview?id={{id}}"},
            "defaultTypes": [telling.type_of()],
            "suggest": {"entity": True, "property": True, "type": True},
            "preview": {"width": telling.WIDTH, "height": telling.HEIGHT},
            "extend": {"proposeProperties": True, "propertySettings": []},
            "batchSize": lookups.limit("batch"),
            "standardizedScore": True,
        }
    )


def _json(request: HttpRequest) -> object:
    if request.content_type != JSON:
        raise LookupRefused("kind", f"Gửi nội dung kiểu {JSON}.", f"Send the body as {JSON}.")
    return read_json(body_of(request))


# ------------------------------------------------------------ queries


@door("POST")
def match(request: HttpRequest, who: Caller) -> HttpResponse:
    """Say whom each query of a batch may mean, in their order."""
    told = _json(request)
    queries = told.get("queries") if isinstance(told, dict) else None
    if not isinstance(queries, list):
        raise bad("Cần mảng «queries».", "An array `queries` is needed.")
    require_batch(len(queries))
    questions = [_question(one) for one in queries]
    found = looking_up.match(who, questions, canonical(queries)) if questions else []
    return answered({"results": [{"candidates": [_candidate(one) for one in own]} for own in found]})


def _question(one: object) -> Question:
    if not isinstance(one, dict) or not one.keys() <= KNOWN:
        raise bad("Câu hỏi có trường lạ: chỉ conditions, type, limit.", "A query has members that are unknown.")
    given = one.get("conditions")
    if not isinstance(given, list) or not given or not isinstance(one.get("type", ""), str):
        raise bad("Mỗi câu hỏi cần ít nhất một điều kiện.", "Each query needs at least one condition.")
    limit = count_of(one.get("limit"), DEFAULT_LIMIT, lookups.limit("candidates"))
    if one.get("type", TYPE) != TYPE:
        return question([], [], [], limit)
    read = [_condition(each) for each in given]
    return question(
        [value for kind, of in read if kind == "name" for value in of.values],
        [value for kind, of in read if kind == "id" for value in of.values],
        [of for kind, of in read if kind == "property"],
        limit,
    )


def _condition(one: object) -> tuple[str, Condition]:
    if not isinstance(one, dict) or one.get("matchType") not in KINDS or "propertyValue" not in one:
        raise bad("Điều kiện cần «matchType» và «propertyValue».", "A condition needs `matchType` and `propertyValue`.")
    kind, name, required = one["matchType"], one.get("propertyId", ""), one.get("required", False)
    if kind == "property" and (not isinstance(name, str) or not name):
        raise bad("Điều kiện về thuộc tính cần «propertyId».", "A condition on a property needs `propertyId`.")
    if one.get("matchQuantifier", "any") != "any":
        raise bad("Chỉ nhận matchQuantifier là any.", "The only matchQuantifier taken is `any`.")
    if not isinstance(required, bool):
        raise bad("«required» là đúng hoặc sai.", "`required` is true or false.")
    given = one["propertyValue"]
    values = tuple(filter(None, map(text_of, given if isinstance(given, list) else [given])))
    return kind, Condition(field=str(name), values=values, required=required)


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "lang": "vi",
        "description": telling.description(one),
        "type": [telling.type_of()],
        "score": one.score,
        "match": one.certain,
        "features": [{"id": key, "name": name, "value": value} for key, name, value in telling.features(one)],
    }


# ------------------------------------------------------------ the other services


@door("GET")
def suggest_entity(request: HttpRequest, who: Caller) -> HttpResponse:
    """Suggest people."""
    return answered(telling.suggested_people(request, who, "offset"))


@door("GET")
def suggest_property(request: HttpRequest, who: Caller) -> HttpResponse:
    """Suggest fields."""
    return answered(telling.suggested_properties(request, who, "offset"))


@door("GET")
def suggest_type(request: HttpRequest, _who: Caller) -> HttpResponse:
    """Suggest types."""
    return answered(telling.suggested_types(request, "offset"))


@csp(telling.FRAMED)
@door("GET")
def preview(request: HttpRequest, who: Caller) -> HttpResponse:
    """Show one person in a frame."""
    return telling.preview(request, who, request.GET.get("id", ""))


@door("GET")
def propose(request: HttpRequest, who: Caller) -> HttpResponse:
    """Propose fields to fetch."""
    return answered(telling.proposed(request, who))


@door("POST")
def extend(request: HttpRequest, who: Caller) -> HttpResponse:
    """Give fields of people who were found."""
    told = _json(request)
    asked = wanted(told)
    rows = [
        {"id": one, "properties": [{"id": name, "values": values} for name, values in of.items()]}
        for one, of in fetched(who, asked, canonical(told)).items()
    ]
    meta = [{"id": name, "name": telling.meta_name(who, name)} for name in asked.properties]
    return answered({"meta": meta, "rows": rows})
