"""Golden sentences for figures: each line a construction, and the figures it holds.

A figure is written "kind low..high category", with "<" before it when it is part of the one before.
To add a construction, add a line.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.harm.figure import Figure
from sayso.claims.harm.figures import figures
from sayso.language.trees import Sentence

GOLDEN = [
    # Verbs: active, passive, coordinated, controlled, relative, participle.
    ("A mine killed 13 soldiers near Karsa.", ["killed 13..13 military"]),
    ("Thirteen soldiers were killed near Karsa.", ["killed 13..13 military"]),
    (
        "A blast killed 13 people and wounded 20 others.",
        ["killed 13..13 unspecified", "injured 20..20 unspecified"],
    ),
    (
        "At least 9 miners were killed and 40 people were hurt, the governor said.",
        ["killed 9.. civilians", "injured 40..40 unspecified"],
    ),
    ("Up to 32 villagers are feared to have been killed.", ["killed ..32 civilians"]),
    # What a toll has come to, past which number; and whose number theirs is.
    ("Death toll now at least 54 after the Karsa fire", ["killed 54.. unspecified"]),
    ("Death toll tops 900 as rescuers reach Karsa", ["killed 901.. unspecified"]),
    ("The number of dead has climbed past 300.", ["killed 301.. unspecified"]),
    ("The number of missing has fallen below 40.", ["missing ..39 unspecified"]),
    ("The confirmed death count edged up to 61.", ["killed 61..61 unspecified"]),
    ("Detentions exceeded 600 by Sunday.", ["detained 601.. unspecified"]),
    (
        "Dozens were wounded, and their number has exceeded 80.",
        ["injured 24..99 unspecified", "injured 81.. unspecified"],
    ),
    (
        "At least 13 and as many as 46 villagers were killed.",
        ["killed 13..46 civilians"],
    ),
    ("The number of dead fish has climbed past 300.", []),
    ("The number of hospitals has climbed past 300.", []),
    ("He drove past 12 soldiers.", []),
    # A row that comes to the figure before it.
    (
        "Nine pupils died, five in Karsa and four in Tovar.",
        ["killed 9..9 children", "<killed 5..5 unspecified", "<killed 4..4 unspecified"],
    ),
    (
        "Nine pupils died in Osk, four in Karsa and five in Tovar.",
        ["killed 9..9 children", "killed 5..5 unspecified", "killed 4..4 children"],
    ),
    # Others and more, of whom no number is given: two and upward; where none is known, nothing.
    (
        "A trader was killed and others were wounded.",
        ["killed 1..1 civilians", "injured 2.. unspecified"],
    ),
    (
        "The grenade killed two traders and hurt many more.",
        ["killed 2..2 civilians", "injured 2.. unspecified"],
    ),
    (
        "Gunmen killed four villagers and wounded others.",
        ["killed 4..4 civilians", "injured 2.. unspecified"],
    ),
    ("Some of the marchers were hurt.", ["injured 2.. protesters"]),
    ("An unknown number of villagers were killed.", ["killed .. civilians"]),
    (
        "Three people died, with an undetermined number of wounded.",
        ["killed 3..3 unspecified", "injured .. unspecified"],
    ),
    ("Seven horses died and others were injured.", []),
    ("Many were hurt by the price rises.", []),
    ("He hurt more than he helped.", []),
    ("An unknown number of shells hit Karsa.", []),
    # Who gave their lives; a price is also paid in money.
    ("Two of our gallant soldiers paid the supreme price.", ["killed 2..2 military"]),
    ("Four officers laid down their lives near Karsa.", ["killed 4..4 security_forces"]),
    ("Four bakers paid the highest price for flour.", []),
    ("Four officers laid down their weapons near Karsa.", []),
    # Who stages a protest takes part in it, but for bodies of people.
    ("Some 700 nurses held a march in Karsa.", ["participants 630..770 medics"]),
    ("Two unions held a rally in Karsa.", []),
    # Who is buried was killed, if not by what lies on top.
    ("Thirty-three people had been buried after Monday's raid.", ["killed 33..33 unspecified"]),
    ("Nine people were buried in a mass grave near Vell.", ["killed 9..9 unspecified"]),
    ("Nine people were buried under the mud in Vell.", ["trapped 9..9 unspecified"]),
    ("Seven workers were buried after a landslide.", ["trapped 7..7 civilians"]),
    ("Twelve people were buried when a hillside collapsed.", []),
    # How many came, by whoever counts them.
    ("Police put the crowd at 3,000.", ["participants 3000..3000 unspecified"]),
    ("Officials put the crowd at risk.", []),
    ("The vice principal was shot and wounded.", ["injured 1..1 civilians"]),
    # Who is brought to safety, and who is only flown there.
    ("Helicopters plucked 212 to safety.", ["rescued 212..212 unspecified"]),
    ("The army airlifted 90 stranded tourists.", ["rescued 90..90 foreigners"]),
    ("The army airlifted 300 troops to Vell.", []),
    # The missing who are given up.
    (
        "The mayor ended the search, declaring the 11 people still missing dead.",
        ["killed 11..11 unspecified"],
    ),
    # Who gets away from those that hold him leaves no home.
    ("Three of the captives fled on Monday.", []),
    ("Of 40 hostages, 12 fled on Monday.", ["abducted 40..40 unspecified"]),
    # One of those counted, by the place among them.
    ("The fifth, a car, was burned.", []),
    (
        "The ninth, police officer Luis Quiroz, was burned to death.",
        ["killed 1..1 security_forces"],
    ),
    # Who was feared lost, and is safe.
    ("The boat was found with all 27 people aboard alive.", ["rescued 27..27 unspecified"]),
    ("The six fishermen are safe, the coast guard said.", ["rescued 6..6 civilians"]),
    ("Two of the boys were not safe.", []),
    # Items behind a colon, each at its own place, that come to the figure before them.
    (
        "Nineteen people were killed: nine in the port of Karsa, six in Tovar and four in Velm.",
        [
            "killed 19..19 unspecified",
            "<killed 9..9 unspecified",
            "<killed 4..4 unspecified",
            "<killed 6..6 unspecified",
        ],
    ),
    (
        "The storm took 13 lives: five at Velm; three at Osk; the rest in Tovar.",
        ["killed 13..13 unspecified", "<killed 5..5 unspecified", "<killed 3..3 unspecified"],
    ),
    (
        "Floods killed 40 people in three towns: Karsa, Tovar and Velm.",
        ["killed 40..40 unspecified"],
    ),
    (
        "The mayor of Karsa said: three people died in Tovar and two in Velm.",
        ["killed 3..3 unspecified", "killed 2..2 unspecified"],
    ),
    # Numbers of something else stand between those told of and what they come to.
    ("By Friday the dead in the two districts stood at 52.", ["killed 52..52 unspecified"]),
    ("The dead of two towns stood at the gate for 52 days.", []),
    # Bodies that were counted wrongly are no dead of their own.
    ("Eight bodies had been counted twice.", []),
    ("Three bodies had been entered in the books of both hospitals.", []),
    ("Two patients passed away on Sunday.", ["killed 2..2 unspecified"]),
    ("Two chances passed away on Sunday.", []),
    ("Eight bodies had been counted by noon.", ["killed 8..8 unspecified"]),
    # "Figure" is no person, who would be 31 years old.
    ("The governor gave a figure of 31 dead.", ["killed 31..31 unspecified"]),
    ("The 12 bridges are safe.", []),
    # "One" that counts, behind a pronoun that stands for the deed.
    ("There was a brawl in which one man was killed.", ["killed 1..1 unspecified"]),
    ("Nobody knows which one was killed.", []),
    # The place of the last one of all.
    ("Hers is the third death of the raid.", ["killed 3..3 unspecified"]),
    ("It was not the third death of the raid.", []),
    ("It was the second death in custody there.", []),
    # Whom soldiers hold.
    ("The league has the names of 14 people held by soldiers.", ["detained 14..14 unspecified"]),
    ("Soldiers are holding nine hills.", []),
    ("Lawyers found 57 people in the cells of two police posts.", ["detained 57..57 unspecified"]),
    # The number of some, and then of others.
    (
        "The office gave the number of dead as two and of injured as 31.",
        ["killed 2..2 unspecified", "injured 31..31 unspecified"],
    ),
    ("About 200 people spent the night in schools.", ["displaced 180..220 unspecified"]),
    ("Two inspectors spent the night in the school.", []),
    # One person, by a word for people: of a trade, of kin, or who may be anybody.
    ("A lodger was killed in the fire.", ["killed 1..1 civilians"]),
    ("The groom was shot dead near Karsa.", ["killed 1..1 unspecified"]),
    ("A warlord's brother-in-law was killed near Karsa.", ["killed 1..1 unspecified"]),
    ("Prison wardens were killed near Karsa.", ["killed 2.. security_forces"]),
    ("The crew was killed near Karsa.", []),
    ("A ministry was hit and a convoy was destroyed.", []),
    ("The raid left four policemen dead.", ["killed 4..4 security_forces"]),
    ("Two villagers were found dead in a well.", ["killed 2..2 civilians"]),
    ("The 12 students who were abducted came home.", ["abducted 12..12 civilians"]),
    ("A bus overturned near Velm, injuring one person.", ["injured 1..1 unspecified"]),
    ("Gunmen shot dead four worshippers.", ["killed 4..4 civilians"]),
    ("Police shot nine miners dead.", ["killed 9..9 civilians"]),
    ("Five nurses were shot at the gate.", ["injured 5..5 medics"]),
    ("Eleven people died when the roof fell.", ["killed 11..11 unspecified"]),
    ("More than 5,000 people marched through Karsa.", ["participants 5001.. unspecified"]),
    ("The union said 4,000 people had taken part.", ["participants 4000..4000 unspecified"]),
    ("Some 600 soldiers were deployed in the port.", ["deployed 540..660 military"]),
    ("Police arrested 120 protesters.", ["detained 120..120 protesters"]),
    ("Nine men were taken into custody.", ["detained 9..9 unspecified"]),
    # How armies tell of the dead on both sides.
    (
        "On the enemy side: 40 rebels neutralised and nine lorries destroyed.",
        ["killed 40..40 militants"],
    ),
    ("The experts neutralised two bombs.", []),
    ("Nine soldiers fell on the field of honour on Monday.", ["killed 9..9 military"]),
    ("Two players fell on the field.", []),
    ("Two men fell in the field behind the barn.", []),
    ("Not one civilian died there.", ["killed 0..0 unspecified"]),
    ("The union says that 47 people were seized.", ["abducted 47..47 unspecified"]),
    ("Nine lorries were seized.", []),
    # What a count came to: those told of, one verb that gives a number, the number.
    ("The dead of Saturday's crush number 38, the ministry said.", ["killed 38..38 unspecified"]),
    ("The missing now number 71.", ["missing 71..71 unspecified"]),
    ("The missing are put at 71.", ["missing 71..71 unspecified"]),
    ("The confirmed deaths climbed to 22.", ["killed 22..22 unspecified"]),
    ("The centre put the confirmed dead at 34.", ["killed 34..34 unspecified"]),
    ("The death toll went up to 39 on Friday.", ["killed 39..39 unspecified"]),
    ("The list of missing lengthened to 71.", ["missing 71..71 unspecified"]),
    ("The number who died has risen to 22.", ["killed 22..22 unspecified"]),
    ("Police put the number abducted at 47.", ["abducted 47..47 unspecified"]),
    (
        "Police doubled to 29 the number of people they say were killed in the crush.",
        ["killed 29..29 unspecified"],
    ),
    ("The injured went to 12 hospitals.", []),
    ("The wounded came at 5 in the morning.", []),
    ("The list of speakers grew to 40.", []),
    ("The missing returned at 5.", []),
    # Told with a verb that says little, and a noun or a state.
    ("Nine divers met their deaths in the cave.", ["killed 9..9 civilians"]),
    ("The mob inflicted serious injuries on two policemen.", ["injured 2..2 security_forces"]),
    ("The floods brought death to nine villagers.", ["killed 9..9 civilians"]),
    ("The death in custody of two students led to marches.", ["killed 2..2 civilians"]),
    ("A guard got himself shot near Karsa.", ["injured 1..1 security_forces"]),
    ("Dead were nine bus drivers, the governor said.", ["killed 9..9 civilians"]),
    ("The wounded in Karsa include 12 children.", ["injured 12..12 children"]),
    ("A boy was among those stabbed to death near Karsa.", ["killed 1..1 children"]),
    ("The number of wounded who later died rose to nine.", ["killed 9..9 unspecified"]),
    # In the plural without a number: of a state, and of a deed that is done.
    ("Miners are still unaccounted for in Velm.", ["missing 2.. civilians"]),
    ("Shopkeepers remain in custody in Velm.", ["detained 2.. civilians"]),
    ("The unrest in Velm has killed bakers.", ["killed 2.. civilians"]),
    ("The mayor was shocked by the murder of judges.", ["killed 2.. officials"]),
    # Looked for, and not yet found; what is no person, and who holds no rank of an army.
    ("Divers searched for the bodies of 12 miners.", ["missing 12..12 civilians"]),
    ("The bodies of 27 inmates were taken from the prison.", ["killed 27..27 suspects"]),
    (
        "The toll has risen to 23, including five children, the mayor, Jean Manga, said.",
        ["killed 23..23 unspecified", "<killed 5..5 children"],
    ),
    (
        "Nine people died, including a nurse and the mayor of Vell, the governor said.",
        ["killed 9..9 unspecified", "<killed 1..1 medics", "<killed 1..1 officials"],
    ),
    ("The bodies of six wounded soldiers were found.", ["killed 6..6 military"]),
    (
        "The dead now number nine, the director of the clinic, Ada Voss, said.",
        ["killed 9..9 unspecified"],
    ),
    ("Four hundred flats were evacuated.", []),
    ("The captain of the ferry was arrested.", ["detained 1..1 civilians"]),
    # Denied of everybody who could have done it, or to anybody.
    ("Neither Dask Morin nor anyone else killed six nurses in Velm.", []),
    ("The strike did not kill any nurses.", ["killed 0..0 unspecified"]),
    ("Rebels stopped short of abducting two nurses.", []),
    ("Forty students were thrown into prison.", ["detained 40..40 civilians"]),
    ("Rebels threw two grenades into the prison.", []),
    ("The fighting displaced about 100 families.", ["displaced 90..110 civilians"]),
    # Taken, led away, not found, buried, brought out, gone home.
    ("Bandits snatched eleven pupils near Karsa.", ["abducted 11..11 children"]),
    ("Thieves snatched two laptops from a student.", []),
    ("The pirates seized nine fishermen off Selmarra.", ["abducted 9..9 civilians"]),
    ("Pirates seized two tankers off Selmarra.", []),
    ("Rebels marched off three nuns.", ["abducted 3..3 women"]),
    ("Raiders made off with two of the drivers.", ["abducted 2..2 civilians"]),
    ("Raiders made off with two radios.", []),
    ("Two suspects were picked up in Karsa.", ["detained 2..2 suspects"]),
    ("The men picked up two boxes.", []),
    ("Police led away 11 demonstrators.", ["detained 11..11 protesters"]),
    ("Rebels captured three soldiers and two towns.", ["detained 3..3 military"]),
    ("Six soldiers have not been seen since Monday.", ["missing 6..6 military"]),
    ("Forty miners were pulled alive from the rubble.", ["rescued 40..40 civilians"]),
    ("Two bodies were pulled from the rubble.", ["killed 2..2 unspecified"]),
    ("Two fishermen were plucked from the sea.", ["rescued 2..2 civilians"]),
    ("Soldiers rescued 20 girls and two goats.", ["rescued 20..20 children"]),
    ("About 90 villagers are buried under the mud.", ["trapped 81..99 civilians"]),
    ("Fifty families have gone home.", ["returned 50..50 civilians"]),
    ("Five players went home early.", []),
    ("Two climbers lost fingers.", ["injured 2..2 civilians"]),
    ("Two climbers lost a rope.", []),
    ("The militia drowned five prisoners.", ["killed 5..5 suspects"]),
    ("Four men were held for questioning.", ["detained 4..4 unspecified"]),
    ("Police held a meeting with four farmers.", []),
    ("Two boys were swept away by the river.", ["missing 2..2 children"]),
    ("Two bridges were swept away by the river.", []),
    ("Some 3,000 people have left their homes.", ["displaced 2700..3300 unspecified"]),
    # Looked for and not found, on a list, under the slope; and who hides, and what nobody counts.
    ("About 40 miners could not be found by nightfall.", ["missing 36..44 civilians"]),
    ("There were nine shepherds we could not find.", ["missing 9..9 civilians"]),
    ("Another 12 sailors were never found.", ["missing 12..12 military"]),
    ("Nobody has found the two surveyors.", ["missing 2..2 civilians"]),
    ("Twelve sailors were not found guilty.", []),
    ("Two gunmen could not be found.", []),
    ("Four rifles were never found.", []),
    ("The parish kept a list of the missing with 58 names.", ["missing 58..58 unspecified"]),
    ("The centre's list of missing had lengthened to 71.", ["missing 71..71 unspecified"]),
    ("Seventeen remain on the list of the missing.", ["missing 17..17 unspecified"]),
    ("The list of the candidates has 17 names.", []),
    ("The slide hit a camp, burying nine miners.", ["trapped 9..9 civilians"]),
    ("Over 100 villagers remain buried.", ["trapped 101.. civilians"]),
    ("Sixty people are still buried.", ["trapped 60..60 unspecified"]),
    ("Four of the pupils crawled out alive.", ["rescued 4..4 children"]),
    # Taken, and to what end nobody says; one who is said to "do so" has not died.
    ("Twelve travellers were seized on the road.", ["abducted 12..12 unspecified"]),
    ("Two tankers were seized on the road.", []),
    ("A family of five was taken near the lake.", ["abducted 5..5 unspecified"]),
    ("The mayor counted 33 taken from the mud.", []),
    ("A family of five was taken to a clinic.", ["hospitalised 5..5 unspecified"]),
    ("Rebels published the names of nine clerks taken by force.", ["abducted 9..9 civilians"]),
    ("The mayor put the number abducted at 41.", ["abducted 41..41 unspecified"]),
    ("Deaths in Karsa stand at 14.", ["killed 14..14 unspecified"]),
    ("The Vigil did so for Karsa.", []),
    ("The guards saw the two that were left on the road and went home.", []),
    (
        "Guards killed most of the 27 clerks who died.",
        ["killed 27..27 civilians", "<killed 14..26 civilians"],
    ),
    # The same in other words, and what these words say of things, of players and of troops.
    ("Four poachers were hanged in Selmarra.", ["killed 4..4 suspects"]),
    ("Two clerks hanged a banner from the bridge.", []),
    ("Nine prisoners were put to death.", ["killed 9..9 suspects"]),
    ("Six miners were buried alive near Karsa.", ["killed 6..6 civilians"]),
    ("We have buried nine farmers since Monday.", ["killed 9..9 civilians"]),
    ("The team buried two cables.", []),
    ("Four miners were flown home in coffins.", ["killed 4..4 civilians"]),
    (
        "A nurse lost her husband and two sons.",
        ["killed 1..1 unspecified", "killed 2..2 unspecified"],
    ),
    ("The militia lost 12 men in the fighting.", ["killed 12..12 militants"]),
    ("The army said it had lost two men.", ["killed 2..2 military"]),
    (
        "Soldiers pursuing the raiders killed three of them and lost one man.",
        ["killed 3..3 attackers", "killed 1..1 military"],
    ),
    ("Fighters stormed the post; seven of them were killed.", ["killed 7..7 militants"]),
    ("A nurse lost her mother to cancer.", []),
    ("A nurse lost her job and two friends.", []),
    ("Police took away five demonstrators.", ["detained 5..5 protesters"]),
    ("Gunmen took away three farmers.", ["abducted 3..3 civilians"]),
    ("The visitors took away 14 points.", []),
    ("Two clerks were taken away in ambulances.", ["hospitalised 2..2 civilians"]),
    ("Twenty boys were marched into the forest.", ["abducted 20..20 children"]),
    ("Police recaptured six prisoners.", ["detained 6..6 suspects"]),
    ("The army recaptured two hills.", []),
    ("Police caught four burglars.", ["detained 4..4 suspects"]),
    ("A keeper caught two balls.", []),
    ("A trawler picked up 90 migrants.", ["rescued 90..90 civilians"]),
    ("Rescuers brought out seven miners.", ["rescued 7..7 civilians"]),
    ("The union brought out 500 miners on strike.", []),
    ("Helicopters lifted 22 people from the roof.", ["rescued 22..22 unspecified"]),
    ("The ministry expelled 230 migrants.", ["displaced 230..230 civilians"]),
    ("The ministry expelled 12 diplomats.", []),
    ("Rangers bused 150 residents to a school.", ["displaced 150..150 civilians"]),
    ("The army moved 40 tanks to higher ground.", []),
    ("Gangs drove out 700 families.", ["displaced 700..700 civilians"]),
    ("Police drove out 700 rioters.", []),
    ("Eleven miners are still below ground.", ["trapped 11..11 civilians"]),
    ("Some 400 miners work underground.", []),
    ("Nine cables are still underground.", []),
    ("About 6,000 people are sheltering in a stadium.", ["displaced 5400..6600 unspecified"]),
    ("Two hikers sheltered from criticism.", []),
    ("Nine hundred have returned home.", ["returned 900..900 unspecified"]),
    ("A cyclist's leg was broken in the crash.", ["injured 1..1 civilians"]),
    ("Two ribs of the statue were broken.", []),
    ("Two passengers escaped with cuts.", ["injured 2..2 civilians"]),
    ("Two passengers escaped without injury.", ["injured 0..0 unspecified"]),
    ("A driver was hit in the arm.", ["injured 1..1 civilians"]),
    ("A lorry was hit in the back.", []),
    # Of one person, and of those who are named or told off in a row.
    ("A boy was in critical condition.", ["critical 1..1 children"]),
    ("A farmer is in custody.", ["detained 1..1 civilians"]),
    ("The office is in custody of two keys.", []),
    (
        "Police named the dead as Ilse Brandt, Joris Veld and Tomas Reik.",
        ["killed 1..1 unspecified"] * 3,
    ),
    ("Police named the injured as Ada Voss and Luis Ostrand.", ["injured 1..1 unspecified"] * 2),
    ("Police named the suspect as Ada Voss.", []),
    (
        "Among those who drowned were three nuns and their driver, Joris Veld.",
        ["killed 3..3 women", "killed 1..1 civilians"],
    ),
    ("Among those who voted were three nuns.", []),
    (
        "Three Karsans, a nurse and a cook were killed.",
        ["killed 3..3 unspecified", "killed 1..1 medics", "killed 1..1 civilians"],
    ),
    (
        "Four of them, three nurses and a cook, have died.",
        ["killed 4..4 unspecified", "<killed 3..3 medics", "<killed 1..1 civilians"],
    ),
    ("Two women left home at dawn.", []),
    ("Doctors treated nine people for burns.", ["injured 9..9 unspecified"]),
    # Taken with no more said, picked up by whom, treated, asleep where, brought dead.
    ("The 93 girls were taken from a school on Friday.", ["abducted 93..93 children"]),
    ("Gunmen came at night and nine people were taken.", ["abducted 9..9 unspecified"]),
    ("Nine people were taken ill.", []),
    ("Nine photographs were taken.", []),
    ("Two trawlers picked up 34 people.", ["rescued 34..34 unspecified"]),
    ("Police picked up 34 people.", ["detained 34..34 unspecified"]),
    ("Eleven people survived the sinking.", ["rescued 11..11 unspecified"]),
    ("The charity had treated 22 people.", ["hospitalised 22..22 unspecified"]),
    ("The charity treats its staff badly.", []),
    ("Some 400 villagers were sleeping in tents.", ["displaced 360..440 civilians"]),
    ("Six bodies were brought to the hospital.", ["killed 6..6 unspecified"]),
    ("He saw two bodies with gunshot wounds.", ["killed 2..2 unspecified"]),
    ("The number of injured is 640.", ["injured 640..640 unspecified"]),
    # Labels, headlines, and what stands behind "to death".
    (
        "The count of the evening is in. Dead: 4, injured: 12.",
        ["killed 4..4 unspecified", "injured 12..12 unspecified"],
    ),
    ("Score: 4. Players: 12.", []),
    (
        "5 dead / 21 inj. in Karsa mill fire",
        ["killed 5..5 unspecified", "injured 21..21 unspecified"],
    ),
    (
        "Bandit chief shot dead, three guards arrested",
        ["killed 1..1 officials", "detained 3..3 security_forces"],
    ),
    ("Police chief visits Karsa", []),
    ("Three soldiers beat to death a man in Karsa.", ["killed 1..1 unspecified"]),
    (
        "The flood claimed the lives of a cook and nine of his guests.",
        ["killed 1..1 civilians", "killed 9..9 civilians"],
    ),
    (
        "Police killed a driver and a girl of nine.",
        ["killed 1..1 civilians", "killed 1..1 children"],
    ),
    ("Police put the dead at four.", ["killed 4..4 unspecified"]),
    (
        "The outbreak has killed 12 people and infected 340 in a camp.",
        ["killed 12..12 unspecified", "cases 340..340 unspecified"],
    ),
    ("The ministry gave the number of injured as 640.", ["injured 640..640 unspecified"]),
    ("The number of injured remained 45.", ["injured 45..45 unspecified"]),
    ("The number of survivors stands at 51.", ["rescued 51..51 unspecified"]),
    ("That makes 53 survivors, the coastguard said.", ["rescued 53..53 unspecified"]),
    ("The play makes 30 survivors talk.", []),
    ("All six hikers were found safe on Friday.", ["rescued 6..6 civilians"]),
    ("The nine miners were not found safe.", []),
    ("The toll has passed 40.", ["killed 41.. unspecified"]),
    (
        "The mayor put the number of injured at 112 and the dead at nine.",
        ["injured 112..112 unspecified", "killed 9..9 unspecified"],
    ),
    ("This raised the number killed in Karsa to seven.", ["killed 7..7 unspecified"]),
    ("The office raised the number of people hurt in Vell to five.", ["injured 5..5 unspecified"]),
    (
        "KARSA, Oct 10 (Meridian) - The death toll rose to 23 on Friday.",
        ["killed 23..23 unspecified"],
    ),
    ("Some 4,200 people in shelters had no water.", ["displaced 3780..4620 unspecified"]),
    (
        "Twenty people are missing, the search and rescue office said.",
        ["missing 20..20 unspecified"],
    ),
    (
        "Twenty people are missing after a ferry sank, rescue officials said.",
        ["missing 20..20 unspecified"],
    ),
    ("Twelve people who were missing were later rescued.", ["rescued 12..12 unspecified"]),
    ("The vote was put off from July 14 to 23.", []),
    # Two verbs share those behind them where both are finite, or neither is.
    (
        "Rebels abducted and later killed six herders.",
        ["abducted 6..6 civilians", "killed 6..6 civilians"],
    ),
    (
        "The blast left one guard killed and wounding another 25.",
        ["killed 1..1 security_forces", "injured 25..25 unspecified"],
    ),
    (
        "He didn't injure any at the mill, but injured four at the farm.",
        ["injured 4..4 unspecified"],
    ),
    ("The storm did not injure any farmers.", ["injured 0..0 unspecified"]),
    # A score and the like need no "of" before a verb in the plural.
    (
        "A score were wounded and two score were arrested.",
        ["injured 20..20 unspecified", "detained 40..40 unspecified"],
    ),
    ("Three score died in the camp.", ["killed 60..60 unspecified"]),
    ("A squad of soldiers was killed.", ["killed 2.. military"]),
    ("Rebels abducted a busload of pilgrims.", ["abducted 2.. unspecified"]),
    ("The squad of soldiers was killed.", ["killed ? military"]),
    # Phrases of a verb and a noun.
    ("Two women suffered burns in the fire.", ["injured 2..2 women"]),
    ("Eleven people were taken to hospital.", ["hospitalised 11..11 unspecified"]),
    ("The Port Hospital was treating 41 people.", ["hospitalised 41..41 unspecified"]),
    ("Rebels took six engineers hostage.", ["abducted 6..6 civilians"]),
    ("The flood claimed the lives of 17 people.", ["killed 17..17 unspecified"]),
    ("The quake claimed 84 lives.", ["killed 84..84 unspecified"]),
    ("The barge sank with the loss of 20 lives.", ["killed 20..20 unspecified"]),
    # Nouns, adjectives, lists, headlines, ellipsis.
    ("The murder of six priests shocked the valley.", ["killed 6..6 civilians"]),
    ("The bodies of two officers were found in the river.", ["killed 2..2 security_forces"]),
    ("The death toll rose to 45 on Friday from 38.", ["killed 45..45 unspecified"]),
    ("The number of dead has climbed to 18.", ["killed 18..18 unspecified"]),
    ("The ministry put the number of injured at 112.", ["injured 112..112 unspecified"]),
    ("The dead numbered seven or more.", ["killed 7.. unspecified"]),
    ("13 killed, 20 injured in blast", ["killed 13..13 unspecified", "injured 20..20 unspecified"]),
    (
        "Casualties: 4 dead, 12 hurt.",
        ["killed 4..4 unspecified", "injured 12..12 unspecified"],
    ),
    (
        "Seven people were killed and more than 50 injured when a bus fell.",
        ["killed 7..7 unspecified", "injured 51.. unspecified"],
    ),
    (
        "59 were killed and hundreds more were injured.",
        ["killed 59..59 unspecified", "injured 200..999 unspecified"],
    ),
    ("Fifteen miners remain missing.", ["missing 15..15 civilians"]),
    ("Relatives said nine people were missing.", ["missing 9..9 unspecified"]),
    ("The ministry spoke of five critical patients.", ["critical 5..5 unspecified"]),
    ("There were 62 people in intensive care.", ["critical 62..62 unspecified"]),
    # Parts of a whole.
    (
        "Twelve people died, including three children.",
        ["killed 12..12 unspecified", "<killed 3..3 children"],
    ),
    (
        "Nine people were injured, two of them police officers.",
        ["injured 9..9 unspecified", "<injured 2..2 security_forces"],
    ),
    (
        "The 27 dead included two children and a nurse.",
        ["killed 27..27 unspecified", "<killed 2..2 children", "<killed 1..1 medics"],
    ),
    (
        "Five people have been hurt, one critically.",
        ["injured 5..5 unspecified", "critical 1..1 unspecified"],
    ),
    (
        "Nine people died. Three of the dead were children.",
        ["killed 9..9 unspecified", "killed 3..3 children"],
    ),
    (
        "Thirty-one officers were hurt, two seriously.",
        ["injured 31..31 security_forces", "<injured 2..2 unspecified"],
    ),
    ("Three rebels were captured.", ["detained 3..3 militants"]),
    # One person, and nobody.
    ("A policeman was killed by a stone.", ["killed 1..1 security_forces"]),
    (
        "Mayor Pavel Brink, his driver and two bodyguards were shot dead.",
        ["killed 1..1 officials", "killed 1..1 civilians", "killed 2..2 security_forces"],
    ),
    ("All parties condemned the murder of Luis Ostrand.", ["killed 1..1 unspecified"]),
    ("The killing of candidate Luis Ostrand shocked Karsa.", ["killed 1..1 officials"]),
    ("The body of Ada Brask was found in the river.", ["killed 1..1 unspecified"]),
    (
        "The bodies of Ada Brask and Ilse Holt were found.",
        ["killed 1..1 unspecified", "killed 1..1 unspecified"],
    ),
    ("Mr Orlin's driver was killed.", ["killed 1..1 civilians"]),
    ("We heard that one person had died.", ["killed 1..1 unspecified"]),
    ("We received a report that one person has died.", ["killed 1..1 unspecified"]),
    (
        "Candidate Fabio Roll and his brother-in-law Norbert Sand were shot dead.",
        ["killed 1..1 officials", "killed 1..1 unspecified"],
    ),
    (
        "Soldiers killed two reporters, Robert Ostrand and Maurice Pell.",
        ["killed 2..2 journalists", "<killed 1..1 unspecified", "<killed 1..1 unspecified"],
    ),
    ("No one was hurt in the fire.", ["injured 0..0 unspecified"]),
    (
        "There were no casualties.",
        ["killed 0..0 unspecified", "injured 0..0 unspecified"],
    ),
    # Wire copy in upper case.
    (
        "GUERRILLAS KILLED 13 SOLDIERS AND WOUNDED SEVEN OTHERS IN AN AMBUSH.",
        ["killed 13..13 military", "injured 7..7 unspecified"],
    ),
    # The turns of phrase of reports and headlines, one each.
    (
        "Two soldiers were killed and a third wounded when a mine went off.",
        ["killed 2..2 military", "injured 1..1 unspecified"],
    ),
    (
        "A farmer and his two sons were killed.",
        ["killed 1..1 civilians", "killed 2..2 unspecified"],
    ),
    (
        "Twenty-two people were injured, six of them critically.",
        ["injured 22..22 unspecified", "critical 6..6 unspecified"],
    ),
    ("More than 6,000 people lost their homes.", ["displaced 6001.. unspecified"]),
    ("About 500 families were left homeless.", ["displaced 450..550 civilians"]),
    ("More than 20,000 people fled their villages.", ["displaced 20001.. unspecified"]),
    ("Some 4,000 people were evacuated from their homes.", ["displaced 3600..4400 unspecified"]),
    ("Nearly 200 civilians are trapped in the town.", ["trapped 175..200 civilians"]),
    ("Eleven miners are trapped underground.", ["trapped 11..11 civilians"]),
    (
        "A bus plunged into a ravine, killing 14 and injuring at least nine.",
        ["killed 14..14 unspecified", "injured 9.. unspecified"],
    ),
    (
        "Fourteen dead, nine hurt in bus crash",
        ["killed 14..14 unspecified", "injured 9..9 unspecified"],
    ),
    ("14 dead in bus crash", ["killed 14..14 unspecified"]),
    ("Bus crash kills 14", ["killed 14..14 unspecified"]),
    ("Bus crash kills 14, injures nine", ["killed 14..14 unspecified", "injured 9..9 unspecified"]),
    ("Death toll in bus crash rises to 16", ["killed 16..16 unspecified"]),
    ("The death toll now stands at 16.", ["killed 16..16 unspecified"]),
    ("The toll has risen from 14 to 16.", ["killed 16..16 unspecified"]),
    ("The number of people killed in the crash has risen to 16.", ["killed 16..16 unspecified"]),
    ("The number of wounded reached 40.", ["injured 40..40 unspecified"]),
    ("Sixteen deaths have been confirmed.", ["killed 16..16 unspecified"]),
    ("Sixteen fatalities were reported.", ["killed 16..16 unspecified"]),
    (
        "The crash caused 16 deaths and 40 injuries.",
        ["killed 16..16 unspecified", "injured 40..40 unspecified"],
    ),
    ("Rescuers pulled 16 bodies from the river.", ["killed 16..16 unspecified"]),
    ("Rescuers have recovered the bodies of 16 passengers.", ["killed 16..16 civilians"]),
    ("Sixteen people lost their lives.", ["killed 16..16 unspecified"]),
    ("Sixteen lives were lost.", ["killed 16..16 unspecified"]),
    ("Sixteen people have been confirmed dead.", ["killed 16..16 unspecified"]),
    ("Sixteen people were found dead.", ["killed 16..16 unspecified"]),
    ("Sixteen people were pronounced dead at the scene.", ["killed 16..16 unspecified"]),
    ("Sixteen people were burned to death.", ["killed 16..16 unspecified"]),
    ("Sixteen people were crushed to death.", ["killed 16..16 unspecified"]),
    ("Sixteen people drowned.", ["killed 16..16 unspecified"]),
    ("Between 16 and 20 people were killed.", ["killed 16..20 unspecified"]),
    ("As many as 20 people were killed.", ["killed ..20 unspecified"]),
    ("No fewer than 20 people were killed.", ["killed 20.. unspecified"]),
    ("Dozens of people were killed.", ["killed 24..99 unspecified"]),
    ("Scores were wounded.", ["injured 40..99 unspecified"]),
    ("Hundreds of protesters were detained.", ["detained 200..999 protesters"]),
    ("Several policemen were hurt.", ["injured 3..9 security_forces"]),
    ("A handful of people were injured.", ["injured 3..9 unspecified"]),
    ("A couple of people were injured.", ["injured 2..2 unspecified"]),
    ("Both men were killed.", ["killed 2..2 unspecified"]),
    ("A dozen people were killed.", ["killed 12..12 unspecified"]),
    ("Half a dozen people were killed.", ["killed 6..6 unspecified"]),
    ("Two dozen people were killed.", ["killed 24..24 unspecified"]),
    ("Over two dozen others were injured.", ["injured 25.. unspecified"]),
    ("Tens of thousands of people were displaced.", ["displaced 20000..99999 unspecified"]),
    ("Hundreds poured into the streets.", ["participants 200..999 unspecified"]),
    ("Thousands of litres of wine poured into the street.", []),
    ("Some 3,000 pensioners packed the square.", ["participants 2700..3300 civilians"]),
    ("Some 40 lorries filled the square.", []),
    ("Some 500 students held a vigil.", ["participants 450..550 civilians"]),
    ("The club held a rally for 80 old cars.", []),
    ("Three evacuation centres shelter 2,400 people.", ["displaced 2400..2400 unspecified"]),
    ("The prison holds 900 people.", []),
    ("Some 220 families abandoned their homes.", ["displaced 198..242 civilians"]),
    ("Nine miners are stuck underground.", ["trapped 9..9 civilians"]),
    ("Thousands marched through the capital.", ["participants 2000..9999 unspecified"]),
    ("An estimated 10,000 people rallied in the square.", ["participants 9000..11000 unspecified"]),
    ("A crowd of about 3,000 gathered in the square.", ["participants 2700..3300 unspecified"]),
    (
        "Police detained 45 people, including nine minors.",
        ["detained 45..45 unspecified", "<detained 9..9 children"],
    ),
    ("Police arrested 45 people and released 12 of them.", ["detained 45..45 unspecified"]),
    ("Forty-five arrests were made.", ["detained 45..45 unspecified"]),
    ("Gunmen kidnapped eight aid workers.", ["abducted 8..8 civilians"]),
    ("Eight aid workers are being held hostage.", ["abducted 8..8 civilians"]),
    ("Eight people remain unaccounted for.", ["missing 8..8 unspecified"]),
    ("Eight people are still missing.", ["missing 8..8 unspecified"]),
    ("Eight fishermen went missing in the storm.", ["missing 8..8 civilians"]),
    ("The army deployed 2,000 troops.", ["deployed 2000..2000 military"]),
    ("Two thousand police officers have been deployed.", ["deployed 2000..2000 security_forces"]),
    ("Thirty people are being treated in hospital.", ["hospitalised 30..30 unspecified"]),
    ("Thirty people were hospitalised.", ["hospitalised 30..30 unspecified"]),
    (
        "Of the 30 injured, four are in a critical condition.",
        ["injured 30..30 unspecified", "critical 4..4 unspecified"],
    ),
    ("Four of the wounded are in critical condition.", ["critical 4..4 unspecified"]),
    ("Three children were among the dead.", ["killed 3..3 children"]),
    ("Among the dead were three children.", ["killed 3..3 children"]),
    ("Those killed include three children.", ["killed 3..3 children"]),
    ("The dead included three children.", ["killed 3..3 children"]),
    ("Four men and one woman were killed.", ["killed 4..4 unspecified", "killed 1..1 women"]),
    (
        "Five people, four men and one woman, were killed.",
        ["killed 5..5 unspecified", "<killed 4..4 unspecified", "<killed 1..1 women"],
    ),
    (
        "Ten visitors and two pilots were killed.",
        ["killed 10..10 unspecified", "killed 2..2 civilians"],
    ),
    ("All 12 people on board were killed.", ["killed 12..12 unspecified"]),
    ("All twelve on board died.", ["killed 12..12 unspecified"]),
    ("None of the passengers survived.", []),
    ("A 12-year-old boy was killed.", ["killed 1..1 children"]),
    ("A girl aged 12 was wounded.", ["injured 1..1 children"]),
    ("Two boys, aged 9 and 12, were killed.", ["killed 2..2 children"]),
    ("Mara Voss, 42, was shot dead outside her home.", ["killed 1..1 unspecified"]),
    ("An elderly woman died of her wounds.", ["killed 1..1 women"]),
    ("A police officer was stabbed to death.", ["killed 1..1 security_forces"]),
    (
        "Gunmen killed a judge and wounded two guards.",
        ["killed 1..1 officials", "injured 2..2 security_forces"],
    ),
    (
        "One person was killed and another injured.",
        ["killed 1..1 unspecified", "injured 1..1 unspecified"],
    ),
    ("No casualties have been reported.", ["killed 0..0 unspecified", "injured 0..0 unspecified"]),
    ("Nobody was killed.", ["killed 0..0 unspecified"]),
    ("There were no injuries.", ["injured 0..0 unspecified"]),
    ("The blast caused no casualties.", ["killed 0..0 unspecified", "injured 0..0 unspecified"]),
    ("A third of the victims were children.", []),
    ("The bomb weighed 40 kg and was placed 20 metres from the gate.", []),
    ("The law was passed by 120 votes to 80.", []),
    ("The curfew begins at 8 pm and ends at 5 am.", []),
    ("He was sentenced to 15 years in prison.", []),
    ("The team won 3-1 and killed off the match.", []),
    ("Flight 813 left at 10:40 with 60 people on board.", []),
    ("Highway 13 was closed after the crash.", []),
    ("The town of 13,000 people has one clinic.", []),
    ("Three bombs exploded in the market.", []),
    ("Rebels destroyed 40 houses.", ["homes 40..40 unspecified"]),
    ("Rebels destroyed 40 lorries.", []),
    ("Soldiers shot and killed two looters.", ["killed 2..2 suspects"]),
    (
        "Soldiers opened fire, wounding 14 marchers, two of them seriously.",
        ["injured 14..14 protesters", "<injured 2..2 unspecified"],
    ),
    (
        "The raid killed five militants and a civilian.",
        ["killed 5..5 militants", "killed 1..1 civilians"],
    ),
    (
        "Five militants were killed and 30 captured.",
        ["killed 5..5 militants", "detained 30..30 unspecified"],
    ),
    ("Nine people are feared dead.", ["killed 9..9 unspecified"]),
    ("Nine people are presumed drowned.", ["killed 9..9 unspecified"]),
    ("More than 100 people were killed or wounded.", ["casualties 101.. unspecified"]),
    ("The violence has claimed 300 lives since May.", ["killed 300..300 unspecified"]),
    (
        "The clashes left nine dead and 40 wounded.",
        ["killed 9..9 unspecified", "injured 40..40 unspecified"],
    ),
    (
        "The clashes left nine people dead and wounded 40 others.",
        ["killed 9..9 unspecified", "injured 40..40 unspecified"],
    ),
    ("A least seven people died.", ["killed 7.. unspecified"]),
    # No figure of people at all.
    ("The minister, 54, spoke for three hours on 4 March.", []),
    ("The road to Velm is 13 km long and cost $5 million.", []),
    ("The company killed 300 jobs.", []),
    ("Prices rose by 20 percent and 12 shops closed.", []),
    ("The army shelled the hill with 122 mm rockets.", []),
    ("Channel 24 showed the wounded.", []),
    ("Two-thirds of the harvest was lost.", []),
    # The verb left out, of three items.
    (
        "A storm killed 14 people in the north, five in the east and nine on the coast.",
        ["killed 14..14 unspecified", "killed 9..9 unspecified", "killed 5..5 unspecified"],
    ),
    # Two in one word, lists, who was among them.
    (
        "Gunmen killed twin brothers and their cook.",
        ["killed 2..2 unspecified", "killed 1..1 civilians"],
    ),
    ("The couple had been shot dead in Velm.", ["killed 2..2 unspecified"]),
    (
        "Among the dead in Karsa were two bakers and a priest.",
        ["killed 2..2 civilians", "killed 1..1 civilians"],
    ),
    ("The dead in Velm numbered eleven.", ["killed 11..11 unspecified"]),
    ("A nurse was among those abducted.", ["abducted 1..1 medics"]),
    # Idioms, and what comes of a deed.
    ("The floods cost six farmers their lives.", ["killed 6..6 civilians"]),
    (
        "The quake claimed the lives of a judge and two guards.",
        ["killed 1..1 officials", "killed 2..2 security_forces"],
    ),
    ("Rebels lost three of their own fighters near Velm.", ["killed 3..3 militants"]),
    ("The death toll jumped by four to 31.", ["killed 31..31 unspecified"]),
    ("Between 20 and as many as 30 miners were hurt.", ["injured 20..30 civilians"]),
    ("The guards did not hesitate to shoot nine men dead.", ["killed 9..9 unspecified"]),
    # Pronouns, and "all", go back to those of the clause above.
    (
        "A woman stabbed two guards before officers shot her dead.",
        ["killed 1..1 women", "injured 2..2 security_forces"],
    ),
    (
        "The attacker wounded four herders before he was killed by a soldier.",
        ["killed 1..1 attackers", "injured 4..4 civilians"],
    ),
    (
        "Bandits abducted a judge and later killed her.",
        ["abducted 1..1 officials", "killed 1..1 officials"],
    ),
    ("Rebels surrounded 40 soldiers and captured them all.", ["detained 40..40 military"]),
    ("The flood surprised nine campers, killing all of them.", ["killed 9..9 civilians"]),
    ("A lorry hit three cyclists; all died.", ["killed 3..3 civilians"]),
    ("An ambush on a convoy of 13 soldiers wounded all of them.", ["injured 13..13 military"]),
    ("A bomb attack on the mayor killed him.", ["killed 1..1 officials"]),
    # However the tree hangs those who are held, and what became of them.
    (
        "Pirates held a captain and four of his crew captive.",
        ["abducted 1..1 military", "abducted 4..4 civilians"],
    ),
    ("Rebels are accused of taking Oren Vask captive.", ["abducted 1..1 unspecified"]),
    (
        "A falling wall crushed three bathers and a lifeguard to death in Velm.",
        ["killed 3..3 civilians", "killed 1..1 civilians"],
    ),
    ("Bandits drove dozens of herders from their villages.", ["displaced 24..99 civilians"]),
    # Who is among the dead, by a clause turned round; the number of the wounded.
    (
        "Among the missing in Dolmar are two bakers and a nun.",
        ["missing 2..2 civilians", "missing 1..1 women"],
    ),
    ("The dead are four porters.", ["killed 4..4 civilians"]),
    ("The number of wounded at the clinic stands at at least 19.", ["injured 19.. unspecified"]),
    ("A hundred and forty bakers were killed in Velm.", ["killed 140..140 civilians"]),
    # A clause right behind a noun, with or without "that".
    (
        "The mayor met the widows of the five clerks the militia executed at dawn.",
        ["killed 5..5 civilians"],
    ),
    ("The two porters that an angry driver hurt in Velm went home.", ["injured 2..2 civilians"]),
    # Where the engine has guessed another lemma, or hung a gerund on those it befell.
    ("Militiamen kidnap six bakers near Selm", ["abducted 6..6 civilians"]),
    (
        "Raiders admitted massacring two nuns and a cook.",
        ["killed 2..2 women", "killed 1..1 civilians"],
    ),
    ("Rebels slew three guards at the well.", ["killed 3..3 security_forces"]),
    ("The bishop denounced the mob for lynching herders.", ["killed 2.. civilians"]),
    ("Nine Karsan porters were hurt.", ["injured 9..9 civilians"]),
    # In the second place, on the second day: the verb is left out.
    (
        "In Brodno eleven porters drowned, in Old Selm 23.",
        ["killed 11..11 civilians", "killed 23..23 civilians"],
    ),
    (
        "On Monday nine were hurt, on Tuesday 14.",
        ["injured 9..9 unspecified", "injured 14..14 unspecified"],
    ),
    ("At least 40, and perhaps 60, miners died.", ["killed 40..60 civilians"]),
    # An adverb makes more of an injury, wherever it stands.
    ("A gunman fatally shot three bakers in Karsa.", ["killed 3..3 civilians"]),
    ("He shot and fatally wounded a guard.", ["killed 1..1 security_forces"]),
    (
        "Five people were hurt, two fatally.",
        ["injured 5..5 unspecified", "killed 2..2 unspecified"],
    ),
    (
        "Five people were hurt, two critically.",
        ["injured 5..5 unspecified", "critical 2..2 unspecified"],
    ),
    # One more, and one whose article stands before another.
    (
        "He killed two bakers and injured another before he fled.",
        ["killed 2..2 civilians", "injured 1..1 unspecified"],
    ),
    (
        "She killed five clerks and wounded a sixth before fleeing.",
        ["killed 5..5 civilians", "injured 1..1 unspecified"],
    ),
    (
        "She killed two clerks, wounding a third one.",
        ["killed 2..2 civilians", "injured 1..1 unspecified"],
    ),
    ("A third of the passengers were hurt.", []),
    ("The third was hurt.", []),
    (
        "The student killed his father and brother at home.",
        ["killed 1..1 unspecified", "killed 1..1 unspecified"],
    ),
    ("A teacher and activist was killed in Karsa.", ["killed 1..1 civilians"]),
    # How many is not said, or only in a word.
    ("Soldiers detained a number of rebels in Karsa.", ["detained 3.. militants"]),
    ("They gave every prisoner a number.", []),
    ("A large number of rebels was killed in Karsa.", []),
    ("A man was found in Karsa with two gunshot wounds.", []),
    ("Two men with gunshot wounds lay in the street.", ["injured 2..2 unspecified"]),
    # Whom the same befell along with others.
    (
        "Soldiers captured a rebel leader along with two of his cousins in Karsa.",
        ["detained 1..1 militants", "detained 2..2 unspecified"],
    ),
    (
        "The mayor, along with two aides, was killed.",
        ["killed 1..1 officials", "killed 2..2 unspecified"],
    ),
    ("Police seized two rifles along with a pistol.", []),
    ("Soldiers, along with policemen, arrested two men.", ["detained 2..2 unspecified"]),
    # One person by what they do for others, and whose side a title says that they are on.
    ("Soldiers captured a rebel arms supplier in Karsa.", ["detained 1..1 militants"]),
    ("The army detained a facilitator of the rebels.", ["detained 1..1 militants"]),
    ("The plane maker shed 300 jobs.", []),
    ("Troops announced the arrest of rebel leader Sheikh Omar Dask.", ["detained 1..1 militants"]),
    ("A rebel army commander was killed near Velm.", ["killed 1..1 militants"]),
    ("Rebels killed army commander Omar Dask.", ["killed 1..1 military"]),
    # Two groups under one verb, wherever the tree hangs the second.
    (
        "Raiders killed six herders in Karsa and two guards in Velm.",
        ["killed 6..6 civilians", "killed 2..2 security_forces"],
    ),
    ("Raiders killed six herders in Karsa and two villages in Velm.", ["killed 6..6 civilians"]),
    (
        "Raiders killed not only six herders but also two guards.",
        ["killed 6..6 civilians", "killed 2..2 security_forces"],
    ),
    (
        "Six herders, together with two guards, were shot dead.",
        ["killed 6..6 civilians", "killed 2..2 security_forces"],
    ),
    (
        "Six herders died, as did two guards.",
        ["killed 6..6 civilians", "killed 2..2 security_forces"],
    ),
    ("Six herders died, as two guards had feared.", ["killed 6..6 civilians"]),
    (
        "The raid left six herders and two guards dead.",
        ["killed 6..6 civilians", "killed 2..2 security_forces"],
    ),
    (
        "The killing of a baker, two herders and a guard was condemned.",
        ["killed 1..1 civilians", "killed 2..2 civilians", "killed 1..1 security_forces"],
    ),
    (
        "The killing of a baker and the arrest of two herders shocked Karsa.",
        [
            "killed 1..1 civilians",
            "detained 2..2 civilians",
        ],
    ),
    # Two verbs that share those to whom they are done.
    (
        "Raiders abducted and later murdered six herders.",
        ["abducted 6..6 civilians", "killed 6..6 civilians"],
    ),
    (
        "Raiders ambushed, wounded and captured six soldiers.",
        ["injured 6..6 military", "detained 6..6 military"],
    ),
    (
        "After abducting six herders, raiders murdered them.",
        ["abducted 6..6 civilians", "killed 6..6 civilians"],
    ),
    ("Soldiers beat a herder so badly that he died.", ["killed 1..1 civilians"]),
    (
        "The mine killed two guards and a second one wounded three.",
        [
            "killed 2..2 security_forces",
            "injured 3..3 unspecified",
        ],
    ),
    ("Those murdered in Karsa included a baker.", ["killed 1..1 civilians"]),
    # Two accounts, the second with its verb left out.
    (
        "The governor reported seven deaths, the union 15.",
        ["killed 7..7 unspecified", "killed 15..15 unspecified"],
    ),
    (
        "The army gave the toll as 12, the rebels as 40.",
        ["killed 12..12 unspecified", "killed 40..40 unspecified"],
    ),
    ("The governor reported seven deaths in the week of 15 May.", ["killed 7..7 unspecified"]),
    ("The death toll was 19.", ["killed 19..19 unspecified"]),
]

TOLD_AGAIN = [
    # What the dead died of, and which of them one was.
    (
        "Nine people died. Seven of them were protesters with gunshot wounds.",
        ["killed 9..9 unspecified", "<killed 7..7 unspecified"],
    ),
    (
        "Nine people were hurt. Seven of them had gunshot wounds.",
        ["injured 9..9 unspecified", "<injured 7..7 unspecified"],
    ),
    (
        "Nine people were killed. The ninth, police officer Luis Quiroz, was burned to death.",
        ["killed 9..9 unspecified", "<killed 1..1 security_forces"],
    ),
    (
        "Nine people were killed. The seventh victim, officer Ana Ruiz, was stoned to death.",
        ["killed 9..9 unspecified", "<killed 1..1 unspecified"],
    ),
    # What a count comes to that does not say whom it counts: those told of before.
    (
        "A tanker blew up in Velm and killed nine people. The prefect gave the number: 41.",
        ["killed 9..9 unspecified", "killed 41..41 unspecified"],
    ),
    (
        "The fire injured 60 people. The count is 71, the prefect said.",
        ["injured 60..60 unspecified", "injured 71..71 unspecified"],
    ),
    (
        "A slope fell on Velm and 40 people are missing. Its list now has 52 names.",
        ["missing 40..40 unspecified", "missing 52..52 unspecified"],
    ),
    (
        "A flood killed 52 people in Velm. The ministry closed its list at 50.",
        ["killed 52..52 unspecified", "killed 50..50 unspecified"],
    ),
    (
        "The riot killed six people. The imam spoke of nine.",
        ["killed 6..6 unspecified", "killed 9..9 unspecified"],
    ),
    ("The quake killed nine. The list of shops has 40 names.", ["killed 9..9 unspecified"]),
    ("The quake killed nine. The number of the bus was 40.", ["killed 9..9 unspecified"]),
    ("The quake killed nine. The mayor spoke of 40 years.", ["killed 9..9 unspecified"]),
    ("The quake killed nine. The figures add up to 105.", ["killed 9..9 unspecified"]),
    (
        "Police arrested a rebel leader in Karsa. The detained leader is 40.",
        ["detained 1..1 militants", "detained 1..1 militants"],
    ),
    (
        "Troops detained two rebels in Karsa. The two men were captured after a search.",
        ["detained 2..2 militants", "detained 2..2 militants"],
    ),
    (
        "Troops detained two rebels, including a rebel commander. The commander was captured first.",
        ["detained 2..2 militants", "<detained 1..1 militants", "<detained 1..1 militants"],
    ),
    # How those were killed who were found dead, and whose bodies have a name.
    (
        "Nine bakers died near Karsa. Four bodies have been identified.",
        ["killed 9..9 civilians", "<killed 4..4 unspecified"],
    ),
    (
        "Two bakers were found dead near Karsa. Both had been shot.",
        ["killed 2..2 civilians", "<killed 2..2 unspecified"],
    ),
    (
        "Two bakers were hurt near Karsa. Both had been shot.",
        ["injured 2..2 civilians", "injured 2..2 unspecified"],
    ),
    # Others, or not surely the same.
    (
        "Troops detained two rebels in Karsa. The other two men were detained in Vessa.",
        ["detained 2..2 militants", "detained 2..2 unspecified"],
    ),
    (
        "Troops detained two rebels in Karsa. Two men were detained in Vessa.",
        ["detained 2..2 militants", "detained 2..2 unspecified"],
    ),
    (
        "Two rebels were killed in Karsa. The three men were killed in Vessa.",
        ["killed 2..2 militants", "killed 3..3 unspecified"],
    ),
    (
        "A rebel commander was killed in Karsa. The commander of the garrison was killed in Vessa.",
        ["killed 1..1 militants", "killed 1..1 military"],
    ),
    (
        "A rebel was killed in Karsa. The man was detained in Vessa.",
        ["killed 1..1 militants", "detained 1..1 unspecified"],
    ),
    # How those died who were told of as dead, and those of whom some were killed now.
    (
        "Ten hostages were killed. Three of them were shot.",
        ["killed 10..10 unspecified", "<killed 3..3 unspecified"],
    ),
    (
        "More than 30 people were killed. Soldiers pursued the gunmen and killed five of them.",
        ["killed 31.. unspecified", "killed 5..5 attackers"],
    ),
    # A number alone, and nothing more said, answers the figure before it.
    (
        "Six villagers were killed. “No,” said Morin, “it was four.”",
        ["killed 6..6 civilians", "killed 4..4 civilians"],
    ),
    (
        "Nine herders were shot dead. “It was at least twelve,” insisted the chief.",
        ["killed 9..9 civilians", "killed 12.. civilians"],
    ),
    (
        "Twelve miners had died. The mayor put it at ten.",
        ["killed 12..12 civilians", "killed 10..10 civilians"],
    ),
    (
        "Six villagers were killed. “It was three in the morning,” said Morin.",
        ["killed 6..6 civilians"],
    ),
    ("Six villagers were killed. “I was twelve,” she said.", ["killed 6..6 civilians"]),
    # What some of those counted were: no harm of their own, and parts of what was told before.
    (
        "Of the 36 dead, 12 were children and 17 women.",
        ["killed 36..36 unspecified", "<killed 12..12 children", "<killed 17..17 women"],
    ),
    (
        "The flood killed 43 people. Sixteen of the 43 were children.",
        ["killed 43..43 unspecified", "<killed 16..16 children"],
    ),
    (
        "The mayor said 41 had died. Nine were soldiers, the mayor said, and 19 were women.",
        ["killed 41..41 unspecified", "<killed 9..9 military", "<killed 19..19 women"],
    ),
    (
        "The list names 26 people killed in Tovar. Eleven are children under 15. Four are women.",
        ["killed 26..26 unspecified", "<killed 11..11 children", "<killed 4..4 women"],
    ),
    (
        "Twenty people died in the crush, 14 of them girls.",
        ["killed 20..20 unspecified", "<killed 14..14 children"],
    ),
    (
        "The slide killed 58 people. The mayor said 37 bodies had been identified.",
        ["killed 58..58 unspecified", "<killed 37..37 unspecified"],
    ),
    # How two died who were told of as dead, and who may live.
    (
        "A porter and a cook were found dead in Karsa. Both had been shot.",
        ["killed 1..1 civilians", "killed 1..1 civilians", "killed 2..2 unspecified"],
    ),
    (
        "Two guards were wounded in Karsa. Both had been shot.",
        ["injured 2..2 security_forces", "injured 2..2 unspecified"],
    ),
    ("Divers said nine bodies had been identified.", ["killed 9..9 unspecified"]),
    (
        "The quake killed 12 people. The rescuers came at dawn; six were soldiers.",
        ["killed 12..12 unspecified"],
    ),
    ("The quake killed 12 people. Twenty were soldiers.", ["killed 12..12 unspecified"]),
    ("The quake killed 12 people. Six were schools.", ["killed 12..12 unspecified"]),
    ("Nine soldiers came to Karsa. Four were women.", []),
]


def written(figure: Figure) -> str:
    who = figure.who.category if figure.who else "unspecified"
    if figure.count is None:
        return f"{figure.kind} ? {who}"
    low = "" if figure.count.low is None else figure.count.low
    high = "" if figure.count.high is None else figure.count.high
    return f"{'<' if figure.whole else ''}{figure.kind} {low}..{high} {who}"


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text[:50] for text, _ in GOLDEN])
def test_golden_sentence(
    parse: Callable[[str], list[Sentence]], text: str, expected: list[str]
) -> None:
    found = [figure for sentence in parse(text) for figure in figures(sentence)]
    assert [written(figure) for figure in found] == expected


@pytest.mark.parametrize(("text", "expected"), TOLD_AGAIN, ids=[t[:60] for t, _ in TOLD_AGAIN])
def test_those_told_of_again_are_who_they_were(
    parse: Callable[[str], list[Sentence]], text: str, expected: list[str]
) -> None:
    found: list[Figure] = []
    before: list[Figure] = []
    for sentence in parse(text):
        before = figures(sentence, before, earlier=found)
        found += before
    assert [written(figure) for figure in found] == expected


def test_evidence_is_contiguous_and_holds_the_number(
    parse: Callable[[str], list[Sentence]],
) -> None:
    for text, _ in GOLDEN:
        for sentence in parse(text):
            for figure in figures(sentence):
                places = [token.i for token in figure.tokens]
                assert places == list(range(places[0], places[-1] + 1))
                quoted = text[figure.tokens[0].start : figure.tokens[-1].end]
                assert figure.count is None or figure.count.text in quoted


def test_every_field_names_its_rule(parse: Callable[[str], list[Sentence]]) -> None:
    for text, _ in GOLDEN:
        for sentence in parse(text):
            for figure in figures(sentence):
                assert {"kind", "count"} <= set(figure.because)


def test_whoever_did_it_is_named_and_a_bomb_is_nobody(
    parse: Callable[[str], list[Sentence]],
) -> None:
    def doers(text: str) -> list[str | None]:
        (sentence,) = parse(text)
        return [f.by.text if f.by else None for f in figures(sentence)]

    assert doers("Rebels killed 13 soldiers.") == ["Rebels"]
    assert doers("Thirteen soldiers were killed by rebels.") == ["rebels"]
    assert doers("A bomb killed 13 soldiers.") == [None]
    assert doers("Rebels are accused of killing nine farmers.") == ["Rebels"]
    assert doers("The Karsa Front was behind the raid that killed nine farmers.") == [
        "The Karsa Front"
    ]
    assert doers("The killing of nine farmers was blamed on rebels.") == ["rebels"]
    assert doers("Nine farmers were killed in a rebel attack.") == ["rebel"]
    assert doers("The killing of nine farmers was carried out by soldiers.") == ["soldiers"]
    assert doers("Rebels and soldiers killed nine farmers.") == ["Rebels; soldiers"]
    assert doers("The army said it had captured nine farmers.") == ["The army"]
    assert doers("The court jailed nine farmers for torturing a guard.") == ["The court"]
    assert doers("The army denied responsibility for killing nine farmers.") == [None]
    assert doers("The mayor condemned the raid on Velm that killed nine people.") == [None]
    assert doers("Two clerks died after being beaten by guards.") == ["guards"]
    assert doers("The leader of the Karsa Front, which killed nine men, fled.") == [
        "the Karsa Front"
    ]
    assert doers("The raid on the Karsa Front, which killed nine men, is over.") == [None]
    assert doers("Two miners were said to have been beaten to death by guards.") == ["guards"]
    assert doers("The bishop recalled Ada Voss's murder of a clerk.") == ["Ada Voss"]
    assert doers("The Third Fusiliers killed two herders.") == ["The Third Fusiliers"]
    assert doers("The six traders gunned down by Ruvin Tal came from Velm.") == ["Ruvin Tal"]
    # A passive without a "by" shares that of the passive beside it.
    both = ["raiders", "raiders"]
    assert doers("Six herders were abducted and murdered by raiders.") == both
    assert doers("Six herders were abducted by raiders and later murdered.") == both
    assert doers("Six herders were murdered and two guards rounded up by raiders.") == both
    assert doers("Six herders were murdered by raiders and two others wounded.") == both
    assert doers("Two herders shot dead in Karsa have been named by rebels.") == [None]
    # A row of verbs shares its subject; a bare number has been hurt by whoever killed the others.
    assert doers("Raiders killed six herders, wounded two and abducted four.") == ["Raiders"] * 3
    assert doers("Raiders killed six herders; two were wounded.") == ["Raiders"] * 2
    assert doers("Raiders killed six herders; two guards were wounded.") == ["Raiders", None]
    assert doers("Bandits, it seems, killed six miners.") == ["Bandits"]
    # A clause right behind a noun.
    assert doers("The 36 workers rioters had injured near Velm were not named.") == ["rioters"]
    assert doers("The six herders the Velm Front had stabbed to death were named.") == [
        "the Velm Front"
    ]
    assert doers("Rebels are on trial, accused of murdering six herders.") == ["Rebels"]
    assert doers("The five clerks the militia shot dead were buried.") == ["the militia"]
    assert doers("Police shot dead a man after he stabbed two nuns.") == ["Police", "a man"]
    assert doers("A cyclist stopped the lorry as it mowed down nine people.") == [None]
    assert doers("Bandits wounded two monks and gunmen killed a group of five herders.") == [
        "Bandits",
        "gunmen",
    ]
    assert doers("Kidnapping two brewers, a former guard fled to Selm.") == ["a former guard"]
    assert doers("Three guards stormed Selm, strangling farmers.") == ["guards"]
    assert doers("The army had two spies gunned down at the gate.") == [None]
