"""Benchmarks say what they measure, end by themselves, and the pages' own sums are right."""

from __future__ import annotations

import ast
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from harness.tree import ROOT, load_tool

FOLDER = ROOT / "benchmarks"
SCRIPTS = sorted(FOLDER.glob("bench_*.py"))


@pytest.fixture(scope="module")
def pages():
    spec = spec_from_file_location("bench_pages", FOLDER / "bench_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_each_has_a_heading_and_an_exit_code(script):
    tree = ast.parse(script.read_text())
    assert (ast.get_docstring(tree) or "").splitlines()[0].rstrip(".")
    assert isinstance(tree.body[-1], ast.If)
    assert "sys.exit(main())" in ast.unparse(tree.body[-1]), "the exit code says whether the bar holds"


def test_one_that_does_not_end_is_stopped_and_said(tmp_path, monkeypatch):
    tool = load_tool("measure")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "LONGEST", 0.5)
    script = tmp_path / "bench_slow.py"
    script.write_text('"""How slow."""\nimport time\nprint("so far", flush=True)\ntime.sleep(60)')
    section, holds = tool.measure(script)
    assert not holds
    assert "stopped after 0.5 s" in section
    assert "so far" in section


def test_the_page_tells_the_day_and_the_sources(tmp_path, monkeypatch):
    tool = load_tool("measure")
    for folder in ("benchmarks", "docs"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "PAGE", tmp_path / "docs" / "benchmarks.md")
    monkeypatch.setattr(tool, "NAMED", ["django"])
    (tmp_path / "benchmarks" / "bench_x.py").write_text('"""How x it is."""\nprint("1")')
    (tmp_path / "benchmarks" / tool.SOURCES).write_text((FOLDER / tool.SOURCES).read_text())
    assert tool.main([]) == 0
    page = tool.PAGE.read_text()
    assert f"on {tool.clock.today():%d/%m/%Y}." in page
    assert "- `bench_x.py`: How x it is\n" in page
    assert page.index("## How x it is") < page.index("## Where the made-up lists take their facts from")


def test_the_95th_of_a_hundred(pages):
    kind = pages.Kind(person=None, milliseconds=[float(n) for n in range(100, 0, -1)])
    assert kind.p95 == 95
    kind.milliseconds = [float(n) for n in range(1, 41)]
    assert kind.p95 == 38


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("/t/qn/nhiem-vu/3/", True),
        ("/t/qn/nhiem-vu/?trang=2", True),
        ("/t/qn/nhiem-vu/?trang=2&xem=mo", False),  # one filter at a time
        ("/t/qn/so-ghi/?kiem=1", False),  # asked for as work
        ("/t/qn/nhiem-vu/3/bang-sua.xlsx", False),
        ("/t/qn/nhiem-vu/?dang=xlsx", False),
        ("/t/xt/nhiem-vu/", False),
        ("https://example.org/t/qn/", False),
        ("/dang-xuat/", False),
    ],
)
def test_what_counts_as_a_page_of_the_group(pages, address, counts):
    assert pages.is_page(address, "qn") is counts


def test_links_are_those_a_person_can_follow(pages):
    page = '<a href="?trang=2">2</a><a>x</a><link href="/a.css"><A HREF="/t/qn/">home</A><form action="/t/qn/x/">'
    assert pages.Links(page).found == ["?trang=2", "/t/qn/"]


def test_pages_of_one_route_and_filter_are_of_one_kind(pages):
    one, other = pages.kind_of("/t/qn/doi-soat/luot/3/?q=a"), pages.kind_of("/t/xt/doi-soat/luot/8/?q=b")
    assert one == other == "/t/<to>/doi-soat/luot/<run_id>/?q"
    assert pages.kind_of("/t/qn/doi-soat/luot/3/") != one
