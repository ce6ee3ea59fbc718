"""What happens: the parts that `frames` puts together.

The lexicon's conditions (`senses`, `words`), who does it to whom (`actors`, `blame`), the words
that state it (`stretch`), what did not happen (`factuality`), and what brought a harm about
(`causes`).
"""
