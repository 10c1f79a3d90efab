"""Change the charter room one small thing at a time and see whether its tests notice: `python tools/mutate.py [NAME…]`.

Each mutant is a process of its own, forked from one that has the libraries and the room loaded; it forgets the changed
module and all that lean on it and loads them anew, the one from memory; nothing on disk changes. A mutant is killed
when a test fails, when it cannot be imported, or when it takes four times the processor that the unchanged room takes.
The tests are the fast ones of tests/charter, the likeliest first; Django stays out. Strings with a space are sentences
and stay as they are.

    python tools/mutate.py                     every module; about two hours on two cores
    python tools/mutate.py deciding --jobs 1   one module
    python tools/mutate.py --sample 5          every fifth mutant of every module
    python tools/mutate.py --again FILE        those that lived in the run whose output FILE is

Prints a Markdown table and each survivor with its line. Exit 0: at least 90 % are killed; 1: fewer.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from typing_extensions import override

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src" / "dean06" / "charter"
TESTS = ROOT / "tests" / "charter"
BAR = 0.9
HOUSE = ROOT / "src"
PATIENCE = 4
ANSWERS = (
    ("test_small_texts", "test_small_signing"),
    ("test_decisions", "test_layout"),
    ("test_oracles", "test_permits", "test_properties"),
    ("test_decision_cases", "test_gaps"),
)
DUTIES = (
    ("test_small_duties", "test_small_events", "test_small_records"),
    ("test_obligations",),
    ("test_obligation_cases", "test_gaps"),
    ("test_sources",),
)
WORDING = (("test_sentences",), ("test_decisions", "test_gaps"), ("test_packages", "test_permits"))
SIDES = (("test_side_by_side",), ("test_change_words",), ("test_changes",), ("test_diff",))
TOLD = (("test_change_words",), ("test_side_by_side",), ("test_changes",), ("test_diff",))
CLAIMED = (
    "test_changes::test_each_thing_named_is_borne_out_or_not",
    "test_changes::test_what_nothing_declared_claims_is_left_over",
    "test_changes::test_declared_differences_as_plain_values",
)
PRINTED = (("test_export::test_a_short_text_is_written_as_in_the_file_beside", "test_akoma"), ("test_export",))
PACKED = (
    ("test_packing",),
    ("test_export::test_the_package_comes_back_with_the_same_hash",),
    ("test_export::test_the_command",),
)
WARNINGS = (("test_import_oddities",), ("test_import_texts",))
TEXTS = (
    ("test_import_trees", "test_import_texts", "test_import_oddities"),
    ("test_import_use",),
    ("test_import_properties",),
)
FILES = (("test_import_lines",), ("test_import_files",))
SIZES = (("test_import_lines",), ("test_import_sizes",), ("test_import_files",))
DRAFTS = (("test_import_use",), ("test_import_texts",))
VALUES = ("test_import_values",)
# Module: its tests in the order in which they are asked; each step is asked only when the one before noticed nothing.
PLAN: dict[str, Sequence[Sequence[str]]] = {
    "addresses": (
        ("test_addresses",),
        ("test_packages",),
        ("test_decisions", "test_gaps"),
        ("test_export", "test_diff"),
    ),
    "advising": (("test_advising",),),
    "akoma_meta": PRINTED,
    "akoma_ntoso": PRINTED,
    "answering": (("test_answering",), ("test_packages",), ("test_decisions",)),
    "asking": (("test_asking",), ("test_scenarios",)),
    "change_wording": TOLD,
    "changes": TOLD,
    "comparing": SIDES,
    "compiling": (("test_compiling", "test_compiled_form"), ("test_sources",), ("test_packages",), ("test_change",)),
    "deciding": ANSWERS,
    "declared": (("test_declaring",), CLAIMED, *SIDES),
    "declaring": (("test_declaring",), *SIDES),
    "effects": SIDES,
    "errors": (("test_errors",), ("test_permits", "test_packages"), ("test_sources", "test_asking")),
    "establishing": (("test_answers_said",), *ANSWERS),
    "events": DUTIES,
    "facts_file": (("test_facts_file",), ("test_obligations",), ("test_sources",), ("test_obligation_cases",)),
    "fulfilment": (("test_fulfilment_records",), *DUTIES),
    "gaps": (("test_gaps",),),
    "importing/aligning": (VALUES, *DRAFTS),
    "importing/candidate_words": (("test_candidates",), *DRAFTS),
    "importing/candidates": (("test_candidates",), *DRAFTS),
    "importing/covering": (VALUES, *TEXTS),
    "importing/documents": SIZES,
    "importing/drafting": (("test_drafts",), *DRAFTS),
    "importing/entry": (VALUES, *DRAFTS),
    "importing/joining": (("test_import_joining",), *TEXTS),
    "importing/labels": (("test_import_labels",), *TEXTS),
    "importing/levels": (("test_import_levels",), *WARNINGS),
    "importing/lines": (VALUES, *TEXTS),
    "importing/nodes": (VALUES, *TEXTS),
    "importing/oddities": (("test_odd_places",), *WARNINGS),
    "importing/pdf_files": (("test_import_pages",), ("test_import_files",)),
    "importing/refusals": (VALUES, *FILES),
    "importing/regulation": (VALUES, *TEXTS),
    "importing/results": (VALUES, *DRAFTS, ("test_import_files",)),
    "importing/segmenting": TEXTS,
    "importing/set_phrases": (("test_passages",), *WARNINGS),
    "importing/terms": (("test_odd_words",), *WARNINGS),
    "importing/warned": (("test_passages",), *WARNINGS),
    "importing/word_files": SIZES,
    "importing/word_numbering": FILES,
    "importing/wording_oddities": (("test_odd_words",), *WARNINGS),
    "index": ANSWERS,
    "indexing": ANSWERS,
    "library": (("test_library",), ("test_packages",), ("test_sources", "test_change")),
    "linting": (("test_linting",), ("test_sources",)),
    "local_bounds": (("test_gaps", "test_small_duties"), *DUTIES),
    "merging": (("test_merging",),),
    "norms": (
        ("test_grains",),
        ("test_packages", "test_linting"),
        ("test_decisions", "test_obligations"),
        ("test_export", "test_changes"),
    ),
    "obligations": DUTIES,
    "packing": PACKED,
    "pairing": (("test_pairing",), *SIDES),
    "periods": (("test_periods",), *DUTIES),
    "pointing": (("test_answers_said", "test_asking"), *ANSWERS),
    "permits": (("test_permits",),),
    "scenarios": (("test_scenarios",),),
    "schema": (("test_shape",), ("test_linting",), ("test_sources",), ("test_packages",)),
    "text": (
        ("test_packing",),
        ("test_decisions", "test_layout"),
        ("test_packages",),
        ("test_obligations", "test_properties"),
    ),
    "types": (
        ("test_values", "test_packing"),
        ("test_decisions", "test_permits", "test_obligations"),
        ("test_packages", "test_properties"),
    ),
    "unfolding": PACKED,
    "vocabulary": (
        ("test_vocabulary",),
        ("test_decisions", "test_packages", "test_gaps"),
        ("test_linting",),
        ("test_sources",),
    ),
    "wording": WORDING,
    "yaml_reader": (("test_yaml_reader",), ("test_sources",), ("test_fuzz",)),
}


# ------------------------------------------------------------------ the changes
@dataclass(frozen=True)
class Mutant:
    """One change: which node of the tree (in walking order), what becomes of it, and how to say so."""

    module: str
    node: int
    variant: int
    line: int
    said: str

    @override
    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: `{self.said}`"


SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


def _like(node: ast.AST, **fields: object) -> ast.AST:
    """Copy a node with other fields."""
    twin = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(twin, name, value)
    return twin


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for at, operator in enumerate(node.ops):
        for other in SWAPS.get(type(operator), ()):
            yield _like(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _operator(node: ast.BoolOp | ast.BinOp) -> Iterator[ast.AST]:
    for other in SWAPS.get(type(node.op), ()):
        yield _like(node, op=other())


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value and not any(letter.isspace() for letter in value):
        yield ast.Constant(f"x{value}x")


def _statement(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Continue):
        yield ast.Break()
    if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom, ast.Call)):
        yield ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may become of one node."""
    if isinstance(node, ast.Compare):
        yield from _compare(node)
    elif isinstance(node, (ast.BoolOp, ast.BinOp)):
        yield from _operator(node)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield ast.Name(NAMES[node.id], ast.Load())
    elif isinstance(node, ast.stmt):
        yield from _statement(node)


class _Changer(ast.NodeTransformer):
    """Walk a tree in one fixed order, past annotations, docstrings, decorators and f-strings; change one node."""

    def __init__(self, wanted: int = -1, change: Callable[[ast.AST], ast.AST] | None = None) -> None:
        self.count, self.wanted, self.change = 0, wanted, change
        self.seen: list[tuple[int, ast.AST]] = []

    @override
    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom, ast.Raise)):
            return node
        at, self.count = self.count, self.count + 1
        self.seen.append((at, node))
        if at == self.wanted and self.change is not None:
            return ast.copy_location(self.change(node), node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params") or _is_docstring(node, name, value):
                continue
            self._field(node, name, value)
        return node

    def _field(self, node: ast.AST, name: str, value: object) -> None:
        if isinstance(value, list):
            value[:] = [
                self.visit(item) if isinstance(item, ast.AST) and not _is_said(item) else item for item in value
            ]
        elif isinstance(value, ast.AST):
            setattr(node, name, self.visit(value))


def _is_docstring(node: ast.AST, name: str, value: object) -> bool:
    return isinstance(node, ast.Expr) and name == "value" and isinstance(value, ast.Constant)


def _is_said(node: ast.AST) -> bool:
    """Names that a module exports are no behaviour."""
    return isinstance(node, ast.Assign) and any(
        isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets
    )


def mutants(module: str) -> list[Mutant]:
    """List every change of one module."""
    walker = _Changer()
    walker.visit(ast.parse((ROOM / f"{module}.py").read_text("utf-8")))
    found = []
    for at, node in walker.seen:
        for number, other in enumerate(variants(node)):
            said = f"{_told(node)} → {_told(other)}"
            found.append(Mutant(module, at, number, getattr(node, "lineno", 0), said))
    return found


def _told(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).replace("\n", " ")[:70]


def changed(mutant: Mutant) -> ast.Module:
    """Return the module's tree with one change."""
    tree = ast.parse((ROOM / f"{mutant.module}.py").read_text("utf-8"))
    _Changer(mutant.node, lambda node: list(variants(node))[mutant.variant]).visit(tree)
    return ast.fix_missing_locations(tree)


# ------------------------------------------------------------------ one mutant, one process
def dotted(module: str) -> str:
    """Name a module of the room as Python imports it."""
    return f"dean06.charter.{module.replace('/', '.')}"


@lru_cache(maxsize=1)
def leaning_on(name: str) -> frozenset[str]:
    """Return the loaded modules of the house that import one, straight or through others, and the one itself."""
    loaded = {one for one in sys.modules if one.partition(".")[0] == "dean06"}
    imports = {one: _imports(one) & loaded for one in loaded}
    found, fresh = {name}, {name}
    while fresh:
        fresh = {one for one in loaded - found if imports[one] & fresh}
        found |= fresh
    return frozenset(found)


def _imports(name: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(Path(str(sys.modules[name].__file__)).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def forget(names: frozenset[str]) -> None:
    """Let the next import of each load it anew."""
    for name in names & sys.modules.keys():
        above, _, last = name.rpartition(".")
        vars(sys.modules[above]).pop(last, None) if above in sys.modules else None
    for name in names:
        sys.modules.pop(name, None)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Give one module from a tree instead of its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.name, self.path = dotted(mutant.module), str(ROOM / f"{mutant.module}.py")
        self.code = compile(changed(mutant), self.path, "exec")

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    @override
    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102  the mutant itself


def _place(name: str) -> str:
    """Say where a test file, or one test of it, is."""
    file, inside, test = name.partition("::")
    return f"{TESTS / file}.py{inside}{test}"


def run_tests(steps: Sequence[Sequence[str]]) -> int:
    """Ask the tests step by step; 0 when none noticed."""
    import pytest  # noqa: PLC0415  loaded already by the parent

    quiet = ["-x", "-q", "--noconftest", "-c", os.devnull, "--rootdir", str(ROOT), "--import-mode=importlib"]
    quiet += ["-pno:cacheprovider", "-p_hypothesis_pytestplugin", "--assert=plain"]
    quiet += ["-o", "markers=proof\ntimeout", "-o", "pythonpath=tests src", "-m", "not proof", "--tb=no"]
    for step in steps:
        code = pytest.main([*quiet, *(_place(name) for name in step)])
        if code != 0:
            return int(code)
    return 0


def _child(mutant: Mutant | None, steps: Sequence[Sequence[str]], seconds: int) -> NoReturn:
    """Live as a mutant: 1 when the tests noticed, 0 when they did not."""
    with contextlib.suppress(BaseException), open(os.devnull, "w") as sink:  # noqa: PTH123  a sink for a whole process
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
        if mutant is not None:
            forget(leaning_on(dotted(mutant.module)))
            sys.meta_path.insert(0, _Changed(mutant))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os._exit(0 if run_tests(steps) == 0 else 1)
    os._exit(1)


def survives(mutant: Mutant | None, steps: Sequence[Sequence[str]], seconds: int = 600) -> tuple[bool, float]:
    """Fork, run, and say whether no test noticed, and how many seconds of a processor it took."""
    process = os.fork()
    if process == 0:
        _child(mutant, steps, seconds)
    _, status, used = os.wait4(process, 0)
    return status == 0, used.ru_utime + used.ru_stime


def load_libraries() -> None:
    """Load once what every mutant needs: the libraries, and the room as it is."""
    sys.path[:0] = [str(ROOT / "tests"), str(HOUSE)]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    libraries = ("pytest", "hypothesis", "hypothesis.strategies", "ruamel.yaml", "cedarpy", "holidays")
    readers = ("docx", "lxml.etree", "pypdf", "typst", "_hypothesis_pytestplugin")
    room = [f"charter.{'.'.join(path.relative_to(ROOM).with_suffix('').parts)}" for path in ROOM.rglob("[!_]*.py")]
    for name in (*libraries, *readers, *(f"dean06.{one}" for one in (*room, "cli.main"))):
        importlib.import_module(name)
    from hypothesis import Phase, settings  # noqa: PLC0415  a library of the tests

    once = [Phase.explicit, Phase.generate]  # that a draw fails is enough; nobody looks for the smallest
    settings.register_profile("mutants", derandomize=True, deadline=None, database=None, phases=once)
    settings.load_profile("mutants")


def measure(module: str, jobs: int, sample: int, named: str = "") -> tuple[int, list[Mutant]]:
    """Run a module's mutants, or of them those a text names; return how many there were, and those that survived."""
    steps, wanted = PLAN[module], [one for one in mutants(module)[::sample] if not named or str(one) in named]
    leaning_on(dotted(module))  # asked here, it is known to every fork
    whole, taken = survives(None, steps)
    if not whole:
        raise SystemExit(f"{module}: the tests fail without any change")
    seconds = int(PATIENCE * taken) + 5
    started = time.monotonic()
    alive = []
    with ThreadPoolExecutor(jobs) as pool:
        for at, lives in enumerate(pool.map(lambda mutant: survives(mutant, steps, seconds)[0], wanted), start=1):
            alive.append(lives)
            if lives:
                print(f"\r- {wanted[at - 1]}", file=sys.stderr)
            print(f"\r{module}: {at} of {len(wanted)}, {sum(alive)} alive", end="", file=sys.stderr, flush=True)
    print(f" in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return len(wanted), [mutant for mutant, lives in zip(wanted, alive, strict=True) if lives]


def main() -> int:
    """Print the table and the survivors; 1 when fewer than nine in ten are killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", choices=[[], *PLAN], metavar="NAME")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--again", type=Path, metavar="FILE", help="only the survivors that an earlier run printed")
    asked = parser.parse_args()
    load_libraries()
    total, named = 0, asked.again.read_text("utf-8") if asked.again else ""
    alive: list[Mutant] = []
    print("| module | mutants | killed | share |\n| --- | --- | --- | --- |")
    for module in asked.modules or PLAN:
        count, survived = measure(module, asked.jobs, asked.sample, named)
        killed = count - len(survived)
        print(f"| {module} | {count} | {killed} | {killed / max(count, 1):.0%} |", flush=True)
        total, alive = total + count, [*alive, *survived]
    share = (total - len(alive)) / max(total, 1)
    print(f"| all | {total} | {total - len(alive)} | {share:.1%} |\n")
    for mutant in alive:
        print(f"- {mutant}")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
