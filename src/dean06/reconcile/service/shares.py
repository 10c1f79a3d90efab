"""How a sample is shared out among strata: in step with their sizes, by largest remainders. Pure."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["shares_of"]


def shares_of(size: int, strata: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows each stratum gives; together `size`, or everything where there is no more.

    In step with their sizes the pooled share is that of the whole, without weights; ties go to the first by name.
    """
    everything = sum(strata.values())
    if everything <= size:
        return dict(strata)
    exact = {name: size * count / everything for name, count in strata.items()}
    given = {name: int(share) for name, share in exact.items()}
    left = size - sum(given.values())
    for name in sorted(strata, key=lambda one: (given[one] - exact[one], one))[:left]:
        given[name] += 1
    return {name: count for name, count in given.items() if count}
