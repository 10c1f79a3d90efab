"""The light face of the charter room: shipped packages from their compiled form; starts at once, imports no YAML.

A name is loaded with its module when it is first used, so that a command starts with what it asks for alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dean06.charter.addresses import clause_in_text, clause_label, provision, summary_of
    from dean06.charter.answering import answerable, capacities_allowed, delegable, delegates, report_rule, report_rules
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
        norm_act,
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
    from dean06.charter.obligations import coverage, not_binding, obligations
    from dean06.charter.pairing import plain_norm
    from dean06.charter.permits import permit
    from dean06.charter.text import from_canonical, to_canonical
    from dean06.charter.types import Charter, Provision
    from dean06.charter.vocabulary import Vocabulary, vocabulary
    from dean06.charter.wording import agency_name, ending_words, missing_text, party_name, role_name, sign_lines

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
    "delegable",
    "delegates",
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
    "missing_text",
    "norm_act",
    "not_binding",
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

_HOMES = {
    "addresses": (
        "clause_in_text",
        "clause_label",
        "provision",
        "summary_of",
    ),
    "answering": (
        "answerable",
        "capacities_allowed",
        "delegable",
        "delegates",
        "report_rule",
        "report_rules",
    ),
    "asking": ("facts_from_words",),
    "change_wording": (
        "absent_roles",
        "action_name",
        "deadline_text",
        "effect_kind",
        "effect_text",
        "effects_by_kind",
        "enforcement_name",
        "fact_text",
        "field_name",
        "field_text",
        "norm_act",
        "text_change",
        "type_name",
        "value_text",
    ),
    "changes": (
        "Comparison",
        "EffectChange",
        "NormChange",
        "TextChange",
    ),
    "comparing": ("compare",),
    "deciding": (
        "Decision",
        "check_words",
        "decide",
    ),
    "declared": (
        "Difference",
        "Differences",
        "Rest",
        "Side",
        "borne_out",
        "declared",
        "declared_is_fresh",
        "diff_json",
        "rest",
    ),
    "facts_file": (
        "Facts",
        "facts_from_plain",
        "read_facts",
    ),
    "fulfilment": ("answered_by",),
    "gaps": (
        "GapAnswer",
        "gap_answer",
    ),
    "importing.entry": (
        "align",
        "candidates",
        "import_regulation",
        "write_draft",
    ),
    "importing.nodes": ("Node",),
    "importing.results": (
        "Aligned",
        "Alignment",
        "Candidate",
        "Imported",
        "Warned",
    ),
    "library": (
        "compiled",
        "folder_of",
        "packages",
    ),
    "obligations": (
        "coverage",
        "not_binding",
        "obligations",
    ),
    "pairing": ("plain_norm",),
    "permits": ("permit",),
    "text": (
        "from_canonical",
        "to_canonical",
    ),
    "types": (
        "Charter",
        "Provision",
    ),
    "vocabulary": (
        "Vocabulary",
        "vocabulary",
    ),
    "wording": (
        "agency_name",
        "ending_words",
        "missing_text",
        "party_name",
        "role_name",
        "sign_lines",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a name of this face from its module."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"dean06.charter.{home}"), name)


def tree(charter: Charter) -> tuple[Provision, ...]:
    """Return the text's structure: covering decision and regulation, chapters, articles, clauses, points, dashes."""
    return charter.provisions
