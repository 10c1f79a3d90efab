"""`python -m dean06` is the same as `dean06`."""

from __future__ import annotations

import sys

from dean06.cli.main import main

sys.exit(main())
