"""The light face of the charter room: shipped packages from their compiled form; starts at once, imports no YAML."""

from __future__ import annotations

from dean06.charter.addresses import clause_in_text, clause_label, provision, summary_of
from dean06.charter.answering import answerable, capacities_allowed, report_rule, report_rules
from dean06.charter.asking import facts_from_words
from dean06.charter.change_wording import (
    absent_roles,
    action_name,
    deadline_text,
    effect_kind,
    effect_text,
    effects_by_kind,
    enforcement_name,
    fact_text,
    field_name,
    field_text,
    text_change,
    type_name,
    value_text,
)
from dean06.charter.changes import Comparison, EffectChange, NormChange, TextChange
from dean06.charter.comparing import compare
from dean06.charter.deciding import Decision, check_words, decide
from dean06.charter.declared import (
    Difference,
    Differences,
    Rest,
    Side,
    borne_out,
    declared,
    declared_is_fresh,
    diff_json,
    rest,
)
from dean06.charter.facts_file import Facts, facts_from_plain, read_facts
from dean06.charter.fulfilment import answered_by
from dean06.charter.gaps import GapAnswer, gap_answer
from dean06.charter.importing.entry import align, candidates, import_regulation, write_draft
from dean06.charter.importing.nodes import Node
from dean06.charter.importing.results import Aligned, Alignment, Candidate, Imported, Warned
from dean06.charter.library import compiled, folder_of, packages
from dean06.charter.obligations import coverage, obligations
from dean06.charter.pairing import plain_norm
from dean06.charter.permits import permit
from dean06.charter.text import from_canonical, to_canonical
from dean06.charter.types import Charter, Provision
from dean06.charter.vocabulary import Vocabulary, vocabulary
from dean06.charter.wording import agency_name, ending_words, party_name, role_name, sign_lines

__all__ = [
    "Aligned",
    "Alignment",
    "Candidate",
    "Comparison",
    "Decision",
    "Difference",
    "Differences",
    "EffectChange",
    "Facts",
    "GapAnswer",
    "Imported",
    "Node",
    "NormChange",
    "Rest",
    "Side",
    "TextChange",
    "Vocabulary",
    "Warned",
    "absent_roles",
    "action_name",
    "agency_name",
    "align",
    "answerable",
    "answered_by",
    "borne_out",
    "candidates",
    "capacities_allowed",
    "check_words",
    "clause_in_text",
    "clause_label",
    "compare",
    "compiled",
    "coverage",
    "deadline_text",
    "decide",
    "declared",
    "declared_is_fresh",
    "diff_json",
    "effect_kind",
    "effect_text",
    "effects_by_kind",
    "ending_words",
    "enforcement_name",
    "fact_text",
    "facts_from_plain",
    "facts_from_words",
    "field_name",
    "field_text",
    "folder_of",
    "from_canonical",
    "gap_answer",
    "import_regulation",
    "obligations",
    "packages",
    "party_name",
    "permit",
    "plain_norm",
    "provision",
    "read_facts",
    "report_rule",
    "report_rules",
    "rest",
    "role_name",
    "sign_lines",
    "summary_of",
    "text_change",
    "to_canonical",
    "tree",
    "type_name",
    "value_text",
    "vocabulary",
    "write_draft",
]


def tree(charter: Charter) -> tuple[Provision, ...]:
    """Return the text's structure: covering decision and regulation, chapters, articles, clauses, points, dashes."""
    return charter.provisions
