"""The memory: documents, what was read in them, and what could not be read.

`store` is the whole of it for others; `schema` says what the tables hold and `opening` sees to it
that a file is a ledger. SQLAlchemy is imported here and nowhere else.
"""
