"""What was done to people, and to how many: the figures of a sentence.

Words of harm with those they befell (`harms`), the number that belongs to each (`pairing`), people
who are plainly one (`singles`), and the figures made of them (`figures`).
"""
