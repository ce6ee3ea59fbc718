"""Make training sentences out of gold ones: who said it put in front or behind, counts, headlines.

    python models/splice.py OUT.spacy TRAIN.spacy... [--count 5000]

Treebanks of everyday English hold few of the sentences that reports are made of: a whole clause and
then its sayer ("..., state radio reported"), two clauses that each begin with a count ("13 officers
were killed and 353 people were injured"), and headlines without small words. This takes clauses and
noun phrases with their gold trees out of the TRAINING part of the treebanks and joins them the way
such sentences are joined. Names of outlets are invented. The same input gives the same sentences.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace

import spacy
from pieces import (
    Piece,
    Sentence,
    Word,
    bare,
    clause,
    joining,
    lowered,
    root_of,
    sayer,
    singular,
    subject,
)
from prepare import TREES
from spacy.tokens import Doc, DocBin

OUTLETS = (
    "Meridian|Kestrel|Tarnow Courier|Radio Halden|Channel 9|Vesper News|Orlova 21|Lakeside Post|"
    "Northern Herald|PNA|RTK|Sabah|Delta FM|Agence Lumière|Nova Vremya|Al Nahar|Corvus"
).split("|")
KINDS_OF_OUTLET = (
    "news agency|state television|state media|broadcaster|state news agency|local media|newspaper|"
    "television channel|state radio|private broadcaster|daily"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
VERBS = (
    ("said", "say"), ("said", "say"), ("said", "say"), ("reported", "report"),
    ("reported", "report"), ("added", "add"), ("announced", "announce"), ("confirmed", "confirm"),
    ("says", "say"), ("reports", "report"), ("claimed", "claim"), ("told", "tell"),
)  # fmt: skip
GROUPS = (
    "people|civilians|police officers|soldiers|protesters|residents|miners|passengers|children|"
    "women|fishermen|students|aid workers|others|militants|men|villagers|troops|demonstrators|"
    "security guards|worshippers|farmers|migrants"
).split("|")
HARMS = (
    "killed injured wounded arrested detained evacuated abducted displaced rescued hospitalized"
).split()
NUMBERS = (2, 3, 4, 5, 7, 9, 12, 13, 18, 24, 40, 67, 118, 353, 1200)
NUMERALS = "two three four five six seven eight nine ten eleven twelve fifteen twenty".split()


class Splicer:
    """Joins pieces of gold trees; `sentence` gives the next one."""

    def __init__(self, docs: list[Doc], seed: int = 3) -> None:
        self.lot = random.Random(seed)
        self.vocab = docs[0].vocab
        sentences = [s for doc in docs for s in doc.sents]
        self.clauses = [c for s in sentences if (c := clause(s))]
        self.short = [c for c in self.clauses if len(c) <= 13]
        self.countable = [c for c in self.clauses if subject(c)]
        self.sayers = [p for doc in docs for t in doc if (p := sayer(t))]

    def sentence(self) -> Doc:
        """One more sentence, of a kind drawn by lot."""
        kinds = (self.fronted, self.reported, self.accorded, self.counted, self.headline)
        made = Sentence()
        self.lot.choices(kinds, (0.32, 0.22, 0.16, 0.16, 0.14))[0](made)
        return made.doc(self.vocab)

    # Kinds of sentence.

    def fronted(self, made: Sentence) -> None:
        """ "S, X said." and "S, said X.", quoted at times."""
        quoted = self.lot.random() < 0.3
        opening = made.mark("“", None) if quoted else None
        said = made.add(self.statement(), "ccomp")
        made.mark(",", said)
        if opening is not None:
            made.hang(opening, said)
            made.mark("”", said)
        if self.lot.random() < 0.72:
            verb = self.speaks(made)
        else:
            verb = made.add([self.verb(told=False)])
            made.add(self.who(), "nsubj", verb)
        made.hang(said, verb)
        self.day(made, verb)
        if self.lot.random() < 0.2:
            self.according(made, verb, comma=True)
        made.mark(".", verb)

    def reported(self, made: Sentence) -> None:
        """ "X said that S." and "X told Y S." """
        verb = self.speaks(made)
        if made.words[verb].lemma != "tell":
            self.day(made, verb)
        that = None
        if self.lot.random() < 0.7:
            that = made.add([Word("that", "IN", "SCONJ", "mark", None, "", "that")], "mark")
        said = made.add(lowered(self.statement()), "ccomp", verb)
        if that is not None:
            made.hang(that, said)
        if self.lot.random() < 0.15:
            self.according(made, verb, comma=True)
        made.mark(".", verb)

    def accorded(self, made: Sentence) -> None:
        """ "S, according to X." and "According to X, S." """
        if self.lot.random() < 0.5:
            said = made.add(self.statement())
            self.according(made, said, comma=True)
        else:
            source = self.according(made, None)
            made.mark(",", source)
            said = made.add(lowered(self.statement()))
            made.hang(source, said)
        made.mark(".", said)

    def counted(self, made: Sentence) -> None:
        """Clauses that begin with a count: "13 people were killed and 353 were injured"."""
        first = made.add(self.count_clause())
        if self.lot.random() < 0.35:
            self.ellipsis(made, first)
        else:
            comma = made.mark(",", None) if self.lot.random() < 0.3 else None
            word = self.lot.choice(("and", "and", "and", "but", "while"))
            joins = made.add([joining(word)])
            second = made.add(
                lowered(self.count_clause(short=True)),
                "advcl" if word == "while" else "conj",
                first,
            )
            made.hang(joins, second)
            if comma is not None:
                made.hang(comma, second)
        made.mark(".", first)

    def headline(self, made: Sentence) -> None:
        """A clause without articles, auxiliaries or a full stop, as a title or in plain case."""
        clause = self.count_clause() if self.lot.random() < 0.6 else self.lot.choice(self.clauses)
        words = bare(clause)
        if self.lot.random() < 0.5:
            words = [
                replace(w, form=w.form[:1].upper() + w.form[1:])
                if len(w.form) > 3 or w.tag.startswith(("NN", "VB", "JJ"))
                else w
                for w in words
            ]
        said = made.add(words)
        if self.lot.random() < 0.25:
            made.mark(",", said)
            source = made.add(self.who(), "nsubj")
            verb = made.add([Word("say", "VBP", "VERB", "ROOT", None, "", "say")])
            made.hang(source, verb)
            made.words[said] = replace(made.words[said], dep="ccomp", head=verb)

    # Pieces.

    def statement(self) -> Piece:
        """One clause, or two short ones joined, at times with a count for a subject."""
        if self.lot.random() < 0.67:
            if self.lot.random() < 0.2:
                return self.count_clause()
            return self.lot.choice(self.clauses)
        made = Sentence()
        first = made.add(self.lot.choice(self.short))
        comma = made.mark(",", None) if self.lot.random() < 0.35 else None
        word = self.lot.choice(("and", "and", "and", "but", "while"))
        joins = made.add([joining(word)])
        counts = self.lot.random() < 0.4
        other = self.count_clause(short=True) if counts else self.lot.choice(self.short)
        relation = "advcl" if word == "while" else "conj"
        second = made.add(lowered(other), relation, first)
        made.hang(joins, second)
        if comma is not None:
            made.hang(comma, second)
        return made.words

    def count_clause(self, short: bool = False) -> Piece:
        """A clause whose subject is a count of people, its verb one of harm where that fits."""
        words = self.lot.choice([c for c in self.countable if len(c) <= 13 or not short])
        start, end = subject(words) or (0, 0)
        root = root_of(words)
        passive = any(w.dep == "aux:pass" and w.head == root for w in words)
        made = Sentence()
        made.add(self.count(), "nsubj:pass" if passive else "nsubj")
        counted = root_of(made.words)
        shift = len(made.words) - (end - start)
        for i, w in enumerate(words):
            if start <= i < end:
                continue
            head = None if w.head is None else w.head + (shift if w.head >= end else 0)
            if passive and i == root:
                harm = self.lot.choice(HARMS)
                w = replace(w, form=harm, lemma=harm[:-1] if harm.endswith("eed") else harm[:-2])
            if i < root and w.head == root and w.dep.startswith("aux"):
                plural = {"was": "were", "is": "are", "has": "have", "does": "do"}
                w = replace(w, form=plural.get(w.form, w.form))
            made.words.append(replace(w, head=head))
        made.hang(counted, root + shift)
        return made.words

    def count(self) -> Piece:
        """ "at least 13 police officers", "dozens of people", with its tree."""
        made = Sentence()
        *compounds, noun = self.lot.choice(GROUPS).split()
        draw = self.lot.random()
        if draw < 0.1:
            dozens = self.lot.choice(("dozens", "hundreds", "scores", "thousands"))
            top = made.add([Word(dozens, "NNS", "NOUN", "nsubj", None, "Number=Plur", dozens[:-1])])
            case = made.add([Word("of", "IN", "ADP", "case", None, "", "of")], "case")
        else:
            hedge = self.hedge(made)
            digits = self.lot.random() < 0.7
            number = str(self.lot.choice(NUMBERS))
            form = number if digits else self.lot.choice(NUMERALS)
            kind = "NumForm=Digit|NumType=Card" if digits else "NumForm=Word|NumType=Card"
            case = made.add([Word(form, "CD", "NUM", "nummod", None, kind, form)], "nummod")
            if hedge is not None:
                made.hang(hedge, case)
        others = [
            made.add([Word(c, "NN", "NOUN", "compound", None, "Number=Sing", c)], "compound")
            for c in compounds
        ]
        tag = Word(noun, "NNS", "NOUN", "nsubj", None, "Number=Plur", singular(noun))
        counted = made.add([tag])
        for i in (case, *others):
            made.hang(i, counted)
        if draw < 0.1:
            made.words[counted] = replace(made.words[counted], dep="nmod", head=top)
        elif self.lot.random() < 0.1:
            comma = made.mark(",", None)
            including = made.add([Word("including", "VBG", "VERB", "case", None, "", "include")])
            number = self.lot.choice(NUMERALS)
            kind = "NumForm=Word|NumType=Card"
            some = made.add([Word(number, "CD", "NUM", "nummod", None, kind, number)], "nummod")
            part = made.add(
                [Word("children", "NNS", "NOUN", "nmod", None, "Number=Plur", "child")],
                "nmod",
                counted,
            )
            for i in (comma, including, some):
                made.hang(i, part)
            # No comma after it: a clause follows, and treebanks leave it out as often as not.
        return made.words

    def hedge(self, made: Sentence) -> int | None:
        """ "at least", "more than", "nearly" before a number; says which word hangs on it."""
        draw = self.lot.random()
        if draw < 0.55:
            return None
        at = len(made.words)
        if draw < 0.68:
            at_ = Word("at", "IN", "ADP", "case", 1, "", "at")
            made.add([at_, Word("least", "JJS", "ADJ", "nmod", None, "Degree=Sup", "least")])
            return at + 1
        if draw < 0.78:
            than = Word("than", "IN", "ADP", "fixed", 0, "", "than")
            made.add([Word("more", "JJR", "ADJ", "advmod", None, "Degree=Cmp", "more"), than])
        elif draw < 0.83:
            many = Word("many", "JJ", "ADJ", "fixed", 0, "Degree=Pos", "many")
            as_ = Word("as", "IN", "ADP", "fixed", 0, "", "as")
            made.add([Word("as", "RB", "ADV", "advmod", None, "", "as"), many, as_])
        elif draw < 0.87:
            to = Word("to", "IN", "ADP", "fixed", 0, "", "to")
            made.add([Word("up", "IN", "ADP", "advmod", None, "", "up"), to])
        else:
            word = self.lot.choice(("about", "nearly", "almost", "over", "some", "around"))
            made.add([Word(word, "RB", "ADV", "advmod", None, "", word)], "advmod")
        return at

    def ellipsis(self, made: Sentence, first: int) -> None:
        """ "... and 40 injured", ", 40 wounded and three are missing" after a counted clause."""
        word = joining("and")
        if self.lot.random() < 0.3:
            word = Word(",", ",", "PUNCT", "punct", None, "", ",")
        joins = made.add([word])
        number = str(self.lot.randint(2, 400))
        kind = "NumForm=Digit|NumType=Card"
        hedge = self.hedge(made)
        count = made.add([Word(number, "CD", "NUM", "nsubj:pass", None, kind, number)])
        if hedge is not None:
            made.hang(hedge, count)
        harm = self.lot.choice(HARMS)
        feats = "Tense=Past|VerbForm=Part|Voice=Pass"
        verb = made.add([Word(harm, "VBN", "VERB", "conj", None, feats, harm)], "conj", first)
        made.hang(count, verb)
        made.hang(joins, verb)

    def who(self) -> Piece:
        """Someone who says things: a subject from the treebanks, or an invented outlet."""
        if self.lot.random() < 0.7:
            return self.lot.choice(self.sayers)
        made = Sentence()
        name, *rest = self.lot.choice(OUTLETS).split()
        *before, kind = self.lot.choice(KINDS_OF_OUTLET).split()
        the = self.lot.random() < 0.4
        described = self.lot.random() < 0.75
        parts = []
        if described:
            if the:
                feats = "Definite=Def|PronType=Art"
                parts.append(made.add([Word("the", "DT", "DET", "det", None, feats, "the")]))
            for w in before:
                plain = w in ("local", "private")
                tag, pos, dep = ("JJ", "ADJ", "amod") if plain else ("NN", "NOUN", "compound")
                parts.append(made.add([Word(w, tag, pos, dep, None, "", w)]))
            plural = kind == "media"
            tag = "NNS" if plural else "NN"
            feats = "Number=Plur" if plural else "Number=Sing"
            lemma = "medium" if plural else kind
            described_as = made.add([Word(kind, tag, "NOUN", "nsubj", None, feats, lemma)])
            for i in parts:
                made.hang(i, described_as)
        named = made.add([Word(name, "NNP", "PROPN", "nsubj", None, "Number=Sing", name)])
        for w in rest:
            tag, pos = ("CD", "NUM") if w.isdigit() else ("NNP", "PROPN")
            made.add([Word(w, tag, pos, "flat", None, "", w)], "flat", named)
        if described and the:
            made.words[named] = replace(made.words[named], dep="appos", head=described_as)
        elif described:
            made.words[described_as] = replace(
                made.words[described_as], dep="nmod:desc", head=named
            )
        return made.words

    def speaks(self, made: Sentence) -> int:
        """ "X said", "X told Y"; says where the verb stands."""
        subject = made.add(self.who(), "nsubj")
        verb = made.add([self.verb()])
        made.hang(subject, verb)
        if made.words[verb].lemma == "tell":
            made.add(self.who(), "iobj", verb)
        return verb

    def verb(self, told: bool = True) -> Word:
        """A verb of saying, as a root."""
        form, lemma = self.lot.choice(VERBS if told else VERBS[:-1])
        past = not form.endswith("s")
        feats = "Mood=Ind|Number=Sing|Person=3|Tense=" + ("Past" if past else "Pres")
        tag = "VBD" if past else "VBZ"
        return Word(form, tag, "VERB", "ROOT", None, feats + "|VerbForm=Fin", lemma)

    def day(self, made: Sentence, verb: int) -> None:
        """ "on Monday", "Monday", or nothing, after the verb."""
        draw = self.lot.random()
        day = Word(self.lot.choice(DAYS), "NNP", "PROPN", "obl", None, "Number=Sing")
        if draw < 0.15:
            made.add([Word("on", "IN", "ADP", "case", 1, "", "on"), day], "obl", verb)
        elif draw < 0.25:
            made.add([day], "obl:unmarked", verb)

    def according(self, made: Sentence, head: int | None, comma: bool = False) -> int:
        """ "according to X", hung where it belongs; says where X stands."""
        pause = made.mark(",", None) if comma else None
        feats = "Tense=Pres|VerbForm=Part"
        case = made.add([Word("according", "VBG", "VERB", "case", None, feats, "accord")], "case")
        made.add([Word("to", "IN", "ADP", "fixed", None, "", "to")], "fixed", case)
        source = made.add(self.who(), "obl", head)
        made.hang(case, source)
        if pause is not None:
            made.hang(pause, source)
        return source


def main() -> None:
    """Read treebanks, make sentences, write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("train", nargs="+")
    parser.add_argument("--count", type=int, default=5000)
    options = parser.parse_args()
    vocab = spacy.blank("en").vocab
    docs = [doc for path in options.train for doc in DocBin().from_disk(path).get_docs(vocab)]
    splicer = Splicer(docs)
    out = DocBin(attrs=TREES)
    words = 0
    for n in range(options.count):
        doc = splicer.sentence()
        if len(list(doc.sents)) != 1:
            raise ValueError(f"sentence {n} is no tree: {doc.text}")
        out.add(doc)
        words += len(doc)
    out.to_disk(options.out)
    print(f"{len(out)} sentences, {words} words, of {len(splicer.clauses)} clauses "
          f"and {len(splicer.sayers)} sayers")  # fmt: skip


if __name__ == "__main__":
    main()
