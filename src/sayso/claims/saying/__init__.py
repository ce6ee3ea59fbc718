"""Who says what: the parts that `attribution` puts together.

Quotations (`quotes`), words of saying (`cue`, `cues`, `verbs`), who speaks (`sayers`), what is said
(`content`, `extent`), and how a source is cited, sorted and known again (`sources`, `kinds`,
`naming`).
"""
