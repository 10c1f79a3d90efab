"""What the architecture tests walk: the modules of the house and the files of the tree."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "dean06"
GROWN = {".venv", "var", "build", "dist", ".git", "__pycache__"}


def modules() -> Iterator[Path]:
    """Give every module of the package but Django's generated migrations."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def python_files() -> Iterator[Path]:
    """Give every Python file people write: package, suite, tools, benchmarks."""
    for folder in ("src", "tests", "tools", "benchmarks"):
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def tracked() -> list[Path]:
    """Give the files under version control; outside a repository, every file that was not grown here."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        named = [ROOT / name for name in listing.stdout.split("\0") if name]
        return [path for path in named if path.is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not GROWN & set(path.parts)]


def place(path: Path) -> str:
    """Name a file as people do, from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


def load_tool(name: str) -> ModuleType:
    """Import a script of tools/ by name."""
    spec = spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
