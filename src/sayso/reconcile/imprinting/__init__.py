"""All that `reconcile` takes from a text: one imprint, made once, by which everything is asked.

No other module of `reconcile` looks at a text. Each module here makes one part of the imprint, and
answers what is asked of it: sequences (`sequences`), the agency (`credit`), words (`parts`), names
(`calling`) and sentences (`sentences`); `making` puts them together.
"""
