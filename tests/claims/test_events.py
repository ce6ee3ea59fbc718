"""Events read by the real engine: one construction a sentence, and what must give no event."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from sayso import lexicon
from sayso.claims.event.causes import cause, violence
from sayso.claims.event.frames import Frame, Happened, frames, settled
from sayso.language.people import Role
from sayso.language.trees import Sentence
from sayso.records import Event, Party

Parse = Callable[[str], list[Sentence]]


def read(parse: Parse, text: str) -> list[Frame]:
    return [frame for sentence in parse(text) for frame in frames(sentence)]


def only(parse: Parse, text: str) -> Frame:
    found = read(parse, text)
    assert len(found) == 1, [f.rule for f in found]
    return found[0]


def quote(parse: Parse, text: str, frame: Frame) -> str:
    (sentence,) = parse(text)
    return sentence.quote(*sentence.cover(frame.tokens))


# construction, sentence, type, mode, a word of `by`, a word of `to` or `who` ("" = nobody named)
EVENTS = [
    ("a body that takes a town", "The Southern Alliance overran the district of Harl.",
     "ASSAULT", "territory", "Alliance", "Harl"),
    ("drones shot down on their way", "Air defences shot down nine drones over Karsa.",
     "COERCE", "disarm", "defences", ""),
    ("a helicopter shot down", "Rebels shot down a helicopter near Karsa.",
     "ASSAULT", "firearms", "Rebels", ""),
    ("handed over to forces", "The airstrip was handed over to the police.",
     "RETREAT", "withdraw", "", "police"),
    ("quarters taken up", "Soldiers have taken up quarters in the school of Harl.",
     "MOBILIZE", "base", "Soldiers", ""),
    ("a crowd that lynches", "A suspected thief was lynched by a crowd in Harl.",
     "ASSAULT", "primitive", "crowd", ""),
    ("ground swept through", "Government forces swept through the southern districts of Vessa.",
     "ASSAULT", "territory", "forces", ""),
    ("a town that fell", "The town of Tarsk has fallen to the Northern Front.",
     "ASSAULT", "territory", "Front", ""),
    ("a town that was lost", "The army lost the town of Tarsk to rebels.",
     "ASSAULT", "territory", "rebels", "Tarsk"),
    ("a town that was retaken", "The village of Morav was recaptured by the army.",
     "ASSAULT", "territory", "army", "Morav"),
    ("under fire", "Troops came under fire from rebels outside Karsa.",
     "ASSAULT", None, "rebels", "Troops"),
    ("a plane drops", "Army planes dropped three bombs on a village near Dolna.",
     "ASSAULT", "heavy-weapons", "planes", ""),
    ("a shell falls", "A shell fell on a school in Dolna.",
     "ASSAULT", "heavy-weapons", "", ""),
    ("on a mine", "A shepherd stepped on a mine in the hills.",
     "ASSAULT", "explosives", "", "shepherd"),
    ("by one's own hand", "A man blew himself up at the gate of a barracks.",
     "ASSAULT", "suicide-attack", "man", ""),
    ("an attack by its means", "A chemical attack on Karsa was reported.",
     "ASSAULT", "heavy-weapons", "", "Karsa"),
    ("rallies staged", "Opposition supporters staged rallies in four cities.",
     "PROTEST", "demo", "supporters", ""),
    ("a sit-in", "Students staged a sit-in at the dean's office.",
     "PROTEST", "demo", "Students", ""),
    ("rubber bullets", "Officers fired rubber bullets at marchers in Vessa.",
     "ASSAULT", "crowd-control", "Officers", "marchers"),
    ("a base set up", "The army set up an observation post on the ridge.",
     "MOBILIZE", "base", "army", ""),
    ("a bomb defused", "Bomb experts defused a bomb outside the station.",
     "COERCE", "disarm", "experts", ""),
    ("a cache seized", "Soldiers seized a cache of weapons in a barn.",
     "COERCE", "disarm", "Soldiers", ""),
    ("a post left", "Government forces abandoned their post at Dolna.",
     "RETREAT", "withdraw", "forces", ""),
    ("themselves", "Eleven officers gave themselves up at the radio station.",
     "RETREAT", "disarm", "officers", ""),
    ("a government overthrown", "Soldiers ousted the prime minister on Monday.",
     "COERCE", None, "Soldiers", "minister"),
    ("active", "Militants ambushed an army convoy outside Tarsk.",
     "ASSAULT", None, "Militants", "convoy"),
    ("people of a trade", "Gendarmes attacked a village near Karsa.",
     "ASSAULT", None, "Gendarmes", ""),
    ("of an office", "A warlord demanded the release of the captives.",
     "REQUEST", "yield", "warlord", ""),
    ("passive with agent", "Two villages were shelled overnight by government troops.",
     "ASSAULT", "heavy-weapons", "troops", ""),
    ("passive without agent", "The town hall was burned down during the night.",
     "ASSAULT", "primitive", "", ""),
    ("oblique target", "Security forces fired on protesters near the harbour on Monday.",
     "ASSAULT", "firearms", "forces", "protesters"),
    ("clash with", "Police clashed with demonstrators outside the ministry.",
     "ASSAULT", None, "Police", "demonstrators"),
    ("there were clashes between", "There were clashes between miners and police in Dolna.",
     "ASSAULT", None, "miners; police", ""),
    ("noun that is reported", "New shootings were reported in the capital.",
     "ASSAULT", "firearms", "", ""),
    ("noun that kills", "A car bombing near the market killed six people.",
     "ASSAULT", "explosives", "", "people"),
    ("bomb explodes", "A bomb exploded outside the courthouse.",
     "ASSAULT", "explosives", "", ""),
    ("abduction", "Unknown men kidnapped three aid workers in the Sahra district.",
     "ASSAULT", "abduct", "men", "workers"),
    ("particle verb", "Insurgents blew up a bridge near Kelm.",
     "ASSAULT", "explosives", "Insurgents", ""),
    ("beheading", "The militia beheaded two captured soldiers.",
     "ASSAULT", "primitive", "militia", "soldiers"),
    ("light verb with object noun", "The guard opened fire on a crowd outside the gate.",
     "ASSAULT", "firearms", "guard", "crowd"),
    ("light verb with event noun", "Army jets carried out air strikes on the town of Belim.",
     "ASSAULT", "heavy-weapons", "jets", ""),
    ("tear gas", "Police used tear gas to disperse the crowd.",
     "ASSAULT", "crowd-control", "Police", "crowd"),
    ("shot dead", "Gunmen shot dead a judge in Orlev.",
     "ASSAULT", "firearms", "Gunmen", "judge"),
    ("upper case", "GUERRILLAS ATTACKED A POLICE STATION IN SAN MATEO.",
     "ASSAULT", None, "GUERRILLAS", "POLICE"),
    ("stone throwing", "Protesters hurled stones at riot police in the capital.",
     "PROTEST", "riot", "Protesters", "police"),
    ("quantity as subject", "Thousands of people took to the streets of Morava.",
     "PROTEST", "demo", "people", ""),
    ("demonstration", "Teachers demonstrated against the new law in three cities.",
     "PROTEST", "demo", "Teachers", ""),
    ("walkout", "Workers at the port of Lemna went on strike on Tuesday.",
     "PROTEST", "strike", "Workers", ""),
    ("stop work", "Workers at the port stopped work on Monday over unpaid wages.",
     "PROTEST", "strike", "Workers", ""),
    ("hunger strike", "Prisoners began a hunger strike at the jail in Ostra.",
     "PROTEST", "hunger", "Prisoners", ""),
    ("road block", "Farmers blocked the main road to the capital with tractors.",
     "PROTEST", "obstruct", "Farmers", ""),
    ("staged protest", "Students staged a protest outside the presidential palace.",
     "PROTEST", "demo", "Students", ""),
    ("boycott", "Opposition parties boycotted the vote in Kestria.",
     "PROTEST", "boycott", "parties", ""),
    ("riot", "Youths rioted in the suburbs for a second night.",
     "PROTEST", "riot", "Youths", ""),
    ("storming by protesters", "Demonstrators stormed the parliament building.",
     "PROTEST", "riot", "Demonstrators", ""),
    ("curfew", "Authorities imposed a curfew in Vasira until Sunday.",
     "COERCE", "curfew", "Authorities", ""),
    ("state of emergency", "The government declared a state of emergency on Friday.",
     "COERCE", "martial-law", "government", ""),
    ("arrest", "Police arrested the opposition leader on Wednesday.",
     "COERCE", "arrest", "Police", "leader"),
    ("detained by", "Forty activists were detained by security forces.",
     "COERCE", "arrest", "forces", "activists"),
    ("blackout without an actor", "The city suffered a nationwide internet blackout.",
     "COERCE", "censor", "", ""),
    ("party ban", "The regime banned the opposition party.",
     "COERCE", "ban", "regime", "party"),
    ("expulsion of diplomats", "Kestria expelled two Moravian diplomats.",
     "SANCTION", "expel", "Kestria", "diplomats"),
    ("sanctions on", "Morava imposed sanctions on Kestria.",
     "SANCTION", None, "Morava", "Kestria"),
    ("aid suspended", "The European Union suspended aid to Kestria.",
     "SANCTION", "discontinue", "European Union", "Kestria"),
    ("troops sent", "Morava sent troops to the border.",
     "MOBILIZE", "troops", "Morava", ""),
    ("troops flown in are who moves", "Two hundred soldiers were flown to the island on Thursday.",
     "MOBILIZE", "troops", "soldiers", ""),
    ("a condemned act is hidden", "President Aron Velik condemned the attack on the mosque.",
     "ACCUSE", "disapprove", "Velik", ""),
    ("compound actor is split", "Both Morava and the Eastern Union have condemned the violence.",
     "ACCUSE", "disapprove", "Morava; ", ""),
    ("accusation hides what it alleges", "The minister accused the rebels of lying about it.",
     "ACCUSE", "allege", "minister", "rebels"),
    ("investigation", "The prosecutor launched an investigation into the shooting.",
     "ACCUSE", "investigate", "prosecutor", ""),
    ("demand", "The United Nations urged both sides to lay down their arms.",
     "REQUEST", "yield", "United Nations", "sides"),
    ("call for help", "President Velik called for help from the regional alliance.",
     "REQUEST", "assist", "Velik", ""),
    ("said that another must", "Russia said that Kestria must return the ship.",
     "REQUEST", None, "Russia", "Kestria"),
    ("rejected plan", "The generals rejected a peace plan for the province.",
     "REJECT", None, "generals", ""),
    ("said it would not", "Hungary said it would not accept any more refugees.",
     "REJECT", None, "Hungary", "refugees"),
    ("threat", "The rebels threatened to blow up the dam.",
     "THREATEN", "violence", "rebels", ""),
    ("warning that they would", "The army warned that it would open fire on looters.",
     "THREATEN", "violence", "army", "looters"),
    ("warning of a passive harm", "Police warned that looters could be shot.",
     "THREATEN", "violence", "Police", "looters"),
    ("hostile vow", "The general vowed to crush the uprising.",
     "THREATEN", None, "general", ""),
    ("pronoun of the sayer", "Rebel leaders said they would boycott the talks.",
     "THREATEN", None, "leaders", ""),
    ("promise", "The president promised to hold elections within a year.",
     "AGREE", None, "president", ""),
    ("announced help", "Finnish officials said they will send medicine to Sahra.",
     "AGREE", None, "officials", ""),
    ("signing", "The government and the rebels signed a ceasefire agreement.",
     "SUPPORT", None, "government; ", ""),
    ("talks", "Foreign ministers of both countries held talks in Lemna.",
     "CONSULT", None, "ministers", ""),
    ("relief", "The Red Cross delivered food to refugees in Sahra.",
     "AID", None, "Red Cross", "refugees"),
    ("asylum", "Morava granted asylum to the former minister.",
     "AID", None, "Morava", "minister"),
    ("curfew lifted", "The government lifted the curfew on Sunday.",
     "CONCEDE", None, "government", ""),
    ("resignation", "The interior minister resigned on Friday.",
     "RETREAT", "resign", "minister", ""),
    ("withdrawal names no target", "Troops withdrew from the town of Belim.",
     "RETREAT", "withdraw", "Troops", ""),
    ("hostages freed", "The rebels released twelve hostages.",
     "RETREAT", "release", "rebels", "hostages"),
    ("ceasefire", "The rebels declared a ceasefire.",
     "RETREAT", "ceasefire", "rebels", ""),
    ("theft", "Looters stole weapons from a shop.",
     "CRIME", "theft", "Looters", ""),
    ("quake", "A strong earthquake hit the coast on Sunday.",
     "DISASTER", "quake", "", ""),
    ("relative clause", "The rebels, who attacked two villages on Monday, are still in the hills.",
     "ASSAULT", None, "rebels", ""),
    ("a blast that is claimed", "The explosion at the port was claimed by the Sable Brigade.",
     "ASSAULT", "explosives", "Sable Brigade", ""),
    ("a fire that is owned", "The Sable Brigade claimed responsibility for the burning of a bus.",
     "ASSAULT", "primitive", "Sable Brigade", ""),
    ("a spokesman who owns it",
     "A spokesman for the Sable Brigade claimed responsibility for the bombing of a bank.",
     "ASSAULT", "explosives", "Sable Brigade", ""),
    ("what is claimed itself", "The Sable Brigade has claimed the ambush near Harl.",
     "ASSAULT", None, "Sable Brigade", ""),
    ("those of its column", "Members of the third column of the Sable Brigade kidnapped a trader.",
     "ASSAULT", "abduct", "Sable Brigade", "trader"),
    ("those who belong to it", "A cell belonging to the Sable Brigade attacked the barracks.",
     "ASSAULT", None, "Sable Brigade", ""),
    ("forces that target", "The alliance has targeted rebel fighters on the ridge.",
     "ASSAULT", None, "alliance", "fighters"),
    ("a building targeted", "The clinic in Harl had been targeted three times.",
     "ASSAULT", None, "", ""),
    ("a district shelled", "Militias shelled the district of Harl in response.",
     "ASSAULT", "heavy-weapons", "Militias", "Harl"),
    ("a drone downed", "The army downed a spy drone near Harl.",
     "COERCE", "disarm", "army", ""),
    ("pushed out of a town", "The army drove the rebels out of Harl.",
     "ASSAULT", "territory", "army", "rebels"),
    ("a body that says what it did", "The army said it had driven the rebels out of Harl.",
     "ASSAULT", "territory", "army", "rebels"),
    ("a blow in return", "The rebels retaliated on Tuesday.",
     "ASSAULT", None, "rebels", ""),
    ("strikes carried out", "The strikes were carried out by the army.",
     "ASSAULT", None, "army", ""),
    ("war crimes", "War crimes were committed in Harl.",
     "ASSAULT", None, "", ""),
    ("a town entered", "Government troops entered the town on Friday.",
     "MOBILIZE", "troops", "troops", ""),
    ("fighters recruited", "The front has recruited hundreds of fighters abroad.",
     "MOBILIZE", "troops", "front", ""),
    ("about to enter", "The army is preparing to enter the town of Harl.",
     "MOBILIZE", "troops", "army", ""),
    ("a base fled", "Government soldiers fled the base at Harl.",
     "RETREAT", "withdraw", "soldiers", ""),
    ("a town that surrenders", "Several towns surrendered to the army.",
     "RETREAT", "disarm", "towns", "army"),
    ("giving up", "The siege ended with the capitulation of the rebels.",
     "CONCEDE", None, "", ""),
    ("a pact reached", "An agreement was reached with France on the border.",
     "AGREE", None, "", "France"),
    ("a truce to be kept", "Rebel leaders said they would honour the truce.",
     "AGREE", None, "leaders", ""),
    ("a boycott by states", "France and Italy imposed a boycott on Libya.",
     "SANCTION", None, "France", "Libya"),
    ("sentences handed down", "The fighters were handed death sentences by a court.",
     "SANCTION", "convict", "court", ""),
    ("villagers terrorised", "The militia terrorised villagers in the valley.",
     "COERCE", None, "militia", "villagers"),
    ("refugees turned back", "Border guards pushed back hundreds of refugees.",
     "COERCE", "deport", "guards", "refugees"),
    ("terms rejected", "France rejected the terms of the accord.",
     "REJECT", None, "France", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "mode", "by", "other"), [e[1:] for e in EVENTS], ids=[e[0] for e in EVENTS]
)
def test_construction(
    parse: Parse, text: str, kind: str, mode: str | None, by: str, other: str
) -> None:
    frame = only(parse, text)
    assert (frame.event.type, frame.event.mode) == (kind, mode)
    assert by in frame.by.text if by else frame.by is None
    if other:
        party = frame.to or frame.who
        assert party is not None and other in party.text


NOTHING = [
    ("attack in words", "Senator Dale attacked the bill as a gift to the banks."),
    ("shot a film", "The director shot a film about the siege in Morava."),
    ("strike a deal", "The two companies hope to strike a deal by March."),
    ("fired from a job", "The chef was fired from his job at the restaurant."),
    ("blast of air", "A blast of cold air will reach the coast on Sunday."),
    ("battle for the title", "The teams meet again in the battle for the title."),
    ("rally in shares", "A rally in shares lifted the index."),
    ("shot at goal", "The striker fired home from close range to win the match."),
    ("illness", "She fought cancer for ten years."),
    ("fridge", "He raided the fridge at midnight."),
    ("critics", "The critic attacked the novel in a long essay."),
    ("parade", "The band will march through the town on Saturday for the carnival."),
    ("profits", "The bank's profits exploded last year."),
    ("heart attack", "A heart attack killed the mayor."),
    ("negated act", "The president did not condemn the attack."),
    ("condition", "If the police attack the crowd, we will leave."),
    ("possibility", "The rebels might attack the town."),
    ("no such noun", "No attack was reported."),
    ("prevented", "The police prevented an attack on the station."),
    ("called off", "The union called off the strike."),
    ("sworn in", "The minister was sworn in on Monday."),
    ("only a saying", "The minister said the economy is growing."),
    ("never", "The prisoner was never tortured."),
    ("ribbon cutting", "The mayor opened the new bridge."),
    ("a meeting with nobody", "The committee will meet on Tuesday."),
    ("bombed a test", "She bombed her driving test."),
    ("quarrel", "The two men clashed over the budget."),
    ("landslide of votes", "Voters gave the party a landslide."),
    ("bystander", "Residents said the street was quiet."),
    ("won at the polls", "The party captured the city of Harl in the election."),
    ("keys handed over", "The keys were handed over to the new owners."),
    ("beaten in a race", "The mayor was beaten in the second round."),
    ("under fire in words", "The minister came under fire from critics over the budget."),
    ("won in sport", "The champions captured the title at the stadium in Dolna."),
    ("lost at the polls", "The party lost the town of Tarsk to the Greens in the election."),
    ("a camp for children", "The mayor opened a camp for children near Orlin."),
    ("a lead surrendered", "The runner surrendered a long lead."),
    ("ousted by a board", "The board ousted the chief executive of the bank."),
    ("a row defused", "Engineers defused a row over the new bridge."),
    ("a shell from a shelf", "An old shell fell from the shelf."),
    ("guards who move house", "Guards at the museum moved into new quarters."),
    ("a bird struck", "A plane struck a bird near Karsa."),
    ("credit for a bridge", "The minister claimed credit for the bridge."),
    ("a prize claimed", "The firm claimed the top prize."),
    ("what his staff did", "He was criticised for the actions of his staff."),
    ("gangs targeted", "Police targeted drug dealers in a campaign."),
    ("young voters", "The alliance targeted young voters."),
    ("a school to be closed", "The school was targeted for closure."),
    ("an answer to critics", "The minister hit back at critics of the bill."),
    ("tariffs in return", "France retaliated with tariffs on steel."),
    ("a target met", "The army hit its recruitment target."),
    ("rivals beaten", "The team downed its rivals in the final."),
    ("a race entered", "The army chief entered the race for president."),
    ("a market entered", "The company entered the market in Vessa."),
    ("a row in a bar", "A doctor intervened in the fight."),
    ("a visa", "She was denied a visa by France."),
    ("a firm's deal", "The firm agreed a deal with the bank."),
    ("a player's deal", "A deal was reached between the club and the player."),
    ("as a boy", "He fled the town as a boy."),
]


@pytest.mark.parametrize("text", [n[1] for n in NOTHING], ids=[n[0] for n in NOTHING])
def test_no_event(parse: Parse, text: str) -> None:
    assert [f.rule for f in read(parse, text)] == []


def test_conjoined_verbs_share_their_subject(parse: Parse) -> None:
    found = read(parse, "Soldiers stormed the university and beat students with batons.")
    assert [(f.event.mode, f.by and f.by.text) for f in found] == [
        (None, "Soldiers"),
        ("beat", "Soldiers"),
    ]


def test_evidence_of_a_second_verb_begins_at_that_verb(parse: Parse) -> None:
    text = "Gunmen attacked a police station in Orlev and set fire to two cars."
    found = read(parse, text)
    assert [quote(parse, text, f) for f in found] == [
        "Gunmen attacked a police station in Orlev",
        "set fire to two cars",
    ]


def test_evidence_leaves_out_who_says_so(parse: Parse) -> None:
    text = "Two villages were shelled overnight, the defence ministry said."
    (frame,) = read(parse, text)
    assert quote(parse, text, frame) == "Two villages were shelled overnight"


def test_the_sayer_is_not_the_actor(parse: Parse) -> None:
    (frame,) = read(parse, "The ministry said that a bomb exploded in the harbour.")
    assert frame.by is None


def test_witnesses_are_not_the_they_of_what_they_say(parse: Parse) -> None:
    (frame,) = read(parse, "Witnesses said they opened fire on the crowd.")
    assert frame.by is None


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The bombing was claimed by the Karsa Front.", "the Karsa Front"),
        ("Rebels claimed responsibility for the bombing that shook the port.", "Rebels"),
        ("Rebels were blamed for the bombing that shook the port.", "Rebels"),
        ("No one has claimed responsibility for the bombing that shook the port.", None),
        ("The Karsa League said it was behind the bombing.", "The Karsa League"),
    ],
)
def test_who_is_said_to_be_behind_a_deed(parse: Parse, text: str, by: str | None) -> None:
    frame = next(f for s in parse(text) for f in frames(s) if f.event.mode == "explosives")
    assert (frame.by.text if frame.by else None) == by


def test_an_adjective_names_the_actor_of_a_noun(parse: Parse) -> None:
    (frame,) = read(parse, "Three people died in Israeli airstrikes on the town.")
    assert frame.by is not None and frame.by.text == "Israeli"


def test_a_band_is_no_place_before_a_deed(parse: Parse) -> None:
    (frame,) = read(parse, "An al Shabaab attack killed two soldiers.")
    assert frame.by is not None and frame.by.text == "al Shabaab"
    (frame,) = read(parse, "A Vell attack killed two soldiers.")
    assert frame.by is None


def test_future_hostility_that_nobody_announces_is_planned(parse: Parse) -> None:
    (frame,) = read(parse, "The army plans to bomb the rebel camp.")
    assert (frame.event.type, frame.modality_hint) == ("ASSAULT", "planned")


def test_a_friendly_vow_is_a_promise(parse: Parse) -> None:
    (frame,) = read(parse, "The president vowed to release all prisoners.")
    assert frame.event.type == "AGREE"


def test_evidence_is_contiguous_and_holds_the_predicate(parse: Parse) -> None:
    for _, text, *_ in EVENTS:
        for frame in read(parse, text):
            places = [t.i for t in frame.tokens]
            assert places == list(range(places[0], places[-1] + 1))
            assert frame.predicate in frame.tokens


def test_frames_stand_in_text_order_and_repeat_exactly(parse: Parse) -> None:
    text = "The government blocked social media websites and cut off the internet."
    first, second = (
        [(f.predicate.i, f.event.mode, f.rule) for f in read(parse, text)] for _ in range(2)
    )
    assert first == second == sorted(first)


CAUSES = [
    ("Gunmen shot dead a judge in Orlev.", "shot", ("ASSAULT", "firearms")),
    ("Soldiers shot and wounded two men.", "wounded", ("ASSAULT", "firearms")),
    ("Six people were killed in a car bombing.", "killed", ("ASSAULT", "explosives")),
    ("Three people died in a blast at a mosque.", "died", ("DISASTER", "explosion")),
    ("Four soldiers were wounded when a mine exploded.", "wounded", ("ASSAULT", "explosives")),
    ("A suicide bomber killed nine pilgrims.", "killed", ("ASSAULT", "suicide-attack")),
    ("Nine people were killed in clashes with police.", "killed", ("ASSAULT", None)),
    ("Two boys died in an earthquake.", "died", ("DISASTER", "quake")),
    ("Two soldiers were killed by a mine.", "killed", ("ASSAULT", "explosives")),
    ("Nine people were killed following an attack by rebels.", "killed", ("ASSAULT", None)),
    ("Ten rebels were killed when their raid on a post was repulsed.", "killed", ("ASSAULT", None)),
    ("Rebels raided the village and killed six.", "killed", ("ASSAULT", None)),
    ("Four men died after police opened fire on a crowd.", "died", ("ASSAULT", "firearms")),
    ("Three men died after their truck overturned.", "died", None),
    ("Nine men died in a coal mine.", "died", None),
    ("Nine people died when a gold mine collapsed.", "died", None),
    ("A flooded mine killed six workers.", "killed", None),
    ("Nine people were killed by a buried mine.", "killed", ("ASSAULT", "explosives")),
    ("Two boys died on Monday.", "died", None),
]


@pytest.mark.parametrize(("text", "word", "event"), CAUSES)
def test_cause(parse: Parse, text: str, word: str, event: tuple[str, str | None] | None) -> None:
    (sentence,) = parse(text)
    found = cause(next(t for t in sentence.tokens if t.text == word))
    assert (found and (found.event.type, found.event.mode)) == event


def test_a_harm_that_fighters_did_is_an_assault(parse: Parse) -> None:
    (sentence,) = parse("Soldiers killed three rebels.")
    kill = sentence.tokens[1]
    fighters = Party(text="Soldiers", category="military")
    driver = Party(text="driver", category="civilians")
    assert violence(kill, fighters, "killed") == Event(type="ASSAULT")
    assert violence(kill, fighters, "rescued") is None
    assert violence(kill, driver, "killed") is None
    assert violence(kill, None, "killed") is None


def told(parse: Parse, text: str) -> list[Happened]:
    return [Happened(f.event, f.points_back, f.accident) for f in read(parse, text)]


def test_a_blast_in_a_report_of_a_bombing_is_that_bombing(parse: Parse) -> None:
    blast = told(parse, "A huge blast shook the market.")
    bombing = told(parse, "A suicide bombing killed nine people.")
    assert settled(blast) == [Event(type="DISASTER", mode="explosion")]
    assert settled(blast + bombing) == [
        Event(type="ASSAULT", mode="explosives"),
        Event(type="ASSAULT", mode="suicide-attack"),
    ]


def test_a_crime_that_somebody_admits_is_the_deed_told_of_before(parse: Parse) -> None:
    arson = told(parse, "Armed men burned down the town hall.")
    claimed = told(parse, "The Karsa Front claimed responsibility for the crime.")
    assert settled(claimed) == [None]
    assert settled(arson + claimed) == [Event(type="ASSAULT", mode="primitive")] * 2
    attack = told(parse, "The Karsa Front claimed responsibility for the attack.")
    assert settled(attack) == [Event(type="ASSAULT")]
    assert settled(arson + attack) == [Event(type="ASSAULT", mode="primitive")] * 2


def test_every_entry_of_the_table_has_a_known_type_and_mode() -> None:
    known = lexicon.events("en").modes
    for entry in [*lexicon.events("en").verb, *lexicon.events("en").noun]:
        assert entry.mode is None or entry.mode in known[entry.type], entry


def test_every_class_that_the_table_uses_exists() -> None:
    classes = {*lexicon.events("en").classes, *get_args(Role), "people", "captives"}
    for entry in lexicon.events("en").verb:
        named = [v.partition(":")[2] for v in entry.verbs]
        for listed in (entry.object, entry.subject, entry.governs, entry.need_noun):
            named += listed or ()
        assert [n for n in named if n.startswith("@") and n[1:] not in classes] == []


DOERS = [
    ("Soldiers took part in the massacre, a survivor said.", "Soldiers"),
    ("The murder is attributed to the Karsa Front.", "the Karsa Front"),
    ("Members of the army were responsible for the massacre.", "Members of the army"),
    ("The police hold the Karsa Front responsible for the attack.", "the Karsa Front"),
    ("The attack was the work of rebels, the army said.", "rebels"),
    ("An attack on the convoy, claimed by the Karsa Front, shook the town.", "the Karsa Front"),
    ("The Karsa Front claimed responsibility for shelling the port.", "The Karsa Front"),
    ("Three members of a gang were arrested in connection with the bombing.", "members of a gang"),
    ("There was an attack on the post in Dolna by rebels.", "rebels"),
    ("No group has claimed responsibility for the attack.", None),
    ("The mayor's murder shocked the town.", None),
    ("Senator Voss's attacks on Clara Dent alarmed her supporters.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by"), DOERS)
def test_who_is_said_to_have_done_a_deed(parse: Parse, text: str, by: str | None) -> None:
    deeds = [f for f in read(parse, text) if f.event and f.event.type == "ASSAULT" and f.by]
    assert [f.by.text for f in deeds if f.by] == ([by] if by else [])


def test_a_charge_and_the_deed_it_alleges_stand_side_by_side(parse: Parse) -> None:
    found = read(parse, "The minister accused the rebels of burning villages.")
    assert [f.event and f.event.type for f in found] == ["ACCUSE", "ASSAULT"]
    assert found[1].by is not None
    assert found[1].by.text == "the rebels"


def test_what_is_announced_is_planned(parse: Parse) -> None:
    assert only(parse, "The army announced an offensive.").modality_hint == "planned"
    assert only(parse, "The union called a general strike.").modality_hint == "planned"


def test_an_opinion_agreed_on_is_no_agreement(parse: Parse) -> None:
    assert read(parse, "Democrats agree that such deals are problematic.") == []
    assert only(parse, "The government agreed that it would free them.").event == Event(
        type="AGREE"
    )


def test_a_gas_explosion_beside_an_attack_stays_an_accident(parse: Parse) -> None:
    attack = told(parse, "Militants ambushed an army convoy.")
    (gas,) = read(parse, "There was an explosion in a gas depot.")
    after = settled([*attack, Happened(gas.event, accident=gas.accident)])
    assert after[-1] == Event(type="DISASTER", mode="explosion")


def test_who_ends_a_riot_takes_no_ground(parse: Parse) -> None:
    assert read(parse, "Guards regained control of the jail.") == []
    assert only(parse, "The army regained control of Karsa.").event == Event(
        type="ASSAULT", mode="territory"
    )


def test_what_was_done_without_did_not_happen(parse: Parse) -> None:
    frame = only(parse, "The army took the town without firing a shot.")
    assert frame.event == Event(type="ASSAULT", mode="territory")


def test_a_party_is_named_by_the_name_beside_it(parse: Parse) -> None:
    frame = only(parse, "A group called the Karsa Front attacked a police station.")
    assert frame.by is not None
    assert frame.by.text == "the Karsa Front"
