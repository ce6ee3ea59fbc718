"""The first and second divisions of countries: GeoNames' codes and names, ISO's names beside them.

GeoNames knows which town lies in which division and gives each one name; ISO 3166-2 knows what else
it is called, and where it is. The two are matched by name, and what is left over by the towns about
it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import cos, hypot, radians
from statistics import median
from typing import Any, NamedTuple

from sources import Division, Sources

from sayso.language.geography.folding import folded

Point = tuple[float, float]

# What a division calls itself in the languages of the world, before its name or behind it.
_TYPE = re.compile(
    r"\b(?:oblast['’]?|oblasy|oblysy|respublika|sheng|shi|kraj|krai|zizhiqu|zizhizhou|xian|qu|"
    r"province|provincia|provincie|province d[eu]s?|region|région|state|district|county|prefecture|"
    r"governorate|department|departamento|département|municipality|municipio|municipiul|municipal|"
    r"autonomous|republic of|viloyati|voivodeship|vilayeti|i̇li|ilçesi|İlçesi|rayonu|rayon|raion|"
    r"megye|járás|comuna|oraş|amphoe|huyện|quận|thị xã|thành phố|tỉnh|kabupaten|kota|shahrestān-e|"
    r"powiat|gemeente|obshtina|općina|gorodskoy okrug|okrug|partido|markaz|distrito|daïra|srŏk|"
    r"khêt|bashkia|liwā’|nomós|pagasts|novads|kommune?|tumani|tuman|aūdany|degmada|nohiyai|"
    r"subregion|zone|barrio(?:-pueblo)?|arrondissement|cercle|woreda|raïon|sum|aymag)\b"
    r"(?: (?:de la|de l['’]|del|de|du|des|d['’]|di|da|do|of)(?= |\b))?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"([^,(]+) \((\w{3})\w*\)")


class Region(NamedTuple):
    """A division with all that is known of it; `names` are its own, the chief one first."""

    country: str
    admin1: str
    admin2: str | None
    part: bool
    names: tuple[str, ...]
    others: tuple[str, ...]
    point: Point | None
    geonameid: int | None


def plain(name: str) -> str:
    """A division's name without the word that says what kind of division it is."""
    bare = _TYPE.sub(" ", re.sub(r" *\[.*?\]", "", name))
    return re.sub(r"\s+", " ", bare).strip(" ,-'’") or name


def regions(
    sources: Sources, towns: Sequence[dict[str, Any]], known: dict[str, Any]
) -> Iterator[Region]:
    """Every division of the world, in no order."""
    first: dict[str, list[Division]] = defaultdict(list)
    second: dict[str, list[Division]] = defaultdict(list)
    for division in sources.divisions():
        (second if division.admin2 else first)[division.country].append(division)
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        by_country[town["countrycode"]].append(town)
    numbers = {f"US-{row['code']}": row["geonameid"] for row in sources.states}
    for country in sources.countries:
        rows = sources.iso.get(country, {})
        matched = _matched(
            country, rows, first[country], second[country], by_country[country], known
        )
        taken: dict[tuple[str, str | None], str] = {at: iso for iso, at in matched.items()}
        names = {(d.admin1, d.admin2): d.name for d in (*first[country], *second[country])}
        for iso, row in rows.items():
            title, others = _iso_names(row)
            own = tuple(known["regions"].get(iso, ())) or (title,)
            code, number = known["geonames"].get(iso, ("", numbers.get(iso)))
            at = matched.get(iso)
            if at:
                own += (names[at],) if at[1] or country == "US" else (names[at], plain(names[at]))
                others += (plain(names[at]),)
            admin1, admin2 = at or (code or iso, None)
            yield Region(
                country, admin1, admin2, bool(admin2) if at else bool(row["parentCode"]),
                (*own, iso), others, tuple(row["latLng"]), number,
            )  # fmt: skip
        for (admin1, admin2), name in names.items():
            if (admin1, admin2) not in taken and not (country == "US" and admin2):
                bare = plain(name)
                own = (name,) if admin2 else (bare, name)
                yield Region(country, admin1, admin2, bool(admin2), own, (bare,), None, None)
    for row in sources.counties:
        if point := sources.points.get(f"US-{row['fips']}"):
            yield Region("US", row["state"], row["fips"][2:], True, (row["name"],), (), point, None)


def _matched(
    country: str,
    rows: dict[str, Any],
    first: Sequence[Division],
    second: Sequence[Division],
    towns: Sequence[dict[str, Any]],
    known: dict[str, Any],
) -> dict[str, tuple[str, str | None]]:
    """ISO's code of each division to GeoNames' codes, where both have it."""
    found: dict[str, tuple[str, str | None]] = {}
    own = {d.admin1 for d in first}
    for iso in rows:
        code = known["geonames"].get(iso, (iso.partition("-")[2],))[0]
        if code in own and (iso in known["geonames"] or country == "US"):
            found[iso] = code, None
    chief = [iso for iso, row in rows.items() if not row["parentCode"]]
    lesser = [iso for iso in rows if iso not in chief]
    for isos, divisions in ((chief, first), (lesser, first), (rows, second)):
        _by_name(rows, [i for i in isos if i not in found], divisions, found, known)
        if divisions is first:
            _by_towns(rows, [i for i in isos if i not in found], first, towns, found)
    return found


def _by_name(
    rows: dict[str, Any],
    isos: Sequence[str],
    divisions: Sequence[Division],
    found: dict[str, tuple[str, str | None]],
    known: dict[str, Any],
) -> None:
    keys: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    taken = set(found.values())
    for d in divisions:
        if (d.admin1, d.admin2) not in taken:
            for name in (d.name, plain(d.name)):
                keys[folded(name)].add((d.admin1, d.admin2))
    for iso in isos:
        title, others = _iso_names(rows[iso])
        for name in (*known["regions"].get(iso, ()), title, *others):
            at = keys.get(folded(name), set()) - set(found.values())
            if len(at) == 1:
                found[iso] = at.pop()
                break


def _by_towns(
    rows: dict[str, Any],
    isos: Sequence[str],
    first: Sequence[Division],
    towns: Sequence[dict[str, Any]],
    found: dict[str, tuple[str, str | None]],
) -> None:
    """What names do not tell: the division of the towns about ISO's point, if it has no other ISO
    code and most of the five nearest lie in it.
    """
    left = {d.admin1 for d in first} - {at[0] for at in found.values()}
    votes: dict[str, list[str]] = defaultdict(list)
    for iso in isos if left else ():
        point = rows[iso]["latLng"]
        near = sorted(towns, key=lambda t: gap(point, (t["latitude"], t["longitude"])))[:5]
        tally = Counter(t["admin1code"] for t in near).most_common(1)
        if tally and tally[0][1] > 2 and tally[0][0] in left:
            votes[tally[0][0]].append(iso)
    for code, isos_ in votes.items():
        if len(isos_) == 1:
            found[isos_[0]] = code, None


def gap(a: Sequence[float], b: Sequence[float]) -> float:
    """Kilometres between two points, on a cylinder at their latitude."""
    east = (a[1] - b[1] + 180) % 360 - 180
    return 111.2 * hypot(a[0] - b[0], east * cos(radians((a[0] + b[0]) / 2)))


def middle(points: Sequence[Point]) -> Point:
    """The middle of some towns: half of them lie to each side of it."""
    return median(p[0] for p in points), median(p[1] for p in points)


def reach(point: Point, points: Sequence[Point]) -> int:
    """How far from a point nine in ten of these lie, in kilometres, at least 1."""
    far = sorted(gap(point, p) for p in points)
    return max(1, round(far[(len(far) * 9 - 1) // 10]))


def _iso_names(row: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The division's title in English where there is one, and its other names, in any script.

    The package lists nicknames as English names ("Food Basket of the Nation"): a title has to begin
    like the official name, and other names with "of" or "the" are left out.
    """
    official = re.sub(r" *\[.*?\]", "", row["name"]).strip()
    bare = plain(official)
    english, others = [], []
    for name, language in _OTHER.findall(row["localOtherName"] or ""):
        name = name.strip(" '\"")
        if language != "eng":
            others.append(name)
        elif plain(name) and not re.search(r"\b(the|of|land|gods)\b", name.lower()):
            english.append(plain(name))
    title = next((n for n in english if folded(n)[:3] == folded(bare)[:3]), bare)
    return title, (official, bare, *english, *others)
