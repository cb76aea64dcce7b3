"""LibreOffice: installed where it is missing and may be, and asked to open what we write."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = {"soffice": "libreoffice-writer libreoffice-impress", "pdftotext": "poppler-utils"}
# Said by every start without Java; nothing of ours needs it.
JAVA = "failed to launch javaldx"
SECONDS = 300


def installed() -> None:
    """Install LibreOffice and poppler by apt where they are missing; skip where that is refused."""
    packages = [name for program, names in PROGRAMS.items() if not shutil.which(program)
                for name in names.split()]  # fmt: skip
    if not packages:
        return
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        pytest.skip(
            f"需要 {' '.join(packages)}；在 Debian 上请执行 apt install {' '.join(packages)}"
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=environment, check=True)
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def pdf_of(path: Path) -> tuple[Path, list[str]]:
    """Convert an office file; return the .pdf and what LibreOffice complained of."""
    profile = path.parent / "profile"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    said = [line for line in done.stderr.splitlines() if line.strip() and JAVA not in line]
    return path.with_suffix(".pdf"), said


def pdf_facts(path: Path) -> dict[str, str]:
    """Return what `pdfinfo` says of a file."""
    lines = subprocess.check_output(["pdfinfo", str(path)], text=True).splitlines()
    return {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }


def pdf_lines(path: Path, page: int) -> list[str]:
    """Return the lines of text of a page, from the first down."""
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    text = subprocess.check_output(command, text=True)
    return [line.strip() for line in text.splitlines() if line.strip()]
