"""Records made readable: tables for a terminal, curves, reports and files for other tools."""
