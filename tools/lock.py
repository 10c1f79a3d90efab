"""Resolve requirements/*.in into hashed locks that hold no address: `python tools/lock.py`.

The resolver, uv, gets an environment of its own under build/; the product does not need it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "lock-environment"
FLOOR = "3.11"
OPTIONS = f"--quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version {FLOOR}"
ORDER = ["run", "test", "bench", "spark"]  # each later one keeps the versions of the earlier ones


def resolver() -> Path:
    """Return uv, installed on first use."""
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
        subprocess.run([str(TOOLS / "bin" / "pip"), "install", "--quiet", "uv"], check=True)
    return uv


def main() -> None:
    """Write the locks, the narrowest first."""
    uv = resolver()
    for position, name in enumerate(ORDER):
        kept = [word for earlier in ORDER[:position] for word in ("-c", f"requirements/{earlier}.txt")]
        command = [str(uv), "pip", "compile", *OPTIONS.split(), *kept]
        command += [f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
