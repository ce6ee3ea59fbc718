"""The page of the codebook: every type and mode of event and every kind of figure, with an example
of each and the codes of ACLED, PLOVER and UCDP GED that answer it; and that of their codebooks as
policies.
"""

from __future__ import annotations

from typing import Any

from sayso import lexicon
from sayso.lexicon import codes, table
from sayso.publish import codebooks
from sayso.records import COUNTED

INTRO = """\
What Sayso takes for an event, and how the codes of other projects answer it. For machines:
`data/en/codebook.toml` (meanings and examples), `data/codes/` (codes).

The types and modes are those of **PLOVER**, the Political Language Ontology for Verifiable Event
Records of the Open Event Data Alliance (CC BY-SA 4.0), as POLECAT uses them: sixteen types of what
parties do to each other, and modes that say how. The words here are our own. Two types are added.
`CRIME` stood in earlier drafts of PLOVER. `DISASTER` is ours: PLOVER has no place for what nobody
did. Modes of ours are `ASSAULT/territory`, `COERCE/disarm` and `MOBILIZE/base`.

## How an event gets its type and mode

1. The verb or noun is looked up among the senses of `data/en/events.toml`, in the order in which
   they stand there. The first whose conditions hold (who acts, on what, with which preposition)
   gives the type and the mode.
2. A word that is itself an act (accuse, demand, threaten, agree) is the event, and what it governs
   has not happened: "threatened to attack" is THREATEN, and no ASSAULT. Only a deed that somebody
   is accused of has a claim of its own beside the charge, `alleged`.
3. What a party announces becomes AGREE where it is friendly, and THREATEN where it is not.
4. A mode is given only where the words show it. People killed or hurt are a claim of their own,
   which carries the event that harmed them.
5. Events of one text are then read together: where it tells of an attack, its "blast" is no
   accident, and "the attack" that somebody claims is the deed told of last before it.
6. Claims of one text that tell of one event share its id, `e0` for the first: an act, each harm
   that it did, and a later sentence that refers to it. Another place, day, doer or kind of act is
   another event; an abduction, an arrest and a release are acts of their own. Where nothing tells
   two apart they are one. A running total is of no one event.

## What is never coded

- What is denied, conditional or merely possible, and deeds that only were feared or avoided.
- Comment: hopes and opinions that are no act towards anybody.
- Sport, business and shows, with their battles, strikes and rallies.
- "The attack" that only points back, and names nobody who did it.
- What a reader would have to know beyond the text: motives, causes, who was right.
"""

CODES = """\
## How to read the codes

**ACLED** is the sub-event type; its event type and disorder type follow ([below](#acled)). *or*
names what ACLED tells apart by what Sayso does not. A linked name is a list of rules under
[Who acts decides](#who-acts-decides). **PLOVER** is the event type and mode as they are spelled by
NGEC, the coder behind POLECAT, and by CAMEO2PLOVER-2021; *near* marks the nearest they have.
**UCDP** is the type of violence of UCDP GED: 1 state-based, 2 non-state, 3 one-sided. "none" means
that the project does not record such an event, or has no code.
"""

POLICIES = """\
How other projects would count what a record holds: `sayso export`, `sayso toll` and `sayso report`
with `--codebook NAME`. For machines: `data/codebooks/`. Every rule names its source, or says that
it is ours because the codebook is silent; none of these projects has seen or approved the tables.

| rule | what it says |
| --- | --- |
| `kinds` | which figures are counted; all where it is left out |
| `differing` | `best`; `low`, the least; `lowest` of those placed to know if accounts differ |
| `words` | the least that a vague word means; others as the record has them |
| `plural` | the least that people in the plural are, where nobody gives a number |
| `more_than` | how many more "more than 50" is than 50 |
| `groups` | whom it counts; whom it does not is taken off a whole that holds them |
| `own_word` | whether what only a side says of its enemy is a number; if not, it is at most that |
| `outlets` | by how many outlets a figure must be told |
| `sources` | on whose word alone, by kind, and the outlet's own |
| `households` | how many people a household is |
"""

NOTHING = """\
## What maps to nothing

- **ACLED** records what happened on the ground. Words (`AGREE`, `SUPPORT`, `REQUEST`, `ACCUSE`,
  `REJECT`, `THREATEN`), aid, sanctions and verdicts have no code there, nor have strikes, hunger
  strikes and boycotts in which nobody gathers, threats, plain crime and disasters.
- **UCDP GED** records deaths by the armed force of organised actors. Gunmen of no known group,
  mobs, riots and everything without a death stay out of it. Its threshold of 25 deaths in a year is
  not applied here: it is no property of one event.
- **PLOVER** has nothing for `DISASTER`, and only contexts for most of `CRIME`.
- A party that is only a name ("the Northern Front", "Karsa") is `unspecified`. Rules that ask who
  acts then give no code, and none is guessed.
- Nothing here tells a foreign army from a country's own, peaceful protesters from violent ones
  where the text does not, an air strike from shelling, or a grenade from a bomb.
"""


def codebook_page(made: str) -> str:
    """The whole page; `made` is the line that says by what."""
    parts = ["# Codebook", made, INTRO, *contents(), CODES]
    for kind, names in lexicon.events("en").modes.items():
        parts += type_section(kind, names)
    parts += [*harm_section(), *rule_section(), *acled_section(), NOTHING]
    return "\n".join(parts)


def policies_page(made: str) -> str:
    """The page of the codebooks as policies: each rule of each, with its source."""
    books = {name: codebooks.codebook(name) for name in codebooks.names()}
    parts = ["# Codebooks as policies", made, POLICIES]
    parts += ["| name | project | after |", "| --- | --- | --- |"]
    parts += [f"| `{name}` | {b.title} | {b.publication} |" for name, b in books.items()]
    for name, book in books.items():
        parts += ["", f"## {name}", "", "| rule | value | source |", "| --- | --- | --- |"]
        told = codebooks.policy(book)
        if book.kinds:
            kinds = ", ".join(f"`{kind}`" for kind in book.kinds)
            parts.append(f"| `kinds` | {kinds} | what it counts |")
        for rule, held in told.items():
            if isinstance(held, dict):
                values = [_value(v) for key, v in held.items() if key != "source"]
                parts.append(f"| `{rule}` | {' '.join(values)} | {held['source']} |")
    return "\n".join([*parts, ""])


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{word} {least}" for word, least in value.items()) or "as the record"
    if isinstance(value, list | tuple):
        return ", ".join(value) or "all"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def contents() -> list[str]:
    """A line with a link to each section."""
    links = [f"[{kind}](#{kind.lower()})" for kind in lexicon.events("en").modes]
    return [
        "## Contents",
        "",
        " · ".join(links),
        "",
        "[Figures](#figures) · [Who acts decides](#who-acts-decides) · [ACLED](#acled) ·",
        "[What maps to nothing](#what-maps-to-nothing)",
        "",
    ]


def type_section(kind: str, names: list[str]) -> list[str]:
    """One type: what it means, and a table of it and its modes."""
    parts = [
        f"## {kind}",
        "",
        table("codebook", "en")["event"][kind]["means"],
        "",
        "| mode | means, for example | ACLED | PLOVER | UCDP |",
        "| --- | --- | --- | --- | --- |",
    ]
    for key in (kind, *(f"{kind}/{name}" for name in names)):
        entry = table("codebook", "en")["event"][key]
        if "example" not in entry:
            continue  # never without a mode
        _, _, mode = key.partition("/")
        said = f"*{entry['example']}*"
        what = f"{entry['means']}<br>{said}" if mode else said
        cells = [f"`{mode}`" if mode else "(none)", what, *targets(key)]
        parts.append(f"| {' | '.join(cells)} |")
    return [*parts, ""]


def targets(key: str) -> tuple[str, str, str]:
    """What ACLED, PLOVER and UCDP have for a type and mode, as cells."""
    entry = codes("events")["event"][key]
    return shown("acled", entry["acled"]), plover(key, entry), shown("ucdp", entry["ucdp"])


def shown(target: str, name: str) -> str:
    """A list of rules as a cell: its code where that depends on nothing, else its name, linked."""
    rules = codes("events")[target][name]
    if not rules:
        return "none"
    if len(rules) == 1 and "when" not in rules[0]:
        return coded(rules[0])
    return f"[`{name}`](#{target}-{name})"


def coded(rule: dict[str, Any]) -> str:
    """The code that a rule gives, and what it may be instead."""
    return f"{rule['code']}" + "".join(f" *or* {other}" for other in rule.get("or", ()))


def plover(key: str, entry: dict[str, Any]) -> str:
    """PLOVER's type and mode as a cell."""
    kind, _, mode = key.partition("/")
    theirs = entry.get("plover", {"type": kind, "mode": mode})
    if not theirs:
        return "none"
    near = "near " if theirs.get("near") else ""
    return near + " ".join(filter(None, (theirs["type"], theirs.get("mode"))))


def harm_section() -> list[str]:
    """Every kind of figure, what it means, and the columns it goes to."""
    parts = [
        "## Figures",
        "",
        "Each is a claim of that `kind` with a `count`: how many, at least and at most.",
        "",
        "| kind | means, for example | ACLED | PLOVER | UCDP |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in COUNTED:
        entry, theirs = table("codebook", "en")["harm"][kind], codes("harms")[kind]
        fields = [rule["code"] for rule in theirs["ucdp"]]
        cells = [f"`{field}`" if field else "none" for field in (theirs["acled"], theirs["plover"])]
        cells.append(", ".join(f"`{field}`" for field in fields) or "none")
        what = f"{entry['means']}<br>*{entry['example']}*"
        parts.append(f"| `{kind}` | {what} | {' | '.join(cells)} |")
    return [
        *parts,
        "",
        "UCDP's `best`, `low` and `high` span all the killed; the four columns share `best` out by",
        "who died: civilians, side a (the state), side b, unknown. ACLED has one number, and none",
        "for the wounded; the size of a crowd stands among its tags.",
        "",
    ]


def rule_section() -> list[str]:
    """The parties, and each list of rules that asks for them."""
    parts = ["## Who acts decides", "", "| party | categories of the record |", "| --- | --- |"]
    for name, categories in codes("events")["parties"].items():
        parts.append(f"| {name} | {', '.join(f'`{c}`' for c in categories)} |")
    parts += ["", "The first line that fits gives the code; where none does, there is none.", ""]
    for target, title in (("acled", "ACLED"), ("ucdp", "UCDP")):
        for name, rules in codes("events")[target].items():
            if any("when" in rule for rule in rules):
                parts += [f"### {title} {name}", "", "| when | code |", "| --- | --- |"]
                parts += [f"| {condition(rule)} | {coded(rule)} |" for rule in rules]
                parts.append("")
    return parts


def condition(rule: dict[str, Any]) -> str:
    """What a rule asks for, in words."""
    asked = [
        f"`{part}`" if names is True else f"`{part}` is {' or '.join(names)}"
        for part, names in rule.get("when", {}).items()
    ]
    return ", ".join(asked).replace("`harm` is", "there are") or "otherwise"


def acled_section() -> list[str]:
    """ACLED's own list, and which of it Sayso gives."""
    given = {
        code
        for rules in codes("events")["acled"].values()
        for rule in rules
        for code in (rule["code"], *rule.get("or", ()))
    }
    parts = [
        "## ACLED",
        "",
        "| sub-event type | event type | disorder type | Sayso |",
        "| --- | --- | --- | --- |",
    ]
    for name, theirs in codes("acled")["sub_event_types"].items():
        mark = "yes" if name in given else "by its words"
        parts.append(f"| {name} | {theirs['event_type']} | {theirs['disorder_type']} | {mark} |")
    return [*parts, ""]
