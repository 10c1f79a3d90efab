"""LibreOffice as a stranger who opens our files: it prints them in the type they ask for, or one of its widths."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from harness.tree import PACKAGE

# The machine may have no Times New Roman; Tinos has its widths, and lies in the package.
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{PACKAGE / "papers" / "fonts"}</dir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""


def missing() -> bool:
    """Say whether LibreOffice is not installed."""
    return shutil.which("soffice") is None


def printed(folder: Path) -> dict[str, bytes]:
    """Return every .docx of a folder as LibreOffice prints it, by the stem of its name."""
    (folder / "fonts.conf").write_text(FONTS)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(map(str, folder.glob("*.docx")))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf"), *files]
    fonts = {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=280, env=os.environ | fonts)
    made = {path.stem: path.read_bytes() for path in (folder / "pdf").glob("*.pdf")}
    assert len(made) == len(files)
    return made
