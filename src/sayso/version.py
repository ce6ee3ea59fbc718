"""Which version of Sayso this is."""

__version__ = "0.13.0"
