"""Document -> sentences with trees, and what can be read off words alone.

Trees and names (`engine`, `parse`, `encoder`, `trees`), numbers (`quantities`), times (`dates`),
places (`places`), groups of people (`groups`).
"""
