"""What the encoder is made of besides its network: word pieces, lemmas, trees out of scores.

`sayso.language.encoder` uses these; nothing else does.
"""
