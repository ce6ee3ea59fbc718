"""What is built is what is here: the wheel holds every file of the package, data and all."""

from __future__ import annotations

import email
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_whole_package(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("sayso/")}
        (told,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(told))
        folder = told.removesuffix("METADATA")
        for name in metadata.get_all("License-File", []):
            assert archive.read(f"{folder}licenses/{name}")
    here = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "sayso").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == here
    assert metadata["License-Expression"].startswith("Apache-2.0 AND CC-BY-SA-4.0 AND CC-BY-4.0")
    assert {"LICENSE", "THIRD_PARTY.md"} <= set(metadata.get_all("License-File", []))
    assert wheel.stat().st_size < 40_000_000
