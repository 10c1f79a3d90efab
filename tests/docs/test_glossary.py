"""The glossary holds every Vietnamese word of the code, and its page is the glossary's own words."""

from __future__ import annotations

import ast
import re

import pytest

from dean06.orthography.service import fold
from dean06.population.columns import COLUMNS as REGISTER
from dean06.population.columns import STATES
from dean06.reconcile.result_words import COLUMNS as RESULT
from dean06.reconcile.result_words import FIELDS, VERDICTS
from harness.tree import PACKAGE, ROOT, load_tool, modules

tool = load_tool("glossary")
WRITTEN = tool.glossary()
TERMS = [term for part in WRITTEN["words"] for term in part["terms"]]
KNOWN, ENGLISH = tool.terms(WRITTEN), tool.english(WRITTEN)


def test_the_page_is_up_to_date():
    assert tool.PAGE.read_text() == tool.page(), "run `make docs`"


def test_no_vietnamese_word_of_the_code_is_missing():
    missing = {
        f"{place}: {', '.join(words)} in {name!r}"
        for name, place in tool.names()
        if (words := tool.unknown(name, KNOWN, ENGLISH))
    }
    told = "add the term to docs/thuat-ngu.yaml; an English word goes to its list `english`\n"
    assert not missing, told + "\n".join(sorted(missing))


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("so_dinh_danh", []),
        ("so_dinh_danh_cu", []),
        ("SoDinhDanh", []),
        ("KHOP_SAI_LECH", []),
        ("bang-diem", []),
        ("diem", ["diem"]),  # never a score, and as an address it would want its own entry
        ("to_khai", ["khai"]),  # not a word of this code yet
        ("nghieng_dung_count", ["nghieng"]),
        ("read_batch", []),
        ("by_to_on_the_set", []),
        ("x509_sha256", []),
    ],
)
def test_a_missing_word_is_seen(name, missing):
    assert tool.unknown(name, KNOWN, ENGLISH) == missing


def test_addresses_and_forms_are_read_too():
    code = 'path("t/<slug:ho_khau>/tam-vang/", page)\nrequest.POST.get("can_cuoc")\nx.get("not_a_form")'
    assert {"ho_khau", "tam-vang", "can_cuoc"} < set(tool.introduced(ast.parse(code)))
    assert "not_a_form" not in set(tool.introduced(ast.parse(code)))


def test_no_term_stands_twice_and_none_is_an_english_word():
    ids = [term["id"] for term in TERMS]
    assert sorted(ids) == sorted(set(ids))
    assert not ENGLISH & set(ids)
    assert all(tool.could_be_vietnamese(word) for word in ENGLISH), "only words that look Vietnamese belong there"


def test_the_accented_form_says_the_identifier():
    for term in TERMS:
        words = tool.words_of(term["id"])
        if all(map(tool.could_be_vietnamese, words)):  # not an abbreviation
            assert set(words) <= set(re.findall(r"\w+", fold(term["vi"]))), term["id"]


def test_every_term_is_used():
    texts = [path.read_text() for kind in ("*.py", "*.yaml", "*.html") for path in PACKAGE.rglob(kind)]
    used = set(re.findall(r"[a-z]+(?:_[a-z]+)*", "\n".join(texts).lower().replace("-", "_")))
    assert [term["id"] for term in TERMS if term["id"] not in used] == []


def test_columns_and_verdicts_of_the_files_are_terms():
    columns = {*(column.name for column in REGISTER), *STATES, *RESULT, *FIELDS, *VERDICTS}
    assert {name for name in columns if name.lower() not in {term["id"] for term in TERMS}} == set()


def test_concepts_are_classes_of_the_room_they_name():
    classes = {
        (path.relative_to(PACKAGE).parts[0], node.name)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    for concept in WRITTEN["concepts"]:
        room = concept["src"].removeprefix("room ").strip("`")
        assert classes & {(room, concept["id"]), (room, f"{concept['id']}Info")}, concept["id"]


def test_families_of_codes_are_where_the_glossary_says():
    assert [one["where"] for one in WRITTEN["codes"] if not (ROOT / one["where"]).is_file()] == []
