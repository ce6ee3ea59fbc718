"""The figures of tables, labels and lists, and the claims that they are."""
