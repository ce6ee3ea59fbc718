"""Code knows no language: words stand in the tables, and what a word is says its tree.

Read off the source: no Penn tag is asked for, and no text of a token is held against an English
word. What is found in folders that are still being cleaned stands in a table of how many; they may
only fall.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

import sayso

PACKAGE = Path(sayso.__file__).parent
READING = sorted(p for part in ("language", "claims") for p in (PACKAGE / part).rglob("*.py"))

MAKERS = {
    "language/encoder.py",
    "language/parse.py",
    "language/with_spacy.py",
    "language/trees.py",
    "language/conllu.py",
}
"""Where trees are made: they carry the tag along for those who want it."""

TAGS: dict[str, int] = {}
"""Tags that are still asked for, by file: a number may only fall, and the table is to be empty."""

WORDS: dict[str, int] = {}
"""Words that still stand in code, by file, in the same way."""

_SHAPES = r"\\\w|\[[^\]]*\]"
_STRINGS = r"((set|list|tuple|frozenset|Iterator)\[)*str\b"


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_no_rule_asks_for_a_penn_tag() -> None:
    found = Counter(
        name(path)
        for path in READING
        if name(path) not in MAKERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "tag"
    )
    assert _more(found, TAGS) == {}


def test_no_rule_holds_an_english_word_against_a_text() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in READING}
    telling = {f for tree in trees.values() for f in _telling(tree)}
    found = {name(p): len(set(Texts(tree, telling).words())) for p, tree in trees.items()}
    assert _more(found, WORDS) == {}


def test_the_tables_of_what_remains_name_no_file_that_is_clean_or_gone() -> None:
    assert {*TAGS, *WORDS} <= {name(path) for path in READING}


@pytest.mark.parametrize(
    "line",
    [
        'token.lower == "of"',
        'token.lemma in ("say", "tell")',
        'preposition(token) == "by"',
        'any(kid.lower in {"the", "this"} for kid in token.kids("det"))',
        "_LISTED & {kid.lower for kid in token.children}",
        'token.text.endswith("ly")',
        '{"half": 2}.get(token.lower)',
        're.fullmatch(r"(am|pm)", token.text)',
        'obliques(token, "on", "to")',
    ],
)
def test_a_word_in_code_is_found(line: str) -> None:
    tree = ast.parse(f'_LISTED = frozenset(["of"])\ndef rule(token):\n    return {line}')
    assert list(Texts(tree, {"preposition"}).words())


@pytest.mark.parametrize(
    "line",
    [
        'token.relation == "case"',
        'token.text in (",", ";")',
        'is_word(token, "genitive")',
        'token.lower in token.words("events", "closed.saying")',
        'entry["type"] == "ASSAULT"',
    ],
)
def test_what_is_no_word_is_left_alone(line: str) -> None:
    tree = ast.parse(f"def rule(token, entry):\n    return {line}")
    assert not list(Texts(tree, {"preposition"}).words())


def _more(found: Mapping[str, int], allowed: Mapping[str, int]) -> dict[str, int]:
    """The files that hold more than they may, each with how many."""
    return {file: n for file, n in found.items() if n > allowed.get(file, 0)}


def _telling(tree: ast.Module) -> Iterator[str]:
    """The functions that give the text of tokens: from a token or a piece, a string or several."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            takes = " ".join(ast.unparse(a.annotation) for a in node.args.args if a.annotation)
            gives = ast.unparse(node.returns)
            if re.search(r"\b(Token|Piece)\b", takes) and re.match(_STRINGS, gives):
                yield node.name


class Texts:
    """What in a module is the text of a token, and the words that it is held against."""

    def __init__(self, tree: ast.Module, telling: set[str]) -> None:
        self._tree, self._telling = tree, telling
        self._constants = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def words(self) -> Iterator[tuple[int, str]]:
        """Each word with its line."""
        for top in self._tree.body:
            texts = self._names(top)
            for node in ast.walk(top):
                for one, other in _pairs(node):
                    if self._is_text(one, texts):
                        yield from ((node.lineno, w) for w in self._listed(other))

    def _names(self, top: ast.AST) -> set[str]:
        """The names that are given a text somewhere in a function."""
        found: set[str] = set()
        while True:
            before = len(found)
            for node in ast.walk(top):
                match node:
                    case ast.Assign(targets=[target], value=value):
                        pairs = [(target, value)]
                        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                            pairs = list(zip(target.elts, value.elts, strict=False))
                    case ast.NamedExpr(target=target, value=value):
                        pairs = [(target, value)]
                    case (
                        ast.comprehension(target=target, iter=value)
                        | ast.For(target=target, iter=value)
                    ):
                        pairs = [(target, value)]
                    case _:
                        continue
                found |= {
                    t.id for t, v in pairs if isinstance(t, ast.Name) and self._is_text(v, found)
                }
            if len(found) == before:
                return found

    def _is_text(self, node: ast.AST, texts: set[str]) -> bool:
        """Whether a value is the text of tokens, or made of it."""
        match node:
            case ast.Attribute(attr="text" | "lower" | "lemma"):
                return True
            case ast.Name(id=called):
                return called in texts
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
                if called in self._telling or called == "text_of":
                    return True
                method = isinstance(node.func, ast.Attribute) and self._is_text(
                    node.func.value, texts
                )
                return (method and called not in ("count", "index")) or (
                    called
                    in ("set", "list", "tuple", "join", "reversed", "dict", "fold", "enumerate")
                    and any(self._is_text(a, texts) for a in node.args)
                )
            case ast.Subscript(value=value):
                return self._is_text(value, texts)
            case ast.BinOp(left=left, right=right):
                return self._is_text(left, texts) or self._is_text(right, texts)
            case (
                ast.BoolOp(values=several)
                | ast.Tuple(elts=several)
                | ast.Set(elts=several)
                | (ast.List(elts=several) | ast.JoinedStr(values=several))
            ):
                return any(self._is_text(one, texts) for one in several)
            case ast.FormattedValue(value=value) | ast.Starred(value=value):
                return self._is_text(value, texts)
            case ast.NamedExpr(value=value):
                return self._is_text(value, texts)
            case ast.IfExp(body=body, orelse=orelse):
                return self._is_text(body, texts) or self._is_text(orelse, texts)
            case ast.GeneratorExp(elt=elt) | ast.ListComp(elt=elt) | ast.SetComp(elt=elt):
                inner = texts | self._names(node)
                return self._is_text(elt, inner)
        return False

    def _listed(self, node: ast.AST) -> Iterator[str]:
        """The English words of a value that is written out."""
        if isinstance(node, ast.Name):
            node = self._constants.get(node.id, node)
        match node:
            case ast.Constant(value=str(text)):
                # Of a pattern neither its classes nor its escapes, nor the "s" of "1990s".
                yield from re.findall(r"(?<![\dA-Za-z])[A-Za-z]+", re.sub(_SHAPES, " ", text))
            case ast.Tuple(elts=several) | ast.List(elts=several) | ast.Set(elts=several):
                for one in several:
                    yield from self._listed(one)
            case ast.Dict(keys=keys):
                for one in keys:
                    if one is not None:
                        yield from self._listed(one)
            case ast.Call(func=ast.Name(id="frozenset" | "set" | "tuple"), args=[one]):
                yield from self._listed(one)
            case ast.Starred(value=one):
                yield from self._listed(one)
            case ast.BinOp(left=left, right=right):
                yield from self._listed(left)
                yield from self._listed(right)


def _pairs(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is held against what, either way round."""
    match node:
        case ast.Compare(left=left, comparators=others):
            row = [left, *others]
            for one, other in pairwise(row):
                yield one, other
                yield other, one
        case ast.BinOp(left=left, op=ast.BitAnd() | ast.Sub(), right=right):
            yield left, right
            yield right, left
        case ast.Subscript(value=table, slice=key):
            yield key, table
        case ast.Call(
            func=ast.Attribute(attr="match" | "fullmatch" | "search"), args=[key, text, *_]
        ):
            yield text, key
        case ast.Call(func=ast.Attribute(value=table, attr=called), args=[key, *_]):
            yield key, table  # a look-up in a dictionary
            if called in ("startswith", "endswith", "removesuffix", "removeprefix", "count"):
                yield table, key
        case ast.Call(func=ast.Name(id="obliques"), args=[token, *named]):
            for one in named:
                yield ast.Attribute(token, "text"), one
