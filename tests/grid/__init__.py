"""The grid: sentences made from constructions, verbs, figures and parties, with the right answer.

`words` are what they are made of, `sentences` puts one together, `generate` all of them, `scoring`
holds a reading against them, and `page` tells the result. See docs/grid.md.
"""
