"""The face of the population service: one person asked about at a time, by an officer, for a procedure."""

from __future__ import annotations

from dean06.sources.connectors.citizens import Address, Citizen
from dean06.sources.connectors.population_service import (
    Answered,
    Asked,
    NameForm,
    Outcome,
    PopulationService,
    Purpose,
    opened,
)
from dean06.sources.connectors.types import Secret

__all__ = [
    "Address",
    "Answered",
    "Asked",
    "Citizen",
    "NameForm",
    "Outcome",
    "PopulationService",
    "Purpose",
    "Secret",
    "opened",
]
