"""The shape of texts: a pure function of their characters, for whoever reads or takes them in."""
