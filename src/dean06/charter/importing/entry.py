"""The importer's entry: the work is loaded when it is first asked for, so that no other command starts later for it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from dean06.charter.importing.lines import Healing
from dean06.charter.importing.nodes import Node
from dean06.charter.importing.results import Alignment, Candidate, Imported
from dean06.charter.types import Charter


def import_regulation(path: Path, heal: Healing | None = None) -> Imported:
    """Read a regulation's file into its tree and what is odd in it; `heal` turns legacy encodings into Unicode."""
    imported: Imported = _loaded("regulation").import_regulation(path, heal)
    return imported


def align(provisions: tuple[Node, ...], charter: Charter) -> Alignment:
    """Lay an imported text beside a package, address by address."""
    alignment: Alignment = _loaded("aligning").align(provisions, charter)
    return alignment


def candidates(provisions: tuple[Node, ...]) -> tuple[Candidate, ...]:
    """Return the norms that the language of the text points to; drafts, none of them active."""
    found: tuple[Candidate, ...] = _loaded("candidates").candidates(provisions)
    return found


def write_draft(imported: Imported, found: Sequence[Candidate], folder: Path, on: date) -> tuple[str, ...]:
    """Write a package skeleton into a new folder, whole or not at all; return its files."""
    files: tuple[str, ...] = _loaded("drafting").write_draft(imported, found, folder, on)
    return files


def _loaded(module: str) -> ModuleType:
    return importlib.import_module(f"dean06.charter.importing.{module}")
