"""How sure the text is: one sentence per row, the claim's own verb (or noun), its modality."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.attribution import say_so, sayings
from sayso.claims.modality import modality
from sayso.language.trees import Sentence

Parse = Callable[[str], list[Sentence]]

ROWS = [
    # --- the outlet's own voice
    ("Nine miners died in the flood.", "died", "asserted"),
    ("No one was killed in the flood.", "killed", "asserted"),
    ("The flood did not kill anybody.", "kill", "asserted"),
    ("Soldiers shot three looters near the market.", "shot", "asserted"),
    ("The death of nine miners shocked the town.", "death", "asserted"),
    # --- on somebody's word
    ("Nine miners died, the ministry said.", "died", "reported"),
    ("The ministry said no one was killed.", "killed", "reported"),
    ("According to witnesses, soldiers shot three looters.", "shot", "reported"),
    ("Dozens of miners were reported killed.", "killed", "reported"),
    ("Nine miners are said to have died.", "died", "reported"),
    ("There were reports of deadly clashes in the town.", "clashes", "reported"),
    ("The governor warned that nine miners had died.", "died", "reported"),
    # --- nobody vouches for it
    ("Soldiers reportedly shot three looters.", "shot", "alleged"),
    ("Soldiers allegedly shot three looters, the union said.", "shot", "alleged"),
    ("Nine miners are feared dead.", "dead", "alleged"),
    ("Nine miners were believed to have drowned.", "drowned", "alleged"),
    ("The rebels are suspected of killing nine farmers.", "killing", "alleged"),
    ("The opposition accused the army of killing nine farmers.", "killing", "alleged"),
    ("There were unconfirmed reports of clashes.", "reports", "alleged"),
    # --- denied
    ("The army denied that it had shelled the village.", "shelled", "denied"),
    ("The army denied shelling the village.", "shelling", "denied"),
    ("The general rejected claims that soldiers shot three looters.", "shot", "denied"),
    # --- threatened
    ("The rebels threatened to kill the hostages.", "kill", "threatened"),
    ("The army warned that it would open fire on the crowd.", "open", "threatened"),
    ("The group vowed to attack the port.", "attack", "threatened"),
    # --- planned or ordered
    ("The alliance will send 500 troops.", "send", "planned"),
    ("The alliance plans to send 500 troops.", "send", "planned"),
    ("The president ordered the army to open fire.", "open", "planned"),
    ("The mayor urged people to leave the town.", "leave", "planned"),
    ("Norland to send 500 troops", "send", "planned"),
    ("The ministry said it would send 500 troops.", "send", "planned"),
    # --- only supposed
    ("The flood could kill thousands.", "kill", "hypothetical"),
    ("The toll may rise further.", "rise", "hypothetical"),
    ("If soldiers shoot, the crowd will run.", "shoot", "hypothetical"),
    ("The police asked whether soldiers had killed looters.", "killed", "hypothetical"),
    ("There is a risk of clashes.", "clashes", "hypothetical"),
    ("The dam would burst if the rain went on.", "burst", "hypothetical"),
]


@pytest.mark.parametrize(("text", "word", "expected"), ROWS, ids=lambda v: str(v)[:50])
def test_modality(parse: Parse, text: str, word: str, expected: str):
    sentences = parse(text)
    predicate = next(t for s in sentences for t in s.tokens if t.text == word)
    says = say_so(sayings(sentences), sentences, predicate.start, predicate.end, None)
    assert modality(predicate, says)[0] == expected


def test_every_modality_names_its_rule(parse: Parse):
    sentences = parse("The toll may rise further.")
    predicate = sentences[0].tokens[3]
    says = say_so([], sentences, predicate.start, predicate.end, None)
    assert modality(predicate, says) == ("hypothetical", "hypothetical: may")
