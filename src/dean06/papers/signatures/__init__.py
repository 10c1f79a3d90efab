"""Digital signatures on papers (PAdES): signed first, numbered after, sealed last; and the proof of any PDF.

The notes that the libraries log name the holders of certificates, so they are not kept: what people need to know is
said in the errors and reports of this package.
"""

from __future__ import annotations

import logging

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)
