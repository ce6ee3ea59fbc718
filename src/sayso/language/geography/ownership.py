"""Which files are files of places of ours: those alone are ever read, replaced, emptied or deleted.

The path of a gazetteer is a setting, and may name anything by mistake: a ledger, a photograph. What
is one of ours, `outputs` says.
"""

from __future__ import annotations

from pathlib import Path

from sayso import outputs
from sayso.errors import SettingsError

APPLICATION_ID = outputs.PLACES


def spare(*paths: Path) -> None:
    """Returns where at each path is nothing, an empty file, or a file of places, damaged or not.

    Raises `SettingsError` where anything else is there; it is only looked at.
    """
    for path in paths:
        if not outputs.is_earlier(path, "places"):
            raise SettingsError(
                f"{path} is no file of places of Sayso's, and is left as it is: name another path "
                "as `gazetteer`, or move that file away"
            )
