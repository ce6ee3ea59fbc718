"""In which language a text is written: what is read is English, all else is set aside."""

from __future__ import annotations

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


def test_a_headline_is_too_short_to_tell() -> None:
    assert language("Treize personnes tuées") is None


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


def test_a_short_text_goes_by_what_is_declared(reader: Reader) -> None:
    assert not reader.read(Document(id="d", text="Two died.", language="de")).claims
