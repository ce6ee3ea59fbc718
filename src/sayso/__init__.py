"""The record of what the news says happened, to how many, and on whose say-so."""

__version__ = "0.8.0"
