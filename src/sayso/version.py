"""Which version of Sayso this is."""

__version__ = "0.10.1"
