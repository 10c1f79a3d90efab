"""The Django-free face of sources: contracts, and a sector file read into a batch for matching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dean06.sources.checking import PROMISES, broken_places, check, promises_of
from dean06.sources.code_list import CodeList, ListedCode
from dean06.sources.code_list import shipped as code_list
from dean06.sources.code_list import shipped_ids as code_list_ids
from dean06.sources.contract import ROLES, Contract, FieldRule, Freshness
from dean06.sources.contract_files import body_of_file
from dean06.sources.data_package import data_package
from dean06.sources.differing import Difference, differences
from dean06.sources.header import claims_by_name
from dean06.sources.headings import Headings
from dean06.sources.intake import read_batch
from dean06.sources.proofing import Fault, proofed
from dean06.sources.repertoire import SHIPPED, Contracts, digest_of_contract, written
from dean06.sources.roles import Care, roles
from dean06.sources.rule import RULE_FORMS, Rule, When, Words
from dean06.sources.saying import lay as lay_statements
from dean06.sources.shelf import open_batch
from dean06.sources.statement import Predicate, StatementRule, predicates, purposes
from dean06.sources.types import Batch, BrokenRow, Checked, Quarantined, RuleCount, Skipped

__all__ = [
    "PROMISES",
    "ROLES",
    "RULE_FORMS",
    "SHIPPED",
    "Batch",
    "BrokenRow",
    "Checked",
    "CodeList",
    "Contract",
    "Contracts",
    "Difference",
    "Fault",
    "FieldRule",
    "Freshness",
    "ListedCode",
    "Predicate",
    "Quarantined",
    "Rule",
    "RuleCount",
    "Skipped",
    "StatementRule",
    "When",
    "Words",
    "body_of_file",
    "broken_places",
    "check",
    "code_list",
    "code_lists",
    "contract",
    "contracts",
    "data_package",
    "differences",
    "digest_of_contract",
    "lay_statements",
    "open_batch",
    "predicates",
    "promises_of",
    "proofed",
    "purposes",
    "read_batch",
    "role_columns",
    "rule_words",
    "written",
]


def contracts() -> Mapping[str, Contract]:
    """Return the contracts that come with the product, by id."""
    return SHIPPED.all()


def contract(source: str) -> Contract:
    """Return one contract that comes with the product; BadInput names the sources there are."""
    return SHIPPED.contract(source)


def code_lists() -> Mapping[str, CodeList]:
    """Return the lists of codes that a field may name, by id."""
    return {one: code_list(one) for one in code_list_ids()}


def role_columns(original_columns: Sequence[str], source: str) -> dict[str, tuple[str, ...]]:
    """Return, for each role, the `goc_…` columns that it was read from, told by their headings alone."""
    rule = contract(source)
    names = [column.removeprefix("goc_") for column in original_columns]
    made = roles(rule, claims_by_name(names, Headings(rule)), Care((), ()), from_workbook=False)
    return {role: tuple(original_columns[at] for at in used) for role, used in made.columns.items()}


def rule_words(source: str, rule: str) -> Words | None:
    """Return what a rule of a shipped contract says is wrong, or what a field promises by itself; None if unknown."""
    return SHIPPED.rule_words(source, rule)
