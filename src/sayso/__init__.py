"""The record of what the news says happened, to how many, and on whose say-so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.version import __version__

__all__ = ["Ledger", "__version__", "known", "read", "table"]

if TYPE_CHECKING:
    from sayso.api import Ledger, known, read, table


def __getattr__(name: str) -> Any:
    """What `sayso.api` offers, loaded when it is first asked for: commands load what they need."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("sayso.api"), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")
