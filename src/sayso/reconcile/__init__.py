"""Claims -> incidents: one text counts once, one incident, one toll with bounds.

What is taken from texts (`imprinting`: all that is, and nothing else looks at one), texts (`words`,
`wires`, `copies`), what each tells of (`accounts`), events (`incidents`), voices
(`names`, `independence`), figures and what became of them (`figures`, `supersession`, `tallies`),
the record of one incident (`build`), and all of it batch by batch (`coverage`). Everything is a
pure function of documents, claims and people's judgements, and the order in which they arrive
changes nothing: what comes first is settled by `order`.
"""
