"""Short stories of events that are easily taken for one, read from their texts."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Document

STORIES: dict[str, list[tuple[str, str, str, str]]] = {
    "two bars in two neighbouring towns": [
        (
            "1",
            "2031-05-03T09:00",
            "Gunmen kill seven in bar in Ardena",
            "Gunmen opened fire in a bar in Ardena late on Friday and killed seven people, the "
            "state prosecutor said. Four others were wounded.\n\n"
            "The attackers fled in two pickups towards the hills.",
        ),
        (
            "2",
            "2031-05-05T09:00",
            "Five shot dead in bar in Belmora",
            "Five people were killed when gunmen opened fire in a bar in Belmora on Sunday "
            "night, police said. Three were wounded.\n\n"
            "It was the second attack on a bar in the province in three days. On Friday seven "
            "people were killed in Ardena.",
        ),
        (
            "1",
            "2031-05-06T09:00",
            "Ardena bar: eighth victim dies",
            "A waiter who was wounded when gunmen attacked a bar in Ardena on Friday died in "
            "hospital on Monday, his family said, bringing the toll to eight.",
        ),
        (
            "2",
            "2031-05-07T09:00",
            "Arrest over Belmora bar shooting",
            "Police arrested a man of 24 over the shooting in Belmora in which five people died "
            "on Sunday. They do not believe that he had a part in the Ardena attack.",
        ),
    ],
    "shootings in two towns, of which each report names both": [
        (
            "1",
            "2031-05-02T20:00",
            "Police fire on march in Ardena, five dead",
            "Police opened fire on a march over the election in Ardena on Friday and five people "
            "were killed, a doctor said.",
        ),
        (
            "2",
            "2031-05-04T20:00",
            "Two killed in second town as curfew is imposed on first",
            "Two people were killed in Belmora on Sunday, where a march over the election turned "
            "into a riot.\n\nThe mayor said that both had been shot.\n\nIn Ardena, far to the east, "
            "the police have imposed a curfew. A man died there of wounds received in Friday's "
            "shooting, which brought the toll to six.",
        ),
        (
            "1",
            "2031-05-05T09:00",
            "Ardena buries its dead under curfew",
            "The six people who were shot dead when police opened fire on a march in Ardena on "
            "Friday were buried on Monday.",
        ),
        (
            "2",
            "2031-05-06T09:00",
            "Belmora: third man dies",
            "A third man died on Tuesday of wounds received in Sunday's riot in Belmora over the "
            "election. In Ardena six people were killed on Friday.",
        ),
    ],
    "a bus of pilgrims who died abroad, and two who drowned at home": [
        (
            "1",
            "2031-07-01T10:00",
            "18 pilgrims from Veltin die in bus crash abroad",
            "Eighteen pilgrims from Veltin were killed when their bus fell into a gorge near "
            "Harsik in neighbouring Dramia on Tuesday, the foreign ministry said.",
        ),
        (
            "1",
            "2031-07-01T20:00",
            "Bus falls into gorge near Harsik, 18 dead",
            "HARSIK, Dramia - A bus with pilgrims fell into a gorge near Harsik on Tuesday and "
            "18 of them died, the Dramian police said. Eleven were hurt.",
        ),
        (
            "1",
            "2031-07-03T10:00",
            "Veltin mourns its dead",
            "Flags flew at half mast in Veltin on Thursday for the 18 pilgrims who died in the "
            "bus crash near Harsik. The bodies will be flown home on Friday.",
        ),
        (
            "2",
            "2031-07-04T10:00",
            "Two drown in Veltin reservoir",
            "Two boys drowned in the reservoir of Veltin on Thursday, firemen said.",
        ),
    ],
    "a fire, its trial months later, and another fire in the same town": [
        (
            "1",
            "2031-01-12T10:00",
            "Fire in nursing home in Lorveth kills 21",
            "A fire in a nursing home in Lorveth killed 21 residents on Sunday, the fire "
            "service said. The fire began in a laundry.",
        ),
        (
            "1",
            "2031-01-14T10:00",
            "Lorveth fire: director held",
            "The director of the nursing home in Lorveth where 21 people died was arrested on "
            "Tuesday, prosecutors said.",
        ),
        (
            "2",
            "2031-06-20T10:00",
            "Six die in fire in Lorveth hostel",
            "Six people were killed in a fire in a hostel in Lorveth on Friday, the fire "
            "service said.",
        ),
        (
            "1",
            "2031-09-18T10:00",
            "Nursing home director goes on trial",
            "The trial of the director of the nursing home in Lorveth in which 21 residents "
            "died in a fire in January opened on Thursday. She denies that doors were locked.",
        ),
    ],
    "a flood and a mine in one town in one week": [
        (
            "1",
            "2031-09-01T10:00",
            "Flood in Peshtal kills 12",
            "Twelve people died when the river Ursa flooded the town of Peshtal on Monday, "
            "rescuers said.",
        ),
        (
            "2",
            "2031-09-03T10:00",
            "Five miners die in Peshtal",
            "Five miners were killed when gas exploded in a coal mine in Peshtal on Wednesday, "
            "the owner said.",
        ),
        (
            "1",
            "2031-09-04T10:00",
            "Peshtal flood toll rises to 15",
            "Rescuers found three more bodies in Peshtal on Thursday, which brings the number "
            "of people killed by the flood to 15.",
        ),
        (
            "2",
            "2031-09-05T10:00",
            "Miners are buried",
            "The five miners killed in Peshtal were buried on Friday. A union leader said that "
            "the mine had been warned about gas.",
        ),
    ],
}
"""Each report with what it leads with (stories have two events, "1" and "2"), when it was published,
its title and its text."""


@pytest.fixture(scope="module")
def reader(settings) -> Reader:
    return Reader(settings)


@pytest.mark.parametrize("name", STORIES)
def test_events_that_are_easily_taken_for_one_are_two(reader: Reader, name: str) -> None:
    pages = {
        Document(id=f"{n}", published=day, title=title, text=text, outlet=f"Gazette {n}"): event
        for n, (event, day, title, text) in enumerate(STORIES[name])
    }
    wanted = defaultdict(list)
    for page, event in pages.items():
        wanted[event].append(page.id)
    claims = {page.id: reader.read(page).claims for page in pages}
    for seed in range(3):
        arrived = random.Random(seed).sample(list(pages), len(pages))
        found = incidents(arrived, claims)
        leading = [[id for id in one.documents if id not in one.aside] for one in found]
        assert sorted(filter(None, leading)) == sorted(wanted.values())
