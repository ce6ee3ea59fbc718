from __future__ import annotations

import contextlib
import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.characters import decode

STORY = (
    "At least 14 people were killed when a seawall gave way in Marrow Bay, the mayor’s office said "
    "on Tuesday. “It was over in a minute,” said José Núñez, 41, at the Café Dvora. "
    "Rescue workers searched through the night and police closed the coast road. "
)
RUSSIAN = (
    "По данным комендатуры, в Маррове погибли не менее 13 сотрудников полиции. Поиски "
    "продолжаются, сообщил в среду представитель портового совета."
)
GREEK = "Τουλάχιστον δεκατρείς αστυνομικοί σκοτώθηκαν στην πόλη, σύμφωνα με το υπουργείο."
ARABIC = "قتل ثلاثة عشر شرطيا على الأقل في المدينة بحسب وزارة الداخلية."
JAPANESE = "市内で少なくとも十三人の警官が死亡したと国営テレビが報じた。"
POLISH = "Co najmniej trzynastu policjantów zginęło w mieście, poinformowała żandarmeria wojskowa."
TURKISH = "Kentte en az on üç polis öldü, valilik açıkladı. İçişleri Bakanlığı doğruladı."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_english_story_is_read_in_every_encoding_it_is_commonly_saved_in(encoding):
    assert decode(STORY.encode(encoding)) == STORY


def test_latin_1_is_read():
    plain = STORY.replace("’", "'").replace("“", '"').replace("”", '"')
    assert decode(plain.encode("latin-1")) == plain


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253"), (ARABIC, "cp1256")],
)
def test_another_alphabet_in_an_old_encoding_is_told_by_its_letters(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (STORY, "mac-roman"),
        (STORY.replace("’", "'").replace("“", '"').replace("”", '"'), "cp437"),
        (POLISH, "cp1250"),
        (TURKISH, "cp1254"),
        (JAPANESE, "shift-jis"),
    ],
)
def test_a_text_that_would_be_spoilt_is_refused(text, encoding):
    with pytest.raises(InputError, match="cannot be told for certain: save it as UTF-8"):
        decode(text.encode(encoding))


def test_a_polish_name_in_an_english_story_is_not_spoilt():
    with pytest.raises(InputError, match="cannot be told for certain"):
        decode(STORY.replace("José Núñez", "Łukasz Wałęsa").encode("cp1250"))


def test_utf8_with_a_bad_byte_is_refused_and_the_byte_named():
    start = STORY.encode()
    with pytest.raises(InputError, match=f"broken UTF-8 at byte {len(start)}"):
        decode(start + b"\xff" + STORY.encode())


def test_utf8_cut_within_a_character_is_refused():
    cut = STORY.encode()[: STORY.encode().index("’".encode()) + 2]
    with pytest.raises(InputError, match="broken UTF-8"):
        decode(cut)


def test_an_english_text_that_ends_in_an_accent_is_not_taken_for_cut_utf8():
    text = "The bomb went off on Tuesday evening in front of a crowded café"
    assert decode(text.encode("latin-1")) == text


def test_utf16_of_an_odd_length_is_refused():
    with pytest.raises(InputError, match="broken UTF-16"):
        decode(STORY.encode("utf-16")[:-1])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + random.Random(1).randbytes(500),
        gzip.compress(STORY.encode() * 50, mtime=0),
        random.Random(2).randbytes(3000),
        b"plain at first\x00\x00\x00",
        bytes(range(1, 27)) * 3,
        "abc".encode("utf-32"),
    ],
)
def test_binary_data_is_refused(data):
    with pytest.raises(InputError, match="is binary data, not a text"):
        decode(data)


def test_the_few_control_characters_of_wire_copy_are_kept():
    text = "\x01MARROW BAY, March 4 - " + STORY + "\x03\x0c"
    assert decode(text.encode()) == text


def test_newlines_are_kept_as_they_stand():
    assert decode(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


def test_a_page_that_says_latin_1_is_read_as_windows_1252():
    assert decode(STORY.encode("cp1252"), "ISO-8859-1") == STORY


def test_a_page_that_says_something_wrong_is_read_as_what_it_is():
    assert decode(STORY.encode(), "koi8-r") == STORY
    assert decode(STORY.encode("cp1252"), "utf-8") == STORY
    assert decode(RUSSIAN.encode("cp1251"), "iso-8859-1") == RUSSIAN


def test_a_wrong_declaration_that_would_spoil_the_text_is_not_followed():
    with pytest.raises(InputError, match="cannot be told for certain"):
        decode(STORY.encode("cp1252"), "koi8-r")


def test_what_a_page_says_decides_where_nothing_else_does():
    assert decode(TURKISH.encode("cp1254"), "windows-1254") == TURKISH


@pytest.mark.parametrize("declared", ["no-such-thing", "rot13", "", "base64"])
def test_a_declaration_that_is_no_encoding_is_no_declaration(declared):
    assert decode(STORY.encode("cp1252"), declared) == STORY


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_is_utf8_comes_back_as_it_was(text):
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_read_or_refused_and_nothing_else(data):
    with contextlib.suppress(InputError):
        assert isinstance(decode(data), str)
