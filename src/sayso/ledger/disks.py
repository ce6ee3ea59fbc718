"""Whether a file lies on a disk of this machine, where all who use it can share memory."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

LOCAL = frozenset(
    "apfs bcachefs btrfs ext2 ext3 ext4 exfat f2fs fuseblk hfs jfs msdos ntfs3 overlay ramfs "
    "reiserfs tmpfs ufs vfat xfs zfs".split()
)
"""Kinds of file systems of which that is known; of any other it is not."""

_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTED = re.compile(r"^.+? on (?P<at>/.*) \((?P<kind>\w+)[,)]", re.MULTILINE)


def is_local(path: Path) -> bool:
    """Whether that is known of the file, by what Linux and macOS tell of what is mounted."""
    try:
        if os.path.exists("/proc/self/mountinfo"):
            mounts = of_linux(Path("/proc/self/mountinfo").read_text())
        else:
            mounts = of_macos(subprocess.check_output(["/sbin/mount"], text=True))
    except (OSError, subprocess.SubprocessError):
        return False
    return kind_at(os.path.realpath(path), mounts) in LOCAL


def kind_at(path: str, mounts: dict[str, str]) -> str | None:
    """The kind of file system at an absolute path, by what is mounted where."""
    above = [at for at in mounts if path == at or path.startswith(at.rstrip("/") + "/")]
    return mounts[max(above, key=len)] if above else None


def of_linux(told: str) -> dict[str, str]:
    """The kinds of file systems by where they are, of `/proc/self/mountinfo`; of several at one
    place the last, which hides the others."""
    found = {}
    for line in told.splitlines():
        before, _, after = line.partition(" - ")
        at = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), before.split(" ")[4])
        found[at] = after.split(" ")[0]
    return found


def of_macos(told: str) -> dict[str, str]:
    """The same of what `mount` prints there."""
    return {found["at"]: found["kind"] for found in _MOUNTED.finditer(told)}
