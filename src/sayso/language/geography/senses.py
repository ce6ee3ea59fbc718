"""Which of the places of a name a document means.

Every option starts from how many people live there; then the names of a document vote for each
other: for the same country, the same region, the same neighbourhood. "Paris, Texas" needs no vote.
One name has one sense in a document, save where the text itself says otherwise. A name that wins
too few votes for what it would be (a hamlet in a country nobody mentions) is left open. What the
text puts into another place lies there, be it only at that place's point.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.folding import fold
from sayso.language.geography.nesting import Scored, between, lies_in, likeliest, may_lie_in
from sayso.language.geography.spelling import spelled
from sayso.lexicon import table, words

# Scores are powers of ten of people: one point more outweighs a tenfold size. Worked out together
# on local and world news; none is sharp.
_COUNTRY, _AREA = 8.0, 8.0
_CAPITAL = 2.0
# Off for another name than the entry's own; more where English is spoken: there it is no other
# spelling, but what a town was once called.
_OTHER_NAME, _NICKNAME = 1.5, 1.5
ENGLISH = frozenset(["US", "GB", "CA", "AU", "NZ", "IE"])
"""Countries where English is spoken."""
_SAME_COUNTRY, _SAME_REGION, _NEARBY = 2.0, 2.5, 2.5
# A town and the county it lies in, both named.
_SAME_COUNTY = 2.0
_KIND_SAID, _LEVEL_NEAR = 3.0, 2.0
# A town against the region of its name, if at least this share of the region lives in the town.
_TOWN_SHARE, _TOWN_FIRST = 0.1, 1.0
# Off for a town that shares the name of a far larger land, and for a region whose name is a word.
_NAMESAKE, _VAGUE = 4.0, 2.5
_NEAR_KM = 60.0
# People of a town that is known without what it lies in.
_KNOWN = 45_000
# ... and of one whose name no other place bears.
_KNOWN_ALONE = 1_000
# ... and of one that the text spells otherwise than the gazetteer.
_KNOWN_SPELT = 20_000
# How fast a less likely sense of a neighbour loses its vote.
_DOUBT = 0.4
_LEAST = 4.0
DOUBT = 2.0
"""How many powers of ten a rival may lie behind and still be told of."""
# A small town farther than this from all else that a document names is hardly the one it means.
_STRAY_KM = 100.0
# Nearer than this (100 miles, as gazetteers are judged) two places of one country are no two.
_APART_KM = 161.0
# The likeliest options of a name that are weighed, and how often all names are weighed anew.
_CONSIDERED, _ROUNDS = 30, 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name to settle: its text, and what the words around it say of it.

    `kind` is "quarter", "city", "part" or "region" ("the town of Gao", "Anbar province"), or None;
    `within` the index of the name that says what it lies in ("Paris, Texas"), or None; `loose` is
    true if it need not lie there, `firm` if it must, however large its namesakes; `home` is the
    code of a country that an adjective gives it.
    """

    text: str
    kind: str | None = None
    within: int | None = None
    loose: bool = False
    firm: bool = False
    home: str | None = None


class Sense(NamedTuple):
    """The place that a name means, and the likeliest other one far from it, if any comes near:
    `lead` powers of ten behind, at most `DOUBT`. A name that has no place of its own has that of
    what it lies in: `own` is false then.
    """

    place: Candidate
    rival: Candidate | None = None
    lead: float = 0.0
    own: bool = True


def settle(
    names: Sequence[Name], peoples: Mapping[str, int], gazetteer: Gazetteer, language: str
) -> list[Sense | None]:
    """For each name what it means, or None. `peoples` counts demonyms by country; `language` is
    that of the text.
    """
    keys = [_key(name) for name in names]
    found = {key: options(key.text, gazetteer, language) for key in dict.fromkeys(keys)}
    homes = {c.country for cs in found.values() for c in cs if c.kind == "country" and c.main}
    homes |= set(peoples)
    alone = {
        key: _alone(key, cs, homes, key.text in words("places", "words.vague", language))
        for key, cs in found.items()
        if cs
    }
    said = _said(names, keys, alone, gazetteer)
    for key in alone:
        place = next((p for k, p in zip(keys, said, strict=True) if k.text == key.text and p), None)
        if place is not None and key.kind in (None, _kind(place)):
            alone[key] = [pair for pair in alone[key] if pair[1].id == place.id] or alone[key]
    counts = Counter(keys)
    scores = alone
    for _ in range(_ROUNDS):
        scores = {
            key: _voted(key, scored, scores, counts, peoples) for key, scored in alone.items()
        }
    holding = {keys[name.within] for name in names if name.within is not None}
    taken = {
        key: _sense(scored) or _only(scored, key in holding, homes)
        for key, scored in scores.items()
    }
    senses = [
        Sense(place) if place else taken.get(key) for key, place in zip(keys, said, strict=True)
    ]
    spoken = _Spoken(names, keys, senses, peoples)
    strays = [
        n
        for n, place in enumerate(said)
        if place is None
        and (names[n].within is None or names[n].loose)
        and spoken.strays(n, scores.get(keys[n], []))
    ]
    meant = [spoken.instead(n, scores[keys[n]], strays, gazetteer) for n in strays]
    for n, sense in zip(strays, meant, strict=True):
        # what the text puts into another place is found there
        senses[n] = sense if names[n].within is None or (sense and sense.own) else None
    for n in _widest_first(names):
        if said[n] is None:
            known, holds = bool(found[keys[n]]), any(name.within == n for name in names)
            spoken_of = homes or spoken.lands(n)
            senses[n] = _contained(names[n], senses, n, known, holds, spoken_of, gazetteer)
    return senses


def _widest_first(names: Sequence[Name]) -> list[int]:
    """The names so that each comes after what it lies in."""
    order: list[int] = []
    for n in range(len(names)):
        chain: list[int] = []
        at: int | None = n
        while at is not None and at not in order and at not in chain:
            chain.append(at)
            at = names[at].within
        order += reversed(chain)
    return order


def _contained(
    name: Name,
    senses: Sequence[Sense | None],
    n: int,
    known: bool,
    holds: bool,
    homes: Collection[str | None],
    gazetteer: Gazetteer,
) -> Sense | None:
    """The sense of a name that no place in what it lies in bears: a district there of another
    spelling, else that wider place itself. `known` says whether any place bears the name, `holds`
    whether others lie in it.
    """
    wider = senses[name.within] if name.within is not None else None
    own = senses[n]
    abroad = own is not None and own.place.kind == "region" and own.place.country not in homes
    if wider is None:
        unsure = not known or abroad
        if not unsure or len(homes) != 1 or not (holds or name.kind in ("part", "region")):
            return own
        (home,) = homes
        among = gazetteer.divisions(home or "")
        wide = [d for d in among if not d.part and name.kind != "part"]
        meant = spelled(name.text, wide) or spelled(name.text, among)
        return Sense(meant) if meant else own
    area = wider.place
    if own and (name.loose or may_lie_in(own.place, area)):
        return own
    meant = None
    if area.kind == "country" and (own is None or own.place.kind == "region"):
        meant = spelled(name.text, gazetteer.divisions(area.country or ""))
    if own and not meant and _is_known(own, area) and not name.firm:
        return own
    if area.kind != "country":
        meant = spelled(
            name.text,
            [d for d in gazetteer.divisions(area.country or "") if lies_in(d, area)],
        )
    return Sense(meant) if meant else wider._replace(own=False)


def options(text: str, gazetteer: Gazetteer, language: str) -> list[Candidate]:
    """What a name can mean: as it stands, else by its chief word ("Anbar province", "Metro Delhi").

    An area of our own table is never one of its small namesakes: "Middle East" is no hamlet, but
    there is a Sahel region.
    """
    if _lettered(text):
        return _by_letters(text, gazetteer, language)
    found = gazetteer.find(text)
    parts = fold(text).split()
    kinds = table("places", language)["kinds"]
    if not found and len(parts) == 1:
        found = _written_otherwise(parts[0], gazetteer, language)
    if len(parts) > 1:
        named = _without_kind(parts, kinds)
        if named:
            # of two districts one can have the word for it in its name: "Daman district"
            bare = [c for c in gazetteer.find(" ".join(named)) if c.main]
            alike = {c.part for c in found if c.main and c.kind == "region"}
            more = [c for c in bare if c.kind == "region" and c.part in alike and c not in found]
            found = found + more if found else bare
        elif not found and parts[0] in kinds["before"]:
            of = parts[1] in words("grammar", "genitive", language)
            rest = " ".join(parts[1 + of :])
            never = rest in words("places", "words.never", language)
            found = [] if never else options(rest, gazetteer, language)
    areas = [c for c in found if c.kind == "area" and c.main and not c.added]
    return _lands(text, areas, found) if areas else found


def _lands(text: str, areas: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Areas of our own table with the countries and regions that bear their name; a region of the
    same country rather than an area that only goes by it ("North Sinai").
    """
    if any(c.kind == "country" for c in found):
        return found
    wide = [c for c in found if c.kind == "region" and c.main and not c.part]
    within = [c for c in wide if any(c.country == a.country for a in areas)]
    if within and all(fold(a.name) != fold(text) for a in areas):
        return within
    return areas if all(a.country for a in areas) else [*areas, *wide]


def _written_otherwise(name: str, gazetteer: Gazetteer, language: str) -> list[Candidate]:
    """The places whose name is this one with its article written apart or not written ("Elkarsa",
    "Karsa" for "El Karsa"), or in other letters for the same sounds, if one large place alone is
    ("Karsour" for "Karsur").
    """
    for article in words("places", "spelling.articles", language):
        for rest in (name, name.removeprefix(article)):
            if found := [c for c in gazetteer.find(f"{article} {rest}") if c.main]:
                return [c for c in found if c.country not in ENGLISH and len(rest) > 2]
    letters = table("places", language)["spelling"]["letters"]
    others = {name.replace(one, other) for one, other in letters} - {name}
    meant = {c.id: c for other in others for c in gazetteer.find(other)}
    large = [c for c in meant.values() if c.kind == "region" or c.population >= _KNOWN_SPELT]
    return large if len({c.country for c in meant.values()}) == 1 else []


def _without_kind(parts: Sequence[str], kinds: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The words before the kind that a name ends in: "Karsa local government area"."""
    for at in range(1, len(parts)):
        said = " ".join(parts[at:])
        if any(said in kinds[kind] for kind in ("region", "part", "city", "island")):
            return parts[:at]
    return ()


class _Key(NamedTuple):
    text: str
    kind: str | None


def _key(name: Name) -> _Key:
    return _Key(name.text if _lettered(name.text) else fold(name.text), name.kind)


def _lettered(text: str) -> bool:
    """ "WA" is not the town of Wa, nor "U.N." the village of Un."""
    return text.isupper() and len(text.replace(".", "")) <= 3


def _by_letters(text: str, gazetteer: Gazetteer, language: str) -> list[Candidate]:
    letters = text.replace(".", "")
    city = table("places", language)["initials"].get(text)
    if city:
        return gazetteer.find(city)
    found = [
        candidate
        for country, codes in table("places", language)["postal"].items()
        if letters in codes
        for candidate in gazetteer.find(f"{country}-{letters}")
    ]
    return found + [c for c in gazetteer.find(letters) if c.main and c.kind != "city"]


def _alone(key: _Key, found: list[Candidate], homes: Collection[str | None], vague: bool) -> Scored:
    """The options with what each scores before anything else is known, the likeliest first.

    Of a very common name the namesakes in the countries that the text names (`homes`) stay in. A
    region of a `vague` name may be a plain word.
    """
    wide = [c for c in found if c.main and not c.part and c.kind in ("region", "country")]
    towns = [c for c in found if c.kind == "city"]
    scored = []
    for candidate in found:
        score = _prior(candidate)
        if candidate.kind == "region":
            score -= _VAGUE * vague
            score -= _TOWN_FIRST * any(_rivals(town, candidate) for town in towns)
            if key.kind not in ("region", "part"):  # the state of Mexico, in Mexico
                score -= _NAMESAKE * any(
                    c.kind == "country" and c.country == candidate.country for c in wide
                )
        elif candidate.kind == "city" and key.kind != "city":
            # China in Texas, Kansas in Illinois: only where the text says so.
            score -= _NAMESAKE * any(_dwarfs(area, candidate) for area in wide)
        if key.kind == _kind(candidate):
            score += _KIND_SAID
        elif key.kind in ("region", "part") and candidate.kind == "region":
            score += _LEVEL_NEAR
        scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    rest = [pair for pair in scored[_CONSIDERED:] if pair[1].country in homes]
    return scored[:_CONSIDERED] + rest[:_CONSIDERED]


def _rivals(town: Candidate, region: Candidate) -> bool:
    return (
        town.country == region.country
        and town.population >= _TOWN_SHARE * region.population
        and lies_in(town, region)
    )


def _dwarfs(area: Candidate, town: Candidate) -> bool:
    return area.kind == "country" or (
        area.country == town.country and town.population < 0.02 * area.population
    )


def _prior(candidate: Candidate) -> float:
    if candidate.kind == "country":
        return _COUNTRY
    if candidate.kind == "area" and not candidate.added:
        return _AREA
    if candidate.kind == "region":
        least = 20_000 if candidate.part else 300_000
        score = math.log10(max(candidate.population, least)) - 0.5 * candidate.part
        return score if candidate.main else score - _OTHER_NAME / 2
    score = math.log10(candidate.population + 100) + _CAPITAL * candidate.capital
    if not candidate.main:
        score -= _OTHER_NAME + (_NICKNAME if candidate.country in ENGLISH else 0.0)
    return score


def _said(
    names: Sequence[Name],
    keys: Sequence[_Key],
    alone: Mapping[_Key, Scored],
    gazetteer: Gazetteer,
) -> list[Candidate | None]:
    """What the text itself says: for "Paris, Texas" the likeliest Paris in a Texas, for "the
    Lebanese city of Tripoli" the one in Lebanon.
    """
    found: list[Candidate | None] = [None] * len(names)
    for n in _widest_first(names):
        name, own = names[n], alone.get(keys[n], [])
        if name.within is None:
            at_home = [(s, -c.id, c) for s, c in own if name.home and c.country == name.home]
            if at_home:
                found[n] = max(at_home, key=lambda pair: pair[:2])[2]
            continue
        wider = found[name.within]
        wide = [(0.0, wider)] if wider else alone.get(keys[name.within], [])
        pair = likeliest(own, wide, names[name.within].text, gazetteer)
        if pair:
            found[n], found[name.within] = pair
    return found


def _is_known(sense: Sense, area: Candidate | None = None) -> bool:
    """Whether a place is so large that a comma or an "in" need not put another into its place: a
    country (`area`) does so with all but capitals.
    """
    place = sense.place
    wide = area is not None and area.kind == "country"
    large = place.main and place.population >= _KNOWN and not wide
    return place.kind in ("country", "area") or place.capital or large


def _kind(place: Candidate) -> str:
    """The kind of place, as the words around a name call it."""
    return "part" if place.kind == "region" and place.part else place.kind


def _sense(scored: Scored) -> Sense | None:
    place = _best(scored)
    if place is None:
        return None
    top = max(score for score, _ in scored)
    others = [
        (score, -c.id, c)
        for score, c in scored
        if score > top - DOUBT and (c.country != place.country or between(c, place) > _APART_KM)
    ]
    if not others:
        return Sense(place)
    score, _, rival = max(others)
    return Sense(place, rival, round(top - score, 1))


class _Spoken:
    """What a document speaks of beside a name, by its other names: a small town that lies nowhere
    near any of it is a namesake of what is meant.
    """

    def __init__(
        self,
        names: Sequence[Name],
        keys: Sequence[_Key],
        senses: Sequence[Sense | None],
        peoples: Mapping[str, int],
    ) -> None:
        self._texts = [key.text for key in keys]
        self._places = [sense.place if sense else None for sense in senses]
        self._within = [name.within for name in names]
        self._peoples = peoples

    def strays(self, n: int, scored: Scored) -> bool:
        """Whether nothing else in the document makes that name's place likely; a name that the
        world has but once bears with one other, and one of a list of the user's with all.
        """
        place = self._places[n]
        if place is None or place.kind != "city" or _is_known(Sense(place)):
            return False
        others = self._others(n)
        listed = place.added and place.geonameid is None
        few = listed or len(others) + len(self._peoples) < 2
        once = place.main and len(scored) == 1 and few
        return not once and not self._likely(place, others)

    def instead(
        self, n: int, scored: Scored, strays: Collection[int], gazetteer: Gazetteer
    ) -> Sense | None:
        """The namesake that is likely, else the region or the country that the document is about,
        if it is about one: the place is somewhere there.
        """
        others = self._others(n, strays)
        lands = {o.country for o in others if o.country} | set(self._peoples)
        for _, place in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)):
            near = place.main and place.kind == "city" and place.country in lands
            if near and self._likely(place, others):
                return Sense(place)
        home = self._region(others)
        if home is not None:
            among = gazetteer.divisions(home[0])
            region = next((d for d in among if d.admin1 == home[1] and not d.part), None)
            return Sense(region, own=False) if region else None
        country = gazetteer.of_country(lands.pop(), "country") if len(lands) == 1 else None
        return Sense(country, own=False) if country else None

    def _likely(self, place: Candidate, others: Sequence[Candidate]) -> bool:
        """Whether the others speak of its country, and of its region or of what is near it where
        they are mostly of one region.
        """
        lands = {o.country for o in others if o.country} | set(self._peoples)
        if lands and place.country not in lands:
            return False
        return (
            self._region(others) is None
            or any((o.country, o.admin1) == (place.country, place.admin1) for o in others)
            or any(between(place, o) <= _STRAY_KM for o in others if o.kind != "country")
        )

    def lands(self, n: int) -> set[str | None]:
        """The countries of the places of the other names."""
        return {place.country for place in self._others(n) if place.country}

    def _others(self, n: int, without: Collection[int] = ()) -> list[Candidate]:
        """The places of the other names, each once, but of those that are said to lie in this."""
        texts = {t for t, w in zip(self._texts, self._within, strict=True) if w == n}
        texts |= {self._texts[i] for i in (n, *without)}
        found = zip(self._texts, self._places, strict=True)
        return list({p.id: p for text, p in found if p and text not in texts}.values())

    def _region(self, others: Sequence[Candidate]) -> tuple[str, str] | None:
        """The region of most of these places, where several lie in it."""
        named = Counter((o.country, o.admin1) for o in others if o.country and o.admin1)
        most = named.most_common(1)
        return most[0][0] if most and most[0][1] > 1 else None


def _only(scored: Scored, holds: bool, homes: Collection[str | None]) -> Sense | None:
    """The one place of a name that too few votes speak for, where the world has no second of it: of
    a name that `holds` others no second region. Not a region without people in another country than
    those the text speaks of (`homes`).
    """
    regions = [pair for pair in scored if pair[1].kind == "region" and pair[1].main]
    scored = regions if holds and regions else scored
    _, place = max(scored, key=lambda pair: (pair[0], -pair[1].id))
    alone = all(c.country == place.country and between(c, place) <= _APART_KM for _, c in scored)
    named = place.main or place.country not in ENGLISH  # there it is what a town was once called
    spoken = place.kind == "city" or not homes or place.country in homes
    uncounted = place.main and not place.population and len(scored) == 1 and spoken
    peopled = place.population >= _KNOWN_ALONE or uncounted
    return Sense(place) if alone and named and peopled else None


def _best(scored: Scored) -> Candidate | None:
    score, candidate = max(scored, key=lambda pair: (pair[0], -pair[1].id))
    return candidate if score >= _LEAST else None


def _voted(
    key: _Key,
    scored: Scored,
    scores: Mapping[_Key, Scored],
    counts: Mapping[_Key, int],
    peoples: Mapping[str, int],
) -> Scored:
    """The options scored again with the votes of all other names, as they stand."""
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    for country, times in peoples.items():
        countries[country] += 0.5 * min(times, 4)
    others: list[list[tuple[float, Candidate]]] = []
    for other, standing in scores.items():
        place = _best(standing)
        if other.text == key.text or place is None:
            continue
        weight = 0.5 + 0.5 * min(counts[other], 3)
        top = max(score for score, _ in standing)
        others.append(
            [
                (weight * 10 ** (_DOUBT * (score - top)), c)
                for score, c in standing
                if c.kind in ("city", "region") and score > top - 3
            ]
        )
        if place.country is None:
            continue
        countries[place.country] += weight * (2 if place.kind == "country" else 1)
        if place.admin1:
            regions[place.country, place.admin1] += weight * (1 if place.kind == "city" else 2)
    counties = {_county(o, o.part) for standing in others for _, o in standing}
    nations, states = sum(countries.values()) or 1.0, sum(regions.values()) or 1.0
    result = []
    for score, c in scored:
        if c.country is not None:
            score += _SAME_COUNTRY * countries.get(c.country, 0.0) / nations
            score += _SAME_REGION * regions.get((c.country, c.admin1 or ""), 0.0) / states
        if c.kind in ("city", "region"):
            near = sum(
                max((w / (1 + (between(c, o) / _NEAR_KM) ** 2) for w, o in standing), default=0.0)
                for standing in others
            )
            score += _NEARBY * near / (near + 1)
            score += _SAME_COUNTY * (_county(c, not c.part) in counties and c.admin2 is not None)
        result.append((score, c))
    return result


def _county(place: Candidate, part: bool) -> tuple[bool, str | None, str | None, str | None]:
    """The county that a place is (`part`) or lies in, to be compared."""
    return part, place.country, place.admin1, place.admin2
