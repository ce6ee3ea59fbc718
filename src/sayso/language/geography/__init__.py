"""Places: names in a text (`placenames`), what they mean (`senses`), and how the gazetteer is made
(`atlas`).
"""
