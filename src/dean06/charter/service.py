"""The face of the charter room: a regulation as data, the five answers, and what was owed.

`load` a charter, `decide` a question, `permit` an act, ask who is `answerable` for a system's data.
Everything is a value; nothing is stored.
"""

from __future__ import annotations

from pathlib import Path

from dean06.charter.compiling import compile_package, write_compiled, write_vocabulary
from dean06.charter.library import compiled, folder_of, keep, source_digest
from dean06.charter.live import (
    Aligned,
    Alignment,
    Candidate,
    Decision,
    Facts,
    Imported,
    Node,
    Vocabulary,
    Warned,
    agency_name,
    align,
    answerable,
    candidates,
    capacities_allowed,
    check_words,
    clause_in_text,
    clause_label,
    coverage,
    decide,
    facts_from_plain,
    facts_from_words,
    from_canonical,
    import_regulation,
    obligations,
    packages,
    party_name,
    permit,
    provision,
    read_facts,
    report_rule,
    report_rules,
    role_name,
    sign_lines,
    summary_of,
    to_canonical,
    tree,
    vocabulary,
    write_draft,
)
from dean06.charter.types import Charter

__all__ = [
    "Aligned",
    "Alignment",
    "Candidate",
    "Decision",
    "Facts",
    "Imported",
    "Node",
    "Vocabulary",
    "Warned",
    "agency_name",
    "align",
    "answerable",
    "candidates",
    "capacities_allowed",
    "check_words",
    "clause_in_text",
    "clause_label",
    "compile_package",
    "coverage",
    "decide",
    "facts_from_plain",
    "facts_from_words",
    "from_canonical",
    "import_regulation",
    "load",
    "obligations",
    "packages",
    "party_name",
    "permit",
    "provision",
    "read_facts",
    "report_rule",
    "report_rules",
    "role_name",
    "sign_lines",
    "summary_of",
    "to_canonical",
    "tree",
    "vocabulary",
    "write_compiled",
    "write_draft",
    "write_vocabulary",
]


def load(name_or_path: str | Path) -> Charter:
    """Return a shipped package by name, or the package in a folder; a faulty one is refused with every fault."""
    folder = folder_of(name_or_path)
    return compiled(folder) or keep(source_digest(folder), compile_package(folder))
