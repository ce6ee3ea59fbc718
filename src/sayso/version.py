"""Which version of Sayso this is."""

__version__ = "0.15.0"
