"""A ledger of a small invented story."""

from telling import ledger

__all__ = ["ledger"]
