"""Sayso reads news of unrest, conflict and disaster and keeps the record, with whose say-so it is."""

__version__ = "0.1.0"
