"""The archive of papers, checked in a process of its own: `dean06 doctor` starts it and reads one line of JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict


def main() -> int:
    """Print what lies in the archive and what is wrong with it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    import django

    django.setup()
    from dean06.papers.service import archive

    report = archive.verify_all()
    print(json.dumps(asdict(report) | {"sound": report.sound}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
