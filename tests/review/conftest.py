"""A ledger of a small invented story, and where ledgers are made of either kind."""

from ledger.conftest import address
from telling import ledger

__all__ = ["address", "ledger"]
