"""Sentences -> claims: what was done to whom, what happened, on whose say-so, how sure.

Harm and its figures (`harm`), what happened and who did it (`event`), who says so (`attribution`),
how sure the text is (`modality`), where, when and of which story (`setting`); `assemble` puts the
fields of each claim together, and `rules` is the register of every rule that a claim may name.
"""
