"""What happens: the parts that `events` puts together.

Roles read off the tree (`roles`), the lexicon's conditions (`senses`), who does it to whom
(`actors`), the words that state it (`stretch`), and what did not happen (`unreal`).
"""
