"""Who says what, read once for each document; `statements` joins the parts and answers for a claim.

Quotations (`quotes`), words of saying (`cue`, `cues`, `verbs`, `short`, `back`, `credits`), who
speaks (`sayers`, `several`), what is said (`content`, `extent`), and how a source is cited, sorted
and known again (`noun_phrases`, `kinds`, `chains`, `coreference`).
"""
