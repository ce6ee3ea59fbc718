"""Claims -> incidents: one text counts once, one incident, one toll with bounds.

Texts (`words`, `copies`), events (`incidents`), voices (`lineage`), figures (`tallies`), and the
whole stage in order (`build`). Everything is a pure function of documents and claims, and the order
in which they arrive changes nothing: what comes first is settled by `order`.
"""
