"""A charter as Akoma Ntoso, canonical JSON and a package again: valid, whole, and always the same bytes."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from dean06.charter import library, service, text
from dean06.charter.types import Charter, Provision
from dean06.cli.main import main

SCHEMA = Path(__file__).with_name("oasis") / "akomantoso30.xsd"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
every = pytest.mark.parametrize("name", service.packages())


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def _walk(nodes: tuple[Provision, ...]) -> Iterator[Provision]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _check(schema: etree.XMLSchema, charter: Charter) -> etree._Element:
    written = service.akoma_ntoso(charter)
    assert written == service.akoma_ntoso(service.from_canonical(service.to_canonical(charter)))
    document = etree.fromstring(written)
    assert schema.validate(document), schema.error_log
    return document


@every
def test_valid_and_whole(schema: etree.XMLSchema, name: str) -> None:
    charter = service.load(name)
    document = _check(schema, charter)
    words = {" ".join("".join(element.itertext()).split()) for element in document.iter(f"{AKN}p", f"{AKN}heading")}
    said = "\n".join(words)
    for node in _walk(service.tree(charter)):
        assert node.summary.vi in said
        assert node.kind == "part" or node.heading in said
    notes = [element.get("marker") for element in document.iter(f"{AKN}authorialNote")]
    assert sorted(notes) == sorted(note.code for note in charter.notes)
    assert document.findtext(".//{urn:dean06:charter:1}sha256") == charter.hash


def test_labels_and_identifiers_as_printed(schema: etree.XMLSchema) -> None:
    document = _check(schema, service.load("quang-ninh-2022"))
    by_id = {element.get("eId"): element for element in document.iter() if element.get("eId")}
    assert by_id["art_7__para_2__point_k"].findtext(f"{AKN}num") == "k)"
    assert by_id["art_7__para_2"].tag == f"{AKN}paragraph"
    assert by_id["chp_II"].findtext(f"{AKN}heading") == "Nhiệm vụ, quyền hạn của từng thành viên"
    assert by_id["hcontainer_1__art_2"].findtext(f"{AKN}heading") == "Hiệu lực"
    assert "art_7__para_2__point_c" not in by_id  # the gaps of the print stay gaps
    other = _check(schema, service.load("xuan-truong-2022"))
    dashes = [element.get("eId") for element in other.iter(f"{AKN}indent")]
    assert "art_6__para_1__indent_6" in dashes


def test_an_unsigned_text_claims_no_day(schema: etree.XMLSchema) -> None:
    document = _check(schema, service.load("xuan-truong-2022"))
    assert document.find(f".//{AKN}lifecycle") is None
    assert document.find(f".//{AKN}FRBRnumber") is None
    dates = {element.get("name") for element in document.iter(f"{AKN}FRBRdate")}
    assert dates == {"described"}
    assert document.find(f".//{AKN}FRBRauthoritative").get("value") == "false"


def test_a_strangers_letters_and_signs(schema: etree.XMLSchema, tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    shutil.copytree(library.folder_of("xuan-truong-2022"), folder)
    source = folder / "dieu-06.yaml"
    words = source.read_text("utf-8")
    for old, new in (
        ('{label: "2", vi: "', '{label: "2đ", vi: "<A & B> '),
        ('cite: "6.2"', 'cite: "6.2đ"'),
        ('{label: "-5"', '{label: "đ"'),
        ('"6.1.-5"', '"6.1.đ"'),
        ('{label: "-6"', '{label: "d"'),
        ('"6.1.-6"', '"6.1.d"'),
    ):
        assert old in words
        words = words.replace(old, new)
    source.write_text(words, "utf-8")
    document = _check(schema, service.load(folder))
    by_id = {element.get("eId"): element for element in document.iter() if element.get("eId")}
    assert "<A & B>" in "".join(by_id["art_6__para_2dd"].itertext())
    assert {"art_6__para_1__point_d", "art_6__para_1__point_dd"} <= by_id.keys()


def _short(*, signed: bool) -> Charter:
    """Cut a regulation down to what every kind of element needs: parts around, two articles, notes everywhere."""
    raw: dict[str, Any] = copy.deepcopy(dict(service.load("quang-ninh-2022").raw))
    covering, regulation = raw["provisions"]
    first, second = regulation["children"][:2]
    first["children"] = [_cut(node, ("2.1", "2.2")) for node in first["children"] if node["label"] == "2"]
    second["children"] = [_cut(node, ("7.1", "7.2")) for node in second["children"] if node["label"] == "7"]
    regulation["children"] = [first, second]
    covering["children"][-1]["children"] = [
        {**second["children"][0]["children"][0], "kind": kind, "label": label, "cite": None, "children": [], "vi": vi}
        for kind, label, vi in (("dash", "-1", "Như Điều 3."), ("clause", "2", "Lưu."))
    ]
    noted = ("", "QĐ-head", "QĐ-basis", "QĐ-1", "QĐ-recipients", "2", "2.1", "7.2", "7.2.a", "7.2.a")
    raw["notes"] = [
        {**raw["notes"][0], "code": f"O-{at:02d}", "where": where, "vi": f"Lưu ý {at}."}
        for at, where in enumerate(noted, start=1)
    ]
    raw["norms"] = []
    raw["instrument"] |= {"number": "12/QĐ-UBND", "date": "2022-04-20"} if signed else {"number": None, "date": None}
    raw["in_force"] = {"from": "2022-05-01", "to": "2025-06-30"} if signed else {"from": None, "to": None}
    raw["version"] = 1 if signed else 2
    return text.from_raw(raw)


def _cut(article: dict[str, Any], kept: tuple[str, ...]) -> dict[str, Any]:
    clauses = [{**node, "children": node["children"][:2]} for node in article["children"] if node["cite"] in kept]
    return {**article, "children": clauses}


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
def test_a_short_text_is_written_as_in_the_file_beside(signed: bool) -> None:  # noqa: FBT001  two files
    charter = _short(signed=signed)
    document = etree.fromstring(service.akoma_ntoso(charter))
    etree.indent(document)
    written = etree.tostring(document, encoding="unicode").replace(charter.hash, "SHA256") + "\n"
    kept = Path(__file__).with_name("texts") / f"rut-gon-{'da-ky' if signed else 'chua-ky'}.akn.xml"
    assert written == kept.read_text("utf-8")


@every
def test_the_package_comes_back_with_the_same_hash(name: str, tmp_path: Path) -> None:
    charter = service.load(name)
    packed = service.package_zip(charter)
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path)
    assert service.compile_package(tmp_path / charter.line).hash == charter.hash
    assert packed == service.package_zip(charter)


@pytest.mark.parametrize("form", ["akn", "json", "yaml"])
def test_the_command(form: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    charter, out = service.load("quang-ninh-2022"), tmp_path / "quy-che"
    assert main(["charter", "export", "quang-ninh-2022", "--format", form, "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    content = out.read_bytes()
    assert (told["hash"], told["sha256"]) == (charter.hash, hashlib.sha256(content).hexdigest())
    if form == "json":
        assert told["sha256"] == charter.hash  # the canonical bytes are what the hash is of
    if form == "yaml":
        assert "quang-ninh-2022/charter.yaml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert main(["charter", "export", "quang-ninh-2022", "--format", form, "--out", str(out)]) == 0
    assert charter.hash in capsys.readouterr().out
    assert out.read_bytes() == content


def test_a_place_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "khong-co" / "quy-che.xml"
    assert main(["charter", "export", "noi-quy", "--format", "akn", "--out", str(out)]) == 3
    assert str(out) in capsys.readouterr().err
    assert main(["charter", "export", "noi-quy", "--format", "doc", "--out", str(out)]) == 2
