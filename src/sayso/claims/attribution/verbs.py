"""Verbs of saying as cues: which uses of a verb say something, who speaks, and to whom.

Takes one verb of a sentence and gives its cue, or None where the verb says nothing: participles of
other things, passives without a speaker, "dozens reported dead".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sayso import lexicon
from sayso.claims.attribution import kinds, noun_phrases
from sayso.claims.attribution.cue import Cue, told, upholds, verbs
from sayso.claims.attribution.sayers import final, sayer
from sayso.language.grammar import features
from sayso.language.grammar.noun_phrase import marks
from sayso.language.grammar.polarity import is_denied
from sayso.language.spelling import singular
from sayso.language.trees import Token

_FAR = 12
"""Words behind "quoted" in which "as saying" must stand."""


def verb(tokens: Sequence[Token], token: Token, number: int) -> Cue | None:
    """The cue that a verb of saying is, with its sayer; None when nothing is said by it."""
    lemma = token.lemma.lower()
    kind = verbs(token.language)[lemma]
    if not _is_verb(tokens, token):
        return None
    cue = Cue(number, token, [token], lemma, kind, "verb")
    following = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    particles = lexicon.saying(token.language).particles.get(lemma)
    if particles and following is not None and following.lower in particles:
        cue.words.append(following)
    elif lemma in lexicon.saying(token.language).usage.standing and upholds(token) is not None:
        cue.kind = "saying"
    elif lemma in token.words("saying", "usage.only_with_particle") or _mute(token, lemma, kind):
        return None
    elif lemma in token.words("saying", "usage.naming_alone"):
        cue.kind = "judging"
    if following is not None and _is_fate(following, kind):
        return None  # "dozens reported killed", "31 people confirmed dead": nobody speaks
    past = features.is_past_participle(token) or features.is_past(token)
    refused = token.relation == "xcomp" and features.is_word(token.head, "undoing")
    cue.negated = refused or is_denied(token)
    if past and kind != "finding" and (mark := told_as(token)) is not None:
        return _as_told_by(tokens, cue, mark)
    if past and token.kid("aux:pass", "nsubj:pass"):
        return _passive(tokens, cue)
    found = sayer(tokens, token, cue.words[-1].i, lemma)
    if found is None:
        if features.is_gerund(token) and (token.i == 0 or tokens[token.i - 1].text == ","):
            cue.apart, cue.rule = True, "shared-subject"  # `_follow` looks for the sayer
            return cue
        return None
    cue.sayer, cue.rule, cue.antecedent = found.run, found.rule, found.antecedent
    if (kind == "finding" and not _knows(cue)) or _nobody(tokens, cue.sayer):
        return None
    if lemma in token.words("saying", "usage.counting") and not _counts(cue):
        return None
    setting = lemma in token.words("saying", "usage.revising") or upholds(token) is not None
    if setting and (features.is_gerund(token) or not kinds.speaks(cue.antecedent or cue.sayer)):
        return None  # "two deaths raised the toll to 12", "raising the toll to 12"
    if kind == "denying" and any(
        o.lemma in token.words("modality", "parts.nouns") for o in token.kids("obj")
    ):
        cue.kind = "judging"  # one's part in a deed is denied, and not the deed
    if lemma in token.words("saying", "usage.agreeing") and token.kid("xcomp"):
        cue.kind = "judging"  # "agreed to withdraw": it tells of what they will do
    if kind == "judging" and token.kid("ccomp"):
        cue.kind = "saying"  # "described soldiers firing": no mere word for it
    if not features.is_gerund(token) and lemma in token.words("saying", "usage.citing"):
        if (saying := _saying(tokens, cue.words[-1].i + 1)) is not None:
            return _quoting(tokens, cue, saying)
        if lemma in token.words("saying", "usage.quoting"):
            return None
    cue.inverted, cue.apart = found.inverted, found.apart
    for k in range(token.i - 1, max(token.i - 4, -1), -1):
        if tokens[k].lower not in token.words("saying", "usage.between") or tokens[k] in cue.sayer:
            break
        if tokens[k].pos in ("AUX", "PART"):
            cue.words.insert(0, tokens[k])
    if lemma in token.words("saying", "usage.hearer"):
        start = max(t.i for t in [*cue.words, *(cue.sayer if cue.inverted else [])]) + 1
        cue.hearer = noun_phrases.after(tokens, start, token.words("grammar", "genitive"))
        if cue.hearer and cue.hearer[-1].i + 1 < len(tokens):
            nxt = tokens[cue.hearer[-1].i + 1]
            clause = features.is_finite(nxt)
            if clause and lemma not in token.words("saying", "usage.always_hearer"):
                cue.hearer = []  # "warned the attacks would go on": no hearer
            elif clause and cue.hearer[0].entity == "ORG":
                # "told Lantern TV soldiers had fired": the clause begins behind the name
                cue.hearer = list(takewhile(lambda t: t.entity == "ORG", cue.hearer))
    return cue


def _counts(cue: Cue) -> bool:
    """Whether who counts is somebody who says so; not "the valley recorded 12 deaths", "the city
    counts 12 murders a year", "the brigade had nine dead".
    """
    verb, who = cue.token, cue.antecedent or cue.sayer
    has = cue.lemma in verb.words("saying", "usage.having")
    if not has or not kinds.speaks(who) or verb.pos != "VERB":
        return not has and kinds.speaks(who) and not features.is_present(verb)
    told = (t.lemma.lower() for s in verb.kids("nsubj") for t in s.subtree())
    tallies = not verb.words("harm", "toll.heads").isdisjoint(told)
    kind = kinds.kind(noun_phrases.bare(who))
    return kind in verb.words("saying", "usage.having_kinds") or tallies


def _is_fate(following: Token, kind: str) -> bool:
    """Whether a word tells what is reported of people, and nobody reports: "killed", "dead"."""
    participle = features.is_past_participle(following) and following.relation != "amod"
    told = kind == "reporting" and participle
    return told or following.lower in following.words("saying", "usage.fates")


def _nobody(tokens: Sequence[Token], run: Sequence[Token]) -> bool:
    """Whether the sayer is "no one" or "neither the army nor the police"."""
    first = run[0].i
    opening = {run[0].lower, tokens[first - 1].lower if first else ""}
    return bool(opening & tokens[0].words("saying", "usage.nobody"))


def _knows(cue: Cue) -> bool:
    """Whether a verb of finding or seeing says something: "records show that", "witnesses saw"."""
    verb, who = cue.token, cue.antecedent or cue.sayer
    said = verb.kid("ccomp")
    if cue.lemma in cue.token.words("saying", "usage.perceiving"):
        past = features.is_past(verb) or any(
            features.is_word(aux, "perfect") for aux in verb.kids("aux")
        )
        return _shown(verb) is not None and past and _perceives(cue.lemma, who)
    if cue.lemma in cue.token.words("saying", "usage.showing"):
        paper = singular(noun_phrases.head_of(noun_phrases.bare(who)).lower)
        return paper in cue.token.words("saying", "usage.papers") and _shown(verb) is not None
    return said is not None and _finite(said)


def _perceives(lemma: str, who: Sequence[Token]) -> bool:
    """Whether those who see or hear are witnesses; what a court hears is on its record too."""
    seen = singular(noun_phrases.head_of(noun_phrases.bare(who)).lower)
    hearing = lemma in who[0].words("saying", "usage.hearing")
    court = hearing and kinds.kind(noun_phrases.bare(who)) == "court"
    return court or seen in who[0].words("saying", "usage.eyes")


def _shown(verb: Token) -> Token | None:
    """What was seen to happen: a clause, or somebody doing it ("soldiers firing")."""
    seen = verb.kid("obj")
    return verb.kid("ccomp", "xcomp") or (seen.kid("acl") if seen is not None else None)


def _finite(clause: Token) -> bool:
    """Whether it is a clause with a finite verb that states something, and asks nothing."""
    first = clause.subtree()[0]
    if features.is_interrogative(first) or features.is_word(first, "conditional"):
        return False
    return any(features.is_finite(t) for t in (clause, *clause.kids("aux", "aux:pass", "cop")))


def _mute(verb: Token, lemma: str, kind: str) -> bool:
    """Whether what the verb governs makes it no verb of saying: "claimed nine lives"."""
    if kind == "standing":
        return True
    if lemma in verb.words("saying", "usage.putting"):
        return not _puts(verb, lemma)
    usage = lexicon.saying(verb.language).usage
    about = {noun.lemma.lower() for noun in verb.kids("obj", "nsubj:pass")}
    if lemma in usage.counting:
        counted = [*verb.kids("obj", "nsubj:pass"), *verb.kids("xcomp")]
        counted += [w for noun in counted for w in noun.kids("amod", "acl")]
        return not ({n.lower for n in counted} | about) & verb.words("saying", "usage.counted")
    if lemma in usage.rejecting:
        clause = verb.kid("ccomp") is not None
        if verb.kid("aux:pass"):  # the tree may have lost its subject
            before_it = (t for t in verb.line()[: verb.i] if t.pos == "NOUN")
            about |= {t.lemma.lower() for t in before_it if told(t) is not None}
        before = verb.words("saying", "usage.said_before")
        return not (clause or about & (verb.words("saying", "usage.rejected") | before))
    owning = usage.owning.get(lemma)
    if owning is not None:
        return not any(noun.lemma.lower() in owning for noun in verb.kids("obj"))
    mute = usage.mute.get(lemma, ())
    return any(n.lemma.lower() in mute for noun in verb.kids("obj") for n in noun.conjuncts())


def _puts(verb: Token, lemma: str) -> bool:
    """Whether it is "put the toll at": only of numbers does putting say anything."""
    markers = lexicon.saying(verb.language).usage.short[lemma]
    what = verb.kid("obj", "xcomp")
    if what is None or what.lemma.lower() not in verb.words("saying", "usage.put"):
        return False
    # "put the number of injured at 112" may hang the figure on the injured.
    below = (verb, what, *what.kids("nmod"), *verb.kids("xcomp"), *what.kids("acl"))
    phrases = [o for t in below for o in t.kids("obl", "nmod")]
    if what.pos == "PRON":
        phrases = [o for o in phrases if o.pos == "NUM"]  # "put it at ten", not "at risk"
    led = [{t.lower for t in o.subtree() if t.i < o.i} for o in phrases]  # "down to 41"
    if what.pos != "PRON":  # "at 46 taken", where the 46 is a clause's
        led += [{t.lower for t in n.kids("case", "mark")} for n in verb.subtree() if n.pos == "NUM"]
    return any(words & set(markers) for words in led)


def _quoting(tokens: Sequence[Token], cue: Cue, saying: Token) -> Cue | None:
    """ "M quoted X as saying": X speaks, M passes it on; None where it names nobody."""
    quoted = noun_phrases.after(tokens, cue.words[-1].i + 1)
    if not quoted:
        return None
    cue.words.append(saying)
    cue.origin, cue.kind = quoted, "saying"
    return cue


def _saying(tokens: Sequence[Token], begin: int) -> Token | None:
    """The "saying" of "quoted ... as saying", soon after token `begin`."""
    for token in tokens[begin : begin + _FAR]:
        as_before = tokens[token.i - 1].lower in tokens[0].words("saying", "phrase.as_told")
        if as_before and token.lower in tokens[0].words("saying", "usage.as_saying"):
            return token
    return None


def _is_held(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a participle before an infinitive tells what others think of some, whatever a tree
    makes of it: "gunmen believed to be herders".
    """
    past = features.is_past_participle(token) or features.is_past(token)
    known = token.lemma.lower() in token.words("saying", "usage.held")
    behind = tokens[token.i + 1 : token.i + 2]
    led = bool(behind) and features.is_word(behind[0], "infinitive") and behind[0].pos == "PART"
    return past and known and led and not token.kid("aux", "aux:pass")


def _is_verb(tokens: Sequence[Token], token: Token) -> bool:
    if _is_held(tokens, token):
        return False
    if token.lower in token.words("saying", "usage.surely_verbs") and token.relation != "amod":
        return True
    if told_as(token) is not None:
        return True
    if not features.is_verb(token):
        return False
    if token.relation in ("amod", "compound", "case", "nmod", "flat"):
        return False
    if features.is_gerund(token) and token.relation in ("nsubj", "obj", "csubj"):
        return False
    if features.is_past_participle(token) and token.relation == "acl" and not token.kid("nsubj"):
        return final(tokens, token)
    return True


def _passive(tokens: Sequence[Token], cue: Cue) -> Cue | None:
    """ "was reported by M", "X was quoted by M as saying"; None for "X was told"."""
    token = cue.token
    if cue.lemma in cue.token.words("saying", "usage.citing") or _saying(tokens, token.i + 1):
        return _quoted(tokens, cue)
    agent = _agent(token)
    told = cue.lemma in cue.token.words("saying", "usage.hearer")
    if told and (agent is None or token.kid("ccomp") is None):
        return _heard(tokens, cue)
    if agent is None:
        return None
    if cue.kind == "accusing":
        cue.kind = "judging"  # the deed itself is not in doubt when it "was blamed on" somebody
    cue.sayer = noun_phrases.named(
        tokens, noun_phrases.phrase(agent, tokens, token.i + 1, len(tokens))
    )
    cue.rule, cue.apart = "passive", True
    subject = token.kid("nsubj:pass")
    if told and subject is not None:
        cue.hearer = noun_phrases.phrase(subject, tokens, 0, token.i)
    return cue


def told_as(verb: Token) -> Token | None:
    """The "as" of "as reported by M", which has no subject."""
    mark = next((m for m in verb.kids("mark", "advmod") if m.i == verb.i - 1), None)
    bare = mark is not None and not verb.kid("nsubj", "aux:pass") and verb.kid("obl:agent")
    return mark if bare and mark and mark.lower in verb.words("saying", "phrase.as_told") else None


def _as_told_by(tokens: Sequence[Token], cue: Cue, mark: Token) -> Cue:
    """ "As reported by M", from its "as" on: as good as "according to" M."""
    (agent,) = cue.token.kids("obl:agent")[:1]
    cue.sayer = noun_phrases.phrase(agent, tokens, cue.token.i + 1, len(tokens))
    cue.words = list(tokens[mark.i : cue.sayer[0].i])
    cue.form, cue.rule = "according", "as-told-by"
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
            if k < len(tokens) and noun_phrases.is_agent_mark(tokens[k]):
                relay = noun_phrases.after(tokens, k + 1)
                cue.relays += [relay] if relay else []
    cue.kind, cue.rule = "saying", "quoted-as-saying"
    return cue


def _agent(verb: Token) -> Token | None:
    """The "by" phrase of a passive verb."""
    behind = [c for c in verb.kids("obl") if c.i > verb.i]
    behind += [b for c in behind for b in c.kids("obl", "nmod")]  # "dismissed as false by police"
    by = verb.words("grammar", "agentive")
    return verb.kid("obl:agent") or next((c for c in behind if marks(c) & by), None)
