"""How sure the text is: one sentence per row, the claim's own verb (or noun), its modality."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.attribution.statements import say_so, sayings
from sayso.claims.modality import modality
from sayso.language.trees import Sentence

Parse = Callable[[str], list[Sentence]]

ROWS = [
    # --- a tale that is said to be untrue
    ("There is no truth in the tale that 11 miners were killed.", "killed", "denied"),
    ("The governor brushed aside reports of 12 deaths.", "deaths", "denied"),
    ("The ministry scotched rumours that 15 guards had been abducted.", "abducted", "denied"),
    ("Reports that six guards died have been proved wrong.", "died", "denied"),
    ("The story of nine boys shot by police is a myth.", "shot", "denied"),
    ("It was a lie that the guards had killed eight inmates.", "killed", "denied"),
    ("An inquiry found no evidence that troops had killed nine farmers.", "killed", "denied"),
    ("It is simply not the case that troops killed 20 students.", "killed", "denied"),
    ("The wrong turn killed 20 soldiers.", "killed", "asserted"),
    ("Lawyers contest the account of a nurse who saw nine boys die.", "die", "asserted"),
    ("There is no doubt that five teachers were killed.", "killed", "asserted"),
    ("The rebels dismissed the governor and killed three of his guards.", "killed", "asserted"),
    ("The minister denounced the killing of eight boys.", "killing", "asserted"),
    # --- feared, ahead, asked
    ("The fear is that soldiers massacred dozens of herders.", "massacred", "alleged"),
    ("Officials are worried that gunmen killed three engineers.", "killed", "alleged"),
    ("Villagers are worried because soldiers killed six herders.", "killed", "asserted"),
    ("There is concern over the killing of six herders.", "killing", "asserted"),
    ("The king signed an order for the execution of six rebels.", "execution", "planned"),
    ("The general was to have been shot at dawn.", "shot", "planned"),
    ("The bomb was meant to kill 40 recruits.", "kill", "planned"),
    ("The killing of the two envoys was called off.", "killing", "hypothetical"),
    ("Have raiders really injured porters in Velm?", "injured", "hypothetical"),
    # --- the outlet's own voice
    ("Nine miners died in the flood.", "died", "asserted"),
    ("No one was killed in the flood.", "killed", "asserted"),
    ("The flood did not kill anybody.", "kill", "asserted"),
    ("Soldiers shot three looters near the market.", "shot", "asserted"),
    ("The death of nine miners shocked the town.", "death", "asserted"),
    ("A suspected rebel was killed by police.", "killed", "asserted"),
    ("Suspected rebels killed nine farmers.", "killed", "asserted"),
    ("Alleged looters were shot by soldiers.", "shot", "asserted"),
    ("The army denied any involvement in the killing of nine farmers.", "killing", "asserted"),
    ("The army denied responsibility for the bombing.", "bombing", "asserted"),
    ("Contrary to reports, no soldiers were killed.", "killed", "asserted"),
    ("No soldiers were killed, contrary to earlier reports.", "killed", "asserted"),
    ("The rebels vowed revenge for the attack.", "attack", "asserted"),
    ("The army tried to take the bridge.", "take", "asserted"),
    ("The rebels attempted to kill the mayor.", "kill", "asserted"),
    ("Soldiers led a raid to free the town.", "free", "asserted"),
    ("He was convicted of killing nine people.", "killing", "asserted"),
    ("Nine people died, reportedly of thirst.", "died", "asserted"),
    ("An apparent gas explosion killed nine people.", "killed", "asserted"),
    ("Nine people died in what police called an accident.", "died", "asserted"),
    ("Nine people have not been killed.", "killed", "asserted"),
    ("The killers of two nurses may have been soldiers.", "killers", "asserted"),
    ("All parties rejected the murder of Luis Ostrand.", "murder", "asserted"),
    # --- on somebody's word
    ("Nine miners died, the ministry said.", "died", "reported"),
    ("The ministry said no one was killed.", "killed", "reported"),
    ("According to witnesses, soldiers shot three looters.", "shot", "reported"),
    ("Dozens of miners were reported killed.", "killed", "reported"),
    ("Nine miners are said to have died.", "died", "reported"),
    ("There were reports of deadly clashes in the town.", "clashes", "reported"),
    ("The governor warned that nine miners had died.", "died", "reported"),
    ("The army denied that nine farmers had been killed, saying three died.", "died", "reported"),
    ('"Our men did not shoot anyone," the army said.', "shoot", "reported"),
    ("The minister said no one was killed.", "killed", "reported"),
    ("The Karsa Front claimed responsibility for the bombing.", "bombing", "reported"),
    ("The bombing was claimed by the Karsa Front.", "bombing", "reported"),
    ("The Karsa Front said it had shot the mayor.", "shot", "reported"),
    ("The Karsa Front said its fighters attacked the post.", "attacked", "reported"),
    ("Oleg Tarn admitted killing nine people.", "killing", "reported"),
    ("Nine people are said to have died.", "died", "reported"),
    ("Nine people were reported dead.", "dead", "reported"),
    ("Stop the killing of farmers, the bishop said.", "killing", "reported"),
    ("“Have you heard? Nine people were killed,” said the ferryman.", "killed", "reported"),
    ("“Why did soldiers shoot nine farmers?” the senator asked.", "shoot", "reported"),
    ("“Who shot nine farmers?” the senator asked.", "shot", "reported"),
    ("Soldiers reportedly shot three looters.", "shot", "reported"),
    ("Nine people reportedly died.", "died", "reported"),
    # --- nobody vouches for it
    ("Soldiers allegedly shot three looters, the union said.", "shot", "alleged"),
    ("Nine miners are feared dead.", "dead", "alleged"),
    ("Nine miners were believed to have drowned.", "drowned", "alleged"),
    ("The rebels are suspected of killing nine farmers.", "killing", "alleged"),
    ("The opposition accused the army of killing nine farmers.", "killing", "alleged"),
    ("There were unconfirmed reports of clashes.", "reports", "alleged"),
    ("Nine miners are missing and feared dead.", "dead", "alleged"),
    ("Dozens feared dead after dam bursts", "dead", "alleged"),
    ("Nine feared dead in ferry accident", "dead", "alleged"),
    ("Nine people are believed dead.", "dead", "alleged"),
    ("Nine people are thought to have died.", "died", "alleged"),
    ("Nine people are presumed drowned.", "drowned", "alleged"),
    ("Police believe rebels shot the mayor.", "shot", "alleged"),
    ("Police suspect that rebels shot the mayor.", "shot", "alleged"),
    ("Rebels are accused of shooting the mayor.", "shooting", "alleged"),
    ("There are unverified reports that nine people died.", "died", "alleged"),
    ("According to unconfirmed reports, nine people died.", "died", "alleged"),
    ("Unconfirmed reports said nine people died.", "died", "alleged"),
    ("The Karsa Front claimed to have shot the mayor.", "shot", "alleged"),
    ("He was charged with killing nine people.", "killing", "alleged"),
    ("Nine people allegedly died in custody.", "died", "alleged"),
    ("Rumours that nine people died spread quickly.", "died", "alleged"),
    ("Rumours of shootings spread quickly.", "shootings", "alleged"),
    ("The alleged attack took place on Monday.", "attack", "alleged"),
    ("Nine people died in what appeared to be an attack.", "attack", "alleged"),
    ("It appears nine people died.", "died", "alleged"),
    ("Nine people seem to have died.", "died", "alleged"),
    ("Nine people probably died.", "died", "alleged"),
    ("Possibly nine people died.", "died", "alleged"),
    ("The army neither confirmed nor denied that nine people died.", "died", "alleged"),
    ("The army could not confirm that nine people died.", "died", "alleged"),
    ("The army has not confirmed that nine people died.", "died", "alleged"),
    ("A former colonel was acquitted of killing nine students.", "killing", "alleged"),
    # --- denied
    ("The army denied that it had shelled the village.", "shelled", "denied"),
    ("Police dismissed as hearsay reports that nine boys had drowned.", "drowned", "denied"),
    ("The mayor rejected as invention statements that nine boys drowned.", "drowned", "denied"),
    ("The paper described as credible reports that nine boys drowned.", "drowned", "reported"),
    ("The army denied shelling the village.", "shelling", "denied"),
    ("The general rejected claims that soldiers shot three looters.", "shot", "denied"),
    ("The army denied killing nine farmers.", "killing", "denied"),
    ("The army denied reports that nine farmers had been killed.", "killed", "denied"),
    ("The army denied that nine farmers had been killed, saying three died.", "killed", "denied"),
    ("The army dismissed as false a claim that its men had shot nine farmers.", "shot", "denied"),
    ("Police dismissed as lies claims that nine miners were killed.", "killed", "denied"),
    ("The mayor dismissed as untrue reports that 12 girls had drowned.", "drowned", "denied"),
    ("There were false reports that ten students had died.", "died", "denied"),
    ("The ministry confirmed reports that ten students had died.", "died", "reported"),
    ("A false bomb alarm was raised after nine students had been killed.", "killed", "asserted"),
    ("The army rejected the accusation that it had shelled the clinic.", "shelled", "denied"),
    ("The minister said it was not true that nine people died.", "died", "denied"),
    ("It is false that nine people died.", "died", "denied"),
    ("He denies killing nine people.", "killing", "denied"),
    # --- threatened
    ("The rebels threatened to kill the hostages.", "kill", "threatened"),
    ("The army warned that it would open fire on the crowd.", "open", "threatened"),
    ("The group vowed to attack the port.", "attack", "threatened"),
    ("The rebels threatened to blow up the dam.", "blow", "threatened"),
    (
        "The rebels said they would blow up the dam unless prisoners were freed.",
        "blow",
        "threatened",
    ),
    ("The army warned rebels to leave the city or be killed.", "killed", "threatened"),
    ("The general threatened that he would shell the town.", "shell", "threatened"),
    # --- planned or ordered
    ("The alliance will send 500 troops.", "send", "planned"),
    ("The alliance plans to send 500 troops.", "send", "planned"),
    ("The president ordered the army to open fire.", "open", "planned"),
    ("The mayor urged people to leave the town.", "leave", "planned"),
    ("Norland to send 500 troops", "send", "planned"),
    ("The ministry said it would send 500 troops.", "send", "planned"),
    ("The president ordered police to shoot looters.", "shoot", "planned"),
    ("The president issued an order to shoot looters.", "shoot", "planned"),
    ("Police were ordered to shoot looters.", "shoot", "planned"),
    ("Police have orders to shoot looters.", "shoot", "planned"),
    ("The union plans to strike on Monday.", "strike", "planned"),
    ("The union is planning a strike on Monday.", "strike", "planned"),
    ("The union called for a strike on Monday.", "strike", "planned"),
    ("A strike is planned for Monday.", "strike", "planned"),
    ("A strike has been called for Monday.", "strike", "planned"),
    ("A rally scheduled for Monday was banned.", "rally", "planned"),
    ("The curfew will begin at nine.", "begin", "planned"),
    ("The army is to deploy 500 soldiers.", "deploy", "planned"),
    ("The army is set to deploy 500 soldiers.", "deploy", "planned"),
    ("The army is expected to deploy 500 soldiers.", "deploy", "planned"),
    ("The army is preparing to attack the town.", "attack", "planned"),
    ("The army would deploy 500 soldiers on Monday, the minister said.", "deploy", "planned"),
    ("The mayor called on the army to withdraw.", "withdraw", "planned"),
    ("The mayor demanded the release of nine prisoners.", "release", "planned"),
    ("The rebels offered to free nine hostages.", "free", "planned"),
    ("The rebels agreed to free nine hostages.", "free", "planned"),
    ("A plot to kill the president was uncovered.", "kill", "planned"),
    # --- only supposed
    ("The flood could kill thousands.", "kill", "hypothetical"),
    ("The toll may rise further.", "rise", "hypothetical"),
    ("If soldiers shoot, the crowd will run.", "shoot", "hypothetical"),
    ("The police asked whether soldiers had killed looters.", "killed", "hypothetical"),
    ("There is a risk of clashes.", "clashes", "hypothetical"),
    ("The dam would burst if the rain went on.", "burst", "hypothetical"),
    ("Doctors fear nine more will die.", "die", "hypothetical"),
    ("Officials fear the toll will rise.", "rise", "hypothetical"),
    ("The mayor asked whether troops had killed nine looters.", "killed", "hypothetical"),
    ("It was not clear whether nine people died.", "died", "hypothetical"),
    ("The army failed to take the bridge.", "take", "hypothetical"),
    ("Had the dam burst, thousands would have died.", "died", "hypothetical"),
    ("Thousands would have died if the dam had burst.", "died", "hypothetical"),
    ("If the dam bursts, thousands will die.", "die", "hypothetical"),
    ("Unless help comes, thousands will die.", "die", "hypothetical"),
    ("Thousands could die, the agency warned.", "die", "hypothetical"),
    ("As many as nine people may have died.", "died", "hypothetical"),
    ("Nine people might have died.", "died", "hypothetical"),
    ("Nine people must have died, he said.", "died", "hypothetical"),
    ("Nine people may be dead.", "dead", "hypothetical"),
    ("Police could shoot looters under the new law.", "shoot", "hypothetical"),
    ("Police can now shoot looters.", "shoot", "hypothetical"),
    ("The mayor fears clashes.", "clashes", "hypothetical"),
    ("The mayor warned of clashes.", "clashes", "hypothetical"),
    ("The mayor warned of more deaths.", "deaths", "hypothetical"),
    ("Fears of clashes kept people at home.", "clashes", "hypothetical"),
    ("To prevent clashes, police closed the square.", "clashes", "hypothetical"),
    ("Police prevented clashes.", "clashes", "hypothetical"),
    ("The rebels refused to free nine hostages.", "free", "hypothetical"),
    ("Perhaps nine people died.", "died", "hypothetical"),
    ("The police asked if anyone had been killed.", "killed", "hypothetical"),
    ("Were nine people killed?", "killed", "hypothetical"),
    ("Did the army shoot nine people?", "shoot", "hypothetical"),
    ('"Were nine people killed?" a reporter asked.', "killed", "hypothetical"),
    ('"Did soldiers shoot nine farmers?" the senator asked the minister.', "shoot", "hypothetical"),
    ('"Is it true that nine people died?" a reporter asked.', "died", "hypothetical"),
    ('The judge wanted to know: "Were nine farmers beaten?"', "beaten", "hypothetical"),
    ("The army refused to say whether nine people died.", "died", "hypothetical"),
]


@pytest.mark.parametrize(("text", "word", "expected"), ROWS, ids=lambda v: str(v)[:50])
def test_modality(parse: Parse, text: str, word: str, expected: str):
    sentences = parse(text)
    predicate = next(t for s in sentences for t in s.tokens if t.text == word)
    says = say_so(sayings(sentences), sentences, predicate.start, predicate.end, None)
    assert modality(predicate, says)[0] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Soldiers led an operation to capture a rebel leader.", "capture", "hypothetical"),
        (
            "Police launched a raid in Karsa on Monday to arrest a smuggler.",
            "arrest",
            "hypothetical",
        ),
        ("During a hunt to capture the rebels, two men fled.", "capture", "hypothetical"),
        ("Rebels used the raid to kill two guards.", "kill", "asserted"),
        ("Soldiers captured a rebel leader in an operation.", "captured", "asserted"),
        ("Soldiers returned to kill two guards.", "kill", "asserted"),
    ],
)
def test_people_whom_an_operation_was_to_harm(parse: Parse, text: str, word: str, expected: str):
    sentences = parse(text)
    predicate = next(t for s in sentences for t in s.tokens if t.text == word)
    says = say_so(sayings(sentences), sentences, predicate.start, predicate.end, None)
    assert modality(predicate, says, harm=True)[0] == expected


def test_every_modality_names_its_rule(parse: Parse):
    sentences = parse("The toll may rise further.")
    predicate = sentences[0].tokens[3]
    says = say_so([], sentences, predicate.start, predicate.end, None)
    assert modality(predicate, says) == ("hypothetical", "hypothetical:may")
