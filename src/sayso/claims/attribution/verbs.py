"""Verbs of saying as cues: which uses of a verb say something, who speaks, and to whom.

Takes one verb of a sentence and gives its cue, or None where the verb says nothing: participles of
other things, passives without a speaker, "dozens reported dead".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sayso import lexicon
from sayso.claims.attribution import kinds, noun_phrases
from sayso.claims.attribution.cue import Cue, forms, told
from sayso.claims.attribution.sayers import FINITE, final, sayer
from sayso.language.grammar import features
from sayso.language.people import singular
from sayso.language.trees import Token
from sayso.lexicon import words


def verb(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    """The cue that a verb of saying is, with its sayer; None when nothing is said by it."""
    lemma, kind = forms()[token.lower]
    if not _is_verb(tokens, token):
        return None
    cue = Cue(number, token, [token], lemma, kind, "verb")
    following = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    particles = lexicon.saying().particles.get(lemma)
    if particles and following is not None and following.lower in particles:
        cue.words.append(following)
    elif lemma in ("point", "refer", "appeal", "speak") or _mute(token, lemma):
        return None
    elif lemma == "call":
        cue.kind = "judging"
    if (
        lemma == "report"
        and following is not None
        and (
            (following.tag == "VBN" and following.relation != "amod")
            or following.lower in words("saying", "usage.fates")
        )
    ):
        return None  # "dozens reported killed": nobody speaks
    passive = bool(token.kid("aux:pass", "nsubj:pass")) and token.tag in ("VBN", "VBD")
    cue.negated = any(
        c.lower in ("not", "n't", "n’t", "never", "neither", "nor") for c in token.children
    ) or (token.relation == "xcomp" and token.head.lower in words("saying", "usage.refusing"))
    if passive:
        return _passive(tokens, cue)
    found = sayer(tokens, token, cue.words[-1].i, lemma)
    if found is None:
        if token.tag == "VBG" and (token.i == 0 or tokens[token.i - 1].text == ","):
            cue.apart, cue.rule = True, "shared-subject"  # `_follow` looks for the sayer
            return cue
        return None
    cue.sayer, cue.rule, cue.antecedent = found.run, found.rule, found.antecedent
    if (kind == "finding" and not _knows(cue)) or _nobody(tokens, cue.sayer):
        return None
    if lemma in words("saying", "usage.counting") and not (
        kinds.speaks(cue.sayer) and not features.is_present(token)
    ):
        return None  # "the valley recorded 12 deaths", "the city counts 12 murders a year"
    if kind == "denying" and any(
        o.lemma in words("modality", "parts.nouns") for o in token.kids("obj")
    ):
        cue.kind = "judging"  # one's part in a deed is denied, and not the deed
    if lemma == "describe" and token.kid("ccomp"):
        cue.kind = "saying"  # "described soldiers firing": no mere word for it
    if token.tag != "VBG" and (
        lemma == "quote" or (lemma == "cite" and _saying(tokens, token.i + 1))
    ):
        return _quoting(tokens, cue)
    cue.inverted, cue.apart = found.inverted, found.apart
    for k in range(token.i - 1, max(token.i - 4, -1), -1):
        if tokens[k].lower not in words("saying", "usage.between") or tokens[k] in cue.sayer:
            break
        if tokens[k].pos in ("AUX", "PART"):
            cue.words.insert(0, tokens[k])
    if lemma in words("saying", "usage.hearer"):
        start = max(t.i for t in [*cue.words, *(cue.sayer if cue.inverted else [])]) + 1
        cue.hearer = noun_phrases.after(tokens, start, frozenset(["of", "'s"]))
        if cue.hearer and cue.hearer[-1].i + 1 < len(tokens):
            nxt = tokens[cue.hearer[-1].i + 1]
            if lemma != "tell" and nxt.tag in FINITE:
                cue.hearer = []  # "warned the attacks would go on": no hearer
            elif nxt.tag in FINITE and cue.hearer[0].entity == "ORG":
                # "told Lantern TV soldiers had fired": the clause begins behind the name
                cue.hearer = list(takewhile(lambda t: t.entity == "ORG", cue.hearer))
    return cue


def _nobody(tokens: Sequence[Token], run: Sequence[Token]) -> bool:
    """Whether the sayer is "no one" or "neither the army nor the police"."""
    first = run[0].i
    opening = {run[0].lower, tokens[first - 1].lower if first else ""}
    return bool(opening & words("saying", "usage.nobody"))


def _knows(cue: Cue) -> bool:
    """Whether a verb of finding or seeing says something: "records show that", "witnesses saw"."""
    verb, who = cue.token, cue.antecedent or cue.sayer
    said = verb.kid("ccomp")
    if cue.lemma in ("see", "hear"):
        return _shown(verb) is not None and verb.tag == "VBD" and _perceives(cue.lemma, who)
    if cue.lemma in words("saying", "usage.showing"):
        paper = singular(noun_phrases.head_of(noun_phrases.bare(who)).lower)
        return paper in words("saying", "usage.papers") and _shown(verb) is not None
    return said is not None and _finite(said)


def _perceives(lemma: str, who: Sequence[Token]) -> bool:
    """Whether those who see or hear are witnesses; what a court hears is on its record too."""
    seen = singular(noun_phrases.head_of(noun_phrases.bare(who)).lower)
    court = lemma == "hear" and kinds.kind(noun_phrases.bare(who)) == "court"
    return court or seen in words("saying", "usage.eyes")


def _shown(verb: Token) -> Token | None:
    """What was seen to happen: a clause, or somebody doing it ("soldiers firing")."""
    seen = verb.kid("obj")
    return verb.kid("ccomp", "xcomp") or (seen.kid("acl") if seen is not None else None)


def _finite(clause: Token) -> bool:
    """Whether it is a clause with a finite verb that states something, and asks nothing."""
    first = clause.subtree()[0]
    if first.tag in ("WP", "WDT", "WRB") or first.lower in ("whether", "if"):
        return False
    return any(t.tag in FINITE for t in (clause, *clause.kids("aux", "aux:pass", "cop")))


def _mute(verb: Token, lemma: str) -> bool:
    """Whether what the verb governs makes it no verb of saying: "claimed nine lives"."""
    if lemma in words("saying", "usage.putting"):
        return not _puts(verb, lemma)
    usage = lexicon.saying().usage
    about = {noun.lemma.lower() for noun in verb.kids("obj", "nsubj:pass")}
    if lemma in usage.counting:
        counted = [*verb.kids("obj", "nsubj:pass"), *verb.kids("xcomp")]
        counted += [w for noun in counted for w in noun.kids("amod", "acl")]
        return not ({n.lower for n in counted} | about) & words("saying", "usage.counted")
    if lemma in usage.rejecting and lemma != "dismiss":
        clause = verb.kid("ccomp") is not None
        if verb.kid("aux:pass"):  # the tree may have lost its subject
            before_it = (t for t in verb.line()[: verb.i] if t.pos == "NOUN")
            about |= {t.lemma.lower() for t in before_it if told(t) is not None}
        before = words("saying", "usage.said_before")
        return not (clause or about & (words("saying", "usage.rejected") | before))
    owning = usage.owning.get(lemma)
    if owning is not None:
        return not any(noun.lemma.lower() in owning for noun in verb.kids("obj"))
    mute = usage.mute.get(lemma, ())
    return any(noun.lemma.lower() in mute for noun in verb.kids("obj"))


def _puts(verb: Token, lemma: str) -> bool:
    """Whether it is "put the toll at": only of numbers does putting say anything."""
    markers = lexicon.saying().usage.short[lemma]
    what = verb.kid("obj")
    if what is None or what.lemma.lower() not in words("saying", "usage.put"):
        return False
    # "put the number of injured at 112" may hang the figure on the injured.
    below = (verb, what, *what.kids("nmod"))
    return any(
        c.lower in markers for t in below for o in t.kids("obl", "nmod") for c in o.kids("case")
    )


def _quoting(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "M quoted X as saying": X speaks, M passes it on; None without "as saying"."""
    begin = cue.words[-1].i + 1
    quoted = noun_phrases.after(tokens, begin)
    saying = _saying(tokens, begin)
    if not quoted or saying is None:
        return None
    cue.words.append(saying)
    cue.origin, cue.kind = quoted, "saying"
    return cue


def _saying(tokens: Sequence[Token], begin: int) -> Token | None:
    """The "saying" of "quoted ... as saying", soon after token `begin`."""
    near = tokens[begin : begin + 12]
    return next(
        (t for t in near if t.lower in ("saying", "telling") and tokens[t.i - 1].lower == "as"),
        None,
    )


def _is_verb(tokens: Sequence[Token], token: Token) -> bool:
    if token.lower in ("said", "says", "told") and token.relation != "amod":
        return True
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        return False
    if token.relation in ("amod", "compound", "case", "nmod", "flat"):
        return False
    if token.tag == "VBG" and token.relation in ("nsubj", "obj", "csubj"):
        return False
    if token.tag == "VBN" and token.relation == "acl" and not token.kid("nsubj"):
        return final(tokens, token)
    return True


def _passive(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "was reported by M", "X was quoted by M as saying"; None for "X was told"."""
    token = cue.token
    if cue.lemma in ("quote", "cite") or _saying(tokens, token.i + 1):
        return _quoted(tokens, cue)
    agent = _agent(token)
    told = cue.lemma in words("saying", "usage.hearer")
    if told and (agent is None or token.kid("ccomp") is None):
        return _heard(tokens, cue)
    if agent is None:
        return None
    if cue.kind == "accusing":
        cue.kind = "judging"  # the deed itself is not in doubt when it "was blamed on" somebody
    cue.sayer = noun_phrases.phrase(agent, tokens, token.i + 1, len(tokens))
    cue.rule, cue.apart = "passive", True
    subject = token.kid("nsubj:pass")
    if told and subject is not None:
        cue.hearer = noun_phrases.phrase(subject, tokens, 0, token.i)
    return cue


def _heard(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "The court was told that S": what is said there is on its record. None for others told."""
    subject = cue.token.kid("nsubj:pass", "nsubj")
    if subject is None or subject.i > cue.token.i:
        return None
    cue.sayer = noun_phrases.phrase(subject, tokens, 0, cue.token.i)
    cue.rule = "court-was-told"
    return cue if kinds.kind(noun_phrases.bare(cue.sayer)) == "court" else None


def _quoted(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "X was quoted by M as saying": X speaks, M passes it on; None without "as saying"."""
    token = cue.token
    subject = token.kid("nsubj:pass", "nsubj")
    saying = _saying(tokens, token.i + 1)
    if subject is None or subject.i > token.i or saying is None:
        return None
    cue.sayer = noun_phrases.phrase(subject, tokens, 0, token.i)
    cue.words = [token, saying]
    agent = _agent(token)
    if agent is not None and agent.i < saying.i:
        cue.relays = [noun_phrases.phrase(agent, tokens, token.i + 1, saying.i)]
    else:
        for k in (token.i + 1, saying.i + 1):  # "quoted by M as saying", "quoted as saying by M"
            if k < len(tokens) and tokens[k].lower in ("by", "in"):
                relay = noun_phrases.after(tokens, k + 1)
                cue.relays += [relay] if relay else []
    cue.kind, cue.rule = "saying", "quoted-as-saying"
    return cue


def _agent(verb: Token) -> Token | None:
    """The "by" phrase of a passive verb."""
    behind = [c for c in verb.kids("obl") if c.i > verb.i]
    behind += [b for c in behind for b in c.kids("obl", "nmod")]  # "dismissed as false by police"
    return verb.kid("obl:agent") or next(
        (c for c in behind if any(k.lower == "by" for k in c.children)), None
    )
