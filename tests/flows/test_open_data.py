"""The catalogue that others read: shapes of DCAT-AP hold, its figures are those of the frozen month, none is of few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from dean06.adoption import service as adoption
from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.flows import open_data, ordering, scorecards
from dean06.ledger.models import Entry
from dean06.reconcile.open_terms import DIMENSION, DQV
from dean06.reconcile.service import month_scores
from dean06.reconcile.service import open_data as published
from dean06.reconcile.service.month_scores import FrozenScores
from flows.conftest import Office, at, found, kept, own
from web.neighbours import client

# The reader of JSON-LD in rdflib stands on a class of its own that rdflib gives up.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.either_database,  # what is published is written from frozen rows
]

SHAPES = Path(__file__).parent / "shapes" / "dcat-ap-SHACL-3.0.0.ttl"
BASE, MONTH = "https://to.example/t/qn/du-lieu-mo/", "2022-06"
STATEMENT = "https://to.example/t/qn/bang-diem/thang/2022-06/tep.json"


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=400)
    with at(2022, 6, 1):
        for source in ("bhyt", "hoc-sinh", "khai-sinh"):
            ordering.assign_source(made.account("leader"), made.group, source)
    made.load_register(MONTH)
    made.deliver("bhyt", "BHXH", MONTH)
    with at(2022, 7, 5):
        scorecards.freeze(made.account("standing_deputy"), made.group, MONTH)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("mo"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def violations(graph: Graph) -> list[str]:
    """Name the paths at which a graph breaks the shapes."""
    conforms, results, _ = validate(graph, shacl_graph=shapes(), advanced=True)
    found = sorted(str(path) for path in results.objects(None, SH.resultPath))
    assert conforms is not bool(found)
    return found


def frozen_month(office: Office) -> FrozenScores:
    kept = month_scores.for_work(office.group.id, MONTH)
    assert kept is not None
    return kept


def graph_of(office: Office, frozen: FrozenScores | None, only: str = "") -> Graph:
    with at(2022, 7, 6):
        charter = adoption.charter_of(office.group.charter_line, date(2022, 7, 6))
        told = open_data.catalogue(office.group, charter, frozen, BASE, lambda source: f"{BASE}{source}.json", only)
        return open_data.told(told, frozen, STATEMENT, by_commune=bool(only))


def test_the_catalogue_breaks_no_shape_of_dcat_ap(office):
    assert violations(graph_of(office, frozen_month(office))) == []
    assert violations(graph_of(office, frozen_month(office), "bhyt")) == []
    assert violations(graph_of(office, None)) == []


@pytest.mark.parametrize(
    ("kind", "how", "instead"),
    [
        (DCAT.Catalog, DCTERMS.description, None),
        (DCAT.Dataset, DCTERMS.title, None),
        (DCAT.Dataset, DCTERMS.description, None),
        (DCAT.Dataset, DCTERMS.publisher, Literal("một cơ quan")),
        (DCAT.Dataset, DCTERMS.accrualPeriodicity, Literal("hằng tháng")),
    ],
)
def test_a_planted_fault_is_found_by_the_shapes(office, kind, how, instead):
    graph = graph_of(office, frozen_month(office))
    where = next(graph.subjects(RDF.type, kind))
    graph.remove((where, how, None))
    if instead is not None:
        graph.add((where, how, instead))
    assert str(how) in violations(graph)


def test_every_list_is_restricted_and_has_no_distribution(office):
    graph = graph_of(office, frozen_month(office))
    assert not list(graph.subjects(RDF.type, DCAT.Distribution))
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert {str(one).partition("#")[2] for one in datasets} == {"bo-bhyt", "bo-hoc-sinh", "bo-khai-sinh"}
    for one in datasets:
        assert str(graph.value(one, DCTERMS.accessRights)).endswith("/access-right/RESTRICTED")
        assert str(graph.value(one, DCTERMS.accrualPeriodicity)).rpartition("/")[2] in {
            "MONTHLY",
            "QUARTERLY",
            "ANNUAL",
        }
        assert graph.value(one, DCAT.contactPoint) is not None
        assert graph.value(one, DCAT.theme) is not None


def test_measurements_say_what_the_frozen_month_says(office):
    frozen = frozen_month(office)
    graph = graph_of(office, frozen)
    node = next(one for one in frozen.sources if one["source"] == "bhyt")
    whole = {cell["measure"]: cell for cell in node["cells"] if not cell["commune"]}
    told = {}
    for here in graph.subjects(RDF.type, DQV.QualityMeasurement):
        if str(graph.value(here, DIMENSION.refArea)).endswith(f"#noi-{office.group.unit_code}"):
            metric = graph.value(here, DQV.isMeasurementOf)
            assert graph.value(metric, DQV.inDimension) is not None
            told[str(metric).rpartition("-")[2]] = graph.value(here, DQV.value)
    measured = {code for code, cell in whole.items() if cell["total"]}
    assert told.keys() == measured
    shown = {code: value for code, value in told.items() if value is not None}
    assert {"C2", "C3", "D2", "L1"} <= shown.keys()
    for code, value in shown.items():
        assert abs(value.toPython() - Decimal(whole[code]["good"]) / Decimal(whole[code]["total"])) < Decimal(
            "0.000001"
        )


def test_no_number_of_few_leaves_by_any_format(office):
    frozen = frozen_month(office)
    node = next(one for one in frozen.sources if one["source"] == "bhyt")
    few = [cell for cell in node["cells"] if 0 < cell["total"] < 30 and cell["measure"] != "L1"]
    assert few
    graph = graph_of(office, frozen, "bhyt")
    for cell in few:
        place = cell["commune"] or "ca"
        here = URIRef(f"{BASE}#do-bhyt-{MONTH}-{place}-{cell['measure']}")
        assert graph.value(here, RDF.type) == DQV.QualityMeasurement
        assert graph.value(here, DQV.value) is None
        assert graph.value(here, URIRef(f"{BASE}#d06-total")) is None
        assert Literal("mẫu nhỏ", lang="vi") in set(graph.objects(here, RDFS.comment))
    totals = [int(value) for value in graph.objects(None, URIRef(f"{BASE}#d06-total"))]
    assert [one for one in totals if one < 30] == [1]  # L1 counts a delivery


def test_the_catalogue_tells_of_whole_lists_and_one_list_of_its_communes(office):
    def places(only: str) -> set[str]:
        graph = graph_of(office, frozen_month(office), only)
        return {str(where).rpartition("-")[2] for where in graph.objects(None, DIMENSION.refArea)}

    assert places("") == {office.group.unit_code}
    node = next(one for one in frozen_month(office).sources if one["source"] == "bhyt")
    assert places("bhyt") == {cell["commune"] for cell in node["cells"] if cell["commune"]} | {office.group.unit_code}


def test_the_three_formats_say_the_same_and_say_it_twice_alike(office):
    graph = graph_of(office, frozen_month(office), "bhyt")
    for kind, (name, _) in published.FORMATS.items():
        content = published.serialize(graph, kind)
        again = Graph().parse(data=content, format="xml" if kind == "rdf" else name)
        assert isomorphic(graph, again), kind
        assert published.serialize(graph_of(office, frozen_month(office), "bhyt"), kind) == content


def test_a_reader_of_the_group_takes_it_from_the_page(office):
    with at(2022, 7, 6):
        browser = client(office)
        page = browser.get("/t/qn/du-lieu-mo/")
        assert page.status_code == 200
        assert "Mẫu nhỏ, không nêu" in page.content.decode()
        for kind, (name, media) in published.FORMATS.items():
            answer = browser.get(f"/t/qn/du-lieu-mo/danh-muc.{kind}?thang={MONTH}")
            assert answer.status_code == 200
            assert answer["Content-Type"] == media
            assert violations(Graph().parse(data=answer.content, format="xml" if kind == "rdf" else name)) == []
        assert b"refArea d06:noi-" in browser.get("/t/qn/du-lieu-mo/danh-muc.ttl?nguon=bhyt").content
        for wrong in ("danh-muc.csv", "danh-muc.ttl?nguon=khong-co"):
            assert browser.get(f"/t/qn/du-lieu-mo/{wrong}").status_code == 404


# ------------------------------------------------------------ for everybody


PUBLIC = ("", "danh-muc.ttl", "danh-muc.jsonld", "danh-muc.rdf", "danh-muc.ttl?nguon=bhyt")


def stranger(path: str) -> HttpResponse:
    with at(2022, 7, 6):
        return Client().get(f"/cong/qn/du-lieu-mo/{path}")


def publish(office: Office, *, public: bool, role: str = "leader") -> FrozenScores:
    with at(2022, 7, 6):
        return scorecards.publish(office.account(role), office.group, MONTH, public=public)


def test_strangers_read_nothing_until_the_leader_publishes_and_nothing_once_it_is_taken_back(office):
    assert {stranger(path).status_code for path in PUBLIC} == {404}
    assert publish(office, public=True).public_at is not None
    assert {stranger(path).status_code for path in PUBLIC} == {200}
    page = stranger("").content.decode()
    assert "Người tham gia bảo hiểm y tế" in page
    assert "/t/qn/" not in page
    assert violations(Graph().parse(data=stranger("danh-muc.ttl?nguon=bhyt").content, format="turtle")) == []
    assert publish(office, public=False).public_at is None
    assert {stranger(path).status_code for path in PUBLIC} == {404}
    acts = Entry.objects.filter(action="scorecard.publish")
    assert [one.object_id for one in acts] == [f"qn:{MONTH}"] * 2


def test_what_strangers_read_holds_no_number_of_few(office):
    publish(office, public=True)
    graph = Graph().parse(data=stranger("danh-muc.ttl?nguon=bhyt").content, format="turtle")
    totals = [int(value) for _, how, value in graph if str(how).endswith("#d06-total")]
    assert len(totals) > 10
    assert [one for one in totals if one < 30] == [1]
    assert Literal("mẫu nhỏ", lang="vi") in set(graph.objects(None, RDFS.comment))


def test_only_the_leader_publishes_only_what_is_frozen_and_once(office):
    for role in ("standing_deputy", "member", "secretariat"):
        with pytest.raises(Refused):
            publish(office, public=True, role=role)
    with pytest.raises(BadInput, match="mở lại trang"):
        publish(office, public=False)
    publish(office, public=True)
    with pytest.raises(BadInput, match="mở lại trang"):
        publish(office, public=True)
    with at(2022, 7, 6), pytest.raises(BadInput, match="chưa chốt"):
        scorecards.publish(office.account("leader"), office.group, "2022-05", public=True)


def test_the_leader_publishes_from_the_page_of_the_month(office):
    with at(2022, 7, 6):
        browser = client(office)
        month = f"/t/qn/bang-diem/thang/{MONTH}/"
        assert "Công bố" in browser.get(month).content.decode()
        assert browser.post(f"{month}cong-bo/", {"viec": "cong-bo"}).status_code == 302
        assert "/cong/qn/du-lieu-mo/" in browser.get(month).content.decode()
        assert "Thôi công bố" not in client(office, "member").get(month).content.decode()
        assert browser.post(f"{month}cong-bo/", {"viec": "thoi"}).status_code == 302
    assert stranger("").status_code == 404
