"""A charter as one file to give away: its package, zipped; what compiles from it has the same hash."""

from __future__ import annotations

import io
import zipfile

from dean06.charter.types import Charter
from dean06.charter.unfolding import sources_of, to_yaml


def package_zip(charter: Charter) -> bytes:
    """Return the package as one zip with a folder named after the line; the same charter gives the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in sources_of(charter).items():
            # an entry that is given no time bears the first day a zip knows
            archive.writestr(zipfile.ZipInfo(f"{charter.line}/{name}"), to_yaml(value), zipfile.ZIP_DEFLATED)
    return held.getvalue()
