"""The light face of the charter room: shipped packages from their compiled form; starts at once, imports no YAML."""

from __future__ import annotations

from dean06.charter.addresses import clause_in_text, clause_label, provision, summary_of
from dean06.charter.answering import answerable, capacities_allowed, report_rule, report_rules
from dean06.charter.asking import facts_from_words
from dean06.charter.deciding import Decision, check_words, decide
from dean06.charter.facts_file import Facts, facts_from_plain, read_facts
from dean06.charter.importing.entry import align, candidates, import_regulation, write_draft
from dean06.charter.importing.nodes import Node
from dean06.charter.importing.results import Aligned, Alignment, Candidate, Imported, Warned
from dean06.charter.library import compiled, folder_of, packages
from dean06.charter.obligations import coverage, obligations
from dean06.charter.permits import permit
from dean06.charter.text import from_canonical, to_canonical
from dean06.charter.types import Charter, Provision
from dean06.charter.vocabulary import Vocabulary, vocabulary
from dean06.charter.wording import agency_name, party_name, role_name, sign_lines

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
    "compiled",
    "coverage",
    "decide",
    "facts_from_plain",
    "facts_from_words",
    "folder_of",
    "from_canonical",
    "import_regulation",
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
    "write_draft",
]


def tree(charter: Charter) -> tuple[Provision, ...]:
    """Return the text's structure: covering decision and regulation, chapters, articles, clauses, points, dashes."""
    return charter.provisions
