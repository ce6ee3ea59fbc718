"""Document -> sentences with trees, and what can be read off words alone.

Trees and names (`engine`, `parse`, `encoder`, `trees`), numbers (`quantities`, its parts in
`counting`), times (`dates`, its parts in `times`), places (`places`, `gazetteer`, their parts in
`geography`), groups of people (`groups`).
"""
