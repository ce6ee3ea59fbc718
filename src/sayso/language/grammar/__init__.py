"""What a clause says, read once: who does what to whom, how many, and whether at all.

From Universal Dependencies labels, universal parts of speech and features alone: `features` tells
the forms of a word, `noun_phrase` what belongs to one name or one group, `clause` the parties of a
predicate, `polarity` whether it is said to have been so. Function words stand by their role in
`data/<language>/grammar.toml`. What a word means is asked nowhere here.
"""
