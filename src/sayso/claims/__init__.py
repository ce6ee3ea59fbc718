"""Sentences -> claims: what was done to whom, what happened, on whose say-so, how sure.

Harm and its figures (`victims`, `tolls`), what happened (`events`), who says so (`attribution`),
how sure the text is (`modality`); `assemble` puts the parts of each claim together.
"""
