"""In which language a text is written: what is read is English, all else is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.language.identify import language
from sayso.pipeline import Reader
from sayso.records import Document

ENGLISH = (
    "KARSA (Lantern) — At least 13 people were killed and 40 were injured when a footbridge collapsed "
    "on Sunday, the interior ministry said. The mayor told Radio Kerim that three of the dead were "
    "children from Belov, and that the bridge had been closed for repairs twice since the spring."
)
OTHERS = {
    "fr": "Au moins treize personnes ont été tuées dimanche lorsqu'une passerelle s'est effondrée, a annoncé le "
    "ministère de l'Intérieur. Le maire a déclaré que trois des victimes étaient des enfants et que le pont avait "
    "été fermé deux fois pour des travaux depuis le printemps.",
    "tr": "İçişleri Bakanlığı, pazar günü bir yaya köprüsünün çökmesi sonucu en az on üç kişinin öldüğünü açıkladı. "
    "Belediye başkanı, ölenlerden üçünün çocuk olduğunu ve köprünün ilkbahardan bu yana onarım için iki kez "
    "kapatıldığını söyledi.",
    "ru": "По меньшей мере тринадцать человек погибли в воскресенье при обрушении пешеходного моста, сообщило "
    "министерство внутренних дел. Мэр сказал, что трое погибших — дети и что мост дважды закрывали на ремонт.",
    "es": "Al menos trece personas murieron el domingo al derrumbarse un puente peatonal, informó el Ministerio del "
    "Interior. El alcalde dijo que tres de los muertos eran niños y que el puente se había cerrado dos veces para "
    "repararlo desde la primavera.",
}


def test_english_is_english_in_capitals_too() -> None:
    assert language(ENGLISH) == "en"
    assert language(ENGLISH.upper()) == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_told(code: str) -> None:
    assert language(OTHERS[code]) == code


HEADLINES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("headlines.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("text", [text for code, text in HEADLINES if code == "en"])
def test_a_short_english_text_is_not_taken_for_another(text: str) -> None:
    assert language(text) in ("en", None)


@pytest.mark.parametrize(("code", "text"), [line for line in HEADLINES if line[0] != "en"])
def test_a_short_text_in_another_language_is_told(code: str, text: str) -> None:
    assert language(text) == code


def test_script_tells_at_any_length_and_most_of_the_letters_settle_it() -> None:
    assert language("Погибли") == "ru"
    assert language(OTHERS["ru"] * 9) == "ru"
    assert (
        language("Police said the slogan «Погибли» was painted on the walls of the town hall.")
        != "ru"
    )
    assert language("В Карсе погибли 13 человек, сообщает Lantern") == "ru"


@pytest.mark.parametrize(
    "text", ["", "13", "Karsa", "https://lantern.example/de/la/morts", "…", "\U0001f525"]
)
def test_what_has_no_words_to_tell_by_is_of_no_language(text: str) -> None:
    assert language(text) is None


@pytest.fixture(scope="module")
def reader(settings) -> Reader:
    return Reader(settings)


def test_a_text_is_set_aside_by_what_it_is_written_in(reader: Reader) -> None:
    reading = reader.read(Document(id="d", text=OTHERS["fr"], language="en"))
    assert not reading.claims and reading.document.language == "fr"
    assert reading.problems == ("language 'fr' is not read; only English is",)


def test_english_is_read_whatever_the_page_declares(reader: Reader) -> None:
    reading = reader.read(Document(id="d", text=ENGLISH, language="tr"))
    assert {claim.kind for claim in reading.claims} >= {"killed", "injured"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Karsa : 13 morts dans un attentat", "fr"),
        ("Карса: 13 погибших", "ru"),
        ("مقتل 13 شخصا في انهيار جسر", "ar"),
        ("Karsa'da patlama: 13 ölü", "tr"),
    ],
)
def test_a_headline_in_another_language_is_set_aside(reader: Reader, text: str, code: str) -> None:
    reading = reader.read(Document(id="d", text=text))
    assert not reading.claims and reading.document.language == code
    assert reading.problems == (f"language {code!r} is not read; only English is",)


def test_an_english_headline_full_of_foreign_names_is_read(reader: Reader) -> None:
    for text in ("Almaty: 13 killed", "Vila do Marro, São Varno: 13 killed in El Belovo blast"):
        assert {claim.kind for claim in reader.read(Document(id="d", text=text)).claims} >= {
            "killed"
        }


def test_a_short_text_goes_by_what_is_declared(reader: Reader) -> None:
    assert not reader.read(Document(id="d", text="Two died.", language="de")).claims
