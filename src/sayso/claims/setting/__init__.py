"""Where a claim took place (`where`), when (`when`), and whether it is of this story (`scope`).

Each picks, among the places and times already found in the text, those that govern a claim's word
by the tree (`governing`), and says how it came by them.
"""
