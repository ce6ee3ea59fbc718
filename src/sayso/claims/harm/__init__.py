"""What was done to people, and to how many: the figures of a sentence.

Words of harm with those they befell (`harms`), those that share a number (`joint`), the number that
belongs to each (`pairing`), people who are plainly one (`singles`), who were found after all
(`spared`), who did it (`doers`); and of these the figures (`figures`), their parts (`parts`), those
whose verb is left out (`gapping`) and those of nought (`nobody`).
"""
