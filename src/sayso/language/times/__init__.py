"""Time expressions: the parts that `dates` puts together.

Words and patterns (`timewords`, `timex`), tense (`tense`), the story's own days (`story`), the
calendar (`periods`), and where an expression falls on it (`placing`, `longer`, `instances`,
`timevalues`).
"""
