"""Sentences -> claims: what was done to whom, what happened, on whose say-so, how sure.

Harm and its figures (`victims`, `pairing`, `tolls`), what happened (`events`, its parts in
`happening`), who says so (`attribution`, its parts in `saying`), how sure the text is (`modality`),
where, when and of which story (`setting`); `assemble` puts the fields of each claim together.
"""
